//! What the dialect is called, and how its document groups operations.

use poem_openapi::Tags;

/// Its name, which is the channel of its calls.
pub(super) const NAME: &str = "waltid";

/// Groups of operations.
#[derive(Tags)]
pub(super) enum Tag {
    /// Accounts of people.
    Account,
    /// What administrators do.
    Administration,
}
