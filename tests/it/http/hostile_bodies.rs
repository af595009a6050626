//! Bodies that say more, less or other than they should, sent to every operation that takes one.

use account_tests::{Answer, Persona, Somebody, TestApp};
use serde_json::{Map, Value, json};

use super::authorization::{body_of, is_public};
use super::world::{Operation, World, operations};

/// Everything written but the audit trail, whose request ids differ from process to process.
pub(super) fn rows(app: &TestApp) -> String {
    let store = &app.store;
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        store.row_counts(),
        store.accounts(),
        store.accounts().iter().map(|account| serde_json::to_string(&account.profile).unwrap()).collect::<Vec<_>>(),
        store.registrations(),
        store.sessions(),
        store.tokens(),
        store.invitations(),
        store.organizations(),
        store.clients(),
        store.features(),
        store.outbox(),
    )
}

/// Something to call the operation on, and somebody who may.
async fn stage(app: &TestApp, operation: &Operation) -> (World, Option<Somebody>) {
    let world = World::make(app).await;
    let persona = if operation.path.contains("/admin/") { Persona::SuperAdmin } else { Persona::Person };
    let email = format!("caller{}@acme.com", app.store.accounts().len());
    let caller = if is_public(&operation.id) { None } else { app.sign_in_as(persona, &email).await };
    (world, caller)
}

fn taking_bodies() -> Vec<Operation> {
    let all: Vec<_> = operations().into_iter().filter(Operation::takes_body).collect();
    assert!(all.len() > 20);
    all
}

/// The answer without what differs from request to request.
fn gist(answer: &Answer) -> Value {
    let mut body = answer.json();
    if let Some(members) = body.as_object_mut() {
        members.remove("request_id");
    }
    json!({"status": answer.status.as_u16(), "body": body})
}

#[tokio::test]
async fn undocumented_members_change_nothing() {
    // Two apps to which the same is done, and which therefore hold the same.
    let apps = [TestApp::new(), TestApp::new()];
    for operation in taking_bodies() {
        let known: Vec<String> = operation.members().into_iter().map(|(name, _)| name).collect();
        let mut outcomes = Vec::new();
        for (app, is_hostile) in apps.iter().zip([false, true]) {
            let (world, caller) = stage(app, &operation).await;
            let plain: Map<String, Value> = serde_json::from_str(&world.body(body_of(&operation.id))).unwrap();
            let mut body = plain.clone();
            if is_hostile {
                let more = hostile_members(&world).into_iter().filter(|(name, _)| !known.contains(name));
                body.extend(more);
            }
            let before = rows(app);
            let mut answer = world.call(app, &operation, caller.as_ref(), &Value::from(body).to_string()).await;
            let is_for_administrators = operation.is_native() && operation.path.contains("/admin/");
            if is_hostile && is_for_administrators {
                assert_eq!(answer.code(), (422, "unknown_member".to_owned()), "{}", operation.id);
            }
            if is_hostile && (is_for_administrators || (!operation.is_native() && answer.status == 400)) {
                // Bodies for administrators, and of some dialects, have no unknown members. Nothing happened yet.
                assert_eq!(rows(app), before, "{}", operation.id);
                answer = world.call(app, &operation, caller.as_ref(), &Value::from(plain).to_string()).await;
            }
            let mails: Vec<_> = app.mails().await.iter().map(|mail| format!("{:?}", mail.to)).collect();
            outcomes.push((gist(&answer), mails, rows(app)));
        }
        assert_eq!(outcomes[0], outcomes[1], "{}", operation.id);
    }
}

/// Members that an account and everything around it have, and that nobody may write.
fn hostile_members(world: &World) -> Map<String, Value> {
    let members = json!({
        "id": "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f", "account_id": "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f",
        "account": world.maker.account.to_string(), "registration_id": "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f",
        "email": "evil@acme.com", "password": "evil horse battery staple", "role": "super_admin", "roles": ["super_admin"], "is_admin": true, "admin": true,
        "verified": true, "email_verified": true, "verified_at": "1999-01-01T00:00:00Z",
        "email_verified_at": "1999-01-01T00:00:00Z", "emailVerified": true,
        "organization": world.organization, "organization_role": "administrator", "org": world.organization,
        "created_at": "1999-01-01T00:00:00Z", "createdAt": "1999-01-01T00:00:00Z",
        "updated_at": "1999-01-01T00:00:00Z", "expires_at": "2999-01-01T00:00:00Z",
        "disabled_at": null, "deletion_due_at": null, "version": 99, "credential_epoch": 99, "state": "active",
        "sources": [{"member": "name", "source": "given"}], "password_hash": "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA",
        "invited_by": world.maker.account.to_string(), "channel": "operator", "actor": "operator",
        "session": world.maker.session.to_string(), "__proto__": {"role": "super_admin"}, "constructor": {},
    });
    let Value::Object(members) = members else { unreachable!() };
    members
}

