//! Handing in delivery reports.

use account_core::one_time_token::SecretToken;
use account_tests::{Answer, TestApp};
use poem::http::Method;
use serde_json::json;

const TOKEN: &str = "EjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0VniQEjQ";
const PATH: &str = "/account/v1/delivery-reports";
const REPORT: &str = include_str!("../../../account-mail/tests/reports/postfix.eml");
/// The email that the report is about.
const REPORTED: &str = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";

fn app() -> TestApp {
    TestApp::with(|settings, _| settings.report_token = SecretToken::parse(TOKEN).map(|token| token.digest()))
}

async fn hand_in(app: &TestApp, token: &str, mail: &str) -> Answer {
    let authorization = format!("Bearer {token}");
    let headers = [("content-type", "message/rfc822"), ("authorization", authorization.as_str())];
    app.call(Method::POST, PATH, &headers, mail.to_owned()).await
}

#[tokio::test]
async fn a_bounced_mail_is_marked_and_shown_to_the_registrant() {
    let app = app();
    let registered = app.register("jon@acme.com").await;
    let mail = app.mails().await.remove(0);
    let report = REPORT.replace(REPORTED, &mail.id.to_string());
    let answer = hand_in(&app, TOKEN, &report).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (202, json!({"marked": 1, "ignored": 0})));
    let path = format!("/account/v1/registrations/{}", registered.text("/registration_id"));
    let continuation = registered.text("/continuation");
    let seen = app.call(Method::GET, &path, &[("x-registration-continuation", &continuation)], ()).await;
    assert_eq!(seen.text("/mail"), "bounced", "{}", seen.body);
    let again = hand_in(&app, TOKEN, &report).await;
    assert_eq!(again.json(), json!({"marked": 0, "ignored": 1}));
    app.post("/account/v1/verification-mails", r#"{"email":"jon@acme.com"}"#).await;
    assert!(app.mails().await.is_empty(), "no other mail goes there");
}

#[tokio::test]
async fn reports_need_the_token_and_are_refused_without_one_configured() {
    let app = app();
    let before = app.store.row_counts();
    for token in ["", "x", "WLSsuMI_fb3YaN6bQPqfeFfbHs_45MfSUU6sMZhHvdE"] {
        assert_eq!(hand_in(&app, token, REPORT).await.code(), (401, "unauthenticated".into()), "{token}");
    }
    let anonymous = app.call(Method::POST, PATH, &[("content-type", "message/rfc822")], REPORT.to_owned()).await;
    assert_eq!(anonymous.code(), (401, "unauthenticated".into()));
    assert_eq!(app.store.row_counts(), before);
    assert_eq!(hand_in(&TestApp::new(), TOKEN, REPORT).await.code(), (404, "not_found".into()));
}

#[tokio::test]
async fn invalid_reports_are_refused_and_foreign_ones_ignored() {
    let app = app();
    assert_eq!(hand_in(&app, TOKEN, REPORT).await.json(), json!({"marked": 0, "ignored": 1}), "there is no such mail");
    let of_others = hand_in(&app, TOKEN, &REPORT.replace(REPORTED, "abc")).await;
    assert_eq!((of_others.status.as_u16(), of_others.json()), (202, json!({"marked": 0, "ignored": 0})));
    assert_eq!(hand_in(&app, TOKEN, "Subject: hello\n\nworld\n").await.code(), (422, "not_a_report".into()));
    let large = format!("{REPORT}{}", "\n".repeat(1_048_576));
    assert_eq!(hand_in(&app, TOKEN, &large).await.code(), (413, "report_too_large".into()));
    let large = format!("{REPORT}{}", "\n".repeat(1_048_576 - REPORT.len()));
    assert_eq!(hand_in(&app, TOKEN, &large).await.status, 202, "more than other bodies may have");
    let authorization = format!("Bearer {TOKEN}");
    let headers = [("content-type", "text/plain"), ("authorization", authorization.as_str())];
    let answer = app.call(Method::POST, PATH, &headers, REPORT.to_owned()).await;
    assert_eq!(answer.code(), (415, "unsupported_media_type".into()));
}
