//! What makes a dialect: what it says of itself, and its API over a service.

use account_core::password::policy::PasswordPolicy;
use account_core::registration::activation::{Activation, RequiredProof};
use account_core::{AccountService, RegistrationRules};
use poem::Response;

use super::dialect_api::DialectApi;
use crate::openapi::Example;
use crate::problem::Problem;
use crate::settings::dialect::{DialectOption, DialectSettings, OptionKind, OptionValue};

/// A dialect, as it is registered.
pub(crate) struct Dialect {
    /// Its name: in the configuration, in the paths of its documents, as the channel of its calls.
    pub(crate) name: &'static str,
    /// The password policy that its documentation describes.
    pub(crate) password_policy: PasswordPolicy,
    /// Policies that operators may choose in its place, beside those of everybody.
    pub(crate) other_policies: &'static [PasswordPolicy],
    /// When a registration by it becomes an account, unless the operator chooses.
    pub(crate) activation: Activation,
    /// Subject of its verification mails, where that is not the service's.
    pub(crate) verification_subject: Option<&'static str>,
    /// Its own options.
    pub(crate) options: &'static [DialectOption],
    /// Whether its paths are matched without regard to ASCII case, and with or without a slash at their end.
    pub(crate) is_case_insensitive: bool,
    /// Examples of bodies for its document.
    pub(crate) examples: &'static [Example],
    /// Names of the schemas in its document whose objects may have no other members than those listed.
    pub(crate) closed_schemas: &'static [&'static str],
    /// Renders any problem in its grammar: of its handlers, of the framework, of authentication, of a panic. Headers
    /// that hold for every grammar (`Allow`, `WWW-Authenticate`) are added to the answer.
    pub(crate) render: fn(&Problem) -> Response,
    /// Its API over a service.
    pub(crate) build: fn(DialectContext) -> Box<dyn DialectApi>,
}

/// What a dialect is built of.
pub(crate) struct DialectContext {
    /// The use cases.
    pub(crate) service: AccountService,
    /// Its settings.
    pub(crate) settings: DialectSettings,
}

impl DialectContext {
    /// The rules of the dialect's registrations, as far as its settings say them.
    pub(crate) fn rules(&self, dialect: &Dialect) -> RegistrationRules {
        RegistrationRules {
            password_policy: self.settings.password_policy,
            activation: self.settings.activation,
            discloses_existing: self.settings.discloses_existing,
            ..RegistrationRules::native(dialect.name)
        }
    }
}

/// What is known of a dialect without serving it.
#[derive(Debug, Clone, Copy)]
pub struct DialectFacts {
    /// Its name.
    pub name: &'static str,
    /// The password policy that its documentation describes.
    pub password_policy: PasswordPolicy,
    /// When a registration by it becomes an account, unless the operator chooses.
    pub activation: Activation,
    /// Subject of its verification mails, where that is not the service's.
    pub verification_subject: Option<&'static str>,
    /// Its own options.
    pub options: &'static [DialectOption],
}

impl DialectFacts {
    /// The settings that hold when none are given.
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
