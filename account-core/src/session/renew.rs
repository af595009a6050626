//! Renewing a session by the token that was handed out for that (RFC 9700, 4.14.2).

use super::{Session, SignedInNow};
use crate::account::spend::{SpendError, find_mailed, redeem};
use crate::audit::{Actor, AuditEvent};
use crate::id::SessionId;
use crate::outbox::Notice;

use crate::one_time_token::{OneTimeToken, Purpose, TokenState};
use crate::ports::store::Update;
use crate::ports::{Charge, StoreError};
use crate::registration::verify::Gone;
use crate::service::{AccountService, CallContext, Change, Failure};

/// Spent tokens of a session that are known again when they come once more. With [`Limits::renewals`] as it is by
/// default, anyone who stole a token needs 16 hours to have the one forgotten that its owner still holds.
///
/// [`Limits::renewals`]: crate::service::Limits::renewals
const KEPT: u32 = 1_000;
/// Older ones are removed so many at a time: looking for them costs more than removing them.
const AT_A_TIME: u32 = 100;

/// Why a session was not renewed.
#[derive(Debug, thiserror::Error)]
pub enum RenewSessionError {
    /// No session can be renewed by it: it is unknown or for something else, it has expired or was used, its session
    /// has ended, a credential was changed, or the account is disabled. All alike.
    #[error("the token does not renew a session")]
    WrongToken,
    /// Limited or unavailable, or the session was changed meanwhile; the token is as good as it was.
    #[error(transparent)]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for RenewSessionError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<SpendError> for RenewSessionError {
    fn from(error: SpendError) -> Self {
        match error {
            SpendError::Unknown | SpendError::Gone(_) => Self::WrongToken,
            SpendError::Store(error) => error.into(),
        }
    }
}

impl AccountService {
    /// Renews a session: its access token is replaced, and so is the token that renews it. The session stays the one
    /// that it was; since no credential was given, it counts as fresh no longer than it did. An account in its days of
    /// grace before deletion may renew as it may sign in.
    ///
    /// A token renews once. One that comes again is in two hands, and which of them is the owner's cannot be told: the
    /// session ends, with every token of it. So of parallel renewals with one token at most one succeeds, and a client
    /// must not try again with a token that it has sent. The newest thousand spent tokens of a session are kept for
    /// that; older ones are unknown again.
    ///
    /// # Errors
    /// [`RenewSessionError`]; the session ends with [`RenewSessionError::WrongToken`] alone, and only if the token was
    /// used before.
    pub async fn renew_session(&self, token: &str, context: &CallContext) -> Result<SignedInNow, RenewSessionError> {
        let limit = self.client_charge("verifications", self.settings.limits.verifications, &context.client).await;
        self.count(limit.as_slice()).await?;
        // Who holds no such token must not make anybody wait for a change.
        let mut unit = self.ports.store.begin_read_only().await?;
        let token = find_mailed(&mut *unit, token, &[Purpose::SessionRenewal]).await?;
        drop(unit);
        // Only who holds a token of it is counted for the session; one that was used ends it, counted or not.
        if token.state == TokenState::Live {
            let (limit, rate) = ("renewals", self.settings.limits.renewals);
            let charge = Charge { limit, key: token.subject.to_string(), rate, otherwise: None };
            self.count(&[charge]).await?;
        }
        self.retried(|| self.spend_renewal(&token, context)).await
    }

    /// Spends the token and replaces both, or ends the session whose token was spent before.
    async fn spend_renewal(
        &self,
        token: &OneTimeToken,
        context: &CallContext,
    ) -> Result<SignedInNow, RenewSessionError> {
        let mut change = self.change(context, Actor::Service).await?;
        let now = change.now;
        // Before the token: anyone who changes the account ends the tokens of its sessions.
        if let Some(session) = change.unit.find_session_by_id(SessionId::from_uuid(token.subject)).await? {
            change.hold_account(session.account).await?;
        }
        match redeem(&mut *change.unit, token, now).await {
            Err(SpendError::Gone(Gone::Used)) => {
                end_family(change, token).await?;
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

/// The session that the token renews, if it goes on.
async fn find_renewable(change: &mut Change<'_>, token: &OneTimeToken) -> Result<Option<Session>, StoreError> {
    let found = change.unit.find_session_by_id(SessionId::from_uuid(token.subject)).await?;
    Ok(found.filter(|session| session.is_live(change.now) && session.token_lasts.is_some()))
}

/// Ends the session whose token came once more, and thereby every token of it.
async fn end_family(mut change: Change<'_>, token: &OneTimeToken) -> Result<(), StoreError> {
    let Some(session) = find_renewable(&mut change, token).await? else { return Ok(()) };
    // One that has ended meanwhile has ended.
    if change.unit.delete_session(session.account, session.id).await? == Update::Missed {
        return Ok(());
    }
    if let Some(account) = change.unit.find_account(session.account).await? {
        change.notify(&account, Notice::SessionsEnded).await?;
    }
    change.record(AuditEvent::SessionRenewalReused, Some(session.account), Some(session.channel)).await?;
    change.commit().await
}
