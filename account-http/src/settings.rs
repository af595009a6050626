//! Settings of the HTTP side.

pub(crate) mod dialect;
mod looks;
mod profile_fields;
pub(crate) mod registration_fields;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use account_core::password::policy::PasswordPolicy;
use account_core::provider::ProviderName;
use account_core::service::ChannelSettings;
use account_core::translation::{Catalog, Translator};
use ipnet::IpNet;

use crate::dialect::DialectFacts;
pub use crate::page::templates::PageTemplates;
pub use crate::public_url::{PublicUrl, PublicUrlError};
pub use dialect::{DialectOption, DialectSettings, OptionKind, OptionValue};
pub use looks::{AccentColor, AccentColorError, Image, ImageError, Looks, Stylesheet, StylesheetError};
pub use profile_fields::{PROFILE_FIELDS, ProfileFields};
pub use registration_fields::{FieldUse, RegistrationFields};

/// Settings of the HTTP side.
#[derive(Debug, Clone)]
pub struct HttpSettings {
    /// The base of every link. Never taken from a request.
    pub public_url: PublicUrl,
    /// The base of links to tokens in emails, if it is not the public URL. Everything else leads to the public URL.
    pub link_url: Option<PublicUrl>,
    /// Networks of reverse proxies whose `X-Forwarded-For` header is trusted.
    pub trusted_proxies: Vec<IpNet>,
    /// Networks of back ends that register many people: limits per client network do not apply to them.
    pub exempt_networks: Vec<IpNet>,
    /// Origins whose pages may call the API from a browser.
    pub cors_origins: Vec<String>,
    /// The operator's name, shown on pages.
    pub operator_name: String,
    /// How the pages look.
    pub looks: Looks,
    /// The templates of the pages.
    pub page_templates: PageTemplates,
    /// The words of the pages, in every language.
    pub catalog: Arc<Catalog>,
    /// The language of pages in browsers that ask for none of the catalog's, and of people who have not chosen any.
    pub default_language: Translator,
    /// Where to send a person after verification, if the registration has no callback URL.
    pub onboarding_url: Option<String>,
    /// For development: the directory of emails that are written to files. A page lists them, with their links, for
    /// clients on this machine.
    pub mail_directory: Option<PathBuf>,
    /// In which order the pages show providers; others come last.
    pub provider_order: Vec<ProviderName>,
    /// The fields of the registration page besides address and password.
    pub registration_fields: RegistrationFields,
    /// The fields of the profile page.
    pub profile_fields: ProfileFields,
    /// The password policy of the native API and of the pages.
    pub password_policy: PasswordPolicy,
    /// The dialects, by name. Others are not served.
    pub dialects: BTreeMap<&'static str, DialectSettings>,
}

impl HttpSettings {
    /// Creates settings with default values and this public URL.
    #[must_use]
    pub fn new(public_url: PublicUrl) -> Self {
        let catalog = Catalog::built_in();
        Self {
            public_url,
            link_url: None,
            trusted_proxies: Vec::new(),
            exempt_networks: Vec::new(),
            cors_origins: Vec::new(),
            operator_name: "Accounts".to_owned(),
            looks: Looks::default(),
            page_templates: PageTemplates::default(),
            default_language: catalog.english(),
            catalog,
            onboarding_url: None,
            mail_directory: None,
            provider_order: Vec::new(),
            registration_fields: RegistrationFields::default(),
            profile_fields: ProfileFields::default(),
            password_policy: PasswordPolicy::DEFAULT,
            dialects: default_dialects(),
        }
    }

    /// Returns the settings of a dialect; `None` if there is none with this name.
    #[must_use]
    pub fn dialect(&self, name: &str) -> Option<&DialectSettings> {
        self.dialects.get(name)
    }

    /// Returns the settings of a dialect, mutably.
    #[must_use]
    pub fn dialect_mut(&mut self, name: &str) -> Option<&mut DialectSettings> {
        self.dialects.get_mut(name)
    }
}

/// Returns the settings that the dialects have by default.
pub(crate) fn default_dialects() -> BTreeMap<&'static str, DialectSettings> {
    crate::dialects().map(|facts| (facts.name, facts.default_settings())).collect()
}

/// Returns the settings of the dialects that the core needs, for [`account_core::Settings`].
#[must_use]
pub fn channels(dialects: &BTreeMap<&'static str, DialectSettings>) -> BTreeMap<String, ChannelSettings> {
    let channel = |dialect: DialectFacts| {
        let settings = ChannelSettings {
            required_proof: dialects.get(dialect.name)?.required_proof,
            verification_subject: dialect.verification_subject.map(str::to_owned),
            // The documented answers have no field for it.
            withholds_continuation: true,
            // Nor have they one for a challenge.
            cannot_ask_for_challenges: true,
        };
        Some((dialect.name.to_owned(), settings))
    };
    crate::dialects().filter_map(channel).collect()
}
