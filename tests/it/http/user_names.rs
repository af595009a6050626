//! A user name is never another person's address.

use account_core::account::Role;
use account_tests::people::PASSWORD;
use account_tests::{Answer, TestApp};
use poem::http::Method;
use serde_json::json;

use super::hostile_bodies::rows;
use super::visitor::Visitor;

const VICTIM: &str = "victim@acme.com";

fn is_refused(answer: &Answer, context: &str) {
    assert_eq!(answer.code(), (422, "invalid".into()), "{context}: {}", answer.body);
    assert_eq!(answer.text("/violations/0/pointer"), "/username", "{context}");
    assert_eq!(answer.text("/violations/0/code"), "forbidden_character", "{context}");
}

#[tokio::test]
async fn another_persons_address_is_never_accepted_as_a_user_name() {
    let app = TestApp::new();
    app.somebody(VICTIM, Role::User).await;
    let evil = app.somebody("evil@acme.com", Role::User).await;
    let root = app.somebody("root@acme.com", Role::SuperAdmin).await;
    let invitation = json!({"email": "invited@acme.com"});
    let invited = app.call_as(&root, Method::POST, "/account/v1/admin/invitations", Some(&invitation)).await;
    assert_eq!(invited.status, 201, "{}", invited.body);
    let token = app.mailed_token().await;
    let mut visitor = Visitor::of(&app, &evil).await;
    let admins = format!("/account/v1/admin/accounts/{}", evil.account);

    for name in [
        VICTIM,
        "VICTIM@acme.com",
        "victim\u{FF20}acme.com",
        "victim\u{FE6B}acme.com",
        " victim@acme.com",
        "nobody@acme.com",
    ] {
        let before = rows(&app);
        let registration = json!({"email": "new@acme.com", "password": PASSWORD, "username": name});
        is_refused(&app.post("/account/v1/registrations", &registration.to_string()).await, "registering");
        let change = json!({"username": name});
        is_refused(&app.call_as(&evil, Method::PATCH, "/account/v1/me", Some(&change)).await, "changing");
        is_refused(&app.call_as(&root, Method::PATCH, &admins, Some(&change)).await, "administering");
        let redemption = json!({"token": token, "password": PASSWORD, "username": name});
        is_refused(&app.post("/account/v1/invitations/redeem", &redemption.to_string()).await, "accepting");
        let page = visitor.post("/authenticate/profile", &[("username", name)]).await;
        assert_eq!(page.status, 422, "{name}");
        assert_eq!(rows(&app), before, "{name}");

        let sign_in = json!({"email": VICTIM, "password": PASSWORD});
        let owner = app.post("/account/v1/sessions", &sign_in.to_string()).await;
        assert_eq!((owner.status.as_u16(), owner.text("/account/email").as_str()), (201, VICTIM));
        let by_name = json!({"username": VICTIM, "password": PASSWORD});
        let by_name = app.post("/account/v1/sessions", &by_name.to_string()).await;
        assert!(by_name.status != 201 || by_name.text("/account/email") == VICTIM, "{}", by_name.body);
    }
    let redemption = json!({"token": token, "password": PASSWORD, "username": "harmless"});
    let accepted = app.post("/account/v1/invitations/redeem", &redemption.to_string()).await;
    assert_eq!(accepted.status, 201, "what was refused has not cost the invitation: {}", accepted.body);
}
