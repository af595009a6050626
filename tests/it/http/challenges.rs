//! Challenges of the native API, and what the documented APIs do instead.

use account_core::challenge::ChallengeMode;
use account_core::ports::{Puzzle, Rate};
use account_core::testing::challenge::solve;
use account_http::settings::HttpSettings;
use account_tests::{Answer, TestApp, waltid};
use poem::http::Method;
use serde_json::{Value, json};
use std::time::Duration;

const REGISTRATIONS: &str = "/account/v1/registrations";
const PASSWORD: &str = "velvet lantern gravel orchid";
const HOUR: Duration = Duration::from_hours(1);

/// Registering always asks, and so do a second reset and a second failure.
fn app() -> TestApp {
    app_with(|_| ())
}

fn app_with(change: impl FnOnce(&mut HttpSettings)) -> TestApp {
    TestApp::with(|settings, http| {
        settings.challenge.mode = ChallengeMode::Always;
        settings.challenge.work = 100;
        settings.limits.challenge_after_resets_per_address = Rate::new(1, HOUR);
        settings.limits.challenge_after_failures_per_identifier = Rate::new(1, HOUR);
        settings.limits.unchallenged_registrations = Rate::new(1, HOUR);
        change(http);
    })
}

fn body(email: &str, response: &Value) -> String {
    json!({"email": email, "password": PASSWORD, "challenge_response": response}).to_string()
}

/// The response to the challenge in a problem.
fn solution(asked: &Answer) -> Value {
    let challenge = &asked.json()["challenge"];
    let text = |member: &str| challenge[member].as_str().unwrap().to_owned();
    let max_number = u32::try_from(challenge["maxnumber"].as_u64().unwrap()).unwrap();
    let (salt, signature, challenge) = (text("salt"), text("signature"), text("challenge"));
    solve(&Puzzle { challenge, salt, max_number, signature }).unwrap().into()
}

#[tokio::test]
async fn registering_asks_for_a_challenge_and_says_what_is_wrong_with_an_answer() {
    let app = app();
    let asked = app.post(REGISTRATIONS, &body("john@acme.com", &Value::Null)).await;
    assert_eq!(asked.status, 403, "{}", asked.body);
    assert_eq!(asked.header("content-type"), "application/problem+json");
    let mut problem = asked.json();
    let challenge = problem["challenge"].take();
    problem.as_object_mut().unwrap().remove("request_id");
    assert_eq!(
        problem,
        json!({
            "type": "/problems/challenge_required", "title": "Challenge required", "status": 403,
            "code": "challenge_required", "challenge": null,
            "detail": "Solve `challenge`, and send the request again with the solution as `challenge_response`.",
        })
    );
    let members: Vec<_> = challenge.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["algorithm", "challenge", "maxnumber", "salt", "signature"]);
    assert_eq!((&challenge["algorithm"], &challenge["maxnumber"]), (&json!("SHA-256"), &json!(100)));

    let solved = solution(&asked);
    for (email, response, failure) in [
        ("jane@acme.com", &solved, "other_request"),
        ("john@acme.com", &json!("bm9uc2Vuc2U="), "malformed"),
        ("john@acme.com", &json!(7), "malformed"),
        ("john@acme.com", &json!("A".repeat(9_000)), "malformed"),
    ] {
        let again = app.post(REGISTRATIONS, &body(email, response)).await;
        assert_eq!(again.code(), (403, "challenge_required".into()));
        assert_eq!(again.text("/challenge_failure"), failure);
        assert!(again.text("/detail").ends_with("send the request again with its solution."), "{}", again.body);
        assert_ne!(again.text("/challenge/salt"), challenge["salt"].as_str().unwrap());
    }
    assert_eq!(app.post(REGISTRATIONS, &body("john@acme.com", &solved)).await.status, 202);
    let used = app.post(REGISTRATIONS, &body("john@acme.com", &solved)).await;
    assert_eq!(used.text("/challenge_failure"), "used");
}

