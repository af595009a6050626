//! Administering, over HTTP.

use account_core::account::Role;
use account_core::outbox::mail::MailContent;
use account_core::session::FRESH;
use account_tests::people::PASSWORD;
use account_tests::{Answer, Somebody, TestApp};
use poem::http::Method;
use serde_json::{Value, json};

use super::world::World;

const ADMIN: &str = "/account/v1/admin";

async fn put_feature(app: &TestApp, admin: &Somebody, name: &str, value: &Value) {
    let path = format!("{ADMIN}/features/{name}");
    let answer = app.call_as(admin, Method::PUT, &path, Some(&json!({"value": value}))).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// Registers by the page's form, which was open since before registration was closed.
async fn register_by_page(app: &TestApp, email: &str) -> Answer {
    // All forms of a browser have the same token.
    let page = app.get("/authenticate/sign-in").await;
    let cookie = page.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    let hidden = page.body.split("<input type=\"hidden\"").nth(1).unwrap().split('>').next().unwrap();
    let attribute = |name: &str| hidden.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap();
    let form = format!(
        "{}={}&email={}&password={}",
        attribute("name"),
        attribute("value"),
        email.replace('@', "%40"),
        PASSWORD.replace(' ', "+")
    );
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    app.call(Method::POST, "/authenticate/register", &headers, form).await
}

/// Registers by the mikrocloud dialect.
async fn register_by_dialect(app: &TestApp, email: &str) -> Answer {
    let body = json!({"name": "John", "email": email, "country": "ZA", "password": "SDf345FCe",
                      "password_confirmation": "SDf345FCe"});
    app.post("/user", &body.to_string()).await
}

#[tokio::test]
async fn a_change_to_an_outdated_version_is_refused() {
    type Body<'a> = &'a dyn Fn(&str) -> Value;
    let app = TestApp::new();
    let world = World::make(&app).await;
    let organization = format!("{ADMIN}/organizations/{}", world.organization);
    let client = app.get_as(&world.maker, &format!("{ADMIN}/clients")).await.text("/items/0/id");
    let name = |name: &str| json!({"name": name});
    let switch = |name: &str| json!({"value": {"enabled": name == "Second"}});
    let bodies: [(&str, Method, String, &Somebody, Body<'_>); 5] = [
        ("own account", Method::PATCH, "/account/v1/me".to_owned(), &world.subject, &name),
        ("account", Method::PATCH, format!("{ADMIN}/accounts/{}", world.subject.account), &world.maker, &name),
        ("organization", Method::PATCH, organization, &world.maker, &name),
        ("client", Method::PATCH, format!("{ADMIN}/clients/{client}"), &world.maker, &name),
        ("feature", Method::PUT, format!("{ADMIN}/features/newsletter"), &world.maker, &switch),
    ];
    for (what, method, path, caller, body) in bodies {
        let read = app.get_as(caller, &path).await;
        let seen = read.header("etag").to_owned();
        assert!(seen.starts_with('"') && seen.len() > 2, "{what}: {seen}");
        let send = async |tag: &str, text: &str| {
            let authorization = format!("Bearer {}", caller.token);
            let headers = [("authorization", &*authorization), ("content-type", "application/json"), ("if-match", tag)];
            app.call(method.clone(), &path, &headers, body(text).to_string()).await
        };
        let changed = send(&seen, "First").await;
        assert_eq!(changed.status, 200, "{what}: {}", changed.body);
        let now = changed.header("etag").to_owned();
        assert_ne!(now, seen, "{what}");
        let before = app.get_as(caller, &path).await;
        assert_eq!((before.header("etag"), &before.body), (now.as_str(), &changed.body), "{what}");
        for tag in [seen.as_str(), "\"99\"", "", "x", "W/\"1\"", now.trim_matches('"'), "\"-1\"", "\"\""] {
            let refused = send(tag, "Second").await;
            assert_eq!(refused.code(), (412, "precondition_failed".into()), "{what} {tag}");
        }
        assert_eq!(app.get_as(caller, &path).await.body, before.body, "{what}: nothing was changed");
        assert_eq!(send(&now, "Second").await.status, 200, "{what}");
        assert_eq!(send("*", "Third").await.status, 200, "{what}");
    }
}

#[tokio::test]
async fn an_accepted_invitation_grants_only_what_was_offered() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    let _ = app.mails().await;
    let body = json!({"email": "jane@acme.com", "role": "admin", "organization": world.organization,
                      "organization_role": "administrator"});
    let invited = app.call_as(&world.maker, Method::POST, &format!("{ADMIN}/invitations"), Some(&body)).await;
    assert_eq!(invited.status, 201, "{}", invited.body);
    let id = invited.text("/id");
    let path = format!("{ADMIN}/invitations/{id}");
    assert_eq!(invited.header("location"), path);
    let again = app.call_as(&world.maker, Method::POST, &format!("{ADMIN}/invitations"), Some(&body)).await;
    assert_eq!(again.code(), (409, "already_invited".into()));

    let first = app.mailed_token().await;
    let resent = app.call_as(&world.maker, Method::POST, &format!("{path}/mails"), None).await;
    assert_eq!(resent.status, 202, "{}", resent.body);
    let token = app.mailed_token().await;
    let redeem = async |token: &str, password: &str| {
        let body = json!({"token": token, "password": password, "name": "Jane Appleseed", "country": "ZA",
                          "email": "evil@acme.com", "role": "super_admin", "notification_address": "evil@acme.com"});
        app.post("/account/v1/invitations/redeem", &body.to_string()).await
    };
    assert_eq!(redeem(&first, PASSWORD).await.code(), (410, "superseded".into()));
    let weak = redeem(&token, "short").await;
    assert_eq!((weak.code(), weak.text("/violations/0/pointer")), ((422, "invalid".into()), "/password".into()));
    let accepted = redeem(&token, PASSWORD).await;
    assert_eq!(accepted.status, 201, "{}", accepted.body);
    let account = accepted.json()["account"].clone();
    for (member, expected) in [
        ("id", id.as_str()),
        ("email", "jane@acme.com"),
        ("role", "admin"),
        ("name", "Jane Appleseed"),
        ("country", "ZA"),
        ("organization", &world.organization),
        ("organization_role", "administrator"),
    ] {
        assert_eq!(account[member], expected, "{member}");
    }
    assert!(account["email_verified_at"].is_string() && account["notification_address"].is_null(), "{account}");
    assert_eq!(redeem(&token, PASSWORD).await.code(), (410, "used".into()));

    let bearer = format!("Bearer {}", accepted.text("/session/token"));
    let stats = app.call(Method::GET, &format!("{ADMIN}/stats"), &[("authorization", &*bearer)], ()).await;
    assert_eq!(stats.status, 200, "the session is an administrator's");
    let body = json!({"email": "jane@acme.com", "password": PASSWORD});
    assert_eq!(app.post("/account/v1/sessions", &body.to_string()).await.status, 201);
    assert_eq!(app.get_as(&world.maker, &path).await.text("/state"), "accepted");
    for (method, path) in [(Method::DELETE, path.clone()), (Method::POST, format!("{path}/mails"))] {
        let answer = app.call_as(&world.maker, method, &path, None).await;
        assert_eq!(answer.code(), (410, "invitation_ended".into()), "{path}");
    }
    let body = json!({"email": "JANE@acme.com"});
    let registered = app.call_as(&world.maker, Method::POST, &format!("{ADMIN}/invitations"), Some(&body)).await;
    assert_eq!(registered.code(), (409, "address_registered".into()));
}

#[tokio::test]
async fn a_revoked_invitation_is_worthless() {
    let app = TestApp::new();
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    let body = json!({"email": "jane@acme.com"});
    let invited = app.call_as(&admin, Method::POST, &format!("{ADMIN}/invitations"), Some(&body)).await;
    let token = app.mailed_token().await;
    let path = format!("{ADMIN}/invitations/{}", invited.text("/id"));
    assert_eq!(app.call_as(&admin, Method::DELETE, &path, None).await.status, 204);
    let body = json!({"token": token, "password": PASSWORD});
    let answer = app.post("/account/v1/invitations/redeem", &body.to_string()).await;
    assert!(matches!(answer.status.as_u16(), 404 | 410), "{}", answer.body);
    assert_eq!(app.store.accounts().len(), 1);
    assert_eq!(app.get_as(&admin, &path).await.text("/state"), "revoked");
}

#[tokio::test]
async fn closed_registration_creates_no_row_by_any_channel() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    let _ = app.mails().await;
    let body = json!({"email": "early@acme.com", "password": PASSWORD});
    assert_eq!(app.post("/account/v1/registrations", &body.to_string()).await.status, 202);
    let pending = app.mailed_token().await;
    let body = json!({"email": "invited@acme.com"});
    let invited = app.call_as(&world.maker, Method::POST, &format!("{ADMIN}/invitations"), Some(&body)).await;
    let invitation = app.mailed_token().await;
    let reason = "We open on Monday.";
    let closed = json!({"mode": "closed", "reason": reason, "refuses_pending": true});
    put_feature(&app, &world.maker, "account-registration", &closed).await;

    let before = app.store.row_counts();
    let refused = |answer: &Answer, what: &str| {
        assert_eq!(answer.code(), (403, "registration_closed".into()), "{what}");
        assert_eq!(answer.text("/detail"), reason, "{what}");
    };
    refused(&app.register("late@acme.com").await, "native");
    let body = json!({"token": pending, "password": PASSWORD});
    refused(&app.verify(&body).await, "a registration from before");
    let body = json!({"token": invitation, "password": PASSWORD});
    let redeemed = app.post("/account/v1/invitations/redeem", &body.to_string()).await;
    refused(&redeemed, "an invitation from before");
    let body = json!({"email": "new@acme.com"});
    let answer = app.call_as(&world.maker, Method::POST, &format!("{ADMIN}/invitations"), Some(&body)).await;
    refused(&answer, "inviting");
    let path = format!("{ADMIN}/invitations/{}/mails", invited.text("/id"));
    refused(&app.call_as(&world.maker, Method::POST, &path, None).await, "inviting again");
    let answer = register_by_dialect(&app, "late@acme.com").await;
    assert_eq!((answer.status.as_u16(), answer.json()), (403, json!({"message": reason})));
    for answer in [app.get("/authenticate/register").await, register_by_page(&app, "late@acme.com").await] {
        assert_eq!(answer.status, 403, "{}", answer.body);
        assert!(answer.header("content-type").starts_with("text/html"));
        assert!(answer.body.contains("Registration is closed"), "{}", answer.body);
        assert!(answer.body.contains(reason) && !answer.body.contains("name=\"password\""), "{}", answer.body);
    }
    assert_eq!(app.store.row_counts(), before);
    assert!(app.mails().await.is_empty());

    put_feature(&app, &world.maker, "account-registration", &json!({"mode": "closed"})).await;
    let answer = register_by_dialect(&app, "late@acme.com").await;
    assert_eq!((answer.status.as_u16(), answer.json()), (403, json!({"message": "Registration is closed"})));
    let answer = app.register("late@acme.com").await;
    assert_eq!(answer.text("/detail"), "New registrations are not accepted at the moment.");
}

