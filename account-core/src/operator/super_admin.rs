//! Creating the first super admin with a configured token, for systems that are set up over HTTP.

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

/// Minimum length of a token in bytes: 128 bits in base64url.
pub const MIN_TOKEN: usize = 22;

/// The super admin that the operator configured for the holder of the token. Its `Debug` output hides everything.
#[derive(Clone)]
pub struct SuperAdminOffer {
    /// The token, at least [`MIN_TOKEN`] bytes; a shorter one is never accepted.
    pub token: Zeroizing<String>,
    /// The super admin's address; the operator vouches for it.
    pub email: String,
    /// The super admin's password.
    pub password: Zeroizing<String>,
}

opaque_debug!(SuperAdminOffer);

/// Why no super admin was created.
#[derive(Debug, thiserror::Error)]
pub enum SuperAdminError {
    /// The token is wrong.
    #[error("the token is unknown")]
    WrongToken,
    /// The token was already used, whether or not its account still exists.
    #[error("the token was used")]
    Used,
    /// The account cannot be created as configured.
    #[error(transparent)]
    Refused(OperatorError),
    /// Limited, overloaded or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(SuperAdminError: Failed);

impl From<OperatorError> for SuperAdminError {
    fn from(error: OperatorError) -> Self {
        match error {
            OperatorError::Failed(failure) => Self::Failed(failure),
            error => Self::Refused(error),
        }
    }
}

impl AccountService {
    /// Creates the configured super admin, once per token. That a token was used is stored forever, even if all
    /// administrators are gone (CVE-2023-46249).
    ///
    /// # Errors
    /// [`SuperAdminError`]; nothing was created, and the token can be used again unless the error is
    /// [`SuperAdminError::Used`]. With [`SuperAdminError::Failed`] the outcome is unknown if the connection to the
    /// store was lost during the commit.
    pub async fn create_super_admin_by_token(
        &self,
        presented: &str,
        offer: &SuperAdminOffer,
        policy: PasswordPolicy,
        context: &CallContext,
    ) -> Result<Account, SuperAdminError> {
        self.count_verification(&context.client).await?;
        // Compare digests, so that the response time reveals nothing about the token.
        let digest = digest(&offer.token);
        // A used token creates nothing any more.
        if self.ports.store.begin_read_only().await?.find_token(&digest).await?.is_some() {
            return Err(SuperAdminError::Used);
        }
        if offer.token.len() < MIN_TOKEN || self::digest(presented) != digest {
            return Err(SuperAdminError::WrongToken);
        }
        let password = offer.password.to_string();
        let policy = Role::SuperAdmin.password_policy(policy);
        let credentials = self.hash_for_operator(&offer.email, password, policy).await?;
        self.retried(|| async {
            let credentials = credentials.clone();
            let mut change = self.change(context, Actor::Operator).await?;
            // All holders of the token use the same address, so this lets one at a time through.
            change.unit.hold_addresses(&[credentials.address.key()]).await?;
            if change.unit.find_token(&digest).await?.is_some() {
                return Err(SuperAdminError::Used);
            }
            change.unit.insert_token(&spent(digest, credentials.address.clone(), change.now)).await?;
            let account = change.insert_for_operator(credentials, Role::SuperAdmin).await?;
            change.commit().await?;
            Ok(account)
        })
        .await
    }
}

/// Returns the token as used and never expiring, so that it is never forgotten.
fn spent(digest: TokenDigest, address: EmailAddress, now: Timestamp) -> OneTimeToken {
    let (subject, _) = digest.as_bytes().split_first_chunk::<16>().unwrap_or((&[0; 16], &[]));
    // Not an account's id, so that it is not deleted with an account.
    let subject = uuid::Builder::from_custom_bytes(*subject).into_uuid();
    let never = Timestamp::from_unix_micros(i64::MAX);
    OneTimeToken {
        state: TokenState::Used,
        used_at: Some(now),
        ..OneTimeToken::drawn(digest, Purpose::SuperAdmin, subject, address, never)
    }
}

fn digest(token: &str) -> TokenDigest {
    TokenDigest::from_bytes(Sha256::digest(token.as_bytes()).into())
}
