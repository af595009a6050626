//! Invitations, from the administrator to the account.

use std::sync::Arc;

use async_trait::async_trait;

use super::redeem::{AcceptError, AcceptRequest};
use super::*;
use crate::account::Account;
use crate::account::details::ProfileEdits;
use crate::administration::invitations::InvitationDraft;
use crate::administration::tests::{DAY, MICROSECOND, PASSWORD, World, context, draft, token_in, why};
use crate::audit::{Actor, AuditEvent};
use crate::consent::{ConsentSettings, GivenConsent};
use crate::input::{Edit, Input};
use crate::password::policy::PasswordPolicy;
use crate::password::{PassedPolicy, Password};
use crate::ports::store::AccountUpdate;
use crate::ports::{BreachedPasswords, BreachedPasswordsError, Store};
use crate::session::SignedInNow;
use crate::violation::{Field, Rule};

const EMAIL: &str = "jane@acme.com";

fn invite(email: &str, role: &str) -> InvitationDraft {
    InvitationDraft { email: email.into(), role: role.into(), ..InvitationDraft::default() }
}

fn accept(token: &str) -> AcceptRequest {
    AcceptRequest {
        token: token.to_owned(),
        password: PASSWORD.into(),
        edits: ProfileEdits::default(),
        consent: GivenConsent::default(),
        password_policy: PasswordPolicy::DEFAULT,
        context: context(),
    }
}

async fn try_accept(world: &World, token: &str) -> Result<SignedInNow, AcceptError> {
    world.service.accept_invitation(accept(token)).await
}

/// Invites somebody; returns the invitation and the token that was emailed.
async fn invited(world: &World, role: &str) -> (Invitation, String) {
    let admin = world.admin(Role::SuperAdmin).await;
    let invitation = world.service.invite(&admin, invite(EMAIL, role), &context()).await.unwrap();
    let [mail] = world.mails().await.try_into().unwrap();
    world.tick();
    (invitation, token_in(&mail, "invitation/"))
}

#[tokio::test]
async fn an_accepted_invitation_creates_an_account_with_its_role() {
    let world = World::new();
    let (invitation, token) = invited(&world, "admin").await;
    let seen = world.service.inspect_invitation(&token, &context()).await.unwrap();
    assert_eq!((seen.address.as_str(), seen.expires_at), (EMAIL, invitation.expires_at));
    let request = AcceptRequest {
        edits: ProfileEdits { name: "Jane Doe".into(), user_name: "jane".into(), ..ProfileEdits::default() },
        ..accept(&token)
    };
    let SignedInNow { account, session } = world.service.accept_invitation(request).await.unwrap();
    assert_eq!(account.id, AccountId::from(invitation.id));
    assert_eq!((account.role, account.verified_at), (Role::Admin, Some(account.created_at)));
    assert_eq!(account.profile.name.as_deref(), Some("Jane Doe"));
    assert!(world.store.sessions().iter().any(|stored| stored.id == session.id && stored.account == account.id));
    assert_eq!(world.stored(account.id), account);
    let (event, actor, about, detail) = world.trail().pop().unwrap();
    assert_eq!((event, actor), (AuditEvent::InvitationAccepted, Actor::Account(account.id)));
    assert_eq!((about, detail), (Some(account.id), Some(format!("{} admin", invitation.id))));
}

#[tokio::test]
async fn an_invited_person_agrees_to_what_is_required() {
    let world = World::with(|_, settings| {
        let (terms_version, privacy_version) = (Some("2026-01".to_owned()), Some("7".to_owned()));
        settings.consent = ConsentSettings { terms_version, privacy_version, is_required: true };
    });
    let (_, token) = invited(&world, "user").await;
    for (privacy, rule) in [(Input::Absent, Rule::Required), ("6".into(), Rule::Outdated)] {
        let consent = GivenConsent::Versions { terms: "2026-01".into(), privacy };
        let refused = world.service.accept_invitation(AcceptRequest { consent, ..accept(&token) }).await;
        let Err(AcceptError::Invalid(violations)) = refused else { panic!("{refused:?}") };
        let wrong: Vec<_> = violations.iter().map(|violation| (violation.field, violation.rule)).collect();
        assert_eq!(wrong, [(Field::PrivacyVersion, rule)]);
    }
    let consent = GivenConsent::Box { is_ticked: true, is_required: false, language: Some("de".to_owned()) };
    let account = world.service.accept_invitation(AcceptRequest { consent, ..accept(&token) }).await.unwrap().account;
    let consents: Vec<_> = account.profile.consents.iter().map(|it| (it.to.as_str(), it.at())).collect();
    assert_eq!(consents, [("terms:2026-01", world.clock_now()), ("privacy:7", world.clock_now())]);
    assert_eq!(world.stored(account.id), account);
}

