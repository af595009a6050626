//! Connections that wait for the next mail.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::dialogue::Session;

/// A connection that waited longer is closed: servers close theirs after a minute or more.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// A connection is closed after so many mails: servers set limits, 100 is a usual one.
const MOST_MAILS: u32 = 50;

/// Connections in good order; the one used last is used next.
///
/// Only a connection whose last answer has been read gets here. One whose user gave up, or was dropped while it waited,
/// is closed: an answer still under way would be taken for the next mail's.
pub(super) struct Pool {
    waiting: Mutex<Vec<(Session, Instant)>>,
    most: usize,
}

impl Pool {
    pub(super) const fn new(most: usize) -> Self {
        Self { waiting: Mutex::new(Vec::new()), most }
    }

    /// A connection that may be used, if there is one. Those that waited too long are closed.
    pub(super) fn take(&self) -> Option<Session> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|(_, since)| since.elapsed() < LONGEST_WAIT);
        waiting.pop().map(|(session, _)| session)
    }

    /// Keeps a connection for the next mail.
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
