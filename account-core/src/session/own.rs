//! Listing and ending the caller's own sessions.

use super::{Session, SignedIn};
use crate::audit::{Actor, AuditEvent};
use crate::id::{AccountId, SessionId};
use crate::one_time_token::Purpose;
use crate::outbox::Notice;
use crate::ports::store::Update;
use crate::ports::{StoreError, UnitOfWork};
use crate::service::{AccountService, CallContext, Unavailable};
use crate::timestamp::Timestamp;

/// Returns the sessions of the account that can be used at that time, newest first.
pub(crate) async fn live_sessions(
    unit: &mut dyn UnitOfWork,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<Session>, StoreError> {
    let mut sessions = unit.find_sessions_of_account(account).await?;
    sessions.retain(|session| session.is_live(now));
    Ok(sessions)
}

impl AccountService {
    /// Returns the live sessions of the caller's account, newest first.
    ///
    /// # Errors
    /// [`Unavailable`] if the store failed.
    pub async fn own_sessions(&self, caller: &SignedIn) -> Result<Vec<Session>, Unavailable> {
        let mut unit = self.ports.store.begin_read_only().await?;
        Ok(live_sessions(&mut *unit, caller.account.id, self.ports.clock.now()).await?)
    }

    /// Ends a session of the caller's account, possibly the current one. Returns `false` if the account has no such
    /// session.
    ///
    /// # Errors
    /// [`Unavailable`] if the store failed.
    pub async fn end_session(
        &self,
        caller: &SignedIn,
        id: SessionId,
        context: &CallContext,
    ) -> Result<bool, Unavailable> {
        self.retried(|| self.try_to_end_session(caller, id, context)).await
    }

    async fn try_to_end_session(
        &self,
        caller: &SignedIn,
        id: SessionId,
        context: &CallContext,
    ) -> Result<bool, Unavailable> {
        let account = caller.account.id;
        let mut change = self.change(context, Actor::Account(account)).await?;
        if change.unit.delete_session(account, id).await? == Update::Missed {
            return Ok(false);
        }
        change.record(AuditEvent::SessionEnded, Some(account), None).await?;
        change.commit().await?;
        Ok(true)
    }

    /// Ends all sessions of the caller's account except the current one, and returns how many were live. If there were
    /// any, the owner gets a notice by email. If the current session has just been ended itself, ends none.
    ///
    /// # Errors
    /// [`Unavailable`] if the store failed.
    pub async fn end_other_sessions(&self, caller: &SignedIn, context: &CallContext) -> Result<u64, Unavailable> {
        self.retried(|| self.try_to_end_others(caller, context)).await
    }

    async fn try_to_end_others(&self, caller: &SignedIn, context: &CallContext) -> Result<u64, Unavailable> {
        let account = caller.account.id;
        let mut change = self.change(context, Actor::Account(account)).await?;
        // The tab in which the person registered could open one more. First, so that one that it is just opening is found.
        change.void_links(account, &[Purpose::RegistrationSession]).await?;
        let sessions = change.unit.find_sessions_of_account(account).await?;
        let (own, others): (Vec<_>, Vec<_>) =
            sessions.into_iter().partition(|session| session.token == caller.session.token);
        let live = others.iter().filter(|session| session.is_live(change.now)).count();
        if own.is_empty() {
            return Ok(0);
        }
        if live == 0 {
            change.commit().await?;
            return Ok(0);
        }
        change.unit.delete_sessions_of_account(account, Some(&caller.session.token)).await?;
        change.record(AuditEvent::SessionsEnded, Some(account), None).await?;
        change.notify(&caller.account, Notice::SessionsEnded).await?;
        change.commit().await?;
        Ok(u64::try_from(live).unwrap_or(u64::MAX))
    }
}
