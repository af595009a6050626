//! A unit of work that the store aborts in favor of another one is repeated, at whichever step that happens: what
//! administrators and the operator do.

use super::*;
use crate::account::OrganizationRole;
use crate::account::details::ProfileEdits;
use crate::administration::clients::{ClientDraft, ClientEdits};
use crate::administration::invitations::InvitationDraft;
use crate::administration::organizations::{OrganizationDraft, OrganizationEdits};
use crate::id::{InvitationId, OrganizationId, OutboxId};
use crate::input::Input;
use crate::operator::OperatorAccount;
use crate::operator::import::ImportedAccount;
use crate::operator::super_admin::SuperAdminOffer;
use crate::organization::ClientId;
use crate::outbox::OutboxState;
use crate::password::policy::PasswordPolicy;
use crate::ports::DeliveryError;
use crate::registration::tests::faulty_store::FaultyStore;

/// Conflicts in a row that are survived.
const CONFLICTS: usize = 4;

/// What the acts need.
struct Prepared {
    world: World,
    store: FaultyStore,
    admin: Administrator,
    user: AccountId,
    member: AccountId,
    disabled: AccountId,
    organization: OrganizationId,
    empty: OrganizationId,
    client: ClientId,
    invitation: InvitationId,
    dead: OutboxId,
    context: CallContext,
}

async fn prepared() -> Prepared {
    let mut found = None;
    let mut world = World::with(|ports, _| {
        let inner = Arc::new(MemoryStore::new());
        let store = FaultyStore::over(Arc::clone(&inner), false);
        ports.store = Arc::new(store.clone());
        found = Some((inner, store));
    });
    let (inner, store) = found.unwrap();
    world.store = inner;
    let (service, context) = (&world.service, context());
    let admin = world.admin(Role::SuperAdmin).await;
    let [user, member, disabled] =
        [world.account(Role::User).await.id, world.account(Role::User).await.id, world.account(Role::User).await.id];
    world.session(&world.stored(user)).await;
    service.disable_account(&admin, disabled, Input::Absent, &context).await.unwrap();
    let named = |code: &str| OrganizationDraft { code: code.into(), name: code.into(), ..OrganizationDraft::default() };
    let organization = service.create_organization(&admin, named("acme"), &context).await.unwrap().id;
    let empty = service.create_organization(&admin, named("empty"), &context).await.unwrap().id;
    service.set_membership(&admin, organization, member, OrganizationRole::Member, &context).await.unwrap();
    let crm = ClientDraft { id: "crm".into(), name: "CRM".into(), ..ClientDraft::default() };
    let client = service.create_client(&admin, crm, &context).await.unwrap().id;
    world.register(draft("john@acme.com")).await.unwrap();
    world.mailer.fail_next(DeliveryError::Permanent("refused".into()));
    world.mails().await;
    let dead = world.store.outbox().into_iter().find(|entry| entry.state == OutboxState::Dead).unwrap().id;
    let jane = InvitationDraft { email: "jane@acme.com".into(), ..InvitationDraft::default() };
    let invitation = service.invite(&admin, jane, &context).await.unwrap().id;
    Prepared { world, store, admin, user, member, disabled, organization, empty, client, invitation, dead, context }
}

/// Does something in worlds where its unit of work is aborted at the first step, at the second, and so on, until there
/// is no such step. It succeeds all the same, and the audit trail says once that it was done.
async fn survives<T, E: Debug>(event: AuditEvent, act: impl AsyncFn(&Prepared, &AccountService) -> Result<T, E>) {
    for step in 1.. {
        let prepared = Box::pin(prepared()).await;
        let before = prepared.world.trail().len();
        // The trail is in the order of time.
        prepared.world.tick();
        prepared.store.aborted_from(step, CONFLICTS);
        let outcome = act(&prepared, &prepared.world.service).await;
        assert_eq!(why(outcome), "it succeeded", "{event:?}, step {step}");
        let events: Vec<_> = prepared.world.trail()[before..].iter().map(|(event, ..)| *event).collect();
        assert_eq!(events, [event], "step {step}");
        if !prepared.store.has_conflicted() {
            assert!(step > 1, "{event:?}: there are units of work that write");
            return;
        }
    }
}

#[tokio::test]
async fn what_administrators_do_to_accounts_is_repeated() {
    survives(AuditEvent::ProfileChanged, async |it, service| {
        let edits = ProfileEdits { name: "Jane".into(), ..ProfileEdits::default() };
        service.change_account_details(&it.admin, it.user, edits, Some(1), &it.context).await
    })
    .await;
    survives(AuditEvent::AccountDisabled, async |it, service| {
        service.disable_account(&it.admin, it.user, Input::Absent, &it.context).await
    })
    .await;
    survives(AuditEvent::AccountEnabled, async |it, service| {
        service.enable_account(&it.admin, it.disabled, Input::Absent, &it.context).await
    })
    .await;
    survives(AuditEvent::AccountDeleted, async |it, service| {
        service.delete_account(&it.admin, it.user, &it.context).await
    })
    .await;
    survives(AuditEvent::SessionsEnded, async |it, service| {
        service.end_account_sessions(&it.admin, it.user, &it.context).await
    })
    .await;
    survives(AuditEvent::RoleChanged, async |it, service| {
        service.set_role(&it.admin, it.user, Role::Admin, &it.context).await
    })
    .await;
    survives(AuditEvent::AccountCreated, async |it, service| {
        let rules = RegistrationRules::native("waltid");
        service.create_account_with_password(&it.admin, draft("max@acme.com"), &rules, &it.context).await
    })
    .await;
}

