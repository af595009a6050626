//! What the doctor finds.

use std::fmt;

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// It works, and not as well as it could.
    Warning,
    /// Mails do not leave, or are taken for forged.
    Failed,
    /// Nobody knows.
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

/// What was found of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub verdict: Verdict,
    /// What was looked at: `DKIM key 2026r`.
    pub what: String,
    /// What there is to say.
    pub why: String,
}

impl Finding {
    pub(super) fn new(verdict: Verdict, what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { verdict, what: what.into(), why: why.into() }
    }
}
