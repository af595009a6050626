//! The native API: statuses and bodies, to the letter.

use account_core::outbox::mail::MailContent;
use account_core::ports::Clock;
use account_tests::{Answer, TestApp};
use poem::http::Method;
use serde_json::{Value, json};

/// The body of a problem, without what differs from request to request.
fn problem(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let mut body = answer.json();
    assert_eq!(body["request_id"], answer.header("x-request-id"));
    body.as_object_mut().unwrap().remove("request_id");
    body
}

fn code(answer: &Answer) -> (u16, String) {
    let problem = problem(answer);
    assert_eq!(problem["status"], answer.status.as_u16());
    (answer.status.as_u16(), problem["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_person_registers_and_verifies() {
    let app = TestApp::new();
    let accepted = app.register("john@acme.com").await;
    assert_eq!(accepted.status, 202, "{}", accepted.body);
    assert_eq!(accepted.text("/expires_at"), "2026-01-02T00:00:00Z");
    assert_eq!(accepted.text("/message"), "Registration received. Check your email to verify your address.");
    let (id, continuation) = (accepted.text("/registration_id"), accepted.text("/continuation"));
    assert_eq!((id.len(), continuation.len()), (36, 43));

    let path = format!("/account/v1/registrations/{id}");
    let header = [("x-registration-continuation", continuation.as_str())];
    let status = app.call(Method::GET, &path, &header, ()).await;
    assert_eq!(
        status.json(),
        json!({"registration_id": id, "email": "john@acme.com", "state": "pending", "mail": "queued",
               "expires_at": "2026-01-02T00:00:00Z", "corrections_left": 5, "opens_session": false})
    );
    let token = app.mailed_token().await;
    let status = app.call(Method::GET, &path, &header, ()).await;
    assert_eq!(status.text("/mail"), "handed_over");

    let verified = app.verify(&json!({"token": token, "continuation": continuation})).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    assert_eq!(verified.text("/account/id"), id);
    assert_eq!(verified.text("/account/email"), "john@acme.com");
    assert_eq!(verified.text("/session/token").len(), 43);
    let status = app.call(Method::GET, &path, &header, ()).await;
    assert_eq!(status.text("/state"), "completed");
    assert_eq!(code(&app.verify(&json!({"token": token, "continuation": continuation})).await), (410, "used".into()));
}

#[tokio::test]
async fn the_answer_is_the_same_for_new_pending_and_taken_addresses() {
    let app = TestApp::new();
    let first = app.register("john@acme.com").await;
    let token = app.mailed_token().await;
    let pending = app.register("john@acme.com").await;
    app.verify(&json!({"token": token, "password": "velvet lantern gravel orchid"})).await;
    let _ = app.mails().await;
    let after = app.register("John@acme.com").await;
    let shape = |answer: &Answer| {
        let mut body = answer.json();
        for member in ["registration_id", "continuation"] {
            let text = body[member].as_str().unwrap();
            body[member] = json!(text.len());
        }
        let mut headers: Vec<_> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
        headers.sort();
        (answer.status, body, answer.body.len(), headers)
    };
    assert_eq!(shape(&first), shape(&pending));
    assert_eq!(shape(&first), shape(&after));
    let mails = app.mails().await;
    assert_eq!(mails.len(), 1);
    assert!(matches!(mails[0].content, MailContent::AlreadyRegistered { .. }));
    assert_eq!(mails[0].to.as_str(), "john@acme.com", "the account's own spelling");
}

#[tokio::test]
async fn every_violation_is_reported_at_once() {
    let app = TestApp::new();
    let answer = app
        .post(
            "/account/v1/registrations",
            r#"{"email":"nobody","password":7,"country":"XX","newsletter":"yes","callback_url":"https://evil.example/","organization":"7","username":"a@b"}"#,
        )
        .await;
    assert_eq!(
        problem(&answer),
        json!({
            "type": "/problems/invalid", "title": "Validation failed", "status": 422, "code": "invalid",
            "detail": "Fix every entry in `violations`; the list is complete.",
            "violations": [
                {"pointer": "/email", "code": "malformed", "message": "is not a valid email address"},
                {"pointer": "/username", "code": "forbidden_character", "message": "must not contain control or invisible characters"},
                {"pointer": "/country", "code": "unknown", "message": "must be a country's name or code, such as Germany or DE; GET /account/v1/lookups/countries lists all"},
                {"pointer": "/newsletter", "code": "must_be_boolean", "message": "must be true or false"},
                {"pointer": "/callback_url", "code": "origin_not_allowed", "message": "has an origin that is not registered"},
                {"pointer": "/organization", "code": "malformed", "message": "is not valid"},
                {"pointer": "/password", "code": "must_be_text", "message": "must be a string"},
            ]
        })
    );
}

#[tokio::test]
async fn an_invalid_request_gets_a_clear_answer() {
    let app = TestApp::new();
    let path = "/account/v1/registrations";
    for body in ["", "{", "[]", "null", "\"x\"", "{\"email\":}", &"[".repeat(60_000)] {
        assert_eq!(code(&app.post(path, body).await), (400, "malformed_body".into()), "{body:.20}");
    }
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""] {
        let answer = app.call(Method::POST, path, &[("content-type", content_type)], "{}").await;
        assert_eq!(code(&answer), (415, "unsupported_media_type".into()), "{content_type}");
    }
    let just = format!("{{\"x\":\"{}\"}}", "y".repeat(65_536 - 8));
    assert_eq!(just.len(), 65_536);
    assert_eq!(app.post(path, &just).await.status, 422);
    assert_eq!(code(&app.post(path, &format!("{just} ")).await), (413, "body_too_large".into()));
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE] {
        assert_eq!(code(&app.call(method, path, &[], ()).await), (405, "method_not_allowed".into()));
    }
    for path in ["/", "/account/v1", "/account/v1/nothing", "/nothing", "/account/v1/registrations/"] {
        assert_eq!(code(&app.get(path).await), (404, "not_found".into()), "{path}");
    }
}

