//! Checking the session of a request.

use super::{LAST_USE_RESOLUTION, Session, SignedIn};
use crate::one_time_token::SecretToken;
use crate::ports::StoreError;
use crate::ports::store::Update;
use crate::service::{AccountService, Unavailable};
use crate::timestamp::Timestamp;

impl AccountService {
    /// Returns the session with this token and its account with its current role. `None` if there is no such session,
    /// it has ended or was unused for too long, its token has expired, or the account is disabled.
    ///
    /// Records the use of the session, at most once per [`LAST_USE_RESOLUTION`] or a third of the session's idle limit,
    /// whichever is shorter. If that fails, the check still succeeds. A last use from the future (the clock was set back)
    /// is replaced as well, so that the idle limit holds again.
    ///
    /// # Errors
    /// [`Unavailable`] if the store failed.
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

    /// Records the use, in its own unit of work.
    async fn touch(&self, session: &Session, now: Timestamp) -> Result<Update, StoreError> {
        let mut unit = self.ports.store.begin().await?;
        let outcome = unit.touch_session(&session.token, now).await?;
        unit.commit().await?;
        Ok(outcome)
    }
}

fn is_touch_due(session: &Session, now: Timestamp) -> bool {
    let resolution = session.idle.map_or(LAST_USE_RESOLUTION, |idle| LAST_USE_RESOLUTION.min(idle / 3));
    now >= session.last_used_at + resolution || session.last_used_at.is_from_the_future(now)
}

fn was_applied(outcome: Update) -> bool {
    outcome == Update::Applied
}