#[tokio::test]
async fn an_invitation_is_accepted_once() {
    let world = World::new();
    let (_, token) = invited(&world, "user").await;
    let results = tokio::join!(try_accept(&world, &token), try_accept(&world, &token));
    assert!(results.0.is_ok() != results.1.is_ok());
    assert_eq!(why(try_accept(&world, &token).await), "Gone(Used)");
    assert_eq!(why(world.service.inspect_invitation(&token, &context()).await), "Gone(Used)");
    assert_eq!(world.store.accounts().len(), 2);
}

#[tokio::test]
async fn an_invitation_expires_exactly_on_time() {
    let world = World::new();
    let (invitation, token) = invited(&world, "user").await;
    world.clock.set(invitation.expires_at);
    assert_eq!(why(try_accept(&world, &token).await), "Gone(Expired)");
    world.clock.set(invitation.expires_at - MICROSECOND);
    assert!(try_accept(&world, &token).await.is_ok());
}

#[tokio::test]
async fn a_revoked_invitation_is_gone() {
    let world = World::new();
    let (invitation, token) = invited(&world, "user").await;
    let admin = world.admin(Role::Admin).await;
    world.service.revoke_invitation(&admin, invitation.id, &context()).await.unwrap();
    assert_eq!(why(try_accept(&world, &token).await), "Gone(Expired)");
    assert_eq!(why(world.service.revoke_invitation(&admin, invitation.id, &context()).await), "InvitationEnded");
    assert_eq!(why(world.service.resend_invitation(&admin, invitation.id, &context()).await), "InvitationEnded");
    assert!(world.service.invite(&admin, invite(EMAIL, "user"), &context()).await.is_ok());
}

#[tokio::test]
async fn an_administrators_invitation_ends_with_its_inviters_role() {
    type Loss = fn(&mut Account);
    let losses: [Loss; 4] = [
        |inviter| inviter.role = Role::Admin,
        |inviter| inviter.role = Role::User,
        |inviter| inviter.disabled_at = Some(inviter.created_at),
        |inviter| inviter.deletion_due_at = Some(inviter.created_at),
    ];
    for loss in losses {
        for (role, is_bound) in [("user", false), ("admin", true), ("super_admin", true)] {
            let world = World::new();
            let (invitation, token) = invited(&world, role).await;
            let other = world.admin(Role::SuperAdmin).await;
            let mut inviter = world.stored(invitation.invited_by.unwrap());
            loss(&mut inviter);
            inviter.version += 1;
            let _ = world.commit(async |unit| unit.update_account(&inviter).await.unwrap()).await;
            if is_bound {
                let rows = world.store.row_counts();
                assert_eq!(why(world.service.inspect_invitation(&token, &context()).await), "Gone(Expired)");
                assert_eq!(why(try_accept(&world, &token).await), "Gone(Expired)");
                let again = world.service.resend_invitation(&other, invitation.id, &context()).await;
                assert_eq!(why(again), "InvitationEnded");
                assert_eq!(world.store.row_counts(), rows);
                assert!(world.service.revoke_invitation(&other, invitation.id, &context()).await.is_ok());
            } else {
                assert_eq!(try_accept(&world, &token).await.unwrap().account.role, Role::User);
            }
        }
    }
}

/// Takes the right from anyone who invited, while the password is looked at.
struct Demoting(Arc<dyn Store>);