#[tokio::test]
async fn a_blank_token_is_refused() {
    let app = TestApp::new();
    app.register("john@acme.com").await;
    let _ = app.mails().await;
    for token in [json!(""), json!(" "), json!(null), json!([]), json!({}), json!("\0"), json!("%00"), json!(0)] {
        let answer = app.verify(&json!({"token": token, "password": "velvet lantern gravel orchid"})).await;
        assert_eq!(code(&answer), (404, "unknown_token".into()), "{token}");
    }
    let answer = app.verify(&json!({"password": "velvet lantern gravel orchid"})).await;
    assert_eq!(code(&answer), (404, "unknown_token".into()));
}

#[tokio::test]
async fn a_token_needs_a_proof_and_the_right_one() {
    let app = TestApp::new();
    let accepted = app.register("john@acme.com").await;
    let token = app.mailed_token().await;
    assert_eq!(code(&app.verify(&json!({"token": token})).await), (409, "proof_required".into()));
    let answer = app.verify(&json!({"token": token, "password": "another lantern gravel"})).await;
    assert_eq!(
        problem(&answer)["violations"],
        json!([{"pointer": "/password", "code": "wrong", "message": "does not belong to the registration"}])
    );
    let answer = app.verify(&json!({"token": token, "new_password": "short"})).await;
    assert_eq!(code(&answer), (422, "invalid".into()));
    assert_eq!(problem(&answer)["violations"][0]["pointer"], "/new_password");
    let header = [
        ("content-type", "application/json"),
        ("x-registration-continuation", &*accepted.text("/continuation").clone()),
    ];
    let answer =
        app.call(Method::POST, "/account/v1/email-verifications", &header, json!({"token": token}).to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[tokio::test]
async fn a_code_needs_the_continuation() {
    let app = TestApp::new();
    let accepted = app.register("john@acme.com").await;
    let mails = app.mails().await;
    let MailContent::VerifyAddress { code: Some(mailed), .. } = &mails[0].content else { panic!("another mail") };
    let id = accepted.text("/registration_id");
    let body = json!({"registration_id": id, "code": mailed.expose()});
    assert_eq!(code(&app.verify(&body).await), (409, "proof_required".into()));
    let continuation = accepted.text("/continuation");
    for _ in 0..4 {
        let body = json!({"registration_id": id, "code": "00000000", "continuation": continuation});
        assert_eq!(code(&app.verify(&body).await), (422, "wrong_proof".into()));
    }
    let body = json!({"registration_id": id, "code": mailed.expose().to_lowercase(), "continuation": continuation});
    assert_eq!(app.verify(&body).await.status, 200);
}

#[tokio::test]
async fn the_sixth_code_is_not_checked() {
    let app = TestApp::new();
    let accepted = app.register("john@acme.com").await;
    let mails = app.mails().await;
    let MailContent::VerifyAddress { code: Some(mailed), .. } = &mails[0].content else { panic!("another mail") };
    let with = |code: &str| {
        json!({"registration_id": accepted.text("/registration_id"), "code": code,
               "continuation": accepted.text("/continuation")})
    };
    for _ in 0..5 {
        assert_eq!(app.verify(&with("00000000")).await.status, 422);
    }
    assert_eq!(code(&app.verify(&with(mailed.expose())).await), (410, "code_exhausted".into()));
}

#[tokio::test]
async fn a_new_mail_replaces_the_earlier_link_and_five_a_minute_are_allowed() {
    let app = TestApp::new();
    app.register("john@acme.com").await;
    let first = app.mailed_token().await;
    for spelling in ["john@acme.com", "JOHN@acme.com", "john@ACME.com", "john@acme.com", "john@acme.com"] {
        let answer = app.post("/account/v1/verification-mails", &json!({"email": spelling}).to_string()).await;
        assert_eq!(answer.status, 202, "{}", answer.body);
    }
    let answer = app.post("/account/v1/verification-mails", r#"{"email":"john@acme.com"}"#).await;
    assert_eq!(code(&answer), (429, "rate_limited".into()));
    assert_eq!(problem(&answer)["limit"], "resend");
    assert_eq!(answer.header("retry-after"), "60");
    assert_eq!(answer.header("ratelimit-policy"), "\"resend\";q=5;w=60");
    let token = app.mailed_token().await;
    let password = "velvet lantern gravel orchid";
    let answer = app.verify(&json!({"token": first, "password": password})).await;
    assert_eq!(code(&answer), (410, "superseded".into()));
    assert_eq!(app.verify(&json!({"token": token, "password": password})).await.status, 200);
}

#[tokio::test]
async fn resending_is_limited_alike_for_unknown_addresses() {
    let app = TestApp::new();
    for _ in 0..5 {
        let answer = app.post("/account/v1/verification-mails", r#"{"email":"nobody@acme.com"}"#).await;
        assert_eq!(answer.status, 202);
        assert_eq!(answer.text("/message"), "If a registration is pending, another verification email is on its way.");
    }
    let answer = app.post("/account/v1/verification-mails", r#"{"email":"nobody@acme.com"}"#).await;
    assert_eq!(answer.status, 429);
    assert!(app.mails().await.is_empty());
}

#[tokio::test]
async fn links_end_after_a_day() {
    let app = TestApp::new();
    app.register("john@acme.com").await;
    let token = app.mailed_token().await;
    let body = json!({"token": token, "password": "another lantern gravel"});
    let registered = app.clock.now();
    app.clock.set(registered + std::time::Duration::from_hours(24) - std::time::Duration::from_micros(1));
    assert_eq!(app.verify(&body).await.status, 422);
    app.clock.set(registered + std::time::Duration::from_hours(24));
    assert_eq!(code(&app.verify(&body).await), (410, "expired".into()));
}

#[tokio::test]
async fn a_repeated_request_gets_its_first_answer() {
    let app = TestApp::new();
    let body = r#"{"email":"john@acme.com","password":"velvet lantern gravel orchid"}"#;
    let send = async |key: &str, body: &str| {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        app.call(Method::POST, "/account/v1/registrations", &headers, body.to_owned()).await
    };
    let first = send("0123456789abcdef", body).await;
    assert_eq!(first.status, 202);
    assert_eq!(send("0123456789abcdef", body).await.body, first.body);
    assert_eq!(app.mails().await.len(), 1);
    let other = body.replace("john", "jane");
    assert_eq!(code(&send("0123456789abcdef", &other).await), (422, "idempotency_mismatch".into()));
    assert_eq!(code(&send("short", body).await), (400, "malformed_idempotency_key".into()));
    assert_ne!(send("0123456789abcdeg", body).await.body, first.body);
}

#[tokio::test]
async fn a_full_hashing_queue_is_reported_at_once_and_uses_no_quota() {
    let hashing = account_core::password::argon2::Argon2Settings { workers: 1, queue: 0, ..Default::default() };
    let app = TestApp::with_hashing(hashing, |settings, _| {
        settings.limits.mails = "1/day".parse().unwrap();
    });
    let answers = futures_util::future::join_all((0..20).map(|n| {
        let app = &app;
        async move { app.register(&format!("p{n}@acme.com")).await }
    }))
    .await;
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
    assert!(!refused.is_empty());
    for answer in &refused {
        assert_eq!(code(answer), (503, "overloaded".into()));
        assert_eq!(answer.header("retry-after"), "1");
    }
    for (n, answer) in answers.iter().enumerate() {
        if answer.status == 503 {
            assert_eq!(app.register(&format!("p{n}@acme.com")).await.status, 202, "its quota is untouched");
        }
    }
}

#[tokio::test]
async fn the_policy_is_public_and_cacheable() {
    let app = TestApp::new();
    let answer = app.get("/account/v1/password-policy").await;
    assert_eq!(
        answer.json(),
        json!({"name": "default", "min_length": 15, "max_length": 256, "needs_uppercase": false,
               "needs_lowercase": false, "needs_digit": false, "needs_digit_or_special": false,
               "allows_spaces": true, "refuses_common": true})
    );
    let etag = answer.header("etag").to_owned();
    let again = app.call(Method::GET, "/account/v1/password-policy", &[("if-none-match", &etag)], ()).await;
    assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""));
}

#[tokio::test]
async fn the_lists_of_the_fields_are_public_and_cacheable() {
    let app = TestApp::new();
    for (list, code, name) in [
        ("countries", "ZA", "South Africa"),
        ("languages", "en-US", "English (United States)"),
        ("time-zones", "UTC", "UTC"),
    ] {
        let path = format!("/account/v1/lookups/{list}");
        let answer = app.get(&path).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "public, max-age=3600"));
        let body = answer.json();
        let items = body["items"].as_array().unwrap();
        assert!(items.contains(&json!({"code": code, "name": name})), "{list}");
        assert!(items.is_sorted_by(|one, next| one["code"].as_str() < next["code"].as_str()), "{list}");
        let etag = answer.header("etag").to_owned();
        assert!(etag.starts_with('"'), "it is a strong one: {etag}");
        let again = app.call(Method::GET, &path, &[("if-none-match", &etag)], ()).await;
        assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""));
        assert_eq!((again.header("etag"), again.header("cache-control")), (etag.as_str(), "public, max-age=3600"));
    }
    let zones = app.get("/account/v1/lookups/time-zones").await;
    let other =
        app.call(Method::GET, "/account/v1/lookups/countries", &[("if-none-match", zones.header("etag"))], ()).await;
    assert_eq!(other.status.as_u16(), 200);
    assert_eq!(app.call(Method::POST, "/account/v1/lookups/countries", &[], ()).await.status.as_u16(), 405);
}

