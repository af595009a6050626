//! Changing the password of an account.

use super::{Account, REMEMBERED_PASSWORDS, Role};
use crate::audit::{Actor, AuditEvent};
use crate::authorization::{Fresh, Verified};
use crate::client::Client;
use crate::input::{Input, Reader};
use crate::one_time_token::Purpose;
use crate::outbox::Notice;
use crate::password::choose::{ChosenPassword, check_password, personal_words};
use crate::password::policy::PasswordPolicy;
use crate::password::{PassedPolicy, Password, PasswordHash};
use crate::ports::{HashingError, StoreError, Urgency};
use crate::service::{AccountService, CallContext, Failure};
use crate::session::{OpenedSession, Tries};
use crate::violation::{Field, Rule, Violation, Violations};

/// The links, and the like, that stop working when a credential changes.
pub(crate) const LINKS_OF_CREDENTIALS: [Purpose; 3] =
    [Purpose::PasswordReset, Purpose::AddressChange, Purpose::RegistrationSession];

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

use_case_error!(ChangePasswordError: Failed, Invalid);

impl Role {
    /// Returns the policy for passwords of accounts with this role, where the channel has this one. Administrators need
    /// the default policy or a stricter one, whatever the channel.
    #[must_use]
    pub fn password_policy(self, of_channel: PasswordPolicy) -> PasswordPolicy {
        match self {
            Self::User => of_channel,
            Self::Admin | Self::SuperAdmin => of_channel.at_least_default(),
        }
    }
}

impl Account {
    /// Returns the words that the account's password must not consist of.
    pub(crate) fn own_words(&self) -> Vec<&str> {
        personal_words(Some(&self.address), &self.profile, self.user_name.as_ref())
    }

    /// Returns whether this is an administrator whose password is known not to pass the default policy. That is only
    /// possible for those who had role and password before policies were recorded.
    pub(crate) fn is_weak_administrator(&self) -> bool {
        let passed = self.password_hash.as_ref().and_then(PasswordHash::passed);
        self.role > Role::User && passed == Some(PassedPolicy::Weaker)
    }

    /// Replaces the password and remembers the old one. Everything bound to the old credential stops working.
    pub(crate) fn replace_password(&mut self, hash: PasswordHash) {
        let before = self.password_hash.replace(hash);
        // Nobody asks which policy a former password passed.
        self.former_passwords.splice(..0, before.map(|hash| hash.with_passed(None)));
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
        let policy = account.role.password_policy(policy);
        let mut reader = Reader::default();
        let current = reader.required_string(Field::CurrentPassword, current);
        let new = self.read_chosen(Field::NewPassword, new, policy, &account.own_words(), &mut reader.violations).await;
        let (current, new) = reader.violations.into_value(current.zip(new))?;
        self.verify_current(&current, caller, &context.client).await?;
        if self.was_used(&new.password, account, &context.client).await? {
            return Err(ChangePasswordError::Invalid(used_before()));
        }
        let hash = self.hash_replacement(new, &context.client).await?;
        self.retried(|| self.replace_own_password(caller, hash.clone(), context)).await
    }

    /// Sets the first password of an account that is only signed in to with a provider. The rest is as for a
    /// [change](Self::change_password). The session must be fresh in place of the current password.
    ///
    /// # Errors
    /// [`ChangePasswordError`]; nothing was changed. [`ChangePasswordError::WrongPassword`] if there is a password: it is
    /// changed, not set.
    pub async fn set_first_password(
        &self,
        caller: &Fresh,
        new: Input,
        policy: PasswordPolicy,
        context: &CallContext,
    ) -> Result<OpenedSession, ChangePasswordError> {
        let account = caller.account();
        if account.password_hash.is_some() {
            return Err(ChangePasswordError::WrongPassword);
        }
        self.count_change(account.id).await?;
        let policy = account.role.password_policy(policy);
        let mut violations = Violations::default();
        let words = account.own_words();
        let new = self.read_chosen(Field::NewPassword, new, policy, &words, &mut violations).await;
        let new = violations.into_value(new)?;
        if self.was_used(&new.password, account, &context.client).await? {
            return Err(ChangePasswordError::Invalid(used_before()));
        }
        let hash = self.hash_replacement(new, &context.client).await?;
        self.retried(|| self.replace_own_password(caller.verified(), hash.clone(), context)).await
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
            return Err(StoreError::transient("the password was changed in the meantime").into());
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

    /// Parses a new password, which must not consist of `own_words` or of the service's, and collects all violations. It
    /// is not compared with earlier passwords, because that needs hashing.
    pub(crate) async fn read_chosen(
        &self,
        field: Field,
        text: Input,
        policy: PasswordPolicy,
        own_words: &[&str],
        violations: &mut Violations,
    ) -> Option<ChosenPassword> {
        let service_words = self.settings.service_words.iter().map(String::as_str);
        let words: Vec<_> = own_words.iter().copied().chain(service_words).collect();
        let chosen = check_password(field, text, policy, &words, violations);
        self.note_breach(field, chosen, policy, violations).await
    }

    /// Returns whether the password is the current or an earlier one. Each comparison takes its own place in the queue,
    /// so that nobody waits for more than one hash.
    pub(crate) async fn was_used(
        &self,
        password: &Password,
        account: &Account,
        client: &Client,
    ) -> Result<bool, Failure> {
        for hash in account.password_hash.iter().chain(&account.former_passwords) {
            let slot = self.place(Urgency::SignIn, client)?;
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
    pub(crate) async fn hash_replacement(
        &self,
        chosen: ChosenPassword,
        client: &Client,
    ) -> Result<PasswordHash, Failure> {
        let slot = self.place(Urgency::SignIn, client)?;
        Ok(chosen.hash(slot, self.salt()).await?)
    }

    /// Verifies the current password with one hash. Tries are limited like sign-in attempts, so that someone who finds
    /// an open session cannot guess without limit.
    async fn verify_current(&self, text: &str, caller: &Verified, client: &Client) -> Result<(), ChangePasswordError> {
        let account = caller.account();
        let tries = Tries::in_session(account, caller.session(), client);
        let (slot, counted) = self.place_for_try(&tries).await?;
        if !self.judge_try(slot, text, account.password_hash.clone(), &counted).await? {
            return Err(ChangePasswordError::WrongPassword);
        }
        self.take_back_try(&counted).await;
        Ok(())
    }
}

pub(crate) fn used_before() -> Violations {
    Violation::new(Field::NewPassword, Rule::UsedBefore).into()
}
