//! A service that has lost its last super admin is not up for grabs.

use account_core::account::Role;
use account_core::id::AccountId;
use account_core::ports::Store;
use account_core::ports::store::Update;
use account_http::{document_names, openapi_document};
use account_tests::people::PASSWORD;
use account_tests::service::token_of;
use account_tests::{Reply, Service};
use serde_json::{Value, json};

const ROOT: &str = "root@acme.com";

/// Every operation that the documents say is for anybody: method and path.
fn public_operations() -> Vec<(String, String)> {
    let mut public = Vec::new();
    for channel in document_names().filter(|channel| *channel != "all") {
        let document: Value = serde_json::from_str(&openapi_document(channel).unwrap()).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                if operation["security"].as_array().unwrap().is_empty() {
                    public.push((method.to_ascii_uppercase(), path.clone()));
                }
            }
        }
    }
    public
}

/// Everything that anybody could ask for, at once, in the name of the one who is gone and of somebody new.
fn demands(root: &str, token: &str) -> Vec<String> {
    let for_address = |email: &str| {
        json!({
            "email": email, "password": "Velvet lantern gravel orchid 1", "password_confirmation": "Velvet lantern gravel orchid 1",
            "new_password": "another lantern gravel orchid", "current_password": PASSWORD, "name": "Root", "country": "ZA",
            "id": root, "registration_id": root, "account_id": root, "role": "super_admin", "roles": ["super_admin"],
            "is_admin": true, "admin": true, "setup": true, "first": true, "verified": true, "email_verified": true,
            "verified_at": "1999-01-01T00:00:00Z", "token": token, "continuation": token, "code": "00000000",
        })
        .to_string()
    };
    vec![for_address(ROOT), for_address("evil@acme.com"), "{}".to_owned()]
}

async fn create_root(service: &Service) {
    let arguments = ["admin", "create", "--email", ROOT, "--role", "super_admin", "--password-stdin"];
    let output = service.run_with_input(&arguments, PASSWORD).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

async fn sign_in(service: &Service) -> Reply {
    service.post("/account/v1/sessions", &json!({"email": ROOT, "password": PASSWORD}).to_string()).await
}

/// Address and role of every account.
async fn accounts(service: &Service) -> Vec<(String, Role)> {
    let store = service.open_store().await;
    let mut unit = store.begin_read_only().await.unwrap();
    let accounts = unit.scan_accounts(None, 100).await.unwrap();
    drop(unit);
    store.close().await.unwrap();
    accounts.into_iter().map(|account| (account.address.to_string(), account.role)).collect()
}

async fn delete_by_hand(service: &Service, id: &str) {
    let id: AccountId = id.parse().unwrap();
    let store = service.open_store().await;
    let mut unit = store.begin().await.unwrap();
    let version = unit.find_account(id).await.unwrap().unwrap().version;
    assert_eq!(unit.delete_account(id, version).await.unwrap(), Update::Applied);
    unit.commit().await.unwrap();
    store.close().await.unwrap();
}

#[tokio::test]
async fn without_a_super_admin_nobody_becomes_one_and_nobody_gets_an_account_without_a_mailbox() {
    let mut service = Service::prepare(&[]);
    create_root(&service).await;
    service.import(&[json!({"email": "john@acme.com", "verified": true})]).await;
    service.launch().await;
    let signed_in = sign_in(&service).await;
    assert_eq!(signed_in.status, 201, "{}", signed_in.body);
    let (root, token) = (signed_in.text("/account/id"), signed_in.text("/token"));
    assert!(service.stop().await.success());
    delete_by_hand(&service, &root).await;
    service.launch().await;

    let operations = public_operations();
    assert!(operations.len() > 10, "{operations:?}");
    let bearer = format!("Bearer {token}");
    for (method, path) in &operations {
        let path = path.replace("{id}", &root).replace("{registration_id}", &root);
        assert!(!path.contains('{'), "what of {path}?");
        for demand in demands(&root, &token) {
            let body = if method == "GET" { "" } else { &demand };
            for query in ["", "?role=super_admin&setup=1"] {
                for headers in [
                    &[("Content-Type", "application/json")][..],
                    &[("Content-Type", "application/json"), ("Authorization", &bearer)],
                ] {
                    let reply = service.request(method, &format!("{path}{query}"), headers, body).await;
                    assert!(reply.status < 500, "{method} {path}: {}", reply.body);
                    assert!(!reply.body.contains("super_admin"), "{method} {path}: {}", reply.body);
                }
            }
        }
    }
    // The console is for people who are signed in as administrators already.
    let console = service.request("GET", "/admin", &[("Authorization", &bearer)], "").await;
    let target = console.header("location");
    assert!(console.status == 303 && target.contains("/authenticate/sign-in?"), "{} {target}", console.status);
    for path in
        ["/setup", "/authenticate/setup", "/admin/setup", "/account/v1/setup", "/account/v1/admin/setup", "/install"]
    {
        for method in ["GET", "POST"] {
            let reply = service.request(method, path, &[("Authorization", &bearer)], "").await;
            assert!([401, 404, 405].contains(&reply.status), "{method} {path}: {}", reply.status);
        }
    }
    assert_eq!(accounts(&service).await, [("john@acme.com".to_owned(), Role::User)]);
    assert_eq!(sign_in(&service).await.status, 401);
    let me = service.request("GET", "/account/v1/me", &[("Authorization", &bearer)], "").await;
    assert_eq!(me.status, 401);

    // Anyone who has the mailbox gets an account like anybody else's.
    let demand = json!({"email": "second@acme.com", "password": PASSWORD, "role": "super_admin", "verified": true});
    assert_eq!(service.post("/account/v1/registrations", &demand.to_string()).await.status, 202);
    let token = token_of(&service.wait_for_mail_to("second@acme.com").await).unwrap();
    let body = json!({"token": token, "new_password": PASSWORD, "role": "super_admin"}).to_string();
    let verified = service.post("/account/v1/email-verifications", &body).await;
    assert_eq!((verified.status, verified.text("/account/role")), (200, "user".to_owned()), "{}", verified.body);
    // And the operator makes a super admin where there is none, as in the beginning.
    let again = service.run(&["admin", "invite", "--email", ROOT, "--role", "super_admin"]).await;
    assert!(again.status.success());
    assert!(accounts(&service).await.iter().all(|(_, role)| *role == Role::User), "an invitation is no account");
}
