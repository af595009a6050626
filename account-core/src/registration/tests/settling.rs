//! Settling: deliveries that end together share a commit, and nothing else.

use tokio::task::JoinHandle;

use super::faulty_store::{FaultyStore, faulty_world};
use super::*;
use crate::outbox::delivery::{ClaimedEntry, Ended, LEASE, Outcome};
use crate::outbox::{OutboxState, Queue};
use crate::ports::{DeliveryError, StoreError};

const CROWD: usize = 8;
/// Calls of the store that settle them together: begin, a settlement each, commit.
const CALLS: usize = CROWD + 2;

type Task = JoinHandle<Result<Ended, StoreError>>;

/// A world in which that many emails are claimed.
async fn crowded_world(commits_first: bool) -> (World, FaultyStore, Vec<ClaimedEntry>) {
    let (world, store) = faulty_world(commits_first);
    for number in 0..CROWD {
        world.register(&format!("john{number}@acme.com")).await;
    }
    let claimed = world.delivery.claim(&Queue::Mail, 100).await.unwrap();
    assert_eq!(claimed.len(), CROWD);
    (world, store, claimed)
}

impl World {
    /// Delivers them side by side, the first a moment before the others. They all end while somebody else writes.
    async fn deliver_together(&self, claimed: impl IntoIterator<Item = ClaimedEntry>) -> Vec<Task> {
        let somebody = self.store.begin().await.unwrap();
        let start = |claimed| {
            let delivery = self.delivery.clone();
            tokio::spawn(async move { delivery.deliver(&claimed).await })
        };
        let tasks = claimed.into_iter().map(start).collect();
        get_stuck().await;
        drop(somebody);
        tasks
    }

    fn states(&self) -> Vec<OutboxState> {
        self.store.outbox().iter().map(|entry| entry.state).collect()
    }
}

/// Lets every task get as far as it can.
async fn get_stuck() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

async fn outcomes(tasks: impl IntoIterator<Item = Task>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap().unwrap().outcome);
    }
    outcomes
}

#[tokio::test]
async fn deliveries_that_end_together_share_a_commit() {
    let (world, store, claimed) = crowded_world(false).await;
    store.fail_at(0);
    world.mailer.fail_next(DeliveryError::Transient("451 try later".into()));
    world.mailer.fail_next(DeliveryError::Permanent("550 no such mailbox".into()));
    let outcomes = outcomes(world.deliver_together(claimed).await).await;
    assert_eq!(outcomes[..2], [Outcome::Deferred, Outcome::Dead]);
    assert_eq!(outcomes[2..], [Outcome::HandedOver; CROWD - 2]);
    assert_eq!((store.calls(), store.commits()), (CALLS, 1));
    assert_eq!(world.states()[..2], [OutboxState::Queued, OutboxState::Dead]);
    assert_eq!(world.states()[2..], [OutboxState::HandedOver; CROWD - 2]);
}

#[tokio::test]
async fn a_delivery_that_ends_alone_waits_for_no_other() {
    let (world, store, claimed) = crowded_world(false).await;
    store.fail_at(0);
    for (number, claimed) in (1..).zip(claimed) {
        assert_eq!(world.delivery.deliver(&claimed).await.unwrap(), Outcome::HandedOver);
        assert_eq!(store.commits(), number);
    }
}

#[tokio::test]
async fn a_group_that_fails_is_settled_one_by_one() {
    // The call that begins fails the first alone: nobody else has ended yet.
    for step in 2..=CALLS {
        let (world, store, claimed) = crowded_world(false).await;
        store.fail_at(step);
        let outcomes = outcomes(world.deliver_together(claimed).await).await;
        assert_eq!(outcomes, [Outcome::HandedOver; CROWD], "step {step}");
        assert_eq!(world.states(), [OutboxState::HandedOver; CROWD]);
        assert_eq!(store.commits(), CROWD);
        assert_eq!(world.mailer.take().len(), CROWD, "none is sent twice");
    }
}

#[tokio::test]
async fn a_delivery_that_cannot_be_settled_fails_alone() {
    let (world, store, claimed) = crowded_world(false).await;
    store.fail_at(1);
    let mut tasks = world.deliver_together(claimed).await;
    assert!(tasks.remove(0).await.unwrap().is_err());
    assert_eq!(outcomes(tasks).await, [Outcome::HandedOver; CROWD - 1]);
    assert_eq!(world.mailer.take().len(), CROWD);
    world.clock.advance(LEASE);
    assert_eq!(world.mails().await.len(), 1, "the first one again");
}

#[tokio::test]
async fn a_group_whose_commit_answer_was_lost_is_settled_once() {
    let (world, store, claimed) = crowded_world(true).await;
    store.fail_at(CALLS);
    let outcomes = outcomes(world.deliver_together(claimed).await).await;
    assert_eq!(outcomes, [Outcome::Lost; CROWD]);
    assert_eq!(world.states(), [OutboxState::HandedOver; CROWD]);
    world.clock.advance(LEASE);
    assert_eq!(world.delivery.claim(&Queue::Mail, 100).await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_cancelled_group_leader_loses_no_settlement() {
    for step in 1..=CALLS {
        let (world, store, claimed) = crowded_world(false).await;
        let first = claimed[0].entry().id;
        store.hang_at(step);
        let mut tasks = world.deliver_together(claimed).await;
        get_stuck().await;
        assert!(tasks.iter().all(|task| !task.is_finished()), "step {step}");
        tasks.remove(0).abort();
        assert_eq!(outcomes(tasks).await, [Outcome::HandedOver; CROWD - 1], "step {step}");
        let sent = world.mailer.take();
        assert_eq!(sent.len(), CROWD);
        // What is still pending when its task goes away is settled by the next; what was being settled is not.
        let queued = world.store.outbox().into_iter().filter(|entry| entry.state == OutboxState::Queued);
        let queued: Vec<_> = queued.map(|entry| entry.id).collect();
        assert_eq!(queued, if step == 1 { vec![] } else { vec![first] }, "step {step}");
        world.clock.advance(LEASE);
        let again: Vec<_> = world.mails().await.iter().map(|mail| mail.id).collect();
        assert_eq!(again, queued, "with the same Message-ID");
    }
}

#[tokio::test]
async fn a_late_delivery_settles_nothing_in_a_group_either() {
    let (world, store, late) = crowded_world(false).await;
    drop(late);
    // Nothing is sent any more: such an end needs no lease to get as far as the settlement.
    world.clock.advance(TTL);
    let late = world.delivery.claim(&Queue::Mail, 100).await.unwrap();
    world.clock.advance(LEASE);
    let current = world.delivery.claim(&Queue::Mail, 100).await.unwrap();
    store.fail_at(0);
    let (late, mut current) = (late.into_iter(), current.into_iter());
    let first = current.next();
    let tasks = world.deliver_together(first.into_iter().chain(late)).await;
    let mut expected = [Outcome::Lost; CROWD + 1];
    expected[0] = Outcome::Dead;
    assert_eq!(outcomes(tasks).await, expected);
    assert_eq!(store.commits(), 1);
    assert_eq!(world.states().iter().filter(|state| **state == OutboxState::Queued).count(), CROWD - 1);
    assert_eq!(outcomes(world.deliver_together(current).await).await, [Outcome::Dead; CROWD - 1]);
    assert_eq!(store.commits(), 2);
}
