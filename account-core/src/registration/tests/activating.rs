//! Accounts that are made at once.

use super::*;
use crate::account::OrganizationRole;
use crate::audit::{Actor, AuditEvent};
use crate::registration::activation::Activation;
use crate::violation::{Field, Rule};

fn immediate() -> RegistrationRules {
    RegistrationRules { activation: Activation::Immediate, ..RegistrationRules::native("form") }
}

fn disclosing() -> RegistrationRules {
    RegistrationRules { discloses_existing: true, ..immediate() }
}

fn named(email: &str, user_name: &str) -> RegistrationDraft {
    RegistrationDraft { user_name: user_name.into(), ..draft(email, PASSWORD) }
}

async fn register(world: &World, draft: RegistrationDraft) -> Accepted {
    world.register_by(&immediate(), draft, Client::default()).await.unwrap()
}

fn broken(result: Result<Accepted, RegisterError>) -> Vec<(Field, Rule)> {
    let Err(RegisterError::Invalid(violations)) = result else { panic!("{result:?}") };
    violations.iter().map(|violation| (violation.field, violation.rule)).collect()
}

#[tokio::test]
async fn the_account_exists_at_once_without_permissions() {
    let world = World::new();
    let accepted = register(&world, named(EMAIL, "john")).await;
    world.clock.advance(SECOND);
    let account = world.only_account();
    assert_eq!((account.id, account.verified_at), (accepted.registration.into(), None));
    assert_eq!(account.created_at, accepted.created_at);
    let signed_in = world.sign_in(EMAIL, PASSWORD).await.unwrap();
    assert_eq!(signed_in.account.id, account.id);
    let session = world.service.check_session(&signed_in.session.token).await.unwrap().unwrap();
    assert_eq!(why(session.verified()), "EmailUnverified");
    let entry = world.store.audit().into_iter().next().unwrap();
    assert_eq!((entry.event, entry.actor), (AuditEvent::AccountCreated, Actor::Account(account.id)));
}

#[tokio::test]
async fn an_immediate_account_records_the_request_that_created_it() {
    let world = World::new();
    let rules = immediate();
    let context = CallContext { request_id: Some("r1".to_owned()), ..client("192.0.2.7").into() };
    let request = RegisterRequest {
        draft: draft(EMAIL, PASSWORD),
        rules: &rules,
        context: context.clone(),
        idempotency_key: None,
    };
    world.service.register(request).await.unwrap();
    let entry = world.store.audit().into_iter().next().unwrap();
    assert_eq!((entry.event, entry.request_id), (AuditEvent::AccountCreated, context.request_id));
    assert_eq!(entry.client_address, context.client.address);
}

#[tokio::test]
async fn verifying_the_address_keeps_the_account_and_ends_its_sessions() {
    let world = World::new();
    let accepted = register(&world, named(EMAIL, "john")).await;
    let token = token_in(&world.mail().await);
    let before = world.sign_in(EMAIL, PASSWORD).await.unwrap();
    world.clock.advance(MINUTE);
    let verified = world.redeem(&token, password(PASSWORD)).await.unwrap();
    let account = world.only_account();
    assert_eq!((verified.account.id, account.created_at), (accepted.registration.into(), accepted.created_at));
    assert_eq!(account, verified.account);
    assert!(account.verified_at.is_some() && !verified.is_user_name_taken);
    assert_eq!(account.user_name.as_ref().map(UserName::as_str), Some("john"));
    assert!(world.service.check_session(&before.session.token).await.unwrap().is_none());
    assert!(world.sign_in("john", PASSWORD).await.is_ok());
    assert_eq!(why(world.redeem(&token, password(PASSWORD)).await), "Gone(Used)");
}

/// Whether the email knows that the account is there already.
fn knows_the_account(mail: &Mail) -> bool {
    let MailContent::VerifyAddress { account_exists, .. } = mail.content else { panic!("{mail:?}") };
    account_exists
}

