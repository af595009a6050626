//! Registration that is switched off is off wherever one could come in.

use account_core::account::Role;
use account_core::outbox::mail::MailContent;
use account_tests::mikrocloud::REQUEST;
use account_tests::people::PASSWORD;
use account_tests::{Somebody, TestApp, waltid};
use poem::http::Method;
use serde_json::{Value, json};

use super::hostile_bodies::rows;
use super::visitor::Visitor;

/// Ways to switch it off: the feature, its value, and whether what was begun before is refused as well.
fn modes() -> [(&'static str, Value, bool); 4] {
    let mode = |mode: &str| json!({"mode": mode, "refuses_pending": true, "reason": "Come back later."});
    [
        ("account-registration", mode("closed"), true),
        ("account-registration", mode("invitation_only"), true),
        (
            "account-registration",
            json!({"mode": "restricted", "domains": ["others.com"], "refuses_pending": true}),
            true,
        ),
        ("password-registration", json!({"enabled": false}), false),
    ]
}

/// What was begun while it was open.
struct Begun<'a> {
    root: Somebody,
    /// Of a registration by the API.
    token: String,
    continuation: String,
    /// A browser that registered by the page, and what it was emailed.
    visitor: Visitor<'a>,
    registration: String,
    page_token: String,
    code: String,
    invitation: String,
}

async fn begin(app: &TestApp) -> Begun<'_> {
    let root = app.somebody("root@acme.com", Role::SuperAdmin).await;
    let accepted = app.register("api@acme.com").await;
    let token = app.mailed_token().await;
    let mut visitor = Visitor::new(app).await;
    let page = visitor.post("/authenticate/register", &[("email", "page@acme.com"), ("password", PASSWORD)]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    let (_, registration) = page.header("location").split_once("registration=").unwrap();
    let registration = registration.to_owned();
    let mails = app.mails().await;
    let MailContent::VerifyAddress { link, code: Some(code), .. } = &mails[0].content else { panic!("another mail") };
    let page_token = link.expose().rsplit('/').next().unwrap().to_owned();
    let code = code.expose().to_owned();
    let invitation = json!({"email": "invited@acme.com"});
    let invited = app.call_as(&root, Method::POST, "/account/v1/admin/invitations", Some(&invitation)).await;
    assert_eq!(invited.status, 201, "{}", invited.body);
    let invitation = app.mailed_token().await;
    Begun {
        root,
        token,
        continuation: accepted.text("/continuation"),
        visitor,
        registration,
        page_token,
        code,
        invitation,
    }
}

/// Everything that would begin a registration: nobody gets in, and nothing is written.
async fn nobody_begins(app: &TestApp, visitor: &mut Visitor<'_>, pending: &[&str], context: &str) {
    let before = rows(app);
    for email in ["new@acme.com", "new@sub.others.com", "others.com@acme.com"] {
        let answer = app.register(email).await;
        assert_eq!(answer.code(), (403, "registration_closed".into()), "{context}: {email}");
        let body = json!({"email": email, "password": PASSWORD}).to_string();
        let headers = [("content-type", "application/json"), ("idempotency-key", "0123456789abcdef")];
        let keyed = app.call(Method::POST, "/account/v1/registrations", &headers, body).await;
        assert_eq!(keyed.code(), (403, "registration_closed".into()), "{context}: {email}");
        let answer = app.post("/user", &REQUEST.replace("john@acme.com", email)).await;
        assert_eq!(answer.status, 403, "{context}: {}", answer.body);
        let answer = app.post("/v1/account/register", &waltid::request(email)).await;
        assert_eq!((answer.status.as_u16(), answer.text("/id")), (404, "NotFoundException".into()), "{context}");
        let page = visitor.post("/authenticate/register", &[("email", email), ("password", PASSWORD)]).await;
        assert_eq!(page.status, 403, "{context}: {}", page.body);
    }
    assert_eq!(rows(app), before, "{context}");
    let kept = || (app.store.accounts(), app.store.registrations(), app.store.tokens(), app.store.sessions());
    let before = kept();
    for email in ["new@acme.com"].iter().chain(pending) {
        let resent = app.post("/account/v1/verification-mails", &json!({"email": email}).to_string()).await;
        assert_eq!(resent.status, 202, "{context}: {}", resent.body);
        let forgotten = app.post("/account/v1/password-resets", &json!({"email": email}).to_string()).await;
        assert_eq!(forgotten.status, 202, "{context}: {}", forgotten.body);
    }
    // It is recorded that somebody asked, as for every address; nothing comes of it.
    assert!(app.mails().await.is_empty(), "{context}");
    assert_eq!(kept(), before, "{context}");
}

