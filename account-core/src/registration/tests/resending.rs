//! Asking for another email.

use super::*;
use crate::id::RegistrationId;
use crate::input::Input;
use crate::outbox::delivery::LEASE;
use crate::outbox::{OutboxState, Queue};
use crate::registration::status::{MailProgress, Progress};

#[tokio::test]
async fn a_resend_by_address_mails_the_newest_attempt() {
    let world = World::new();
    let older = world.attempt(EMAIL, PASSWORD).await;
    world.clock.advance(SECOND);
    let newest = world.attempt("John@acme.com", PASSWORD).await;
    world.resend("JOHN@acme.com").await.unwrap();
    let mail = world.mail().await;
    assert_eq!(mail.to.as_str(), "John@acme.com", "the attempt's own spelling");
    assert_eq!(why(world.redeem(&newest.token, Proof::default()).await), "Gone(Superseded)");
    assert_eq!(why(world.redeem(&older.token, Proof::default()).await), "ProofRequired", "the other link stays");
    assert!(world.redeem(&token_in(&mail), continuation(&newest.accepted)).await.is_ok());
}

#[tokio::test]
async fn a_resend_by_continuation_mails_that_attempt() {
    let world = World::new();
    let older = world.attempt(EMAIL, PASSWORD).await;
    world.clock.advance(SECOND);
    let newest = world.attempt(EMAIL, PASSWORD).await;
    world.resend_by_continuation(&older.accepted).await.unwrap();
    let link = token_in(&world.mail().await);
    assert_eq!(why(world.redeem(&newest.token, Proof::default()).await), "ProofRequired");
    let verified = world.redeem(&link, continuation(&older.accepted)).await.unwrap();
    assert_eq!(verified.account.id, older.accepted.registration.into());
}

#[tokio::test]
async fn for_an_unknown_address_the_answer_is_the_same_and_no_mail_is_sent() {
    let world = World::new();
    world.resend("nobody@acme.com").await.unwrap();
    assert_eq!(world.store.outbox().len(), 1, "the same rows");
    assert_eq!(world.mails().await.len(), 0);
    assert_eq!(world.store.outbox(), [], "and nothing is left of it");
}

#[tokio::test]
async fn a_wrong_continuation_is_answered_like_a_right_one_and_mails_nothing() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let elsewhere = world.attempt("jane@acme.com", PASSWORD).await;
    let unknown = RegistrationId::generate(&*world.clock, &SeededEntropy::new(5));
    for registration in [attempt.accepted.registration, unknown] {
        let continuation = elsewhere.accepted.continuation.clone();
        let target = ResendTarget::Registration { registration, continuation };
        world.service.resend_verification(target, &Client::default()).await.unwrap();
    }
    assert_eq!(world.mails().await.len(), 0);
}

#[tokio::test]
async fn invalid_addresses_are_refused() {
    let world = World::new();
    for (input, rule) in [
        (Input::Absent, "Required"),
        ("".into(), "Required"),
        (Input::Mistyped, "MustBeText"),
        ("john".into(), "Malformed"),
        ("a@acme.com,b@acme.com".into(), "Malformed"),
        ("john@acme.com\r\n".into(), "Malformed"),
        ("=?utf-8?q?a?=@acme.com".into(), "Malformed"),
    ] {
        let refused = why(world.service.resend_verification(ResendTarget::Address(input), &Client::default()).await);
        assert_eq!(refused, format!("Invalid(Violations([Violation {{ field: Email, rule: {rule} }}]))"));
    }
    assert_eq!(world.store.outbox(), []);
}

