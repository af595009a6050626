//! Organizations, members and clients.

use super::*;
use crate::account::OrganizationRole;
use crate::administration::AdminError;
use crate::administration::clients::{ClientDraft, ClientEdits};
use crate::administration::invitations::InvitationDraft;
use crate::administration::organizations::{OrganizationDraft, OrganizationEdits};
use crate::input::{Edit, Input};
use crate::organization::{ClientId, Organization};
use crate::paging::PageRequest;
use crate::ports::Rate;
use crate::session::FRESH;
use crate::violation::{Field, Rule};

fn broken<T: Debug>(result: Result<T, AdminError>) -> Vec<(Field, Rule)> {
    match result {
        Err(AdminError::Invalid(violations)) => {
            violations.iter().map(|violation| (violation.field, violation.rule)).collect()
        }
        other => panic!("{other:?}"),
    }
}

async fn organization(world: &World, admin: &Administrator) -> Organization {
    let draft = OrganizationDraft {
        code: "acme".into(),
        name: "Acme".into(),
        callback_origins: vec!["https://Portal.acme.com:443".to_owned(), "https://portal.acme.com".to_owned()].into(),
        ..OrganizationDraft::default()
    };
    world.service.create_organization(admin, draft, &context()).await.unwrap()
}

fn client_draft(networks: &[&str]) -> ClientDraft {
    let networks: Vec<String> = networks.iter().map(|&network| network.to_owned()).collect();
    ClientDraft { id: "crm".into(), name: "CRM".into(), networks: networks.into(), ..ClientDraft::default() }
}

#[tokio::test]
async fn all_violations_of_an_organization_or_client_are_reported_at_once() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let draft = OrganizationDraft {
        code: "a b".into(),
        name: Input::Absent,
        callback_origins: vec!["http://portal.acme.com".to_owned()].into(),
        allows_self_named_administrators: Input::Mistyped,
        ..OrganizationDraft::default()
    };
    assert_eq!(
        broken(world.service.create_organization(&admin, draft, &context()).await),
        [
            (Field::OrganizationCode, Rule::Malformed),
            (Field::Name, Rule::Required),
            (Field::CallbackOrigins, Rule::Malformed),
            (Field::SelfNamedAdministrators, Rule::MustBeBoolean),
        ]
    );
    let draft = ClientDraft {
        id: "".into(),
        name: Input::Mistyped,
        organization: uuid::Uuid::from_u128(1).to_string().into(),
        callback_origins: vec!["https://a.org".to_owned(); 51].into(),
        redirect_uris: Input::Mistyped,
        networks: vec!["0.0.0.0/0".to_owned()].into(),
        ..ClientDraft::default()
    };
    assert_eq!(
        broken(world.service.create_client(&admin, draft, &context()).await),
        [
            (Field::ClientId, Rule::Required),
            (Field::Name, Rule::MustBeText),
            (Field::CallbackOrigins, Rule::TooLong { max: 50 }),
            (Field::RedirectUris, Rule::MustBeList),
            (Field::Networks, Rule::OutOfRange),
            (Field::Organization, Rule::Unknown),
        ]
    );
    assert!(world.store.organizations().is_empty() && world.store.clients().is_empty());
}

