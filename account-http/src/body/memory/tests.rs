//! Who gets memory, who waits for it, and who is refused.

use futures_util::FutureExt;

use super::*;

/// The length of a body that takes one step.
const LENGTH: usize = FREE + STEP;
/// What such a body takes.
const TAKEN: usize = STEP + CONNECTION;

fn network(number: u8) -> Client {
    Client::at([192, 0, number, 1].into())
}

fn exempt() -> Client {
    Client { is_exempt: true, ..network(1) }
}

impl BodyMemory {
    fn of_bytes(total: usize) -> Self {
        Self::with(total, None)
    }

    fn free(&self) -> usize {
        self.0.state().free
    }

    fn waiting(&self) -> usize {
        self.0.state().line.len()
    }

    fn share(&self, client: &Client) -> Share {
        self.of(client).share(Some(LENGTH))
    }

    /// Begins as many bodies as a client is let, and at most that many.
    fn fill(&self, client: &Client, most: usize) -> Vec<Share> {
        let begin = || {
            let mut share = self.share(client);
            (share.take(LENGTH).now_or_never() == Some(Ok(()))).then_some(share)
        };
        std::iter::from_fn(begin).take(most).collect()
    }

    /// Takes everything, from many networks.
    fn exhaust(&self) -> Vec<Share> {
        let mut held: Vec<Share> = (1..=250).flat_map(|number| self.fill(&network(number), 256)).collect();
        held.extend(self.fill(&exempt(), 256));
        held
    }
}

/// Whether a body that waits has what it waits for.
fn has_come(taking: &mut (impl Future<Output = Result<(), NoMemory>> + Unpin)) -> bool {
    taking.now_or_never().is_some_and(|taken| taken.is_ok())
}

#[test]
fn a_usual_body_takes_nothing() {
    let memory = BodyMemory::of_bytes(1);
    for length in [Some(2_000), None] {
        let mut usual = memory.of(&network(1)).share(length);
        assert_eq!(usual.take(1_000).now_or_never(), Some(Ok(())));
        assert_eq!(usual.take(FREE - 1_000).now_or_never(), Some(Ok(())));
    }
    assert_eq!(memory.free(), 1);
}

#[tokio::test]
async fn networks_that_take_what_they_can_leave_most_to_others() {
    let memory = BodyMemory::default();
    // With all connections that each can have.
    let mut held = vec![memory.fill(&network(1), 256)];
    assert_eq!(held[0].len(), TOTAL / TAKEN / 9, "one network");
    held.push(memory.fill(&network(2), 256));
    assert!(memory.free() > TOTAL * 3 / 4, "two networks");
    held.extend((3..=13).map(|number| memory.fill(&network(number), 256)));
    assert!(memory.free() > TOTAL / 5, "thirteen networks");
    for honest in 100..104 {
        assert_eq!(memory.fill(&network(honest), 4).len(), 4, "{honest}");
    }
    drop(held);
    assert_eq!(memory.free(), TOTAL);
    assert!(memory.0.state().held.is_empty(), "nothing is remembered of those that hold nothing");
}

#[tokio::test]
async fn exempt_clients_take_at_most_half() {
    let memory = BodyMemory::default();
    let held = memory.fill(&exempt(), 1_000);
    assert_eq!(held.len(), TOTAL / 2 / TAKEN);
    // A client whose address is not known is not a network either.
    assert!(memory.fill(&Client::default(), 1).is_empty());
    assert!(!memory.fill(&network(1), 1).is_empty());
}

#[tokio::test]
async fn whoever_came_first_is_served_first_however_large() {
    let memory = BodyMemory::default();
    let mut held = memory.exhaust();
    let (mut large, mut small) = (memory.share(&network(251)), memory.of(&network(252)).share(Some(FREE + 1)));
    let mut first = Box::pin(large.take(LENGTH));
    assert!(!has_come(&mut first));
    // It would be enough for a small one for a long time.
    let mut second = Box::pin(small.take(FREE + 1));
    assert!(!has_come(&mut second));
    while !has_come(&mut first) {
        assert!(!has_come(&mut second), "a small body overtook a large one");
        drop(held.pop().unwrap());
    }
    while !has_come(&mut second) {
        drop(held.pop().unwrap());
    }
}

