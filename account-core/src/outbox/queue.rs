//! Queues: what is delivered beside each other, so that nothing waits for what is slow.

use std::fmt;

use super::event::EndpointName;

/// A part of the outbox that is delivered by itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Queue {
    /// Every mail.
    Mail,
    /// The events of an endpoint.
    Endpoint(EndpointName),
}

impl Queue {
    /// The endpoint, if it is one's.
    #[must_use]
    pub const fn endpoint(&self) -> Option<&EndpointName> {
        match self {
            Self::Mail => None,
            Self::Endpoint(name) => Some(name),
        }
    }
}

impl fmt::Display for Queue {
    /// `mail`, or the endpoint's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mail => f.write_str("mail"),
            Self::Endpoint(name) => name.fmt(f),
        }
    }
}
