//! Emailed links that no longer work, and what to do next.

use account_core::registration::verify::Gone;
use poem::Response;
use serde::Serialize;

use super::resend_form::ResendForm;
use super::samples::{self, Sample};
use super::templates::PageTemplate;
use super::visit::Visit;
use super::words::say;
use crate::problem::{Problem, ProblemKind};

#[derive(Serialize)]
struct DeadLinkPage {
    title: String,
    text: String,
    /// To ask for another verification email, where that would help.
    resend: Option<ResendForm>,
    next: NextStep,
    /// The link itself, if it was opened and not only used.
    #[serde(skip)]
    link: Option<String>,
}

impl PageTemplate for DeadLinkPage {
    const NAME: &'static str = "dead_link.html";

    fn here(&self) -> Option<String> {
        self.link.clone()
    }
}

/// What a person can do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum NextStep {
    Register,
    SignIn,
    Forgot,
    Profile,
}

/// What an emailed link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkKind {
    /// Confirms a registration.
    Verification,
    /// Sets a new password.
    Reset,
    /// Confirms a new or further address of an account.
    Address,
    /// Accepts an invitation.
    Invitation,
}

impl LinkKind {
    /// Returns the page about a link that is unknown or no longer works. Any other problem is returned as it is.
    pub(super) fn dead_end(self, visit: &Visit, error: impl Into<Problem>) -> Result<Response, Problem> {
        let problem = error.into();
        let gone = match problem.kind {
            ProblemKind::UnknownToken => None,
            ProblemKind::Expired => Some(Gone::Expired),
            ProblemKind::Used => Some(Gone::Used),
            ProblemKind::Superseded => Some(Gone::Superseded),
            ProblemKind::AlreadyRegistered => Some(Gone::AlreadyRegistered),
            _ => return Err(problem),
        };
        let (title, text) = gone.map_or_else(|| self.unknown(), |gone| self.gone(gone));
        let (title, text) = (say(visit.words(), title), say(visit.words(), text));
        let next = self.next_step(gone);
        let resend = (self == Self::Verification && next == NextStep::Register).then(ResendForm::default);
        visit.page(problem.status(), &DeadLinkPage { title, text, resend, next, link: visit.opened.clone() })
    }

    const fn next_step(self, gone: Option<Gone>) -> NextStep {
        match (self, gone) {
            (Self::Verification, None | Some(Gone::Expired | Gone::Superseded)) => NextStep::Register,
            (Self::Reset, _) => NextStep::Forgot,
            (Self::Address, _) => NextStep::Profile,
            (Self::Verification | Self::Invitation, _) => NextStep::SignIn,
        }
    }

    /// The keys of title and text.
    const fn unknown(self) -> (&'static str, &'static str) {
        let text = match self {
            Self::Verification => "dead-link-verification-invalid",
            Self::Reset => "dead-link-reset-invalid",
            Self::Address => "dead-link-address-invalid",
            Self::Invitation => "dead-link-invitation-invalid",
        };
        ("dead-link-invalid-title", text)
    }

    /// The keys of title and text.
    const fn gone(self, gone: Gone) -> (&'static str, &'static str) {
        match (self, gone) {
            (Self::Verification, Gone::Expired) => ("dead-link-expired-title", "dead-link-verification-expired"),
            (Self::Verification, Gone::Used) => ("dead-link-verified-title", "dead-link-verification-used"),
            (Self::Verification, Gone::Superseded) => ("dead-link-newer-title", "dead-link-verification-newer"),
            (Self::Verification | Self::Invitation, Gone::AlreadyRegistered) => {
                ("dead-link-account-title", "dead-link-account")
            }
            (Self::Reset, Gone::Expired) => ("dead-link-expired-title", "dead-link-reset-expired"),
            (Self::Reset, Gone::Used) => ("dead-link-used-title", "dead-link-reset-used"),
            (Self::Reset, Gone::Superseded) => ("dead-link-newer-title", "dead-link-reset-newer"),
            (Self::Reset, Gone::AlreadyRegistered) => ("dead-link-stale-title", "dead-link-reset-stale"),
            (Self::Address, Gone::Expired) => ("dead-link-expired-title", "dead-link-address-expired"),
            (Self::Address, Gone::Used) => ("dead-link-verified-title", "dead-link-address-used"),
            (Self::Address, Gone::Superseded) => ("dead-link-newer-title", "dead-link-address-newer"),
            (Self::Address, Gone::AlreadyRegistered) => ("dead-link-stale-title", "dead-link-address-stale"),
            (Self::Invitation, Gone::Expired) => ("dead-link-invitation-expired-title", "dead-link-invitation-expired"),
            (Self::Invitation, Gone::Used) => ("dead-link-invitation-used-title", "dead-link-invitation-used"),
            (Self::Invitation, Gone::Superseded) => ("dead-link-newer-title", "dead-link-invitation-newer"),
        }
    }
}

pub(super) fn samples() -> [Sample; 4] {
    let page = |next, resend| DeadLinkPage { title: samples::text(), text: samples::text(), resend, next, link: None };
    [NextStep::Register, NextStep::SignIn, NextStep::Forgot, NextStep::Profile]
        .map(|next| Sample::of(&page(next, None), &page(next, Some(ResendForm::sample()))))
}