#[tokio::test]
async fn an_empty_or_absent_body_is_harmless() {
    let app = TestApp::new();
    // These need no body: their only member is a reason.
    let needs_none = |operation: &Operation| ["disableAccount", "enableAccount"].contains(&operation.id.as_str());
    for operation in taking_bodies().into_iter().filter(|operation| !needs_none(operation)) {
        let (world, caller) = stage(&app, &operation).await;
        let before = rows(&app);
        let path = world.path(&operation, &world.subject, caller.as_ref().unwrap_or(&world.subject));
        let authorization = caller.as_ref().map(|somebody| format!("Bearer {}", somebody.token));
        let headers: Vec<_> = authorization.iter().map(|text| ("authorization", text.as_str())).collect();
        for content_type in [Some("application/json"), Some("text/plain"), None] {
            for body in ["", " ", "{}", "null", "[]", "[{}]", "\"\"", "0", "true", "{", "\u{feff}{}", "{\"\":\"\"}"] {
                let headers =
                    [&headers[..], &content_type.map(|name| ("content-type", name)).into_iter().collect::<Vec<_>>()];
                let answer = app.call(operation.method.clone(), &path, &headers.concat(), body.to_owned()).await;
                let context = format!("{} {content_type:?} {body:?}: {} {}", operation.id, answer.status, answer.body);
                assert!(answer.status.as_u16() < 500, "{context}");
                // What a change does not name stays as it is.
                let changes = ["formUpdateUser", "rpostChangeDetails"];
                let is_change = operation.method == "PATCH" || changes.contains(&operation.id.as_str());
                assert!(answer.status.is_client_error() || is_change, "{context}");
                assert_eq!(rows(&app), before, "{context}");
            }
        }
    }
}

#[tokio::test]
async fn a_blank_token_is_refused_everywhere() {
    let app = TestApp::new();
    let mut tried = Vec::new();
    for operation in taking_bodies() {
        // Tokens of dialects are for their own tests.
        if !operation.is_native() || !operation.members().iter().any(|(name, _)| name == "token") {
            continue;
        }
        let (world, caller) = stage(&app, &operation).await;
        let before = rows(&app);
        let valid: Map<String, Value> = serde_json::from_str(body_of(&operation.id)).unwrap();
        let junk = "A".repeat(43);
        let blank = [
            json!(""),
            json!(" "),
            json!(null),
            json!([]),
            json!({}),
            json!("\0"),
            json!("%00"),
            json!(0),
            json!(false),
            json!([""]),
            json!({"token": ""}),
            json!("null"),
            json!("undefined"),
            json!(junk),
            json!("A".repeat(10_000)),
        ];
        for token in blank.into_iter().map(Some).chain([None]) {
            let mut body = valid.clone();
            body.remove("token");
            body.extend(token.clone().map(|token| ("token".to_owned(), token)));
            let answer = world.call(&app, &operation, caller.as_ref(), &Value::from(body).to_string()).await;
            assert_eq!(answer.code(), (404, "unknown_token".into()), "{} {token:.40?}", operation.id);
        }
        assert_eq!(rows(&app), before, "{}", operation.id);
        tried.push(operation.id);
    }
    tried.sort();
    assert_eq!(tried, ["acceptInvitation", "confirmEmail", "redeemPasswordReset", "verifyEmail"]);
}

#[tokio::test]
async fn no_request_sends_mail_to_two_addresses() {
    let app = TestApp::new();
    let mut tried = Vec::new();
    for operation in taking_bodies() {
        let addresses = operation.members().into_iter().filter(|(_, schema)| is_address(schema));
        for (member, _) in addresses {
            let (world, caller) = stage(&app, &operation).await;
            let _ = app.mails().await;
            let before = rows(&app);
            let victim = &world.subject.email;
            let evil = [
                json!(format!("{victim},evil@acme.com")),
                json!(format!("evil@acme.com, {victim}")),
                json!(format!("{victim};evil@acme.com")),
                json!(format!("{victim} evil@acme.com")),
                json!([victim, "evil@acme.com"]),
                json!([victim]),
                json!({"0": victim, "1": "evil@acme.com"}),
                json!(format!("Evil <{victim}>")),
                json!(format!("<{victim}>")),
                json!(format!("\"a,b\"{victim}")),
                json!(format!("{victim}\r\nBcc: evil@acme.com")),
                json!(format!("{victim}\nevil@acme.com")),
                json!(format!("{victim}\0")),
                json!(format!("{victim}%0d%0aBcc:evil@acme.com")),
                json!("=?utf-8?q?evil=40acme.com?=@acme.com,x"),
                json!(7),
                json!(true),
            ];
            for address in evil {
                let mut body: Map<String, Value> = serde_json::from_str(&world.body(body_of(&operation.id))).unwrap();
                body.insert(member.clone(), address.clone());
                let answer = world.call(&app, &operation, caller.as_ref(), &Value::from(body).to_string()).await;
                let context = format!("{}.{member} {address}: {} {}", operation.id, answer.status, answer.body);
                assert!(answer.status.is_client_error(), "{context}");
                // Without a continuation, no registration is found, whatever the address.
                let needs_more = ["signIn", "correctRegistration"].contains(&operation.id.as_str());
                assert!(answer.status == 422 || needs_more || !operation.is_native(), "{context}");
                assert_eq!(rows(&app), before, "{context}");
                assert!(app.mails().await.is_empty(), "{context}");
            }
            tried.push(format!("{}.{member}", operation.id));
        }
    }
    tried.sort();
    let expected = [
        "changeEmail.email",
        "changeMe.alternate_address",
        "changeMe.notification_address",
        "correctRegistration.email",
        "formLogin.email",
        "invite.email",
        "register.email",
        "registerUser.email",
        "requestPasswordReset.email",
        "rpostChangeDetails.NotificationEmail",
        "rpostConfirmEmail.Email",
        "rpostForgotPassword.UserEmailAddress",
        "rpostRegister.AlternateEmail",
        "rpostRegister.Email",
        "rpostRegister.NotificationEmail",
        "rpostResendActivationLink.Email",
        "rpostResetPassword.Email",
        "sendUserVerificationMail.email",
        "sendVerificationMail.email",
        "signIn.email",
        "waltidSignIn.email",
    ];
    assert_eq!(tried, expected);
}

/// Whether a member takes an address: by its format, or by its pattern where it may also be empty.
fn is_address(schema: &Value) -> bool {
    schema["format"] == "email" || schema["pattern"].as_str().is_some_and(|pattern| pattern.contains("+@"))
}
