//! Hashing passwords, with a limit on how much work is accepted.

use std::time::Duration;

use async_trait::async_trait;

use crate::client::WideNetwork;
use crate::password::{Password, PasswordHash};

/// Hashes and verifies passwords, a limited number at a time.
///
/// A caller first takes a place in the queue, which succeeds or fails immediately: an overloaded service refuses a
/// request before anything is counted or written.
pub trait PasswordHasher: Send + Sync {
    /// Takes a place in the queue, or fails immediately. Never waits. Dropping the slot frees the place.
    ///
    /// `network` is where the request comes from: networks share the places fairly. `None` where that is not known.
    ///
    /// # Errors
    /// [`Overloaded`] if there is no place for this request, or it would wait too long.
    fn admit(&self, urgency: Urgency, network: Option<WideNetwork>) -> Result<Box<dyn HashingSlot>, Overloaded>;

    /// Returns whether [`admit`](Self::admit) would fail now, so that a request can be refused before anything else is
    /// done for it. `false` promises nothing.
    fn would_refuse(&self, urgency: Urgency, network: Option<WideNetwork>) -> bool {
        let _ = (urgency, network);
        false
    }

    /// Returns whether the hash was made with the current parameters. Other hashes are replaced at the next sign-in.
    fn is_current(&self, hash: &PasswordHash) -> bool;
}

/// A place in the hashing queue, for one hash.
#[async_trait]
pub trait HashingSlot: Send {
    /// Hashes the password with the current parameters.
    ///
    /// # Errors
    /// [`HashingError`] if the place was lost, the hasher is stopping or its parameters cannot be used.
    async fn hash(self: Box<Self>, password: Password, salt: [u8; 16]) -> Result<PasswordHash, HashingError>;

    /// Verifies the password against a stored hash. With `None`, spends the same time on a dummy hash with the current
    /// parameters and returns `false`, so that the response time does not reveal whether there is a hash.
    ///
    /// # Errors
    /// [`HashingError`] if the place was lost, if the hasher is stopping, or if the format of the stored hash is unknown.
    /// The implementation MUST report an unknown format only after it has spent the time of a dummy hash.
    async fn verify(self: Box<Self>, password: Password, hash: Option<PasswordHash>) -> Result<bool, HashingError>;
}

/// What a hash is needed for. Each class has its share of the queue, so that a flood of one cannot keep out the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Signing in, or anything else that an account's password is needed for.
    SignIn,
    /// Redeeming a mailed link: completing a registration, accepting an invitation, resetting a password.
    Completion,
    /// Registering.
    Registration,
}

impl Urgency {
    /// All classes, the most urgent first.
    pub const ALL: [Self; 3] = [Self::SignIn, Self::Completion, Self::Registration];

    /// Returns its name in metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Completion => "completion",
            Self::Registration => "registration",
        }
    }
}

/// The hashing queue has no place for this request. Answer 503, and say when to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the hashing queue has no place")]
pub struct Overloaded {
    /// When what is in the queue now will have been computed.
    pub retry_after: Duration,
}

/// A hash could not be computed.
#[derive(Debug, thiserror::Error)]
pub enum HashingError {
    /// The place was lost to a client network that held fewer, or the hash could not be computed in time.
    #[error(transparent)]
    Overloaded(Overloaded),
    /// The workers have been stopped.
    #[error("the hashing workers have stopped")]
    Stopped,
    /// The format of the stored hash is unknown.
    #[error("the stored hash is not supported")]
    UnknownHash,
    /// The algorithm refused its input.
    #[error("cannot compute the hash")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}
