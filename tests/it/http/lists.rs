//! Lists: their pages, cursors and filters.

use std::collections::BTreeSet;
use std::time::Duration;

use account_core::account::Role;
use account_tests::{Answer, Somebody, TestApp};
use poem::http::Method;
use serde_json::{Value, json};

use super::world::{Operation, World, operation, operations};

/// Three worlds, a second apart, with some more members in the first one's organization.
async fn three_worlds(app: &TestApp) -> World {
    let first = World::make(app).await;
    for number in 0..2 {
        app.clock.advance(Duration::from_secs(1));
        World::make(app).await;
        let member = app.somebody(&format!("member{number}@acme.com"), Role::User).await;
        let path = format!("/account/v1/admin/organizations/{}/members/{}", first.organization, member.account);
        let answer = app.call_as(&first.maker, Method::PUT, &path, Some(&json!({"role": "administrator"}))).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
    first
}

/// The operations that list something page by page.
fn lists() -> Vec<Operation> {
    let has_cursor = |operation: &Operation| operation.query().iter().any(|(name, _)| name == "cursor");
    // Dialects have forms of their own.
    let native = operations().into_iter().filter(Operation::is_native);
    let lists: Vec<_> = native.filter(has_cursor).collect();
    assert_eq!(lists.len(), 8);
    lists
}

fn encoded(text: &str) -> String {
    text.bytes().flat_map(|byte| ['%', digit(byte >> 4), digit(byte & 15)]).collect()
}

fn digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap()
}

async fn ask(app: &TestApp, world: &World, operation: &Operation, query: &str) -> Answer {
    let path = world.path(operation, &world.subject, &world.subject);
    app.get_as(&world.maker, &format!("{path}?{query}")).await
}

fn ids(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// The ids of a whole list, read by pages of that size.
async fn walk(app: &TestApp, world: &World, operation: &Operation, size: u32) -> Vec<String> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let answer = ask(app, world, operation, &format!("limit={size}{cursor}")).await;
        let page = ids(&answer);
        assert!(page.len() <= usize::try_from(size).unwrap());
        all.extend(page);
        match answer.text("/next_cursor") {
            next if next.is_empty() => return all,
            next => cursor = format!("&cursor={next}"),
        }
    }
}

#[tokio::test]
async fn pages_of_every_size_make_up_the_same_list() {
    let app = TestApp::new();
    let world = three_worlds(&app).await;
    for list in lists() {
        let whole = walk(&app, &world, &list, 200).await;
        assert!(whole.len() >= 3, "{}", list.id);
        assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), whole.len(), "{}: none stands twice", list.id);
        for size in [1, 2, 3] {
            assert_eq!(walk(&app, &world, &list, size).await, whole, "{} by {size}", list.id);
        }
        let without = ids(&ask(&app, &world, &list, "").await);
        assert_eq!(without, whole.iter().take(50).cloned().collect::<Vec<_>>(), "{}", list.id);
    }
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let app = TestApp::new();
    let world = three_worlds(&app).await;
    let mut cursors = Vec::new();
    for list in lists() {
        cursors.push((list.id.clone(), ask(&app, &world, &list, "limit=1").await.text("/next_cursor")));
    }
    for list in lists() {
        let whole = walk(&app, &world, &list, 200).await;
        let (_, cursor) = cursors.iter().find(|(id, _)| *id == list.id).unwrap();
        assert!(!cursor.is_empty(), "{}", list.id);
        let mut forged: Vec<String> = [
            "",
            " ",
            "0",
            "1",
            "null",
            "undefined",
            "' OR 1=1 --",
            "1; DROP TABLE accounts",
            "../../etc/passwd",
            "\0",
            "%",
        ]
        .map(str::to_owned)
        .into();
        forged.extend((1..cursor.len()).map(|length| cursor[..length].to_owned()));
        forged.extend((1..cursor.len()).map(|from| cursor[from..].to_owned()));
        forged.extend(["A", "=", "==", " ", "\n", "\0"].map(|more| format!("{cursor}{more}")));
        forged.extend([cursor.to_ascii_lowercase(), cursor.to_ascii_uppercase(), format!("{cursor}{cursor}")]);
        for place in 0..cursor.len() {
            let mut altered = cursor.clone().into_bytes();
            altered[place] = if altered[place] == b'A' { b'B' } else { b'A' };
            forged.push(String::from_utf8(altered).unwrap());
        }
        forged.extend(cursors.iter().filter(|(id, _)| *id != list.id).map(|(_, other)| other.clone()));
        for cursor in forged {
            let answer = ask(&app, &world, &list, &format!("limit=1&cursor={}", encoded(&cursor))).await;
            assert_eq!(answer.code(), (400, "invalid_cursor".into()), "{} {cursor:?}", list.id);
        }
        assert_eq!(walk(&app, &world, &list, 1).await, whole, "{}: the same rows as before", list.id);
    }
}