#[tokio::test]
async fn a_feature_takes_effect_at_once() {
    let app = TestApp::new();
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    for number in 0..5 {
        put_feature(&app, &admin, "account-registration", &json!({"mode": "closed"})).await;
        let refused = app.register(&format!("p{number}@acme.com")).await;
        assert_eq!(refused.code(), (403, "registration_closed".into()));
        assert_eq!(register_by_dialect(&app, &format!("d{number}@acme.com")).await.status, 403);
        put_feature(&app, &admin, "account-registration", &json!({"mode": "open"})).await;
        assert_eq!(app.register(&format!("p{number}@acme.com")).await.status, 202);
        assert_eq!(register_by_dialect(&app, &format!("d{number}@acme.com")).await.status, 201);
        let page = register_by_page(&app, &format!("f{number}@acme.com")).await;
        assert_eq!(page.status, 303, "{}", page.body);
    }
    put_feature(&app, &admin, "account-registration", &json!({"mode": "restricted", "domains": ["Acme.com"]})).await;
    assert_eq!(app.register("jane@acme.com").await.status, 202);
    assert_eq!(app.register("jane@example.org").await.status, 403);
    put_feature(&app, &admin, "account-registration", &json!({"mode": "open"})).await;
    put_feature(&app, &admin, "password-registration", &json!({"enabled": false})).await;
    assert_eq!(app.register("joe@acme.com").await.code(), (403, "registration_closed".into()));
}

