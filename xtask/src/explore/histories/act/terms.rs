//! How actions are told: bounds, ways of registering, outcomes.

use account_core::{one_time_token::SecretToken, registration::register::Accepted};

/// How much there is of everything at a time. What is over that is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explore::histories) struct Bounds {
    /// Registrations of the owner that wait, and registrations of the owner's address that the stranger makes.
    pub(in crate::explore::histories) attempts: usize,
    /// Sessions of each.
    pub(in crate::explore::histories) sessions: usize,
    /// Wrong codes of one registration.
    pub(in crate::explore::histories) codes: u32,
    /// Corrections of the address of one registration.
    pub(in crate::explore::histories) corrections: u32,
    /// Whether one of the channels makes accounts at once.
    pub(in crate::explore::histories) has_immediate: bool,
    /// Whether people come from a provider.
    pub(in crate::explore::histories) has_provider: bool,
}

/// A way of registering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explore::histories) enum Channel {
    /// The native API or a page: a continuation is handed out.
    Native,
    /// A documented API: none is.
    Documented,
    /// An account is made at once.
    Immediate,
}

impl Channel {
    pub(in crate::explore::histories) const fn name(self) -> &'static str {
        match self {
            Self::Native => "the native API",
            Self::Documented => "a documented API",
            Self::Immediate => "an API that makes accounts at once",
        }
    }
}

/// What a call came to, as far as anyone learns of it.
#[derive(Debug, Default)]
pub(in crate::explore::histories) struct Outcome {
    /// What was answered, without anything that is random.
    pub(in crate::explore::histories) answer: String,
    /// A registration, whose continuation was handed out.
    pub(in crate::explore::histories) accepted: Option<Accepted>,
    /// A session that was opened.
    pub(in crate::explore::histories) opened: Option<SecretToken>,
    /// A session's token that another one took the place of.
    pub(in crate::explore::histories) renewed: Option<(SecretToken, SecretToken)>,
    /// The token of the letter that served.
    pub(in crate::explore::histories) spent: Option<String>,
}

impl Outcome {
    /// What was answered, and nothing else.
    pub(in crate::explore::histories) fn answering(answer: impl Into<String>) -> Self {
        Self { answer: answer.into(), ..Self::default() }
    }

    /// What an error says, by its kind.
    pub(in crate::explore::histories) fn refused(error: &(impl std::fmt::Debug + ?Sized)) -> Self {
        Self::answering(format!("{error:?}"))
    }
}
