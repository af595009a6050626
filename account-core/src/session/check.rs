//! The check that every request of a signed-in client makes.

use super::{LAST_USE_RESOLUTION, Session, SignedIn};
use crate::one_time_token::SecretToken;
use crate::ports::StoreError;
use crate::ports::store::Update;
use crate::service::{AccountService, Unavailable};
use crate::timestamp::Timestamp;

impl AccountService {
    /// The session with that token and its account, with the role that it has now. `None` when there is no such
    /// session, it has ended or was not used for too long, its token is accepted no more, or the account is disabled.
    ///
    /// The use is written down, at most once in [`LAST_USE_RESOLUTION`] or a third of the time that the session may lie
    /// idle, whichever is shorter. Where that fails, the check does not.
    ///
    /// # Errors
    /// [`Unavailable`] when the store failed.
    pub async fn check_session(&self, token: &SecretToken) -> Result<Option<SignedIn>, Unavailable> {
        let found = self.ports.store.find_signed_in(&token.digest()).await?;
        let now = self.ports.clock.now();
        let is_good = |found: &SignedIn| found.session.accepts_token(now) && found.account.disabled_at.is_none();
        let Some(mut signed_in) = found.filter(is_good) else { return Ok(None) };
        if is_touch_due(&signed_in.session, now) && self.touch(&signed_in.session, now).await.is_ok_and(was_applied) {
            signed_in.session.last_used_at = now;
        }
        Ok(Some(signed_in))
    }

    /// Writes the use down, in a unit of work of its own.
    async fn touch(&self, session: &Session, now: Timestamp) -> Result<Update, StoreError> {
        let mut unit = self.ports.store.begin().await?;
        let outcome = unit.touch_session(&session.token, now).await?;
        unit.commit().await?;
        Ok(outcome)
    }
}

fn is_touch_due(session: &Session, now: Timestamp) -> bool {
    let resolution = session.idle.map_or(LAST_USE_RESOLUTION, |idle| LAST_USE_RESOLUTION.min(idle / 3));
    now >= session.last_used_at + resolution
}

fn was_applied(outcome: Update) -> bool {
    outcome == Update::Applied
}
