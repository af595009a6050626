//! Emails with fixed ids, dates and secrets.
#![expect(clippy::expect_used, reason = "the values are fixed, or a test's own mistake")]

use std::time::Duration;

use account_core::email_address::EmailAddress;
use account_core::id::OutboxId;
use account_core::one_time_token::VerificationCode;
use account_core::outbox::Notice;
use account_core::outbox::mail::{Link, Mail, MailContent, NamedIdentity};
use account_core::timestamp::Timestamp;

/// The link of [`verify_address`].
pub const LINK: &str = "https://accounts.example.com/l/dGhlIHRva2VuIG9mIGEgdGVzdCwgMjU2IGJpdCBsb25nLg0";

/// A verification email, 2023-11-07T05:31:56Z, valid for 24 hours.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn verify_address(to: &str) -> Mail {
    mail(0, to)
}

/// The same to somebody who registered where no code can be typed.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn verify_address_without_code(to: &str) -> Mail {
    verifying(false, false, to)
}

/// The same to somebody whose account was made at once.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn verify_address_of_account(to: &str) -> Mail {
    verifying(false, true, to)
}

/// The same with a code.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn verify_address_of_account_with_code(to: &str) -> Mail {
    verifying(true, true, to)
}

/// The first with another link.
#[must_use]
pub fn verify_address_with_link(link: &str) -> Mail {
    with_link(verify_address("john@acme.com"), link)
}

/// The first with another outbox id, one for each number.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn numbered(number: u8, to: &str) -> Mail {
    mail(number, to)
}

/// An email that says there is an account already.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn already_registered(to: &str) -> Mail {
    saying(already_registered_due(None), to)
}

/// The same of an account that will be deleted on 2023-11-14.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn already_registered_to_be_deleted(to: &str) -> Mail {
    saying(already_registered_due(Some(date() + Duration::from_hours(7 * 24))), to)
}

/// An email with the link for a new password, valid for an hour.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn reset_password(to: &str) -> Mail {
    saying(MailContent::ResetPassword { link: Link::new(LINK.to_owned()), expires_at: in_an_hour() }, to)
}

/// An email with the link that makes its recipient an account's address, valid for an hour.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn confirm_new_address(to: &str) -> Mail {
    saying(MailContent::ConfirmNewAddress { link: Link::new(LINK.to_owned()), expires_at: in_an_hour() }, to)
}

/// An email with the link that proves a secondary address, valid for an hour.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn confirm_secondary_address(to: &str) -> Mail {
    saying(MailContent::ConfirmSecondaryAddress { link: Link::new(LINK.to_owned()), expires_at: in_an_hour() }, to)
}

/// An email that says that another account was to have this address.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn address_in_use(to: &str) -> Mail {
    saying(MailContent::AddressInUse { sign_in: page("sign-in"), forgot: page("forgot") }, to)
}

/// An invitation, valid for seven days.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn invitation(to: &str) -> Mail {
    let expires_at = date() + Duration::from_hours(7 * 24);
    saying(MailContent::Invitation { link: Link::new(LINK.to_owned()), expires_at }, to)
}

/// An account that an administrator made, with a link for a day.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn account_made(to: &str) -> Mail {
    let expires_at = date() + Duration::from_hours(24);
    saying(MailContent::AccountMade { link: Link::new(LINK.to_owned()), expires_at }, to)
}

/// An email to the owner of an account whose address a provider named.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn provider_link_offer(to: &str) -> Mail {
    saying(offer_due(None), to)
}

/// The same, to an owner whose account will be deleted.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn provider_link_offer_to_be_deleted(to: &str) -> Mail {
    saying(offer_due(Some(date() + Duration::from_hours(7 * 24))), to)
}

/// A notice of something that happened a minute before the email's date.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn notice(notice: Notice, to: &str) -> Mail {
    let at = Timestamp::from_unix_micros(1_699_335_056_000_000);
    let is_to_be_deleted = notice == Notice::DeletionRequested;
    let deletion_due_at = is_to_be_deleted.then(|| date() + Duration::from_hours(7 * 24));
    let is_about_identity = matches!(notice, Notice::IdentityLinked | Notice::IdentityUnlinked);
    let identity = is_about_identity.then(octocat);
    let (sign_in, forgot) = (page("sign-in"), page("forgot"));
    saying(MailContent::Notice { notice, identity, at, deletion_due_at, sign_in, forgot }, to)
}

