//! What the operator does.

use super::import::{ImportOutcome, ImportedAccount};
use super::super_admin::{SuperAdminError, SuperAdminOffer};
use super::*;
use crate::account::OrganizationRole;
use crate::account::details::ProfileEdits;
use crate::administration::organizations::OrganizationDraft;
use crate::administration::tests::{DAY, PASSWORD, World, draft, token_in, why};
use crate::input::Edit;
use crate::invitation::InvitationState;
use crate::name::UserName;
use crate::password::PassedPolicy;
use crate::violation::{Rule, Violation};

const HASH: &str = "$argon2id$v=19$m=1024,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$MsXas4v8AHvHhLsRtHaznoPVwqbYHwCMumXLMz613Xc";

fn context() -> CallContext {
    CallContext::by("operator")
}

async fn create(world: &World, email: &str, password: Option<&str>) -> Result<Created, OperatorError> {
    let wanted = OperatorAccount { email, role: Role::SuperAdmin, password: password.map(str::to_owned) };
    world.service.create_account_as_operator(wanted, PasswordPolicy::DEFAULT, &context()).await
}

fn imported(email: &str) -> ImportedAccount {
    ImportedAccount { email: email.to_owned(), verified: true, ..ImportedAccount::default() }
}

fn left_out(outcome: &ImportOutcome) -> Vec<(Field, Rule)> {
    let ImportOutcome::ImportedWithout(_, violations) = outcome else { panic!("{outcome:?}") };
    violations.iter().map(|violation| (violation.field, violation.rule)).collect()
}

fn broken(outcome: &ImportOutcome) -> Vec<(Field, Rule)> {
    let ImportOutcome::Refused(violations) = outcome else { panic!("{outcome:?}") };
    violations.iter().map(|violation| (violation.field, violation.rule)).collect()
}

