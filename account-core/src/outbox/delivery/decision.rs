//! Decisions about claimed entries.

use crate::outbox::event::Event;
use crate::outbox::mail::Mail;
use crate::timestamp::Timestamp;

/// What to do with a claimed entry.
#[derive(Debug)]
pub(super) enum Decision {
    /// Send it. It is useful until `useful_until`.
    Send { what: Due, useful_until: Timestamp },
    /// Nothing is due, for this reason.
    Drop(&'static str),
    /// It can never be delivered, for this reason.
    GiveUp(&'static str),
}

/// What to send.
#[derive(Debug)]
pub(super) enum Due {
    Mail(Box<Mail>),
    Event(Box<Event>),
}
