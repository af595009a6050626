//! A limit for the memory that request bodies take together while they arrive.
//!
//! People and their programs send bodies of one or two kilobytes. Those of 2,000 connections that send 60 KiB each and
//! do not end would take 120 MiB and more.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// This many bytes of each body are not counted, so that no other body can delay a usual one.
const FREE: usize = 8 * 1024;
/// At most this much is taken at a time: the usual maximum of a body. A larger one, or one of unknown length, takes more
/// when more has arrived. What a client only announces takes nothing from others.
const STEP: usize = 64 * 1024;
/// For all bodies together, in bytes, in addition to what is free.
const TOTAL: usize = 16 * 1024 * 1024;

/// The memory for large bodies. Clones share it.
#[derive(Clone)]
pub(super) struct BodyMemory(Arc<Semaphore>);

impl Default for BodyMemory {
    fn default() -> Self {
        Self::new(TOTAL)
    }
}

impl BodyMemory {
    /// That many bytes.
    pub(super) fn new(total: usize) -> Self {
        Self(Arc::new(Semaphore::new(total)))
    }

    /// Returns the share of a body of that length, if the length is known.
    pub(super) fn share(&self, length: Option<u64>) -> Share {
        let length = length.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
        // A usual body takes all at once, so that two of them cannot wait for each other.
        let step = length.map_or(STEP, |length| length.saturating_sub(FREE).clamp(1, STEP));
        Share { memory: Arc::clone(&self.0), room: FREE, step, held: None }
    }
}

/// What one body takes. Dropping it gives the memory back.
pub(super) struct Share {
    memory: Arc<Semaphore>,
    /// How many bytes may still arrive.
    room: usize,
    /// How many bytes are taken when there is no more room.
    step: usize,
    held: Option<OwnedSemaphorePermit>,
}

impl Share {
    /// Makes room for bytes that have arrived. Waits while the bodies of others take all memory.
    pub(super) async fn take(&mut self, bytes: usize) {
        while self.room < bytes {
            let step = u32::try_from(self.step).unwrap_or(u32::MAX);
            // Never closed.
            let Ok(permit) = Arc::clone(&self.memory).acquire_many_owned(step).await else { return };
            match &mut self.held {
                Some(held) => held.merge(permit),
                None => self.held = Some(permit),
            }
            self.room = self.room.saturating_add(self.step);
        }
        self.room -= bytes;
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn a_usual_body_takes_nothing() {
        let memory = BodyMemory::new(1);
        for length in [Some(2_000), None] {
            let mut usual = memory.share(length);
            assert!(usual.take(1_000).now_or_never().is_some());
            assert!(usual.take(FREE - 1_000).now_or_never().is_some());
        }
    }

    #[test]
    fn large_bodies_wait_until_others_are_done() {
        let memory = BodyMemory::default();
        let length = FREE + STEP;
        let mut all: Vec<Share> = (0..TOTAL / STEP).map(|_| memory.share(Some(length as u64))).collect();
        for share in &mut all {
            assert!(share.take(FREE + 1).now_or_never().is_some());
            // The rest is its own already.
            assert!(share.take(STEP - 1).now_or_never().is_some());
        }
        let mut next = memory.share(Some(length as u64));
        assert!(next.take(length).now_or_never().is_none());
        all.pop();
        assert!(next.take(length).now_or_never().is_some());
        drop((all, next));
        assert_eq!(memory.0.available_permits(), TOTAL);
    }

    #[test]
    fn a_body_takes_what_arrives_and_not_what_it_announces() {
        for length in [None, Some(17_000_000), Some(u64::MAX)] {
            let memory = BodyMemory::default();
            let mut share = memory.share(length);
            for (arrives, taken) in [(FREE + 1, STEP), (STEP - 1, STEP), (1, 2 * STEP)] {
                assert!(share.take(arrives).now_or_never().is_some());
                assert_eq!(memory.0.available_permits(), TOTAL - taken);
            }
        }
    }
}
