//! Pre-hijacking: a stranger's attempt for the owner's address, before it, after it, in every combination.

use super::*;
use crate::registration::status::Progress;

/// Who registers first.
#[derive(Clone, Copy, PartialEq, Debug)]
enum First {
    Stranger,
    Owner,
}

const ORDERS: [First; 2] = [First::Stranger, First::Owner];

/// The stranger's attempt and the owner's, emails delivered.
async fn both(world: &World, first: First) -> (Attempt, Attempt) {
    if first == First::Stranger {
        let stranger = world.attempt("John@acme.com", STRANGERS_PASSWORD).await;
        (stranger, world.attempt(EMAIL, PASSWORD).await)
    } else {
        let owner = world.attempt(EMAIL, PASSWORD).await;
        (world.attempt("John@acme.com", STRANGERS_PASSWORD).await, owner)
    }
}

/// The account is the owner's, and nothing the stranger has is of any use.
async fn assert_owned(world: &World, stranger: &Attempt, password: &str) {
    let account = world.only_account();
    assert_ne!(account.id, stranger.accepted.registration.into());
    assert_eq!(account.address.key().as_str(), EMAIL);
    assert!(world.signs_in(&account, password).await);
    assert!(!world.signs_in(&account, STRANGERS_PASSWORD).await);
    let sessions = world.store.row_counts()["sessions"];
    assert!(world.redeem(&stranger.token, continuation(&stranger.accepted)).await.is_err());
    assert!(world.redeem(&stranger.token, super::password(STRANGERS_PASSWORD)).await.is_err());
    assert!(world.enter_code(&stranger.accepted, &stranger.code).await.is_err());
    assert_eq!(world.status(&stranger.accepted).await.progress, Progress::Pending);
    assert_eq!(world.store.row_counts()["sessions"], sessions);
    assert_eq!(world.only_account(), account);
}

#[tokio::test]
async fn a_strangers_attempt_does_not_block_the_owner() {
    for first in ORDERS {
        let world = World::new();
        let (stranger, owner) = both(&world, first).await;
        let verified = world.redeem(&owner.token, continuation(&owner.accepted)).await.unwrap();
        assert_eq!(verified.account.id, owner.accepted.registration.into());
        assert!(verified.session.is_some());
        assert_owned(&world, &stranger, PASSWORD).await;
    }
}

#[tokio::test]
async fn a_strangers_mail_clicked_in_the_owners_browser_completes_the_owners_attempt() {
    for first in ORDERS {
        let world = World::new();
        let (stranger, owner) = both(&world, first).await;
        let page = world
            .service
            .inspect_token(&stranger.token, std::slice::from_ref(&owner.accepted.continuation), &Client::default())
            .await
            .unwrap();
        assert!(page.is_continued);
        let verified = world.redeem(&stranger.token, continuation(&owner.accepted)).await.unwrap();
        assert_eq!(verified.account.id, owner.accepted.registration.into());
        assert!(verified.session.is_some());
        assert_eq!(world.status(&owner.accepted).await.progress, Progress::Completed);
        assert_owned(&world, &stranger, PASSWORD).await;
        assert_eq!(why(world.redeem(&owner.token, continuation(&owner.accepted)).await), "Gone(Used)");
    }
}

#[tokio::test]
async fn a_strangers_mail_clicked_elsewhere_requires_a_new_password() {
    for first in ORDERS {
        let world = World::new();
        let (stranger, owner) = both(&world, first).await;
        // The owner knows the owner's password, which is not that attempt's.
        assert_eq!(why(world.redeem(&stranger.token, password(PASSWORD)).await), "WrongProof(Password)");
        world.redeem(&stranger.token, new_password(NEW_PASSWORD)).await.unwrap();
        let account = world.only_account();
        assert!(world.signs_in(&account, NEW_PASSWORD).await);
        assert!(!world.signs_in(&account, STRANGERS_PASSWORD).await);
        assert_eq!(world.store.row_counts()["sessions"], 0);
        for attempt in [&stranger, &owner] {
            assert_eq!(world.status(&attempt.accepted).await.progress, Progress::Pending);
        }
        assert_eq!(why(world.redeem(&owner.token, password(PASSWORD)).await), "Gone(AlreadyRegistered)");
    }
}

#[tokio::test]
async fn without_the_mail_a_strangers_continuation_completes_nothing() {
    for first in ORDERS {
        let world = World::without_limits();
        let (stranger, owner) = both(&world, first).await;
        for _ in 0..5 {
            assert_eq!(why(world.enter_code(&stranger.accepted, &another(&stranger.code)).await), "WrongProof(Code)");
        }
        // The owner's code is of no use with the stranger's continuation.
        let spend = Spend::Code { registration: owner.accepted.registration, code: owner.code.clone() };
        assert_eq!(why(world.verify(spend, continuation(&stranger.accepted)).await), "Unknown");
        assert_eq!(world.store.accounts(), []);
    }
}