/// One of every email that there is.
///
/// # Panics
/// When the recipient is no address.
#[must_use]
pub fn every(to: &str) -> Vec<Mail> {
    let mails = [
        verify_address,
        verify_address_without_code,
        verify_address_of_account,
        verify_address_of_account_with_code,
        already_registered,
        already_registered_to_be_deleted,
        provider_link_offer,
        provider_link_offer_to_be_deleted,
        reset_password,
        confirm_new_address,
        confirm_secondary_address,
        address_in_use,
        invitation,
        account_made,
    ];
    let notices = Notice::ALL.into_iter().map(|kind| notice(kind, to));
    mails.into_iter().map(|mail| mail(to)).chain(notices).collect()
}

/// The email with every link replaced by this one.
#[must_use]
pub fn with_link(mut mail: Mail, url: &str) -> Mail {
    match &mut mail.content {
        MailContent::VerifyAddress { link, .. }
        | MailContent::ResetPassword { link, .. }
        | MailContent::ConfirmNewAddress { link, .. }
        | MailContent::ConfirmSecondaryAddress { link, .. }
        | MailContent::AccountMade { link, .. }
        | MailContent::Invitation { link, .. } => *link = Link::new(url.to_owned()),
        MailContent::AlreadyRegistered { sign_in, forgot, .. }
        | MailContent::ProviderLinkOffer { sign_in, forgot, .. }
        | MailContent::AddressInUse { sign_in, forgot }
        | MailContent::Notice { sign_in, forgot, .. } => {
            *sign_in = Link::new(url.to_owned());
            *forgot = Link::new(url.to_owned());
        }
    }
    mail
}

fn date() -> Timestamp {
    Timestamp::from_unix_micros(1_699_335_116_000_000)
}

fn in_an_hour() -> Timestamp {
    date() + Duration::from_hours(1)
}

fn page(name: &str) -> Link {
    Link::new(format!("https://accounts.example.com/authenticate/{name}"))
}

fn already_registered_due(deletion_due_at: Option<Timestamp>) -> MailContent {
    MailContent::AlreadyRegistered { sign_in: page("sign-in"), forgot: page("forgot"), deletion_due_at }
}

fn offer_due(deletion_due_at: Option<Timestamp>) -> MailContent {
    let (identity, sign_in, forgot) = (octocat(), page("sign-in"), page("forgot"));
    MailContent::ProviderLinkOffer { identity, sign_in, forgot, deletion_due_at }
}

fn octocat() -> NamedIdentity {
    NamedIdentity { provider: "GitHub".to_owned(), account: Some("octocat".to_owned()) }
}

fn saying(content: MailContent, to: &str) -> Mail {
    Mail { content, ..mail(0, to) }
}

fn verifying(has_code: bool, account_exists: bool, to: &str) -> Mail {
    let code = has_code.then(|| VerificationCode::parse("7F3KQ2ZD").expect("a code"));
    let expires_at = date() + Duration::from_hours(24);
    let link = Link::new(LINK.to_owned());
    saying(MailContent::VerifyAddress { link, code, expires_at, account_exists, subject: None }, to)
}

fn mail(number: u8, to: &str) -> Mail {
    let id = format!("018ba8a3-5b60-7000-8000-0000000000{number:02x}").parse::<OutboxId>();
    Mail {
        id: id.expect("a UUID"),
        to: EmailAddress::parse(to).expect("an address"),
        language: Some("en".to_owned()),
        date: date(),
        content: MailContent::VerifyAddress {
            link: Link::new(LINK.to_owned()),
            code: VerificationCode::parse("7F3KQ2ZD"),
            expires_at: date() + Duration::from_hours(24),
            account_exists: false,
            subject: None,
        },
    }
}
