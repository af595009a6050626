//! Completing a registration by signing in at the provider again, in another browser.

use super::*;
use crate::registration::correct::CorrectRequest;
use crate::registration::draft::Spelling;

async fn prove(
    scene: &Scene,
    provider: &str,
    token: &str,
    person: FakePerson<'_>,
) -> Result<FinishedFlow, FinishProviderError> {
    let begun = scene.begin(provider, FlowPurpose::Prove { token: token.to_owned() }, None).await.unwrap();
    let back = scene.let_in(provider, &begun, person);
    scene.finish(scene.back(provider, &begun, back)).await
}

#[tokio::test]
async fn the_same_identity_completes_its_registration_elsewhere() {
    for provider in PROVIDERS {
        let scene = Scene::new();
        let accepted = scene.registered(provider, owner(EMAIL)).await;
        let token = link_in(&scene.world.mail("verify-address").await);
        let page = scene.world.service.inspect_token(&token, &[], &crate::client::Client::default()).await.unwrap();
        assert_eq!((page.provider, page.has_password, page.is_continued), (Some(named(provider)), false, false));
        let proven = prove(&scene, provider, &token, owner(EMAIL)).await.unwrap();
        let FinishedFlow::Completed(completed) = proven else { panic!("{proven:?}") };
        assert!(completed.session.is_some());
        assert_eq!(scene.world.store.identities().len(), 1);
        // The tab in which the person registered goes on, once.
        let (id, continuation) = (accepted.registration, &accepted.continuation);
        scene.world.service.continue_registration(id, continuation, &by()).await.unwrap();
        assert_eq!(why(scene.world.service.continue_registration(id, continuation, &by()).await), "Gone");
    }
}

#[tokio::test]
async fn another_identity_completes_nothing() {
    for provider in PROVIDERS {
        let scene = Scene::new();
        scene.registered(provider, owner(EMAIL)).await;
        let token = link_in(&scene.world.mail("verify-address").await);
        assert_eq!(why(prove(&scene, provider, &token, stranger(EMAIL, Some(true))).await), "OtherIdentity");
        for other in PROVIDERS.into_iter().filter(|other| *other != provider) {
            let purpose = FlowPurpose::Prove { token: token.clone() };
            assert_eq!(why(scene.begin(other, purpose, None).await), "OtherProvider");
        }
        assert!(scene.world.store.accounts().is_empty());
        prove(&scene, provider, &token, owner(EMAIL)).await.unwrap();
    }
}

#[tokio::test]
async fn a_registration_by_password_is_not_completed_by_a_provider() {
    let scene = Scene::new();
    scene.world.register(EMAIL).await;
    let token = link_in(&scene.world.mail("verify-address").await);
    let purpose = FlowPurpose::Prove { token: token.clone() };
    assert_eq!(why(scene.begin("google", purpose, None).await), "OtherProvider");
    for token in ["", "unknown"] {
        let purpose = FlowPurpose::Prove { token: token.to_owned() };
        assert_eq!(why(scene.begin("google", purpose, None).await), "Unknown");
    }
}

#[tokio::test]
async fn a_token_that_was_used_meanwhile_proves_nothing() {
    let scene = Scene::new();
    let accepted = scene.registered("google", owner(EMAIL)).await;
    let token = link_in(&scene.world.mail("verify-address").await);
    let begun = scene.begin("google", FlowPurpose::Prove { token: token.clone() }, None).await.unwrap();
    scene.redeem(&token, Proof::continuation(accepted.continuation)).await.unwrap();
    let back = scene.let_in("google", &begun, owner(EMAIL));
    assert_eq!(why(scene.finish(scene.back("google", &begun, back)).await), "Gone(Used)");
}

#[tokio::test]
async fn an_identity_that_was_linked_meanwhile_makes_no_second_account() {
    let scene = Scene::new();
    let first = scene.registered("google", owner(EMAIL)).await;
    let second = scene.registered("google", owner("jane@acme.com")).await;
    let mails: BTreeMap<_, _> =
        scene.world.mails().await.iter().map(|mail| (mail.to.to_string(), link_in(mail))).collect();
    scene.redeem(&mails[EMAIL], Proof::continuation(first.continuation)).await.unwrap();
    let lost = scene.redeem(&mails["jane@acme.com"], Proof::continuation(second.continuation)).await;
    assert_eq!(why(lost), "Gone(AlreadyRegistered)");
    assert_eq!(scene.world.store.accounts().len(), 1);
    // The owner of that mailbox can still take the address.
    let proof = Proof { new_password: PASSWORD.into(), ..Proof::default() };
    scene.redeem(&mails["jane@acme.com"], proof).await.unwrap();
}

#[tokio::test]
async fn a_corrected_address_is_verified_by_mail_and_keeps_the_identity() {
    let scene = Scene::trusting();
    let person = FakePerson { is_verified: Some(false), ..owner("jhon@acme.com") };
    let accepted = scene.registered("google", person).await;
    scene.world.mails().await;
    let request = CorrectRequest {
        registration: accepted.registration,
        continuation: accepted.continuation.clone(),
        email: EMAIL.into(),
        spelling: Spelling::AsTyped,
        context: by(),
    };
    scene.world.service.correct_address(request).await.unwrap();
    let token = link_in(&scene.world.mail("verify-address").await);
    let completed = scene.redeem(&token, Proof::continuation(accepted.continuation)).await.unwrap();
    assert_eq!(completed.account.address.as_str(), EMAIL);
    assert_eq!(scene.signed_in("google", person).await.account.id, completed.account.id);
}

#[tokio::test]
async fn the_emailed_link_alone_completes_no_registration_by_a_provider() {
    use crate::registration::activation::RequiredProof;
    let scene = Scene::with(|_, settings| {
        let channel = settings.channels.entry("page".to_owned()).or_default();
        channel.required_proof = RequiredProof::TokenAlone;
    });
    scene.registered("google", stranger(EMAIL, None)).await;
    let token = link_in(&scene.world.mail("verify-address").await);
    assert_eq!(why(scene.redeem(&token, Proof::default()).await), "ProofRequired");
}

#[tokio::test]
async fn an_expired_registration_has_no_identity_left() {
    let scene = Scene::new();
    scene.registered("google", owner(EMAIL)).await;
    scene.world.clock.advance(std::time::Duration::from_hours(25));
    scene.world.service.housekeeping().tidy().await.unwrap();
    let [registration] = <[_; 1]>::try_from(scene.world.store.registrations()).unwrap();
    assert_eq!(registration.choices.identity, None);
}
