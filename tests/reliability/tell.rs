//! What this program tells: results on standard output, what goes on meanwhile on standard error.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};

/// Writes a part of the result. A closed output is no reason to stop.
pub(crate) fn say(result: impl Display) {
    let mut out = stdout().lock();
    let _closed = writeln!(out, "{result}").and_then(|()| out.flush());
}

/// Tells those who wait how far it is.
pub(crate) fn tell(line: impl Display) {
    let _closed = writeln!(stderr().lock(), "{line}");
}
