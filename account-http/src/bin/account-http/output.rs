//! Standard output and standard error, for people and scripts.

use std::io::{Write, stderr, stdout};

use account_core::error_chain::chain;

/// Writes a text to standard output. A reader that went away has read enough.
pub(crate) fn print(text: &str) {
    let mut out = stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes an error with its causes to standard error.
pub(crate) fn print_error(error: &dyn std::error::Error) {
    let _ = writeln!(stderr().lock(), "error: {}", chain(error));
}
