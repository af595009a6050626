//! Bounces.

use super::*;
use crate::id::OutboxId;
use crate::outbox::OutboxState;
use crate::outbox::bounce::{DeliveryReport, Reported, ReportedAction};
use crate::registration::status::MailProgress;

async fn report(world: &World, mail: OutboxId, action: ReportedAction) -> Reported {
    let report = DeliveryReport { mail, action, status: "5.1.1\r\nX: y".to_owned() };
    world.service.report_delivery(&report, &CallContext::by("operator")).await.unwrap()
}

#[tokio::test]
async fn a_bounce_is_shown_and_no_other_mail_follows() {
    let world = World::without_limits();
    let accepted = world.register(EMAIL).await;
    let mail = world.mail().await;
    assert_eq!(world.status(&accepted).await.mail, MailProgress::HandedOver);
    assert_eq!(report(&world, mail.id, ReportedAction::Failed).await, Reported::Marked);
    assert_eq!(world.status(&accepted).await.mail, MailProgress::Bounced);
    let entry = world.store.outbox().into_iter().next().unwrap();
    assert_eq!(entry.note.as_deref(), Some("bounced: 5.1.1X: y"), "no line of its own");
    world.resend(EMAIL).await.unwrap();
    world.resend_by_continuation(&accepted).await.unwrap();
    assert!(world.mails().await.is_empty());
    assert_eq!(world.status(&accepted).await.mail, MailProgress::Bounced);
    assert_eq!(report(&world, mail.id, ReportedAction::Failed).await, Reported::Ignored, "it is marked already");
}

#[tokio::test]
async fn the_owner_may_register_again_and_a_late_link_still_works() {
    let world = World::without_limits();
    let accepted = world.register(EMAIL).await;
    let mail = world.mail().await;
    report(&world, mail.id, ReportedAction::Failed).await;
    let fresh = world.attempt(EMAIL, PASSWORD).await;
    assert_eq!(world.status(&fresh.accepted).await.mail, MailProgress::HandedOver);
    assert!(world.redeem(&token_in(&mail), continuation(&accepted)).await.is_ok());
}

#[tokio::test]
async fn only_a_failure_of_a_mail_that_was_handed_over_counts() {
    let world = World::new();
    world.register(EMAIL).await;
    let queued = world.store.outbox()[0].id;
    assert_eq!(report(&world, queued, ReportedAction::Failed).await, Reported::Ignored);
    let mail = world.mail().await;
    for action in [ReportedAction::Delayed, ReportedAction::Delivered] {
        assert_eq!(report(&world, mail.id, action).await, Reported::Ignored);
    }
    let nobodys = OutboxId::from_uuid(uuid::Uuid::from_u128(1));
    assert_eq!(report(&world, nobodys, ReportedAction::Failed).await, Reported::Ignored);
    assert_eq!(world.store.outbox()[0].state, OutboxState::HandedOver);
}
