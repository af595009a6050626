//! Accounts of administrators.

use account_tests::Service;
use account_tests::people::PASSWORD;
use serde_json::json;

use super::{complained, exported, said};

const CREATE: [&str; 7] = ["admin", "create", "--email", "root@acme.com", "--role", "super_admin", "--password-stdin"];

#[tokio::test]
async fn the_first_super_admin_is_created_by_command() {
    let service = Service::start().await;
    let output = service.run_with_input(&CREATE, &format!("{PASSWORD}\nnot a part of it\n")).await;
    assert!(output.status.success(), "{}", complained(&output));
    assert!(said(&output).ends_with(" created: super_admin root@acme.com.\n"), "{}", said(&output));

    let body = json!({"email": "root@acme.com", "password": PASSWORD}).to_string();
    let session = service.post("/account/v1/sessions", &body).await;
    assert_eq!((session.status, session.text("/account/role")), (201, "super_admin".to_owned()), "{}", session.body);
    let bearer = format!("Bearer {}", session.text("/token"));
    let accounts = service.request("GET", "/account/v1/admin/accounts", &[("Authorization", &bearer)], "").await;
    assert_eq!(accounts.status, 200, "{}", accounts.body);
    assert_eq!(accounts.text("/items/0/email"), "root@acme.com");
    assert_eq!(accounts.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn creating_an_account_twice_is_refused() {
    let service = Service::prepare(&[]);
    assert!(service.run_with_input(&CREATE, PASSWORD).await.status.success());
    let before = exported(&service).await;
    for email in ["root@acme.com", "ROOT@acme.com"] {
        let arguments = CREATE.map(|argument| if argument == "root@acme.com" { email } else { argument });
        let output = service.run_with_input(&arguments, "another lantern gravel orchid").await;
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(complained(&output), "error: the address already has an account\n", "{email}");
        let invited = service.run(&["admin", "invite", "--email", email, "--role", "super_admin"]).await;
        assert_eq!(complained(&invited), "error: the address already has an account\n", "{email}");
    }
    assert_eq!(exported(&service).await, before);
}

#[tokio::test]
async fn a_weak_password_is_refused_with_all_violations() {
    let service = Service::prepare(&[]);
    let mut arguments = CREATE;
    arguments[3] = "no address";
    for (arguments, password, expected) in [
        (CREATE, "root", &["must have at least 15 characters", "must not contain your address"][..]),
        (CREATE, "aaaaaaaaaaaaaaaaaaaa", &["is too common"]),
        (CREATE, "", &["password is required"]),
        (arguments, "short", &["email is not a valid email address", "password must have at least 15 characters"]),
    ] {
        let output = service.run_with_input(&arguments, password).await;
        assert_eq!(output.status.code(), Some(1));
        for violation in expected {
            assert!(complained(&output).contains(violation), "{violation:?} is not in {}", complained(&output));
        }
        assert!(password.is_empty() || !complained(&output).contains(&format!("\"{password}\"")));
    }
    assert!(exported(&service).await.is_empty());
}
