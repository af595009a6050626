//! Creating an account with a password that the administrator knows.

use super::AdminError;
use crate::account::Account;
use crate::authorization::{Administrator, NotPermitted};
use crate::email_address::EmailAddress;
use crate::id::RegistrationId;
use crate::ports::{StoreError, Urgency};
use crate::registration::draft::{RegistrationDraft, RegistrationRules};
use crate::service::{AccountService, CallContext, Change, Failure, FeatureFlags};
use crate::violation::{Field, Rule, Violation, Violations};

/// Why no account was created.
#[derive(Debug, thiserror::Error)]
pub enum CreateAccountError {
    /// Fields break rules. The list is complete.
    #[error("the account is not valid")]
    Invalid(Violations),
    /// An account has verified the address, or was created with it by an administrator.
    #[error("the address already has an account")]
    AlreadyRegistered,
    /// Only super admins may do this.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// Overloaded or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(CreateAccountError: Failed, Invalid);

impl AccountService {
    /// Creates an account immediately, with a password that the super admin chose, whatever the feature flags say. Its
    /// address is unverified: until its owner opens the emailed link, the account can be signed in to but cannot do
    /// anything.
    ///
    /// The account is marked as having a password that an administrator chose until the person chooses another one, and
    /// the email says so. This is the only case in which an administrator knows a password: prefer an invitation.
    ///
    /// # Errors
    /// [`CreateAccountError`]; nothing was created, except that with [`CreateAccountError::Failed`] the outcome is
    /// unknown if the connection to the store was lost during the commit.
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
        let slot = self.place(Urgency::SignIn, &context.client)?;
        let hashed = candidate.password.clone().hash(slot, self.salt()).await?;
        let attempt = candidate.attempt(hashed);

        self.retried(|| async {
            let mut attempt = attempt.clone();
            let mut change = self.administer_address(admin, attempt.address.key(), context).await.map_err(not_begun)?;
            let flags = FeatureFlags::of(&mut *change.unit).await?;
            attempt.choices.profile.newsletter &= flags.newsletter.enabled;
            if change.is_given(&attempt.address).await? {
                return Err(CreateAccountError::AlreadyRegistered);
            }
            let id = RegistrationId::generate(&*self.ports.clock, &*self.ports.entropy);
            let (registration, _) = change.insert_attempt(id, attempt).await?;
            let Some(account) = change.activate(&registration).await? else {
                return Err(Violations::from(Violation::new(Field::UserName, Rule::Taken)).into());
            };
            change.commit().await?;
            Ok(account)
        })
        .await
    }
}

impl Change<'_> {
    /// Returns whether the address has an account: one that has verified it, or one that an administrator created. An
    /// account that a stranger created immediately does not count.
    async fn is_given(&mut self, address: &EmailAddress) -> Result<bool, StoreError> {
        let unproven = self.unit.find_unverified_accounts(address.key()).await?;
        let is_made = unproven.iter().any(|account| account.profile.has_password_by_administrator());
        Ok(is_made || self.is_held(address, false).await?)
    }
}

/// Starting a change only fails if the administrator no longer is one.
fn not_begun(error: AdminError) -> CreateAccountError {
    match error {
        AdminError::Failed(failure) => failure.into(),
        _ => NotPermitted::Role.into(),
    }
}
