//! What to do about a failure.

/// What to do about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Repeat the transaction immediately: the database has rolled it back in favor of another one.
    Retry,
    /// Try again later.
    Later,
    /// Nothing.
    None,
}
