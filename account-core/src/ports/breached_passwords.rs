//! Passwords known from breaches.

use async_trait::async_trait;

use crate::password::{Password, blocklist};

/// Knows passwords that were leaked somewhere. Asked only for policies with a blocklist.
#[async_trait]
pub trait BreachedPasswords: Send + Sync {
    /// Whether the password is known to be leaked. MUST NOT send the password or its whole digest anywhere.
    ///
    /// # Errors
    /// When the source cannot be asked; the registration then goes on with the built-in list alone.
    async fn is_breached(&self, password: &Password) -> Result<bool, BreachedPasswordsError>;
}

/// The source of breached passwords did not answer.
#[derive(Debug, thiserror::Error)]
#[error("cannot query the list of breached passwords")]
pub struct BreachedPasswordsError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// The compiled-in blocklist, and nothing else.
#[derive(Debug, Clone, Copy, Default)]
pub struct BuiltInBlocklist;

#[async_trait]
impl BreachedPasswords for BuiltInBlocklist {
    async fn is_breached(&self, password: &Password) -> Result<bool, BreachedPasswordsError> {
        Ok(blocklist::is_common(password.expose()))
    }
}
