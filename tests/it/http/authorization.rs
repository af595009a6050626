//! Who may call what: every operation of every document, as everybody.

mod table;

use std::collections::BTreeSet;

use account_core::account::Role;
use account_tests::{Answer, Persona, Somebody, TestApp};
use poem::http::Method;
use serde_json::json;

use super::world::{Operation, World, operation, operations};
use table::{Access, Others, Row, TABLE};

/// The body of an operation in the table.
pub(super) fn body_of(operation: &str) -> &'static str {
    row_of(operation).body
}

/// Whether an operation is for anybody.
pub(super) fn is_public(operation: &str) -> bool {
    row_of(operation).access == Access::Public
}

fn row_of(operation: &str) -> &'static Row {
    let row = TABLE.iter().find(|row| row.operation == operation);
    row.unwrap_or_else(|| panic!("{operation} has no row in the table of authorization"))
}

/// What an answer says: status and code. A dialect has words of its own, of which the status alone is compared; one of
/// them answers bad credentials by 403.
fn said(operation: &Operation, answer: &Answer) -> (u16, String) {
    if operation.is_native() {
        return answer.code();
    }
    let is_about_credentials = answer.text("/errors") == "COULD_NOT_VALIDATE_CREDENTIALS";
    (if is_about_credentials { 401 } else { answer.status.as_u16() }, String::new())
}

/// Whether a session may come by cookie. Dialects take bearer tokens alone.
fn takes_cookies(operation: &Operation) -> bool {
    let mut requirements = operation.described["security"].as_array().unwrap().iter();
    requirements.any(|requirement| requirement.get("session_cookie").is_some())
}

/// How a call is refused; `None` when it is not.
#[expect(clippy::match_same_arms, reason = "a table, in the order of the checks")]
fn refusal(access: Access, persona: Persona) -> Option<(u16, &'static str)> {
    use Persona::{
        Admin, Anonymous, Deleting, Demoted, Disabled, Ended, Person, StalePerson, StaleSuperAdmin, SuperAdmin,
        Unverified,
    };
    match (access, persona) {
        (Access::Public | Access::OtherToken, _) => None,
        (_, Anonymous | Ended | Demoted | Disabled) => Some((401, "unauthenticated")),
        (Access::SignedIn, _) => None,
        (_, Unverified) => Some((403, "email_unverified")),
        (_, Deleting) => Some((403, "deletion_pending")),
        (Access::Verified, _) => None,
        (Access::Fresh, StalePerson | StaleSuperAdmin) => Some((403, "reauthentication_required")),
        (Access::Fresh, Person | Admin | SuperAdmin) => None,
        (Access::Admin | Access::SuperAdmin | Access::FreshAdmin | Access::FreshSuperAdmin, Person | StalePerson) => {
            Some((403, "forbidden"))
        }
        (Access::Admin, Admin | SuperAdmin | StaleSuperAdmin) => None,
        (Access::SuperAdmin, Admin) => Some((403, "forbidden")),
        (Access::SuperAdmin, SuperAdmin | StaleSuperAdmin) => None,
        (Access::FreshAdmin, StaleSuperAdmin) => Some((403, "reauthentication_required")),
        (Access::FreshAdmin, Admin | SuperAdmin) => None,
        (Access::FreshSuperAdmin, Admin) => Some((403, "forbidden")),
        (Access::FreshSuperAdmin, StaleSuperAdmin) => Some((403, "reauthentication_required")),
        (Access::FreshSuperAdmin, SuperAdmin) => None,
    }
}

#[test]
fn every_operation_has_a_row_and_every_row_an_operation() {
    let documented: BTreeSet<String> = operations().into_iter().map(|operation| operation.id).collect();
    let declared: BTreeSet<String> = TABLE.iter().map(|row| row.operation.to_owned()).collect();
    assert_eq!(declared.len(), TABLE.len(), "a row stands twice");
    assert_eq!(documented, declared);
    for operation in operations() {
        let says_so = operation.described["security"].as_array().unwrap().is_empty();
        assert_eq!(says_so, is_public(&operation.id), "{}: what the document says of it", operation.id);
        assert_eq!(operation.takes_body(), !body_of(&operation.id).is_empty(), "{}: its body", operation.id);
    }
}

