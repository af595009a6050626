//! Feature flags: switches that administrators change while the service runs, for all instances.

use serde::{Deserialize, Serialize};

use crate::email_address::EmailAddress;
use crate::field_limits::REASON;
use crate::id::{AccountId, OrganizationId};
use crate::name::is_forbidden_in_names;
use crate::named_enum;
use crate::timestamp::Timestamp;
use crate::violation::Rule;

/// Maximum size of a feature's value, in bytes.
pub const MAX_VALUE: usize = 16 * 1_024;
/// Maximum number of domains, and of organizations, in mode `restricted`.
pub const MAX_LISTED: usize = 200;
/// Maximum length of the reason shown to people who may not register, in characters.
pub const MAX_REASON: usize = REASON.core.max;

/// Who may register. Does not affect signing in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RegistrationFeature {
    /// The mode.
    pub mode: RegistrationMode,
    /// In mode `restricted`: domains whose addresses may register.
    pub domains: Vec<String>,
    /// In mode `restricted`: organizations. Anyone who names one of them may register.
    pub organizations: Vec<OrganizationId>,
    /// The reason shown to people who may not register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether registrations and invitations that are already pending are refused too.
    pub refuses_pending: bool,
}

/// Who may register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationMode {
    /// Everyone.
    #[default]
    Open,
    /// Addresses at listed domains, and people who register with a listed organization.
    Restricted,
    /// Only invited people.
    InvitationOnly,
    /// Nobody, and nobody can be invited.
    Closed,
}

impl RegistrationFeature {
    /// Returns whether a person with this address and organization may register. Domains are compared exactly.
    #[must_use]
    pub fn admits(&self, address: &EmailAddress, organization: Option<OrganizationId>) -> bool {
        match self.mode {
            RegistrationMode::Open => true,
            RegistrationMode::Restricted => {
                self.domains.iter().any(|domain| domain == address.ascii_domain())
                    || organization.is_some_and(|named| self.organizations.contains(&named))
            }
            RegistrationMode::InvitationOnly | RegistrationMode::Closed => false,
        }
    }

    /// Returns the feature with its domains in canonical form (lower-case A-labels), without duplicates.
    fn canonical(mut self) -> Result<Self, Rule> {
        if self.domains.len() > MAX_LISTED || self.organizations.len() > MAX_LISTED {
            return Err(Rule::TooLong { max: MAX_LISTED });
        }
        let is_readable = |reason: &String| !reason.trim().is_empty() && !reason.chars().any(is_forbidden_in_names);
        if self.reason.as_ref().is_some_and(|reason| reason.chars().count() > MAX_REASON) {
            return Err(Rule::TooLong { max: MAX_REASON });
        }
        if self.reason.as_ref().is_some_and(|reason| !is_readable(reason)) {
            return Err(Rule::Malformed);
        }
        let domains = self.domains.iter().map(|domain| canonical_domain(domain).ok_or(Rule::Malformed));
        self.domains = domains.collect::<Result<_, _>>()?;
        self.domains.sort_unstable();
        self.domains.dedup();
        self.organizations.sort_unstable();
        self.organizations.dedup();
        Ok(self)
    }
}

fn canonical_domain(domain: &str) -> Option<String> {
    let address = EmailAddress::parse(&format!("x@{domain}")).ok()?;
    Some(address.ascii_domain().to_owned())
}

/// A feature that is on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// Whether it is on.
    pub enabled: bool,
}

impl Default for Flag {
    fn default() -> Self {
        Self { enabled: true }
    }
}

named_enum! {
    /// The features.
    #[derive(PartialOrd, Ord)]
    pub enum FeatureName {
        /// Who may register: a [`RegistrationFeature`].
        AccountRegistration = "account-registration",
        /// Whether people can register with an account of another provider: a [`Flag`].
        SocialRegistration = "social-registration",
        /// Whether people can register with a password: a [`Flag`].
        PasswordRegistration = "password-registration",
        /// Whether consent to newsletters is collected: a [`Flag`].
        Newsletter = "newsletter",
    }
}

/// The parsed value of a feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeatureValue {
    /// Of [`FeatureName::AccountRegistration`].
    Registration(RegistrationFeature),
    /// Of the others.
    Flag(Flag),
}