#[tokio::test]
async fn a_lapsed_registration_is_revived() {
    let world = World::new();
    for (email, by_address) in [(EMAIL, true), ("jane@acme.com", false)] {
        let attempt = world.attempt(email, PASSWORD).await;
        world.clock.advance(TTL + HOUR);
        assert_eq!(world.status(&attempt.accepted).await.progress, Progress::Expired);
        if by_address {
            world.resend(email).await.unwrap();
        } else {
            world.resend_by_continuation(&attempt.accepted).await.unwrap();
        }
        let mail = world.mail().await;
        let status = world.status(&attempt.accepted).await;
        // Anyone can ask by address, so the holder does not see that somebody did.
        let shown = if by_address { Progress::Expired } else { Progress::Pending };
        assert_eq!((status.progress, status.mail), (shown, MailProgress::HandedOver));
        assert_eq!(status.expires_at, world.clock.now() + TTL - if by_address { TTL + HOUR } else { Duration::ZERO });
        assert!(why(world.redeem(&attempt.token, continuation(&attempt.accepted)).await).starts_with("Gone("));
        world.clock.advance(TTL - MICROSECOND);
        assert!(world.redeem(&token_in(&mail), continuation(&attempt.accepted)).await.is_ok());
    }
}

#[tokio::test]
async fn whether_somebody_asked_by_address_is_not_shown_to_the_holder() {
    let seen = async |asks: bool| {
        let world = World::new();
        let attempt = world.attempt(EMAIL, PASSWORD).await;
        world.mails().await;
        world.clock.advance(HOUR);
        let mut seen = Vec::new();
        if asks {
            world.resend(EMAIL).await.unwrap();
        }
        seen.push(world.status(&attempt.accepted).await);
        assert_eq!(world.mails().await.len(), usize::from(asks));
        for pause in [HOUR, TTL - 2 * HOUR - MICROSECOND, MICROSECOND, HOUR] {
            seen.push(world.status(&attempt.accepted).await);
            world.clock.advance(pause);
        }
        (seen, why(world.enter_code(&attempt.accepted, "ABCD-EFGH").await))
    };
    let (seen_when_asked, code_when_asked) = seen(true).await;
    let (seen_otherwise, code_otherwise) = seen(false).await;
    assert_eq!(seen_when_asked, seen_otherwise);
    assert_eq!((code_when_asked.as_str(), code_otherwise.as_str()), ("Gone(Expired)", "Gone(Expired)"));
}

#[tokio::test]
async fn a_completed_attempt_gets_no_more_mail_and_an_overtaken_one_like_a_taken_address() {
    let world = World::new();
    let void = world.attempt(EMAIL, STRANGERS_PASSWORD).await;
    let completed = world.attempt(EMAIL, PASSWORD).await;
    world.redeem(&completed.token, continuation(&completed.accepted)).await.unwrap();
    world.resend_by_continuation(&completed.accepted).await.unwrap();
    assert_eq!(world.mails().await.len(), 0);
    for by_address in [true, false] {
        world.clock.advance(SECOND);
        if by_address {
            world.resend(EMAIL).await.unwrap();
        } else {
            world.resend_by_continuation(&void.accepted).await.unwrap();
            assert_eq!(world.status(&void.accepted).await.mail, MailProgress::Queued, "as of any other attempt");
        }
        let mail = world.mail().await;
        assert!(matches!(mail.content, MailContent::AlreadyRegistered { .. }), "and never a link");
        assert_eq!(world.status(&void.accepted).await.mail, MailProgress::HandedOver);
    }
}

#[tokio::test]
async fn a_queued_mail_gives_way_to_a_newer_one() {
    let world = World::new();
    let accepted = world.register(EMAIL).await;
    // Anyone who claimed the first one dies.
    assert_eq!(world.delivery.claim(&Queue::Mail, 1).await.unwrap().len(), 1);
    world.clock.advance(SECOND);
    world.resend_by_continuation(&accepted).await.unwrap();
    let mail = world.mail().await;
    world.clock.advance(LEASE);
    assert_eq!(world.mails().await.len(), 0, "its link is of no use any more");
    assert_eq!(world.store.outbox()[0].state, OutboxState::Dropped);
    assert!(world.redeem(&token_in(&mail), continuation(&accepted)).await.is_ok());
}