#[tokio::test]
async fn an_owner_without_an_attempt_is_not_bound_by_a_strangers() {
    let world = World::new();
    let stranger = world.attempt(EMAIL, STRANGERS_PASSWORD).await;
    assert_eq!(why(world.redeem(&stranger.token, Proof::default()).await), "ProofRequired");
    world.redeem(&stranger.token, new_password(NEW_PASSWORD)).await.unwrap();
    let account = world.only_account();
    assert!(!world.signs_in(&account, STRANGERS_PASSWORD).await);
    assert_eq!(world.status(&stranger.accepted).await.progress, Progress::Pending);
}

#[tokio::test]
async fn the_credential_of_an_attempt_that_was_overtaken_completes_nothing_though_it_is_kept() {
    for is_taken in [true, false] {
        let world = World::without_limits();
        let (stranger, owner) = both(&world, First::Stranger).await;
        let (token, proof) = if is_taken {
            (&stranger.token, new_password(NEW_PASSWORD))
        } else {
            (&owner.token, continuation(&owner.accepted))
        };
        world.redeem(token, proof).await.unwrap();
        let account = world.only_account();
        let id = stranger.accepted.registration;
        let kept = world.store.registrations().into_iter().find(|kept| kept.id == id).unwrap();
        assert!(kept.password_hash.is_some());
        for proof in [continuation(&stranger.accepted), password(STRANGERS_PASSWORD)] {
            assert!(world.redeem(&stranger.token, proof).await.is_err());
        }
        assert_eq!(why(world.enter_code(&stranger.accepted, &stranger.code).await), "WrongProof(Code)");
        assert_eq!(world.only_account(), account);
        // Not even when the address is free again, and the attempt was renewed.
        let _ = world.commit(async |unit| unit.delete_account(account.id, account.version).await.unwrap()).await;
        world.resend_by_continuation(&stranger.accepted).await.unwrap();
        assert!(world.mails().await.is_empty());
        let again = world.attempt(EMAIL, PASSWORD).await;
        let held = [stranger.accepted.continuation.clone()];
        let seen = world.service.inspect_token(&again.token, &held, &Client::default()).await.unwrap();
        assert!(!seen.is_continued);
        let both = Proof { password: Some(STRANGERS_PASSWORD.to_owned()), ..continuation(&stranger.accepted) };
        assert_eq!(why(world.redeem(&again.token, both).await), "WrongProof(Password)");
        assert!(world.enter_code(&stranger.accepted, &again.code).await.is_err());
        assert_eq!(world.store.accounts(), []);
    }
}

#[tokio::test]
async fn a_continuation_of_another_address_completes_nothing() {
    let world = World::new();
    let (owner, other) = (world.attempt(EMAIL, PASSWORD).await, world.attempt("joan@acme.com", PASSWORD).await);
    let refused = world.redeem(&owner.token, continuation(&other.accepted)).await;
    assert_eq!(why(refused), "WrongProof(Continuation)");
}

#[tokio::test]
async fn an_attempt_that_has_expired_is_completed_by_no_other_mail() {
    let world = World::new();
    let owner = world.attempt(EMAIL, PASSWORD).await;
    world.clock.advance(HOUR);
    let stranger = world.attempt(EMAIL, STRANGERS_PASSWORD).await;
    world.clock.set(owner.accepted.expires_at);
    let refused = world.redeem(&stranger.token, continuation(&owner.accepted)).await;
    assert_eq!(why(refused), "WrongProof(Continuation)");
    world.clock.set(owner.accepted.expires_at - MICROSECOND);
    assert!(world.redeem(&stranger.token, continuation(&owner.accepted)).await.is_ok());
}

#[tokio::test]
async fn of_several_continuations_the_links_own_comes_first() {
    let world = World::new();
    let (first, second) = (world.attempt(EMAIL, PASSWORD).await, world.attempt(EMAIL, NEW_PASSWORD).await);
    let held = continuations([&first.accepted, &second.accepted]);
    let verified = world.redeem(&second.token, held).await.unwrap();
    assert_eq!(verified.account.id, second.accepted.registration.into());
    assert!(world.signs_in(&verified.account, NEW_PASSWORD).await);
}

#[tokio::test]
async fn the_account_has_the_spelling_that_was_proven() {
    let world = World::new();
    let (stranger, owner) = both(&world, First::Stranger).await;
    let verified = world.redeem(&stranger.token, continuation(&owner.accepted)).await.unwrap();
    assert_eq!(verified.account.address.as_str(), "John@acme.com", "where the mail with the token went");
}

#[tokio::test]
async fn an_attempt_after_the_account_changes_nothing_of_it() {
    let world = World::new();
    let account = world.account(EMAIL).await.account;
    let stranger = world.try_register(draft(EMAIL, STRANGERS_PASSWORD), Client::default()).await.unwrap();
    let mail = world.mail().await;
    assert_eq!(mail.content.name(), "already-registered");
    for guess in ["00000000", "ZZZZZZZZ"] {
        assert_eq!(why(world.enter_code(&stranger, guess).await), "WrongProof(Code)");
    }
    assert_eq!(world.only_account(), account);
    assert_eq!(world.status(&stranger).await.progress, Progress::Pending);
}
