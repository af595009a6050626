//! Who may do what to whom.

use super::*;
use crate::account::OrganizationRole;
use crate::account::details::ProfileEdits;
use crate::administration::invitations::InvitationDraft;
use crate::administration::organizations::OrganizationDraft;
use crate::id::OrganizationId;
use crate::input::Input;
use crate::one_time_token::{OneTimeToken, Purpose, TokenState};
use crate::password::{PassedPolicy, PasswordHash};
use crate::session::FRESH;

const REFUSED: &str = "NotPermitted(Role)";

async fn organization(world: &World, admin: &Administrator) -> OrganizationId {
    let draft = OrganizationDraft { code: "acme".into(), name: "Acme".into(), ..OrganizationDraft::default() };
    world.service.create_organization(admin, draft, &context()).await.unwrap().id
}

#[tokio::test]
async fn only_super_admins_manage_administrators() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let organization = organization(&world, &admin).await;
    let (service, context) = (&world.service, context());
    for role in [Role::Admin, Role::SuperAdmin] {
        let other = world.account(role).await;
        let rows = world.store.row_counts();
        let id = other.id;
        let edits = ProfileEdits { name: "Mallory".into(), ..ProfileEdits::default() };
        assert_eq!(why(service.disable_account(&admin, id, Input::Absent, &context).await), REFUSED);
        assert_eq!(why(service.enable_account(&admin, id, Input::Absent, &context).await), REFUSED);
        assert_eq!(why(service.delete_account(&admin, id, &context).await), REFUSED);
        assert_eq!(why(service.end_account_sessions(&admin, id, &context).await), REFUSED);
        assert_eq!(why(service.change_account_details(&admin, id, edits, None, &context).await), REFUSED);
        assert_eq!(why(service.set_role(&admin, id, Role::User, &context).await), REFUSED);
        let membership = OrganizationRole::Administrator;
        assert_eq!(why(service.set_membership(&admin, organization, id, membership, &context).await), REFUSED);
        assert_eq!(why(service.remove_membership(&admin, organization, id, &context).await), REFUSED);
        let draft = InvitationDraft { email: "new@acme.com".into(), role: role.name().into(), ..Default::default() };
        assert_eq!(why(service.invite(&admin, draft, &context).await), REFUSED);
        assert_eq!(world.stored(id), other);
        assert_eq!(world.store.row_counts(), rows);
    }
    let user = world.account(Role::User).await;
    assert_eq!(why(service.set_role(&admin, user.id, Role::Admin, &context).await), REFUSED);
    assert!(service.disable_account(&admin, user.id, Input::Absent, &context).await.is_ok());
}

#[tokio::test]
async fn changing_roles_requires_a_recent_password() {
    let world = World::new();
    let admin = world.admin(Role::SuperAdmin).await;
    let user = world.account(Role::User).await;
    world.clock.advance(FRESH);
    let refused = "NotPermitted(ReauthenticationRequired)";
    assert_eq!(why(world.service.set_role(&admin, user.id, Role::Admin, &context()).await), refused);
    let draft = InvitationDraft { email: "new@acme.com".into(), role: "admin".into(), ..Default::default() };
    assert_eq!(why(world.service.invite(&admin, draft.clone(), &context()).await), refused);
    let ordinary = InvitationDraft { role: "user".into(), ..draft };
    assert!(world.service.invite(&admin, ordinary, &context()).await.is_ok());
}

#[tokio::test]
async fn changing_a_role_ends_sessions_and_links_and_is_notified_and_audited() {
    let world = World::new();
    let admin = world.admin(Role::SuperAdmin).await;
    let user = world.account(Role::User).await;
    world.session(&user).await;
    let token = OneTimeToken {
        digest: SecretToken::generate(&*world.entropy).digest(),
        purpose: Purpose::PasswordReset,
        subject: user.id.as_uuid(),
        address: user.address.clone(),
        generation: 1,
        key_id: "key".to_owned(),
        epoch: Some(0),
        session: None,
        expires_at: world.clock.now() + DAY,
        state: TokenState::Live,
        used_at: None,
    };
    world.commit(async |unit| unit.insert_token(&token).await.unwrap()).await;
    let now = world.service.set_role(&admin, user.id, Role::Admin, &context()).await.unwrap();
    assert_eq!((now.role, now.credential_epoch, now.version), (Role::Admin, 1, 2));
    assert_eq!(world.store.sessions().iter().filter(|session| session.account == user.id).count(), 0);
    assert_eq!(world.store.tokens().iter().map(|token| token.state).collect::<Vec<_>>(), [TokenState::Void]);
    assert_eq!(world.notices(), [Notice::BecameAdministrator]);
    let detail = Some("admin".to_owned());
    assert_eq!(world.trail(), [(AuditEvent::RoleChanged, Actor::Account(admin.id()), Some(user.id), detail)]);
}

