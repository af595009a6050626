//! Standard output and standard error, for people and scripts.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};

use account_core::error_chain::chain;

/// Writes a text to standard output. A closed pipe is not an error.
pub(crate) fn print(text: &str) {
    let mut out = stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes an error with its causes to standard error.
pub(crate) fn print_error(error: &dyn std::error::Error) {
    let _ = writeln!(stderr().lock(), "error: {}", chain(error));
}

/// A count with its noun: `1 line was`, `2 lines were`.
pub(crate) fn counted(count: impl Display, one: &str, many: &str) -> String {
    let count = count.to_string();
    let noun = if count == "1" { one } else { many };
    format!("{count} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_everything_else_is_plural() {
        let words = [0_u64, 1, 2].map(|count| counted(count, "line was", "lines were"));
        assert_eq!(words, ["0 lines were", "1 line was", "2 lines were"]);
    }
}
