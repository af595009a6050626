//! How its document groups operations.

use poem_openapi::Tags;

/// Groups of operations.
#[derive(Tags)]
pub(super) enum Tag {
    /// Registration of users.
    User,
}