#[tokio::test]
async fn every_operation_is_open_exactly_to_those_in_the_table() {
    let mut app = TestApp::new();
    for (number, operation) in operations().into_iter().enumerate() {
        // Not one for each, which takes longer, and not one for all, which would hold a lot.
        if number % 10 == 9 {
            app = TestApp::new();
        }
        let row = row_of(&operation.id);
        for persona in Persona::ALL {
            let world = World::make(&app).await;
            let email = format!("{}-{persona:?}@acme.com", operation.id);
            let caller = app.sign_in_as(persona, &email).await;
            let before = (app.store.row_counts(), app.store.accounts());
            let answer = world.call(&app, &operation, caller.as_ref(), row.body).await;
            let (status, code) = said(&operation, &answer);
            let context = format!("{} as {persona:?}: {status} {}", operation.id, answer.body);
            assert!(status < 500, "{context}");
            if let Some(refusal) = refusal(row.access, persona) {
                assert_eq!(status, refusal.0, "{context}");
                assert!(!operation.is_native() || code == refusal.1, "{context}");
                assert_eq!((app.store.row_counts(), app.store.accounts()), before, "{context}");
                continue;
            }
            assert_eq!(status, row.answer.status, "{context}");
            // Some objects have a code of their own.
            assert!(status < 400 || !operation.is_native() || code == row.answer.code, "{context}");
        }
    }
}

#[tokio::test]
async fn nobody_reaches_another_persons_objects() {
    for operation in operations().into_iter().filter(|operation| row_of(&operation.id).others == Others::NotFound) {
        let app = TestApp::new();
        let world = World::make(&app).await;
        let callers = [Persona::Person, Persona::Admin, Persona::SuperAdmin];
        for (number, persona) in callers.into_iter().enumerate() {
            let caller = app.sign_in_as(persona, &format!("caller{number}@acme.com")).await.unwrap();
            let path = world.path(&operation, &world.subject, &world.subject);
            let answer = app.call_as(&caller, operation.method.clone(), &path, None).await;
            assert_eq!(answer.code(), (404, "not_found".into()), "{} as {persona:?}", operation.id);
        }
        assert_eq!(app.get_as(&world.subject, "/account/v1/me").await.status, 200, "the session is still there");
    }
}

#[tokio::test]
async fn only_super_admins_manage_administrators() {
    for operation in operations().into_iter().filter(|operation| row_of(&operation.id).others == Others::Superior) {
        let app = TestApp::new();
        for (number, role) in [Role::Admin, Role::SuperAdmin].into_iter().enumerate() {
            let world = World::make(&app).await;
            let other = app.somebody(&format!("other{number}@acme.com"), role).await;
            let admin = app.somebody(&format!("admin{number}@acme.com"), Role::Admin).await;
            let path = world.path(&operation, &other, &other);
            let before = app.stored_account(other.account);
            let answer = send_as(&app, &world, &operation, &path, &admin).await;
            assert_eq!(answer, (403, "forbidden".into()), "{} on {role:?}", operation.id);
            assert_eq!(app.stored_account(other.account), before, "{}", operation.id);
            assert_eq!(app.get_as(&other, "/account/v1/me").await.status, 200, "{}", operation.id);
            let (status, code) = send_as(&app, &world, &operation, &path, &world.maker).await;
            assert!(status < 401 || code == "not_found", "{} on {role:?}: {status} {code}", operation.id);
        }
    }
}

async fn send_as(app: &TestApp, world: &World, operation: &Operation, path: &str, caller: &Somebody) -> (u16, String) {
    let authorization = format!("Bearer {}", caller.token);
    let headers = [("authorization", authorization.as_str())];
    world.send(app, operation, path, &headers, body_of(&operation.id)).await.code()
}

