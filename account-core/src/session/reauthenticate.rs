//! Giving the password again, for something sensitive.

use super::tries::Tries;
use super::{OpenedSession, SignedIn};
use crate::account::Account;
use crate::audit::{Actor, AuditEvent};
use crate::input::Input;
use crate::ports::Urgency;
use crate::service::{AccountService, CallContext, Failure};
use crate::violation::{Field, Rule, Violation, Violations};

/// Why the session does not count as fresh.
#[derive(Debug, thiserror::Error)]
pub enum ReauthenticateError {
    /// The password is missing.
    #[error("the request is not valid")]
    Invalid(Violations),
    /// The password is not the account's, or the account is not in use any more.
    #[error("the password is wrong")]
    WrongPassword,
    /// Limited, overloaded or unavailable, or the session has just ended.
    #[error(transparent)]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for ReauthenticateError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl AccountService {
    /// Takes the password once more. The session then counts as fresh for [`super::FRESH`], under a new token, and
    /// under a new one that renews it if it can be renewed; the old ones are good for nothing. It ends when it would
    /// have ended.
    ///
    /// Tries are limited like those of signing in, and counted for each session by itself.
    ///
    /// # Errors
    /// [`ReauthenticateError`].
    pub async fn reauthenticate(
        &self,
        caller: &SignedIn,
        password: Input,
        context: &CallContext,
    ) -> Result<OpenedSession, ReauthenticateError> {
        let password = read_credential(Field::Password, password)
            .map_err(|violation| ReauthenticateError::Invalid(violation.into()))?;
        let slot = self.ports.password_hasher.admit(Urgency::SignIn)?;
        let account = &caller.account;
        let tries = Tries::in_session(account, &caller.session, &context.client);
        self.count_try(&tries).await?;
        if !self.is_password(slot, &password, account.password_hash.clone()).await? {
            return Err(ReauthenticateError::WrongPassword);
        }
        let opened = self.retried(|| self.open_again(caller, context)).await?;
        self.forget_tries(&tries).await;
        Ok(opened)
    }

    /// Renews the session, if the credential that was checked is the account's still.
    async fn open_again(&self, caller: &SignedIn, context: &CallContext) -> Result<OpenedSession, ReauthenticateError> {
        let account = &caller.account;
        let mut change = self.change(context, Actor::Account(account.id)).await?;
        // The credential may have been changed while the hash was computed. The hash alone may differ: somebody signed
        // in meanwhile, and it was made again from the same password.
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

/// A credential's text as it was received, if there is any.
pub(super) fn read_credential(field: Field, input: Input) -> Result<String, Violation> {
    match input {
        Input::Given(text) if !text.is_empty() => Ok(text),
        Input::Mistyped => Err(Violation::new(field, Rule::MustBeText)),
        Input::Absent | Input::Given(_) => Err(Violation::new(field, Rule::Required)),
    }
}
