//! The form that asks for another verification email, on several pages.

use serde::Serialize;

use super::samples;

/// The form that asks for another email by address, as it was filled in.
#[derive(Default, Serialize)]
pub(super) struct ResendForm {
    pub(super) email: String,
    pub(super) problems: Vec<String>,
}

impl ResendForm {
    /// A form that was not taken.
    pub(super) fn sample() -> Self {
        Self { email: samples::address(), problems: vec![samples::text()] }
    }
}
