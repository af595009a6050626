//! Suspecting connections: when one turns out to be useless, the others to that server may be too.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::deadlines::IN_USE;

/// Minimum time between two lines of log.
const QUIET: Duration = Duration::from_secs(5);

/// The suspicion against the connections of one store, in all its pools.
#[derive(Debug, Default)]
pub(super) struct Suspicion {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    raised: Option<Instant>,
    told: Option<Instant>,
    /// When a server was last found to be read-only, and not writable since.
    read_only: Option<Instant>,
}

impl Suspicion {
    /// Suspects every connection that exists now: a statement on one of them failed for this reason, which contains no
    /// values.
    pub(super) fn raise(&self, reason: &str) {
        let now = Instant::now();
        let mut state = self.state();
        state.raised = Some(now);
        let is_quiet = state.told.is_some_and(|told| now.duration_since(told) < QUIET);
        if !is_quiet {
            state.told = Some(now);
            drop(state);
            tracing::warn!(
                event = "database_connection_closed",
                reason,
                "a connection to the database was closed; the others are tested before they are used again"
            );
        }
    }

    /// Returns whether a connection of this age that was idle for this long is suspected. One that was in use when the
    /// suspicion arose, and came back since, still is.
    pub(super) fn is_against(&self, age: Duration, idle_for: Duration) -> bool {
        let Some(raised) = self.state().raised else { return false };
        let since = raised.elapsed();
        age >= since && idle_for.saturating_add(IN_USE) >= since
    }

    /// Notes whether the server could be written to, to explain why there is no connection.
    pub(super) fn note_read_only(&self, is_read_only: bool) {
        self.state().read_only = is_read_only.then(Instant::now);
    }

    /// Returns whether the latest server that was asked was read-only, a moment ago.
    pub(super) fn is_read_only(&self) -> bool {
        self.state().read_only.is_some_and(|noted| noted.elapsed() < IN_USE)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    #[test]
    fn connections_from_before_the_suspicion_are_tested_until_they_were_used_after_it() {
        let suspicion = Suspicion::default();
        assert!(!suspicion.is_against(HOUR, HOUR), "there is none");
        suspicion.raise("for this test");
        assert!(suspicion.is_against(HOUR, HOUR) && suspicion.is_against(HOUR, Duration::ZERO));
        assert!(!suspicion.is_against(Duration::ZERO, Duration::ZERO), "a new one");

        let past = Instant::now().checked_sub(HOUR).unwrap();
        suspicion.state.lock().unwrap().raised = Some(past);
        assert!(suspicion.is_against(2 * HOUR, HOUR), "idle since before");
        assert!(suspicion.is_against(2 * HOUR, HOUR.saturating_sub(IN_USE) + Duration::from_secs(1)), "in use then");
        assert!(!suspicion.is_against(2 * HOUR, HOUR / 2), "used since");
    }
}
