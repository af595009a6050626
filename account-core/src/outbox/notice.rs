//! Notices: what a person is told about their account.

/// What a person is told about their account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notice {
    /// The password was changed.
    PasswordChanged,
    /// The password was replaced by way of the mailbox.
    PasswordReset,
    /// The address was changed: to the old and to the new one.
    AddressChanged,
    /// A change of address was asked for: to the present one.
    AddressChangeRequested,
    /// A notification or alternate address was confirmed: to the account's own.
    SecondaryAddressConfirmed,
    /// All other sessions were ended.
    SessionsEnded,
    /// The account will be deleted; until then its owner can take it back by signing in.
    DeletionRequested,
    /// The deletion was taken back.
    DeletionCancelled,
    /// The account is an administrator's now.
    BecameAdministrator,
    /// The account was disabled.
    AccountDisabled,
    /// The account was enabled again.
    AccountEnabled,
}

impl Notice {
    /// Every notice.
    pub const ALL: [Self; 11] = [
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::AddressChanged,
        Self::AddressChangeRequested,
        Self::SecondaryAddressConfirmed,
        Self::SessionsEnded,
        Self::DeletionRequested,
        Self::DeletionCancelled,
        Self::BecameAdministrator,
        Self::AccountDisabled,
        Self::AccountEnabled,
    ];

    /// Its name, as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PasswordChanged => "password_changed",
            Self::PasswordReset => "password_reset",
            Self::AddressChanged => "address_changed",
            Self::AddressChangeRequested => "address_change_requested",
            Self::SecondaryAddressConfirmed => "secondary_address_confirmed",
            Self::SessionsEnded => "sessions_ended",
            Self::DeletionRequested => "deletion_requested",
            Self::DeletionCancelled => "deletion_cancelled",
            Self::BecameAdministrator => "became_administrator",
            Self::AccountDisabled => "account_disabled",
            Self::AccountEnabled => "account_enabled",
        }
    }

    /// The notice of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.name() == name)
    }
}
