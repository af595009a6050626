//! Who gets a session, and what comes of it.

use super::*;
use crate::audit::{Actor, AuditEvent};
use crate::violation::{Field, Rule};

#[tokio::test]
async fn an_owner_signs_in_by_address_and_by_user_name() {
    let world = World::new();
    let account =
        Account { user_name: Some(UserName::parse("johnny").unwrap()), ..world.draft_account(EMAIL, PASSWORD).await };
    let account = world.insert(account).await;
    for identifier in [EMAIL, "JOHN@ACME.COM", " john@acme.com ", "johnny", "Johnny"] {
        let signed_in = world.sign_in(identifier, PASSWORD).await.unwrap();
        assert_eq!(signed_in.account, account, "{identifier}");
        assert_eq!(world.check(&signed_in.session.token).await.unwrap().session.id, signed_in.session.id);
    }
}

#[tokio::test]
async fn a_sign_in_writes_one_session_and_one_entry_of_the_audit_trail() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let context = CallContext {
        client: client("192.0.2.7"),
        user_agent: Some("Browser\u{7}/1.0".to_owned()),
        request_id: Some("r1".to_owned()),
        ..CallContext::by("page")
    };
    let opened = world.service.sign_in(SignInRequest { context, ..request(EMAIL, PASSWORD) }).await.unwrap().session;
    let [session] = <[Session; 1]>::try_from(world.store.sessions()).unwrap();
    assert_eq!((session.id, session.account, session.token), (opened.id, account.id, opened.token.digest()));
    assert_eq!((session.channel.as_str(), session.user_agent.as_deref()), ("page", Some("Browser/1.0")));
    let [entry] = &world.store.audit()[..] else { panic!() };
    assert_eq!((entry.event, entry.actor), (AuditEvent::SignedIn, Actor::Account(account.id)));
    assert_eq!((entry.account, entry.client_address), (Some(account.id), "192.0.2.7".parse().ok()));
    assert_eq!(entry.request_id.as_deref(), Some("r1"));
    assert!(world.store.outbox().is_empty());
}

#[tokio::test]
async fn all_missing_fields_are_reported_at_once_and_cost_no_try() {
    let world = World::new();
    let nothing = SignInRequest { identifier: Input::Absent.into(), password: Input::Mistyped, ..request("", "") };
    let Err(SignInError::Invalid(violations)) = world.service.sign_in(nothing).await else { panic!() };
    let found: Vec<_> = violations.iter().map(|violation| (violation.field, violation.rule)).collect();
    assert_eq!(found, [(Field::Email, Rule::Required), (Field::Password, Rule::MustBeText)]);
    let Err(SignInError::Invalid(violations)) = world.sign_in("", "").await else { panic!() };
    assert_eq!(violations.iter().count(), 2);
    assert_eq!(world.take_hashes(), (0, 0));
}

#[tokio::test]
async fn the_lifetime_is_the_roles_unless_another_is_asked_for() {
    let world = World::new();
    let id = world.account(EMAIL).await.id;
    let now = world.clock.now();
    for (role, idle, absolute) in [
        (Role::User, 24 * HOUR, 30 * 24 * HOUR),
        (Role::Admin, 15 * MINUTE, 8 * HOUR),
        (Role::SuperAdmin, 15 * MINUTE, 8 * HOUR),
    ] {
        world.change_account(id, |account| account.role = role).await;
        let (signed_in, _) = world.signed_in(EMAIL).await;
        assert_eq!((signed_in.session.idle, signed_in.session.expires_at), (Some(idle), now + absolute));
    }
    let lifetime = Some(Lifetime { idle: None, absolute: HOUR, token: None });
    let opened = world.service.sign_in(SignInRequest { lifetime, ..request(EMAIL, PASSWORD) }).await.unwrap().session;
    let session = world.check(&opened.token).await.unwrap().session;
    assert_eq!((session.idle, session.expires_at, opened.expires_at), (None, now + HOUR, now + HOUR));
}

#[tokio::test]
async fn an_address_means_its_verified_account_or_the_newest() {
    let world = World::new();
    let unproven = async |password: &str| {
        world.clock.advance(SECOND);
        let account = world.draft_account(EMAIL, password).await;
        world.insert(Account { verified_at: None, ..account }).await
    };
    let _old = unproven("the password of the older account").await;
    let young = unproven(PASSWORD).await;
    assert_eq!(world.sign_in(EMAIL, PASSWORD).await.unwrap().account.id, young.id);
    assert_eq!(why(world.sign_in(EMAIL, "the password of the older account").await), "WrongCredentials");
    let owner = world.insert(world.draft_account(EMAIL, "what only the owner knows").await).await;
    assert_eq!(world.sign_in(EMAIL, "what only the owner knows").await.unwrap().account.id, owner.id);
    assert_eq!(why(world.sign_in(EMAIL, PASSWORD).await), "WrongCredentials");
}

