//! The dialects: wire grammars of published registration APIs over the same use cases.
//!
//! A dialect decodes, calls and maps; it holds no rule of registration. Each is one folder here and one line in
//! [`DIALECTS`]; `docs/dialects/adding-a-dialect.md` is the recipe.

mod dispatch;
mod form;
mod mikrocloud;
mod mount;
mod rpost;
mod template;
mod waltid;

use account_core::password::policy::PasswordPolicy;
use account_core::registration::activation::{Activation, RequiredProof};
use account_core::{AccountService, RegistrationRules};
use poem::Response;

use crate::openapi::Example;
use crate::problem::Problem;
use crate::settings::{DialectOption, DialectSettings, HttpSettings, OptionKind, OptionValue};

pub(crate) use dispatch::Dispatch;
pub(crate) use mount::{DialectApi, DialectName, Mounted};

/// Every dialect, in the order in which documents and settings list them.
pub(crate) const DIALECTS: &[&Dialect] = &[&mikrocloud::DIALECT, &rpost::DIALECT, &waltid::DIALECT, &form::DIALECT];

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

/// Every password policy that can be chosen by name: the core's, and those that documented APIs describe.
pub fn password_policies() -> impl Iterator<Item = PasswordPolicy> {
    let of_dialects = DIALECTS
        .iter()
        .flat_map(|dialect| std::iter::once(dialect.password_policy).chain(dialect.other_policies.iter().copied()));
    std::iter::once(PasswordPolicy::DEFAULT).chain(of_dialects)
}

/// Every dialect that there is, whether or not it is enabled.
pub fn dialects() -> impl Iterator<Item = DialectFacts> {
    DIALECTS.iter().map(|dialect| dialect.facts())
}

impl Dialect {
    const fn facts(&self) -> DialectFacts {
        DialectFacts {
            name: self.name,
            password_policy: self.password_policy,
            activation: self.activation,
            verification_subject: self.verification_subject,
            options: self.options,
        }
    }

    /// The dialect over a service; `None` when it is not to be served.
    pub(crate) fn mount(&self, service: &AccountService, settings: &HttpSettings) -> Option<Mounted> {
        let own = settings.dialect(self.name).filter(|own| own.is_enabled)?;
        let context = DialectContext { service: service.clone(), settings: own.clone() };
        Some(Mounted::new(self, (self.build)(context)))
    }
}

#[cfg(test)]
mod tests;
