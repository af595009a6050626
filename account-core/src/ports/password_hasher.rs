//! Hashing passwords, with admission.

use async_trait::async_trait;

use crate::password::{Password, PasswordHash};

/// Hashes and verifies passwords, a bounded number at a time.
///
/// Admission comes first and is immediate, so that an overloaded service says so before anything is counted or
/// written.
pub trait PasswordHasher: Send + Sync {
    /// Takes a place in the queue, or says at once that there is none. Never waits. Dropping the slot frees it.
    ///
    /// # Errors
    /// [`Overloaded`] when every place is taken.
    fn admit(&self, urgency: Urgency) -> Result<Box<dyn HashingSlot>, Overloaded>;

    /// Whether the hash was made with the current parameters. One that was not is replaced when its owner signs in.
    fn is_current(&self, hash: &PasswordHash) -> bool;
}

/// A place in the hashing queue: good for one hash.
#[async_trait]
pub trait HashingSlot: Send {
    /// Hashes with the current parameters.
    ///
    /// # Errors
    /// [`HashingError`] when the hasher is stopping or its parameters are unusable.
    async fn hash(self: Box<Self>, password: Password, salt: [u8; 16]) -> Result<PasswordHash, HashingError>;

    /// Verifies against a stored hash, or, with `None`, spends the same time on a dummy of the current parameters
    /// and says no.
    ///
    /// # Errors
    /// [`HashingError`] when the hasher is stopping, or the stored hash is of no known kind: that is to be reported only
    /// after the time of a dummy was spent.
    async fn verify(self: Box<Self>, password: Password, hash: Option<PasswordHash>) -> Result<bool, HashingError>;
}

/// Who waits for the hash: sign-ins go before registrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// A person who signs in.
    SignIn,
    /// A person who registers, or proves a registration.
    Registration,
}

/// Every place in the hashing queue is taken; say 503 and try again in a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the hashing queue is full")]
pub struct Overloaded;

/// A hash could not be computed.
#[derive(Debug, thiserror::Error)]
pub enum HashingError {
    /// The workers have been stopped.
    #[error("the hashing workers have stopped")]
    Stopped,
    /// The stored text is no hash that can be verified here.
    #[error("the stored hash is not supported")]
    UnknownHash,
    /// The algorithm refused its input.
    #[error("cannot compute the hash")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}
