//! Who may register, and how often.

use std::time::Duration;

use account_core::challenge::{ChallengeMode, ChallengeSettings};
use account_core::consent::ConsentSettings;
use account_core::field_limits::TERMS_VERSION;
use account_core::registration::callback::CallbackOrigins;
use account_core::registration::guard::DomainGuard;
use account_core::service::{Limits, Retention};

use crate::config::reader::{ConfigReader, Parsed, Refusal};
use crate::config::values::{callback_origin, days, domain, duration, named, number, plain};

/// Who may register, and how often: sections `registration`, `retention` and `limits`.
#[derive(Debug)]
pub(crate) struct Registration {
    /// How long a registration is valid.
    pub(crate) verification_ttl: Duration,
    /// How long an invitation is valid.
    pub(crate) invitation_ttl: Duration,
    /// How long data is kept.
    pub(crate) retention: Retention,
    /// Where people may be sent after verification.
    pub(crate) callback_origins: CallbackOrigins,
    /// The domains that may register.
    pub(crate) guard: DomainGuard,
    /// Whether to look up whether the domain of an address takes email.
    pub(crate) checks_mail_domains: bool,
    /// What people who register are asked to agree to.
    pub(crate) consent: ConsentSettings,
    /// The rate limits.
    pub(crate) limits: Limits,
    /// When clients are asked for a challenge, and for which.
    pub(crate) challenge: ChallengeSettings,
}

impl Registration {
    pub(crate) fn read(reader: &mut ConfigReader) -> Self {
        let origins = reader.list("registration.callback_origins", callback_origin);
        let allowed = reader.list("registration.allowed_domains", domain);
        let denied = reader.list("registration.denied_domains", domain);
        let refuse_disposable = reader.value("registration.refuse_disposable", plain);
        // Each entry was accepted alone, so all are accepted together.
        let callback_origins = CallbackOrigins::parse(origins.iter().map(String::as_str));
        let guard = DomainGuard::new(&allowed, &denied, refuse_disposable);
        Self {
            verification_ttl: reader.value("registration.verification_ttl", duration),
            invitation_ttl: reader.value("registration.invitation_ttl", duration),
            retention: read_retention(reader),
            callback_origins: callback_origins.unwrap_or_else(|error| {
                reader.object("registration.callback_origins", &error.to_string());
                CallbackOrigins::default()
            }),
            guard: guard.unwrap_or_else(|error| {
                reader.object("registration.denied_domains", &error.to_string());
                DomainGuard::default()
            }),
            checks_mail_domains: reader.value("registration.check_mail_domain", on_or_off),
            consent: read_consent(reader),
            limits: read_limits(reader),
            challenge: ChallengeSettings {
                mode: reader.value("registration.challenge", named(ChallengeMode::by_name)),
                work: reader.value("registration.challenge_work", number(1_000..=10_000_000)),
                wait: reader.value("registration.challenge_wait", duration),
            },
        }
    }
}

fn read_consent(reader: &mut ConfigReader) -> ConsentSettings {
    let consent = ConsentSettings {
        terms_version: reader.optional("registration.terms_version", version),
        privacy_version: reader.optional("registration.privacy_version", version),
        is_required: reader.value("registration.consent_required", plain),
    };
    let has_none = consent.terms_version.is_none() && consent.privacy_version.is_none();
    if has_none && consent.is_required && reader.is_sound("registration.") {
        let message =
            "there is nothing to agree to: set `registration.terms_version` or `registration.privacy_version`";
        reader.object("registration.consent_required", message);
    }
    consent
}

/// The version of a text that people agree to, by the rules of the field in which it is sent.
fn version(text: &str) -> Parsed<String> {
    let is_visible = !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic());
    if is_visible && TERMS_VERSION.core.check(text).is_ok() { Ok(text.to_owned()) } else { Err(Refusal::NotAllowed) }
}

fn on_or_off(text: &str) -> Parsed<bool> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(Refusal::NotAllowed),
    }
}

fn read_retention(reader: &mut ConfigReader) -> Retention {
    Retention {
        unverified_accounts: reader.value("registration.unverified_ttl", days),
        audit: reader.value("retention.audit", days),
        client_addresses: reader.value("retention.client_addresses", days),
        delivery_logs: reader.value("retention.delivery_logs", days),
        ..Retention::default()
    }
}

fn read_limits(reader: &mut ConfigReader) -> Limits {
    let mut limits = Limits {
        ipv4_network_factor: reader.value("limits.ipv4_network_factor", number(1..=1_000)),
        ipv6_network_factor: reader.value("limits.ipv6_network_factor", number(1..=1_000)),
        ..Limits::default()
    };
    for row in Limits::ROWS {
        limits.set(row.name, reader.value(&format!("limits.{}", row.name), plain));
    }
    limits
}
