//! From registration to account, by every proof.

use uuid::Uuid;

use super::*;
use crate::account::Role;
use crate::consent::{ConsentSettings, GivenConsent};
use crate::profile::Choices;
use crate::registration::RegistrationState;
use crate::registration::callback::CallbackOrigins;
use crate::registration::status::Progress;
use crate::session::Lifetime;

/// A world that knows the organization and the callback origin of [`full_draft`].
async fn furnished_world() -> (World, OrganizationId) {
    let world = World::with(|_, settings| {
        settings.callback_origins = CallbackOrigins::parse(["https://portal.example.com"]).unwrap();
    });
    let id = OrganizationId::from_uuid(Uuid::from_u128(5));
    let organization = organization(id, "acme");
    let inserted = world.commit(async |unit| unit.insert_organization(&organization).await.unwrap()).await;
    assert_eq!(inserted, Insert::Done);
    (world, id)
}

#[tokio::test]
async fn the_client_that_registered_clicks_and_is_signed_in() {
    let (world, organization) = furnished_world().await;
    let attempt = world.attempt_by(full_draft(EMAIL, PASSWORD, organization)).await;
    world.clock.advance(MINUTE);
    let verified = world.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap();

    let account = world.only_account();
    assert_eq!(account, verified.account);
    assert_eq!(account.id, attempt.accepted.registration.into());
    assert_eq!(account.address.as_str(), EMAIL);
    assert_eq!(account.verified_at, Some(world.clock.now()));
    assert_eq!(account.user_name.as_ref().map(UserName::as_str), Some("mallory"));
    assert_eq!(account.organization, Some(organization));
    assert_eq!(account.profile.name.as_deref(), Some("Mallory Stranger"));
    assert_eq!(account.profile.terms_version.as_deref(), Some("2026-01"));
    assert!(account.profile.newsletter);
    assert_eq!(verified.callback_url.as_deref(), Some("https://portal.example.com/welcome"));
    assert!(!verified.is_user_name_taken);
    assert!(world.signs_in(&account, PASSWORD).await);

    let opened = verified.session.unwrap();
    let session = world.commit(async |unit| unit.find_session(&opened.token.digest()).await.unwrap()).await.unwrap();
    assert_eq!(session.account, account.id);
    assert_eq!(opened.expires_at, world.clock.now() + Lifetime::of_role(Role::User).absolute);
    assert_eq!(world.status(&attempt.accepted).await.progress, Progress::Completed);
}

#[tokio::test]
async fn a_completed_registration_keeps_neither_hash_nor_data() {
    let world = World::new();
    world.account(EMAIL).await;
    let registration = world.store.registrations().remove(0);
    assert_eq!(registration.state, RegistrationState::Completed);
    assert_eq!(registration.password_hash, None);
    assert_eq!(registration.choices, Choices::default());
}

#[tokio::test]
async fn the_password_completes_on_another_device_without_a_session() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let verified = world.redeem(&attempt.token, password(PASSWORD)).await.unwrap();
    assert_eq!(verified.session, None);
    assert_eq!(world.store.row_counts()["sessions"], 0);
    assert!(world.signs_in(&world.only_account(), PASSWORD).await);
}

#[tokio::test]
async fn a_new_password_takes_the_address_alone() {
    let (world, organization) = furnished_world().await;
    let attempt = world.attempt_by(full_draft(EMAIL, STRANGERS_PASSWORD, organization)).await;
    let verified = world.redeem(&attempt.token, new_password(NEW_PASSWORD)).await.unwrap();

    let account = world.only_account();
    assert_eq!(account.address.as_str(), EMAIL);
    assert_eq!(account.profile, Profile::default());
    assert_eq!((account.user_name.clone(), account.organization), (None, None));
    assert_eq!((verified.session, verified.callback_url), (None, None));
    assert!(world.signs_in(&account, NEW_PASSWORD).await);
    assert!(!world.signs_in(&account, STRANGERS_PASSWORD).await);
}

#[tokio::test]
async fn the_holder_of_a_taken_attempt_keeps_reading_pending_and_gets_nothing() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, STRANGERS_PASSWORD).await;
    let before = world.status(&attempt.accepted).await;
    world.redeem(&attempt.token, new_password(NEW_PASSWORD)).await.unwrap();

    assert_eq!(world.status(&attempt.accepted).await, before);
    assert_eq!(why(world.enter_code(&attempt.accepted, &attempt.code).await), "WrongProof(Code)");
    assert_eq!(why(world.redeem(&attempt.token, continuation(&attempt.accepted)).await), "Gone(Used)");
    assert_eq!(world.store.row_counts()["sessions"], 0);
    world.clock.advance(TTL);
    assert_eq!(world.status(&attempt.accepted).await.progress, Progress::Expired);
}

#[tokio::test]
async fn a_new_password_takes_precedence_over_other_proofs() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let proof = Proof { new_password: NEW_PASSWORD.into(), ..continuation(&attempt.accepted) };
    let verified = world.redeem(&attempt.token, proof).await.unwrap();
    assert_eq!(verified.session, None);
    assert!(world.signs_in(&world.only_account(), NEW_PASSWORD).await);
}

