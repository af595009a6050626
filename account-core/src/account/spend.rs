//! Using a link that was emailed for an account.

use crate::one_time_token::{OneTimeToken, Purpose, SecretToken, TokenState};
use crate::ports::store::Update;
use crate::ports::{StoreError, UnitOfWork};
use crate::registration::verify::Gone;
use crate::timestamp::Timestamp;

/// Why a token cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SpendError {
    /// It does not exist, or has another purpose.
    #[error("the token is unknown")]
    Unknown,
    /// It can no longer be used.
    #[error("the token is no longer valid")]
    Gone(Gone),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Returns the token with this text, if it has one of these purposes. It may no longer be usable.
pub(crate) async fn find_mailed(
    unit: &mut dyn UnitOfWork,
    text: &str,
    purposes: &[Purpose],
) -> Result<OneTimeToken, SpendError> {
    let secret = SecretToken::of_link(text).ok_or(SpendError::Unknown)?;
    find_secret(unit, &secret, purposes).await
}

/// Finds the token of this secret, if it has one of these purposes.
pub(crate) async fn find_secret(
    unit: &mut dyn UnitOfWork,
    secret: &SecretToken,
    purposes: &[Purpose],
) -> Result<OneTimeToken, SpendError> {
    let found = unit.find_token(&secret.digest()).await?;
    found.filter(|token| purposes.contains(&token.purpose)).ok_or(SpendError::Unknown)
}

/// Checks whether a token can be used, and why not.
pub(crate) async fn check_spendable(
    unit: &mut dyn UnitOfWork,
    token: &OneTimeToken,
    now: Timestamp,
) -> Result<(), SpendError> {
    Err(SpendError::Gone(match token.state {
        TokenState::Live if now < token.expires_at => return Ok(()),
        TokenState::Live => Gone::Expired,
        TokenState::Used => Gone::Used,
        // A secondary address may be the main address of another account.
        TokenState::Void if token.purpose != Purpose::SecondaryAddress && is_taken(unit, token).await? => {
            Gone::AlreadyRegistered
        }
        TokenState::Void | TokenState::Superseded => Gone::Superseded,
    }))
}

/// Marks the token as used. Of parallel attempts one succeeds; the others get the reason.
pub(crate) async fn redeem(unit: &mut dyn UnitOfWork, token: &OneTimeToken, now: Timestamp) -> Result<(), SpendError> {
    if unit.redeem_token(&token.digest, token.purpose, now).await? == Update::Applied {
        return Ok(());
    }
    let found = unit.find_token(&token.digest).await?.ok_or(SpendError::Unknown)?;
    check_spendable(unit, &found, now).await?;
    Err(SpendError::Gone(Gone::Used))
}

/// Returns whether another account has verified the token's address.
async fn is_taken(unit: &mut dyn UnitOfWork, token: &OneTimeToken) -> Result<bool, StoreError> {
    let owner = unit.find_account_by_email(token.email_key()).await?;
    Ok(owner.is_some_and(|owner| owner.id.as_uuid() != token.subject))
}
