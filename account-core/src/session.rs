//! Sessions: a signed-in client.

use std::time::Duration;

use crate::id::{AccountId, SessionId};
use crate::timestamp::Timestamp;
use crate::verification_token::{SecretToken, TokenDigest};

/// Longest life of a session, used or not.
pub const ABSOLUTE_LIFETIME: Duration = Duration::from_hours(30 * 24);

/// The stored half of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id, by which its owner can list and end it.
    pub id: SessionId,
    /// SHA-256 of its token.
    pub token: TokenDigest,
    /// Whose it is.
    pub account: AccountId,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

/// A session that was just opened: the only moment at which its token is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedSession {
    /// The secret that the client presents from now on.
    pub token: SecretToken,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}
