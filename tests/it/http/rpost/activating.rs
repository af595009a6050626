//! Both ways of activation.

use account_core::outbox::mail::MailContent;
use account_core::registration::activation::RequiredProof;
use account_core::registration::callback::CallbackOrigins;
use account_tests::TestApp;
use serde_json::{Value, json};

use super::*;

const CALLBACK: &str = "https://portal.example.com/done";

fn app_with_portal() -> TestApp {
    TestApp::with(|settings, _| {
        settings.callback_origins = CallbackOrigins::parse(["https://portal.example.com"]).unwrap();
    })
}

/// Registers with a callback; the code in the emailed link.
async fn code_for(app: &TestApp, via_callback: bool) -> String {
    let body = sample(&json!({"ConfirmationCallbackUrl": CALLBACK, "ActivateViaCallbackUrl": via_callback}));
    assert_eq!(app.post(REGISTER, &body).await.body, REGISTERED);
    mailed_link(app).await.rsplit(['/', '=']).next().unwrap().to_owned()
}

async fn mailed_link(app: &TestApp) -> String {
    let [mail] = app.mails().await.try_into().unwrap();
    let MailContent::VerifyAddress { link, .. } = mail.content else { panic!("{mail:?}") };
    link.expose().to_string()
}

async fn confirm(app: &TestApp, code: &str, proof: Value) -> Answer {
    let mut body = json!({"Email": EMAIL, "Code": code});
    body.as_object_mut().unwrap().extend(proof.as_object().unwrap().clone());
    post(app, CONFIRM, &body).await
}

#[tokio::test]
async fn a_code_with_the_password_activates_and_returns_the_callback() {
    for via_callback in [false, true] {
        let app = app_with_portal();
        let code = code_for(&app, via_callback).await;
        let answer = confirm(&app, &code, json!({"Password": PASSWORD})).await;
        assert_eq!(
            answer.body,
            format!(
                r#"{{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{{"Message":"The email address is confirmed.","MessageId":"ACCT-1001"}}],"ResultContent":{{"ConfirmationCallbackUrl":"{CALLBACK}"}}}}"#
            )
        );
        assert_eq!(token(&app, EMAIL, PASSWORD).await.status, 200);
        assert!(app.store.sessions().len() == 1, "none but the one just opened");
    }
}

#[tokio::test]
async fn activation_by_callback_appends_the_code_to_it() {
    let app = app_with_portal();
    let body = sample(&json!({"ConfirmationCallbackUrl": CALLBACK, "ActivateViaCallbackUrl": true}));
    assert_eq!(app.post(REGISTER, &body).await.body, REGISTERED);
    assert!(mailed_link(&app).await.starts_with(&format!("{CALLBACK}?code=")));
    let steered =
        sample(&json!({"ConfirmationCallbackUrl": format!("{CALLBACK}?to=x"), "ActivateViaCallbackUrl": true}));
    let malformed = refused(&[("4009", "The ConfirmationCallbackUrl field is not a valid URL.")]);
    assert_eq!(app.post(REGISTER, &steered).await.body, malformed);
    let without = sample(&json!({"ActivateViaCallbackUrl": true}));
    let missing = refused(&[("4001", "The ConfirmationCallbackUrl field is required.")]);
    assert_eq!(app.post(REGISTER, &without).await.body, missing);
}

#[tokio::test]
async fn the_full_link_is_accepted_as_a_code() {
    let app = TestApp::new();
    assert_eq!(app.post(REGISTER, SAMPLE).await.body, REGISTERED);
    let link = mailed_link(&app).await;
    assert!(link.starts_with("https://accounts.example.com/l/"));
    assert_eq!(gist(&confirm(&app, &link, json!({"Password": PASSWORD})).await), (200, "1001".into(), Value::Null));
}

#[tokio::test]
async fn code_errors_are_distinct() {
    let app = app_with_portal();
    let code = code_for(&app, true).await;
    let proof = json!({"Password": PASSWORD});
    for (answer, id, text) in [
        (confirm(&app, &code, json!({})).await, "4014", "The Password or NewPassword field is required."),
        (confirm(&app, &code, json!({"Password": ""})).await, "4014", "The Password or NewPassword field is required."),
        (
            confirm(&app, &code, json!({"Password": "Secret008"})).await,
            "4016",
            "The password does not match the registration.",
        ),
        (confirm(&app, &code, json!({"Password": 7})).await, "4002", "The Password field must be a string."),
        (confirm(&app, &code, json!({"NewPassword": []})).await, "4002", "The NewPassword field must be a string."),
        (confirm(&app, "AAAA", proof.clone()).await, "4015", "The activation code is not valid."),
        (confirm(&app, &"A".repeat(43), proof.clone()).await, "4015", "The activation code is not valid."),
        (
            confirm(&app, &code, json!({"Email": "other@company.com", "Password": PASSWORD})).await,
            "4015",
            "The activation code is not valid.",
        ),
        (
            confirm(&app, &code, json!({"NewPassword": "Secret 007"})).await,
            "4007",
            "The NewPassword field must not contain spaces.",
        ),
    ] {
        assert_eq!((answer.status.as_u16(), answer.body), (400, refused(&[(id, text)])));
    }
    assert_eq!(
        post(&app, CONFIRM, &json!({})).await.body,
        refused(&[("4001", "The Email field is required."), ("4001", "The Code field is required.")])
    );
    assert!(app.store.accounts().is_empty());
    assert_eq!(post(&app, RESEND, &json!({"Email": EMAIL})).await.status, 200);
    let newest = mailed_link(&app).await.rsplit('=').next().unwrap().to_owned();
    let superseded = refused(&[("4020", "A newer activation code was sent. Use that one.")]);
    assert_eq!(confirm(&app, &code, proof.clone()).await.body, superseded);
    assert_eq!(confirm(&app, &newest, proof.clone()).await.status, 200);
    let used = refused(&[("4019", "The activation code was already used.")]);
    assert_eq!(confirm(&app, &newest, proof.clone()).await.body, used);
}