#[tokio::test]
async fn the_last_super_admin_cannot_be_demoted_disabled_or_deleted() {
    let world = World::new();
    let admin = world.admin(Role::SuperAdmin).await;
    // One who is out of use is no other.
    let mut disabled = world.new_account("disabled@acme.com", Role::SuperAdmin);
    disabled.disabled_at = Some(world.clock.now());
    world.insert(disabled).await;
    let before = world.stored(admin.id());
    let (service, id, context) = (&world.service, admin.id(), context());
    assert_eq!(why(service.set_role(&admin, id, Role::Admin, &context).await), "LastSuperAdmin");
    assert_eq!(why(service.disable_account(&admin, id, Input::Absent, &context).await), "LastSuperAdmin");
    assert_eq!(why(service.delete_account(&admin, id, &context).await), "LastSuperAdmin");
    assert_eq!(world.stored(id), before);
}

#[tokio::test]
async fn nobody_disables_or_deletes_their_own_account() {
    let world = World::new();
    world.admin(Role::SuperAdmin).await;
    for role in [Role::Admin, Role::SuperAdmin] {
        let admin = world.admin(role).await;
        assert_eq!(why(world.service.disable_account(&admin, admin.id(), Input::Absent, &context()).await), REFUSED);
        assert_eq!(why(world.service.delete_account(&admin, admin.id(), &context()).await), REFUSED);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_super_admins_who_demote_each_other_one_remains() {
    for _ in 0..20 {
        let world = World::new();
        let (one, other) = (world.admin(Role::SuperAdmin).await, world.admin(Role::SuperAdmin).await);
        let (service, context) = (&world.service, context());
        let results = tokio::join!(
            service.set_role(&one, other.id(), Role::User, &context),
            service.set_role(&other, one.id(), Role::User, &context)
        );
        assert!(results.0.is_ok() != results.1.is_ok(), "{results:?}");
        let remaining = world.store.accounts().into_iter().filter(|account| account.role == Role::SuperAdmin).count();
        assert_eq!(remaining, 1);
    }
}

#[tokio::test]
async fn a_demoted_administrator_can_do_nothing_in_an_earlier_session() {
    let world = World::new();
    let super_admin = world.admin(Role::SuperAdmin).await;
    let (demoted, disabled) = (world.admin(Role::Admin).await, world.admin(Role::SuperAdmin).await);
    let user = world.account(Role::User).await;
    world.service.set_role(&super_admin, demoted.id(), Role::User, &context()).await.unwrap();
    world.service.disable_account(&super_admin, disabled.id(), Input::Absent, &context()).await.unwrap();
    for admin in [&demoted, &disabled] {
        assert_eq!(why(world.service.disable_account(admin, user.id, Input::Absent, &context()).await), REFUSED);
        let (name, off) = (FeatureName::Newsletter, r#"{"enabled":false}"#);
        assert_eq!(why(world.service.set_feature(admin, name, off, None, &context()).await), REFUSED);
    }
    assert_eq!(why(world.service.set_role(&disabled, super_admin.id(), Role::User, &context()).await), REFUSED);
}

#[tokio::test]
async fn an_unverified_account_gets_no_role() {
    let world = World::new();
    let admin = world.admin(Role::SuperAdmin).await;
    let unproven = Account { verified_at: None, ..world.new_account("new@acme.com", Role::User) };
    let unproven = world.insert(unproven).await;
    let result = world.service.set_role(&admin, unproven.id, Role::Admin, &context()).await;
    assert_eq!(why(result), "NotPermitted(EmailUnverified)");
}

/// Somebody whose password passed this policy.
async fn with_password(world: &World, role: Role, passed: Option<PassedPolicy>) -> Account {
    let hash = PasswordHash::from_phc("$argon2id$v=19$m=64,t=1,p=1$c2FsdA$aGFzaA".to_owned()).with_passed(passed);
    let number = world.store.accounts().len();
    let account = world.new_account(&format!("{}.with.password{number}@acme.com", role.name()), role);
    world.insert(Account { password_hash: Some(hash), ..account }).await
}

#[tokio::test]
async fn a_higher_role_takes_a_password_that_is_known_to_pass_the_default_policy() {
    let world = World::new();
    let admin = world.admin(Role::SuperAdmin).await;
    let (service, context) = (&world.service, context());
    for (before, higher) in [(Role::User, Role::Admin), (Role::User, Role::SuperAdmin), (Role::Admin, Role::SuperAdmin)]
    {
        for unfit in [None, Some(PassedPolicy::Weaker)] {
            let account = with_password(&world, before, unfit).await;
            let rows = world.store.row_counts();
            assert_eq!(why(service.set_role(&admin, account.id, higher, &context).await), "WeakPassword");
            assert_eq!((world.stored(account.id), world.store.row_counts()), (account, rows));
        }
        let fit = with_password(&world, before, Some(PassedPolicy::Default)).await;
        assert_eq!(service.set_role(&admin, fit.id, higher, &context).await.unwrap().role, higher);
        // An account without a password has no weak one.
        let without = world.account(before).await;
        assert_eq!(service.set_role(&admin, without.id, higher, &context).await.unwrap().role, higher);
    }
}

#[tokio::test]
async fn nobody_keeps_a_role_because_of_a_weak_password() {
    let world = World::new();
    let admin = world.admin(Role::SuperAdmin).await;
    for lower in [Role::Admin, Role::User] {
        let weak = with_password(&world, Role::SuperAdmin, Some(PassedPolicy::Weaker)).await;
        assert_eq!(world.service.set_role(&admin, weak.id, lower, &context()).await.unwrap().role, lower);
    }
}