#[tokio::test]
async fn who_takes_an_address_agrees_to_what_is_required_and_inherits_no_consent() {
    let in_force = |is_required| {
        World::with(|_, settings| {
            let (terms_version, privacy_version) = (Some("2026-01".to_owned()), Some("7".to_owned()));
            settings.consent = ConsentSettings { terms_version, privacy_version, is_required };
        })
    };
    let strangers = || RegistrationDraft {
        terms_version: "2026-01".into(),
        privacy_version: "7".into(),
        ..draft(EMAIL, STRANGERS_PASSWORD)
    };
    let world = in_force(true);
    let attempt = world.attempt_by(strangers()).await;
    let refused = why(world.redeem(&attempt.token, new_password("short")).await);
    for part in ["TermsVersion", "PrivacyVersion", "Required", "NewPassword", "TooShort"] {
        assert!(refused.contains(part), "all at once: {refused}");
    }
    let consent = GivenConsent::Versions { terms: "2026-01".into(), privacy: "7".into() };
    world.clock.advance(HOUR);
    world.redeem(&attempt.token, new_password(NEW_PASSWORD).agreeing(consent)).await.unwrap();
    let consents = world.only_account().profile.consents;
    let consents: Vec<_> = consents.iter().map(|consent| (consent.to.as_str(), consent.at())).collect();
    assert_eq!(consents, [("terms:2026-01", world.clock.now()), ("privacy:7", world.clock.now())]);

    // Where nobody must agree, or nobody can be asked, there is no consent: that of the attempt was the stranger's.
    for (is_required, consent) in [(false, GivenConsent::default()), (true, GivenConsent::NotAsked)] {
        let world = in_force(is_required);
        let attempt = world.attempt_by(strangers()).await;
        world.redeem(&attempt.token, new_password(NEW_PASSWORD).agreeing(consent)).await.unwrap();
        assert_eq!(world.only_account().profile.consents, []);
    }
}

#[tokio::test]
async fn the_policy_applies_to_a_new_password() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    for (weak, rules) in [
        ("short", "TooShort { min: 15 }"),
        ("", "Required"),
        ("john@acme.com!!", "ContainsPersonalWord"),
        ("#1ghettofabolous", "Common"),
    ] {
        let refused = why(world.redeem(&attempt.token, new_password(weak)).await);
        assert!(refused.starts_with("Invalid(") && refused.contains(rules), "{weak}: {refused}");
        assert!(refused.contains("NewPassword"), "{refused}");
    }
    let mistyped = Proof { new_password: crate::input::Input::Mistyped, ..Proof::default() };
    assert!(why(world.redeem(&attempt.token, mistyped).await).contains("MustBeText"));
    assert_eq!(world.store.accounts(), []);
    assert!(world.redeem(&attempt.token, new_password(NEW_PASSWORD)).await.is_ok(), "the token is still good");
}

#[tokio::test]
async fn a_token_alone_completes_nothing() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    assert_eq!(why(world.redeem(&attempt.token, Proof::default()).await), "ProofRequired");
    assert_eq!(world.store.accounts(), []);
    assert!(world.redeem(&attempt.token, password(PASSWORD)).await.is_ok(), "the token is still good");
}

#[tokio::test]
async fn a_wrong_proof_completes_nothing_and_costs_nothing() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let elsewhere = world.attempt("jane@acme.com", STRANGERS_PASSWORD).await;
    for wrong in [STRANGERS_PASSWORD, "", " velvet lantern gravel orchid", &"x".repeat(300)] {
        assert_eq!(why(world.redeem(&attempt.token, password(wrong)).await), "WrongProof(Password)");
    }
    let of_another_address = continuation(&elsewhere.accepted);
    assert_eq!(why(world.redeem(&attempt.token, of_another_address).await), "WrongProof(Continuation)");
    let made_up = Proof { continuations: vec![SecretToken::from_bytes([1; 32])], ..Proof::default() };
    assert_eq!(why(world.redeem(&attempt.token, made_up).await), "WrongProof(Continuation)");
    assert_eq!(world.store.accounts(), []);
    assert!(world.redeem(&attempt.token, continuation(&attempt.accepted)).await.is_ok(), "the token is still good");
}

#[tokio::test]
async fn the_page_that_a_link_opens_changes_nothing() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let before = (world.store.registrations(), world.store.tokens(), world.store.row_counts());
    for _ in 0..10 {
        let held = [attempt.accepted.continuation.clone()];
        let seen = world.service.inspect_token(&attempt.token, &held, &Client::default()).await.unwrap();
        assert!(seen.is_continued && seen.has_password);
        let seen = world.service.inspect_token(&attempt.token, &[], &Client::default()).await.unwrap();
        assert!(!seen.is_continued);
        assert_eq!(seen.address.as_str(), EMAIL);
        assert_eq!(seen.expires_at, attempt.accepted.expires_at);
    }
    assert_eq!((world.store.registrations(), world.store.tokens(), world.store.row_counts()), before);
    assert_eq!(why(world.service.inspect_token("unknown", &[], &Client::default()).await), "Unknown");
}

#[tokio::test]
async fn a_user_name_taken_in_the_meantime_is_left_out() {
    let world = World::new();
    let attempt = world.attempt_by(RegistrationDraft { user_name: "John".into(), ..draft(EMAIL, PASSWORD) }).await;
    world.take_user_name("john").await;
    let verified = world.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap();
    assert!(verified.is_user_name_taken);
    assert_eq!(verified.account.user_name, None);
    assert!(verified.session.is_some());
    assert_eq!(world.store.accounts().len(), 2);
}
