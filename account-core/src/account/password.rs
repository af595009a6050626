//! Changing one's password.

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

/// Links that a change of a credential voids.
pub(crate) const LINKS_OF_CREDENTIALS: [Purpose; 2] = [Purpose::PasswordReset, Purpose::AddressChange];

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    /// Fields break rules. That the new password was used before is said only once the current one was right.
    #[error("the change is not valid")]
    Invalid(Violations),
    /// The current password is another one.
    #[error("the current password is wrong")]
    WrongPassword,
    /// Limited (tries count as those to sign in do), overloaded or unavailable, or the session has just ended; nothing was
    /// changed.
    #[error(transparent)]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for ChangePasswordError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Account {
    /// Gives it another password and remembers the one before; whatever was bound to that is void.
    pub(crate) fn replace_password(&mut self, hash: PasswordHash) {
        let before = self.password_hash.replace(hash);
        self.former_passwords.splice(..0, before);
        self.former_passwords.truncate(REMEMBERED_PASSWORDS - 1);
        self.credential_epoch += 1;
        self.profile.mark_password_as_own();
    }
}

impl AccountService {
    /// Changes the caller's password. All other sessions end; this one goes on under a new token, and under a new one
    /// that renews it if it can be renewed: the old ones are good for nothing.
    ///
    /// # Errors
    /// [`ChangePasswordError`]; in each case nothing was changed.
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

    /// Replaces the password, if it is the one still that was verified, and all that goes with it.
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

    /// Reads a password that is to become the account's, and says all that is wrong with it; it is not compared with
    /// earlier ones, which takes hashing.
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

    /// Whether the password is the current one or one of those before it. Each is verified in a place of its own, so
    /// that nobody waits for more than one hash.
    pub(crate) async fn was_used(&self, password: &Password, account: &Account) -> Result<bool, Failure> {
        for hash in account.password_hash.iter().chain(&account.former_passwords) {
            let slot = self.ports.password_hasher.admit(Urgency::SignIn)?;
            match slot.verify(password.clone(), Some(hash.clone())).await {
                Ok(true) => return Ok(true),
                // One that nobody can verify any more keeps nobody from choosing.
                Ok(false) | Err(HashingError::UnknownHash) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(false)
    }

    /// Hashes a password that was read, in a place of its own.
    pub(crate) async fn hash_replacement(&self, password: Password) -> Result<PasswordHash, Failure> {
        let slot = self.ports.password_hasher.admit(Urgency::SignIn)?;
        Ok(slot.hash(password, self.salt()).await?)
    }

    /// Verifies the current password with one hash. Tries are limited as those to sign in are: anyone who found a
    /// session open must not guess without end.
    async fn verify_current(&self, text: &str, caller: &Verified, client: &Client) -> Result<(), ChangePasswordError> {
        let account = caller.account();
        // The place in the hashing queue comes before counting, so that being overloaded costs nobody's quota.
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

/// The current password as it was sent.
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
