//! What can be typed instead of following the link is emailed to those who can make use of it.

use account_core::outbox::mail::MailContent;
use account_core::registration::activation::Activation;
use account_tests::{TestApp, mikrocloud, waltid};
use poem::http::Method;

/// Whether the one email that is due has a code, and whether it knows of an account.
async fn mailed(app: &TestApp) -> (bool, bool) {
    let [mail] = <[_; 1]>::try_from(app.mails().await).unwrap();
    let MailContent::VerifyAddress { code, account_exists, .. } = mail.content else { panic!("{mail:?}") };
    (code.is_some(), account_exists)
}

async fn register_by(app: &TestApp, dialect: &str) -> u16 {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let answer = match dialect {
        "mikrocloud" => app.post("/user", mikrocloud::REQUEST).await,
        "waltid" => app.post("/v1/account/register", waltid::REQUEST).await,
        "rpost" => {
            let body = r#"{"Email":"jon@acme.com","Password":"Secret007","FirstName":"John","LastName":"Smith","RegistrationApp":"[App]","Language":"en-us"}"#;
            app.post("/api/v1/Account/Register", body).await
        }
        "form" => {
            let body = "name=Test+User&email=jon@acme.com&account=testuser&password=yourpassword&password_confirm=yourpassword";
            app.call(Method::POST, "/api/v1/auth/register", &form, body).await
        }
        other => panic!("no registration by {other}"),
    };
    answer.status.as_u16()
}

#[tokio::test]
async fn registering_through_a_dialect_sends_only_a_link() {
    for dialect in account_http::dialects() {
        for activation in Activation::ALL {
            let app = TestApp::with(|_, http| http.dialect_mut(dialect.name).unwrap().activation = activation);
            assert!(matches!(register_by(&app, dialect.name).await, 200 | 201), "{}", dialect.name);
            let is_immediate = activation == Activation::Immediate;
            assert_eq!(mailed(&app).await, (false, is_immediate), "{} {activation:?}", dialect.name);
        }
    }
}

#[tokio::test]
async fn registering_through_the_native_api_sends_a_code_too() {
    let app = TestApp::new();
    assert_eq!(app.register("jon@acme.com").await.status, 202);
    assert_eq!(mailed(&app).await, (true, false));
}
