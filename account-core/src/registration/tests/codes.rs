//! Codes: typed by the client that registered, five tries a registration.

use super::*;
use crate::registration::MAX_CODE_TRIES;
use crate::registration::status::Progress;
use crate::service::ChannelSettings;

#[tokio::test]
async fn without_a_continuation_there_is_no_code() {
    let world = World::with(|_, settings| {
        let channel = ChannelSettings { withholds_continuation: true, ..ChannelSettings::default() };
        settings.channels.insert("form".to_owned(), channel);
    });
    for (channel, has_code) in [("form", false), ("native", true)] {
        let rules = RegistrationRules::native(channel);
        world.register_by(&rules, draft(EMAIL, PASSWORD), Client::default()).await.unwrap();
        for _ in 0..2 {
            let mail = world.mail().await;
            let MailContent::VerifyAddress { code, .. } = &mail.content else { panic!("{mail:?}") };
            assert_eq!(code.is_some(), has_code, "{channel}");
            world.resend(EMAIL).await.unwrap();
        }
        world.mail().await;
    }
}

#[tokio::test]
async fn the_code_completes_for_the_holder_of_the_continuation() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let typed = format!(" {}-{} ", &attempt.code[..4], attempt.code[4..].to_lowercase());
    let verified = world.enter_code(&attempt.accepted, &typed).await.unwrap();
    assert!(verified.session.is_some());
    assert_eq!(world.only_account().id, attempt.accepted.registration.into());
    assert_eq!(world.status(&attempt.accepted).await.progress, Progress::Completed);
    assert_eq!(why(world.enter_code(&attempt.accepted, &attempt.code).await), "Gone(Used)");
    assert_eq!(why(world.redeem(&attempt.token, continuation(&attempt.accepted)).await), "Gone(Used)");
}

#[tokio::test]
async fn nothing_replaces_the_continuation() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let spend = Spend::Code { registration: attempt.accepted.registration, code: attempt.code.clone() };
    for proof in [Proof::default(), password(PASSWORD), new_password(NEW_PASSWORD)] {
        assert_eq!(why(world.verify(spend.clone(), proof).await), "ProofRequired");
    }
    // Another attempt for the very same address does not do either.
    let other = world.register(EMAIL).await;
    assert_eq!(why(world.verify(spend, continuation(&other)).await), "Unknown");
    assert_eq!(world.store.accounts(), []);
    assert_eq!(world.store.registrations()[0].code_tries, 0, "strangers use up nobody's tries");
}

#[tokio::test]
async fn after_five_wrong_codes_only_the_link_works() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    for _ in 0..MAX_CODE_TRIES {
        let wrong = world.enter_code(&attempt.accepted, &another(&attempt.code)).await;
        assert_eq!(why(wrong), "WrongProof(Code)");
    }
    assert_eq!(why(world.enter_code(&attempt.accepted, &attempt.code).await), "TooManyTries");
    assert!(world.redeem(&attempt.token, continuation(&attempt.accepted)).await.is_ok());
}

#[tokio::test]
async fn malformed_codes_cost_no_try() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    for text in ["", " ", "\0", "1234567", "123456789", "UUUUUUUU", &"0".repeat(10_000)] {
        assert_eq!(why(world.enter_code(&attempt.accepted, text).await), "WrongProof(Code)");
    }
    assert!(world.enter_code(&attempt.accepted, &attempt.code).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parallel_guesses_get_no_more_tries() {
    let world = Arc::new(World::new());
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let wrong = another(&attempt.code);
    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (world, accepted, wrong) = (Arc::clone(&world), attempt.accepted.clone(), wrong.clone());
        guesses.spawn(async move { why(world.enter_code(&accepted, &wrong).await) });
    }
    let verdicts = guesses.join_all().await;
    assert_eq!(verdicts.iter().filter(|verdict| *verdict == "WrongProof(Code)").count(), 5);
    assert_eq!(verdicts.iter().filter(|verdict| *verdict == "TooManyTries").count(), 95);
}

#[tokio::test]
async fn a_renewed_code_allows_no_more_tries() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    for _ in 0..3 {
        assert_eq!(why(world.enter_code(&attempt.accepted, &another(&attempt.code)).await), "WrongProof(Code)");
    }
    world.resend_by_continuation(&attempt.accepted).await.unwrap();
    let renewed = code_in(&world.mail().await);
    assert_ne!(renewed, attempt.code);
    assert_eq!(why(world.enter_code(&attempt.accepted, &attempt.code).await), "WrongProof(Code)");
    assert_eq!(why(world.enter_code(&attempt.accepted, &another(&renewed)).await), "WrongProof(Code)");
    assert_eq!(why(world.enter_code(&attempt.accepted, &renewed).await), "TooManyTries");
}

#[tokio::test]
async fn the_fifth_try_may_be_the_right_one() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    for _ in 1..MAX_CODE_TRIES {
        assert_eq!(why(world.enter_code(&attempt.accepted, &another(&attempt.code)).await), "WrongProof(Code)");
    }
    assert!(world.enter_code(&attempt.accepted, &attempt.code).await.is_ok());
}

#[tokio::test]
async fn a_code_ends_with_its_registration_to_the_microsecond() {
    for (after, outcome) in
        [(TTL - MICROSECOND, "it succeeded"), (TTL, "Gone(Expired)"), (TTL + SECOND, "Gone(Expired)")]
    {
        let world = World::new();
        let attempt = world.attempt(EMAIL, PASSWORD).await;
        world.clock.set(attempt.accepted.expires_at - TTL + after);
        assert_eq!(why(world.enter_code(&attempt.accepted, &attempt.code).await), outcome);
    }
}

#[tokio::test]
async fn a_code_belongs_to_its_own_registration() {
    let world = World::new();
    let (one, other) = (world.attempt(EMAIL, PASSWORD).await, world.attempt(EMAIL, PASSWORD).await);
    assert_eq!(why(world.enter_code(&one.accepted, &other.code).await), "WrongProof(Code)");
    assert!(world.enter_code(&one.accepted, &one.code).await.is_ok());
}
