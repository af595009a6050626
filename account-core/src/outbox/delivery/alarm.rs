//! What a process remembers of the alarm that all refuse us. The outbox has the facts.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::outbox::refused_sender::COUNTED;
use crate::timestamp::Timestamp;

/// For how long an alarm is believed without looking again: while everything is refused, looking each time is too much.
const BELIEVED: Duration = Duration::from_secs(5);

/// What this process knows of the alarm.
#[derive(Debug, Default)]
pub(super) struct Alarm(Mutex<Option<Timestamp>>);

impl Alarm {
    fn last(&self) -> MutexGuard<'_, Option<Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it was seen just now.
    pub(super) fn is_fresh(&self, now: Timestamp) -> bool {
        self.last().is_some_and(|at| !at.is_from_the_future(now) && now.since(at) < BELIEVED)
    }

    /// Notes that it is there; returns whether that is new.
    pub(super) fn raise(&self, now: Timestamp) -> bool {
        self.last().replace(now).is_none_or(|at| at.is_from_the_future(now) || now.since(at) > COUNTED)
    }

    /// Notes that it is over; returns whether that is new.
    pub(super) fn end(&self) -> bool {
        self.last().take().is_some()
    }
}
