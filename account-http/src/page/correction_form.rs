//! The form for another address, on the page on which one waits for the email.

use serde::Serialize;

use super::samples;

/// The form for another address: what was typed, and what is wrong with it.
#[derive(Default, Serialize)]
pub(super) struct CorrectionForm {
    pub(super) email: String,
    pub(super) problems: Vec<String>,
    /// The address that the person was asked about: sent once more, it is meant.
    pub(super) asked_about: Option<String>,
    /// What the person may have meant.
    pub(super) suggestion: Option<String>,
}

impl CorrectionForm {
    /// Of a page that checks an operator's templates.
    pub(super) fn sample() -> Self {
        Self {
            email: samples::address(),
            problems: vec![samples::text()],
            asked_about: Some(samples::address()),
            suggestion: Some(samples::address()),
        }
    }
}