#[tokio::test]
async fn the_operator_can_create_an_account_while_registration_is_closed() {
    let world = World::new();
    world.register(draft("root@acme.com")).await.unwrap();
    world.set_registration(r#"{"mode":"closed","refuses_pending":true}"#).await;
    world.tick();
    let Created::Account(account) = create(&world, "root@acme.com", Some(PASSWORD)).await.unwrap() else { panic!() };
    assert_eq!((account.role, account.verified_at), (Role::SuperAdmin, Some(account.created_at)));
    let (event, actor, about, detail) = world.trail().pop().unwrap();
    assert_eq!((event, actor, about), (AuditEvent::AccountCreated, Actor::Operator, Some(account.id)));
    assert_eq!(detail.as_deref(), Some("super_admin"));
    assert_eq!(world.store.registrations()[0].state, crate::registration::RegistrationState::Void);
    assert_eq!(why(create(&world, "ROOT@acme.com", Some(PASSWORD)).await), "AlreadyRegistered");
    assert_eq!(why(create(&world, "root@acme.com", None).await), "AlreadyRegistered");
}

#[tokio::test]
async fn without_a_password_the_address_is_invited_each_time() {
    let world = World::new();
    let Created::Invitation(first) = create(&world, "root@acme.com", None).await.unwrap() else { panic!() };
    assert_eq!((first.role, first.invited_by), (Role::SuperAdmin, None));
    let [mail] = world.mails().await.try_into().unwrap();
    world.tick();
    let Created::Invitation(second) = create(&world, "root@acme.com", None).await.unwrap() else { panic!() };
    assert_eq!(world.mails().await.len(), 1);
    let seen = world.service.inspect_invitation(&token_in(&mail, "invitation/"), &context()).await;
    assert_eq!(why(seen), "Gone(Expired)");
    let states: Vec<_> = world.store.invitations().iter().map(|found| (found.id, found.state)).collect();
    assert_eq!(states, [(first.id, InvitationState::Revoked), (second.id, InvitationState::Pending)]);
}

#[tokio::test]
async fn the_operator_gets_all_violations() {
    let world = World::new();
    let Err(OperatorError::Invalid(violations)) = create(&world, "root", Some("short")).await else { panic!() };
    let broken: Vec<_> = violations.iter().map(|violation| (violation.field, violation.rule)).collect();
    assert_eq!(broken, [(Field::Email, Rule::Malformed), (Field::Password, Rule::TooShort { min: 15 })]);
    assert!(world.store.accounts().is_empty());
}

#[tokio::test]
async fn an_account_that_was_disabled_stays_disabled() {
    let world = World::new();
    let disabled = ImportedAccount { disabled: true, ..imported("jane@acme.com") };
    let outcomes = world.service.import_accounts(vec![disabled, imported("joe@acme.com")], &context()).await.unwrap();
    let disabled_at = |outcome: &ImportOutcome| world.stored(outcome.account().unwrap()).disabled_at;
    assert_eq!(outcomes.iter().map(disabled_at).collect::<Vec<_>>(), [Some(world.clock_now()), None]);
}

#[tokio::test]
async fn an_import_keeps_good_accounts_and_reports_bad_ones() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let organization = OrganizationDraft { code: "acme".into(), name: "Acme".into(), ..OrganizationDraft::default() };
    let acme = world.service.create_organization(&admin, organization, &context()).await.unwrap();
    let long_ago = world.clock_now() - 1_000 * DAY;
    let good = ImportedAccount {
        password_hash: Some(HASH.to_owned()),
        details: ProfileEdits { name: "Jane".into(), user_name: "jane".into(), ..ProfileEdits::default() },
        created_at: Some(long_ago),
        organization: Some("acme".to_owned()),
        ..imported("jane@acme.com")
    };
    let bad = ImportedAccount {
        password_hash: Some("md5:5f4dcc3b5aa765d61d8327deb882cf99".to_owned()),
        details: ProfileEdits { country: "Moon".into(), bio: Edit::Mistyped, ..ProfileEdits::default() },
        created_at: Some(world.clock_now() + DAY),
        organization: Some("other".to_owned()),
        ..imported("john@acme.com")
    };
    let same_name = ImportedAccount { email: "jim@acme.com".to_owned(), ..good.clone() };
    let batch = vec![good.clone(), bad, imported("nobody"), same_name, good, imported("joe@acme.com")];
    let outcomes = world.service.import_accounts(batch.clone(), &context()).await.unwrap();
    let ImportOutcome::Imported(id) = outcomes[0] else { panic!("{outcomes:?}") };
    assert_eq!(
        broken(&outcomes[1]),
        [
            (Field::PasswordHash, Rule::Unknown),
            (Field::CreatedAt, Rule::OutOfRange),
            (Field::Organization, Rule::Unknown),
            (Field::Country, Rule::Unknown),
            (Field::Bio, Rule::MustBeText),
        ]
    );
    assert_eq!(broken(&outcomes[2]), [(Field::Email, Rule::Malformed)]);
    assert_eq!(left_out(&outcomes[3]), [(Field::UserName, Rule::Taken)]);
    assert_eq!(outcomes[4], ImportOutcome::AlreadyThere);
    assert!(matches!(outcomes[5], ImportOutcome::Imported(_)));
    let jane = world.stored(id);
    assert_eq!((jane.created_at, jane.verified_at, jane.role), (long_ago, Some(long_ago), Role::User));
    assert_eq!(jane.user_name, UserName::parse("jane").ok());
    assert_eq!((jane.organization, jane.organization_role), (Some(acme.id), Some(OrganizationRole::Member)));
    assert_eq!(jane.password_hash.unwrap().as_phc(), HASH);
    let created = world
        .trail()
        .into_iter()
        .filter(|(event, actor, ..)| (*event, *actor) == (AuditEvent::AccountCreated, Actor::Operator));
    assert_eq!(created.count(), 3);

    let rows = world.store.row_counts();
    let again = world.service.import_accounts(batch, &context()).await.unwrap();
    assert!(again.iter().all(|outcome| outcome.account().is_none()), "{again:?}");
    assert_eq!(world.store.row_counts(), rows);
}

#[tokio::test]
async fn a_detail_that_cannot_be_used_costs_no_account() {
    let world = World::new();
    let mut misread = Violations::default();
    misread.push(Field::Verified, Rule::MustBeBoolean);
    let account = ImportedAccount {
        password_hash: Some(HASH.to_owned()),
        verified: false,
        details: ProfileEdits {
            name: "Jane".into(),
            user_name: "j@ne".into(),
            country: "Moon".into(),
            language: "de_AT".into(),
            time_zone: "Moon".into(),
            date_of_birth: "1990-02-30".into(),
            newsletter: Edit::Mistyped,
            ..ProfileEdits::default()
        },
        created_at: Some(world.clock_now() + DAY),
        organization: Some("other".to_owned()),
        shown_in: Some("the moon".to_owned()),
        misread,
        ..imported(" jane@acme.com ")
    };
    let outcomes = world.service.import_accounts(vec![account], &context()).await.unwrap();
    assert_eq!(
        left_out(&outcomes[0]),
        [
            (Field::Verified, Rule::MustBeBoolean),
            (Field::CreatedAt, Rule::OutOfRange),
            (Field::Organization, Rule::Unknown),
            (Field::UserName, Rule::ForbiddenCharacter),
            (Field::Country, Rule::Unknown),
            (Field::TimeZone, Rule::Unknown),
            (Field::Newsletter, Rule::MustBeBoolean),
            (Field::DateOfBirth, Rule::Malformed),
        ]
    );
    let jane = world.stored(outcomes[0].account().unwrap());
    assert_eq!((jane.address.as_str(), jane.password_hash.unwrap().as_phc()), ("jane@acme.com", HASH));
    assert_eq!((jane.profile.name.as_deref(), jane.profile.language.as_deref()), (Some("Jane"), Some("de-AT")));
    assert_eq!(jane.profile.shown_in, None);
    assert_eq!((jane.user_name, jane.profile.country, jane.organization), (None, None, None));
    assert_eq!((jane.verified_at, jane.created_at), (None, world.clock_now()));
}

