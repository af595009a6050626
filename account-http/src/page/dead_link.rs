//! Emailed links that no longer work, and what to do next.

use account_core::registration::verify::Gone;
use askama::Template;
use poem::Response;

use super::resend_form::ResendForm;
use super::visit::{Frame, Visit};
use crate::problem::{Problem, ProblemKind};

#[derive(Template)]
#[template(path = "dead_link.html")]
struct DeadLinkPage<'a> {
    frame: Frame<'a>,
    title: &'static str,
    text: &'static str,
    /// To ask for another verification email, where that would help.
    resend: Option<ResendForm>,
    next: NextStep,
}

/// What a person can do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
        let next = self.next_step(gone);
        let resend = (self == Self::Verification && next == NextStep::Register).then(ResendForm::default);
        visit.page(problem.status(), &DeadLinkPage { frame: visit.frame(), title, text, resend, next })
    }

    const fn next_step(self, gone: Option<Gone>) -> NextStep {
        match (self, gone) {
            (Self::Verification, None | Some(Gone::Expired | Gone::Superseded)) => NextStep::Register,
            (Self::Reset, _) => NextStep::Forgot,
            (Self::Address, _) => NextStep::Profile,
            (Self::Verification | Self::Invitation, _) => NextStep::SignIn,
        }
    }

    const fn unknown(self) -> (&'static str, &'static str) {
        let text = match self {
            Self::Verification => {
                "Open the complete link from the email. If that does not help, request another email below."
            }
            Self::Reset => "Open the complete link from the email. If that does not help, request another email.",
            Self::Address => {
                "Open the complete link from the email. If that does not help, enter the address in your account again."
            }
            Self::Invitation => {
                "Open the complete link from the email. If that does not help, ask for another invitation."
            }
        };
        ("Invalid link", text)
    }

    const fn gone(self, gone: Gone) -> (&'static str, &'static str) {
        match (self, gone) {
            (Self::Verification, Gone::Expired) => ("Your link has expired", "Request another email below."),
            (Self::Verification, Gone::Used) => ("Email address already verified", "You can sign in."),
            (Self::Verification, Gone::Superseded) => (
                "We sent you a newer email",
                "Open the link in the newest email. If you cannot find it, request another one below.",
            ),
            (Self::Verification | Self::Invitation, Gone::AlreadyRegistered) => {
                ("You already have an account", "Sign in. If you do not know the password, you can reset it.")
            }
            (Self::Reset, Gone::Expired) => ("Your link has expired", "Request another email."),
            (Self::Reset, Gone::Used) => (
                "Link already used",
                "It was used to change the password. If that was not you, request another email and choose a new one.",
            ),
            (Self::Reset, Gone::Superseded) => {
                ("We sent you a newer email", "Open the link in the newest email, or request another one.")
            }
            (Self::Reset, Gone::AlreadyRegistered) => (
                "This link no longer works",
                "The password or the address has changed since the email was sent. Request another one if you need it.",
            ),
            (Self::Address, Gone::Expired) => {
                ("Your link has expired", "Enter the address in your account again to get another one.")
            }
            (Self::Address, Gone::Used) => ("Email address already verified", "This link was already used."),
            (Self::Address, Gone::Superseded) => (
                "We sent you a newer email",
                "Open the link in the newest email, or enter the address in your account again to get another one.",
            ),
            (Self::Address, Gone::AlreadyRegistered) => (
                "This link no longer works",
                "Another account has this address, or yours has changed since the email was sent. Nothing was changed.",
            ),
            (Self::Invitation, Gone::Expired) => ("Your invitation has expired", "Ask for another one."),
            (Self::Invitation, Gone::Used) => ("Invitation already accepted", "You have an account and can sign in."),
            (Self::Invitation, Gone::Superseded) => {
                ("We sent you a newer email", "Open the link in the newest email, or ask for another invitation.")
            }
        }
    }
}
