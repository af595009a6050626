//! What the dialect is called, and how its document groups operations.

use poem_openapi::Tags;

/// Its name, which is the channel of its calls.
pub(super) const NAME: &str = "rpost";

/// Groups of operations.
#[derive(Tags)]
pub(super) enum Tag {
    /// Registering, activating and managing an account.
    Account,
    /// Lists of codes.
    Lookup,
    /// Tokens to sign in with.
    Token,
}