#[tokio::test]
async fn a_cursor_is_valid_only_with_its_filter() {
    let app = TestApp::new();
    let world = three_worlds(&app).await;
    for (id, one, other) in [
        ("listAccounts", "", "state=active"),
        ("listAccounts", "role=user", "role=super_admin"),
        ("listAccounts", "q=acme", "q=acm"),
        ("listInvitations", "", "state=pending"),
        ("listRegistrations", "state=pending", ""),
        ("listOutbox", "state=queued", ""),
        ("listAudit", "event=invitation_created", "event=client_created"),
    ] {
        let list = operation(id);
        let cursor = ask(&app, &world, &list, &format!("limit=1&{one}")).await.text("/next_cursor");
        assert!(!cursor.is_empty(), "{id} {one}");
        let answer = ask(&app, &world, &list, &format!("limit=1&{one}&cursor={cursor}")).await;
        assert_eq!(answer.status, 200, "{id} {one}: {}", answer.body);
        let answer = ask(&app, &world, &list, &format!("limit=1&{other}&cursor={cursor}")).await;
        assert_eq!(answer.code(), (400, "invalid_cursor".into()), "{id}: {one} then {other}");
    }
}

#[tokio::test]
async fn a_parameter_that_cannot_be_read_is_refused() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    let mut refused = 0;
    for operation in operations() {
        for (name, schema) in operation.query().into_iter().filter(|(name, _)| name != "cursor") {
            let bad: &[&str] = match name.as_str() {
                "q" | "email" => &["\0", "a\0b", "\n", "\u{7f}"],
                "limit" => &["", "0", "201", "-1", "+1", "1.5", "1e1", " 1", "ten", "99999999999999999999", "\0"],
                "days" => &["", "0", "32", "-1", "x"],
                _ => &["", " ", "nonsense", "ADMIN", "user,admin", "' OR 1=1 --", "7", "\0", "%", "null"],
            };
            let long = "x".repeat(10_000);
            for text in bad.iter().copied().chain([long.as_str()]) {
                let answer = ask(&app, &world, &operation, &format!("{name}={}", encoded(text))).await;
                let (status, code) = answer.code();
                assert_eq!(status, 400, "{} {name}={text:.20?}", operation.id);
                assert!(!operation.is_native() || code == "invalid_query", "{} {name}={text:.20?}", operation.id);
                refused += 1;
            }
            let good = match schema["enum"].as_array() {
                Some(names) => names.iter().map(|name| name.as_str().unwrap().to_owned()).collect(),
                None if schema["format"] == "uuid" => vec![world.organization.clone()],
                None => vec!["1".to_owned()],
            };
            for text in good {
                let answer = ask(&app, &world, &operation, &format!("{name}={text}")).await;
                assert_eq!(answer.status, 200, "{} {name}={text}: {}", operation.id, answer.body);
                let twice = ask(&app, &world, &operation, &format!("{name}={text}&{name}={text}")).await;
                assert_eq!(twice.status, 400, "{} {name} twice", operation.id);
                assert!(!operation.is_native() || twice.code().1 == "invalid_query", "{} {name} twice", operation.id);
            }
        }
    }
    assert!(refused > 100);
    for (path, method) in [("accounts", Method::GET), ("invitations", Method::GET), ("outbox", Method::DELETE)] {
        for id in ["7", "nonsense", "%00", "%27%20OR%201=1", "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f"] {
            let path = format!("/account/v1/admin/{path}/{id}");
            let answer = app.call_as(&world.maker, method.clone(), &path, None).await;
            assert_eq!(answer.code(), (404, "not_found".into()), "{path}");
        }
    }
}

