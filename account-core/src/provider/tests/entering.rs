//! Registering and signing in.

use super::*;
use crate::account::Account;
use crate::audit::AuditEvent;
use crate::client::WideNetwork;
use crate::feature::FeatureName;
use crate::password::PasswordHash;
use crate::ports::{HashingSlot, Overloaded, PasswordHasher, Urgency};
use crate::profile::Source;

#[tokio::test]
async fn a_new_person_registers_by_mail_whatever_the_provider_says() {
    for provider in PROVIDERS {
        for is_verified in [Some(true), Some(false), None] {
            let scene = Scene::new();
            let person = FakePerson { is_verified, ..owner(EMAIL) };
            let accepted = scene.registered(provider, person).await;
            assert!(scene.world.store.accounts().is_empty() && scene.world.store.identities().is_empty());
            let token = link_in(&scene.world.mail("verify-address").await);
            let completed = scene.redeem(&token, Proof::continuation(accepted.continuation)).await.unwrap();
            assert_eq!(completed.account.id, accepted.registration.into());
            assert_eq!(completed.account.password_hash, None);
            assert!(completed.session.is_some());
            let [identity] = <[Identity; 1]>::try_from(scene.world.store.identities()).unwrap();
            assert_eq!((identity.owner, &identity.key.provider), (completed.account.id, &named(provider)));
            let signed_in = scene.signed_in(provider, person).await;
            assert_eq!(signed_in.account.id, completed.account.id);
        }
    }
}

#[tokio::test]
async fn a_registration_keeps_what_the_provider_knows_with_its_source() {
    let scene = Scene::new();
    scene.registered("google", owner(EMAIL)).await;
    let [registration] = <[_; 1]>::try_from(scene.world.store.registrations()).unwrap();
    let profile = &registration.choices.profile;
    assert_eq!(profile.given_name.as_deref(), Some("Person"));
    assert_eq!(profile.language.as_deref(), Some("de-AT"));
    for field in ["name", "given_name", "family_name", "language"] {
        assert_eq!(profile.sources.get(field), Some(&Source::Provider), "{field}");
    }
    let identity = registration.choices.identity.unwrap();
    assert_eq!(identity.account.label.as_deref(), Some(EMAIL));
    assert_eq!(identity.account.picture_url.as_deref(), Some("https://pictures.example/1.png"));
    assert_eq!(registration.password_hash, None);
}

#[tokio::test]
async fn what_the_person_said_before_is_kept_in_place_of_what_the_provider_knows() {
    let scene = Scene::new();
    let draft = RegistrationDraft { name: "Jo".into(), language: "fr".into(), ..RegistrationDraft::default() };
    let purpose = FlowPurpose::Register { draft: Box::new(draft), rules: &scene.rules };
    let begun = scene.begin("google", purpose, None).await.unwrap();
    let back = scene.let_in("google", &begun, owner(EMAIL));
    scene.finish(scene.back("google", &begun, back)).await.unwrap();
    let [registration] = <[_; 1]>::try_from(scene.world.store.registrations()).unwrap();
    let profile = registration.choices.profile;
    assert_eq!((profile.name.as_deref(), profile.given_name), (Some("Jo"), None));
    assert_eq!(profile.language.as_deref(), Some("fr"));
    assert!(profile.sources.is_empty(), "{:?}", profile.sources);
}

#[tokio::test]
async fn no_hash_is_computed() {
    let scene = Scene::with(|ports, _| ports.password_hasher = Arc::new(NoHashes));
    scene.account("google", owner(EMAIL)).await;
    scene.signed_in("google", owner(EMAIL)).await;
    assert!(scene.world.service.place(Urgency::SignIn, &crate::client::Client::default()).is_err());
}

/// Workers that have no place for anything.
struct NoHashes;

impl PasswordHasher for NoHashes {
    fn admit(&self, _: Urgency, _: Option<WideNetwork>) -> Result<Box<dyn HashingSlot>, Overloaded> {
        Err(Overloaded { retry_after: std::time::Duration::from_secs(1) })
    }

    fn is_current(&self, _: &PasswordHash) -> bool {
        true
    }
}

