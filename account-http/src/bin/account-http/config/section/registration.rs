//! Who may register, and how often.

use std::time::Duration;

use account_core::registration::callback::CallbackOrigins;
use account_core::registration::guard::DomainGuard;
use account_core::service::Limits;

use crate::config::reader::{Noted, Reader};
use crate::config::values::{callback_origin, domain, duration, plain};

/// Who may register, and how often: sections `registration` and `limits`.
#[derive(Debug)]
pub(crate) struct Registration {
    /// How long a registration lasts.
    pub(crate) verification_ttl: Duration,
    /// Where people may be sent.
    pub(crate) callback_origins: CallbackOrigins,
    /// Who may register.
    pub(crate) guard: DomainGuard,
    /// How often.
    pub(crate) limits: Limits,
}

impl Registration {
    pub(crate) fn read(reader: &mut Reader) -> Result<Self, Noted> {
        let verification_ttl = reader.value("registration.verification_ttl", duration);
        let callback_origins = reader.list("registration.callback_origins", callback_origin);
        let allowed = reader.list("registration.allowed_domains", domain);
        let denied = reader.list("registration.denied_domains", domain);
        let refuse_disposable = reader.value("registration.refuse_disposable", plain);
        let limits = read_limits(reader);
        Ok(Self {
            verification_ttl: verification_ttl?,
            // Each entry was accepted by itself: so are all together.
            callback_origins: CallbackOrigins::parse(callback_origins?.iter().map(String::as_str))
                .map_err(|_| Noted)?,
            guard: DomainGuard::new(&allowed?, &denied?, refuse_disposable?).map_err(|_| Noted)?,
            limits: limits?,
        })
    }
}

fn read_limits(reader: &mut Reader) -> Result<Limits, Noted> {
    let registrations = reader.value("limits.registrations", plain);
    let verifications = reader.value("limits.verifications", plain);
    let resend = reader.value("limits.resend", plain);
    let mails = reader.value("limits.mails", plain);
    Ok(Limits { registrations: registrations?, verifications: verifications?, resend: resend?, mails: mails? })
}