#[async_trait]
impl BreachedPasswords for Demoting {
    async fn is_breached(&self, _: &Password) -> Result<bool, BreachedPasswordsError> {
        let mut unit = self.0.begin().await.unwrap();
        let newest = unit.list_invitations(None, None, 1).await.unwrap().remove(0);
        let inviter = unit.find_account(newest.invited_by.unwrap()).await.unwrap().unwrap();
        let demoted = Account { role: Role::Admin, version: inviter.version + 1, ..inviter };
        assert_eq!(unit.update_account(&demoted).await.unwrap(), AccountUpdate::Applied);
        unit.commit().await.unwrap();
        Ok(false)
    }
}

#[tokio::test]
async fn an_administrators_invitation_fails_if_its_inviter_loses_the_role_meanwhile() {
    let world = World::with(|ports, _| ports.breached_passwords = Arc::new(Demoting(Arc::clone(&ports.store))));
    let (invitation, token) = invited(&world, "super_admin").await;
    assert_eq!(why(try_accept(&world, &token).await), "Gone(Expired)");
    let inviter = world.stored(invitation.invited_by.unwrap());
    assert_eq!(world.store.accounts(), [Account { role: Role::Admin, version: 2, ..inviter.clone() }]);
    assert_eq!(world.store.invitations()[0].state, InvitationState::Pending);
    let _ = world.commit(async |unit| unit.delete_account(inviter.id, inviter.version).await.unwrap()).await;
    assert_eq!(why(try_accept(&world, &token).await), "Gone(Expired)");
}

#[tokio::test]
async fn a_second_link_replaces_the_first() {
    let world = World::new();
    let (invitation, first) = invited(&world, "user").await;
    let admin = world.admin(Role::Admin).await;
    world.clock.advance(8 * DAY);
    let renewed = world.service.resend_invitation(&admin, invitation.id, &context()).await.unwrap();
    assert_eq!((renewed.generation, renewed.expires_at), (2, world.clock_now() + 7 * DAY));
    let [mail] = world.mails().await.try_into().unwrap();
    assert_eq!(why(try_accept(&world, &first).await), "Gone(Superseded)");
    assert!(try_accept(&world, &token_in(&mail, "invitation/")).await.is_ok());
}

#[tokio::test]
async fn only_super_admins_resend_or_revoke_an_administrators_invitation() {
    let world = World::new();
    let (invitation, _) = invited(&world, "admin").await;
    let admin = world.admin(Role::Admin).await;
    let refused = "NotPermitted(Role)";
    assert_eq!(why(world.service.resend_invitation(&admin, invitation.id, &context()).await), refused);
    assert_eq!(why(world.service.revoke_invitation(&admin, invitation.id, &context()).await), refused);
}

#[tokio::test]
async fn an_address_is_invited_once_and_only_without_an_account() {
    let world = World::new();
    let (_, token) = invited(&world, "user").await;
    let admin = world.admin(Role::Admin).await;
    let again = || world.service.invite(&admin, invite("JANE@acme.com", "user"), &CONTEXT);
    assert_eq!(why(again().await), "AlreadyInvited");
    try_accept(&world, &token).await.unwrap();
    assert_eq!(why(again().await), "AlreadyRegistered");
}

static CONTEXT: std::sync::LazyLock<crate::service::CallContext> = std::sync::LazyLock::new(context);

#[tokio::test]
async fn an_invitation_whose_address_has_become_an_account_says_so() {
    let world = World::new();
    let (_, token) = invited(&world, "user").await;
    world.insert(world.new_account(EMAIL, Role::User)).await;
    let rows = world.store.accounts();
    for _ in 0..2 {
        assert_eq!(why(try_accept(&world, &token).await), "Gone(AlreadyRegistered)");
    }
    assert_eq!(world.store.accounts(), rows);
    assert_eq!(world.store.invitations()[0].state, InvitationState::Void);
}

#[tokio::test]
async fn accepting_ends_registrations_of_the_address() {
    let world = World::new();
    let (_, token) = invited(&world, "user").await;
    world.register(draft(EMAIL)).await.unwrap();
    let [mail] = world.mails().await.try_into().unwrap();
    try_accept(&world, &token).await.unwrap();
    let inspected = world.service.inspect_token(&token_in(&mail, ""), &[], &crate::client::Client::default()).await;
    assert_eq!(why(inspected), "Gone(AlreadyRegistered)");
}

