//! The first super admin, by a token that the operator configured: for systems that are set up over HTTP.

use std::fmt;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::OperatorError;
use crate::account::{Account, Role};
use crate::audit::Actor;
use crate::email_address::EmailAddress;
use crate::one_time_token::{OneTimeToken, Purpose, TokenDigest, TokenState};
use crate::password::policy::PasswordPolicy;
use crate::service::{AccountService, CallContext, Failure};
use crate::timestamp::Timestamp;

/// Fewest bytes of a token that is worth the name: 128 bits in base64url.
pub const MIN_TOKEN: usize = 22;

/// What the operator offers to anyone who has the token. It prints nothing of it.
#[derive(Clone)]
pub struct SuperAdminOffer {
    /// The token, at least [`MIN_TOKEN`] bytes; a shorter one is nobody's.
    pub token: Zeroizing<String>,
    /// The super admin's address; the operator vouches for it.
    pub email: String,
    /// The super admin's password.
    pub password: Zeroizing<String>,
}

impl fmt::Debug for SuperAdminOffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SuperAdminOffer(..)")
    }
}

/// Why no super admin was made.
#[derive(Debug, thiserror::Error)]
pub enum SuperAdminError {
    /// The token is another one.
    #[error("the token is unknown")]
    WrongToken,
    /// The token has made its super admin; whether that account still is there does not matter.
    #[error("the token was used")]
    Used,
    /// The account cannot be made as it is configured.
    #[error(transparent)]
    Refused(OperatorError),
    /// Limited, overloaded or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for SuperAdminError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<OperatorError> for SuperAdminError {
    fn from(error: OperatorError) -> Self {
        match error {
            OperatorError::Failed(failure) => Self::Failed(failure),
            error => Self::Refused(error),
        }
    }
}

impl AccountService {
    /// Makes the super admin that the operator offers, once for each token: its use is kept for good, even when all
    /// administrators are gone (CVE-2023-46249).
    ///
    /// # Errors
    /// [`SuperAdminError`]; in each case nothing was made, and the token may be used again unless it is
    /// [`SuperAdminError::Used`]. [`SuperAdminError::Failed`] may leave that open when the store went away while
    /// committing.
    pub async fn create_super_admin_by_token(
        &self,
        presented: &str,
        offer: &SuperAdminOffer,
        policy: PasswordPolicy,
        context: &CallContext,
    ) -> Result<Account, SuperAdminError> {
        let attempts = self.client_charge("verifications", self.settings.limits.verifications, &context.client).await;
        self.count(attempts.as_slice()).await?;
        // Digests are compared, so that the time tells nothing of the token.
        let digest = digest(&offer.token);
        // Once it was used nothing is offered any more, whatever is presented.
        if self.ports.store.begin_read_only().await?.find_token(&digest).await?.is_some() {
            return Err(SuperAdminError::Used);
        }
        if offer.token.len() < MIN_TOKEN || self::digest(presented) != digest {
            return Err(SuperAdminError::WrongToken);
        }
        let password = offer.password.to_string();
        let credentials = self.hash_for_operator(&offer.email, password, policy).await?;
        let mut change = self.change(context, Actor::Operator).await?;
        // The offer's address is one and the same for all who have the token: they come one after another.
        change.unit.hold_addresses(&[credentials.address.key()]).await?;
        if change.unit.find_token(&digest).await?.is_some() {
            return Err(SuperAdminError::Used);
        }
        change.unit.insert_token(&spent(digest, credentials.address.clone())).await?;
        let account = change.insert_for_operator(credentials, Role::SuperAdmin).await?;
        change.commit().await?;
        Ok(account)
    }
}

/// The token as one that was used, and never expires: it is not to be forgotten.
fn spent(digest: TokenDigest, address: EmailAddress) -> OneTimeToken {
    let (subject, _) = digest.as_bytes().split_first_chunk::<16>().unwrap_or((&[0; 16], &[]));
    // Nobody's id: it does not go when an account does.
    let subject = uuid::Builder::from_custom_bytes(*subject).into_uuid();
    let never = Timestamp::from_unix_micros(i64::MAX);
    OneTimeToken {
        state: TokenState::Used,
        ..OneTimeToken::drawn(digest, Purpose::SuperAdmin, subject, address, never)
    }
}

fn digest(token: &str) -> TokenDigest {
    TokenDigest::from_bytes(Sha256::digest(token.as_bytes()).into())
}
