//! The gate, behind a real nginx with the documented configuration.

use account_tests::Service;
use account_tests::nginx::Nginx;
use serde_json::json;

const PASSWORD: &str = "velvet lantern gravel orchid";

/// Makes an account with the password, its address proven or not, and signs in; returns id and token.
async fn signed_in(service: &Service, email: &str, verified: bool) -> (String, String) {
    let file = service.path(&format!("{email}.jsonl"));
    let record = json!({"email": email, "verified": verified, "password_hash": hash()});
    std::fs::write(&file, format!("{record}\n")).unwrap();
    let imported = service.command(&["import", file.to_str().unwrap()]).output().await.unwrap();
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    let body = json!({"email": email, "password": PASSWORD}).to_string();
    let reply = service.post("/account/v1/sessions", &body).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    (reply.text("/account/id"), reply.text("/token"))
}

/// Argon2id of the password.
fn hash() -> &'static str {
    "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$481Bthsqtpj/nYiEFdQIdLBUR3rW0atJ8GFksxILufY"
}

#[tokio::test]
async fn nginx_admits_verified_people_and_identifies_them_to_the_application() {
    let service = Service::start().await;
    let nginx = Nginx::start(service.port()).await;
    let (id, token) = signed_in(&service, "john@acme.com", true).await;
    let cookie = format!("session={token}");
    let forged = [
        ("Cookie", cookie.as_str()),
        ("X-Account-Id", "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f"),
        ("X-Account-Email", "root@acme.com"),
        ("X-Account-Roles", "super_admin"),
        ("X_Account_Id", "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f"),
        ("X-Account_Email", "root@acme.com"),
        ("X_Account-Roles", "super_admin"),
    ];
    for (method, body) in [("GET", ""), ("POST", "{}")] {
        let reply = nginx.request(method, "/orders/7?x=1", &forged, body).await;
        assert_eq!(
            (reply.status, reply.body.as_str()),
            (200, format!("portal id={id} email=john@acme.com roles=user").as_str())
        );
    }
    let bearer = format!("Bearer {token}");
    assert_eq!(nginx.request("GET", "/", &[("Authorization", &bearer)], "").await.status, 200);
}

#[tokio::test]
async fn nginx_sends_strangers_to_the_sign_in_page() {
    let service = Service::start().await;
    let nginx = Nginx::start(service.port()).await;
    let (_, token) = signed_in(&service, "john@acme.com", true).await;
    let forged = format!("session={}", "A".repeat(43));
    let cut = format!("session={}", &token[..42]);
    for headers in [&[][..], &[("X-Account-Id", "7")], &[("Cookie", forged.as_str())], &[("Cookie", cut.as_str())]] {
        let reply = nginx.request("GET", "/orders?x=1", headers, "").await;
        assert_eq!(reply.status, 303, "{headers:?}");
        assert!(reply.header("location").ends_with("/authenticate/sign-in?next=/orders?x=1"), "{headers:?}");
    }
    assert_eq!(nginx.request("GET", "/_gate", &[], "").await.status, 404, "the gate's own path is nobody else's");
    let bearer = format!("Bearer {token}");
    service.request("DELETE", "/account/v1/sessions/current", &[("Authorization", &bearer)], "").await;
    let cookie = format!("session={token}");
    assert_eq!(nginx.request("GET", "/", &[("Cookie", &cookie)], "").await.status, 303, "the session has ended");
}

#[tokio::test]
async fn nginx_and_the_sign_in_page_return_to_the_full_url() {
    const ADDRESS: &str = "/orders?from=1&to=a%2Fb%26c";
    let service = Service::start().await;
    let nginx = Nginx::start(service.port()).await;
    signed_in(&service, "john@acme.com", true).await;
    let reply = nginx.request("GET", ADDRESS, &[], "").await;
    let location = reply.header("location");
    let page = location.find("/authenticate/").map(|at| &location[at..]).unwrap();
    let form = nginx.request("GET", page, &[], "").await;
    let hidden = |name: &str| {
        let (_, rest) = form.body.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        rest.split_once('"').unwrap().0.replace("&amp;", "&")
    };
    assert_eq!(hidden("next"), ADDRESS);
    let (csrf, next) = (hidden("csrf"), ADDRESS.replace('%', "%25").replace('&', "%26"));
    let password = PASSWORD.replace(' ', "+");
    let body = format!("csrf={csrf}&next={next}&email=john%40acme.com&password={password}");
    let cookie = form.header("set-cookie").split(';').next().unwrap();
    let headers = [("Cookie", cookie), ("Content-Type", "application/x-www-form-urlencoded")];
    let answer = nginx.request("POST", "/authenticate/sign-in", &headers, &body).await;
    assert_eq!((answer.status, answer.header("location")), (303, ADDRESS));
}

#[tokio::test]
async fn nginx_keeps_unverified_people_out_of_the_application() {
    let service = Service::start().await;
    let nginx = Nginx::start(service.port()).await;
    let (_, token) = signed_in(&service, "new@acme.com", false).await;
    let cookie = format!("session={token}");
    let reply = nginx.request("GET", "/", &[("Cookie", &cookie)], "").await;
    assert_eq!(reply.status, 303);
    assert!(reply.header("location").ends_with("/authenticate/profile"));
    let gate = service.request("GET", "/account/v1/gate", &[("Cookie", &cookie)], "").await;
    assert_eq!((gate.status, gate.text("/code").as_str()), (403, "email_unverified"));
}

#[tokio::test]
async fn nobody_passes_while_the_service_is_unavailable() {
    let mut service = Service::start().await;
    let nginx = Nginx::start(service.port()).await;
    let (_, token) = signed_in(&service, "john@acme.com", true).await;
    service.stop().await;
    let cookie = format!("session={token}");
    assert_eq!(nginx.request("GET", "/", &[("Cookie", &cookie)], "").await.status, 500);
}
