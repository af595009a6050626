//! Bodies that say more, less or other than they should.

use account_core::account::Role;
use account_tests::TestApp;
use account_tests::waltid::REQUEST;
use serde_json::{Value, json};

use super::{ADMIN, OPEN, SETUP, SIGN_IN, post_as, with};
use crate::http::hostile_bodies::rows;

/// Every field of a registration.
const FIELDS: [&str; 13] = [
    "/profile",
    "/profile/name",
    "/profile/email",
    "/profile/addressCountry",
    "/profile/address",
    "/preferences",
    "/preferences/timeZone",
    "/preferences/languagePreference",
    "/initialAuth",
    "/initialAuth/identifier",
    "/initialAuth/identifier/email",
    "/initialAuth/data",
    "/initialAuth/data/password",
];

#[tokio::test]
async fn a_field_of_another_type_is_refused_by_its_path() {
    let app = TestApp::new();
    let before = rows(&app);
    for field in FIELDS {
        for value in [json!(7), json!(true), json!(["max.mustermann@example.org"]), json!([{}]), json!(1.5)] {
            let answer = app.post(OPEN, &with(field, value.clone())).await;
            assert_eq!(answer.status, 400, "{field} {value}: {}", answer.body);
            let path = field.trim_start_matches('/').replace('/', ".");
            assert!(answer.text("/message").starts_with(&format!("{path} must be ")), "{field}: {}", answer.body);
        }
    }
    assert_eq!(rows(&app), before);
}

#[tokio::test]
async fn account_fields_other_than_details_cannot_be_written() {
    let app = TestApp::new();
    let root = app.somebody("root@acme.com", Role::SuperAdmin).await;
    let before = rows(&app);
    let members =
        ["verified", "role", "roles", "id", "_id", "createdAt", "type", "flags", "emailVerified", "organization"];
    for part in ["", "/profile", "/preferences", "/initialAuth/identifier", "/initialAuth/data"] {
        for member in members.into_iter().filter(|member| *member != "type" || !part.starts_with("/initialAuth")) {
            let body = with(&format!("{part}/{member}"), json!("super_admin"));
            for answer in [app.post(OPEN, &body).await, post_as(&app, &root, ADMIN, &body).await] {
                assert_eq!(answer.status, 400, "{part}/{member}");
                assert!(
                    answer.text("/message").starts_with("Request body contains unknown field(s): "),
                    "{part}/{member}"
                );
            }
        }
    }
    assert_eq!(rows(&app), before);
}

#[tokio::test]
async fn an_empty_or_absent_body_has_no_effect() {
    let app = TestApp::new();
    let root = app.somebody("root@acme.com", Role::SuperAdmin).await;
    let before = rows(&app);
    for body in ["", " ", "{}", "null", "[]", "[{}]", "\"\"", "0", "{", "{\"\":\"\"}"] {
        for path in [OPEN, SIGN_IN, SETUP, ADMIN] {
            let answer = post_as(&app, &root, path, body).await;
            let expected: &[u16] = if path == SETUP { &[400, 404] } else { &[400] };
            assert!(expected.contains(&answer.status.as_u16()), "{path} {body}: {}", answer.body);
            assert!(answer.text("/id").ends_with("Exception"), "{path} {body}: {}", answer.body);
        }
    }
    assert_eq!(rows(&app), before);
}

#[tokio::test]
async fn no_request_sends_mail_to_two_addresses() {
    let app = TestApp::new();
    let before = rows(&app);
    for address in [
        "victim@example.org,evil@acme.com",
        "evil@acme.com, victim@example.org",
        "victim@example.org evil@acme.com",
        "Evil <victim@example.org>",
        "victim@example.org\r\nBcc: evil@acme.com",
        "victim@example.org\0",
        "=?utf-8?q?evil=40acme.com?=@acme.com,x",
    ] {
        for field in ["/initialAuth/identifier/email", "/profile/email"] {
            let answer = app.post(OPEN, &with(field, json!(address))).await;
            assert_eq!(answer.status, 400, "{field} {address:?}");
        }
    }
    assert_eq!(rows(&app), before);
    // Of a member that stands twice the last one counts, wherever it is read.
    let twice = REQUEST.replacen(
        "\"email\": \"max.mustermann@example.org\"\n    },\n    \"data\"",
        "\"email\": \"first@example.org\", \"email\": \"last@example.org\"\n    },\n    \"data\"",
        1,
    );
    assert_eq!(app.post(OPEN, &twice).await.status, 201);
    let mails = app.mails().await;
    let recipients: Vec<_> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(recipients, ["last@example.org"]);
}

#[tokio::test]
async fn deep_and_wide_bodies_are_refused_quickly() {
    let app = TestApp::new();
    let deep = format!("{}{}", "{\"profile\":".repeat(5_000), "}".repeat(5_000));
    let arrays = format!("{{\"profile\":{}{}}}", "[".repeat(30_000), "]".repeat(30_000));
    let members: Vec<_> = (0..5_000).map(|number| format!("\"{number}\":1")).collect();
    let wide = format!("{{{}}}", members.join(","));
    let nested: Value = (0..100).fold(json!({}), |inner, _| json!({ "profile": inner }));
    for body in [deep, arrays, wide, nested.to_string()] {
        let answer = app.post(OPEN, &body).await;
        assert_eq!(answer.status, 400);
        assert!(answer.body.len() < 4_000, "{}", answer.body.len());
    }
}