#[tokio::test]
async fn an_organization_is_changed_by_version_and_deleted_when_empty() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let user = world.account(Role::User).await;
    let (service, context) = (&world.service, context());
    let acme = organization(&world, &admin).await;
    assert_eq!(acme.callback_origins, ["https://portal.acme.com"]);
    let again = OrganizationDraft { code: "acme".into(), name: "Other".into(), ..OrganizationDraft::default() };
    assert_eq!(why(service.create_organization(&admin, again, &context).await), "CodeTaken");
    let edits = OrganizationEdits { callback_origins: Edit::Clear, ..OrganizationEdits::default() };
    world.tick();
    let stale = service.change_organization(&admin, acme.id, edits.clone(), Some(2), &context).await;
    assert_eq!(why(stale), "VersionMismatch");
    let changed = service.change_organization(&admin, acme.id, edits, Some(1), &context).await.unwrap();
    assert_eq!((changed.version, changed.callback_origins.len()), (2, 0));
    let nameless = OrganizationEdits { name: Edit::Clear, ..OrganizationEdits::default() };
    let nameless = service.change_organization(&admin, acme.id, nameless, None, &context).await;
    assert_eq!(broken(nameless), [(Field::Name, Rule::CannotBeCleared)]);

    world.tick();
    let role = OrganizationRole::Administrator;
    let member = service.set_membership(&admin, acme.id, user.id, role, &context).await.unwrap();
    assert_eq!((member.organization, member.organization_role), (Some(acme.id), Some(role)));
    let members = service.list_members(&admin, acme.id, PageRequest::default()).await.unwrap();
    assert_eq!(members.items, [member]);
    assert_eq!(why(service.delete_organization(&admin, acme.id, &context).await), "NotEmpty");
    world.tick();
    service.remove_membership(&admin, acme.id, user.id, &context).await.unwrap();
    world.tick();
    assert_eq!(why(service.remove_membership(&admin, acme.id, user.id, &context).await), "NotFound");
    service.delete_organization(&admin, acme.id, &context).await.unwrap();
    assert_eq!(why(service.list_members(&admin, acme.id, PageRequest::default()).await), "NotFound");
    let events: Vec<_> = world.trail().into_iter().map(|(event, actor, ..)| (event, actor)).collect();
    let by = |event| (event, Actor::Account(admin.id()));
    assert_eq!(
        events,
        [
            by(AuditEvent::OrganizationCreated),
            by(AuditEvent::OrganizationChanged),
            by(AuditEvent::MembershipChanged),
            by(AuditEvent::MembershipChanged),
            by(AuditEvent::OrganizationDeleted),
        ]
    );
}

#[tokio::test]
async fn an_organization_with_clients_is_not_deleted() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let acme = organization(&world, &admin).await;
    let draft = ClientDraft { organization: acme.id.to_string().into(), ..client_draft(&[]) };
    let client = world.service.create_client(&admin, draft, &context()).await.unwrap();
    assert_eq!(why(world.service.delete_organization(&admin, acme.id, &context()).await), "NotEmpty");
    let edits = ClientEdits { organization: Edit::Clear, ..ClientEdits::default() };
    world.service.change_client(&admin, &client.id, edits, Some(1), &context()).await.unwrap();
    assert!(world.service.delete_organization(&admin, acme.id, &context()).await.is_ok());
}

#[tokio::test]
async fn only_callbacks_of_the_named_organization_are_accepted() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let acme = organization(&world, &admin).await;
    let with = |organization: Option<&Organization>| RegistrationDraft {
        callback_url: "https://portal.acme.com/welcome".into(),
        organization: organization.map(|organization| organization.id.to_string()).into(),
        ..draft("john@acme.com")
    };
    assert!(world.register(with(Some(&acme))).await.is_ok());
    assert!(why(world.register(with(None)).await).contains("OriginNotAllowed"));
}

#[tokio::test]
async fn clients_that_call_from_a_registered_network_are_not_counted() {
    let world = World::with(|_, settings| settings.limits.registrations = Rate::new(1, DAY));
    let admin = world.admin(Role::Admin).await;
    let number = AtomicU32::new(0);
    let register = async |address: &str| {
        let rules = RegistrationRules::native("native");
        let email = format!("john.{}@acme.com", number.fetch_add(1, Ordering::Relaxed));
        let client = Client::at(address.parse().unwrap());
        let request =
            RegisterRequest { draft: draft(&email), rules: &rules, context: client.into(), idempotency_key: None };
        why(world.service.register(request).await)
    };
    let taken = "it succeeded";
    assert_eq!(register("192.0.2.7").await, taken);
    assert!(register("192.0.2.7").await.contains("Limited"));
    let client = world.service.create_client(&admin, client_draft(&["192.0.2.0/24"]), &context()).await.unwrap();
    assert_eq!(why(world.service.create_client(&admin, client_draft(&[]), &context()).await), "ClientTaken");
    for address in ["192.0.2.7", "192.0.2.7", "::ffff:192.0.2.8", "::ffff:192.0.2.8"] {
        assert_eq!(register(address).await, taken, "{address}");
    }
    assert_eq!(register("198.51.100.7").await, taken);
    assert!(register("198.51.100.7").await.contains("Limited"));
    world.service.delete_client(&admin, &client.id, &context()).await.unwrap();
    assert!(register("192.0.2.7").await.contains("Limited"));
    let unknown = ClientId::parse("crm").unwrap();
    assert_eq!(why(world.service.delete_client(&admin, &unknown, &context()).await), "NotFound");
}