#[tokio::test]
async fn a_network_that_waits_for_itself_holds_up_no_other() {
    let memory = BodyMemory::default();
    let mut held = memory.fill(&network(1), 256);
    let mut next = memory.share(&network(1));
    let mut waiting = Box::pin(next.take(LENGTH));
    assert!(!has_come(&mut waiting));
    assert_eq!(memory.fill(&network(2), 1).len(), 1);
    // Its own later ones, however small, come after it.
    let mut small = memory.of(&network(1)).share(Some(FREE + 1));
    let mut later = Box::pin(small.take(FREE + 1));
    assert!(!has_come(&mut later));
    held.pop();
    assert!(has_come(&mut waiting));
}

#[tokio::test]
async fn few_bodies_wait_and_fewer_of_one_network() {
    let memory = BodyMemory::of_bytes(0);
    let mut waiting = Vec::new();
    for number in 1..=20 {
        for of_network in 1..=MAX_WAITING_OF_NETWORK + 1 {
            let mut share = memory.share(&network(number));
            let mut taking = Box::pin(async move { share.take(LENGTH).await });
            let is_refused = taking.as_mut().now_or_never() == Some(Err(NoMemory));
            assert_eq!(is_refused, of_network > MAX_WAITING_OF_NETWORK || waiting.len() == MAX_WAITING);
            if !is_refused {
                waiting.push(taking);
            }
        }
    }
    assert_eq!(memory.waiting(), MAX_WAITING);
    // One that gives up makes room for another one.
    waiting.pop();
    assert_eq!(memory.share(&network(99)).take(LENGTH).now_or_never(), None);
}

#[tokio::test]
async fn whoever_gives_up_holds_up_nobody_and_loses_nothing() {
    let memory = BodyMemory::default();
    let mut held = memory.exhaust();
    let mut small = memory.of(&network(252)).share(Some(FREE + 1));
    let mut large = memory.share(&network(251));
    let mut gives_up = Box::pin(large.take(LENGTH));
    assert!(!has_come(&mut gives_up));
    let mut behind = Box::pin(small.take(FREE + 1));
    assert!(!has_come(&mut behind));
    // Enough for the one behind, and not for the one before it.
    while memory.0.room(&memory.0.state(), Some(WideNetwork::of([192, 0, 252, 1].into())), 1 + CONNECTION)
        != Room::Enough
    {
        drop(held.pop().unwrap());
    }
    assert!(!has_come(&mut behind));
    drop(gives_up);
    assert!(has_come(&mut behind));
    drop(behind);
    // One that goes away when it has just been served gives back what it has not taken.
    let mut late = memory.share(&network(253));
    let mut served = Box::pin(late.take(LENGTH));
    let _ = has_come(&mut served);
    drop(held);
    drop(served);
    drop((small, large, late));
    assert_eq!((memory.free(), memory.waiting()), (TOTAL, 0));
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_long() {
    let memory = BodyMemory::of_bytes(0);
    let begun = tokio::time::Instant::now();
    assert_eq!(memory.share(&network(1)).take(LENGTH).await, Err(NoMemory));
    assert_eq!((begun.elapsed().as_secs(), memory.waiting()), (LONGEST_WAIT.as_secs(), 0));
}

#[tokio::test]
async fn a_body_that_holds_memory_does_not_wait_for_more() {
    let memory = BodyMemory::default();
    let mut larger = memory.of(&network(250)).share(None);
    assert_eq!(larger.take(LENGTH).now_or_never(), Some(Ok(())));
    let _held = memory.exhaust();
    assert_eq!(larger.take(1).now_or_never(), Some(Err(NoMemory)));
    assert_eq!(memory.waiting(), 0);
}

#[test]
fn a_body_takes_what_arrives_and_not_what_it_announces() {
    for length in [None, Some(17_000_000), Some(usize::MAX)] {
        let memory = BodyMemory::default();
        let mut share = memory.of(&network(1)).share(length);
        for (arrives, taken) in [(FREE + 1, TAKEN), (STEP - 1, TAKEN), (1, TAKEN + STEP)] {
            assert_eq!(share.take(arrives).now_or_never(), Some(Ok(())));
            assert_eq!(memory.free(), TOTAL - taken);
            assert!(share.granted() >= arrives);
        }
    }
}