#[tokio::test]
async fn the_invited_person_cannot_choose_role_or_organization() {
    let world = World::new();
    let (invitation, token) = invited(&world, "user").await;
    // Everything that can be sent at all.
    let request = AcceptRequest {
        edits: ProfileEdits {
            name: "super_admin".into(),
            user_name: "super_admin".into(),
            company: "Acme".into(),
            notification_address: "mallory@example.com".into(),
            alternate_address: "mallory@example.com".into(),
            ..ProfileEdits::default()
        },
        ..accept(&token)
    };
    let account = world.service.accept_invitation(request).await.unwrap().account;
    assert_eq!((account.role, account.organization, account.organization_role), (Role::User, None, None));
    assert_eq!(account.secondary_addresses, crate::account::SecondaryAddresses::default());
    assert_eq!(account.address, invitation.address);
}

#[tokio::test]
async fn all_violations_are_reported_and_the_link_stays_valid() {
    let world = World::new();
    let (_, token) = invited(&world, "user").await;
    let wrong = AcceptRequest {
        password: "jane@acme.com".into(),
        edits: ProfileEdits { name: Edit::Mistyped, country: "Moon".into(), ..ProfileEdits::default() },
        ..accept(&token)
    };
    let Err(AcceptError::Invalid(violations)) = world.service.accept_invitation(wrong).await else { panic!() };
    let broken: Vec<_> = violations.iter().map(|violation| (violation.field, violation.rule)).collect();
    assert!(broken.contains(&(Field::Name, Rule::MustBeText)), "{broken:?}");
    assert!(broken.contains(&(Field::Country, Rule::Unknown)), "{broken:?}");
    assert!(broken.contains(&(Field::Password, Rule::TooShort { min: 15 })), "{broken:?}");
    assert!(try_accept(&world, &token).await.is_ok());
}

#[tokio::test]
async fn earlier_invitations_are_accepted_unless_the_mode_refuses_them() {
    let world = World::new();
    let (_, token) = invited(&world, "user").await;
    world.set_registration(r#"{"mode":"closed","refuses_pending":true}"#).await;
    let refused = "RegistrationClosed { reason: None }";
    assert_eq!(why(try_accept(&world, &token).await), refused);
    assert_eq!(why(world.service.inspect_invitation(&token, &context()).await), refused);
    world.set_registration(r#"{"mode":"invitation_only","refuses_pending":true}"#).await;
    assert!(try_accept(&world, &token).await.is_ok());
}

#[tokio::test]
async fn a_token_of_another_purpose_is_unknown() {
    let world = World::new();
    world.register(draft(EMAIL)).await.unwrap();
    let [mail] = world.mails().await.try_into().unwrap();
    for token in [token_in(&mail, "").as_str(), "", " ", "null"] {
        assert_eq!(why(try_accept(&world, token).await), "Unknown");
    }
}

#[tokio::test]
async fn an_invited_administrator_chooses_a_password_of_the_default_policy() {
    let password_policy = PasswordPolicy { name: "form", min: 8, ..PasswordPolicy::PERMISSIVE };
    let weak = "a1-lamp-q";
    for role in [Role::User, Role::Admin, Role::SuperAdmin] {
        let world = World::new();
        let (_, token) = invited(&world, role.name()).await;
        assert_eq!(world.service.inspect_invitation(&token, &context()).await.unwrap().role, role);
        let accept = async |password: &str| {
            let request = AcceptRequest { password: password.into(), password_policy, ..accept(&token) };
            world.service.accept_invitation(request).await
        };
        let (account, passed) = match accept(weak).await {
            Ok(accepted) => (accepted.account, PassedPolicy::Weaker),
            Err(AcceptError::Invalid(violations)) => {
                let expected = [(Field::Password, Rule::TooShort { min: 15 })];
                let broken: Vec<_> = violations.iter().map(|broken| (broken.field, broken.rule)).collect();
                assert_eq!(broken, expected);
                (accept(PASSWORD).await.unwrap().account, PassedPolicy::Default)
            }
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!((account.role, passed == PassedPolicy::Weaker), (role, role == Role::User));
        assert_eq!(account.password_hash.unwrap().passed(), Some(passed));
    }
}
