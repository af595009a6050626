//! An error with its causes, for logs and notes.

use std::error::Error;

/// The error and every cause of it, on one line. None of them repeats the one below it.
#[must_use]
pub fn chain(error: &dyn Error) -> String {
    let causes = std::iter::successors(Some(error), |error| (**error).source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
