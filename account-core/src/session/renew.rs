//! Renewing a session with its renewal token (RFC 9700, section 4.14.2).

use std::time::Duration;

use super::{Session, SignedInNow};
use crate::account::spend::{SpendError, find_secret, redeem};
use crate::audit::{Actor, AuditEvent};
use crate::id::SessionId;
use crate::outbox::Notice;

use crate::one_time_token::{OneTimeToken, Purpose, SecretToken, TokenState};
use crate::ports::store::Update;
use crate::ports::{Charge, StoreError};
use crate::registration::verify::Gone;
use crate::service::{AccountService, CallContext, Change, Failure};

/// How many used renewal tokens of a session are remembered, to detect reuse. With the default [`Limits::renewals`], a
/// thief would have to renew for 16 hours before the token that the owner still holds is forgotten.
///
/// [`Limits::renewals`]: crate::service::Limits::renewals
const KEPT: u32 = 1_000;
/// How many older tokens are removed at a time: finding them costs more than removing them.
const AT_A_TIME: u32 = 100;
/// How long a used renewal token is only refused, as long as its successor was not used: two tabs of one browser renew at
/// the same moment, each with the token that both have.
const TOLERATED: Duration = Duration::from_secs(30);

/// Why a session was not renewed.
#[derive(Debug, thiserror::Error)]
pub enum RenewSessionError {
    /// The token renews no session: it is unknown or for another purpose, has expired or was used, its session has
    /// ended, a credential was changed, or the account is disabled. Callers cannot tell these apart.
    #[error("the token does not renew a session")]
    WrongToken,
    /// Limited or unavailable, or the session was changed in the meantime. The token can still be used.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(RenewSessionError: Failed);

impl From<SpendError> for RenewSessionError {
    fn from(error: SpendError) -> Self {
        match error {
            SpendError::Unknown | SpendError::Gone(_) => Self::WrongToken,
            SpendError::Store(error) => error.into(),
        }
    }
}

impl AccountService {
    /// Renews a session: replaces its access token and its renewal token. The session stays the same. Since no
    /// credential was presented, how long it counts as fresh does not change. An account in its deletion grace period
    /// can be renewed, just as it can sign in.
    ///
    /// A renewal token works once. If one is used again, two parties have it, and it is unknown which is the owner: the
    /// session ends, with all its tokens. But two tabs of one browser can renew at once: within 30 seconds after its use,
    /// and while the renewal token that replaced it was not used, a used token is refused and ends nothing.
    ///
    /// So at most one of several parallel renewals succeeds, and a client must not send a token again. The newest 1,000
    /// used tokens of a session are remembered for this; older ones are unknown.
    ///
    /// # Errors
    /// [`RenewSessionError`]. Only [`RenewSessionError::WrongToken`] can end the session, and only if the token was
    /// used before.
    pub async fn renew_session(&self, token: &str, context: &CallContext) -> Result<SignedInNow, RenewSessionError> {
        self.count_verification(&context.client).await?;
        // No person copies it from an email, so it is spelled as it was given.
        let secret = SecretToken::parse(token).ok_or(RenewSessionError::WrongToken)?;
        // Read only: a caller without a valid token must not block anyone's changes.
        let mut unit = self.ports.store.begin_read_only().await?;
        let token = find_secret(&mut *unit, &secret, &[Purpose::SessionRenewal]).await?;
        drop(unit);
        // Only a holder of a live token is counted against the session's limit. A used token renews nothing,
        // so it is not counted.
        if token.state == TokenState::Live {
            let (limit, rate) = ("renewals", self.settings.limits.renewals);
            let charge = Charge::new(limit, token.subject.to_string(), rate);
            self.count(&[charge.by(&context.client)]).await?;
        }
        self.retried(|| self.spend_renewal(&token, context)).await
    }