#[tokio::test]
async fn an_account_in_its_grace_period_can_sign_in() {
    let world = World::new();
    let id = world.account(EMAIL).await.id;
    let due = Some(world.clock.now() + HOUR);
    world.change_account(id, |account| account.deletion_due_at = due).await;
    assert_eq!(world.sign_in(EMAIL, PASSWORD).await.unwrap().account.deletion_due_at, due);
}

#[tokio::test]
async fn a_pending_registration_is_disclosed_only_to_its_client() {
    let world = World::new();
    let accepted = world.register(EMAIL, PASSWORD).await;
    let other = world.register("jane@acme.com", PASSWORD).await;
    let sign_in = async |identifier: &str, password: &str, held: &Accepted| {
        let continuations = vec![held.continuation.clone()];
        why(world.service.sign_in(SignInRequest { continuations, ..request(identifier, password) }).await)
    };
    assert_eq!(sign_in(EMAIL, PASSWORD, &accepted).await, "EmailUnverified");
    assert_eq!(sign_in(EMAIL, WRONG, &accepted).await, "WrongCredentials");
    assert_eq!(sign_in("Mallory", PASSWORD, &accepted).await, "WrongCredentials");
    assert_eq!(sign_in(EMAIL, PASSWORD, &other).await, "WrongCredentials");
    assert_eq!(sign_in("nobody", PASSWORD, &accepted).await, "WrongCredentials");
    assert_eq!(why(world.sign_in(EMAIL, PASSWORD).await), "WrongCredentials");
    // One more for the wrong password of the one who registered: it is tried at the account too.
    assert_eq!(world.take_hashes(), (2, 7));
    world.clock.advance(24 * HOUR);
    assert_eq!(sign_in(EMAIL, PASSWORD, &accepted).await, "WrongCredentials");
    assert!(world.store.sessions().is_empty());
}

#[tokio::test]
async fn several_continuations_cost_one_try_and_at_most_two_hashes() {
    let world = World::with(|_, settings| settings.limits.sign_ins = Rate::new(2, HOUR));
    let mut held = Vec::new();
    for (address, password) in [("jane@acme.com", WRONG), (EMAIL, PASSWORD), (EMAIL, WRONG), ("joe@acme.com", PASSWORD)]
    {
        held.push(world.register(address, password).await.continuation);
    }
    world.take_hashes();
    let sign_in = async |password: &str| {
        let (continuations, context) = (held.clone(), CallContext::from(client("192.0.2.7")));
        world.service.sign_in(SignInRequest { continuations, context, ..request(EMAIL, password) }).await
    };
    // The first of that address is the newest: its password counts, and no other's.
    assert_eq!(why(sign_in(PASSWORD).await), "EmailUnverified");
    assert_eq!(world.take_hashes(), (0, 1));
    assert_eq!(why(sign_in(WRONG).await), "WrongCredentials");
    assert_eq!(world.take_hashes(), (0, 2));
    assert!(is_limited(&sign_in(PASSWORD).await), "two tries were counted");
}

#[tokio::test]
async fn a_pending_registration_does_not_lock_the_owner_out() {
    let world = World::with(|_, settings| settings.limits.sign_ins = Rate::new(2, HOUR));
    let hashes = async |is_taken: bool, world: &World, password: &str| {
        let address = if is_taken { EMAIL } else { "jane@acme.com" };
        let held = world.register(address, WRONG).await;
        world.take_hashes();
        let context = CallContext::from(client("192.0.2.7"));
        let request = SignInRequest { continuations: vec![held.continuation], context, ..request(address, password) };
        (world.service.sign_in(request).await, world.take_hashes())
    };
    let account = world.account(EMAIL).await;
    let (signed_in, cost) = hashes(true, &world, PASSWORD).await;
    assert_eq!((signed_in.unwrap().account.id, cost), (account.id, (0, 2)));
    let guess = "not the password of anybody";
    let (with_account, cost_with) = hashes(true, &world, guess).await;
    let (without, cost_without) = hashes(false, &world, guess).await;
    assert_eq!((why(with_account), cost_with), (why(without), cost_without), "no answer tells of an account");
}

#[tokio::test]
async fn an_unrelated_continuation_does_not_lock_the_owner_out() {
    let world = World::new();
    world.account(EMAIL).await;
    let other = world.register("jane@acme.com", WRONG).await;
    let completed = world.register(EMAIL, WRONG).await;
    world.end(&completed, Ending::Completed(CompletedBy::Code)).await;
    let expired = world.register(EMAIL, WRONG).await;
    world.clock.set(expired.expires_at);
    let unknown = SecretToken::generate(&SeededEntropy::new(8));
    for continuation in [other.continuation, completed.continuation, expired.continuation, unknown] {
        let continuations = vec![continuation];
        assert!(world.service.sign_in(SignInRequest { continuations, ..request(EMAIL, PASSWORD) }).await.is_ok());
    }
}

