//! What a failure calls for.

/// What may be done about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    /// To do the transaction again at once: the database has undone it for another one, and says so.
    Retry,
    /// To try again later.
    Later,
    /// Nothing.
    None,
}
