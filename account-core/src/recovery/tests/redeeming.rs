//! Redeeming the link of a reset.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::*;
use crate::account::details::ProfileEdits;
use crate::account::{OrganizationRole, SecondaryAddress, SecondaryAddresses};
use crate::authorization::NotPermitted;
use crate::email_address::EmailAddress;
use crate::id::OrganizationId;
use crate::name::UserName;
use crate::one_time_token::Purpose;
use crate::password::PassedPolicy;
use crate::password::policy::PasswordPolicy;
use crate::ports::{PasswordHasher, Urgency};
use crate::profile::Profile;
use crate::recovery::RedeemResetError;
use crate::violation::{Field, Rule, Violation};

#[tokio::test]
async fn a_reset_ends_every_session_and_opens_one() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let sessions = [world.open(&account).await, world.open(&account).await];
    let link = world.link_to_reset(EMAIL).await;
    let signed_in = world.reset(&link, NEW_PASSWORD).await.unwrap();
    for ended in &sessions {
        assert!(world.caller(&ended.token).await.is_none());
    }
    assert_eq!(world.caller(&signed_in.session.token).await.unwrap().account, signed_in.account);
    assert_eq!((world.store.sessions().len(), world.now(&account)), (1, signed_in.account.clone()));
    assert_eq!((signed_in.account.credential_epoch, signed_in.account.verified_at), (1, account.verified_at));
    assert!(world.is_password(&account, NEW_PASSWORD).await && !world.is_password(&account, PASSWORD).await);
    assert_eq!(world.told().await, [("password_reset".to_owned(), EMAIL.to_owned())]);
    assert_eq!(world.events(), [AuditEvent::PasswordReset]);
    assert_eq!(why(world.reset(&link, "another fine passphrase").await), "Gone(Used)");
}

#[tokio::test]
async fn a_channel_that_requires_the_address_opens_no_session() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    let link = world.link_to_reset(EMAIL).await;
    let redeem = async |address: &str| {
        let policy = crate::password::policy::PasswordPolicy::DEFAULT;
        world.service.redeem_password_reset_of(address, &link, NEW_PASSWORD.into(), policy, &by()).await
    };
    for another in ["other@acme.com", "", "john"] {
        assert_eq!(why(redeem(another).await), "Unknown", "{another}");
    }
    assert!(world.caller(&session.token).await.is_some());
    let reset = redeem(" John@ACME.com ").await.unwrap();
    assert_eq!((world.store.sessions(), world.now(&account)), (Vec::new(), reset));
    assert!(world.is_password(&account, NEW_PASSWORD).await);
    assert_eq!(world.events(), [AuditEvent::PasswordReset]);
    assert_eq!(why(redeem(EMAIL).await), "Gone(Used)");
}

#[tokio::test]
async fn opening_a_link_any_number_of_times_changes_nothing() {
    let world = World::new();
    let account = world.account("John@acme.com").await;
    let link = world.link_to_reset(EMAIL).await;
    let (rows, tokens) = (world.store.row_counts(), world.store.tokens());
    for _ in 0..5 {
        let seen = world.service.inspect_reset(&link, &by()).await.unwrap();
        assert_eq!((seen.address, seen.expires_at), (account.address.clone(), world.clock.now() + HOUR));
    }
    assert_eq!((world.store.row_counts(), world.store.tokens(), world.now(&account)), (rows, tokens, account));
}

