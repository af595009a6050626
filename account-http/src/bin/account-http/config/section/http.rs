//! What is served, where and to whom.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use account_core::consent::ConsentSettings;
use account_core::password::policy::PasswordPolicy;
use account_core::translation::Catalog;
use account_http::check_public_url;
use account_http::settings::{DialectSettings, FieldUse, HttpSettings, ProfileFields, PublicUrl, RegistrationFields};
use account_mail::config::Branding;
use ipnet::IpNet;

use crate::config::reader::ConfigReader;
use crate::config::section::dialects::read_dialects;
use crate::config::section::pages::Pages;
use crate::config::values::{link_url, named, network, number, plain, policy, public_url, web_origin};

/// What is served, where and to whom: sections `http`, `dialects` and `pages`.
#[derive(Debug)]
pub(crate) struct Http {
    /// Where to listen.
    pub(crate) bind: SocketAddr,
    /// The base of every link, if set.
    pub(crate) public_url: Option<PublicUrl>,
    /// The base of emailed links, if they have their own.
    pub(crate) link_url: Option<PublicUrl>,
    /// Maximum number of connections to clients.
    pub(crate) max_connections: usize,
    /// Maximum number of connections of one client network.
    pub(crate) max_connections_per_address: usize,
    /// Reverse proxies.
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// Back ends that register many people.
    pub(crate) exempt_networks: Vec<IpNet>,
    /// The password policy of the native API and the pages.
    pub(crate) password_policy: PasswordPolicy,
    /// The dialects, by name.
    pub(crate) dialects: BTreeMap<&'static str, DialectSettings>,
    /// The operator's name.
    pub(crate) operator_name: Option<account_mail::config::HeaderText>,
    /// How pages look and speak.
    pages: Pages,
    cors_origins: Vec<String>,
    registration_fields: RegistrationFields,
    profile_fields: ProfileFields,
}

impl Http {
    pub(crate) fn read(reader: &mut ConfigReader, catalog: &Arc<Catalog>) -> Self {
        let (max_connections, max_connections_per_address) = read_connections(reader);
        let http = Self {
            bind: reader.value("http.bind", plain),
            public_url: reader.optional("http.public_url", public_url),
            link_url: reader.optional("mail.link_url", link_url),
            max_connections,
            max_connections_per_address,
            trusted_proxies: reader.list("http.trusted_proxies", network),
            exempt_networks: reader.list("limits.exempt_networks", network),
            password_policy: reader.value("registration.password_policy", policy),
            operator_name: reader.optional("pages.operator_name", plain),
            cors_origins: reader.list("http.cors_origins", web_origin),
            registration_fields: read_fields(reader),
            profile_fields: read_profile_fields(reader),
            pages: Pages::read(reader, catalog),
            dialects: read_dialects(reader),
        };
        let settings = http.public_url.as_ref().map(|public_url| http.settings(public_url));
        if let Some(Err(ambiguous)) = settings.as_ref().map(check_public_url) {
            reader.object("http.public_url", &ambiguous.to_string());
        }
        http
    }

    /// Which fields the registration page asks for.
    #[cfg(test)]
    pub(crate) const fn registration_fields(&self) -> RegistrationFields {
        self.registration_fields
    }

    /// Has the registration page ask for consent as configured.
    pub(crate) fn asking_for(mut self, consent: &ConsentSettings, reader: &mut ConfigReader) -> Self {
        let terms = &mut self.registration_fields.terms;
        if consent.is_required {
            *terms = FieldUse::Required;
        } else if terms.is_asked() && consent.terms_version.is_none() && consent.privacy_version.is_none() {
            let message =
                "there is nothing to agree to: set `registration.terms_version` or `registration.privacy_version`";
            reader.object("pages.registration_fields.terms", message);
        }
        self
    }

    /// What emails have of the pages' looks.
    pub(crate) const fn branding(&self) -> &Branding {
        self.pages.branding()
    }

    /// Networks in which many people share an address.
    pub(crate) fn shared_networks(&self) -> Vec<IpNet> {
        self.trusted_proxies.iter().chain(&self.exempt_networks).copied().collect()
    }

    /// Returns the settings of the HTTP side, given the base of every link.
    pub(crate) fn settings(&self, public_url: &PublicUrl) -> HttpSettings {
        let defaults = HttpSettings::new(public_url.clone());
        let mut settings = HttpSettings {
            trusted_proxies: self.trusted_proxies.clone(),
            exempt_networks: self.exempt_networks.clone(),
            cors_origins: self.cors_origins.clone(),
            operator_name: match &self.operator_name {
                Some(name) => name.as_str().to_owned(),
                None => defaults.operator_name,
            },
            link_url: self.link_url.clone(),
            registration_fields: self.registration_fields,
            profile_fields: self.profile_fields.clone(),
            password_policy: self.password_policy,
            dialects: self.dialects.clone(),
            ..defaults
        };
        self.pages.add_to(&mut settings);
        settings
    }
}

/// Reads which fields the registration page asks for.
fn read_fields(reader: &mut ConfigReader) -> RegistrationFields {
    let mut field = |name: &str| reader.value(&format!("pages.registration_fields.{name}"), named(FieldUse::by_name));
    let fields = RegistrationFields {
        name: field("name"),
        given_name: field("given_name"),
        family_name: field("family_name"),
        country: field("country"),
        language: field("language"),
        newsletter: field("newsletter"),
        organization: field("organization"),
        terms: field("terms"),
    };
    if fields.newsletter == FieldUse::Required {
        let message = "`required` is not possible: people must be free to want no newsletters";
        reader.object("pages.registration_fields.newsletter", message);
    }
    fields
}

/// Reads which details the profile page shows: all if none are named.
fn read_profile_fields(reader: &mut ConfigReader) -> ProfileFields {
    let fields = reader.list("pages.profile_fields", named(ProfileFields::by_name));
    if fields.is_empty() { ProfileFields::default() } else { ProfileFields::only(fields) }
}

/// Reads the maximum number of connections: in total, and of one client network.
fn read_connections(reader: &mut ConfigReader) -> (usize, usize) {
    let total = reader.value("http.max_connections", number(16..=100_000_usize));
    let per_address = reader.optional("http.max_connections_per_address", number(4..=100_000_usize));
    if per_address.is_some_and(|per_address| per_address > total) {
        reader.object("http.max_connections_per_address", "more than `http.max_connections`");
    }
    (total, per_address.unwrap_or(total / 4))
}
