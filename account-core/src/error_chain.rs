//! An error with its causes, for logs and notes.

use std::error::Error;

/// Returns the error and all its causes on one line. Expects that no `Display` repeats its source.
#[must_use]
pub fn chain(error: &dyn Error) -> String {
    let causes = std::iter::successors(Some(error), |error| (**error).source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
