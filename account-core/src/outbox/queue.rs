//! Queues: parts of the outbox that are delivered in parallel, so that a slow receiver delays no other.

use std::fmt;

use super::event::EndpointName;

/// A part of the outbox that is delivered separately.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Queue {
    /// Every mail.
    Mail,
    /// The events of an endpoint.
    Endpoint(EndpointName),
}

impl Queue {
    /// Returns the endpoint, if it is the queue of one.
    #[must_use]
    pub const fn endpoint(&self) -> Option<&EndpointName> {
        match self {
            Self::Mail => None,
            Self::Endpoint(name) => Some(name),
        }
    }
}

impl fmt::Display for Queue {
    /// Writes `mail` or the endpoint's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mail => f.write_str("mail"),
            Self::Endpoint(name) => name.fmt(f),
        }
    }
}
