//! The findings of the checks.

use std::fmt;

/// The result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is correct.
    Ok,
    /// It works, but not as well as it could.
    Warning,
    /// Emails cannot be sent, or will be treated as forged.
    Failed,
    /// It was not checked.
    NotChecked,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
            Self::NotChecked => "not checked",
        })
    }
}

/// The finding about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The result.
    pub verdict: Verdict,
    /// What was checked: `DKIM key 2026r`.
    pub what: String,
    /// The explanation.
    pub why: String,
}

impl Finding {
    pub(super) fn new(verdict: Verdict, what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { verdict, what: what.into(), why: why.into() }
    }
}
