//! Features: switches that administrators turn at run time, for all instances.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, OrganizationId};
use crate::timestamp::Timestamp;

/// Who may register. Signing in is not affected by any mode.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RegistrationFeature {
    /// The mode.
    pub mode: RegistrationMode,
    /// In mode `restricted`: domains whose addresses may register.
    pub domains: Vec<String>,
    /// In mode `restricted`: organizations that whoever names one may register with.
    pub organizations: Vec<OrganizationId>,
    /// What people who may not register are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether registrations and invitations that were made before are not completed either.
    pub refuses_pending: bool,
}

/// Who may register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationMode {
    /// Everybody.
    #[default]
    Open,
    /// Addresses of listed domains, and who registers with a listed organization.
    Restricted,
    /// Only who was invited.
    InvitationOnly,
    /// Nobody; nobody is invited either.
    Closed,
}

/// A feature that is on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// Whether it is on.
    pub enabled: bool,
}

impl Default for Switch {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// A feature, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeatureName {
    /// Who may register: a [`RegistrationFeature`].
    AccountRegistration,
    /// Whether people register with a provider's account: a [`Switch`].
    SocialRegistration,
    /// Whether people register with a password: a [`Switch`].
    PasswordRegistration,
    /// Whether consent to newsletters is asked for and kept: a [`Switch`].
    Newsletter,
}

impl FeatureName {
    /// Every feature.
    pub const ALL: [Self; 4] =
        [Self::AccountRegistration, Self::SocialRegistration, Self::PasswordRegistration, Self::Newsletter];

    /// Its name, for programs and as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccountRegistration => "account-registration",
            Self::SocialRegistration => "social-registration",
            Self::PasswordRegistration => "password-registration",
            Self::Newsletter => "newsletter",
        }
    }

    /// The feature of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.name() == name)
    }
}

/// A feature as it is stored. One that never was is as by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFeature {
    /// Which one.
    pub name: FeatureName,
    /// Its value, as JSON.
    pub value: String,
    /// Counts the changes, from 1.
    pub version: u32,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Who changed it; `None` where it was the operator.
    pub updated_by: Option<AccountId>,
}
