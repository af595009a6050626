//! Definitions of dialects: what each declares, and its API.

use account_core::password::policy::PasswordPolicy;
use account_core::registration::activation::{Activation, RequiredProof};
use account_core::{AccountService, RegistrationRules};
use poem::Response;

use super::dialect_api::DialectApi;
use crate::problem::Problem;
use crate::settings::dialect::{DialectOption, DialectSettings, OptionKind, OptionValue};

/// A dialect.
pub(crate) struct Dialect {
    /// Its name: in the configuration, in the paths of its documents, as the channel of its calls.
    pub(crate) name: &'static str,
    /// The password policy that its documentation describes.
    pub(crate) password_policy: PasswordPolicy,
    /// Other policies that operators may choose, in addition to the common ones.
    pub(crate) other_policies: &'static [PasswordPolicy],
    /// When its registrations become accounts, by default.
    pub(crate) activation: Activation,
    /// The subject of its verification emails, if it differs from the service's.
    pub(crate) verification_subject: Option<&'static str>,
    /// Its own options.
    pub(crate) options: &'static [DialectOption],
    /// Whether its paths are matched ignoring ASCII case, with or without a trailing slash.
    pub(crate) is_case_insensitive: bool,
    /// Examples of bodies for its document.
    pub(crate) examples: &'static str,
    /// Names of schemas in its document whose objects may have no other members.
    pub(crate) closed_schemas: &'static [&'static str],
    /// Renders any problem in its grammar: from its handlers, the framework, authentication, or a panic. Headers that
    /// apply to every grammar (`Allow`, `WWW-Authenticate`) are added to the answer.
    pub(crate) render: fn(&Problem) -> Response,
    /// Builds its API.
    pub(crate) build: fn(DialectContext) -> Box<dyn DialectApi>,
}

/// What a dialect's API is built from.
pub(crate) struct DialectContext {
    /// The use cases.
    pub(crate) service: AccountService,
    /// Its settings.
    pub(crate) settings: DialectSettings,
}

impl DialectContext {
    /// Returns the rules of its registrations that depend on its settings.
    pub(crate) fn rules(&self, dialect: &Dialect) -> RegistrationRules {
        RegistrationRules {
            password_policy: self.settings.password_policy,
            activation: self.settings.activation,
            discloses_existing: self.settings.discloses_existing,
            // The documented bodies have no field for it, or their own.
            asks_for_consent: false,
            ..RegistrationRules::native(dialect.name)
        }
    }
}

/// The facts about a dialect, whether or not it is served.
#[derive(Debug, Clone, Copy)]
pub struct DialectFacts {
    /// Its name.
    pub name: &'static str,
    /// The password policy that its documentation describes.
    pub password_policy: PasswordPolicy,
    /// When its registrations become accounts, by default.
    pub activation: Activation,
    /// The subject of its verification emails, if it differs from the service's.
    pub verification_subject: Option<&'static str>,
    /// Its own options.
    pub options: &'static [DialectOption],
}

impl DialectFacts {
    /// Returns its default settings.
    #[must_use]
    pub fn default_settings(&self) -> DialectSettings {
        let flags = self.options.iter().filter_map(|option| match option.kind {
            OptionKind::Flag { default } => Some((option.name, OptionValue::Flag(default))),
            OptionKind::Text { .. } | OptionKind::Secret { .. } => None,
        });
        DialectSettings {
            is_enabled: true,
            password_policy: self.password_policy,
            activation: self.activation,
            required_proof: RequiredProof::Bound,
            discloses_existing: false,
            options: flags.collect(),
        }
    }
}

impl Dialect {
    pub(super) const fn facts(&self) -> DialectFacts {
        DialectFacts {
            name: self.name,
            password_policy: self.password_policy,
            activation: self.activation,
            verification_subject: self.verification_subject,
            options: self.options,
        }
    }
}
