//! What this program tells the person who runs it.

use std::{
    error::Error,
    fmt::Display,
    io::{Write as _, stderr, stdout},
};

/// Writes one line to standard output. A closed output is no reason to stop the chore.
pub(crate) fn say(line: impl Display) {
    let mut out = stdout().lock();
    let _closed = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Writes an error and its chain of sources to standard error.
pub(crate) fn say_error(error: &dyn Error) {
    let _closed = writeln!(stderr().lock(), "error: {}", chain(error));
}

/// An error and its sources in one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::{io, path::PathBuf};

    use super::chain;
    use crate::error::Error;

    #[test]
    fn the_chain_names_every_cause_once() {
        let error = Error::Read {
            path: PathBuf::from("deny.toml"),
            source: io::Error::new(io::ErrorKind::NotFound, "no such file"),
        };
        assert_eq!(chain(&error), "cannot read deny.toml: no such file");
    }
}
