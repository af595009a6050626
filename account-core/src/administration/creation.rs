//! Accounts that an administrator makes, with a password that the administrator knows.

use super::AdminError;
use crate::account::Account;
use crate::authorization::{Administrator, NotPermitted};
use crate::email_address::EmailAddress;
use crate::id::RegistrationId;
use crate::ports::{StoreError, Urgency};
use crate::registration::draft::{RegistrationDraft, RegistrationRules};
use crate::service::{AccountService, CallContext, Change, Failure, FeatureFlags};
use crate::violation::{Field, Rule, Violation, Violations};

/// Why no account was made.
#[derive(Debug, thiserror::Error)]
pub enum CreateAccountError {
    /// Fields break rules; these are all of them.
    #[error("the account is not valid")]
    Invalid(Violations),
    /// The address has an account that has proven it, or that an administrator made.
    #[error("the address already has an account")]
    AlreadyRegistered,
    /// Only super admins do that.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// Overloaded or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for CreateAccountError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Violations> for CreateAccountError {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl AccountService {
    /// Makes an account at once, with a password that the super admin chose; whatever the flags say. Its address is not
    /// proven: until its owner follows the mailed link, the account can be signed in to and do nothing.
    ///
    /// It is marked that an administrator chose the password, until the person chooses another one; the mail tells the
    /// person so. It is the one exception to administrators knowing no password: prefer an invitation.
    ///
    /// # Errors
    /// [`CreateAccountError`]; in each case nothing was made, except that [`CreateAccountError::Failed`] may leave
    /// that open when the store went away while committing.
    pub async fn create_account_with_password(
        &self,
        admin: &Administrator,
        draft: RegistrationDraft,
        rules: &RegistrationRules,
        context: &CallContext,
    ) -> Result<Account, CreateAccountError> {
        admin.must_be_super_admin()?;
        let mut candidate = self.examine(draft, rules, &context.client).await??;
        candidate.choices.profile.mark_password_by_administrator();
        let slot = self.ports.password_hasher.admit(Urgency::SignIn)?;
        let hashed = slot.hash(candidate.password.clone(), self.salt()).await?;
        let mut attempt = candidate.attempt(hashed);

        let mut change = self.administer_address(admin, attempt.address.key(), context).await.map_err(not_begun)?;
        let flags = FeatureFlags::of(&mut *change.unit).await?;
        attempt.choices.profile.newsletter &= flags.newsletter.enabled;
        if change.is_given(&attempt.address).await? {
            return Err(CreateAccountError::AlreadyRegistered);
        }
        let id = RegistrationId::generate(&*self.ports.clock, &*self.ports.entropy);
        let (registration, _) = change.insert_attempt(id, attempt).await?;
        let Some(account) = change.activate(&registration).await? else {
            return Err(CreateAccountError::Invalid(Violation::new(Field::UserName, Rule::Taken).into()));
        };
        change.commit().await?;
        Ok(account)
    }
}

impl Change<'_> {
    /// Whether the address has an account: one that has proven it, or one that an administrator made. What a stranger had
    /// made at once does not stand in the way.
    async fn is_given(&mut self, address: &EmailAddress) -> Result<bool, StoreError> {
        let unproven = self.unit.find_unverified_accounts(address.key()).await?;
        let is_made = unproven.iter().any(|account| account.profile.has_password_by_administrator());
        Ok(is_made || self.is_held(address, false).await?)
    }
}

/// Beginning asks only whether the administrator still is one.
fn not_begun(error: AdminError) -> CreateAccountError {
    match error {
        AdminError::Failed(failure) => failure.into(),
        _ => NotPermitted::Role.into(),
    }
}
