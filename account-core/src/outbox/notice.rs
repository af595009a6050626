//! Notices to a person about their account.

use serde::{Deserialize, Serialize};

use crate::named_enum;
use crate::provider::{Identity, ProviderName};

named_enum! {
    /// What the person is notified of.
    pub enum Notice {
        /// The password was changed.
        PasswordChanged = "password_changed",
        /// The password was reset with an emailed link.
        PasswordReset = "password_reset",
        /// The address was changed. Sent to the old and the new address.
        AddressChanged = "address_changed",
        /// A change of address was requested. Sent to the current address.
        AddressChangeRequested = "address_change_requested",
        /// A notification or alternate address was verified. Sent to the main address.
        SecondaryAddressConfirmed = "secondary_address_confirmed",
        /// All other sessions were ended.
        SessionsEnded = "sessions_ended",
        /// The account will be deleted. Until then its owner can sign in and cancel that.
        DeletionRequested = "deletion_requested",
        /// The deletion was canceled.
        DeletionCancelled = "deletion_cancelled",
        /// An identity of a provider was linked: it can be signed in with.
        IdentityLinked = "identity_linked",
        /// An identity of a provider was unlinked.
        IdentityUnlinked = "identity_unlinked",
        /// The account became an administrator's.
        BecameAdministrator = "became_administrator",
        /// The account was disabled.
        AccountDisabled = "account_disabled",
        /// The account was enabled again.
        AccountEnabled = "account_enabled",
    }
}

/// The identity that a notice is about, as the outbox stores it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutIdentity {
    /// The provider.
    pub provider: ProviderName,
    /// What the owner of the account there knows it by.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub label: Option<String>,
}

impl AboutIdentity {
    /// Returns what a notice says of an identity.
    #[must_use]
    pub fn of(identity: &Identity) -> Self {
        Self { provider: identity.key.provider.clone(), label: identity.account.label.clone() }
    }
}