#[tokio::test]
async fn an_invalid_value_leaves_the_feature_unchanged() {
    let app = TestApp::new();
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    let read = async |name: &str| app.get_as(&admin, &format!("{ADMIN}/features/{name}")).await.body;
    for name in ["account-registration", "social-registration", "password-registration", "newsletter"] {
        let before = read(name).await;
        let path = format!("{ADMIN}/features/{name}");
        for value in [
            json!(null),
            json!(7),
            json!("open"),
            json!([]),
            json!({"mode": "ajar"}),
            json!({"enabled": "yes"}),
            json!({"enabled": true, "more": 1}),
            json!({"mode": "open", "enabled": 1}),
            json!({"reason": 7}),
        ] {
            let answer = app.call_as(&admin, Method::PUT, &path, Some(&json!({"value": value}))).await;
            // Members that the feature's value does not have are named before it is read.
            let (status, code) = answer.code();
            assert!(status == 422 && ["invalid", "unknown_member"].contains(&code.as_str()), "{name} {value}: {code}");
            assert!(answer.text("/violations/0/pointer").starts_with("/value"), "{name} {value}");
        }
        assert_eq!(read(name).await, before, "{name}");
    }
    for name in ["nothing", "Newsletter", "newsletter%00"] {
        let path = format!("{ADMIN}/features/{name}");
        let answer = app.call_as(&admin, Method::PUT, &path, Some(&json!({"value": {"enabled": true}}))).await;
        assert_eq!(answer.code(), (404, "not_found".into()), "{name}");
    }
}

