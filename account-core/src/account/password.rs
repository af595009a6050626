//! Changing the password of an account.

use super::{Account, REMEMBERED_PASSWORDS};
use crate::audit::{Actor, AuditEvent};
use crate::authorization::Verified;
use crate::client::Client;
use crate::input::Input;
use crate::one_time_token::Purpose;
use crate::outbox::Notice;
use crate::password::choose::{personal_words, read_new_password};
use crate::password::policy::PasswordPolicy;
use crate::password::{Password, PasswordHash};
use crate::ports::{HashingError, StoreError, Urgency};
use crate::service::{AccountService, CallContext, Failure};
use crate::session::{OpenedSession, Tries};
use crate::violation::{Field, Rule, Violation, Violations};

/// The links that stop working when a credential changes.
pub(crate) const LINKS_OF_CREDENTIALS: [Purpose; 2] = [Purpose::PasswordReset, Purpose::AddressChange];

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    /// Fields break rules. That the new password was used before is only reported if the current one is right.
    #[error("the change is not valid")]
    Invalid(Violations),
    /// The current password is wrong.
    #[error("the current password is wrong")]
    WrongPassword,
    /// Limited (in the same way as sign-in attempts), overloaded, unavailable, or the session has just ended. Nothing
    /// was changed.
    #[error(transparent)]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for ChangePasswordError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Account {
    /// Replaces the password and remembers the old one. Everything bound to the old credential stops working.
    pub(crate) fn replace_password(&mut self, hash: PasswordHash) {
        let before = self.password_hash.replace(hash);
        self.former_passwords.splice(..0, before);
        self.former_passwords.truncate(REMEMBERED_PASSWORDS - 1);
        self.credential_epoch += 1;
        self.profile.mark_password_as_own();
    }
}

impl AccountService {
    /// Changes the caller's password. All other sessions end. This one gets a new token, and a new renewal token if it
    /// can be renewed; the old ones stop working.
    ///
    /// # Errors
    /// [`ChangePasswordError`]; nothing was changed.
    pub async fn change_password(
        &self,
        caller: &Verified,
        current: Input,
        new: Input,
        policy: PasswordPolicy,
        context: &CallContext,
    ) -> Result<OpenedSession, ChangePasswordError> {
        let account = caller.account();
        let current = read_current(current);
        let new = self.read_replacement(new, policy, account).await;
        let (current, new) = match (current, new) {
            (Ok(current), Ok(new)) => (current, new),
            (current, new) => {
                let broken = current.err().into_iter().chain(new.err().into_iter().flatten());
                return Err(ChangePasswordError::Invalid(broken.collect()));
            }
        };
        self.verify_current(&current, caller, &context.client).await?;
        if self.was_used(&new, account).await? {
            return Err(ChangePasswordError::Invalid(used_before()));
        }
        let hash = self.hash_replacement(new).await?;
        self.retried(|| self.replace_own_password(caller, hash.clone(), context)).await
    }

    /// Replaces the password, if it is still the one that was verified.
    async fn replace_own_password(
        &self,
        caller: &Verified,
        hash: PasswordHash,
        context: &CallContext,
    ) -> Result<OpenedSession, ChangePasswordError> {
        let account = caller.account();
        let mut change = self.change(context, Actor::Account(account.id)).await?;
        let mut now = change.account_of(caller.session()).await?;
        if now.credential_epoch != account.credential_epoch || now.password_hash != account.password_hash {
            return Err(StoreError::transient("the password was changed meanwhile").into());
        }
        now.replace_password(hash);
        let now = change.save_own(now).await?;
        change.void_links(now.id, &LINKS_OF_CREDENTIALS).await?;
        change.unit.delete_sessions_of_account(now.id, Some(&caller.session().token)).await?;
        let session = change.renew_session(&now, caller.session()).await?;
        change.notify(&now, Notice::PasswordChanged).await?;
        change.record(AuditEvent::PasswordChanged, Some(now.id), None).await?;
        change.commit().await?;
        Ok(session)
    }

    /// Parses a new password and collects all violations. It is not compared with earlier passwords, because that needs
    /// hashing.
    pub(crate) async fn read_replacement(
        &self,
        text: Input,
        policy: PasswordPolicy,
        account: &Account,
    ) -> Result<Password, Violations> {
        let service_words = &self.settings.service_words;
        let user_name = account.user_name.as_ref();
        let personal = personal_words(Some(&account.address), &account.profile, user_name, service_words);
        let (password, mut violations) = read_new_password(text, policy, &personal);
        self.note_breach(Field::NewPassword, password.as_ref(), policy, &mut violations).await;
        password.filter(|_| violations.is_empty()).ok_or(violations)
    }

    /// Returns whether the password is the current or an earlier one. Each comparison takes its own place in the queue,
    /// so that nobody waits for more than one hash.
    pub(crate) async fn was_used(&self, password: &Password, account: &Account) -> Result<bool, Failure> {
        for hash in account.password_hash.iter().chain(&account.former_passwords) {
            let slot = self.ports.password_hasher.admit(Urgency::SignIn)?;
            match slot.verify(password.clone(), Some(hash.clone())).await {
                Ok(true) => return Ok(true),
                // A hash that can no longer be verified must not block a new password.
                Ok(false) | Err(HashingError::UnknownHash) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(false)
    }

    /// Hashes a parsed password, in its own place in the queue.
    pub(crate) async fn hash_replacement(&self, password: Password) -> Result<PasswordHash, Failure> {
        let slot = self.ports.password_hasher.admit(Urgency::SignIn)?;
        Ok(slot.hash(password, self.salt()).await?)
    }

    /// Verifies the current password with one hash. Tries are limited like sign-in attempts, so that someone who finds
    /// an open session cannot guess without limit.
    async fn verify_current(&self, text: &str, caller: &Verified, client: &Client) -> Result<(), ChangePasswordError> {
        let account = caller.account();
        // Take a place in the hashing queue before counting, so that an overload uses up nobody's quota.
        let slot = self.ports.password_hasher.admit(Urgency::SignIn)?;
        let tries = Tries::in_session(account, caller.session(), client);
        self.count_try(&tries).await?;
        if !self.is_password(slot, text, account.password_hash.clone()).await? {
            return Err(ChangePasswordError::WrongPassword);
        }
        self.forget_tries(&tries).await;
        Ok(())
    }
}

/// Returns the current password, as sent.
fn read_current(text: Input) -> Result<String, Violation> {
    let rule = match text {
        Input::Given(text) if !text.is_empty() => return Ok(text),
        Input::Given(_) | Input::Absent => Rule::Required,
        Input::Mistyped => Rule::MustBeText,
    };
    Err(Violation::new(Field::CurrentPassword, rule))
}

pub(crate) fn used_before() -> Violations {
    Violation::new(Field::NewPassword, Rule::UsedBefore).into()
}