#[tokio::test]
async fn the_answer_and_the_rows_are_the_same_whether_or_not_the_address_has_an_account() {
    let mut seen = Vec::new();
    for change in ["new", "taken", "pending", "disabled"] {
        let scene = Scene::new();
        match change {
            "taken" => drop(scene.world.account(EMAIL).await),
            "disabled" => {
                let disable = |account: &mut Account| account.disabled_at = Some(account.created_at);
                drop(scene.world.account_with(EMAIL, disable).await);
            }
            "pending" => drop(scene.world.register(EMAIL).await),
            _ => {}
        }
        let before = scene.world.store.row_counts();
        let FinishedFlow::Registered { accepted, address } = scene.enter("google", owner(EMAIL)).await.unwrap() else {
            panic!("{change}");
        };
        let after = scene.world.store.row_counts();
        let grown: Vec<_> = after.iter().map(|(table, rows)| (*table, rows - before[table])).collect();
        seen.push((accepted.created_at, accepted.expires_at, address, grown));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
}

#[tokio::test]
async fn only_the_mail_tells_the_owner_of_a_taken_address_and_names_the_other_account() {
    let scene = Scene::new();
    let account = scene.world.account(EMAIL).await;
    scene.registered("github", owner(EMAIL)).await;
    let mail = scene.world.mail("provider-link-offer").await;
    assert_eq!(mail.to, account.address);
    let MailContent::ProviderLinkOffer { identity, .. } = mail.content else { panic!("another mail") };
    assert_eq!((identity.provider.as_str(), identity.account.as_deref()), ("GITHUB", Some("octocat-1")));
    assert!(scene.world.store.identities().is_empty(), "nothing was linked");
}

#[tokio::test]
async fn user_info_without_an_address_registers_nobody() {
    let scene = Scene::new();
    for email in [None, Some(""), Some("no address"), Some("a@x.org,b@x.org")] {
        let person = FakePerson { email, ..owner(EMAIL) };
        for provider in PROVIDERS {
            assert_eq!(why(scene.enter(provider, person).await), "NoAddress");
        }
    }
    let rows = scene.world.store.row_counts();
    assert_eq!((rows["registrations"], rows["outbox"], rows["identities"], rows["provider_flows"]), (0, 0, 0, 0));
}

#[tokio::test]
async fn registration_with_providers_can_be_switched_off_and_sign_in_still_works() {
    let scene = Scene::new();
    scene.account("google", owner(EMAIL)).await;
    let begun = scene.begin_to_enter("google").await;
    scene.world.switch(FeatureName::SocialRegistration, r#"{"enabled":false}"#).await;
    let purpose = FlowPurpose::Register { draft: Box::default(), rules: &scene.rules };
    assert_eq!(why(scene.begin("google", purpose, None).await), "Closed { reason: None }");
    assert!(!scene.world.service.offers_registration_with_providers().await.unwrap());
    let person = FakePerson { number: 2, ..owner("jane@acme.com") };
    let back = scene.let_in("google", &begun, person);
    assert_eq!(why(scene.finish(scene.back("google", &begun, back)).await), "Closed { reason: None }");
    for (person, expected) in [(person, "Closed { reason: None }"), (owner(EMAIL), "it succeeded")] {
        let begun = scene.begin("google", FlowPurpose::SignIn, None).await.unwrap();
        let back = scene.let_in("google", &begun, person);
        assert_eq!(why(scene.finish(scene.back("google", &begun, back)).await), expected);
    }
    assert_eq!(scene.world.store.accounts().len(), 1);
    assert_eq!(scene.world.store.registrations().len(), 1);
}

#[tokio::test]
async fn closed_registration_is_closed_to_providers_too() {
    for mode in
        [r#"{"mode":"closed"}"#, r#"{"mode":"invitation_only"}"#, r#"{"mode":"restricted","domains":["x.org"]}"#]
    {
        let scene = Scene::new();
        let begun = scene.begin_to_enter("google").await;
        scene.world.switch(FeatureName::AccountRegistration, mode).await;
        let back = scene.let_in("google", &begun, owner(EMAIL));
        assert_eq!(why(scene.finish(scene.back("google", &begun, back)).await), "Closed { reason: None }", "{mode}");
        assert!(scene.world.store.registrations().is_empty());
    }
}

#[tokio::test]
async fn who_has_agreed_to_nothing_is_not_registered_by_signing_in() {
    let scene = Scene::with(|_, settings| {
        settings.consent.terms_version = Some("2026-01".to_owned());
        settings.consent.is_required = true;
    });
    let begun = scene.begin("google", FlowPurpose::SignIn, None).await.unwrap();
    let back = scene.let_in("google", &begun, owner(EMAIL));
    assert!(matches!(scene.finish(scene.back("google", &begun, back)).await, Err(FinishProviderError::Invalid(_))));
    let purpose = FlowPurpose::Register { draft: Box::default(), rules: &scene.rules };
    assert!(matches!(scene.begin("google", purpose, None).await, Err(BeginProviderError::Invalid(_))));
    assert!(scene.world.store.registrations().is_empty());
}

#[tokio::test]
async fn a_disabled_account_cannot_be_signed_in_to_and_one_to_be_deleted_can() {
    let scene = Scene::new();
    let account = scene.account("google", owner(EMAIL)).await.account;
    scene.world.alter(&account, |account| account.deletion_due_at = Some(account.created_at)).await;
    scene.signed_in("google", owner(EMAIL)).await;
    let sessions = scene.world.store.sessions().len();
    scene.world.alter(&account, |account| account.disabled_at = Some(account.created_at)).await;
    assert_eq!(why(scene.enter("google", owner(EMAIL)).await), "Disabled");
    assert_eq!(scene.world.store.sessions().len(), sessions);
}

#[tokio::test]
async fn a_changed_address_at_the_provider_changes_nothing_here() {
    let scene = Scene::new();
    let account = scene.account("google", owner(EMAIL)).await.account;
    let other = scene.world.account("jane@acme.com").await;
    for email in [Some("new@acme.com"), Some("jane@acme.com"), None] {
        let signed_in = scene.signed_in("google", FakePerson { email, ..owner(EMAIL) }).await;
        assert_eq!((signed_in.account.id, signed_in.account.address.as_str()), (account.id, EMAIL));
    }
    assert_eq!(scene.world.store.accounts().len(), 2);
    assert_eq!(scene.world.now(&other), other);
}

#[tokio::test]
async fn signing_in_is_recorded_with_the_provider() {
    let scene = Scene::new();
    scene.account("github", owner(EMAIL)).await;
    scene.signed_in("github", owner(EMAIL)).await;
    let details: Vec<_> = scene.world.store.audit().into_iter().map(|entry| (entry.event, entry.detail)).collect();
    let github = || Some("github".to_owned());
    assert_eq!(details, [(AuditEvent::RegistrationCompleted, github()), (AuditEvent::SignedIn, github())]);
}
