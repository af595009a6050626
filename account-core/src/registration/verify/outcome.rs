//! What comes of proving a mailbox.

use crate::account::Account;
use crate::service::{Closed, Failure};
use crate::session::OpenedSession;
use crate::violation::{Field, Violations};

/// A mailbox was proven and the account made.
#[derive(Debug, Clone)]
pub struct CompletedRegistration {
    /// The account.
    pub account: Account,
    /// A session, when the proof was a continuation: the client is known to be the one that registered.
    pub session: Option<OpenedSession>,
    /// The wanted user name was lost to another account meanwhile; the account was made without one.
    pub is_user_name_taken: bool,
    /// Where the person asked to be sent.
    pub callback_url: Option<String>,
}

/// Why nothing was proven. Only [`VerifyError::TooManyTries`] and a wrong code leave a trace: the try is counted.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// No such token, or no such registration for that continuation.
    #[error("the token is unknown")]
    Unknown,
    /// The token is known and no longer of use.
    #[error("the token is no longer valid")]
    Gone(Gone),
    /// The token is good; a proof must come with it.
    #[error("a proof is required with the token")]
    ProofRequired,
    /// A proof is wrong or breaks rules.
    #[error("the proof is wrong or not valid")]
    Invalid(Violations),
    /// The password, continuation or code is not the registration's.
    #[error("the proof does not belong to the registration")]
    WrongProof(Field),
    /// The registration has had as many codes as it may: only its link will do.
    #[error("too many incorrect codes")]
    TooManyTries,
    /// Registration is closed, for registrations from before as well.
    #[error("registration is closed")]
    Closed {
        /// What the administrators want people to be told.
        reason: Option<String>,
    },
    /// Limited, overloaded or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

/// Why a token is no longer of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// Its time is up.
    Expired,
    /// It was redeemed.
    Used,
    /// A newer one was mailed.
    Superseded,
    /// The address became an account by another registration: sign in.
    AlreadyRegistered,
}

impl VerifyError {
    /// The outcome, as observers are told it.
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

impl<E: Into<Failure>> From<E> for VerifyError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Closed> for VerifyError {
    fn from(Closed { reason }: Closed) -> Self {
        Self::Closed { reason }
    }
}
