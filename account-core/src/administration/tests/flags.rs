//! Features, and what they are obeyed by.

use super::*;
use crate::account::details::ProfileEdits;
use crate::administration::AdminError;
use crate::administration::invitations::InvitationDraft;
use crate::administration::organizations::OrganizationDraft;
use crate::consent::GivenConsent;
use crate::invitation::redeem::AcceptRequest;
use crate::operator::import::{ImportOutcome, ImportedAccount};
use crate::password::policy::PasswordPolicy;
use crate::ports::store::Update;
use crate::registration::Ending;
use crate::registration::resend::ResendTarget;
use crate::registration::verify::{CompletedRegistration, Proof, Spend, VerifyError, VerifyRequest};
use crate::service::RegistrationNotice;
use crate::service::Way;

const CLOSED: &str = r#"{"mode":"closed","reason":"Until May"}"#;

fn closed(reason: Option<&str>) -> String {
    format!("Closed {{ reason: {reason:?} }}")
}

async fn verify(world: &World, spend: Spend, proof: Proof) -> Result<CompletedRegistration, VerifyError> {
    let request = VerifyRequest { spend, proof, password_policy: PasswordPolicy::DEFAULT, context: context() };
    world.service.verify_email(request).await
}

#[tokio::test]
async fn closed_registration_creates_no_rows_in_any_mode() {
    let world = World::new();
    for (value, reason) in [
        (CLOSED, Some("Until May")),
        (r#"{"mode":"invitation_only"}"#, None),
        (r#"{"mode":"restricted","domains":["example.org"],"reason":"Staff only"}"#, Some("Staff only")),
    ] {
        world.set_registration(value).await;
        let rows = world.store.row_counts();
        assert_eq!(why(world.register(draft("john@acme.com")).await), closed(reason));
        assert_eq!(world.store.row_counts(), rows, "{value}");
    }
    assert!(world.register(draft("john@example.org")).await.is_ok());
    world.set_registration("{}").await;
    world.set_feature(FeatureName::PasswordRegistration, r#"{"enabled":false}"#).await;
    assert_eq!(why(world.register(draft("john@acme.com")).await), closed(None));
}

#[tokio::test]
async fn the_registration_notice_is_shown_before_registering() {
    let world = World::new();
    let notice = async || world.service.registration_notice().await.unwrap();
    let told = |reason: Option<&str>| Some(RegistrationNotice { reason: reason.map(str::to_owned) });
    assert_eq!(notice().await, None);
    for (value, expected) in [
        (CLOSED, told(Some("Until May"))),
        (r#"{"mode":"invitation_only"}"#, told(None)),
        (r#"{"mode":"restricted","domains":["example.org"],"reason":"Staff only"}"#, None),
        ("{}", None),
    ] {
        world.set_registration(value).await;
        assert_eq!(notice().await, expected, "{value}");
    }
}

#[tokio::test]
async fn restricted_registration_admits_listed_organizations() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let draft_of = |code: &str| OrganizationDraft { code: code.into(), name: "Acme".into(), ..Default::default() };
    let listed = world.service.create_organization(&admin, draft_of("a"), &context()).await.unwrap();
    let other = world.service.create_organization(&admin, draft_of("b"), &context()).await.unwrap();
    world.set_registration(&format!(r#"{{"mode":"restricted","organizations":["{}"]}}"#, listed.id)).await;
    let with = |id: String| RegistrationDraft { organization: id.into(), ..draft("john@acme.com") };
    assert!(world.register(with(listed.id.to_string())).await.is_ok());
    assert_eq!(why(world.register(with(other.id.to_string())).await), closed(None));
}

#[tokio::test]
async fn a_changed_flag_reaches_other_instances_within_half_a_second() {
    let world = World::new();
    let other = world.another_instance();
    assert!(register_with(&other, draft("john@acme.com")).await.is_ok());
    world.set_registration(CLOSED).await;
    // The other's snapshot is still in use; but what it writes is held to the switch.
    let rows = world.store.row_counts();
    assert_eq!(why(register_with(&other, draft("jane@acme.com")).await), closed(Some("Until May")));
    assert_eq!(world.store.row_counts(), rows);
    assert_eq!(other.snapshot().await.unwrap().flags.closed_to_all(Way::Password), Ok(()));
    world.clock.advance(Duration::from_millis(500));
    assert!(other.snapshot().await.unwrap().flags.closed_to_all(Way::Password).is_err());
}

#[tokio::test]
async fn without_the_store_the_snapshot_is_used_for_five_seconds() {
    let world = World::new();
    world.register(draft("john@acme.com")).await.unwrap();
    // A value that cannot be read is as good as none.
    let damaged = crate::feature::StoredFeature {
        name: FeatureName::Newsletter,
        value: "damaged".to_owned(),
        version: 1,
        updated_at: world.clock.now(),
        updated_by: None,
    };
    let _ = world.commit(async |unit| unit.put_feature(&damaged).await.unwrap()).await;
    world.clock.advance(Duration::from_millis(4_999));
    assert!(world.service.snapshot().await.is_ok());
    world.clock.advance(Duration::from_millis(1));
    assert!(world.service.snapshot().await.is_err());
    assert!(why(world.register(draft("jane@acme.com")).await).contains("Unavailable"));
}

#[tokio::test]
async fn a_changed_flag_applies_at_once_on_its_own_instance() {
    let world = World::new();
    world.register(draft("john@acme.com")).await.unwrap();
    world.set_registration(CLOSED).await;
    assert!(world.service.snapshot().await.unwrap().flags.closed_to_all(Way::Password).is_err());
}

#[tokio::test]
async fn earlier_registrations_are_completed_unless_the_mode_refuses_them() {
    let world = World::new();
    let accepted = world.register(draft("john@acme.com")).await.unwrap();
    let [mail] = world.mails().await.try_into().unwrap();
    let (token, code) = (
        token_in(&mail, ""),
        match &mail.content {
            MailContent::VerifyAddress { code: Some(code), .. } => code.expose().to_owned(),
            other => panic!("{other:?}"),
        },
    );
    let proof = || Proof { continuations: vec![accepted.continuation.clone()], ..Proof::default() };
    let fresh = || Proof { new_password: "a quiet lemon under the table".into(), ..Proof::default() };
    world.set_registration(r#"{"mode":"closed","refuses_pending":true}"#).await;
    let before = (world.store.registrations(), world.store.tokens(), world.store.outbox());
    for (spend, proof) in [
        (Spend::Token(token.clone()), proof()),
        (Spend::Token(token.clone()), fresh()),
        (Spend::Code { registration: accepted.registration, code }, proof()),
    ] {
        assert_eq!(why(verify(&world, spend, proof).await), closed(None));
    }
    let inspected = world.service.inspect_token(&token, &[], &Client::default()).await;
    assert_eq!(why(inspected), closed(None));
    assert_eq!((world.store.registrations(), world.store.tokens(), world.store.outbox()), before);
    world.set_registration(CLOSED).await;
    assert!(verify(&world, Spend::Token(token), proof()).await.is_ok());
}

#[tokio::test]
async fn an_expired_registration_is_not_renewed_if_it_could_not_be_completed() {
    let world = World::new();
    world.register(draft("john@acme.com")).await.unwrap();
    world.mails().await;
    world.clock.advance(2 * DAY);
    world.set_registration(r#"{"mode":"invitation_only","refuses_pending":true}"#).await;
    let before = world.store.registrations();
    let resend = || async {
        let target = ResendTarget::Address("john@acme.com".into());
        world.service.resend_verification(target, &Client::default()).await.unwrap();
        world.mails().await.len()
    };
    assert_eq!(resend().await, 0);
    assert_eq!(world.store.registrations(), before);
    assert_eq!(world.store.outbox().len(), 1, "nothing is left of the request");
    world.set_registration("{}").await;
    assert_eq!(resend().await, 1);
}

#[tokio::test]
async fn no_mode_discloses_a_taken_address_to_the_holder() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let organization = OrganizationDraft { code: "a".into(), name: "Acme".into(), ..Default::default() };
    let listed = world.service.create_organization(&admin, organization, &context()).await.unwrap();
    let with = |email: &str| RegistrationDraft { organization: listed.id.to_string().into(), ..draft(email) };
    let pending = world.register(with("john@acme.com")).await.unwrap();
    let taken = world.register(with("jane@acme.com")).await.unwrap();
    let ended = world.commit(async |unit| unit.end_registration(taken.registration, Ending::Void).await);
    assert_eq!(ended.await.unwrap(), Update::Applied);
    let restricted = format!(r#"{{"mode":"restricted","organizations":["{}"],"refuses_pending":true}}"#, listed.id);
    for (value, expected) in [
        (restricted.as_str(), "WrongProof(Code)"),
        (r#"{"mode":"restricted","domains":["example.org"],"refuses_pending":true}"#, "Closed { reason: None }"),
    ] {
        world.set_registration(value).await;
        for held in [&pending, &taken] {
            let proof = Proof { continuations: vec![held.continuation.clone()], ..Proof::default() };
            let spend = Spend::Code { registration: held.registration, code: "00000000".to_owned() };
            assert_eq!(why(verify(&world, spend, proof).await), expected, "{value}");
        }
    }
}

#[tokio::test]
async fn without_the_newsletter_its_consent_is_not_stored() {
    let world = World::new();
    let wanted = || RegistrationDraft { newsletter: true.into(), ..draft("john@acme.com") };
    world.register(wanted()).await.unwrap();
    world.set_feature(FeatureName::Newsletter, r#"{"enabled":false}"#).await;
    world.register(wanted()).await.unwrap();
    let kept: Vec<bool> =
        world.store.registrations().iter().map(|registration| registration.choices.profile.newsletter).collect();
    assert_eq!(kept, [true, false]);
}

#[tokio::test]
async fn without_the_newsletter_nobody_can_consent_later() {
    let world = World::new();
    let wanted = || ProfileEdits { newsletter: true.into(), ..ProfileEdits::default() };
    let (admin, user) = (world.admin(Role::Admin).await, world.account(Role::User).await);
    let caller = world.session(&user).await.verified().unwrap();
    let before = RegistrationDraft { newsletter: true.into(), ..draft("john@acme.com") };
    let held = world.register(before).await.unwrap();
    let [mail] = world.mails().await.try_into().unwrap();
    world
        .service
        .invite(&admin, InvitationDraft { email: "jane@acme.com".into(), ..Default::default() }, &context())
        .await
        .unwrap();
    let [invitation] = world.mails().await.try_into().unwrap();
    let (consented, id) = (world.account(Role::User).await, user.id);
    let by_itself = world.session(&consented).await.verified().unwrap();
    world.service.change_details(&by_itself, wanted(), None, &context()).await.unwrap();
    world.set_feature(FeatureName::Newsletter, r#"{"enabled":false}"#).await;

    let unchanged = world.service.change_details(&caller, wanted(), None, &context()).await.unwrap();
    assert_eq!(unchanged, user);
    let unchanged = world.service.change_account_details(&admin, id, wanted(), None, &context()).await.unwrap();
    assert_eq!(unchanged, user);
    let proof = Proof { continuations: vec![held.continuation], ..Proof::default() };
    let completed = verify(&world, Spend::Token(token_in(&mail, "")), proof).await.unwrap().account;
    let request = AcceptRequest {
        token: token_in(&invitation, "invitation/"),
        password: PASSWORD.into(),
        edits: wanted(),
        consent: GivenConsent::default(),
        password_policy: PasswordPolicy::DEFAULT,
        context: context(),
    };
    let accepted = world.service.accept_invitation(request).await.unwrap().account;
    let imported = ImportedAccount { email: "jack@acme.com".to_owned(), details: wanted(), ..Default::default() };
    let outcomes = world.service.import_accounts(vec![imported], &context()).await.unwrap();
    let [ImportOutcome::Imported(imported)] = outcomes[..] else { panic!("{outcomes:?}") };
    for id in [completed.id, accepted.id, imported] {
        assert!(!world.stored(id).profile.newsletter);
    }
    let edits = ProfileEdits { name: "Jim".into(), ..ProfileEdits::default() };
    let kept = world.service.change_details(&by_itself, edits, None, &context()).await.unwrap();
    assert!(kept.profile.newsletter, "consent from before is not touched");
}

#[tokio::test]
async fn nobody_is_invited_while_registration_is_closed() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let draft = InvitationDraft { email: "john@acme.com".into(), ..InvitationDraft::default() };
    world.set_registration(r#"{"mode":"invitation_only"}"#).await;
    let invited = world.service.invite(&admin, draft.clone(), &context()).await.unwrap();
    world.set_registration(CLOSED).await;
    let refused = "RegistrationClosed { reason: Some(\"Until May\") }";
    let draft = InvitationDraft { email: "jane@acme.com".into(), ..draft };
    assert_eq!(why(world.service.invite(&admin, draft, &context()).await), refused);
    assert_eq!(why(world.service.resend_invitation(&admin, invited.id, &context()).await), refused);
}

#[tokio::test]
async fn a_flag_is_changed_by_version_and_audited() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let name = FeatureName::AccountRegistration;
    let set = async |value: &str, version| world.service.set_feature(&admin, name, value, version, &context()).await;
    let views = world.service.features(&admin).await.unwrap();
    assert_eq!(
        views.iter().map(|view| (view.name, view.version)).collect::<Vec<_>>(),
        FeatureName::ALL.map(|n| (n, 0))
    );
    assert_eq!(why(set(CLOSED, Some(1)).await), "VersionMismatch");
    let view = set(CLOSED, Some(0)).await.unwrap();
    assert_eq!((view.version, view.updated_by), (1, Some(admin.id())));
    assert_eq!(why(set("{}", Some(0)).await), "VersionMismatch");
    let unknown = format!(r#"{{"organizations":["{}"]}}"#, uuid::Uuid::from_u128(1));
    for value in ["nonsense", "[]", &unknown] {
        assert!(matches!(set(value, None).await, Err(AdminError::Invalid(_))), "{value}");
    }
    assert_eq!(world.service.features(&admin).await.unwrap()[0], view);
    let detail = Some("account-registration closed".to_owned());
    assert_eq!(world.trail(), [(AuditEvent::FeatureChanged, Actor::Account(admin.id()), None, detail)]);
}
