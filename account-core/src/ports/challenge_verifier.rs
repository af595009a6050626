//! Challenges: what a client must do before a request is accepted, so that automated requests cost something.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;

use crate::client::Client;
use crate::named_enum;
use crate::timestamp::Timestamp;

/// Makes challenges and checks the answers to them.
///
/// The core decides when to ask, and counts that each challenge is used once. Its own implementation is
/// [`ProofOfWork`](crate::challenge::ProofOfWork); another one can ask a CAPTCHA service.
///
/// An implementation MUST NOT depend on what is known about accounts: that would reveal which addresses have one. It MUST
/// be quick, or have a deadline of a few seconds: the request waits for it, without a place in the hashing queue.
#[async_trait]
pub trait ChallengeVerifier: Send + Sync {
    /// Makes a new challenge.
    ///
    /// # Errors
    /// [`ChallengeError`] if that is not possible at the moment. The request fails and can be repeated.
    async fn demand(&self, occasion: &Occasion<'_>) -> Result<Challenge, ChallengeError>;

    /// Checks a response to a challenge. It MUST accept only what was made for the same purpose and identifier, and only
    /// before it expires. It need not notice that a response is used a second time.
    ///
    /// # Errors
    /// [`ChallengeError`] if that is not possible at the moment. The request fails and can be repeated.
    async fn verify(&self, response: &str, occasion: &Occasion<'_>) -> Result<ChallengeVerdict, ChallengeError>;

    /// Returns how long a challenge can be answered at most. Uses are remembered for twice as long.
    fn lifetime(&self) -> Duration;
}

/// The request that a challenge is for.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// What is requested.
    pub purpose: ChallengePurpose,
    /// The address or user name of the request as it was typed, without white space around it, folded.
    pub identifier: &'a str,
    /// The client.
    pub client: &'a Client,
    /// The time of the request.
    pub now: Timestamp,
}

named_enum! {
    /// What challenges are asked for.
    #[derive(PartialOrd, Ord)]
    pub enum ChallengePurpose {
        /// Registering.
        Registration = "registration",
        /// Requesting a password reset.
        PasswordReset = "password_reset",
        /// Signing in with a password.
        SignIn = "sign_in",
    }
}

/// A challenge, for the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Challenge {
    /// Work to be done.
    ProofOfWork(Puzzle),
    /// A challenge of another service, which the client must know.
    Other {
        /// The name of the service.
        provider: String,
        /// What the client needs, such as a site key.
        parameters: BTreeMap<String, String>,
    },
}

/// A proof of work, in the format of ALTCHA version 1: the number is wanted, from 0 to `max_number`, for which the SHA-256
/// of salt and number (in decimal) is `challenge`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Puzzle {
    /// The digest, in hexadecimal.
    pub challenge: String,
    /// What precedes the number. It contains the expiry, and ends with `&`.
    pub salt: String,
    /// The largest number that is possible.
    pub max_number: u32,
    /// The signature of the digest, in hexadecimal.
    pub signature: String,
}

/// What became of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChallengeVerdict {
    /// It is right.
    Passed {
        /// What names the challenge: the same in every response to it. At most 200 bytes.
        challenge: String,
    },
    /// It is not accepted.
    Failed(ChallengeFailure),
}

named_enum! {
    /// Why a response to a challenge is not accepted.
    #[derive(PartialOrd, Ord)]
    pub enum ChallengeFailure {
        /// It cannot be read.
        Malformed = "malformed",
        /// It is not the solution of a challenge of this service.
        Wrong = "wrong",
        /// The challenge has expired.
        Expired = "expired",
        /// The challenge was for another request: another purpose, address or user name.
        OtherRequest = "other_request",
        /// The challenge was used before.
        Used = "used",
        /// It came before the end of the wait.
        Early = "early",
    }
}

/// Challenges cannot be made or checked at the moment.
#[derive(Debug, thiserror::Error)]
#[error("the challenge service is unavailable")]
pub struct ChallengeError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl ChallengeError {
    /// Creates an error with this cause.
    #[must_use]
    pub fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(source.into())
    }
}
