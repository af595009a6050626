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

/// How many recent passwords may not be used again, including the current one.
pub const REMEMBERED_PASSWORDS: usize = 3;

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id: that of its registration or invitation.
    pub id: AccountId,
    /// Its address.
    pub address: EmailAddress,
    /// When the address was verified. An account with an unverified address has no claim on it: several accounts can
    /// have the same one.
    pub verified_at: Option<Timestamp>,
    /// The password hash; `None` if the account only signs in with a provider.
    pub password_hash: Option<PasswordHash>,
    /// Hashes of earlier passwords, newest first, at most [`REMEMBERED_PASSWORDS`] minus one.
    pub former_passwords: Vec<PasswordHash>,
    /// Incremented whenever a credential (password, address) changes: everything bound to an earlier one stops working.
    pub credential_epoch: u32,
    /// The public user name, unique.
    pub user_name: Option<UserName>,
    /// Its role.
    pub role: Role,
    /// The organization that it belongs to.
    pub organization: Option<OrganizationId>,
    /// The role in that organization; `None` if and only if there is no organization.
    pub organization_role: Option<OrganizationRole>,
    /// Details.
    pub profile: Profile,
    /// Other addresses of the person.
    pub secondary_addresses: SecondaryAddresses,
    /// When an administrator disabled it. Nobody can sign in until it is enabled.
    pub disabled_at: Option<Timestamp>,
    /// When it will be deleted. Its owner requested this and can cancel it until then.
    pub deletion_due_at: Option<Timestamp>,
    /// Counts changes, starting at 1. A change must name the version that it is based on.
    pub version: u32,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Account {
    /// Creates an account with the role `user` and no data but its address.
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

    /// Returns the text that administrators search in: address, username and name, in lower case.
    #[must_use]
    pub fn search_text(&self) -> String {
        let name = self.profile.display_name();
        let parts = [Some(self.address.as_str()), self.user_name.as_ref().map(UserName::as_str), name.as_deref()];
        parts.into_iter().flatten().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
    }

    /// Returns its state, for administrators and filters.
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
    /// The state of an account. The first that applies, in this order: disabled, deleting, unverified, active.
    pub enum AccountState {
        /// Disabled by an administrator.
        Disabled = "disabled",
        /// Its owner requested its deletion, and can still cancel it.
        Deleting = "deleting",
        /// Its address is not verified.
        Unverified = "unverified",
        /// None of these.
        Active = "active",
    }
}

named_enum! {
    /// What a person may do in this service. Each role includes the ones before it.
    #[derive(PartialOrd, Ord)]
    pub enum Role {
        /// Manages their own account.
        User = "user",
        /// Manages ordinary accounts, organizations, clients, features and the outbox.
        Admin = "admin",
        /// Manages administrators too.
        SuperAdmin = "super_admin",
    }
}

/// Other addresses of a person. Nothing but a verification link is sent to one before it is verified, and none can be
/// used to reset the password.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecondaryAddresses {
    /// Another way to reach the person.
    pub alternate: Option<SecondaryAddress>,
    /// An additional address for notices.
    pub notification: Option<SecondaryAddress>,
}

/// An address besides the main address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondaryAddress {
    /// The address.
    pub address: EmailAddress,
    /// When it was verified.
    pub verified_at: Option<Timestamp>,
}