#[tokio::test]
async fn the_last_super_admin_stays_one() {
    let app = TestApp::new();
    let last = app.somebody("last@acme.com", Role::SuperAdmin).await;
    let own = format!("{ADMIN}/accounts/{}", last.account);
    let role = json!({"role": "user"});
    let attempts: [(Method, String, Option<&Value>); 4] = [
        (Method::PUT, format!("{own}/role"), Some(&role)),
        (Method::POST, format!("{own}/disable"), None),
        (Method::DELETE, own.clone(), None),
        (Method::DELETE, "/account/v1/me".to_owned(), None),
    ];
    for (method, path, body) in &attempts {
        let answer = app.call_as(&last, method.clone(), path, *body).await;
        assert_eq!(answer.code(), (409, "last_super_admin".into()), "{method} {path}");
    }
    // One that is disabled is no help.
    let other = app.somebody("other@acme.com", Role::SuperAdmin).await;
    let path = format!("{ADMIN}/accounts/{}/disable", other.account);
    assert_eq!(app.call_as(&last, Method::POST, &path, None).await.status, 200);
    for (method, path, body) in &attempts {
        let answer = app.call_as(&last, method.clone(), path, *body).await;
        assert_eq!(answer.code(), (409, "last_super_admin".into()), "{method} {path}");
    }
    let stored = app.stored_account(last.account).unwrap();
    assert_eq!((stored.role, stored.disabled_at, stored.deletion_due_at), (Role::SuperAdmin, None, None));
    let path = format!("{ADMIN}/accounts/{}/enable", other.account);
    assert_eq!(app.call_as(&last, Method::POST, &path, None).await.status, 200);
    let answer = app.call_as(&last, Method::PUT, &format!("{own}/role"), Some(&role)).await;
    assert_eq!(answer.status, 200, "there is another one now: {}", answer.body);
}

#[tokio::test]
async fn a_disabled_account_is_locked_out_until_enabled() {
    let app = TestApp::new();
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    let jane = app.somebody("jane@acme.com", Role::User).await;
    let path = format!("{ADMIN}/accounts/{}", jane.account);
    let disabled = app.call_as(&admin, Method::POST, &format!("{path}/disable"), None).await;
    assert_eq!(disabled.text("/disabled_at"), "2026-01-01T00:00:00Z");
    assert_eq!(app.get_as(&jane, "/account/v1/me").await.code(), (401, "unauthenticated".into()));
    let sign_in = json!({"email": "jane@acme.com", "password": PASSWORD}).to_string();
    let refused = app.post("/account/v1/sessions", &sign_in).await;
    assert_eq!(refused.code(), (401, "wrong_credentials".into()));
    assert_eq!(app.call_as(&admin, Method::POST, &format!("{path}/enable"), None).await.status, 200);
    assert_eq!(app.get_as(&jane, "/account/v1/me").await.status, 401, "its sessions have ended");
    assert_eq!(app.post("/account/v1/sessions", &sign_in).await.status, 201);
    let ended = app.call_as(&admin, Method::DELETE, &format!("{path}/sessions"), None).await;
    assert_eq!(ended.json(), json!({"ended": 1}));
    let mails = app.mails().await;
    let notices = mails.iter().filter(|mail| matches!(mail.content, MailContent::Notice { .. }));
    assert_eq!(notices.filter(|mail| mail.to.as_str() == "jane@acme.com").count(), 3);
    assert_eq!(app.call_as(&admin, Method::DELETE, &path, None).await.status, 204);
    assert_eq!(app.get_as(&admin, &path).await.code(), (404, "not_found".into()));
}