#[tokio::test]
async fn only_the_address_of_an_unverified_account_is_kept() {
    let world = World::new();
    let organization = OrganizationId::from_uuid(uuid::Uuid::from_u128(7));
    let mallory = EmailAddress::parse("mallory@example.com").unwrap();
    let account = world
        .account_with(EMAIL, |account| {
            let now = account.verified_at.take();
            account.former_passwords = vec![account.password_hash.clone().unwrap()];
            account.user_name = Some(UserName::parse("mallory").unwrap());
            account.profile = Profile { name: Some("Mallory".to_owned()), newsletter: true, ..Profile::default() };
            account.role = Role::Admin;
            account.organization = Some(organization);
            account.organization_role = Some(OrganizationRole::Administrator);
            let theirs = SecondaryAddress { address: mallory, verified_at: now };
            account.secondary_addresses =
                SecondaryAddresses { alternate: Some(theirs.clone()), notification: Some(theirs) };
        })
        .await;
    let (session, _) = (world.open(&account).await, world.register(EMAIL).await);
    let rival = world.account_with("JOHN@acme.com", |account| account.verified_at = None).await;
    world.mails().await;
    let link = world.link_to_reset_of(&account, &rival).await;
    let owner = world.reset(&link, NEW_PASSWORD).await.unwrap().account;

    let expected = Account {
        verified_at: Some(world.clock.now()),
        password_hash: owner.password_hash.clone(),
        credential_epoch: 1,
        version: 2,
        ..Account::new(account.id, account.address.clone(), account.created_at)
    };
    assert_eq!(owner, expected);
    let events: Vec<_> = world.store.audit().into_iter().map(|entry| (entry.event, entry.account)).collect();
    let completed = [AuditEvent::RegistrationCompleted, AuditEvent::PasswordReset].map(|event| (event, Some(owner.id)));
    assert!(events.ends_with(&completed), "{events:?}");
    assert_eq!(world.store.accounts(), [owner], "everybody else who never proved it has lost it");
    assert!(world.caller(&session.token).await.is_none());
    let live = |purpose| {
        let tokens = world.store.tokens();
        tokens
            .iter()
            .filter(|token| token.purpose == purpose && token.state == crate::one_time_token::TokenState::Live)
            .count()
    };
    assert_eq!((live(Purpose::EmailVerification), live(Purpose::PasswordReset)), (0, 0));
    assert_eq!(world.told().await, [("password_reset".to_owned(), EMAIL.to_owned())], "and mallory is told nothing");
}

impl World {
    /// A reset of the first account, although the other one would be meant.
    async fn link_to_reset_of(&self, account: &Account, rival: &Account) -> String {
        self.alter(rival, |rival| rival.disabled_at = Some(rival.created_at)).await;
        let link = self.link_to_reset(account.address.as_str()).await;
        self.alter(rival, |rival| rival.disabled_at = None).await;
        link
    }
}

#[tokio::test]
async fn an_unverified_account_whose_address_another_verified_is_not_reset() {
    let world = World::new();
    let account = world.account_with(EMAIL, |account| account.verified_at = None).await;
    let link = world.link_to_reset(EMAIL).await;
    let owner = world.account("John@acme.com").await;
    for _ in 0..2 {
        assert_eq!(why(world.reset(&link, NEW_PASSWORD).await), "Gone(AlreadyRegistered)");
        assert_eq!((world.now(&account), world.now(&owner)), (account.clone(), owner.clone()));
    }
    assert_eq!(world.store.sessions(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_many_redeems_wins() {
    let world = Arc::new(World::with(|settings| settings.limits.reset_tries = Rate::OFF));
    let account = world.account(EMAIL).await;
    let link = world.link_to_reset(EMAIL).await;
    let mut redeeming = JoinSet::new();
    for number in 0..100 {
        let (world, link) = (Arc::clone(&world), link.clone());
        redeeming.spawn(async move { why(world.reset(&link, &format!("a fine passphrase {number}")).await) });
    }
    let outcomes = redeeming.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "it succeeded").count(), 1);
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "Gone(Used)").count(), 99, "{outcomes:?}");
    assert_eq!((world.store.sessions().len(), world.now(&account).credential_epoch), (1, 1));
}