#[tokio::test]
async fn giving_others_data_or_power_requires_a_recent_password_and_a_name_does_not() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let acme = organization(&world, &admin).await;
    world.clock.advance(FRESH);
    let change = async |admin: &Administrator, edits: &OrganizationEdits| {
        let edits = OrganizationEdits { name: "Other".into(), ..edits.clone() };
        world.service.change_organization(admin, acme.id, edits, None, &context()).await
    };
    let origins = |origin: &str| OrganizationEdits {
        callback_origins: Edit::Set(vec![origin.to_owned()]),
        ..OrganizationEdits::default()
    };
    let allows =
        |flag| OrganizationEdits { allows_self_named_administrators: Edit::Set(flag), ..OrganizationEdits::default() };
    let none = OrganizationEdits { callback_origins: Edit::Clear, ..OrganizationEdits::default() };
    let refused = "NotPermitted(ReauthenticationRequired)";
    for edits in [&origins("https://evil.example"), &none, &allows(true)] {
        assert_eq!(why(change(&admin, edits).await), refused, "{edits:?}");
    }
    assert_eq!(world.service.read_organization(&admin, acme.id).await.unwrap(), acme, "nothing was changed");
    for same in [&origins("https://portal.acme.com"), &allows(false)] {
        assert_eq!(change(&admin, same).await.unwrap().name, "Other", "{same:?}");
    }
    let fresh = world.admin(Role::Admin).await;
    assert_eq!(
        change(&fresh, &origins("https://other.example")).await.unwrap().callback_origins,
        ["https://other.example"]
    );
    assert!(change(&fresh, &allows(true)).await.unwrap().allows_self_named_administrators);
    assert_eq!(why(change(&admin, &allows(false)).await), refused);
}

#[tokio::test]
async fn an_organization_that_gives_others_data_or_power_is_made_with_a_password_that_was_just_given() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    world.clock.advance(FRESH);
    let plain = OrganizationDraft { code: "acme".into(), name: "Acme".into(), ..OrganizationDraft::default() };
    let origins = vec!["https://evil.example".to_owned()];
    let fresh = world.admin(Role::Admin).await;
    for (code, draft) in [
        ("origins", OrganizationDraft { callback_origins: origins.into(), ..plain.clone() }),
        ("allows", OrganizationDraft { allows_self_named_administrators: true.into(), ..plain.clone() }),
    ] {
        let draft = OrganizationDraft { code: code.into(), ..draft };
        let made = async |admin| world.service.create_organization(admin, draft.clone(), &context()).await;
        assert_eq!(why(made(&admin).await), "NotPermitted(ReauthenticationRequired)", "{code}");
        assert!(made(&fresh).await.is_ok(), "{code}");
    }
    assert!(world.service.create_organization(&admin, plain, &context()).await.is_ok());
}

#[tokio::test]
async fn an_administrator_of_an_organization_is_named_or_invited_with_a_password_that_was_just_given() {
    let world = World::new();
    let (admin, user) = (world.admin(Role::Admin).await, world.account(Role::User).await);
    let acme = organization(&world, &admin).await;
    let (service, context) = (&world.service, context());
    world.clock.advance(FRESH);
    let fresh = world.admin(Role::Admin).await;
    let refused = "NotPermitted(ReauthenticationRequired)";

    let name = async |admin, role| service.set_membership(admin, acme.id, user.id, role, &context).await;
    assert!(name(&admin, OrganizationRole::Member).await.is_ok());
    assert_eq!(why(name(&admin, OrganizationRole::Administrator).await), refused);
    assert_eq!(world.stored(user.id).organization_role, Some(OrganizationRole::Member));
    assert!(name(&fresh, OrganizationRole::Administrator).await.is_ok());
    assert!(name(&admin, OrganizationRole::Administrator).await.is_ok(), "the role that it has");
    assert!(name(&admin, OrganizationRole::Member).await.is_ok());

    let draft = |email: &str, role: &str| InvitationDraft {
        email: email.into(),
        organization: acme.id.to_string().into(),
        organization_role: role.into(),
        ..InvitationDraft::default()
    };
    assert!(service.invite(&admin, draft("member@acme.com", "member"), &context).await.is_ok());
    let of_administrator = draft("new@acme.com", "administrator");
    assert_eq!(why(service.invite(&admin, of_administrator.clone(), &context).await), refused);
    let invitation = service.invite(&fresh, of_administrator, &context).await.unwrap();
    assert_eq!(why(service.resend_invitation(&admin, invitation.id, &context).await), refused);
    assert!(service.resend_invitation(&fresh, invitation.id, &context).await.is_ok());
}
