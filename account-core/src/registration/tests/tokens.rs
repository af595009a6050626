//! Tokens: one use, one spelling, one lifetime.

use super::*;
use crate::one_time_token::{OneTimeToken, Purpose, TokenState};

#[tokio::test]
async fn a_token_ends_to_the_microsecond() {
    for (after, outcome) in
        [(TTL - MICROSECOND, "it succeeded"), (TTL, "Gone(Expired)"), (TTL + SECOND, "Gone(Expired)")]
    {
        for proof in [0, 1, 2] {
            let world = World::new();
            let attempt = world.attempt(EMAIL, PASSWORD).await;
            world.clock.set(attempt.accepted.expires_at - TTL + after);
            let proof = match proof {
                0 => continuation(&attempt.accepted),
                1 => password(PASSWORD),
                _ => new_password(NEW_PASSWORD),
            };
            assert_eq!(why(world.redeem(&attempt.token, proof).await), outcome);
            let opened = world.service.inspect_token(&attempt.token, &[], &Client::default()).await;
            assert_eq!(why(opened), outcome.replace("it succeeded", "Gone(Used)"));
        }
    }
}

#[tokio::test]
async fn a_token_is_spent_once() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    world.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap();
    let after = world.store.row_counts();
    for proof in [Proof::default(), continuation(&attempt.accepted), password(PASSWORD), new_password(NEW_PASSWORD)] {
        assert_eq!(why(world.redeem(&attempt.token, proof).await), "Gone(Used)");
    }
    assert_eq!(world.store.row_counts(), after);
    assert!(world.signs_in(&world.only_account(), PASSWORD).await);
}

#[tokio::test]
async fn the_newest_link_replaces_the_older_ones() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let mut links = vec![attempt.token.clone()];
    for _ in 0..2 {
        world.resend_by_continuation(&attempt.accepted).await.unwrap();
        links.push(token_in(&world.mail().await));
    }
    for older in &links[..2] {
        assert_eq!(why(world.redeem(older, continuation(&attempt.accepted)).await), "Gone(Superseded)");
    }
    assert!(world.redeem(&links[2], continuation(&attempt.accepted)).await.is_ok());
}

#[tokio::test]
async fn a_link_of_an_attempt_that_lost_says_that_the_address_is_registered() {
    let world = World::new();
    let (one, other) = (world.attempt(EMAIL, PASSWORD).await, world.attempt("John@ACME.com", PASSWORD).await);
    world.redeem(&one.token, continuation(&one.accepted)).await.unwrap();
    for proof in [continuation(&other.accepted), password(PASSWORD), new_password(NEW_PASSWORD), Proof::default()] {
        assert_eq!(why(world.redeem(&other.token, proof).await), "Gone(AlreadyRegistered)");
    }
    assert_eq!(world.only_account().id, one.accepted.registration.into());
}

#[tokio::test]
async fn an_attempt_whose_address_became_an_account_another_way_completes_nothing() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let inserted = world.commit(async |unit| unit.insert_account(&account("JOHN@acme.com")).await.unwrap()).await;
    assert_eq!(inserted, Insert::Done);
    for _ in 0..2 {
        let refused = world.redeem(&attempt.token, continuation(&attempt.accepted)).await;
        assert_eq!(why(refused), "Gone(AlreadyRegistered)");
    }
    assert_eq!(world.only_account().address.as_str(), "JOHN@acme.com");
    assert_eq!(world.store.row_counts()["sessions"], 0);
    assert_eq!(world.store.tokens()[0].state, TokenState::Void);
}

#[tokio::test]
async fn no_other_spelling_of_a_token_is_accepted() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let token = attempt.token.as_str();
    let mut wrong: Vec<String> = (0..token.len()).map(|length| token[..length].to_owned()).collect();
    wrong.extend((1..token.len()).map(|start| token[start..].to_owned()));
    wrong.extend(["A", "=", "A.", "_A"].map(|tail| format!("{token}{tail}")));
    wrong.extend(["A", "/", "\0", "3D3D"].map(|head| format!("{head}{token}")));
    wrong.extend([token.to_ascii_uppercase(), token.to_ascii_lowercase(), token.replace(['-', '_'], "+")]);
    wrong.extend(["", " ", "\0", "null", "[]", "{}", "%00"].map(str::to_owned));
    wrong.extend(["\0", "A", " ", "é"].map(|text| text.repeat(43)));
    wrong.retain(|text| text != token);
    for text in wrong {
        assert_eq!(why(world.redeem(&text, continuation(&attempt.accepted)).await), "Unknown", "{text:?}");
    }
    // Every character counts.
    for place in 0..token.len() {
        let changed = if &token[place..=place] == "A" { "Q" } else { "A" };
        let text = format!("{}{changed}{}", &token[..place], &token[place + 1..]);
        assert_eq!(why(world.redeem(&text, continuation(&attempt.accepted)).await), "Unknown", "{text:?}");
    }
    assert_eq!(world.store.accounts(), []);
    assert!(world.redeem(token, continuation(&attempt.accepted)).await.is_ok());
}

#[tokio::test]
async fn other_secrets_are_not_tokens() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let session = world.account("jane@acme.com").await.session.unwrap();
    for secret in [&attempt.accepted.continuation, &session.token] {
        let text = secret.expose().to_string();
        assert_eq!(why(world.redeem(&text, continuation(&attempt.accepted)).await), "Unknown");
    }
    // Nor is a token a continuation.
    let held = SecretToken::parse(&attempt.token).unwrap();
    let proof = Proof { continuations: vec![held], ..Proof::default() };
    assert_eq!(why(world.redeem(&attempt.token, proof).await), "WrongProof(Continuation)");
}

#[tokio::test]
async fn a_token_is_mailed_for_its_own_purpose_only() {
    let world = World::new();
    world.attempt(EMAIL, PASSWORD).await;
    for token in world.store.tokens() {
        assert_eq!(token.purpose, Purpose::EmailVerification);
        assert_eq!(token.address.as_str(), EMAIL);
    }
}

#[tokio::test]
async fn a_token_of_another_purpose_proves_no_registration() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let token = world.store.tokens().remove(0);
    let others = Purpose::ALL.into_iter().filter(|purpose| *purpose != Purpose::EmailVerification);
    for (number, purpose) in (1..).zip(others) {
        let secret = SecretToken::from_bytes([number; 32]);
        let planted = OneTimeToken { digest: secret.digest(), purpose, ..token.clone() };
        world.commit(async |unit| unit.insert_token(&planted).await.unwrap()).await;
        assert_eq!(why(world.redeem(&secret.expose(), continuation(&attempt.accepted)).await), "Unknown");
    }
    assert!(world.redeem(&attempt.token, continuation(&attempt.accepted)).await.is_ok());
}

#[tokio::test]
async fn a_link_made_with_a_retired_key_still_works() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let undelivered = world.register("jane@acme.com").await;
    let mut service = world.service.clone();
    let fresh = MasterKey::generate(&SeededEntropy::new(123));
    let retired = std::mem::replace(&mut Arc::make_mut(&mut service.settings).master_keys.current, fresh);
    Arc::make_mut(&mut service.settings).master_keys.retired.push(retired);
    let delivery = Delivery::new(&service, Arc::clone(&world.mailer) as _, Links::new("https://accounts.example.com"));
    let rotated = World { service, delivery, ..world };

    let mail = rotated.mail().await;
    assert!(rotated.redeem(&token_in(&mail), continuation(&undelivered)).await.is_ok());
    assert!(rotated.enter_code(&attempt.accepted, &attempt.code).await.is_ok());
}
