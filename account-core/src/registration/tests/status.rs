//! What the holder of a continuation sees.

use super::*;
use crate::id::RegistrationId;
use crate::ports::DeliveryError;
use crate::registration::status::{MailProgress, Progress};

#[tokio::test]
async fn the_holder_sees_the_progress() {
    let world = World::new();
    let accepted = world.register("John@acme.com").await;
    let status = world.status(&accepted).await;
    assert_eq!((status.progress, status.mail), (Progress::Pending, MailProgress::Queued));
    assert_eq!((status.address.as_str(), status.expires_at), ("John@acme.com", accepted.expires_at));

    world.mailer.fail_next(DeliveryError::Transient("421".into()));
    world.mails().await;
    assert_eq!(world.status(&accepted).await.mail, MailProgress::Deferred);
    world.clock.advance(MINUTE);
    let mail = world.mail().await;
    assert_eq!(world.status(&accepted).await.mail, MailProgress::HandedOver);
    world.redeem(&token_in(&mail), continuation(&accepted)).await.unwrap();
    world.clock.advance(10 * TTL);
    assert_eq!(world.status(&accepted).await.progress, Progress::Completed, "for good");
}

#[tokio::test]
async fn the_newest_mail_counts() {
    let world = World::new();
    let accepted = world.register(EMAIL).await;
    world.mailer.fail_next(DeliveryError::Recipient("550".into()));
    world.mails().await;
    assert_eq!(world.status(&accepted).await.mail, MailProgress::Bounced);
    world.clock.advance(SECOND);
    world.resend_by_continuation(&accepted).await.unwrap();
    assert_eq!(world.status(&accepted).await.mail, MailProgress::Queued);
    world.mails().await;
    assert_eq!(world.status(&accepted).await.mail, MailProgress::HandedOver);
}

#[tokio::test]
async fn it_expires_to_the_microsecond() {
    let world = World::new();
    let accepted = world.register(EMAIL).await;
    world.clock.set(accepted.expires_at - MICROSECOND);
    assert_eq!(world.status(&accepted).await.progress, Progress::Pending);
    world.clock.advance(MICROSECOND);
    assert_eq!(world.status(&accepted).await.progress, Progress::Expired);
}

#[tokio::test]
async fn others_see_nothing() {
    let world = World::new();
    let (one, other) = (world.register(EMAIL).await, world.register(EMAIL).await);
    let unknown = RegistrationId::generate(&*world.clock, &SeededEntropy::new(5));
    for (registration, continuation) in
        [(one.registration, &other.continuation), (other.registration, &one.continuation), (unknown, &one.continuation)]
    {
        let seen = world.service.registration_status(registration, continuation, &Client::default()).await.unwrap();
        assert_eq!(seen, None);
    }
}

#[tokio::test]
async fn reading_changes_nothing() {
    let world = World::new();
    let accepted = world.register(EMAIL).await;
    let before = (world.store.registrations(), world.store.outbox(), world.store.row_counts());
    for _ in 0..10 {
        world.status(&accepted).await;
    }
    assert_eq!((world.store.registrations(), world.store.outbox(), world.store.row_counts()), before);
}