#[tokio::test]
async fn an_attempt_whose_address_was_taken_reads_like_a_pending_one_until_it_expires() {
    let mut answers = Vec::new();
    for outcome in [None, Some(Ending::Taken), Some(Ending::Void)] {
        let world = World::new();
        let held = world.register(EMAIL, PASSWORD).await;
        if let Some(outcome) = outcome {
            world.end(&held, outcome).await;
            world.insert(world.draft_account(EMAIL, "what only the owner knows").await).await;
        }
        let sign_in = async |identifier: &str, password: &str| {
            let continuations = vec![held.continuation.clone()];
            why(world.service.sign_in(SignInRequest { continuations, ..request(identifier, password) }).await)
        };
        let mut said = Vec::new();
        for wait in [0, 23, 1] {
            world.clock.advance(HOUR * wait);
            world.service.housekeeping().tidy().await.unwrap();
            for (identifier, password) in [(EMAIL, PASSWORD), (EMAIL, WRONG), ("mallory", PASSWORD)] {
                said.push(sign_in(identifier, password).await);
            }
        }
        assert!(world.store.sessions().is_empty());
        answers.push(said);
    }
    let wrong = "WrongCredentials";
    assert_eq!(answers[0], ["EmailUnverified", wrong, wrong, "EmailUnverified", wrong, wrong, wrong, wrong, wrong]);
    assert_eq!(answers[1..], [answers[0].clone(), answers[0].clone()]);
}

#[tokio::test]
async fn a_credential_that_changes_while_it_is_verified_opens_nothing() {
    type Change = fn(&mut Account);
    let changes: [Change; 3] = [
        |account| account.credential_epoch += 1,
        |account| account.disabled_at = Some(account.created_at),
        |account| {
            account.password_hash = None;
            account.credential_epoch += 1;
        },
    ];
    for change in changes {
        let world = World::new();
        let id = world.account(EMAIL).await.id;
        let other = world.clone();
        world.meanwhile(async move { other.change_account(id, change).await });
        assert_eq!(why(world.sign_in(EMAIL, PASSWORD).await), "WrongCredentials");
        assert!(world.store.sessions().is_empty() && world.store.audit().is_empty());
    }
}

#[tokio::test]
async fn an_account_that_is_deleted_while_its_password_is_verified_opens_nothing() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let other = world.clone();
    world.meanwhile(async move {
        let mut unit = other.begin().await;
        assert_eq!(unit.delete_account(account.id, account.version).await.unwrap(), Update::Applied);
        unit.commit().await.unwrap();
    });
    assert_eq!(why(world.sign_in(EMAIL, PASSWORD).await), "WrongCredentials");
}

#[tokio::test]
async fn the_hundred_and_first_session_ends_the_oldest() {
    let world = World::with(|_, settings| settings.limits.sign_ins_per_account = Rate::OFF);
    world.account(EMAIL).await;
    let mut tokens = Vec::new();
    for _ in 0..MAX_SESSIONS + 2 {
        world.clock.advance(SECOND);
        tokens.push(world.sign_in(EMAIL, PASSWORD).await.unwrap().session.token);
    }
    assert_eq!(world.store.sessions().len(), MAX_SESSIONS);
    for (number, token) in tokens.iter().enumerate() {
        assert_eq!(world.check(token).await.is_some(), number >= 2, "{number}");
    }
}

#[tokio::test]
async fn there_are_never_more_than_a_hundred_sessions() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let mut tokens = Vec::new();
    for _ in 0..=MAX_SESSIONS {
        world.clock.advance(SECOND);
        let context = CallContext::by("native");
        let mut change = world.service.change(&context, Actor::Service).await.unwrap();
        tokens.push(change.open_session(&account, Lifetime::of_role(account.role)).await.unwrap().token);
        change.commit().await.unwrap();
    }
    assert_eq!(world.store.sessions().len(), MAX_SESSIONS);
    assert!(world.check(&tokens[0]).await.is_none() && world.check(&tokens[1]).await.is_some());
}

#[tokio::test]
async fn nothing_secret_is_printed() {
    let world = World::new();
    world.account(EMAIL).await;
    let mut request = request("somebody@acme.com", "a secret password");
    request.continuations = vec![SecretToken::generate(&SeededEntropy::new(8))];
    let printed = format!("{request:?}");
    assert!(!printed.contains("somebody") && !printed.contains("secret password"), "{printed}");
    let signed_in = world.sign_in(EMAIL, PASSWORD).await.unwrap();
    let printed = format!("{signed_in:?} {:?}", world.check(&signed_in.session.token).await);
    let hash = signed_in.account.password_hash.unwrap();
    for secret in [signed_in.session.token.expose().as_str(), hash.as_phc(), EMAIL, PASSWORD] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
