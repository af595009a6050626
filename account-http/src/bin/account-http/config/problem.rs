//! Errors in a configuration: all of them, each with its place.

use std::fmt;

use super::key_source::KeySource;

/// One error. It never repeats a value: a password may have been written in the wrong place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    name: String,
    origin: KeySource,
    message: String,
}

impl Problem {
    /// Creates a problem with that setting.
    pub(crate) fn new(name: &str, origin: KeySource, message: String) -> Self {
        Self { name: name.to_owned(), origin, message }
    }

    /// Returns whether it is about a setting whose name starts like that.
    pub(crate) fn is_about(&self, names: &str) -> bool {
        self.name.starts_with(names)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            KeySource::Default => write!(f, "{}: {}", self.name, self.message),
            KeySource::Variable(variable) if *variable == self.name => write!(f, "{variable}: {}", self.message),
            origin => write!(f, "{} ({origin}): {}", self.name, self.message),
        }
    }
}

/// All errors in a configuration.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problems(pub(crate) Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => f.write_str("the configuration has a problem")?,
            count => write!(f, "the configuration has {count} problems")?,
        }
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for Problems {}
