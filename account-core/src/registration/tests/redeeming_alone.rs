//! The emailed token alone, where an operator chose so for a channel.

use super::*;
use crate::registration::activation::RequiredProof;
use crate::service::ChannelSettings;

fn world() -> World {
    World::with(|_, settings| {
        let channel = ChannelSettings { required_proof: RequiredProof::TokenAlone, ..ChannelSettings::default() };
        settings.channels.insert("rpost".to_owned(), channel);
    })
}

async fn attempt_by(world: &World, channel: &'static str) -> Attempt {
    let rules = RegistrationRules::native(channel);
    let accepted = world.register_by(&rules, draft(EMAIL, PASSWORD), Client::default()).await.unwrap();
    let mail = world.mail().await;
    Attempt { accepted, token: token_in(&mail), code: code_in(&mail) }
}

#[tokio::test]
async fn the_token_alone_creates_the_account_without_a_session() {
    let world = world();
    let attempt = attempt_by(&world, "rpost").await;
    let seen = world.service.inspect_token(&attempt.token, &[], &Client::default()).await.unwrap();
    assert!(seen.needs_no_proof);
    let verified = world.redeem(&attempt.token, Proof::default()).await.unwrap();
    assert!(verified.session.is_none());
    assert!(world.sign_in(EMAIL, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn other_channels_still_require_a_proof() {
    let world = world();
    let attempt = attempt_by(&world, "native").await;
    let seen = world.service.inspect_token(&attempt.token, &[], &Client::default()).await.unwrap();
    assert!(!seen.needs_no_proof);
    assert_eq!(why(world.redeem(&attempt.token, Proof::default()).await), "ProofRequired");
}

#[tokio::test]
async fn a_wrong_password_is_still_refused() {
    let world = world();
    let attempt = attempt_by(&world, "rpost").await;
    assert_eq!(why(world.redeem(&attempt.token, password(NEW_PASSWORD)).await), "WrongProof(Password)");
}

#[tokio::test]
async fn a_token_with_the_address_of_another_is_unknown() {
    let world = World::new();
    let attempt = attempt_by(&world, "rpost").await;
    let mailed_to = |address: &str| Spend::TokenMailedTo { token: attempt.token.clone(), address: address.to_owned() };
    for address in ["jane@acme.com", "", "john", "john@acme.com,jane@acme.com"] {
        assert_eq!(why(world.verify(mailed_to(address), password(PASSWORD)).await), "Unknown", "{address:?}");
    }
    assert!(world.verify(mailed_to(" JOHN@acme.com "), password(PASSWORD)).await.is_ok());
}

#[tokio::test]
async fn a_link_to_the_callback_carries_the_token_there_alone() {
    let world = World::with(|_, settings| {
        let origins = ["https://portal.example.com"];
        settings.callback_origins = crate::registration::callback::CallbackOrigins::parse(origins).unwrap();
        let verification_subject = Some("Activate your account".to_owned());
        let channel = ChannelSettings { verification_subject, ..ChannelSettings::default() };
        settings.channels.insert("rpost".to_owned(), channel);
    });
    let rules = RegistrationRules::native("rpost");
    let asked = RegistrationDraft {
        callback_url: "https://portal.example.com/activate".into(),
        link_to_callback: true.into(),
        ..draft(EMAIL, PASSWORD)
    };
    world.register_by(&rules, asked, Client::default()).await.unwrap();
    let mail = world.mail().await;
    let MailContent::VerifyAddress { link, subject, .. } = &mail.content else { panic!("{mail:?}") };
    assert_eq!(subject.as_deref(), Some("Activate your account"));
    let token = link.expose().strip_prefix("https://portal.example.com/activate?code=").unwrap();
    let verified = world.redeem(token, password(PASSWORD)).await.unwrap();
    assert_eq!(verified.callback_url.as_deref(), Some("https://portal.example.com/activate"));
}