    /// Uses the token and replaces both tokens, or ends the session if the token was used before, and not just now.
    async fn spend_renewal(
        &self,
        token: &OneTimeToken,
        context: &CallContext,
    ) -> Result<SignedInNow, RenewSessionError> {
        let mut change = self.change(context, Actor::Service).await?;
        let now = change.now;
        // Lock the account before the token: changes of an account end the tokens of its sessions.
        if let Some(session) = change.unit.find_session_by_id(SessionId::from_uuid(token.subject)).await? {
            change.hold_account(session.account).await?;
        }
        match redeem(&mut *change.unit, token, now).await {
            Err(SpendError::Gone(Gone::Used)) => {
                if is_tolerated(&mut change, token).await? {
                    record_repetition(change, token).await?;
                } else {
                    end_family(change, token).await?;
                }
                return Err(RenewSessionError::WrongToken);
            }
            outcome => outcome?,
        }
        let session = find_renewable(&mut change, token).await?.ok_or(RenewSessionError::WrongToken)?;
        let account = change.unit.find_account(session.account).await?;
        let account = account.filter(|it| it.disabled_at.is_none() && token.epoch == Some(it.credential_epoch));
        let account = account.ok_or(RenewSessionError::WrongToken)?;
        let generation = token.generation.saturating_add(1);
        let session = change.replace_token(&account, &session, generation).await?;
        if generation.is_multiple_of(AT_A_TIME) {
            let oldest = generation.saturating_sub(KEPT);
            change.unit.delete_tokens_below(Purpose::SessionRenewal, token.subject, oldest).await?;
        }
        change.commit().await?;
        Ok(SignedInNow { account, session })
    }
}

/// Returns the session that the token renews, if it can continue.
async fn find_renewable(change: &mut Change<'_>, token: &OneTimeToken) -> Result<Option<Session>, StoreError> {
    let found = change.unit.find_session_by_id(SessionId::from_uuid(token.subject)).await?;
    Ok(found.filter(|session| session.is_live(change.now) && session.token_lasts.is_some()))
}

/// Returns whether a used token may have been sent by the owner, at the same moment as the request that used it.
async fn is_tolerated(change: &mut Change<'_>, token: &OneTimeToken) -> Result<bool, StoreError> {
    // It may have been used since it was first read.
    let Some(token) = change.unit.find_token(&token.digest).await? else { return Ok(false) };
    // A moment that is later than now is no less far away: clocks differ, and can be set back.
    let is_recent = |used_at| change.now.since(used_at).max(used_at.since(change.now)) < TOLERATED;
    if !token.used_at.is_some_and(is_recent) {
        return Ok(false);
    }
    let live = change.unit.find_live_token(token.purpose, token.subject).await?;
    // A changed password ends all tokens, and their generations begin again.
    Ok(live.is_some_and(|successor| {
        successor.epoch == token.epoch && token.generation.checked_add(1) == Some(successor.generation)
    }))
}

/// Records that a used token was sent again, although it ended nothing: a thief may have sent it.
async fn record_repetition(mut change: Change<'_>, token: &OneTimeToken) -> Result<(), StoreError> {
    let Some(session) = find_renewable(&mut change, token).await? else { return Ok(()) };
    change.record(AuditEvent::SessionRenewalRepeated, Some(session.account), Some(session.channel)).await?;
    change.commit().await
}

/// Ends the session whose token was reused, with all its tokens.
async fn end_family(mut change: Change<'_>, token: &OneTimeToken) -> Result<(), StoreError> {
    let Some(session) = find_renewable(&mut change, token).await? else { return Ok(()) };
    // It is fine if the session has ended in the meantime.
    if change.unit.delete_session(session.account, session.id).await? == Update::Missed {
        return Ok(());
    }
    if let Some(account) = change.unit.find_account(session.account).await? {
        change.notify(&account, Notice::SessionsEnded).await?;
    }
    change.record(AuditEvent::SessionRenewalReused, Some(session.account), Some(session.channel)).await?;
    change.commit().await
}
