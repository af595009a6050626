//! What the dialect is called, and how its document groups operations.

use poem_openapi::Tags;

/// Its name, which is the channel of its calls.
pub(super) const NAME: &str = "form";

/// Groups of operations.
#[derive(Tags)]
pub(super) enum Tag {
    /// Registering and signing in.
    Auth,
    /// The account of the signed-in user.
    User,
}