#[tokio::test]
async fn what_administrators_do_to_organizations_and_clients_is_repeated() {
    survives(AuditEvent::OrganizationCreated, async |it, service| {
        let draft = OrganizationDraft { code: "new".into(), name: "New".into(), ..OrganizationDraft::default() };
        service.create_organization(&it.admin, draft, &it.context).await
    })
    .await;
    survives(AuditEvent::OrganizationChanged, async |it, service| {
        let edits = OrganizationEdits { name: "Acme".into(), ..OrganizationEdits::default() };
        service.change_organization(&it.admin, it.organization, edits, Some(1), &it.context).await
    })
    .await;
    survives(AuditEvent::OrganizationDeleted, async |it, service| {
        service.delete_organization(&it.admin, it.empty, &it.context).await
    })
    .await;
    survives(AuditEvent::MembershipChanged, async |it, service| {
        let role = OrganizationRole::Administrator;
        service.set_membership(&it.admin, it.organization, it.user, role, &it.context).await
    })
    .await;
    survives(AuditEvent::MembershipChanged, async |it, service| {
        service.remove_membership(&it.admin, it.organization, it.member, &it.context).await
    })
    .await;
    survives(AuditEvent::ClientCreated, async |it, service| {
        let draft = ClientDraft { id: "erp".into(), name: "ERP".into(), ..ClientDraft::default() };
        service.create_client(&it.admin, draft, &it.context).await
    })
    .await;
    survives(AuditEvent::ClientChanged, async |it, service| {
        let edits = ClientEdits { name: "CRM 2".into(), ..ClientEdits::default() };
        service.change_client(&it.admin, &it.client, edits, Some(1), &it.context).await
    })
    .await;
    survives(AuditEvent::ClientDeleted, async |it, service| {
        service.delete_client(&it.admin, &it.client, &it.context).await
    })
    .await;
}

#[tokio::test]
async fn what_administrators_do_to_invitations_emails_and_features_is_repeated() {
    survives(AuditEvent::InvitationCreated, async |it, service| {
        let draft = InvitationDraft { email: "max@acme.com".into(), ..InvitationDraft::default() };
        service.invite(&it.admin, draft, &it.context).await
    })
    .await;
    survives(AuditEvent::InvitationResent, async |it, service| {
        service.resend_invitation(&it.admin, it.invitation, &it.context).await
    })
    .await;
    survives(AuditEvent::InvitationRevoked, async |it, service| {
        service.revoke_invitation(&it.admin, it.invitation, &it.context).await
    })
    .await;
    survives(AuditEvent::OutboxRedriven, async |it, service| service.redrive(&it.admin, it.dead, &it.context).await)
        .await;
    survives(AuditEvent::OutboxDropped, async |it, service| service.drop_entry(&it.admin, it.dead, &it.context).await)
        .await;
    survives(AuditEvent::FeatureChanged, async |it, service| {
        let value = r#"{"mode":"closed","refuses_pending":false}"#;
        service.set_feature(&it.admin, FeatureName::AccountRegistration, value, Some(0), &it.context).await
    })
    .await;
}

#[tokio::test]
async fn what_the_operator_does_is_repeated() {
    let policy = PasswordPolicy::DEFAULT;
    let wanted = |password: Option<&str>| OperatorAccount {
        email: "max@acme.com",
        role: Role::SuperAdmin,
        password: password.map(str::to_owned),
    };
    survives(AuditEvent::AccountCreated, async |it, service| {
        service.create_account_as_operator(wanted(Some(PASSWORD)), policy, &it.context).await
    })
    .await;
    survives(AuditEvent::InvitationCreated, async |it, service| {
        service.create_account_as_operator(wanted(None), policy, &it.context).await
    })
    .await;
    survives(AuditEvent::AccountCreated, async |it, service| {
        let max = ImportedAccount { email: "max@acme.com".to_owned(), verified: true, ..ImportedAccount::default() };
        service.import_accounts(vec![max], &it.context).await
    })
    .await;
    survives(AuditEvent::AccountCreated, async |it, service| {
        let token = "a token of twenty-two characters".to_owned();
        let (email, password) = ("max@acme.com".to_owned(), PASSWORD.to_owned().into());
        let offer = SuperAdminOffer { token: token.clone().into(), email, password };
        service.create_super_admin_by_token(&token, &offer, policy, &it.context).await
    })
    .await;
}
