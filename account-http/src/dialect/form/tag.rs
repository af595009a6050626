//! The dialect's name, and the groups of operations in its document.

use poem_openapi::Tags;

/// The name, which is also the channel of its calls.
pub(super) const NAME: &str = "form";

/// Groups of operations.
#[derive(Tags)]
pub(super) enum Tag {
    /// Registering and signing in.
    Auth,
    /// The account of the signed-in user.
    User,
}
