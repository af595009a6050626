//! Confirming the password again, for something sensitive.

use super::tries::Tries;
use super::{OpenedSession, SignedIn};
use crate::account::Account;
use crate::audit::{Actor, AuditEvent};
use crate::input::{Input, Reader};
use crate::service::{AccountService, CallContext, Failure};
use crate::violation::{Field, Violations};

/// Why the session does not count as fresh.
#[derive(Debug, thiserror::Error)]
pub enum ReauthenticateError {
    /// The password is missing.
    #[error("the request is not valid")]
    Invalid(Violations),
    /// The password is wrong, or the account can no longer be used.
    #[error("the password is wrong")]
    WrongPassword,
    /// Limited, overloaded or unavailable, or the session has just ended.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(ReauthenticateError: Failed, Invalid);

impl AccountService {
    /// Checks the password again. The session then counts as fresh for [`super::FRESH`], and gets a new token, and a
    /// new renewal token if it can be renewed; the old ones stop working. The session's end does not change.
    ///
    /// Tries are limited like those of signing in, but counted per session.
    ///
    /// # Errors
    /// [`ReauthenticateError`].
    pub async fn reauthenticate(
        &self,
        caller: &SignedIn,
        password: Input,
        context: &CallContext,
    ) -> Result<OpenedSession, ReauthenticateError> {
        let password = Reader::only(|it| it.required_string(Field::Password, password))?;
        let account = &caller.account;
        let tries = Tries::in_session(account, &caller.session, &context.client);
        let (slot, counted) = self.place_for_try(&tries).await?;
        if !self.judge_try(slot, &password, account.password_hash.clone(), &counted).await? {
            return Err(ReauthenticateError::WrongPassword);
        }
        let opened = self.retried(|| self.open_again(caller, context)).await?;
        self.take_back_try(&counted).await;
        Ok(opened)
    }

    /// Gives the session new tokens, if the credential that was checked is still the account's.
    async fn open_again(&self, caller: &SignedIn, context: &CallContext) -> Result<OpenedSession, ReauthenticateError> {
        let account = &caller.account;
        let mut change = self.change(context, Actor::Account(account.id)).await?;
        // The credential may have changed while the hash was computed. A different hash alone is fine: it was upgraded
        // by a sign-in in the meantime.
        let is_as_checked =
            |now: &Account| now.disabled_at.is_none() && now.credential_epoch == account.credential_epoch;
        let Some(account) = change.unit.find_account(account.id).await?.filter(is_as_checked) else {
            return Err(ReauthenticateError::WrongPassword);
        };
        let opened = change.renew_session(&account, &caller.session).await?;
        change.record(AuditEvent::Reauthenticated, Some(account.id), None).await?;
        change.commit().await?;
        Ok(opened)
    }
}
