//! What a store answers: what became of a write, and that it failed.

/// What became of an insert.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insert {
    /// The row is there.
    Done,
    /// Nothing was written: another row has the value.
    Conflict(Unique),
}

/// A value that only one row may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unique {
    /// The id.
    Id,
    /// The key of an account's proven address.
    EmailKey,
    /// An account's user name.
    UserName,
    /// An organization's code.
    OrganizationCode,
    /// An idempotency key.
    IdempotencyKey,
}

/// What became of an update that holds only under a condition.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Update {
    /// Exactly one row was changed.
    Applied,
    /// The row is not there, or no longer as the condition says. Nothing was changed.
    Missed,
}

/// The store failed. Opaque: the cause is for the log.
#[derive(Debug, thiserror::Error)]
#[error("the store failed")]
pub struct StoreError {
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
    kind: Kind,
}

/// What may be done about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Conflict,
    Transient,
    Permanent,
}

impl StoreError {
    /// The unit of work was given up for another one: a deadlock, or a state that it was not prepared for. The core may
    /// do the same work again at once, so the store MUST know that nothing of it was done, and nothing will be. A
    /// commit that failed without a word of the store on what became of it is [transient](Self::transient) and not
    /// aborted; so is a lock that was not free in time, because anyone who waited for it has waited long enough.
    pub fn aborted(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: source.into(), kind: Kind::Conflict }
    }

    /// The store cannot be reached or was busy: trying again later may help.
    pub fn transient(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: source.into(), kind: Kind::Transient }
    }

    /// Anything else: a bug, a damaged row, a schema that does not fit.
    pub fn permanent(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: source.into(), kind: Kind::Permanent }
    }

    /// Whether trying again may help. An aborted unit of work is transient too.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        !matches!(self.kind, Kind::Permanent)
    }

    /// Whether the unit of work was given up for another one, with nothing of it done.
    #[must_use]
    pub const fn is_aborted(&self) -> bool {
        matches!(self.kind, Kind::Conflict)
    }
}
