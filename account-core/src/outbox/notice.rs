//! Notices: what a person is told about their account.

use crate::named_enum;

named_enum! {
    /// What a person is told about their account.
    pub enum Notice {
        /// The password was changed.
        PasswordChanged = "password_changed",
        /// The password was replaced by way of the mailbox.
        PasswordReset = "password_reset",
        /// The address was changed: to the old and to the new one.
        AddressChanged = "address_changed",
        /// A change of address was asked for: to the present one.
        AddressChangeRequested = "address_change_requested",
        /// A notification or alternate address was confirmed: to the account's own.
        SecondaryAddressConfirmed = "secondary_address_confirmed",
        /// All other sessions were ended.
        SessionsEnded = "sessions_ended",
        /// The account will be deleted; until then its owner can take it back by signing in.
        DeletionRequested = "deletion_requested",
        /// The deletion was taken back.
        DeletionCancelled = "deletion_cancelled",
        /// The account is an administrator's now.
        BecameAdministrator = "became_administrator",
        /// The account was disabled.
        AccountDisabled = "account_disabled",
        /// The account was enabled again.
        AccountEnabled = "account_enabled",
    }
}
