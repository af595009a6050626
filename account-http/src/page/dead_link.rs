//! Mailed links that lead nowhere any more, and what to do next.

use account_core::registration::verify::Gone;
use askama::Template;
use poem::Response;
use poem::http::StatusCode;

use super::resend::ResendForm;
use super::visit::{Frame, Visit};
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "dead_link.html")]
struct DeadLinkPage<'a> {
    frame: Frame<'a>,
    title: &'static str,
    text: &'static str,
    /// To ask for another verification mail, where that would help.
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

/// What a mailed link is for.
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
    /// The page about a link that is of no use any more, or, without a reason, was never known.
    pub(super) fn dead_end(self, visit: &Visit, status: StatusCode, gone: Option<Gone>) -> Result<Response, Problem> {
        let (title, text) = gone.map_or_else(|| self.unknown(), |gone| self.gone(gone));
        let next = self.next_step(gone);
        let resend = (self == Self::Verification && next == NextStep::Register).then(ResendForm::default);
        visit.page(status, &DeadLinkPage { frame: visit.frame(), title, text, resend, next })
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
                "Open the link in the mail once more, the whole of it. If that does not help, ask for another mail \
                 below."
            }
            Self::Reset => {
                "Open the link in the mail once more, the whole of it. If that does not help, ask for another mail."
            }
            Self::Address => {
                "Open the link in the mail once more, the whole of it. If that does not help, enter the address in \
                 your account again."
            }
            Self::Invitation => {
                "Open the link in the mail once more, the whole of it. If that does not help, ask whoever invited you \
                 for another mail."
            }
        };
        ("This link is not known", text)
    }

    const fn gone(self, gone: Gone) -> (&'static str, &'static str) {
        match (self, gone) {
            (Self::Verification, Gone::Expired) => {
                ("This mail has expired", "Ask for another mail below and use the link in it.")
            }
            (Self::Verification, Gone::Used) => {
                ("Already confirmed", "This mail was used already, and its address is confirmed. You can sign in.")
            }
            (Self::Verification, Gone::Superseded) => (
                "A newer mail was sent",
                "Use the link in the newest mail. If you cannot find it, ask for another one below.",
            ),
            (Self::Verification | Self::Invitation, Gone::AlreadyRegistered) => (
                "This address has an account already",
                "Sign in. If you do not know the password, you can ask for a new one.",
            ),
            (Self::Reset, Gone::Expired) => ("This link has expired", "Ask for another mail and use the link in it."),
            (Self::Reset, Gone::Used) => (
                "This link was used already",
                "A new password was set with it. If that was not you, ask for another mail and set one yourself.",
            ),
            (Self::Reset, Gone::Superseded) => {
                ("A newer mail was sent", "Use the link in the newest mail, or ask for another one.")
            }
            (Self::Reset, Gone::AlreadyRegistered) => (
                "This link is of no use any more",
                "The password or the address was changed since the mail was sent. Ask for another mail if you need one.",
            ),
            (Self::Address, Gone::Expired) => {
                ("This link has expired", "Enter the address in your account again to be sent another one.")
            }
            (Self::Address, Gone::Used) => ("Already confirmed", "This link was used already."),
            (Self::Address, Gone::Superseded) => (
                "A newer mail was sent",
                "Use the link in the newest mail, or enter the address in your account again to be sent another one.",
            ),
            (Self::Address, Gone::AlreadyRegistered) => (
                "This link is of no use any more",
                "Another account has the address, or yours was changed since the mail was sent. Nothing was changed now.",
            ),
            (Self::Invitation, Gone::Expired) => {
                ("This invitation has expired", "Ask whoever invited you to send it again.")
            }
            (Self::Invitation, Gone::Used) => {
                ("Already accepted", "This invitation was accepted, and its address has an account. You can sign in.")
            }
            (Self::Invitation, Gone::Superseded) => {
                ("A newer mail was sent", "Use the link in the newest mail, or ask whoever invited you.")
            }
        }
    }
}
