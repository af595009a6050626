//! Hashing passwords, with a limit on how much work is accepted.

use async_trait::async_trait;

use crate::password::{Password, PasswordHash};

/// Hashes and verifies passwords, a limited number at a time.
///
/// A caller first takes a place in the queue, which succeeds or fails immediately: an overloaded service refuses a
/// request before anything is counted or written.
pub trait PasswordHasher: Send + Sync {
    /// Takes a place in the queue, or fails immediately. Never waits. Dropping the slot frees the place.
    ///
    /// # Errors
    /// [`Overloaded`] if every place is taken.
    fn admit(&self, urgency: Urgency) -> Result<Box<dyn HashingSlot>, Overloaded>;

    /// Returns whether the hash was made with the current parameters. Other hashes are replaced at the next sign-in.
    fn is_current(&self, hash: &PasswordHash) -> bool;
}

/// A place in the hashing queue, for one hash.
#[async_trait]
pub trait HashingSlot: Send {
    /// Hashes the password with the current parameters.
    ///
    /// # Errors
    /// [`HashingError`] if the hasher is stopping or its parameters cannot be used.
    async fn hash(self: Box<Self>, password: Password, salt: [u8; 16]) -> Result<PasswordHash, HashingError>;

    /// Verifies the password against a stored hash. With `None`, spends the same time on a dummy hash with the current
    /// parameters and returns `false`, so that the response time does not reveal whether there is a hash.
    ///
    /// # Errors
    /// [`HashingError`] if the hasher is stopping, or if the format of the stored hash is unknown. The implementation
    /// MUST report an unknown format only after it has spent the time of a dummy hash.
    async fn verify(self: Box<Self>, password: Password, hash: Option<PasswordHash>) -> Result<bool, HashingError>;
}

/// What a hash is needed for. Sign-ins take precedence over registrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Signing in.
    SignIn,
    /// Registering, or proving a registration.
    Registration,
}

/// Every place in the hashing queue is taken. Answer 503 and ask the client to try again in a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the hashing queue is full")]
pub struct Overloaded;

/// A hash could not be computed.
#[derive(Debug, thiserror::Error)]
pub enum HashingError {
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
