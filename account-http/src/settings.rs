//! Settings of the HTTP side, as the binary's configuration hands them over.

pub(crate) mod dialect;

use std::collections::BTreeMap;

use account_core::password::policy::PasswordPolicy;
use account_core::service::ChannelSettings;
use ipnet::IpNet;

use crate::cookie::CookieStyle;
use crate::dialect::DialectFacts;
pub use dialect::{DialectOption, DialectSettings, OptionKind, OptionValue};

/// Settings of the HTTP side.
#[derive(Debug, Clone)]
pub struct HttpSettings {
    /// Base of every link, without a slash at its end. Never taken from a request.
    pub public_url: String,
    /// Networks of reverse proxies whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpNet>,
    /// Networks of back ends that register for many people: no per-client limit applies to them.
    pub exempt_networks: Vec<IpNet>,
    /// Origins whose pages may call the API.
    pub cors_origins: Vec<String>,
    /// Name of the operator, shown on pages.
    pub operator_name: String,
    /// Where to send a person who has just verified, if the registration named no place.
    pub onboarding_url: Option<String>,
    /// The password policy of the native API and of the pages.
    pub password_policy: PasswordPolicy,
    /// The dialects, by name. One that is not among them is not served.
    pub dialects: BTreeMap<&'static str, DialectSettings>,
}

impl HttpSettings {
    /// The defaults for a public URL.
    #[must_use]
    pub fn new(public_url: &str) -> Self {
        Self {
            public_url: public_url.trim_end_matches('/').to_owned(),
            trusted_proxies: Vec::new(),
            exempt_networks: Vec::new(),
            cors_origins: Vec::new(),
            operator_name: "Accounts".to_owned(),
            onboarding_url: None,
            password_policy: PasswordPolicy::DEFAULT,
            dialects: crate::dialects().map(|facts| (facts.name, facts.default_settings())).collect(),
        }
    }

    /// The settings of a dialect; `None` if there is none of that name.
    #[must_use]
    pub fn dialect(&self, name: &str) -> Option<&DialectSettings> {
        self.dialects.get(name)
    }

    /// The same, to be changed.
    #[must_use]
    pub fn dialect_mut(&mut self, name: &str) -> Option<&mut DialectSettings> {
        self.dialects.get_mut(name)
    }

    /// How its cookies are written.
    pub(crate) fn cookies(&self) -> CookieStyle {
        CookieStyle { is_https: self.is_https() }
    }

    /// Whether browsers reach the service over https: cookies are then `Secure` and pages ask for HSTS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// What the core has to know of dialects with these settings, for [`account_core::Settings`].
#[must_use]
pub fn channels(dialects: &BTreeMap<&'static str, DialectSettings>) -> BTreeMap<String, ChannelSettings> {
    let channel = |dialect: DialectFacts| {
        let settings = ChannelSettings {
            required_proof: dialects.get(dialect.name)?.required_proof,
            verification_subject: dialect.verification_subject.map(str::to_owned),
            // No documented answer has a place for one.
            withholds_continuation: true,
        };
        Some((dialect.name.to_owned(), settings))
    };
    crate::dialects().filter_map(channel).collect()
}
