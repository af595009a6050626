//! A pool of idle connections.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::dialogue::Session;

/// An idle connection is closed after this time: servers close theirs after a minute or more.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// A connection is closed after this many emails: servers have limits, often 100.
const MOST_MAILS: u32 = 50;

/// Reusable connections; the last one used is used next.
///
/// Only connections whose last answer has been read are put here. Others are closed: an answer still to come would be
/// read as that of the next email.
pub(super) struct Pool {
    waiting: Mutex<Vec<(Session, Instant)>>,
    most: usize,
}

impl Pool {
    pub(super) const fn new(most: usize) -> Self {
        Self { waiting: Mutex::new(Vec::new()), most }
    }

    /// Returns a connection, if there is one. Closes those that were idle for too long.
    pub(super) fn take(&self) -> Option<Session> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|(_, since)| since.elapsed() < LONGEST_WAIT);
        waiting.pop().map(|(session, _)| session)
    }

    /// Keeps a connection for the next email.
    pub(super) fn put(&self, session: Session) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < self.most && session.mails() < MOST_MAILS {
            waiting.push((session, Instant::now()));
        }
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("most", &self.most).finish_non_exhaustive()
    }
}
