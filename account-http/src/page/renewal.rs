//! What the answer tells the browser about its session.

use std::sync::{Arc, Mutex, PoisonError};

use account_core::session::OpenedSession;

/// Where a page leaves what the browser is to be told of its session.
#[derive(Clone, Default)]
pub(super) struct Renewal(Arc<Mutex<Option<Told>>>);

/// What the browser is told about its session.
pub(super) enum Told {
    Token(OpenedSession),
    Ended,
}

impl Renewal {
    pub(super) fn put(&self, told: Told) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
    }

    pub(super) fn take(&self) -> Option<Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