#[tokio::test]
async fn organizations_and_clients_are_created_changed_and_deleted() {
    let app = TestApp::new();
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    let jane = app.somebody("jane@acme.com", Role::User).await;
    let call = async |method: Method, path: &str, body: Option<Value>| {
        app.call_as(&admin, method, &format!("{ADMIN}/{path}"), body.as_ref()).await
    };
    let body = json!({"code": "acme", "name": "Acme", "callback_origins": ["https://portal.example.com/"]});
    let made = call(Method::POST, "organizations", Some(body.clone())).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let organization = made.text("/id");
    assert_eq!(made.json()["callback_origins"], json!(["https://portal.example.com"]));
    assert_eq!(call(Method::POST, "organizations", Some(body)).await.code(), (409, "code_taken".into()));
    let path = format!("organizations/{organization}");
    let answer = call(Method::PATCH, &path, Some(json!({"name": null}))).await;
    assert_eq!(answer.text("/violations/0/code"), "cannot_be_cleared");
    let answer = call(Method::PATCH, &path, Some(json!({"callback_origins": null, "code": "other"}))).await;
    assert_eq!(answer.code(), (422, "unknown_member".into()), "the code cannot be changed");
    let answer = call(Method::PATCH, &path, Some(json!({"callback_origins": null}))).await;
    assert_eq!((answer.text("/code"), answer.json()["callback_origins"].clone()), ("acme".into(), json!([])));

    let member = format!("{path}/members/{}", jane.account);
    let answer = call(Method::PUT, &member, Some(json!({"role": "owner"}))).await;
    assert_eq!(answer.text("/violations/0/code"), "unknown");
    let answer = call(Method::PUT, &member, Some(json!({"role": "administrator"}))).await;
    assert_eq!(answer.text("/organization_role"), "administrator");
    assert_eq!(call(Method::DELETE, &path, None).await.code(), (409, "not_empty".into()));
    assert_eq!(call(Method::DELETE, &member, None).await.status, 204);
    assert_eq!(call(Method::DELETE, &member, None).await.code(), (404, "not_found".into()));

    let body = json!({"id": "portal", "name": "Portal", "organization": organization, "networks": ["192.0.2.0/24"]});
    let made = call(Method::POST, "clients", Some(body.clone())).await;
    assert_eq!((made.status.as_u16(), made.json()["networks"].clone()), (201, json!(["192.0.2.0/24"])));
    assert_eq!(call(Method::POST, "clients", Some(body)).await.code(), (409, "client_taken".into()));
    assert_eq!(call(Method::DELETE, &path, None).await.code(), (409, "not_empty".into()));
    let answer =
        call(Method::PATCH, "clients/portal", Some(json!({"networks": ["everywhere"], "organization": "x"}))).await;
    assert_eq!(answer.code(), (422, "invalid".into()));
    assert_eq!(answer.json()["violations"].as_array().unwrap().len(), 2, "{}", answer.body);
    let answer = call(Method::PATCH, "clients/portal", Some(json!({"organization": null}))).await;
    assert_eq!((answer.status.as_u16(), answer.json()["organization"].clone()), (200, Value::Null));
    assert_eq!(call(Method::DELETE, "clients/portal", None).await.status, 204);
    assert_eq!(call(Method::DELETE, &path, None).await.status, 204);
    for gone in [path.as_str(), "clients/portal", "clients/%2F", "organizations/portal"] {
        assert_eq!(call(Method::GET, gone, None).await.code(), (404, "not_found".into()), "{gone}");
    }
}

#[tokio::test]
async fn changing_callback_origins_requires_a_recent_password() {
    let app = TestApp::new();
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    let path = format!("{ADMIN}/organizations");
    let made = app.call_as(&admin, Method::POST, &path, Some(&json!({"code": "acme", "name": "Acme"}))).await;
    let acme = format!("{path}/{}", made.text("/id"));
    app.clock.advance(FRESH);
    let origins = json!({"callback_origins": ["https://evil.example"]});
    let required = (403, "reauthentication_required".to_owned());
    assert_eq!(app.call_as(&admin, Method::PATCH, &acme, Some(&origins)).await.code(), required);
    let other = json!({"code": "evil", "name": "Evil", "callback_origins": ["https://evil.example"]});
    assert_eq!(app.call_as(&admin, Method::POST, &path, Some(&other)).await.code(), required);
    let answer = app.call_as(&admin, Method::PATCH, &acme, Some(&json!({"name": "Acme Ltd"}))).await;
    assert_eq!((answer.text("/name"), answer.json()["callback_origins"].clone()), ("Acme Ltd".into(), json!([])));
}

