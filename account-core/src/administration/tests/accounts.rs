//! Accounts.

use super::*;
use crate::account::details::ProfileEdits;
use crate::administration::AdminError;
use crate::input::{Edit, Input};
use crate::password::policy::PasswordPolicy;
use crate::profile::{Choices, Source};
use crate::registration::NOT_CORRECTABLE;
use crate::registration::activation::Activation;
use crate::registration::correct::CorrectRequest;
use crate::registration::draft::Spelling;
use crate::registration::resend::ResendTarget;
use crate::registration::verify::{Proof, Spend, VerifyRequest};
use crate::session::Lifetime;
use crate::violation::{Field, Rule, Violation};

#[tokio::test]
async fn disabling_ends_sessions_and_is_notified_and_audited() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let user = world.account(Role::User).await;
    world.session(&user).await;
    let disabled = world.service.disable_account(&admin, user.id, Input::Absent, &context()).await.unwrap();
    assert_eq!((disabled.disabled_at, disabled.credential_epoch), (Some(world.clock.now()), 1));
    assert!(world.store.sessions().iter().all(|session| session.account != user.id));
    // Once more changes nothing.
    assert_eq!(world.service.disable_account(&admin, user.id, Input::Absent, &context()).await.unwrap(), disabled);
    world.tick();
    let enabled = world.service.enable_account(&admin, user.id, Input::Absent, &context()).await.unwrap();
    assert_eq!(enabled.disabled_at, None);
    assert_eq!(world.service.enable_account(&admin, user.id, Input::Absent, &context()).await.unwrap(), enabled);
    assert_eq!(world.notices(), [Notice::AccountDisabled, Notice::AccountEnabled]);
    let (actor, account) = (Actor::Account(admin.id()), Some(user.id));
    assert_eq!(
        world.trail(),
        [(AuditEvent::AccountDisabled, actor, account, None), (AuditEvent::AccountEnabled, actor, account, None)]
    );
}

#[tokio::test]
async fn a_deleted_account_is_gone_and_the_trail_says_who_did_it() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let user = world.account(Role::User).await;
    world.session(&user).await;
    world.service.delete_account(&admin, user.id, &context()).await.unwrap();
    assert_eq!(why(world.service.read_account(&admin, user.id).await), "NotFound");
    assert_eq!(why(world.service.delete_account(&admin, user.id, &context()).await), "NotFound");
    assert_eq!(world.store.sessions().len(), 1);
    assert_eq!(world.trail(), [(AuditEvent::AccountDeleted, Actor::Account(admin.id()), Some(user.id), None)]);
}

#[tokio::test]
async fn an_unverified_account_that_an_administrator_removed_does_not_return_at_another_address() {
    for is_disabled_first in [false, true] {
        let world = World::new();
        let rules = RegistrationRules { activation: Activation::Immediate, ..RegistrationRules::native("native") };
        let draft = RegistrationDraft { name: "Mallory".into(), ..draft("john@acme.com") };
        let held = world.service.register(RegisterRequest::new(draft, &rules, context())).await.unwrap();
        world.mails().await;
        let correct = || {
            let request = CorrectRequest {
                registration: held.registration,
                continuation: held.continuation.clone(),
                email: "john@acme.org".into(),
                spelling: Spelling::AsTyped,
                context: context(),
            };
            world.service.correct_address(request)
        };
        let admin = world.admin(Role::Admin).await;
        let id = held.registration.into();
        if is_disabled_first {
            world.service.disable_account(&admin, id, Input::Absent, &context()).await.unwrap();
        }
        world.service.delete_account(&admin, id, &context()).await.unwrap();
        let [ended] = world.store.registrations().try_into().unwrap();
        assert_eq!((ended.shown_until, ended.corrections), (world.clock_now(), NOT_CORRECTABLE));
        assert_eq!((ended.password_hash, ended.choices), (None, Choices::default()));
        assert_eq!(why(correct().await), "Expired");
        // Another email gives an attempt more time.
        let (registration, continuation) = (held.registration, held.continuation.clone());
        let target = ResendTarget::Registration { registration, continuation };
        world.service.resend_verification(target, &Client::default()).await.unwrap();
        assert!(world.mails().await.is_empty());
        assert_eq!(why(correct().await), "TooManyCorrections");
    }
}

#[tokio::test]
async fn a_registration_always_becomes_an_ordinary_account() {
    let world = World::new();
    // Everything that can be sent at all.
    let draft = RegistrationDraft { name: "super_admin".into(), user_name: "admin".into(), ..draft("john@acme.com") };
    let accepted = world.register(draft).await.unwrap();
    let [mail] = world.mails().await.try_into().unwrap();
    let request = VerifyRequest {
        spend: Spend::Token(token_in(&mail, "")),
        proof: Proof { continuations: vec![accepted.continuation], ..Proof::default() },
        password_policy: PasswordPolicy::DEFAULT,
        context: context(),
    };
    assert_eq!(world.service.verify_email(request).await.unwrap().account.role, Role::User);
}

#[tokio::test]
async fn ending_an_accounts_sessions_counts_them() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let user = world.account(Role::User).await;
    world.session(&user).await;
    world.session(&user).await;
    assert_eq!(world.service.end_account_sessions(&admin, user.id, &context()).await.unwrap(), 2);
    assert_eq!(world.service.end_account_sessions(&admin, user.id, &context()).await.unwrap(), 0);
    assert_eq!(world.trail().len(), 1);
}