#[tokio::test]
async fn a_cookie_changes_nothing_in_a_cross_site_request() {
    let app = TestApp::new();
    for operation in operations() {
        let is_for_sessions = !matches!(row_of(&operation.id).access, Access::Public | Access::OtherToken);
        // Dialects know no cookie.
        if !is_for_sessions || operation.method.is_safe() || !operation.is_native() {
            continue;
        }
        let world = World::make(&app).await;
        let caller = app.sign_in_as(Persona::SuperAdmin, &format!("{}@acme.com", operation.id)).await.unwrap();
        let path = world.path(&operation, &world.subject, &caller);
        let cookie = format!("__Host-session={}", caller.token);
        let foreign: [&[(&str, &str)]; 5] = [
            &[],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example.com")],
            &[("origin", "null")],
        ];
        let before = (app.store.row_counts(), app.store.accounts());
        for sender in foreign {
            let headers = [&[("cookie", cookie.as_str())], sender].concat();
            let answer = world.send(&app, &operation, &path, &headers, body_of(&operation.id)).await;
            let refusal = if takes_cookies(&operation) { (403, "cross_site") } else { (401, "unauthenticated") };
            assert_eq!(said(&operation, &answer), (refusal.0, refusal.1.to_owned()), "{} {sender:?}", operation.id);
        }
        assert_eq!((app.store.row_counts(), app.store.accounts()), before, "{}", operation.id);
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
        let answer = world.send(&app, &operation, &path, &headers, body_of(&operation.id)).await;
        if !takes_cookies(&operation) {
            assert_eq!(said(&operation, &answer), (401, "unauthenticated".to_owned()), "{}", operation.id);
            continue;
        }
        assert!(!matches!(answer.status.as_u16(), 401 | 403 | 500..), "{}: {}", operation.id, answer.body);
    }
}

#[tokio::test]
async fn a_demoted_administrator_is_an_ordinary_user() {
    let app = TestApp::new();
    let demoted = app.sign_in_as(Persona::Demoted, "demoted@acme.com").await.unwrap();
    assert_eq!(app.get_as(&demoted, "/account/v1/admin/stats").await.code(), (401, "unauthenticated".into()));
    let body = json!({"email": demoted.email, "password": account_tests::people::PASSWORD});
    let signed_in = app.post("/account/v1/sessions", &body.to_string()).await;
    assert_eq!((signed_in.status.as_u16(), signed_in.text("/account/role")), (201, "user".to_owned()));
    let fresh = Somebody { token: signed_in.text("/token"), ..demoted };
    assert_eq!(app.get_as(&fresh, "/account/v1/admin/stats").await.code(), (403, "forbidden".into()));

    // Were a session to outlive the role, the role would count all the same.
    let admin = app.somebody("admin@acme.com", Role::Admin).await;
    assert_eq!(app.get_as(&admin, "/account/v1/admin/stats").await.status, 200);
    app.change_account(admin.account, |account| account.role = Role::User).await;
    assert_eq!(app.get_as(&admin, "/account/v1/admin/stats").await.code(), (403, "forbidden".into()));
}

#[tokio::test]
async fn inviting_administrators_requires_a_super_admin_with_a_recent_password() {
    let app = TestApp::new();
    let invite = operation("invite");
    for (persona, role, expected) in [
        (Persona::Admin, "admin", (403, "forbidden")),
        (Persona::Admin, "super_admin", (403, "forbidden")),
        (Persona::StaleSuperAdmin, "admin", (403, "reauthentication_required")),
        (Persona::SuperAdmin, "admin", (201, "")),
        (Persona::Admin, "user", (201, "")),
    ] {
        let email = format!("{persona:?}-{role}@acme.com").to_lowercase();
        let caller = app.sign_in_as(persona, &email).await.unwrap();
        let body = json!({"email": format!("invited-{email}"), "role": role});
        let answer = app.call_as(&caller, Method::POST, &invite.path, Some(&body)).await;
        assert_eq!(answer.code(), (expected.0, expected.1.to_owned()), "{persona:?} {role}");
    }
}