#[tokio::test]
async fn the_mail_says_whether_there_is_an_unverified_account() {
    let world = World::new();
    register(&world, draft(EMAIL, PASSWORD)).await;
    assert!(knows_the_account(&world.mail().await));
    world.resend(EMAIL).await.unwrap();
    assert!(knows_the_account(&world.mail().await), "by another mail as well");
    // The account of another attempt is not this one's.
    world.register(EMAIL).await;
    assert!(!knows_the_account(&world.mail().await));
}

#[tokio::test]
async fn the_mailbox_owner_takes_the_address_and_nothing_else() {
    let world = World::new();
    register(&world, RegistrationDraft { name: "Mallory".into(), ..named(EMAIL, "mallory") }).await;
    let token = token_in(&world.mail().await);
    let strangers = world.sign_in(EMAIL, PASSWORD).await.unwrap();
    world.redeem(&token, new_password(NEW_PASSWORD)).await.unwrap();
    let account = world.only_account();
    assert_eq!((account.user_name.as_ref(), &account.profile), (None, &Profile::default()));
    assert!(account.verified_at.is_some());
    assert!(world.service.check_session(&strangers.session.token).await.unwrap().is_none());
    assert_eq!(why(world.sign_in(EMAIL, PASSWORD).await), "WrongCredentials");
    assert!(world.sign_in(EMAIL, NEW_PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_correction_takes_the_account_along_and_leaves_nothing_to_the_former_address() {
    let world = World::without_limits();
    let accepted = register(&world, draft(EMAIL, PASSWORD)).await;
    world.mails().await;
    world.service.request_password_reset(EMAIL.into(), &CallContext::by("native")).await.unwrap();
    let MailContent::ResetPassword { link, .. } = world.mail().await.content else { panic!("no reset") };
    let reset = link.expose().rsplit('/').next().unwrap().to_owned();
    world.correct(&accepted, "john@acme.org").await.unwrap();
    let token = token_in(&world.mail().await);
    let moved = world.only_account();
    assert_eq!((moved.address.as_str(), moved.verified_at), ("john@acme.org", None));
    assert!(world.sign_in("john@acme.org", PASSWORD).await.is_ok());
    assert_eq!(why(world.sign_in(EMAIL, PASSWORD).await), "WrongCredentials");
    let (policy, context) = (PasswordPolicy::DEFAULT, CallContext::by("native"));
    let redeemed = world.service.redeem_password_reset(&reset, NEW_PASSWORD.into(), policy, &context).await;
    assert!(redeemed.is_err(), "it proves the former address");
    // Somebody else has the former address.
    let other = world.account(EMAIL).await.account;
    let account = world.redeem(&token, continuation(&accepted)).await.unwrap().account;
    assert_eq!((account.id, account.address.as_str()), (accepted.registration.into(), "john@acme.org"));
    assert_ne!(account.id, other.id);
}

#[tokio::test]
async fn an_unverified_account_does_not_hold_its_address() {
    let world = World::new();
    register(&world, draft(EMAIL, STRANGERS_PASSWORD)).await;
    world.mails().await;
    let owners = world.attempt(EMAIL, PASSWORD).await;
    let verified = world.redeem(&owners.token, continuation(&owners.accepted)).await.unwrap();
    assert_eq!(world.only_account(), verified.account, "the stranger's account is gone");
    assert_eq!(why(world.sign_in(EMAIL, STRANGERS_PASSWORD).await), "WrongCredentials");
}

#[tokio::test]
async fn of_two_at_once_one_gets_the_account_and_the_other_the_same_answer() {
    let world = World::new();
    let (first, second) =
        tokio::join!(register(&world, draft(EMAIL, PASSWORD)), register(&world, draft(EMAIL, PASSWORD)));
    assert_ne!(first.registration, second.registration);
    assert_eq!(world.store.registrations().len(), 2);
    let id = world.only_account().id;
    assert!([first, second].into_iter().any(|accepted| id == accepted.registration.into()));
}

#[tokio::test]
async fn taken_values_are_disclosed_together_if_the_rules_allow() {
    let world = World::new();
    world.register_by(&disclosing(), named(EMAIL, "john"), Client::default()).await.unwrap();
    let again = world.register_by(&disclosing(), named("JOHN@acme.com", "John"), Client::default()).await;
    assert_eq!(broken(again), [(Field::Email, Rule::Taken), (Field::UserName, Rule::Taken)]);
    assert_eq!(world.store.registrations().len(), 1);
    let other = world.register_by(&immediate(), named("jane@acme.com", "john"), Client::default()).await;
    assert_eq!(broken(other), [(Field::UserName, Rule::Taken)]);
}

#[tokio::test]
async fn a_disabled_account_is_neither_completed_nor_taken_and_its_address_is_free() {
    let world = World::new();
    register(&world, draft(EMAIL, PASSWORD)).await;
    let token = token_in(&world.mail().await);
    let disabled = Account { disabled_at: Some(world.clock.now()), version: 2, ..world.only_account() };
    let _ = world.commit(async |unit| unit.update_account(&disabled).await.unwrap()).await;
    for proof in [password(PASSWORD), new_password(NEW_PASSWORD)] {
        assert_eq!(why(world.redeem(&token, proof).await), "Gone(AlreadyRegistered)");
    }
    assert_eq!(world.only_account(), disabled);
    let owners = world.attempt(EMAIL, NEW_PASSWORD).await;
    assert!(world.redeem(&owners.token, continuation(&owners.accepted)).await.is_ok());
}

#[tokio::test]
async fn an_unverified_account_does_not_hold_its_user_name_against_the_owner() {
    let world = World::new();
    let owners = world.attempt_by(named(EMAIL, "john")).await;
    register(&world, RegistrationDraft { password: STRANGERS_PASSWORD.into(), ..named(EMAIL, "john") }).await;
    let verified = world.redeem(&owners.token, continuation(&owners.accepted)).await.unwrap();
    assert!(!verified.is_user_name_taken);
    assert_eq!(verified.account.user_name.as_ref().map(UserName::as_str), Some("john"));
    assert_eq!(world.only_account(), verified.account);
}

#[tokio::test]
async fn an_administrators_changes_survive_verification() {
    let [asked, other] = [7, 8].map(|number| OrganizationId::from_uuid(uuid::Uuid::from_u128(number)));
    // Where the account belongs by then, what it is there, and what becomes of that.
    for (moved_to, role, kept) in [
        (Some(asked), Some(OrganizationRole::Member), Some(OrganizationRole::Administrator)),
        (Some(other), Some(OrganizationRole::Member), Some(OrganizationRole::Member)),
        (Some(other), Some(OrganizationRole::Administrator), Some(OrganizationRole::Administrator)),
        (None, None, None),
    ] {
        let world = World::new();
        for (id, code) in [(asked, "asked"), (other, "other")] {
            let allowing = Organization { allows_self_named_administrators: true, ..organization(id, code) };
            assert_eq!(
                world.commit(async |unit| unit.insert_organization(&allowing).await.unwrap()).await,
                Insert::Done
            );
        }
        let (organization_code, wants_to_administer) = ("asked".into(), true.into());
        register(&world, RegistrationDraft { organization_code, wants_to_administer, ..draft(EMAIL, PASSWORD) }).await;
        let token = token_in(&world.mail().await);
        let made = world.only_account();
        assert_eq!((made.organization, made.organization_role), (Some(asked), Some(OrganizationRole::Member)));
        let moved = Account { organization: moved_to, organization_role: role, version: 2, ..made };
        let _ = world.commit(async |unit| unit.update_account(&moved).await.unwrap()).await;
        world.redeem(&token, password(PASSWORD)).await.unwrap();
        let account = world.only_account();
        assert_eq!((account.organization, account.organization_role), (moved_to, kept));
    }
}
