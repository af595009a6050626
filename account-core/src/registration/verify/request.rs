//! What is sent to prove a mailbox.

use std::fmt;

use crate::id::RegistrationId;
use crate::input::Input;
use crate::one_time_token::SecretToken;
use crate::password::policy::PasswordPolicy;
use crate::service::CallContext;

/// A request to prove a mailbox.
#[derive(Debug)]
pub struct VerifyRequest {
    /// What came by mail.
    pub spend: Spend,
    /// What shows who chose the password.
    pub proof: Proof,
    /// The policy that a new password must meet.
    pub password_policy: PasswordPolicy,
    /// Who sent it.
    pub context: CallContext,
}

/// What came by mail. It prints nothing of it.
#[derive(Clone)]
pub enum Spend {
    /// The token of the link, as it was received.
    Token(String),
    /// The same, from a channel that asks for the address as well: the token of another one is unknown.
    TokenMailedTo {
        /// The token, as it was received.
        token: String,
        /// The address, as it was received.
        address: String,
    },
    /// The code, typed by the client that registered.
    Code {
        /// The registration that it is for.
        registration: RegistrationId,
        /// The code, as it was received.
        code: String,
    },
}

impl fmt::Debug for Spend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(_) | Self::TokenMailedTo { .. } => f.write_str("Token(..)"),
            Self::Code { registration, .. } => write!(f, "Code({registration}, ..)"),
        }
    }
}

/// What completes a registration besides the token. Clicking a link shows who reads the mail, not who registered:
/// without a proof, a stranger could have the mailbox's owner confirm an account whose password the stranger knows.
#[derive(Default)]
pub struct Proof {
    /// Continuations that the client holds.
    pub continuations: Vec<SecretToken>,
    /// The registration's password.
    pub password: Option<String>,
    /// A new password: the mailbox's owner takes the address alone. It goes before the other proofs, because anyone who
    /// gives it expects to sign in with it.
    pub new_password: Input,
}

impl Proof {
    /// Whether a password is to be verified or hashed.
    pub(super) const fn is_password(&self) -> bool {
        self.password.is_some() || !matches!(self.new_password, Input::Absent)
    }
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proof(..)")
    }
}