#[tokio::test]
async fn an_unverified_address_is_imported_once_and_gets_the_full_time_to_verify() {
    let world = World::new();
    let unproven = ImportedAccount {
        verified: false,
        created_at: Some(world.clock_now() - 1_000 * DAY),
        ..imported("jane@acme.com")
    };
    let batch = vec![unproven.clone(), unproven];
    let outcomes = world.service.import_accounts(batch, &context()).await.unwrap();
    assert_eq!(outcomes[1], ImportOutcome::AlreadyThere);
    let [account] = world.store.accounts().try_into().unwrap();
    assert_eq!((account.verified_at, account.created_at), (None, world.clock_now()));
    assert_eq!(world.service.housekeeping().tidy().await.unwrap().count("accounts"), 0);
}

#[tokio::test]
async fn an_export_goes_through_all_accounts_in_their_order() {
    let world = World::new();
    for _ in 0..5 {
        world.account(Role::User).await;
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let part = world.service.scan_accounts_for_export(after, 2).await.unwrap();
        let Some(last) = part.last() else { break };
        after = Some(last.id);
        seen.extend(part);
    }
    assert_eq!(seen, world.store.accounts());
}

#[tokio::test]
async fn all_violations_of_an_imported_account_are_reported_at_once() {
    let world = World::new();
    let mut misread = Violations::default();
    misread.push(Field::Verified, Rule::MustBeBoolean);
    let details = ProfileEdits { name: Edit::Mistyped, country: "Moon".into(), ..ProfileEdits::default() };
    let account = ImportedAccount {
        email: "no address".to_owned(),
        password_hash: Some("secret".to_owned()),
        details,
        misread,
        ..ImportedAccount::default()
    };
    let outcomes = world.service.import_accounts(vec![account], &context()).await.unwrap();
    let mut fields: Vec<_> = broken(&outcomes[0]).into_iter().map(|(field, _)| field).collect();
    fields.sort_unstable();
    assert_eq!(fields, [Field::Email, Field::Name, Field::Country, Field::PasswordHash, Field::Verified]);
    assert_eq!(world.store.accounts().len(), 0);
}

#[tokio::test]
async fn an_imported_verified_account_ends_registrations_of_its_address() {
    let world = World::new();
    let unproven = ImportedAccount { verified: false, ..imported("john@acme.com") };
    for account in [unproven, imported("john@acme.com")] {
        let outcomes = world.service.import_accounts(vec![account], &context()).await.unwrap();
        assert!(matches!(outcomes[..], [ImportOutcome::Imported(_)]), "{outcomes:?}");
    }
    let accounts = world.store.accounts();
    assert_eq!(accounts.iter().map(|account| account.verified_at.is_some()).collect::<Vec<_>>(), [true]);
}

fn offer(token: &str) -> SuperAdminOffer {
    let (token, password) = (token.to_owned().into(), PASSWORD.to_owned().into());
    SuperAdminOffer { token, email: "root@acme.com".to_owned(), password }
}

async fn create_by_token(world: &World, presented: &str, offered: &str) -> Result<Account, SuperAdminError> {
    let policy = PasswordPolicy::DEFAULT;
    world.service.create_super_admin_by_token(presented, &offer(offered), policy, &context()).await
}

const SETUP_TOKEN: &str = "a-configured-token-of-many-bytes";

#[tokio::test]
async fn a_configured_token_creates_one_super_admin_only() {
    let world = World::new();
    let account = create_by_token(&world, SETUP_TOKEN, SETUP_TOKEN).await.unwrap();
    assert_eq!((account.role, account.address.as_str()), (Role::SuperAdmin, "root@acme.com"));
    assert!(account.verified_at.is_some());
    assert!(matches!(create_by_token(&world, SETUP_TOKEN, SETUP_TOKEN).await, Err(SuperAdminError::Used)));
    assert!(matches!(create_by_token(&world, "another-token", SETUP_TOKEN).await, Err(SuperAdminError::Used)));
    // All administrators are gone, years have passed, and housekeeping was done.
    let deleted = world.commit(async |unit| unit.delete_account(account.id, account.version).await.unwrap()).await;
    assert_eq!(deleted, crate::ports::store::Update::Applied);
    world.clock.advance(4_000 * DAY);
    world.service.housekeeping().tidy().await.unwrap();
    assert!(matches!(create_by_token(&world, SETUP_TOKEN, SETUP_TOKEN).await, Err(SuperAdminError::Used)));
}

