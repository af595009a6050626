//! The limits on connections, and rare log lines that say that they were reached.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Shortest time between two log lines about the same limit.
const PAUSE: Duration = Duration::from_mins(1);

/// Why a connection was closed or refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::serve) enum Limit {
    /// `http.max_connections`.
    Total,
    /// `http.max_connections_per_address`.
    PerNetwork,
    /// The operating system has no more files.
    OpenFiles,
    /// The head of a request is too large.
    HeadSize,
    /// The head of a request did not arrive in time.
    HeadTime,
    /// The body of a request did not arrive in time.
    BodyTime,
    /// The answer was not read in time.
    AnswerTime,
}

impl Limit {
    /// Returns the name in metrics and in the log.
    pub(in crate::serve) const fn name(self) -> &'static str {
        match self {
            Self::Total => "max_connections",
            Self::PerNetwork => "max_connections_per_address",
            Self::OpenFiles => "open_files",
            Self::HeadSize => "head_size",
            Self::HeadTime => "head_time",
            Self::BodyTime => "body_time",
            Self::AnswerTime => "answer_time",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::PerNetwork => "a client reached the limit per address: its new connections replace its own idle ones",
            Self::OpenFiles => "the operating system allows no more open files: idle connections are closed",
            _ => "the limit on connections is reached: new ones replace those that have been idle longest",
        }
    }
}

/// What happened since the last log line about a limit.
#[derive(Debug, Default)]
struct Tally {
    last: Option<Instant>,
    closed: u64,
    refused: u64,
}

/// Writes the log lines.
#[derive(Debug, Default)]
pub(super) struct ReachedLog {
    total: Mutex<Tally>,
    per_network: Mutex<Tally>,
    open_files: Mutex<Tally>,
}

impl ReachedLog {
    /// Records that a connection was closed or refused because of a limit, while that many networks have connections.
    pub(super) fn note(&self, limit: Limit, was_closed: bool, networks: usize, now: Instant) {
        let tally = match limit {
            Limit::PerNetwork => &self.per_network,
            Limit::OpenFiles => &self.open_files,
            _ => &self.total,
        };
        let due = tally.lock().unwrap_or_else(PoisonError::into_inner).add(was_closed, now);
        if let Some((closed, refused)) = due {
            let (name, words) = (limit.name(), limit.words());
            tracing::warn!(event = "connection_limit_reached", limit = name, closed, refused, networks, "{words}");
        }
    }
}

impl Tally {
    /// Counts one more. If it is time for another log line, returns how many were closed and refused since the last
    /// one.
    fn add(&mut self, was_closed: bool, now: Instant) -> Option<(u64, u64)> {
        let count = if was_closed { &mut self.closed } else { &mut self.refused };
        *count += 1;
        if self.last.is_some_and(|last| now.duration_since(last) < PAUSE) {
            return None;
        }
        let due = (self.closed, self.refused);
        *self = Self { last: Some(now), ..Self::default() };
        Some(due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_logged_once_a_minute() {
        let (begun, mut tally) = (Instant::now(), Tally::default());
        assert_eq!(tally.add(true, begun), Some((1, 0)), "the first is told at once");
        for _ in 0..9_000 {
            assert_eq!(tally.add(true, begun + Duration::from_secs(59)), None);
        }
        assert_eq!(tally.add(false, begun + PAUSE), Some((9_000, 1)));
        assert_eq!(tally.add(false, begun + PAUSE), None);
    }
}