/// Everything that would complete one that was begun before.
async fn nobody_completes(app: &TestApp, begun: &mut Begun<'_>, context: &str) {
    let accounts = app.store.accounts();
    for proof in [
        json!({"token": begun.token, "continuation": begun.continuation}),
        json!({"token": begun.token, "password": PASSWORD}),
        json!({"token": begun.token, "new_password": "another lantern gravel orchid"}),
    ] {
        let answer = app.verify(&proof).await;
        assert_eq!(answer.code(), (403, "registration_closed".into()), "{context}");
    }
    let (token, code, registration) = (&begun.page_token, &begun.code, &begun.registration);
    for (path, fields) in [
        ("/authenticate/verify", vec![("token", token.as_str()), ("proof", "confirm")]),
        ("/authenticate/verify", vec![("token", token), ("proof", "password"), ("password", PASSWORD)]),
        ("/authenticate/verify", vec![("token", token), ("proof", "new_password"), ("new_password", PASSWORD)]),
        ("/authenticate/verify/code", vec![("registration", registration), ("code", code)]),
    ] {
        let page = begun.visitor.post(path, &fields).await;
        assert_eq!(page.status, 403, "{context}: {path} {}", page.body);
    }
    let sign_in = json!({"email": "api@acme.com", "password": PASSWORD}).to_string();
    assert_eq!(app.post("/account/v1/sessions", &sign_in).await.status, 401, "{context}");
    assert_eq!(app.store.accounts(), accounts, "{context}");
}

async fn nobody_accepts(app: &TestApp, begun: &mut Begun<'_>, context: &str) {
    let before = rows(app);
    let body = json!({"token": begun.invitation, "password": PASSWORD});
    let answer = app.post("/account/v1/invitations/redeem", &body.to_string()).await;
    assert_eq!(answer.code(), (403, "registration_closed".into()), "{context}");
    let fields = [("token", begun.invitation.as_str()), ("password", PASSWORD)];
    let page = begun.visitor.post("/authenticate/invitation", &fields).await;
    assert_eq!(page.status, 403, "{context}: {}", page.body);
    let body = json!({"email": "further@acme.com"});
    let invited = app.call_as(&begun.root, Method::POST, "/account/v1/admin/invitations", Some(&body)).await;
    assert_eq!(invited.code(), (403, "registration_closed".into()), "{context}");
    assert_eq!(rows(app), before, "{context}");
}

#[tokio::test]
async fn closed_registration_is_closed_on_every_channel() {
    for (feature, value, refuses_pending) in modes() {
        let context = format!("{feature} {value}");
        let app = TestApp::new();
        let mut begun = begin(&app).await;
        let path = format!("/account/v1/admin/features/{feature}");
        let set = app.call_as(&begun.root, Method::PUT, &path, Some(&json!({"value": value}))).await;
        assert_eq!(set.status, 200, "{context}: {}", set.body);
        // Without that, what was begun before is completed, and its email is sent again.
        let pending: &[&str] = if refuses_pending { &["api@acme.com", "page@acme.com"] } else { &[] };
        nobody_begins(&app, &mut begun.visitor, pending, &context).await;
        if refuses_pending {
            nobody_completes(&app, &mut begun, &context).await;
        }
        if value["mode"] == "closed" {
            nobody_accepts(&app, &mut begun, &context).await;
        }
    }
}

#[tokio::test]
async fn open_registration_works_on_every_channel() {
    let app = TestApp::new();
    let mut begun = begin(&app).await;
    let before = app.store.accounts().len();
    assert_eq!(app.post("/user", REQUEST).await.status, 201);
    let verified = app.verify(&json!({"token": begun.token, "continuation": begun.continuation})).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    let fields = [("registration", begun.registration.as_str()), ("code", begun.code.as_str())];
    let page = begun.visitor.post("/authenticate/verify/code", &fields).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let body = json!({"token": begun.invitation, "password": PASSWORD});
    assert_eq!(app.post("/account/v1/invitations/redeem", &body.to_string()).await.status, 201);
    assert_eq!(app.store.accounts().len(), before + 3);
}