#[tokio::test]
async fn other_short_and_missing_tokens_are_wrong() {
    let world = World::new();
    for (presented, offered) in [("", ""), ("short", "short"), ("", SETUP_TOKEN), ("A-CONFIGURED", SETUP_TOKEN)] {
        let result = create_by_token(&world, presented, offered).await;
        assert!(matches!(result, Err(SuperAdminError::WrongToken)), "{presented:?}");
    }
    assert!(world.store.accounts().is_empty());
}

#[tokio::test]
async fn a_failed_use_does_not_spend_the_token() {
    let world = World::new();
    let taken = world.insert(world.new_account("root@acme.com", Role::User)).await;
    let refused = create_by_token(&world, SETUP_TOKEN, SETUP_TOKEN).await;
    assert!(matches!(refused, Err(SuperAdminError::Refused(OperatorError::AlreadyRegistered))));
    let _ = world.commit(async |unit| unit.delete_account(taken.id, taken.version).await.unwrap()).await;
    assert!(create_by_token(&world, SETUP_TOKEN, SETUP_TOKEN).await.is_ok());
}

/// As the operator may configure it: eight characters, of whatever kind.
const WEAK_POLICY: PasswordPolicy = PasswordPolicy { name: "form", min: 8, ..PasswordPolicy::PERMISSIVE };
const WEAK: &str = "a1-lamp-q";

fn passed(account: &Account) -> Option<PassedPolicy> {
    account.password_hash.as_ref().unwrap().passed()
}

#[tokio::test]
async fn an_administrator_made_by_the_operator_has_a_password_of_the_default_policy() {
    let world = World::new();
    let create = async |role: Role, password: &str| {
        let email = format!("{}{}@acme.com", role.name(), password.len());
        let wanted = OperatorAccount { email: &email, role, password: Some(password.to_owned()) };
        world.service.create_account_as_operator(wanted, WEAK_POLICY, &context()).await
    };
    for role in [Role::Admin, Role::SuperAdmin] {
        let Err(OperatorError::Invalid(violations)) = create(role, WEAK).await else { panic!("{role:?}") };
        assert_eq!(violations, Violation::new(Field::Password, Rule::TooShort { min: 15 }).into());
        let Created::Account(account) = create(role, PASSWORD).await.unwrap() else { panic!("{role:?}") };
        assert_eq!(passed(&account), Some(PassedPolicy::Default));
    }
    let Created::Account(account) = create(Role::User, WEAK).await.unwrap() else { panic!() };
    assert_eq!(passed(&account), Some(PassedPolicy::Weaker));
}

#[tokio::test]
async fn the_super_admin_of_a_configured_token_has_a_password_of_the_default_policy() {
    let world = World::new();
    let weak = SuperAdminOffer { password: WEAK.to_owned().into(), ..offer(SETUP_TOKEN) };
    let refused = world.service.create_super_admin_by_token(SETUP_TOKEN, &weak, WEAK_POLICY, &context()).await;
    let Err(SuperAdminError::Refused(OperatorError::Invalid(violations))) = refused else { panic!("{refused:?}") };
    assert_eq!(violations, Violation::new(Field::Password, Rule::TooShort { min: 15 }).into());
    assert!(world.store.accounts().is_empty());
    let good = offer(SETUP_TOKEN);
    let account = world.service.create_super_admin_by_token(SETUP_TOKEN, &good, WEAK_POLICY, &context()).await.unwrap();
    assert_eq!(passed(&account), Some(PassedPolicy::Default));
}

#[tokio::test]
async fn what_an_imported_password_is_worth_is_unknown() {
    let world = World::new();
    let account = ImportedAccount { password_hash: Some(HASH.to_owned()), ..imported("jane@acme.com") };
    world.service.import_accounts(vec![account], &context()).await.unwrap();
    let [jane] = <[Account; 1]>::try_from(world.store.accounts()).unwrap();
    assert_eq!(passed(&jane), None);
    let admin = world.admin(Role::SuperAdmin).await;
    assert_eq!(why(world.service.set_role(&admin, jane.id, Role::Admin, &context()).await), "WeakPassword");
}