#[tokio::test]
async fn all_violations_come_before_a_challenge() {
    let app = app();
    let answer = app.post(REGISTRATIONS, r#"{"email":"nobody","password":"short"}"#).await;
    assert_eq!(answer.code(), (422, "invalid".into()));
    assert_eq!(answer.json()["violations"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_repeated_request_with_its_key_gets_its_answer_whatever_became_of_the_challenge() {
    let app = app();
    let key = [("idempotency-key", "0123456789abcdef"), ("content-type", "application/json")];
    let post = async |body: String| app.call(Method::POST, REGISTRATIONS, &key, body).await;
    let asked = post(body("john@acme.com", &Value::Null)).await;
    assert_eq!(asked.status, 403);
    let answered = body("john@acme.com", &solution(&asked));
    let accepted = post(answered.clone()).await;
    assert_eq!(accepted.status, 202, "{}", accepted.body);
    assert_eq!(post(answered).await.body, accepted.body);
}

#[tokio::test]
async fn resets_and_sign_ins_ask_after_the_first_for_known_and_unknown_addresses() {
    let app = app();
    for email in ["john@acme.com", "nobody@acme.com"] {
        let reset = async |response: &Value| {
            let body = json!({"email": email, "challenge_response": response}).to_string();
            app.post("/account/v1/password-resets", &body).await
        };
        assert_eq!(reset(&Value::Null).await.status, 202);
        let asked = reset(&Value::Null).await;
        assert_eq!(asked.code(), (403, "challenge_required".into()));
        assert_eq!(reset(&solution(&asked)).await.status, 202);

        let sign_in = async |response: &Value| app.post("/account/v1/sessions", &body(email, response)).await;
        assert_eq!(sign_in(&Value::Null).await.status, 401);
        let asked = sign_in(&Value::Null).await;
        assert_eq!(asked.code(), (403, "challenge_required".into()));
        assert_eq!(sign_in(&solution(&asked)).await.status, 401);
    }
}

/// The registration of each documented API: its path, media type and body.
fn documented(email: &str) -> [(&'static str, &'static str, &'static str, String); 4] {
    let json = "application/json";
    let mikrocloud = json!({"name": "John", "email": email, "country": "ZA", "password": "SDf345FCe", "password_confirmation": "SDf345FCe"});
    let rpost = json!({"Email": email, "Password": "Secret007", "ConfirmPassword": "Secret007", "FirstName": "John",
                       "LastName": "Smith", "PhoneNumber": "3102100990", "Language": "en-us", "TimeZone": "UTC", "RegistrationApp": "App"});
    let form = format!(
        "name=Test%20User&account=testuser&email={}&password=yourpassword&password_confirm=yourpassword",
        email.replace('@', "%40")
    );
    [
        ("mikrocloud", "/user", json, mikrocloud.to_string()),
        ("rpost", "/api/v1/Account/Register", json, rpost.to_string()),
        ("waltid", "/v1/account/register", json, waltid::request(email)),
        ("form", "/api/v1/auth/register", "application/x-www-form-urlencoded", form),
    ]
}

#[tokio::test]
async fn documented_apis_share_an_allowance_then_answer_in_their_own_words() {
    for (index, (name, path, media, first)) in documented("first@acme.com").into_iter().enumerate() {
        let app = app();
        let post = async |path: &str, media: &str, body: String| {
            app.call(Method::POST, path, &[("content-type", media)], body).await
        };
        let taken = post(path, media, first).await;
        assert!(taken.status.is_success(), "{name}: {} {}", taken.status, taken.body);
        // Of every API, the next one is refused: the one that was used, and the others.
        for (other, path, media, body) in documented(&format!("second{index}@acme.com")) {
            let refused = post(path, media, body).await;
            assert_eq!(refused.status, 429, "{other} after {name}: {}", refused.body);
            assert!(refused.header("ratelimit-policy").starts_with("\"unchallenged_registrations\";q=1"), "{other}");
            assert!(!refused.body.contains("challenge_required"), "{other}: {}", refused.body);
        }
    }
}

#[tokio::test]
async fn documented_apis_are_as_ever_while_nobody_is_asked() {
    let app = TestApp::with(|settings, _| settings.limits.unchallenged_registrations = Rate::new(0, HOUR));
    for (name, path, media, body) in documented("first@acme.com") {
        let taken = app.call(Method::POST, path, &[("content-type", media)], body).await;
        assert!(taken.status.is_success(), "{name}: {} {}", taken.status, taken.body);
    }
}
