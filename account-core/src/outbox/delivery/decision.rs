//! What was decided about an entry.

use crate::outbox::event::Event;
use crate::outbox::mail::Mail;
use crate::timestamp::Timestamp;

/// What is to be done with an entry.
#[derive(Debug)]
pub(super) enum Decision {
    /// Hand it over; it is of use until then.
    Send { what: Due, useful_until: Timestamp },
    /// Nothing is due, for that reason.
    Drop(&'static str),
    /// It can never be delivered, for that reason.
    GiveUp(&'static str),
    /// The claim is no longer ours.
    Lost,
}

/// What is to be handed over.
#[derive(Debug)]
pub(super) enum Due {
    Mail(Box<Mail>),
    Event(Box<Event>),
}