#[tokio::test]
async fn every_answer_has_the_headers_of_a_careful_service() {
    let app = TestApp::new();
    for path in ["/health/liveness", "/nothing", "/account/v1/password-policy", "/openapi.json", "/docs"] {
        let answer = app.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert_eq!(answer.header("x-request-id").len(), 16);
    }
}

#[tokio::test]
async fn only_listed_origins_may_call_the_api_from_a_browser() {
    let listed = "https://portal.example.com";
    let app = TestApp::with(|_, http| http.cors_origins = vec![listed.to_owned()]);
    let path = "/account/v1/registrations";
    let preflight = |origin: &'static str| [("origin", origin), ("access-control-request-method", "POST")];
    let answer = app.call(Method::OPTIONS, path, &preflight(listed), ()).await;
    assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (204, listed));
    assert_eq!(answer.header("vary"), "Origin");
    let from = |origin: &'static str| [("origin", origin), ("content-type", "application/json")];
    for body in ["{}", "{", r#"{"email":"john@acme.com","password":"velvet lantern gravel orchid"}"#] {
        let answer = app.call(Method::POST, path, &from(listed), body).await;
        assert_eq!(answer.header("access-control-allow-origin"), listed, "errors can be read as well");
        let foreign = app.call(Method::POST, path, &from("https://evil.example.com"), body).await;
        assert_eq!(foreign.status, answer.status, "nothing is refused here: the browser does that");
        assert_eq!((foreign.header("access-control-allow-origin"), foreign.header("vary")), ("", "Origin"));
    }
    let answer = app.call(Method::POST, "/user", &from(listed), "{}").await;
    assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (422, listed));
    let app = TestApp::new();
    let answer = app.call(Method::OPTIONS, path, &preflight(listed), ()).await;
    assert_eq!(code(&answer), (405, "method_not_allowed".into()));
    assert_eq!((answer.header("allow"), answer.header("vary")), ("POST", ""));
}