#[tokio::test]
async fn a_refused_password_does_not_spend_the_link() {
    let world = World::new();
    world.account(EMAIL).await;
    let link = world.link_to_reset(EMAIL).await;
    for (password, rule) in [
        ("", "Required"),
        ("short", "TooShort { min: 15 }"),
        ("johnjohnjohnjohn", "ContainsPersonalWord"),
        ("qwertyuiop123456", "Common"),
        ("passwordpassword", "Common"),
        (PASSWORD, "UsedBefore"),
    ] {
        let refused = why(world.reset(&link, password).await);
        assert!(refused.contains(&format!("field: NewPassword, rule: {rule}")), "{refused}");
    }
    assert!(world.reset(&link, NEW_PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_link_ends_with_the_credential_and_with_the_account() {
    for way in ["password", "disabled", "deleted"] {
        let world = World::new();
        let account = world.account(EMAIL).await;
        let session = world.open(&account).await;
        let link = world.link_to_reset(EMAIL).await;
        let expected = match way {
            "password" => {
                world.change_password(&session.token, PASSWORD, NEW_PASSWORD).await.unwrap();
                "Gone(Superseded)"
            }
            "disabled" => {
                world.alter(&account, |account| account.disabled_at = Some(account.created_at)).await;
                "Gone(Superseded)"
            }
            _ => {
                let deleted = world.commit(async |unit| unit.delete_account(account.id, 1).await.unwrap()).await;
                assert_eq!(deleted, crate::ports::store::Update::Applied);
                "Unknown"
            }
        };
        let accounts = world.store.accounts();
        assert_eq!(why(world.service.inspect_reset(&link, &by()).await), expected, "{way}");
        assert_eq!(why(world.reset(&link, "another fine passphrase").await), expected, "{way}");
        assert_eq!(world.store.accounts(), accounts);
    }
}

#[tokio::test]
async fn no_step_works_before_its_predecessor() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    // The tokens of generations that were not made yet, as only the service itself could derive them.
    let key = &world.service.settings.master_keys.current;
    let link = |purpose| key.token(purpose, account.id.as_uuid(), 1, &account.address).expose().to_string();
    assert_eq!(why(world.reset(&link(Purpose::PasswordReset), NEW_PASSWORD).await), "Unknown");
    assert_eq!(why(world.confirm(&session.token, &link(Purpose::AddressChange)).await), "Unknown");
    // Asking alone, without the email, makes no link either.
    world.forget(EMAIL).await.unwrap();
    assert_eq!(why(world.reset(&link(Purpose::PasswordReset), NEW_PASSWORD).await), "Unknown");
    let mailed = link_in(&world.mail("reset-password").await);
    assert_eq!(mailed, link(Purpose::PasswordReset));
    assert!(why(world.reset(&mailed, "").await).contains("Required"), "an empty step leads nowhere");
    assert_eq!((world.now(&account), world.store.sessions().len()), (account, 1));
}

#[tokio::test]
async fn a_scheduled_deletion_stays_and_the_new_session_can_cancel_it() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    let due_at = world.service.request_deletion(&world.fresh(&session.token).await, &by()).await.unwrap();
    let link = world.link_to_reset(EMAIL).await;
    let signed_in = world.reset(&link, NEW_PASSWORD).await.unwrap();
    assert_eq!(signed_in.account.deletion_due_at, Some(due_at));
    let caller = world.caller(&signed_in.session.token).await.unwrap();
    assert_eq!(caller.clone().verified(), Err(NotPermitted::DeletionPending));
    assert_eq!(world.service.cancel_deletion(&caller, &by()).await.unwrap().deletion_due_at, None);
    assert!(world.now(&account).deletion_due_at.is_none());
}

#[tokio::test]
async fn a_reset_clears_what_counted_against_the_old_password() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    for _ in 0..10 {
        assert_eq!(why(world.change_password(&session.token, "a wrong password", NEW_PASSWORD).await), "WrongPassword");
    }
    assert!(why(world.change_password(&session.token, PASSWORD, NEW_PASSWORD).await).starts_with("Failed(Limited"));
    let link = world.link_to_reset(EMAIL).await;
    let session = world.reset(&link, NEW_PASSWORD).await.unwrap().session;
    assert!(world.change_password(&session.token, NEW_PASSWORD, "another fine passphrase").await.is_ok());
}

