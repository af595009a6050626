//! Mails with fixed ids, dates and secrets.
#![expect(clippy::expect_used, reason = "the values are fixed, or a test's own mistake")]

use std::time::Duration;

use account_core::email_address::EmailAddress;
use account_core::id::OutboxId;
use account_core::outbox::mail::{Link, Mail, MailContent};
use account_core::timestamp::Timestamp;
use account_core::verification_token::VerificationCode;

/// The link of [`verify_address`].
pub const LINK: &str = "https://accounts.example.com/l/dGhlIHRva2VuIG9mIGEgdGVzdCwgMjU2IGJpdCBsb25nLg0";

/// A verification mail, 2023-11-07T05:31:56Z, valid for 24 hours.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn verify_address(to: &str) -> Mail {
    mail(0, to, LINK)
}

/// The same with another link.
#[must_use]
pub fn verify_address_with_link(link: &str) -> Mail {
    mail(0, "john@acme.com", link)
}

/// The same with another outbox id, one for each number.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn numbered(number: u8, to: &str) -> Mail {
    mail(number, to, LINK)
}

/// A mail that says there is an account already.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn already_registered(to: &str) -> Mail {
    let link = |page| Link::new(format!("https://accounts.example.com/authenticate/{page}"));
    let content = MailContent::AlreadyRegistered { sign_in: link("sign-in"), forgot: link("forgot") };
    Mail { content, ..mail(0, to, LINK) }
}

fn mail(number: u8, to: &str, link: &str) -> Mail {
    let id = format!("018ba8a3-5b60-7000-8000-0000000000{number:02x}").parse::<OutboxId>();
    let date = Timestamp::from_unix_micros(1_699_335_116_000_000);
    Mail {
        id: id.expect("a UUID"),
        to: EmailAddress::parse(to).expect("an address"),
        language: Some("en".to_owned()),
        date,
        content: MailContent::VerifyAddress {
            link: Link::new(link.to_owned()),
            code: VerificationCode::parse("7F3KQ2ZD").expect("a code"),
            expires_at: date + Duration::from_hours(24),
        },
    }
}
