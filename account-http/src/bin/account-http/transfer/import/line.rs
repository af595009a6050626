//! One account in a file, as it is written there.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// The members of an account, by the names that the file has.
pub(super) type Object = BTreeMap<String, Value>;

/// What a line has.
pub(super) type Content = Result<Object, Unreadable>;

/// An account in a file.
#[derive(Debug)]
pub(super) struct Line {
    /// The number of its first line, from 1.
    pub(super) number: u64,
    /// The number of its last line.
    pub(super) last: u64,
    /// Its members.
    pub(super) content: Content,
}

/// Why an account cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// The bytes are not UTF-8.
    Encoding,
    /// A quote is not closed.
    Quote,
    /// The row has more or fewer cells than the header.
    Cells {
        /// The number of its cells.
        given: usize,
        /// The number of the header's.
        expected: usize,
    },
    /// It is no JSON object.
    Json,
    /// A text in it has a line end, which no text can have: a quote is missing.
    Text,
    /// It has too many bytes.
    TooLong,
    /// The file ends in the middle of it.
    Truncated,
}

impl Unreadable {
    /// Returns whether lines after the first can have other accounts, which are lost with this one.
    pub(super) const fn costs_others(self) -> bool {
        matches!(self, Self::Quote | Self::Text | Self::Truncated)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding => f.write_str("it is not UTF-8"),
            Self::Quote => f.write_str("a quote is not closed"),
            Self::Cells { given: 1, expected } => write!(f, "it has 1 cell, the header has {expected}"),
            Self::Cells { given, expected } => write!(f, "it has {given} cells, the header has {expected}"),
            Self::Json => f.write_str("it is not a JSON object"),
            Self::Text => f.write_str("a text in it is not closed in its line"),
            Self::TooLong => f.write_str("it has more than 1 MiB"),
            Self::Truncated => f.write_str("the file ends in it, or a quote is missing; nothing after it was read"),
        }
    }
}
