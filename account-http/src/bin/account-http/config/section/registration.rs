//! Who may register, and how often.

use std::time::Duration;

use account_core::challenge::{ChallengeMode, ChallengeSettings};
use account_core::registration::callback::CallbackOrigins;
use account_core::registration::guard::DomainGuard;
use account_core::service::{Limits, Retention};

use crate::config::reader::ConfigReader;
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
            limits: read_limits(reader),
            challenge: ChallengeSettings {
                mode: reader.value("registration.challenge", named(ChallengeMode::by_name)),
                work: reader.value("registration.challenge_work", number(1_000..=10_000_000)),
                wait: reader.value("registration.challenge_wait", duration),
            },
        }
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
