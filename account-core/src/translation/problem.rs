//! What is wrong with an operator's file.

use std::fmt;

/// Something that is wrong with an operator's file of words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct CatalogProblem {
    /// The language of the file, as its name says.
    pub tag: String,
    /// The line, if one is to blame.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl CatalogProblem {
    /// A problem in the file of that language.
    #[must_use]
    pub fn new(tag: impl Into<String>, line: Option<usize>, message: impl Into<String>) -> Self {
        Self { tag: tag.into(), line, message: message.into() }
    }
}

impl fmt::Display for CatalogProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}.ftl, line {line}: {}", self.tag, self.message),
            None => write!(f, "{}.ftl: {}", self.tag, self.message),
        }
    }
}