#[tokio::test]
async fn an_ended_session_changes_nothing_after_a_reset() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let (verified, fresh) = {
        let session = world.open(&account).await;
        (world.verified(&session.token).await, world.fresh(&session.token).await)
    };
    let link = world.link_to_reset(EMAIL).await;
    let owner = world.reset(&link, NEW_PASSWORD).await.unwrap().account;
    let (policy, context) = (crate::password::policy::PasswordPolicy::DEFAULT, by());
    let edits = ProfileEdits { name: "Mallory".into(), ..ProfileEdits::default() };
    let service = &world.service;
    let new = "another fine passphrase";
    for outcome in [
        why(service.change_details(&verified, edits, None, &context).await),
        why(service.change_password(&verified, PASSWORD.into(), new.into(), policy, &context).await),
        why(service.request_address_change(&fresh, "mallory@example.com".into(), &context).await),
        why(service.request_deletion(&fresh, &context).await),
        why(service.export_data(&fresh, &context).await),
        why(service.cancel_deletion(verified.signed_in(), &context).await),
    ] {
        assert!(outcome.contains("Store(StoreError"), "{outcome}");
    }
    assert_eq!(world.now(&account), owner);
}

#[tokio::test]
async fn a_link_allows_a_limited_number_of_tries() {
    let world = World::new();
    world.account(EMAIL).await;
    let link = world.link_to_reset(EMAIL).await;
    for _ in 0..10 {
        assert!(why(world.reset(&link, PASSWORD).await).starts_with("Invalid("), "the password in use");
    }
    assert!(why(world.reset(&link, PASSWORD).await).contains("reset_tries"));
    let mut places = Vec::new();
    while let Ok(place) = world.hasher.admit(Urgency::Completion, None) {
        places.push(place);
    }
    assert!(why(world.reset(&link, PASSWORD).await).contains("reset_tries"), "no place is needed to refuse it");
    assert!(why(world.reset("unknown", PASSWORD).await).contains("Overloaded"), "and there is none");
    drop(places);
    // The link stays good, and another one has tries of its own.
    world.clock.advance(HOUR / 2);
    let other = world.link_to_reset(EMAIL).await;
    assert_eq!(why(world.reset(&other, NEW_PASSWORD).await), "it succeeded");
}

#[tokio::test]
async fn an_administrator_resets_to_a_password_of_the_default_policy_by_whatever_channel() {
    let policy = PasswordPolicy { name: "form", min: 8, ..PasswordPolicy::PERMISSIVE };
    let weak = "a1-lamp-q";
    let world = World::new();
    for role in [Role::User, Role::Admin, Role::SuperAdmin] {
        let email = format!("{}@acme.com", role.name());
        let account = world.account_with(&email, |account| account.role = role).await;
        let link = world.link_to_reset(&email).await;
        assert_eq!(world.service.inspect_reset(&link, &by()).await.unwrap().role, role);
        let passed = match world.service.redeem_password_reset(&link, weak.into(), policy, &by()).await {
            Ok(_) => PassedPolicy::Weaker,
            Err(RedeemResetError::Invalid(violations)) => {
                assert_eq!(violations, Violation::new(Field::NewPassword, Rule::TooShort { min: 15 }).into());
                let reset = world.service.redeem_password_reset(&link, NEW_PASSWORD.into(), policy, &by()).await;
                assert!(reset.is_ok());
                PassedPolicy::Default
            }
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(passed == PassedPolicy::Weaker, role == Role::User);
        assert_eq!(world.now(&account).password_hash.unwrap().passed(), Some(passed));
    }
}