impl FeatureName {
    /// Returns the value of a feature that was never changed.
    #[must_use]
    pub fn default_value(self) -> FeatureValue {
        match self {
            Self::AccountRegistration => FeatureValue::Registration(RegistrationFeature::default()),
            Self::SocialRegistration | Self::PasswordRegistration | Self::Newsletter => {
                FeatureValue::Flag(Flag::default())
            }
        }
    }

    /// Parses a value of this feature from JSON and converts it to its canonical form.
    ///
    /// # Errors
    /// [`Rule::TooLong`] if it exceeds a limit above, [`Rule::Malformed`] if it is not a value of this feature.
    pub fn parse_value(self, json: &str) -> Result<FeatureValue, Rule> {
        if json.len() > MAX_VALUE {
            return Err(Rule::TooLong { max: MAX_VALUE });
        }
        // Serde would also accept a list, with the members in order.
        if !json.trim_start().starts_with('{') {
            return Err(Rule::Malformed);
        }
        match self {
            Self::AccountRegistration => {
                let feature: RegistrationFeature = serde_json::from_str(json).map_err(|_| Rule::Malformed)?;
                feature.canonical().map(FeatureValue::Registration)
            }
            Self::SocialRegistration | Self::PasswordRegistration | Self::Newsletter => {
                serde_json::from_str(json).map(FeatureValue::Flag).map_err(|_| Rule::Malformed)
            }
        }
    }
}

impl FeatureValue {
    /// Returns the value as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Lists, strings and booleans: serializing them cannot fail.
        match self {
            Self::Registration(feature) => serde_json::to_string(feature),
            Self::Flag(flag) => serde_json::to_string(flag),
        }
        .unwrap_or_default()
    }
}

/// A stored feature. A feature that was never stored has its default value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFeature {
    /// The feature.
    pub name: FeatureName,
    /// Its value, as JSON.
    pub value: String,
    /// Counts changes, starting at 1.
    pub version: u32,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// The administrator who changed it; `None` if the operator did.
    pub updated_by: Option<AccountId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Result<FeatureValue, Rule> {
        FeatureName::AccountRegistration.parse_value(json)
    }

    #[test]
    fn a_value_is_parsed_into_its_canonical_form() {
        let value = parse(r#"{"mode":"restricted","domains":["Bücher.example","acme.com","ACME.com"]}"#).unwrap();
        let FeatureValue::Registration(feature) = &value else { panic!("{value:?}") };
        assert_eq!(feature.domains, ["acme.com", "xn--bcher-kva.example"]);
        assert_eq!(parse(&value.to_json()).unwrap(), value);
    }

    #[test]
    fn invalid_values_of_a_feature_are_refused() {
        for json in ["", "null", "[]", r#"{"mode":"shut"}"#, r#"{"enabled":false}"#, r#"{"domains":["a b"]}"#] {
            assert_eq!(parse(json), Err(Rule::Malformed), "{json}");
        }
        for json in ["", "{}", "true", r#"{"enabled":"no"}"#, r#"{"enabled":true,"mode":"open"}"#] {
            assert_eq!(FeatureName::Newsletter.parse_value(json), Err(Rule::Malformed), "{json}");
        }
        let reason = format!(r#"{{"reason":"{}"}}"#, "x".repeat(MAX_REASON + 1));
        assert_eq!(parse(&reason), Err(Rule::TooLong { max: MAX_REASON }));
    }

    #[test]
    fn every_default_value_can_be_read_again() {
        for name in FeatureName::ALL {
            assert_eq!(name.parse_value(&name.default_value().to_json()), Ok(name.default_value()), "{name:?}");
        }
    }

    #[test]
    fn restricted_registration_admits_listed_domains_exactly_and_listed_organizations() {
        let organization = OrganizationId::from_uuid(uuid::Uuid::from_u128(1));
        let other = OrganizationId::from_uuid(uuid::Uuid::from_u128(2));
        let feature = RegistrationFeature {
            mode: RegistrationMode::Restricted,
            domains: vec!["acme.com".to_owned()],
            organizations: vec![organization],
            ..RegistrationFeature::default()
        };
        let admits = |email: &str, named| feature.admits(&EmailAddress::parse(email).unwrap(), named);
        assert!(admits("john@ACME.com", None));
        assert!(admits("john@example.org", Some(organization)));
        for (email, named) in [
            ("john@eu.acme.com", None),
            ("john@notacme.com", None),
            ("john@acme.com.evil.org", None),
            ("john@example.org", Some(other)),
        ] {
            assert!(!admits(email, named), "{email}");
        }
    }
}
