//! Deciding: what becomes of requests before any email is due.

use super::faulty_store::faulty_world;
use super::*;
use crate::id::OutboxId;
use crate::outbox::delivery::LEASE;
use crate::outbox::{Intent, OutboxEntry, OutboxState, Queue};
use crate::registration::status::MailProgress;

impl World {
    /// Puts that many requests of each kind for addresses that nobody has into the outbox.
    async fn flood(&self, count: u128) {
        let mut unit = self.store.begin().await.unwrap();
        for number in 0..count {
            let address = EmailAddress::parse(&format!("nobody{number}@acme.com")).unwrap();
            let reset = Intent::PasswordReset { address: address.clone(), decided: None };
            let resend = Intent::Resend { registration: None, address, generation: None };
            for (place, intent) in (1..).zip([reset, resend]) {
                let id = OutboxId::from_uuid(uuid::Uuid::from_u128(number * 2 + place));
                unit.enqueue(&OutboxEntry::new(id, intent, self.clock.now())).await.unwrap();
            }
        }
        unit.commit().await.unwrap();
    }
}

#[tokio::test]
async fn requests_for_addresses_that_nobody_has_are_removed_500_in_a_commit() {
    let (world, store) = faulty_world(false);
    world.flood(5_000).await;
    store.fail_at(0);
    let mut removed = 0;
    for batch in 1..=20 {
        let decided = world.delivery.decide(DECIDED_TOGETHER).await.unwrap();
        removed += decided.removed.values().sum::<u64>();
        assert_eq!((removed, store.commits()), (batch * 500, usize::try_from(batch).unwrap()));
        assert!(decided.entries.is_empty() && decided.has_more() && !decided.has_mails());
        assert_eq!(decided.removed["resend"], decided.removed["password_reset"]);
    }
    assert_eq!(store.calls(), 20 * 6, "begin, lock, two looks, remove, commit");
    assert_eq!(world.store.outbox(), []);
    assert!(!world.delivery.decide(DECIDED_TOGETHER).await.unwrap().has_more());
}

#[tokio::test]
async fn a_registrations_mail_does_not_wait_until_requests_are_decided() {
    let world = World::new();
    world.flood(1_000).await;
    world.clock.advance(SECOND);
    world.register(EMAIL).await;
    let [claimed] = <[_; 1]>::try_from(world.delivery.claim(&Queue::Mail, 16).await.unwrap()).unwrap();
    world.delivery.deliver(&claimed).await.unwrap();
    assert_eq!(world.mailer.take()[0].to.as_str(), EMAIL);
    assert_eq!(world.store.outbox().len(), 2_001);
}

#[tokio::test]
async fn a_request_that_leads_to_a_mail_waits_for_few_others() {
    let world = World::new();
    world.attempt(EMAIL, PASSWORD).await;
    world.flood(1_000).await;
    world.clock.advance(SECOND);
    world.resend(EMAIL).await.unwrap();
    let mut batches = 0;
    while !world.delivery.decide(DECIDED_TOGETHER).await.unwrap().has_mails() {
        batches += 1;
    }
    assert_eq!(batches, 4, "one for each 500 before it");
    assert_eq!(world.mail().await.to.as_str(), EMAIL);
}

#[tokio::test]
async fn more_than_can_be_decided_under_one_lease_are_decided_in_turns() {
    let (world, _) = faulty_world(false);
    for number in 0..120 {
        world.register(&format!("john{number}@acme.com")).await;
    }
    world.mails().await;
    for number in 0..120 {
        world.resend(&format!("john{number}@acme.com")).await.unwrap();
    }
    world.flood(100).await;
    let mut decided = Vec::new();
    loop {
        let batch = world.delivery.decide(DECIDED_TOGETHER).await.unwrap();
        decided.push((batch.entries.len(), batch.removed.values().sum::<u64>()));
        if !batch.has_more() {
            break;
        }
    }
    assert_eq!(decided, [(50, 200), (50, 0), (20, 0)]);
    assert_eq!(world.mails().await.len(), 120);
}

#[tokio::test]
async fn claims_of_a_dead_decider_are_decided_after_their_lease() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    world.resend_by_continuation(&attempt.accepted).await.unwrap();
    let mut unit = world.store.begin().await.unwrap();
    let now = world.clock.now();
    assert_eq!(unit.claim(&Queue::Deciding, now, now + LEASE, 9).await.unwrap().len(), 1);
    unit.commit().await.unwrap();
    assert_eq!(world.mails().await.len(), 0);
    world.clock.advance(LEASE);
    let mail = world.mail().await;
    assert_eq!(world.store.row_counts()["tokens"], 2);
    assert!(world.redeem(&token_in(&mail), continuation(&attempt.accepted)).await.is_ok());
}

#[tokio::test]
async fn a_decision_that_cannot_be_written_delays_no_other_and_is_made_later() {
    for step in 1.. {
        let (world, store) = faulty_world(false);
        let attempts = [world.attempt(EMAIL, PASSWORD).await, world.attempt("jane@acme.com", PASSWORD).await];
        world.clock.advance(SECOND);
        for attempt in &attempts {
            world.resend_by_continuation(&attempt.accepted).await.unwrap();
        }
        store.fail_at(step);
        let first = world.delivery.decide(DECIDED_TOGETHER).await;
        if !store.has_failed() {
            assert!(step > 20, "{step}");
            break;
        }
        // When nothing was decided, all of it is still due; else one waits for the end of its lease.
        let later = first.map_or(0, |decided| decided.entries.iter().filter(|it| it.is_mail_due.is_err()).count());
        assert_eq!(world.mails().await.len(), 2 - later, "step {step}");
        world.clock.advance(LEASE);
        assert_eq!(world.mails().await.len(), later, "step {step}");
        assert_eq!(world.store.row_counts()["tokens"], 4, "step {step}: each has one new token");
    }
}

#[tokio::test]
async fn the_holder_of_a_registration_still_sees_a_mail_when_nothing_was_due() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    world.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap();
    world.clock.advance(SECOND);
    world.resend_by_continuation(&attempt.accepted).await.unwrap();
    assert_eq!(world.status(&attempt.accepted).await.mail, MailProgress::Queued);
    assert_eq!(world.mails().await.len(), 0);
    assert_eq!(world.status(&attempt.accepted).await.mail, MailProgress::HandedOver);
    assert_eq!(world.store.outbox().last().unwrap().state, OutboxState::Dropped);
}
