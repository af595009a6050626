//! What pages are rendered with to check an operator's templates.

use serde_json::Value;

use super::templates::PageTemplate;

/// A page with little and with everything: what differs can be absent, or have another value.
pub(super) struct Sample {
    /// The name of its template.
    pub(super) template: &'static str,
    pub(super) little: Value,
    pub(super) everything: Value,
}

impl Sample {
    pub(super) fn of<P: PageTemplate>(little: &P, everything: &P) -> Self {
        // Pages have neither maps with other keys than texts nor anything else that JSON has not.
        let json = |page: &P| serde_json::to_value(page).unwrap_or_default();
        Self { template: P::NAME, little: json(little), everything: json(everything) }
    }
}

/// A sentence that could stand there.
pub(super) fn text() -> String {
    "A sentence.".to_owned()
}

/// An address of a person.
pub(super) fn address() -> String {
    "jane@example.com".to_owned()
}

/// A moment as people write it.
pub(super) fn moment() -> String {
    "7 November 2023 at 05:31 UTC".to_owned()
}
