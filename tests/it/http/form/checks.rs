//! The checks of a registration, in their order, and bodies that are not as they should be.

use account_core::account::Role;
use account_core::password::policy::PasswordPolicy;

use super::super::hostile_bodies::rows;
use super::*;

const ALL_MISSING: &str = r#"{"errors":{"body.name":"VALIDATION_BODY_REQUIRED","body.account":"VALIDATION_BODY_REQUIRED","body.email":"VALIDATION_BODY_REQUIRED","body.password":"VALIDATION_BODY_REQUIRED","body.password_confirm":"VALIDATION_BODY_REQUIRED"}}"#;

#[tokio::test]
async fn missing_fields_are_reported_first() {
    let app = TestApp::new();
    for (name, _) in FIELDS {
        // Everything that is left is wrong as well.
        let left: Vec<_> =
            FIELDS.into_iter().filter(|(other, _)| *other != name).map(|(other, _)| (other, other)).collect();
        let expected = format!(r#"{{"errors":{{"body.{name}":"VALIDATION_BODY_REQUIRED"}}}}"#);
        let answer = post_form(&app, REGISTER, url_encoded(&left)).await;
        assert_eq!(wire(&answer), (422, expected.as_str()));
        let answer = post_multipart(&app, REGISTER, multipart(&left)).await;
        assert_eq!(wire(&answer), (422, expected.as_str()));
    }
    assert_eq!(wire(&post_form(&app, REGISTER, String::new()).await), (422, ALL_MISSING));
    assert_eq!(wire(&post_multipart(&app, REGISTER, multipart(&[])).await), (422, ALL_MISSING));
}

#[tokio::test]
async fn in_a_body_that_is_not_a_form_everything_is_missing() {
    let app = TestApp::new();
    let json: Value = FIELDS.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    for content_type in ["application/json", "text/plain", "application/xml", ""] {
        let headers: Vec<_> =
            [("content-type", content_type)].into_iter().filter(|(_, name)| !name.is_empty()).collect();
        let answer = app.call(Method::POST, REGISTER, &headers, json.to_string()).await;
        assert_eq!(wire(&answer), (422, ALL_MISSING), "{content_type}");
    }
    assert_eq!(wire(&app.call(Method::POST, REGISTER, &[], ()).await), (422, ALL_MISSING));
}

#[tokio::test]
async fn a_file_is_not_accepted_for_any_text_field() {
    let app = TestApp::new();
    for (name, _) in FIELDS {
        let file = format!("{name}; filename=\"a.txt\"");
        let parts: Vec<_> =
            FIELDS.iter().map(|(other, value)| (if *other == name { file.as_str() } else { *other }, *value)).collect();
        let answer = post_multipart(&app, REGISTER, multipart(&parts)).await;
        let expected = format!(r#"{{"errors":{{"body.{name}":"VALIDATION_BODY_MUST_BE_STRING"}}}}"#);
        assert_eq!(wire(&answer), (422, expected.as_str()));
    }
}

#[tokio::test]
async fn checks_are_reported_in_order() {
    let strict = account_http::password_policies().find(|policy| policy.name == "form-strict").unwrap();
    let app = app_with(|form| form.password_policy = strict);
    for (others, status, body) in [
        (
            &[("password", "weak"), ("password_confirm", "other"), ("name", "x")][..],
            400,
            r#"{"errors":"PASSWORDS_DO_NOT_MATCH"}"#,
        ),
        (
            &[("password", "weak"), ("password_confirm", "weak"), ("name", "x")],
            400,
            r#"{"errors":"DOES_NOT_MEET_COMPLEXITY"}"#,
        ),
        (
            &[("password", "Ab1!"), ("password_confirm", "Ab1!"), ("name", "x")],
            422,
            r#"{"errors":{"name":"VALIDATION_NAME_TOO_SHORT","password":"VALIDATION_PASSWORD_TOO_SHORT"}}"#,
        ),
    ] {
        assert_eq!(wire(&register(&app, others).await), (status, body), "{others:?}");
    }
    let answer = register(&app, &[("password", "Abcdef1!"), ("password_confirm", "Abcdef1!")]).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
}

#[tokio::test]
async fn all_invalid_fields_are_reported_at_once() {
    let app = TestApp::new();
    let long = "p".repeat(41);
    let known =
        [("name", "short"), ("account", "short"), ("email", "x"), ("password", &long), ("password_confirm", &long)];
    let expected = r#"{"errors":{"name":"VALIDATION_NAME_TOO_SHORT","email":"VALIDATION_EMAIL_INVALID_EMAIL","account":"VALIDATION_ACCOUNT_TOO_SHORT","password":"VALIDATION_PASSWORD_TOO_LONG"}}"#;
    assert_eq!(wire(&register(&app, &known).await), (422, expected));
    let empty = FIELDS.map(|(name, _)| (name, ""));
    let expected = r#"{"errors":{"name":"VALIDATION_NAME_TOO_SHORT","email":"VALIDATION_EMAIL_INVALID_EMAIL","account":"VALIDATION_ACCOUNT_TOO_SHORT","password":"VALIDATION_PASSWORD_TOO_SHORT"}}"#;
    assert_eq!(wire(&register(&app, &empty).await), (422, expected), "what is empty is not missing");
}

#[tokio::test]
async fn lengths_count_code_points_at_both_ends() {
    let app = TestApp::new();
    let ä = |count: usize| "ä".repeat(count);
    let email = |count: usize| format!("{}@example.com", "e".repeat(count - "@example.com".len()));
    for (name, value, code) in [
        ("name", ä(7), "VALIDATION_NAME_TOO_SHORT"),
        ("name", ä(41), "VALIDATION_NAME_TOO_LONG"),
        ("name", " ".repeat(8), "VALIDATION_NAME_BLANK"),
        ("name", "Test\u{202E}User".to_owned(), "VALIDATION_NAME_INVALID_CHARACTER"),
        ("account", ä(5), "VALIDATION_ACCOUNT_TOO_SHORT"),
        ("account", ä(33), "VALIDATION_ACCOUNT_TOO_LONG"),
        ("account", "test user".to_owned(), "VALIDATION_ACCOUNT_INVALID_ACCOUNT"),
        ("email", email(256), "VALIDATION_EMAIL_TOO_LONG"),
        ("email", email(255), "VALIDATION_EMAIL_INVALID_EMAIL"),
    ] {
        let answer = register(&app, &[(name, &value)]).await;
        assert_eq!(wire(&answer), (422, format!(r#"{{"errors":{{"{name}":"{code}"}}}}"#).as_str()), "{value}");
    }
    for (number, (name, account)) in [(ä(8), ä(6)), (ä(40), ä(32))].into_iter().enumerate() {
        let email = format!("user{number}@example.com");
        let answer = register(&app, &[("name", &name), ("account", &account), ("email", &email)]).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
    for (count, status) in [(7, 422), (8, 201), (40, 201), (41, 422)] {
        let (password, email) = (ä(count), format!("length{count}@example.com"));
        let others =
            [("password", password.as_str()), ("password_confirm", password.as_str()), ("email", email.as_str())];
        assert_eq!(register(&app, &others).await.status, status, "{count}");
    }
}

#[tokio::test]
async fn the_default_policy_has_codes_in_this_dialect() {
    let app = app_with(|form| form.password_policy = PasswordPolicy::DEFAULT);
    for (password, code) in [
        ("yourpassword", "VALIDATION_PASSWORD_TOO_SHORT"),
        ("abcabcabcabcabcabc", "VALIDATION_PASSWORD_REPETITIVE"),
        ("user@example.com", "VALIDATION_PASSWORD_CONTAINS_PERSONAL_WORD"),
    ] {
        let answer = register(&app, &[("password", password), ("password_confirm", password)]).await;
        assert_eq!(wire(&answer), (422, format!(r#"{{"errors":{{"password":"{code}"}}}}"#).as_str()), "{password}");
    }
}

/// Row 14 of the published failures of such systems: a list of addresses, of which a stranger's gets the secret as well.
#[tokio::test]
async fn no_spelling_smuggles_in_a_second_address() {
    let app = TestApp::new();
    let before = rows(&app);
    for list in [
        "a@example.com,v@example.com",
        "a@example.com, v@example.com",
        "a@example.com;v@example.com",
        "a@example.com v@example.com",
        "[\"a@example.com\",\"v@example.com\"]",
        "a@example.com\r\nBcc: v@example.com",
        "a@example.com\nv@example.com",
        "a@example.com\0",
        "Evil <v@example.com>",
        "<v@example.com>",
    ] {
        let answer = register(&app, &[("email", list)]).await;
        assert_eq!(wire(&answer), (422, r#"{"errors":{"email":"VALIDATION_EMAIL_INVALID_EMAIL"}}"#), "{list:?}");
    }
    for second in ["email", "email[]", "email[0]", "email[a]"] {
        let body = [FIELDS.to_vec(), vec![(second, "v@example.com")]].concat();
        let expected = (422, r#"{"errors":{"body.email":"VALIDATION_BODY_MUST_BE_STRING"}}"#);
        assert_eq!(wire(&post_form(&app, REGISTER, url_encoded(&body)).await), expected, "{second}");
        assert_eq!(wire(&post_multipart(&app, REGISTER, multipart(&body)).await), expected, "{second}");
    }
    assert_eq!(rows(&app), before);
    assert!(app.mails().await.is_empty());
}

#[tokio::test]
async fn hostile_bodies_are_harmless() {
    let app = TestApp::new();
    let before = rows(&app);
    let many = format!("{}&x=1", "a=1&".repeat(200));
    let nested = "name[a][b][c][d]=1&account[]=1&email[x]=1";
    let invalid = "name=%FF%FE&account=%00%00%00%00%00%00&email=%C3&password=%FF&password_confirm=%FF";
    for (content_type, body, status) in [
        ("application/x-www-form-urlencoded", "x".repeat(65_537), 413),
        ("application/x-www-form-urlencoded", many, 413),
        ("application/x-www-form-urlencoded", nested.to_owned(), 422),
        ("application/x-www-form-urlencoded", invalid.to_owned(), 422),
        ("application/x-www-form-urlencoded", "&&&===&&&".to_owned(), 422),
        ("application/x-www-form-urlencoded", "%FF=1".to_owned(), 400),
        ("multipart/form-data", multipart(&FIELDS), 400),
        ("multipart/form-data; boundary=X", "--X\r\nnonsense".to_owned(), 400),
        ("multipart/form-data; boundary=X", multipart(&FIELDS).replace("--X--\r\n", ""), 400),
        ("multipart/form-data; boundary=X", "x".repeat(65_537), 413),
        ("application/json", format!("{}1{}", "[".repeat(30_000), "]".repeat(30_000)), 422),
    ] {
        let answer = app.call(Method::POST, REGISTER, &[("content-type", content_type)], body.clone()).await;
        assert_eq!(answer.status.as_u16(), status, "{content_type} {body:.60}: {}", answer.body);
        assert!(!answer.json()["errors"].is_null(), "{}", answer.body);
        assert_eq!(rows(&app), before, "{content_type} {body:.60}");
    }
}

#[tokio::test]
async fn framework_errors_are_in_the_same_grammar() {
    let app = TestApp::new();
    for (method, path, allowed) in [
        (Method::GET, REGISTER, "POST"),
        (Method::PUT, LOGIN, "POST"),
        (Method::POST, WHOAMI, "GET, HEAD"),
        (Method::DELETE, UPDATE, "POST"),
    ] {
        let answer = app.call(method, path, &[], ()).await;
        assert_eq!(wire(&answer), (405, r#"{"errors":"METHOD_NOT_ALLOWED"}"#), "{path}");
        assert_eq!(answer.header("allow"), allowed, "{path}");
    }
    for path in [LOGIN, TOKEN] {
        let answer = app.call(Method::POST, path, &[("content-type", "text/plain")], "{}").await;
        assert_eq!(wire(&answer), (415, r#"{"errors":"UNSUPPORTED_MEDIA_TYPE"}"#), "{path}");
        assert_eq!(wire(&app.post(path, "[]").await), (400, r#"{"errors":"MALFORMED_BODY"}"#), "{path}");
        let large = json!({"email": "x".repeat(65_537)}).to_string();
        assert_eq!(wire(&app.post(path, &large).await), (413, r#"{"errors":"BODY_TOO_LARGE"}"#), "{path}");
    }
}

#[tokio::test]
async fn limits_are_shared_across_channels_and_reported_in_this_grammar() {
    let app = TestApp::with(|settings, _| settings.limits.mails = "1/day".parse().unwrap());
    assert_eq!(app.register("user@example.com").await.status, 202);
    let answer = register(&app, &[]).await;
    assert_eq!(wire(&answer), (429, r#"{"errors":"TOO_MANY_REQUESTS"}"#));
    assert_eq!(answer.header("retry-after"), "86400");
    assert!(answer.header("ratelimit-policy").starts_with('"'));
}

#[tokio::test]
async fn closed_registration_is_reported_and_writes_nothing() {
    let app = TestApp::new();
    let root = app.somebody("root@example.com", Role::SuperAdmin).await;
    let path = "/account/v1/admin/features/account-registration";
    let closed = json!({"value": {"mode": "closed"}});
    assert_eq!(app.call_as(&root, Method::PUT, path, Some(&closed)).await.status, 200);
    app.clock.advance(std::time::Duration::from_secs(2));
    let before = rows(&app);
    for others in [&[][..], &[("name", "x")]] {
        assert_eq!(wire(&register(&app, others).await), (403, r#"{"errors":"REGISTRATION_DISABLED"}"#));
    }
    assert_eq!(rows(&app), before);
}