#[tokio::test]
async fn figures_count_what_happened_today() {
    let app = TestApp::new();
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    app.register("jane@acme.com").await;
    let token = app.mailed_token().await;
    assert_eq!(app.verify(&json!({"token": token, "password": PASSWORD})).await.status, 200);
    let body = json!({"email": "jane@acme.com", "password": PASSWORD});
    assert_eq!(app.post("/account/v1/sessions", &body.to_string()).await.status, 201);
    let answer = app.get_as(&admin, &format!("{ADMIN}/stats?days=2")).await;
    let quiet = json!({"day": "2025-12-31", "registrations_started": 0, "mails_handed_over": 0, "confirmed": 0,
                       "signed_in": 0});
    let waits = json!({"count": 1, "median_seconds": 0.0, "p95_seconds": 0.0});
    let today = json!({"day": "2026-01-01", "registrations_started": 1, "mails_handed_over": 1, "confirmed": 1,
                       "signed_in": 1, "until_mailed": waits, "until_confirmed": waits});
    assert_eq!(answer.json()["items"], json!([quiet, today]));
    let queues = ["deciding", "mail"].map(|queue| json!({"queue": queue, "queued": 0, "dead": 0}));
    assert_eq!(answer.json()["queues"], json!(queues));
    let instance = &answer.json()["instance"];
    assert_eq!((&instance["since"], &instance["limits"]), (&json!("2026-01-01T00:00:00Z"), &json!([])));
    let classes: Vec<_> = instance["hashing"].as_array().unwrap().iter().map(|class| class["class"].clone()).collect();
    assert_eq!(classes, ["sign_in", "completion", "registration"]);
    let items = |answer: &Answer| answer.json()["items"].as_array().unwrap().len();
    assert_eq!(items(&app.get_as(&admin, &format!("{ADMIN}/stats")).await), 7);
    assert_eq!(items(&app.get_as(&admin, &format!("{ADMIN}/stats?days=31")).await), 31);
}

#[tokio::test]
async fn whoever_registered_with_a_weak_password_is_made_an_administrator_after_a_better_one() {
    const WEAK: &str = "SDf345FCe";
    let app = TestApp::new();
    let maker = app.somebody("maker@acme.com", Role::SuperAdmin).await;
    assert_eq!(register_by_dialect(&app, "john@acme.com").await.status, 201);
    let verified = app.verify(&json!({"token": app.mailed_token().await, "password": WEAK})).await;
    let path = format!("{ADMIN}/accounts/{}/role", verified.text("/account/id"));
    let promote = async || app.call_as(&maker, Method::PUT, &path, Some(&json!({"role": "admin"}))).await;
    let sign_in = async |password: &str| {
        let body = json!({"email": "john@acme.com", "password": password});
        let answer = app.post("/account/v1/sessions", &body.to_string()).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        format!("Bearer {}", answer.text("/token"))
    };
    let session = sign_in(WEAK).await;
    let refused = promote().await;
    assert_eq!(refused.code(), (409, "weak_password".into()));
    assert!(refused.text("/detail").contains("Ask the person to choose a new password"), "{}", refused.body);
    let body = json!({"current_password": WEAK, "new_password": PASSWORD}).to_string();
    let headers = [("authorization", &*session), ("content-type", "application/json")];
    let changed = app.call(Method::PUT, "/account/v1/me/password", &headers, body).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    let promoted = promote().await;
    assert_eq!(promoted.status, 200, "{}", promoted.body);
    assert_eq!(promoted.text("/role"), "admin");

    // From now on no channel takes a weak one.
    let reset = json!({"email": "john@acme.com"}).to_string();
    let _ = app.mails().await;
    assert_eq!(app.post("/account/v1/password-resets", &reset).await.status, 202);
    let token = app.mailed_token().await;
    let redeem = json!({"token": token, "new_password": WEAK}).to_string();
    let weak = app.post("/account/v1/password-resets/redeem", &redeem).await;
    assert_eq!((weak.code(), weak.text("/violations/0/code")), ((422, "invalid".into()), "too_short".into()));
}
