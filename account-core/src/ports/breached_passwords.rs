//! Passwords known from breaches.

use async_trait::async_trait;

use crate::password::Password;

/// Knows passwords from data breaches. Called for policies with a blocklist, and for passwords that pass the rules of the
/// default policy through a channel with another.
#[async_trait]
pub trait BreachedPasswords: Send + Sync {
    /// Returns whether the password is known from a breach. MUST NOT send the password or its complete digest anywhere.
    ///
    /// # Errors
    /// [`BreachedPasswordsError`] if the source cannot be reached. The registration then continues with the built-in
    /// list alone.
    async fn is_breached(&self, password: &Password) -> Result<bool, BreachedPasswordsError>;
}

/// The source of breached passwords cannot be reached.
#[derive(Debug, thiserror::Error)]
#[error("cannot query the list of breached passwords")]
pub struct BreachedPasswordsError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Knows no more than the compiled-in list, which every policy that refuses common passwords asks by itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct BuiltInBlocklist;

#[async_trait]
impl BreachedPasswords for BuiltInBlocklist {
    async fn is_breached(&self, _: &Password) -> Result<bool, BreachedPasswordsError> {
        Ok(false)
    }
}
