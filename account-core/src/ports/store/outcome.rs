//! The results of writes, and the error of a store.

/// The outcome of an insert.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insert {
    /// The row was inserted.
    Done,
    /// Nothing was inserted: another row has this value.
    Conflict(Unique),
}

/// A value that only one row may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unique {
    /// The id.
    Id,
    /// The key of an account's verified address.
    EmailKey,
    /// An account's username.
    UserName,
    /// An organization's code.
    OrganizationCode,
    /// An idempotency key.
    IdempotencyKey,
    /// The key of an identity.
    Identity,
}

/// The outcome of an update with a condition.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Update {
    /// Exactly one row was changed.
    Applied,
    /// The row does not exist, or does not meet the condition. Nothing was changed.
    Missed,
}

/// The store failed. Opaque: the source is for the log.
#[derive(Debug, thiserror::Error)]
#[error("the store failed")]
pub struct StoreError {
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
    kind: Kind,
}

/// What a caller may do about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Conflict,
    Transient,
    Unknown,
    Permanent,
}

impl StoreError {
    /// The unit of work was aborted in favor of another one: a deadlock, or a conflict with a concurrent change. The
    /// core may repeat the work at once, so the store MUST be certain that none of it was done or will be. If a commit
    /// failed and its outcome is unknown, use [`StoreError::unknown_outcome`] instead. If a lock was not free in time,
    /// use [transient](Self::transient), because the caller has waited long enough.
    pub fn aborted(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: source.into(), kind: Kind::Conflict }
    }

    /// The store cannot be reached or is busy: trying again later may help.
    pub fn transient(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: source.into(), kind: Kind::Transient }
    }

    /// A commit failed, and whether its changes are stored is not known: the connection was lost meanwhile, or the store
    /// did not answer in time. The core never repeats such work, and answers as for a [transient](Self::transient)
    /// failure.
    pub fn unknown_outcome(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: source.into(), kind: Kind::Unknown }
    }

    /// Any other failure: a bug, a damaged row, a wrong schema version.
    pub fn permanent(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: source.into(), kind: Kind::Permanent }
    }

    /// Returns whether trying again may help. An aborted unit of work is transient too.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        !matches!(self.kind, Kind::Permanent)
    }

    /// Returns whether the unit of work was aborted in favor of another one, with none of it done.
    #[must_use]
    pub const fn is_aborted(&self) -> bool {
        matches!(self.kind, Kind::Conflict)
    }

    /// Returns whether the unit of work may be committed or not.
    #[must_use]
    pub const fn is_outcome_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown)
    }
}