#[tokio::test]
async fn a_growing_list_loses_and_repeats_nothing() {
    let app = TestApp::new();
    let admin = app.somebody("admin@acme.com", Role::SuperAdmin).await;
    let mut people = vec![admin.clone()];
    for number in 0..7 {
        app.clock.advance(Duration::from_secs(1));
        people.push(app.somebody(&format!("p{number}@acme.com"), Role::User).await);
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    let mut latecomers = 0;
    loop {
        let answer = app.get_as(&admin, &format!("/account/v1/admin/accounts?limit=2{cursor}")).await;
        seen.extend(ids(&answer));
        app.clock.advance(Duration::from_secs(1));
        app.somebody(&format!("late{latecomers}@acme.com"), Role::User).await;
        latecomers += 1;
        // One that was seen already goes.
        let gone = seen.first().unwrap();
        let path = format!("/account/v1/admin/accounts/{gone}");
        app.call_as(&admin, Method::DELETE, &path, None).await;
        match answer.text("/next_cursor") {
            next if next.is_empty() => break,
            next => cursor = format!("&cursor={next}"),
        }
    }
    let youngest_first: Vec<_> = people.iter().rev().map(|somebody| somebody.account.to_string()).collect();
    assert_eq!(seen, youngest_first);
}

#[tokio::test]
async fn accounts_are_found_by_their_properties() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    let list = operation("listAccounts");
    let jane = app
        .somebody_with("jane@acme.com", |account| account.profile.name = Some("Jané 100%_Ünal".to_owned()), |_| ())
        .await;
    let found = async |query: &str| {
        let answer = ask(&app, &world, &list, query).await;
        ids(&answer).into_iter().collect::<BTreeSet<_>>()
    };
    let of = |people: &[&Somebody]| people.iter().map(|one| one.account.to_string()).collect::<BTreeSet<_>>();
    for text in ["jane", "JANE@", "Ünal", "ünal", "100%_", "acme.com jan"] {
        assert_eq!(found(&format!("q={}", encoded(text))).await, of(&[&jane]), "{text}");
    }
    for text in ["100__", "%%", "nobody", "jan_"] {
        assert_eq!(found(&format!("q={}", encoded(text))).await, of(&[]), "{text}");
    }
    assert_eq!(found("role=super_admin").await, of(&[&world.maker]));
    assert_eq!(found(&format!("organization={}", world.organization)).await, of(&[&world.subject]));
    assert_eq!(found("state=disabled").await, of(&[]));
    app.change_account(jane.account, |account| account.disabled_at = Some(account.created_at)).await;
    assert_eq!(found("state=disabled").await, of(&[&jane]));
    assert_eq!(found("state=active&role=user").await, of(&[&world.subject]));
}

#[tokio::test]
async fn the_outbox_shows_no_secret_and_no_whole_address() {
    let app = TestApp::new();
    let world = World::make(&app).await;
    let answer = app.get_as(&world.maker, "/account/v1/admin/outbox").await;
    let entries = answer.json()["items"].clone();
    let entry = entries.as_array().unwrap().iter().find(|entry| entry["intent"] == "invitation").unwrap();
    assert_eq!((&entry["to"], &entry["state"]), (&json!("i***@acme.com"), &json!("queued")));
    let token = app.mails().await.into_iter().find_map(|mail| match mail.content {
        account_core::outbox::mail::MailContent::Invitation { link, .. } => Some(link.expose().to_owned()),
        _ => None,
    });
    let token = token.unwrap().rsplit('/').next().unwrap().to_owned();
    for path in ["outbox", "audit", "invitations", "registrations", "accounts", "outbox?state=handed_over"] {
        let answer = app.get_as(&world.maker, &format!("/account/v1/admin/{path}")).await;
        assert!(!answer.body.contains(&token), "{path}");
        for word in ["digest", "password", "hash", "key_id", "argon2"] {
            assert!(!answer.body.contains(word), "{path}: {word}");
        }
    }
    let answer = app.get_as(&world.maker, "/account/v1/admin/outbox").await;
    assert!(!answer.body.contains("invited") && !answer.body.contains("registered"), "{}", answer.body);
    let made: Value = app.get_as(&world.maker, "/account/v1/admin/audit?event=invitation_created").await.json();
    let entry = &made["items"][0];
    assert_eq!(entry["actor"], json!({"kind": "account", "account": world.maker.account.to_string()}));
    assert!(entry["request_id"].is_string() && entry["happened_at"].is_string());
}
