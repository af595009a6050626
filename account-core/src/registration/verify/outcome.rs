//! The results of verifying an address.

use crate::account::Account;
use crate::id::RegistrationId;
use crate::service::Failure;
use crate::session::OpenedSession;
use crate::violation::{Field, Violations};

/// The address was verified and the account created.
#[derive(Debug, Clone)]
pub struct CompletedRegistration {
    /// The account.
    pub account: Account,
    /// The registration. After a correction, the account has another id.
    pub registration: RegistrationId,
    /// A session, if the proof was a continuation: only then is it certain that the client is the one that registered.
    pub session: Option<OpenedSession>,
    /// Whether the requested username was taken in the meantime: the account was created without one.
    pub is_user_name_taken: bool,
    /// The callback URL of the registration.
    pub callback_url: Option<String>,
}

/// Why the address was not verified. Nothing was changed, except that a wrong code counts as a try.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// There is no such token, or no such registration for the continuation.
    #[error("the token is unknown")]
    Unknown,
    /// The token can no longer be used.
    #[error("the token is no longer valid")]
    Gone(Gone),
    /// The token is valid, but a proof is missing.
    #[error("a proof is required with the token")]
    ProofRequired,
    /// A proof is wrong or breaks rules.
    #[error("the proof is wrong or not valid")]
    Invalid(Violations),
    /// The password, continuation or code is not the registration's.
    #[error("the proof does not belong to the registration")]
    WrongProof(Field),
    /// No more codes are accepted for the registration: only its link can be used.
    #[error("too many incorrect codes")]
    TooManyTries,
    /// Registration is closed, also for pending registrations.
    #[error("registration is closed")]
    Closed {
        /// The reason that the administrators gave.
        reason: Option<String>,
    },
    /// Limited, overloaded or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

/// Why a token can no longer be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// It has expired.
    Expired,
    /// It was already used.
    Used,
    /// A newer one was emailed and replaced it.
    Superseded,
    /// The address already has an account: sign in.
    AlreadyRegistered,
}

impl VerifyError {
    /// Returns the outcome for observers.
    pub(super) const fn outcome(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Gone(_) => "gone",
            Self::ProofRequired => "proof_required",
            Self::Invalid(_) => "invalid",
            Self::WrongProof(_) => "wrong_proof",
            Self::TooManyTries => "too_many_tries",
            Self::Closed { .. } => "closed",
            Self::Failed(failure) => failure.outcome(),
        }
    }
}

use_case_error!(VerifyError: Failed, Invalid, Closed);
