//! Delivery: what becomes of emails that cannot be handed over, and of workers that die.

use super::faulty_store::faulty_world;
use super::*;
use crate::outbox::delivery::{ClaimedEntry, LEASE, Outcome, SEND_DEADLINE};
use crate::outbox::{OutboxEntry, OutboxState, Queue};
use crate::ports::DeliveryError;
use crate::registration::status::MailProgress;

fn transient() -> DeliveryError {
    DeliveryError::Transient("451 try later".into())
}

fn permanent() -> DeliveryError {
    DeliveryError::Recipient("550 no such\r\nmailbox".into())
}

impl World {
    async fn claim_one(&self) -> ClaimedEntry {
        let [claimed] = <[ClaimedEntry; 1]>::try_from(self.delivery.claim(&Queue::Mail, 10).await.unwrap()).unwrap();
        claimed
    }

    fn only_entry(&self) -> OutboxEntry {
        let [entry] = <[OutboxEntry; 1]>::try_from(self.store.outbox()).unwrap();
        entry
    }
}

#[tokio::test]
async fn a_mail_is_retried_with_growing_pauses_until_its_token_expires() {
    let world = World::new();
    let accepted = world.register(EMAIL).await;
    let mut waits = Vec::new();
    loop {
        world.mailer.fail_next(transient());
        let outcome = world.delivery.deliver(&world.claim_one().await).await.unwrap().outcome;
        let entry = world.only_entry();
        assert!(entry.note.as_ref().unwrap().contains("451 try later"));
        if outcome == Outcome::Dead {
            assert_eq!(entry.state, OutboxState::Dead);
            assert!(entry.note.unwrap().starts_with("out of time"));
            break;
        }
        assert_eq!((outcome, entry.state), (Outcome::Deferred, OutboxState::Queued));
        assert_eq!(world.status(&accepted).await.mail, MailProgress::Deferred);
        let wait = entry.due_at.since(world.clock.now());
        world.clock.advance(wait - MICROSECOND);
        assert_eq!(world.delivery.claim(&Queue::Mail, 10).await.unwrap().len(), 0, "not before it is due");
        world.clock.advance(MICROSECOND);
        waits.push(wait);
    }
    let doubled = |place: usize| (10 * SECOND).saturating_mul(1 << place.min(16)).min(30 * MINUTE);
    for (place, wait) in waits.iter().enumerate() {
        assert!(*wait <= doubled(place) && *wait >= doubled(place) * 4 / 5, "{place}: {wait:?}");
    }
    assert!(waits.len() > 48, "to the end: {}", waits.len());
    assert!(world.clock.now() < accepted.expires_at && world.clock.now() + 30 * MINUTE >= accepted.expires_at);
    assert_eq!(world.status(&accepted).await.mail, MailProgress::Failed, "nobody said that the address is wrong");
    assert_eq!(world.mails().await.len(), 0, "a dead mail stays dead");
}

#[tokio::test]
async fn a_mail_is_delivered_once_after_a_transient_failure() {
    let world = World::new();
    let accepted = world.register(EMAIL).await;
    for _ in 0..3 {
        world.mailer.fail_next(transient());
        assert_eq!(world.mails().await.len(), 0);
        world.clock.advance(MINUTE);
    }
    let mail = world.mail().await;
    assert_eq!(mail.date, world.only_entry().created_at);
    let entry = world.only_entry();
    assert_eq!((entry.state, entry.attempts, entry.note), (OutboxState::HandedOver, 4, None));
    assert_eq!(entry.settled_at, Some(world.clock.now()));
    assert_eq!(world.status(&accepted).await.mail, MailProgress::HandedOver);
    assert!(world.redeem(&token_in(&mail), continuation(&accepted)).await.is_ok());
}

#[tokio::test]
async fn a_permanently_refused_mail_is_tried_once() {
    let world = World::new();
    let accepted = world.register(EMAIL).await;
    world.mailer.fail_next(permanent());
    assert_eq!(world.mails().await.len(), 0);
    let entry = world.only_entry();
    assert_eq!((entry.state, entry.attempts), (OutboxState::Dead, 1));
    assert_eq!(entry.note.as_deref(), Some("the recipient was refused permanently: 550 no such  mailbox"));
    assert_eq!(world.status(&accepted).await.mail, MailProgress::Bounced);
    world.clock.advance(HOUR);
    assert_eq!(world.mails().await.len(), 0);
    // The registration is none the worse for it.
    world.resend_by_continuation(&accepted).await.unwrap();
    let link = token_in(&world.mail().await);
    assert!(world.redeem(&link, continuation(&accepted)).await.is_ok());
}

