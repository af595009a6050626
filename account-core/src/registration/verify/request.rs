//! Requests to verify an address.

use std::fmt;

use crate::consent::GivenConsent;
use crate::id::RegistrationId;
use crate::input::{Input, Reader};
use crate::one_time_token::SecretToken;
use crate::password::policy::PasswordPolicy;
use crate::service::CallContext;
use crate::violation::{Field, Rule, Violations};

/// A request to verify an address.
#[derive(Debug)]
pub struct VerifyRequest {
    /// The emailed token or code.
    pub spend: Spend,
    /// The proof of who chose the password.
    pub proof: Proof,
    /// The policy that a new password must meet.
    pub password_policy: PasswordPolicy,
    /// Who sent it.
    pub context: CallContext,
}

impl VerifyRequest {
    /// A request whose new password, if it has one, must meet the default policy.
    pub fn new(spend: Spend, proof: Proof, context: impl Into<CallContext>) -> Self {
        Self { spend, proof, password_policy: PasswordPolicy::DEFAULT, context: context.into() }
    }
}

/// The emailed token or code. Its `Debug` output hides it.
#[derive(Clone)]
pub enum Spend {
    /// The token of the link, as received.
    Token(String),
    /// The token, from a channel that also sends the address. A token for another address is unknown.
    TokenMailedTo {
        /// The token, as received.
        token: String,
        /// The address, as received.
        address: String,
    },
    /// The code, entered by the client that registered.
    Code {
        /// The registration that it is for.
        registration: RegistrationId,
        /// The code, as received.
        code: String,
    },
}

impl Spend {
    /// Parses a token, or a code with its registration. `None` if neither can be read, whether missing or of the wrong
    /// type.
    #[must_use]
    pub fn read(token: Input, registration: Input, code: Input) -> Option<Self> {
        let registration = registration.given().and_then(|text| text.parse().ok());
        match (token, registration, code) {
            (Input::Given(token), _, _) => Some(Self::Token(token)),
            (_, Some(registration), Input::Given(code)) => Some(Self::Code { registration, code }),
            _ => None,
        }
    }
}

impl fmt::Debug for Spend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(_) | Self::TokenMailedTo { .. } => f.write_str("Token(..)"),
            Self::Code { registration, .. } => write!(f, "Code({registration}, ..)"),
        }
    }
}

/// What completes a registration besides the token. A click shows who reads the email, not who registered: without a
/// proof, a stranger could make the owner of a mailbox confirm an account whose password the stranger knows.
#[derive(Default)]
pub struct Proof {
    /// The continuations that the client has.
    pub continuations: Vec<SecretToken>,
    /// The registration's password.
    pub password: Option<String>,
    /// A new password: the owner of the mailbox takes the address alone. It takes precedence over the other proofs,
    /// because a person who sends it expects to sign in with it.
    pub new_password: Input,
    /// What that person agrees to, because the consent of the registration is not theirs. Counts with a new password only.
    pub consent: GivenConsent,
}

impl Proof {
    /// The continuation of the registration, as its client got it.
    #[must_use]
    pub fn continuation(continuation: SecretToken) -> Self {
        Self { continuations: vec![continuation], ..Self::default() }
    }

    /// Parses the proofs. Which of them counts is decided when they are redeemed.
    ///
    /// # Errors
    /// All violations.
    pub fn read(continuation: Input, password: Input, new_password: Input) -> Result<Self, Violations> {
        let mut reader = Reader::default();
        let secret = |text: &str| SecretToken::parse(text).ok_or(Rule::Malformed);
        let continuation = reader.text(Field::Continuation, continuation, secret);
        let password = reader.string(Field::Password, password);
        reader.violations.into_result()?;
        Ok(Self { continuations: continuation.into_iter().collect(), password, new_password, ..Self::default() })
    }

    /// Adds what the person agrees to.
    #[must_use]
    pub fn agreeing(self, consent: GivenConsent) -> Self {
        Self { consent, ..self }
    }

    /// Returns whether a password has to be verified or hashed.
    pub(super) const fn is_password(&self) -> bool {
        self.password.is_some() || !matches!(self.new_password, Input::Absent)
    }
}

opaque_debug!(Proof);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_takes_precedence_and_a_code_needs_its_registration() {
        let id = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";
        let read = |token: &str, id: &str, code: &str| {
            let input = |text: &str| if text.is_empty() { Input::Absent } else { text.into() };
            Spend::read(input(token), input(id), input(code)).map(|spend| format!("{spend:?}"))
        };
        assert_eq!(read("t", id, "c").as_deref(), Some("Token(..)"));
        assert_eq!(read("", id, "c"), Some(format!("Code({id}, ..)")));
        for (id, code) in [("", "c"), (id, ""), ("no id", "c"), ("", "")] {
            assert_eq!(read("", id, code), None, "{id} {code}");
        }
        assert!(Spend::read(Input::Mistyped, Input::Absent, Input::Absent).is_none());
    }

    #[test]
    fn all_unreadable_proofs_are_reported_at_once() {
        let broken = |continuation, password| {
            let read = Proof::read(continuation, password, Input::Absent);
            read.err().into_iter().flatten().map(|it| (it.field, it.rule)).collect::<Vec<_>>()
        };
        let (continuation, password) = (Field::Continuation, Field::Password);
        assert_eq!(
            broken(Input::Mistyped, Input::Mistyped),
            [(continuation, Rule::MustBeText), (password, Rule::MustBeText)]
        );
        assert_eq!(broken("short".into(), "secret".into()), [(continuation, Rule::Malformed)]);
        assert_eq!(broken(Input::Absent, Input::Absent), []);
    }
}
