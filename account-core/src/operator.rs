//! What the operator does with commands on the service's machine.

pub mod import;
pub mod super_admin;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::account::{Account, Role};
use crate::administration::invitations::{Invited, revoke};
use crate::audit::{Actor, AuditEvent};
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::id::AccountId;
use crate::input::Reader;
use crate::invitation::Invitation;
use crate::password::PasswordHash;
use crate::password::policy::PasswordPolicy;
use crate::ports::store::Insert;
use crate::ports::{HashingSlot, Urgency};
use crate::registration::verify::end_attempts;
use crate::service::{AccountService, CallContext, Change, Failure, Unavailable};
use crate::violation::{Field, Violations};

/// An account for the operator to create.
#[derive(Clone)]
pub struct OperatorAccount<'a> {
    /// Its address; the operator vouches for it.
    pub email: &'a str,
    /// Its role.
    pub role: Role,
    /// Its password. Without one, the address is invited, and the person chooses a password.
    pub password: Option<String>,
}

impl fmt::Debug for OperatorAccount<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OperatorAccount({}, ..)", self.role.name())
    }
}

/// What was created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Created {
    /// An account.
    Account(Box<Account>),
    /// An invitation; its email is queued.
    Invitation(Box<Invitation>),
}

/// Why nothing was created.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// The address or the password breaks rules. The list is complete.
    #[error("the account is not valid")]
    Invalid(#[source] Violations),
    /// The address has an account.
    #[error("the address already has an account")]
    AlreadyRegistered,
    /// Overloaded or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(OperatorError: Failed, Invalid);

impl AccountService {
    /// Creates an account, whatever the feature flags say. With a password, the account is created immediately with a
    /// verified address. Without one, the address is invited, which replaces earlier invitations of this address.
    ///
    /// # Errors
    /// [`OperatorError`]; nothing was created, except that with [`OperatorError::Failed`] the outcome is unknown if the
    /// connection to the store was lost during the commit.
    pub async fn create_account_as_operator(
        &self,
        wanted: OperatorAccount<'_>,
        policy: PasswordPolicy,
        context: &CallContext,
    ) -> Result<Created, OperatorError> {
        let Some(password) = wanted.password else {
            let address = Reader::only(|it| it.address(Field::Email, wanted.email.into()))?;
            return self.invite_as_operator(address, wanted.role, context).await;
        };
        let credentials = self.hash_for_operator(wanted.email, password, wanted.role.password_policy(policy)).await?;
        self.retried(|| async {
            let credentials = credentials.clone();
            let mut change = self.change(context, Actor::Operator).await?;
            change.unit.hold_addresses(&[credentials.address.key()]).await?;
            let account = change.insert_for_operator(credentials, wanted.role).await?;
            change.commit().await?;
            Ok(Created::Account(Box::new(account)))
        })
        .await
    }

    /// Parses address and password, collects all violations, and hashes the password.
    async fn hash_for_operator(
        &self,
        email: &str,
        password: String,
        policy: PasswordPolicy,
    ) -> Result<Credentials, OperatorError> {
        let mut reader = Reader::default();
        let address = reader.address(Field::Email, email.into());
        let words = address.as_ref().map(EmailAddress::as_str);
        let violations = &mut reader.violations;
        let chosen = self.read_chosen(Field::Password, password.into(), policy, words.as_slice(), violations).await;
        let (address, chosen) = reader.violations.into_value(address.zip(chosen))?;
        let slot: Box<dyn HashingSlot> = self.place(Urgency::SignIn, &Client::default())?;
        let password_hash = chosen.hash(slot, self.salt()).await?;
        Ok(Credentials { address, password_hash })
    }

    async fn invite_as_operator(
        &self,
        address: EmailAddress,
        role: Role,
        context: &CallContext,
    ) -> Result<Created, OperatorError> {
        self.retried(|| async {
            let mut change = self.change(context, Actor::Operator).await?;
            change.unit.hold_addresses(&[address.key()]).await?;
            if change.unit.find_account_by_email(address.key()).await?.is_some() {
                return Err(OperatorError::AlreadyRegistered);
            }
            for earlier in change.unit.find_pending_invitations(address.key()).await? {
                revoke(&mut change, earlier.id).await?;
            }
            let invited = Invited { address: address.clone(), role, organization: None, organization_role: None };
            let invitation = self.write_invitation(&mut change, invited).await?;
            change.commit().await?;
            Ok(Created::Invitation(Box::new(invitation)))
        })
        .await
    }

    /// Returns accounts in the order of their ids, for an export: those after `after`, at most `limit`.
    ///
    /// # Errors
    /// [`Unavailable`] if the store failed.
    pub async fn scan_accounts_for_export(
        &self,
        after: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<Account>, Unavailable> {
        let mut unit = self.ports.store.begin_read_only().await?;
        Ok(unit.scan_accounts(after, limit).await?)
    }
}

/// An address and the hash of its password.
#[derive(Clone)]
struct Credentials {
    address: EmailAddress,
    password_hash: PasswordHash,
}

impl Change<'_> {
    /// Creates an account with a verified address, and ends all other attempts for the address.
    async fn insert_for_operator(&mut self, credentials: Credentials, role: Role) -> Result<Account, OperatorError> {
        let id = self.generate_account_id();
        let account = Account {
            verified_at: Some(self.now),
            password_hash: Some(credentials.password_hash),
            role,
            ..Account::new(id, credentials.address, self.now)
        };
        if self.unit.insert_account(&account).await? != Insert::Done {
            return Err(OperatorError::AlreadyRegistered);
        }
        end_attempts(self, account.address.key(), id).await?;
        self.record(AuditEvent::AccountCreated, Some(id), Some(role.name().to_owned())).await?;
        Ok(account)
    }
}
