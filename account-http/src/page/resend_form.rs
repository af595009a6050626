//! The form that asks for another verification email, on several pages.

/// The form that asks for another email by address, as it was filled in.
#[derive(Default)]
pub(super) struct ResendForm {
    pub(super) email: String,
    pub(super) problems: Vec<String>,
}
