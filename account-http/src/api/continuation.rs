//! The continuation of a registration, which may come in the body or as a header.

use account_core::input::Input;

/// A continuation from body or header; the body goes first.
pub(crate) fn continuation(body: Input, header: Option<String>) -> Input {
    if body == Input::Absent { header.into() } else { body }
}
