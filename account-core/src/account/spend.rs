//! Spending a link that was mailed for an account.

use crate::one_time_token::{OneTimeToken, Purpose, SecretToken, TokenState};
use crate::ports::store::Update;
use crate::ports::{StoreError, UnitOfWork};
use crate::registration::verify::Gone;
use crate::timestamp::Timestamp;

/// Why a token cannot be spent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SpendError {
    /// There is none, or it is for something else.
    #[error("the token is unknown")]
    Unknown,
    /// It is no longer of use.
    #[error("the token is no longer valid")]
    Gone(Gone),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The token of that text, if it is for one of these purposes; it may be of use no longer.
pub(crate) async fn find_mailed(
    unit: &mut dyn UnitOfWork,
    text: &str,
    purposes: &[Purpose],
) -> Result<OneTimeToken, SpendError> {
    let secret = SecretToken::parse(text).ok_or(SpendError::Unknown)?;
    let found = unit.find_token(&secret.digest()).await?;
    found.filter(|token| purposes.contains(&token.purpose)).ok_or(SpendError::Unknown)
}

/// Says why a token cannot be spent, if it cannot.
pub(crate) async fn check_spendable(
    unit: &mut dyn UnitOfWork,
    token: &OneTimeToken,
    now: Timestamp,
) -> Result<(), SpendError> {
    Err(SpendError::Gone(match token.state {
        TokenState::Live if now < token.expires_at => return Ok(()),
        TokenState::Live => Gone::Expired,
        TokenState::Used => Gone::Used,
        // A secondary address may well be the address of another account.
        TokenState::Void if token.purpose != Purpose::SecondaryAddress && is_taken(unit, token).await? => {
            Gone::AlreadyRegistered
        }
        TokenState::Void | TokenState::Superseded => Gone::Superseded,
    }))
}

/// Marks the token used. Of parallel attempts one succeeds; the others learn what has become of it.
pub(crate) async fn redeem(unit: &mut dyn UnitOfWork, token: &OneTimeToken, now: Timestamp) -> Result<(), SpendError> {
    if unit.redeem_token(&token.digest, token.purpose, now).await? == Update::Applied {
        return Ok(());
    }
    let found = unit.find_token(&token.digest).await?.ok_or(SpendError::Unknown)?;
    check_spendable(unit, &found, now).await?;
    Err(SpendError::Gone(Gone::Used))
}

/// Whether another account than the token's has proven its address.
async fn is_taken(unit: &mut dyn UnitOfWork, token: &OneTimeToken) -> Result<bool, StoreError> {
    let owner = unit.find_account_by_email(token.email_key()).await?;
    Ok(owner.is_some_and(|owner| owner.id.as_uuid() != token.subject))
}