#[tokio::test]
async fn expired_codes_and_taken_addresses_are_reported() {
    let app = TestApp::new();
    assert_eq!(app.post(REGISTER, SAMPLE).await.body, REGISTERED);
    let code = app.mailed_token().await;
    app.clock.advance(std::time::Duration::from_hours(24));
    let answer = confirm(&app, &code, json!({"Password": PASSWORD})).await;
    assert_eq!(answer.body, refused(&[("4018", "The activation code has expired.")]));

    let app = TestApp::new();
    let mut codes = Vec::new();
    for _ in 0..2 {
        assert_eq!(app.post(REGISTER, SAMPLE).await.body, REGISTERED);
        codes.push(app.mailed_token().await);
    }
    assert_eq!(confirm(&app, &codes[0], json!({"Password": PASSWORD})).await.status, 200);
    let answer = confirm(&app, &codes[1], json!({"Password": PASSWORD})).await;
    assert_eq!(answer.body, refused(&[("4021", "The email address already has an account.")]));
}

#[tokio::test]
async fn a_new_password_takes_the_address_alone() {
    let app = TestApp::new();
    assert_eq!(app.post(REGISTER, SAMPLE).await.body, REGISTERED);
    let code = app.mailed_token().await;
    let both = json!({"Password": "wrong", "NewPassword": "Other0000"});
    assert_eq!(gist(&confirm(&app, &code, both).await), (200, "1001".into(), Value::Null));
    let account = app.store.accounts().remove(0);
    assert_eq!((account.profile.given_name, account.profile.phone), (None, None));
    assert_eq!(token(&app, EMAIL, PASSWORD).await.status, 400);
    assert_eq!(token(&app, EMAIL, "Other0000").await.status, 200);
}

#[tokio::test]
async fn the_code_alone_is_enough_if_configured() {
    let app = TestApp::with(|_, http| http.dialect_mut("rpost").unwrap().required_proof = RequiredProof::TokenAlone);
    assert_eq!(app.post(REGISTER, SAMPLE).await.body, REGISTERED);
    let code = app.mailed_token().await;
    assert_eq!(gist(&confirm(&app, &code, json!({})).await), (200, "1001".into(), Value::Null));
    assert_eq!(token(&app, EMAIL, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn requesting_another_link_discloses_nothing_and_keeps_its_callback() {
    let app = app_with_portal();
    code_for(&app, false).await;
    let resent = r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"If a registration is pending for the address, an email with an activation link will be sent.","MessageId":"ACCT-1001"}],"ResultContent":null}"#;
    let evil = "https://evil.example.com/elsewhere";
    let body = json!({"Email": EMAIL, "ConfirmationCallbackUrl": evil, "ActivateViaCallbackUrl": true, "RegistrationApp": "x"});
    assert_eq!(post(&app, RESEND, &body).await.body, resent);
    assert!(mailed_link(&app).await.starts_with("https://accounts.example.com/l/"));
    assert_eq!(app.store.registrations()[0].choices.callback_url.as_deref(), Some(CALLBACK));
    assert_eq!(post(&app, RESEND, &json!({"Email": "nobody@company.com"})).await.body, resent);
    for (body, id, text) in [
        (json!({}), "4001", "The Email field is required."),
        (json!({"Email": "x"}), "4005", "The Email field is not a valid e-mail address."),
        (json!({"Email": [EMAIL]}), "4002", "The Email field must be a string."),
    ] {
        assert_eq!(post(&app, RESEND, &body).await.body, refused(&[(id, text)]), "{body}");
    }
    for _ in 0..4 {
        assert_eq!(post(&app, RESEND, &json!({"Email": "nobody@company.com"})).await.body, resent);
    }
    let limited = post(&app, RESEND, &json!({"Email": "nobody@company.com"})).await;
    assert_eq!(gist(&limited), (429, "4291".into(), Value::Null));
    assert_eq!(limited.header("retry-after"), "60");
}
