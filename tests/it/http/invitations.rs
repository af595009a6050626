//! An invitation is good for one account.

use account_core::account::Role;
use account_tests::people::PASSWORD;
use account_tests::{Somebody, TestApp};
use poem::http::Method;
use serde_json::json;

use super::hostile_bodies::rows;
use super::visitor::Visitor;

const INVITED: &str = "invited@acme.com";
const OTHER_PASSWORD: &str = "another lantern gravel orchid";

async fn invite(app: &TestApp) -> (Somebody, String) {
    let root = app.somebody("root@acme.com", Role::SuperAdmin).await;
    let invitation = json!({"email": INVITED, "role": "admin"});
    let invited = app.call_as(&root, Method::POST, "/account/v1/admin/invitations", Some(&invitation)).await;
    assert_eq!(invited.status, 201, "{}", invited.body);
    let token = app.mailed_token().await;
    (root, token)
}

/// The token is spent, anyone who comes with it.
async fn is_over(app: &TestApp, token: &str, visitors: Vec<(&str, Visitor<'_>)>) {
    for (name, mut visitor) in visitors {
        let session = visitor.cookies.get("__Host-session").cloned();
        for fields in [
            vec![("token", token), ("password", OTHER_PASSWORD), ("name", "Other")],
            vec![("token", token), ("password", PASSWORD)],
            vec![("token", token), ("password", OTHER_PASSWORD), ("email", "evil@acme.com"), ("role", "super_admin")],
        ] {
            let before = rows(app);
            let page = visitor.post("/authenticate/invitation", &fields).await;
            assert_eq!(page.status, 410, "cookies {name}: {}", page.body);
            assert_eq!(rows(app), before, "cookies {name}");
            assert_eq!(visitor.cookies.get("__Host-session"), session.as_ref(), "cookies {name}: nobody was signed in");
        }
        let cookies: Vec<_> = visitor.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        for headers in [
            vec![("content-type", "application/json"), ("cookie", cookies.as_str()), ("sec-fetch-site", "same-origin")],
            vec![("content-type", "application/json")],
        ] {
            let before = rows(app);
            let body = json!({"token": token, "password": OTHER_PASSWORD}).to_string();
            let answer = app.call(Method::POST, "/account/v1/invitations/redeem", &headers, body).await;
            assert_eq!(answer.code(), (410, "used".into()), "cookies {name}");
            assert_eq!(rows(app), before, "cookies {name}");
        }
    }
    assert_eq!(app.store.accounts().iter().filter(|account| account.address.as_str() == INVITED).count(), 1);
    for (password, status) in [(PASSWORD, 201), (OTHER_PASSWORD, 401)] {
        let body = json!({"email": INVITED, "password": password}).to_string();
        assert_eq!(app.post("/account/v1/sessions", &body).await.status, status);
    }
}

#[tokio::test]
async fn a_used_invitation_is_gone_whatever_the_cookies() {
    for is_accepted_by_page in [true, false] {
        let app = TestApp::new();
        let (root, token) = invite(&app).await;
        let mut kept = Visitor::new(&app).await;
        if is_accepted_by_page {
            let fields = [("token", token.as_str()), ("password", PASSWORD), ("name", "First")];
            let page = kept.post("/authenticate/invitation", &fields).await;
            assert_eq!(page.status, 200, "{}", page.body);
            assert_eq!(kept.cookies["__Host-session"].len(), 43);
        } else {
            let body = json!({"token": token, "password": PASSWORD, "name": "First"}).to_string();
            let answer = app.post("/account/v1/invitations/redeem", &body).await;
            assert_eq!((answer.status.as_u16(), answer.text("/account/role").as_str()), (201, "admin"));
            kept.cookies.insert("__Host-session".to_owned(), answer.text("/session/token"));
        }
        let cleared = Visitor::new(&app).await;
        let of_another = Visitor::of(&app, &root).await;
        let mut edited = kept.clone();
        edited.cookies.insert("__Host-session".to_owned(), "A".repeat(43));
        edited.cookies.insert("__Host-continuations".to_owned(), format!("{token}.{token}"));
        edited.cookies.insert("session".to_owned(), token.clone());
        edited.cookies.insert("invitation".to_owned(), "unused".to_owned());
        let all = vec![("kept", kept), ("cleared", cleared), ("of another", of_another), ("edited", edited)];
        is_over(&app, &token, all).await;
    }
}
