//! Accounts of administrators.

use account_tests::people::PASSWORD;
use account_tests::terminal::at_terminal;
use account_tests::{Reply, Service};
use serde_json::json;

use super::{complained, exported, said};

const CREATE: [&str; 7] = ["admin", "create", "--email", "root@acme.com", "--role", "super_admin", "--password-stdin"];

/// What an administrator is asked on a terminal, to make an account for `--email root@acme.com`.
const ASKED: [&str; 2] = ["Password for root@acme.com: ", "Repeat the password: "];

const INTERRUPTED: &str = "error: interrupted\r\n";

/// Signs in as the super admin with the password of all.
async fn sign_in(service: &Service, email: &str) -> Reply {
    let body = json!({"email": email, "password": PASSWORD}).to_string();
    let session = service.post("/account/v1/sessions", &body).await;
    assert_eq!((session.status, session.text("/account/role")), (201, "super_admin".to_owned()), "{}", session.body);
    session
}

#[tokio::test]
async fn the_first_super_admin_is_created_by_command() {
    let service = Service::start().await;
    let output = service.run_with_input(&CREATE, &format!("{PASSWORD}\nnot a part of it\n")).await;
    assert!(output.status.success(), "{}", complained(&output));
    assert!(said(&output).ends_with(" created: super_admin root@acme.com.\n"), "{}", said(&output));

    let session = sign_in(&service, "root@acme.com").await;
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

#[tokio::test]
async fn marks_and_line_ends_around_a_password_are_no_part_of_it() {
    let service = Service::start().await;
    for (number, input) in [
        PASSWORD.to_owned(),
        format!("{PASSWORD}\r\n"),
        format!("\u{FEFF}{PASSWORD}"),
        format!("\u{FEFF}{PASSWORD}\r\nnot a part of it\r\n"),
    ]
    .iter()
    .enumerate()
    {
        let email = format!("root{number}@acme.com");
        let arguments = CREATE.map(|argument| if argument == "root@acme.com" { &email } else { argument });
        let output = service.run_with_input(&arguments, input).await;
        assert!(output.status.success(), "{input:?}: {}", complained(&output));
        sign_in(&service, &email).await;
    }
}

#[tokio::test]
async fn a_person_at_a_terminal_is_asked_twice_for_a_password_that_is_not_shown() {
    let service = Service::start().await;
    let line = format!("{PASSWORD}\n");
    let ended = at_terminal(&service, &CREATE[..6], &[(ASKED[0], &line), (ASKED[1], &line)]).await;
    assert_eq!(ended.status, 0, "{}", ended.screen);
    assert!(ended.screen.ends_with(" created: super_admin root@acme.com.\r\n"), "{}", ended.screen);
    assert!(!ended.screen.contains(PASSWORD), "{}", ended.screen);
    assert!(ended.has_echo);
    sign_in(&service, "root@acme.com").await;
}

#[tokio::test]
async fn what_is_typed_wrong_or_interrupted_at_a_terminal_makes_no_account() {
    let service = Service::prepare(&[]);
    let (line, other) = (format!("{PASSWORD}\n"), "another lantern gravel orchid\n");
    for (typed, expected) in [
        (&[line.as_str(), other][..], "error: the passwords are not the same\r\n"),
        (&["\n"], "error: no password was given; `account-http admin invite` lets the person choose it\r\n"),
        // The end of the input, and an interrupt.
        (&["\u{4}"], "error: no password was given; `account-http admin invite` lets the person choose it\r\n"),
        (&["velvet\u{3}"], INTERRUPTED),
        (&[line.as_str(), "\u{3}"], INTERRUPTED),
    ] {
        let conversation: Vec<_> = ASKED.into_iter().zip(typed.iter().copied()).collect();
        let ended = at_terminal(&service, &CREATE[..6], &conversation).await;
        assert_eq!(ended.status, if expected == INTERRUPTED { 130 } else { 1 }, "{}", ended.screen);
        assert!(ended.screen.ends_with(expected), "{}", ended.screen);
        assert!(ended.has_echo && !ended.screen.contains("velvet"), "{}", ended.screen);
    }
    assert!(exported(&service).await.is_empty());
}

#[tokio::test]
async fn a_command_can_be_interrupted_after_the_last_question_too() {
    // Hashing takes long enough to interrupt it.
    let service = Service::prepare(&[("HASHING__MEMORY_KIB", "65536"), ("HASHING__ITERATIONS", "64")]);
    let line = format!("{PASSWORD}\n");
    let conversation = [(ASKED[0], line.as_str()), (ASKED[1], line.as_str()), ("\r\n", "\u{3}")];
    let ended = at_terminal(&service, &CREATE[..6], &conversation).await;
    assert_eq!(ended.status, 130, "{}", ended.screen);
    let too_late = "error: interrupted, but the account may have been created all the same\r\n";
    assert!(ended.screen.ends_with(too_late) && ended.has_echo, "{}", ended.screen);
    assert!(exported(&service).await.is_empty());
}

#[tokio::test]
async fn without_a_terminal_nobody_is_asked_and_the_person_is_invited() {
    let service = Service::prepare(&[]);
    let output = service.run(&CREATE[..6]).await;
    assert!(output.status.success(), "{}", complained(&output));
    assert!(said(&output).starts_with("Invited root@acme.com as super_admin."), "{}", said(&output));
    assert!(exported(&service).await.is_empty());
}