#[tokio::test]
async fn details_set_by_an_administrator_are_marked_and_exclude_secondary_addresses() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let user = world.account(Role::User).await;
    world
        .insert(Account {
            user_name: Some(crate::name::UserName::parse("taken").unwrap()),
            ..world.new_account("other@acme.com", Role::User)
        })
        .await;
    let edits = ProfileEdits {
        name: "Jane".into(),
        notification_address: "mallory@example.com".into(),
        ..ProfileEdits::default()
    };
    let context = context();
    let change = |edits, version| world.service.change_account_details(&admin, user.id, edits, version, &context);
    assert_eq!(why(change(edits.clone(), Some(2)).await), "VersionMismatch");
    let changed = change(edits.clone(), Some(1)).await.unwrap();
    assert_eq!(changed.profile.name.as_deref(), Some("Jane"));
    assert_eq!(changed.profile.sources.get("name"), Some(&Source::Administrator));
    assert_eq!(changed.secondary_addresses, user.secondary_addresses);
    assert_eq!(change(edits, None).await.unwrap(), changed, "nothing differs");
    let wrong = ProfileEdits { name: Edit::Mistyped, user_name: "taken".into(), ..ProfileEdits::default() };
    let Err(super::super::AdminError::Invalid(violations)) = change(wrong, None).await else { panic!() };
    let broken: Vec<_> = violations.iter().map(|violation| (violation.field, violation.rule)).collect();
    assert_eq!(broken, [(Field::Name, Rule::MustBeText), (Field::UserName, Rule::Taken)]);
    assert_eq!(world.trail(), [(AuditEvent::ProfileChanged, Actor::Account(admin.id()), Some(user.id), None)]);
}

#[tokio::test]
async fn deleting_an_account_or_exempting_a_network_requires_a_recent_password() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let user = world.account(Role::User).await;
    world.clock.advance(crate::session::FRESH);
    let denied = "NotPermitted(ReauthenticationRequired)";
    assert_eq!(why(world.service.delete_account(&admin, user.id, &context()).await), denied);
    let draft = crate::administration::clients::ClientDraft::default();
    assert_eq!(why(world.service.create_client(&admin, draft, &context()).await), denied);
    assert!(
        world.service.disable_account(&admin, user.id, Input::Absent, &context()).await.is_ok(),
        "that can be taken back"
    );
}

#[tokio::test]
async fn the_grace_period_restarts_when_an_account_is_enabled_after_it_ended() {
    let world = World::new();
    let admin = world.admin(Role::SuperAdmin).await;
    let user = world.account(Role::User).await;
    let mut unit = world.store.begin().await.unwrap();
    let due = Account { deletion_due_at: Some(world.clock.now()), version: user.version + 1, ..user.clone() };
    let _ = unit.update_account(&due).await.unwrap();
    unit.commit().await.unwrap();
    world.service.disable_account(&admin, user.id, Input::Absent, &context()).await.unwrap();
    world.tick();
    world.service.housekeeping().tidy().await.unwrap();
    let enabled = world.service.enable_account(&admin, user.id, Input::Absent, &context()).await.unwrap();
    assert_eq!(enabled.deletion_due_at, Some(world.clock.now() + world.service.settings.deletion_grace));
}

#[tokio::test]
async fn the_reason_for_disabling_an_account_is_kept_in_the_audit_trail() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let user = world.account(Role::User).await;
    let (service, context) = (&world.service, context());
    for (reason, rule) in [("x".repeat(501), Rule::TooLong { max: 500 }), ("a\nb".to_owned(), Rule::ForbiddenCharacter)]
    {
        let refused = service.disable_account(&admin, user.id, reason.into(), &context).await.unwrap_err();
        let AdminError::Invalid(violations) = refused else { panic!("{refused:?}") };
        assert_eq!(violations, Violation::new(Field::Reason, rule).into());
    }
    assert_eq!(world.trail(), []);
    service.disable_account(&admin, user.id, "Sends spam".into(), &context).await.unwrap();
    world.tick();
    service.enable_account(&admin, user.id, "A mistake".into(), &context).await.unwrap();
    let (actor, of) = (Actor::Account(admin.id()), Some(user.id));
    let entry = |event, reason: &str| (event, actor, of, Some(reason.to_owned()));
    assert_eq!(
        world.trail(),
        [entry(AuditEvent::AccountDisabled, "Sends spam"), entry(AuditEvent::AccountEnabled, "A mistake")]
    );
}

#[tokio::test]
async fn administrators_see_the_sessions_that_can_be_used() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let user = world.account(Role::User).await;
    let sessions = async |id| world.service.account_sessions(&admin, id).await;
    assert_eq!(sessions(user.id).await.unwrap(), []);
    let first = world.session(&user).await.session;
    world.clock.advance(Lifetime::of_role(Role::User).absolute.saturating_sub(DAY));
    let second = world.session(&user).await.session;
    assert_eq!(sessions(user.id).await.unwrap(), [second.clone(), first]);
    world.clock.advance(DAY);
    assert_eq!(sessions(user.id).await.unwrap(), [second]);
    let nobody = world.new_account("nobody@acme.com", Role::User).id;
    assert_eq!(why(sessions(nobody).await), "NotFound");
}
