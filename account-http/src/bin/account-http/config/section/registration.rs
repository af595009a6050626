//! Who may register, and how often.

use std::time::Duration;

use account_core::registration::callback::CallbackOrigins;
use account_core::registration::guard::DomainGuard;
use account_core::service::{Limits, Retention};

use crate::config::reader::{ConfigReader, Noted};
use crate::config::values::{callback_origin, days, domain, duration, plain};

/// Who may register, and how often: sections `registration`, `retention` and `limits`.
#[derive(Debug)]
pub(crate) struct Registration {
    /// How long a registration lasts.
    pub(crate) verification_ttl: Duration,
    /// How long an invitation lasts.
    pub(crate) invitation_ttl: Duration,
    /// How long what is kept.
    pub(crate) retention: Retention,
    /// Where people may be sent.
    pub(crate) callback_origins: CallbackOrigins,
    /// Who may register.
    pub(crate) guard: DomainGuard,
    /// How often.
    pub(crate) limits: Limits,
}

impl Registration {
    pub(crate) fn read(reader: &mut ConfigReader) -> Result<Self, Noted> {
        let verification_ttl = reader.value("registration.verification_ttl", duration);
        let invitation_ttl = reader.value("registration.invitation_ttl", duration);
        let retention = read_retention(reader);
        let callback_origins = reader.list("registration.callback_origins", callback_origin);
        let allowed = reader.list("registration.allowed_domains", domain);
        let denied = reader.list("registration.denied_domains", domain);
        let refuse_disposable = reader.value("registration.refuse_disposable", plain);
        let limits = read_limits(reader);
        Ok(Self {
            verification_ttl: verification_ttl?,
            invitation_ttl: invitation_ttl?,
            retention: retention?,
            // Each entry was accepted by itself: so are all together.
            callback_origins: CallbackOrigins::parse(callback_origins?.iter().map(String::as_str))
                .map_err(|_| Noted)?,
            guard: DomainGuard::new(&allowed?, &denied?, refuse_disposable?).map_err(|_| Noted)?,
            limits: limits?,
        })
    }
}

fn read_retention(reader: &mut ConfigReader) -> Result<Retention, Noted> {
    let unverified_accounts = reader.value("registration.unverified_ttl", days);
    let audit = reader.value("retention.audit", days);
    let client_addresses = reader.value("retention.client_addresses", days);
    let delivery_logs = reader.value("retention.delivery_logs", days);
    Ok(Retention {
        unverified_accounts: unverified_accounts?,
        audit: audit?,
        client_addresses: client_addresses?,
        delivery_logs: delivery_logs?,
        ..Retention::default()
    })
}

fn read_limits(reader: &mut ConfigReader) -> Result<Limits, Noted> {
    let registrations = reader.value("limits.registrations", plain);
    let verifications = reader.value("limits.verifications", plain);
    let short_links = reader.value("limits.short_links", plain);
    let renewals = reader.value("limits.renewals", plain);
    let resend = reader.value("limits.resend", plain);
    let mails = reader.value("limits.mails", plain);
    let sign_ins = reader.value("limits.sign_ins", plain);
    let sign_ins_per_account = reader.value("limits.sign_ins_per_account", plain);
    let changes = reader.value("limits.changes", plain);
    let resets = reader.value("limits.resets", plain);
    let resets_per_day = reader.value("limits.resets_per_day", plain);
    Ok(Limits {
        registrations: registrations?,
        verifications: verifications?,
        short_links: short_links?,
        renewals: renewals?,
        resend: resend?,
        mails: mails?,
        sign_ins: sign_ins?,
        sign_ins_per_account: sign_ins_per_account?,
        changes: changes?,
        resets: resets?,
        resets_per_day: resets_per_day?,
    })
}
