//! What the dialect is called, and how its document groups operations.

use poem_openapi::Tags;

/// Its name, which is the channel of its calls.
pub(super) const NAME: &str = "waltid";

/// Groups of operations.
#[derive(Tags)]
pub(super) enum Tag {
    /// Registering, signing in, and your account.
    Account,
    /// For administrators.
    Administration,
}
