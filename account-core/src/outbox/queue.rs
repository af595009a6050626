//! Queues: parts of the outbox that are processed in parallel, so that nothing waits for what is slow or many.

use std::fmt;

use super::event::EndpointName;

/// A part of the outbox that is processed separately.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Queue {
    /// Requests for which it is not decided whether an email is due, and to whom. Anyone can make many of them.
    Deciding,
    /// Every email that is due.
    Mail,
    /// The events of an endpoint.
    Endpoint(EndpointName),
}

impl Queue {
    /// Returns the endpoint, if it is the queue of one.
    #[must_use]
    pub const fn endpoint(&self) -> Option<&EndpointName> {
        match self {
            Self::Deciding | Self::Mail => None,
            Self::Endpoint(name) => Some(name),
        }
    }
}

impl fmt::Display for Queue {
    /// Writes `deciding`, `mail` or the endpoint's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deciding => f.write_str("deciding"),
            Self::Mail => f.write_str("mail"),
            Self::Endpoint(name) => name.fmt(f),
        }
    }
}
