//! The offer of a session to the client that registered, after its registration was completed elsewhere.
//!
//! An offer is a one-time token whose secret is the continuation, so that everything that ends such tokens ends it too.

use std::time::Duration;

use super::Registration;
use crate::account::Account;
use crate::one_time_token::{OneTimeToken, Purpose, TokenState};
use crate::ports::{StoreError, UnitOfWork};
use crate::service::Change;
use crate::timestamp::Timestamp;

const PURPOSE: Purpose = Purpose::RegistrationSession;

/// How long an offer lasts.
pub const OFFER_LASTS: Duration = Duration::from_mins(10);

impl Change<'_> {
    /// Offers a session of the account to the holder of the registration's continuation.
    pub(crate) async fn offer_session(
        &mut self,
        registration: &Registration,
        account: &Account,
    ) -> Result<(), StoreError> {
        let (digest, subject) = (registration.continuation, account.id.as_uuid());
        let drawn = OneTimeToken::drawn(digest, PURPOSE, subject, account.address.clone(), self.now + OFFER_LASTS);
        let offer = OneTimeToken { epoch: Some(account.credential_epoch), ..drawn };
        self.unit.insert_token(&offer).await
    }
}

/// Returns the offer to the registration's holder, if there is one that can be used now.
pub(crate) async fn find_offer(
    unit: &mut dyn UnitOfWork,
    registration: &Registration,
    now: Timestamp,
) -> Result<Option<OneTimeToken>, StoreError> {
    let found = unit.find_token(&registration.continuation).await?;
    let is_open = |token: &OneTimeToken| {
        token.purpose == PURPOSE
            && token.state == TokenState::Live
            && now < token.expires_at
            // A token from the future: the clock was set back.
            && token.expires_at <= now + OFFER_LASTS
    };
    Ok(found.filter(is_open))
}
