//! Accounts: persons' entries with a proven address.

use crate::email_address::EmailAddress;
use crate::id::{AccountId, OrganizationId};
use crate::name::UserName;
use crate::password::PasswordHash;
use crate::profile::Profile;
use crate::timestamp::Timestamp;

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id: that of the registration it came from.
    pub id: AccountId,
    /// Its address.
    pub address: EmailAddress,
    /// When the address was proven. An account whose address is not proven holds no claim on it: its key is then
    /// not unique.
    pub verified_at: Option<Timestamp>,
    /// The password's hash; `None` where only a provider signs in.
    pub password_hash: Option<PasswordHash>,
    /// The public user name, unique.
    pub user_name: Option<UserName>,
    /// The organization that it belongs to.
    pub organization: Option<OrganizationId>,
    /// Details.
    pub profile: Profile,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// An organization: a reseller or customer that accounts can belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its short name for machines, unique.
    pub code: String,
    /// Its name.
    pub name: String,
}