#[tokio::test]
async fn a_mail_that_cannot_be_delivered_delays_no_other() {
    let world = World::new();
    for number in 0..10 {
        world.register(&format!("john{number}@acme.com")).await;
    }
    world.mailer.fail_next(transient());
    world.mailer.fail_next(permanent());
    assert_eq!(world.mails().await.len(), 8);
    world.clock.advance(MINUTE);
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn an_expired_mail_is_not_sent() {
    let world = World::new();
    world.register(EMAIL).await;
    world.clock.advance(TTL);
    assert_eq!(world.mails().await.len(), 0);
    assert_eq!(world.only_entry().state, OutboxState::Dead);
}

#[tokio::test]
async fn a_worker_that_dies_after_sending_leads_to_the_same_mail_again() {
    let world = World::new();
    let accepted = world.register(EMAIL).await;
    // For a registration, then for a resend, whose token is made when that is decided.
    for _ in 0..2 {
        let claimed = world.claim_one().await;
        world.delivery.deliver(&claimed).await.unwrap();
        let first = world.mailer.take().remove(0);
        // As if it had died before it could write that down.
        let unsettled = OutboxEntry {
            leased_until: Some(world.clock.now() + LEASE),
            state: OutboxState::Queued,
            settled_at: None,
            ..world.store.outbox().into_iter().find(|stored| stored.id == claimed.entry().id).unwrap()
        };
        let second = deliver_again(&world, unsettled).await;
        assert_eq!((second.id, second.date), (first.id, first.date), "the same Message-ID");
        assert_eq!((token_in(&second), code_in(&second)), (token_in(&first), code_in(&first)), "the same link");
        world.resend_by_continuation(&accepted).await.unwrap();
        world.decide().await;
    }
}

/// Delivers the entry once its lease has ended.
async fn deliver_again(world: &World, entry: OutboxEntry) -> Mail {
    world.clock.advance(LEASE);
    let again = OutboxEntry { fence: entry.fence + 1, leased_until: Some(world.clock.now() + LEASE), ..entry };
    world.delivery.deliver(&ClaimedEntry::undecided(again)).await.unwrap();
    world.mailer.take().remove(0)
}

#[tokio::test]
async fn a_lost_claim_settles_nothing() {
    let world = World::new();
    world.register(EMAIL).await;
    let late = world.claim_one().await;
    assert_eq!(world.delivery.claim(&Queue::Mail, 10).await.unwrap().len(), 0, "it is under a lease");
    world.clock.advance(LEASE);
    let current = world.claim_one().await;
    let (before, now) = (late.entry(), current.entry());
    assert_eq!((now.id, now.fence, now.attempts), (before.id, before.fence + 1, 2));

    world.mailer.fail_next(permanent());
    assert_eq!(world.delivery.deliver(&late).await.unwrap(), Outcome::Lost);
    assert_eq!(world.only_entry(), *current.entry());
}

#[tokio::test]
async fn an_expired_claim_sends_nothing() {
    let world = World::new();
    world.register(EMAIL).await;
    let late = world.claim_one().await;
    world.clock.advance(LEASE);
    assert_eq!(world.delivery.deliver(&late).await.unwrap(), Outcome::Lost);
    assert_eq!(world.mailer.sent().len(), 0, "another worker may be sending it");
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn a_claim_that_expires_too_soon_sends_nothing() {
    let world = World::new();
    world.register(EMAIL).await;
    let late = world.claim_one().await;
    world.clock.advance(LEASE - SEND_DEADLINE + Duration::from_millis(1));
    assert_eq!(world.delivery.deliver(&late).await.unwrap(), Outcome::Lost);
    assert_eq!(world.mailer.sent().len(), 0, "it might be on its way when another worker may claim it");
    world.clock.advance(SEND_DEADLINE);
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn a_mail_is_claimed_and_settled_in_a_commit_each_and_decided_by_reading() {
    let (world, store) = faulty_world(false);
    world.register(EMAIL).await;
    store.fail_at(0);
    let claimed = world.claim_one().await;
    assert_eq!((store.calls(), store.commits()), (7, 1), "begin, claim, commit, begin, three reads");
    assert!(!format!("{claimed:?}").contains("https://"), "a decision prints no link");
    assert_eq!(world.delivery.deliver(&claimed).await.unwrap(), Outcome::HandedOver);
    assert_eq!((store.calls(), store.commits()), (10, 2), "begin, settle, commit");
}

#[tokio::test]
async fn an_undecidable_entry_does_not_block_others() {
    let (world, store) = faulty_world(false);
    world.register(EMAIL).await;
    world.register("jane@acme.com").await;
    // The first look at a registration, at the claim and again on delivery.
    store.fail_at(5);
    let claimed = world.delivery.claim(&Queue::Mail, 10).await.unwrap();
    assert_eq!((store.calls(), store.commits()), (5, 1), "what was claimed stays so");
    let fences: Vec<u32> = claimed.iter().map(|claimed| claimed.entry().fence).collect();
    assert_eq!(fences, [1, 1], "claimed once");
    store.fail_at(2);
    assert!(world.delivery.deliver(&claimed[0]).await.is_err());
    assert_eq!(world.delivery.deliver(&claimed[1]).await.unwrap(), Outcome::HandedOver);
    world.clock.advance(LEASE);
    assert_eq!(world.mails().await.len(), 2, "the other one once it can be read");
}

#[tokio::test]
async fn each_new_entry_wakes_the_worker() {
    let world = World::new();
    let notified = async |world: &World| {
        tokio::select! { biased; () = world.service.outbox_bell().notified() => true, () = std::future::ready(()) => false }
    };
    assert!(!notified(&world).await);
    world.register(EMAIL).await;
    assert!(notified(&world).await);
    assert!(!notified(&world).await);
    world.resend(EMAIL).await.unwrap();
    assert!(notified(&world).await);
    assert!(world.try_register(draft(EMAIL, "short"), Client::default()).await.is_err());
    assert!(!notified(&world).await);
}

#[tokio::test]
async fn a_worker_knows_how_long_it_may_sleep() {
    let world = World::new();
    assert_eq!(world.delivery.idle_time(&Queue::Mail, HOUR).await.unwrap(), HOUR);
    world.register(EMAIL).await;
    assert_eq!(world.delivery.idle_time(&Queue::Mail, HOUR).await.unwrap(), Duration::ZERO);
    world.claim_one().await;
    assert_eq!(world.delivery.idle_time(&Queue::Mail, HOUR).await.unwrap(), LEASE);
    assert_eq!(world.delivery.idle_time(&Queue::Mail, SECOND).await.unwrap(), SECOND);
}
