//! Accounts, which normally have a verified address, and what their owners can do with them.

pub mod address;
mod credential;
pub(crate) mod current;
pub mod deletion;
pub mod details;
pub mod export;
pub mod look_up;
pub mod password;
pub(crate) mod spend;
#[cfg(test)]
pub(crate) mod tests;

use crate::email_address::EmailAddress;
use crate::id::{AccountId, OrganizationId};
use crate::name::UserName;
use crate::named_enum;
use crate::password::PasswordHash;
use crate::profile::Profile;
use crate::timestamp::Timestamp;

pub use crate::organization::OrganizationRole;

pub use credential::Credential;

/// How many passwords in a row may not be used again, the current one among them.
pub const REMEMBERED_PASSWORDS: usize = 3;

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id: that of the registration or invitation it came from.
    pub id: AccountId,
    /// Its address.
    pub address: EmailAddress,
    /// When the address was proven. An account whose address is not proven holds no claim on it: its key is then
    /// not unique.
    pub verified_at: Option<Timestamp>,
    /// The password's hash; `None` where only a provider signs in.
    pub password_hash: Option<PasswordHash>,
    /// The passwords before it, newest first, at most [`REMEMBERED_PASSWORDS`] less one.
    pub former_passwords: Vec<PasswordHash>,
    /// Raised whenever a credential changes (password, address): whatever was bound to an earlier one is void.
    pub credential_epoch: u32,
    /// The public user name, unique.
    pub user_name: Option<UserName>,
    /// What the person may do here.
    pub role: Role,
    /// The organization that it belongs to.
    pub organization: Option<OrganizationId>,
    /// What the person is in that organization; `None` exactly where there is none.
    pub organization_role: Option<OrganizationRole>,
    /// Details.
    pub profile: Profile,
    /// Other addresses of the person.
    pub secondary_addresses: SecondaryAddresses,
    /// When an administrator disabled it; nobody signs in until it is enabled.
    pub disabled_at: Option<Timestamp>,
    /// When it will be deleted; its owner asked for that and may take it back until then.
    pub deletion_due_at: Option<Timestamp>,
    /// Counts the changes, from 1: anyone who changes it says which one they saw.
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Account {
    /// A new account of an ordinary user, with nothing in it but its address.
    #[must_use]
    pub fn new(id: AccountId, address: EmailAddress, now: Timestamp) -> Self {
        Self {
            id,
            address,
            verified_at: None,
            password_hash: None,
            former_passwords: Vec::new(),
            credential_epoch: 0,
            user_name: None,
            role: Role::User,
            organization: None,
            organization_role: None,
            profile: Profile::default(),
            secondary_addresses: SecondaryAddresses::default(),
            disabled_at: None,
            deletion_due_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    /// The text that administrators search in: address, user name and name, lower-cased.
    #[must_use]
    pub fn search_text(&self) -> String {
        let name = self.profile.display_name();
        let parts = [Some(self.address.as_str()), self.user_name.as_ref().map(UserName::as_str), name.as_deref()];
        parts.into_iter().flatten().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
    }

    /// What state it is in, as administrators see and filter it.
    #[must_use]
    pub const fn state(&self) -> AccountState {
        if self.disabled_at.is_some() {
            AccountState::Disabled
        } else if self.deletion_due_at.is_some() {
            AccountState::Deleting
        } else if self.verified_at.is_none() {
            AccountState::Unverified
        } else {
            AccountState::Active
        }
    }
}

named_enum! {
    /// What state an account is in; the first that applies, in this order: disabled, deleting, unverified, active.
    pub enum AccountState {
        /// Disabled by an administrator.
        Disabled = "disabled",
        /// Its owner asked to have it deleted; the days of grace run.
        Deleting = "deleting",
        /// Its address is not proven.
        Unverified = "unverified",
        /// None of these.
        Active = "active",
    }
}

named_enum! {
    /// What a person may do in this service. Each role may do what the ones before it may.
    #[derive(PartialOrd, Ord)]
    pub enum Role {
        /// Looks after their own account.
        User = "user",
        /// Administers users, organizations, clients, features, the outbox.
        Admin = "admin",
        /// Administers administrators too.
        SuperAdmin = "super_admin",
    }
}

/// Other addresses of a person. Nothing but its own confirmation is sent to one before it is confirmed, and none
/// serves recovery.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecondaryAddresses {
    /// Where the person can be reached otherwise.
    pub alternate: Option<SecondaryAddress>,
    /// Where notices go as well.
    pub notification: Option<SecondaryAddress>,
}

/// An address beside the account's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondaryAddress {
    /// The address.
    pub address: EmailAddress,
    /// When its mailbox was proven.
    pub verified_at: Option<Timestamp>,
}