#[tokio::test]
async fn an_unreadable_idempotency_key_is_refused() {
    let app = TestApp::new();
    let body = r#"{"email":"john@acme.com","password":"velvet lantern gravel orchid"}"#;
    for path in ["/account/v1/registrations", "/user"] {
        let request = |values: &[&[u8]]| {
            let mut request = poem::Request::builder().method(Method::POST).uri_str(path);
            request = request.content_type("application/json");
            for value in values {
                request = request.header("idempotency-key", *value);
            }
            request.body(body)
        };
        let unreadable = app.send(request(&[b"0123456789abcde\xE9"])).await;
        assert_eq!(unreadable.status, 400, "{}", unreadable.body);
        let two = app.send(request(&[b"0123456789abcdef", b"0123456789abcdeg"])).await;
        assert_eq!(two.status, 400, "{}", two.body);
    }
}

#[tokio::test]
async fn all_proofs_of_a_wrong_type_are_reported_at_once() {
    let app = TestApp::new();
    app.register("john@acme.com").await;
    let token = app.mailed_token().await;
    let answer = app.verify(&json!({"token": token, "continuation": 7, "password": 5})).await;
    let violations: Vec<_> =
        problem(&answer)["violations"].as_array().unwrap().iter().map(|v| v["pointer"].clone()).collect();
    assert_eq!(violations, ["/continuation", "/password"]);
    let answer = app.verify(&json!({"token": token, "continuation": "garbage"})).await;
    assert_eq!(problem(&answer)["violations"][0]["code"], "malformed");
}

#[tokio::test]
async fn a_service_that_is_up_says_so() {
    let app = TestApp::new();
    assert_eq!(app.get("/health/liveness").await.status, 204);
    assert_eq!(app.get("/health/readiness").await.status, 204);
}
