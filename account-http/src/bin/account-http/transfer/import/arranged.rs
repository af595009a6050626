//! An account of another system, in our members.

use super::line::Object;

/// An account in our members.
#[derive(Debug, Default)]
pub(super) struct Arranged {
    /// The members.
    pub(super) members: Object,
    /// Why its password hash cannot be used, if that is known already.
    pub(super) hash_problem: Option<String>,
    /// The names that have no meaning here.
    pub(super) unused: Vec<String>,
}
