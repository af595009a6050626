//! Mails about the password and the addresses of an account.

use account_core::outbox::mail::Link;
use account_core::timestamp::Timestamp;
use askama::Template;

use super::letter::{ByLink, Letter, ToOwner};
use super::{RenderError, Rendered};

#[derive(Template)]
#[template(path = "reset-password/en/body.txt")]
struct ResetPasswordTextEn<'a> {
    mail: ByLink<'a>,
}

#[derive(Template)]
#[template(path = "reset-password/en/body.html")]
struct ResetPasswordHtmlEn<'a> {
    mail: ByLink<'a>,
}

/// Set a new password.
pub(super) fn reset_password_en(
    letter: Letter<'_>,
    link: &Link,
    expires_at: Timestamp,
) -> Result<Rendered, RenderError> {
    let subject = include_str!("../templates/reset-password/en/subject.txt");
    let mail = letter.by_link(subject, link, expires_at)?;
    Rendered::of(mail.subject, &ResetPasswordTextEn { mail }, &ResetPasswordHtmlEn { mail })
}

#[derive(Template)]
#[template(path = "confirm-new-address/en/body.txt")]
struct ConfirmNewAddressTextEn<'a> {
    mail: ByLink<'a>,
}

#[derive(Template)]
#[template(path = "confirm-new-address/en/body.html")]
struct ConfirmNewAddressHtmlEn<'a> {
    mail: ByLink<'a>,
}

/// Prove the mailbox that is to become an account's.
pub(super) fn confirm_new_address_en(
    letter: Letter<'_>,
    link: &Link,
    expires_at: Timestamp,
) -> Result<Rendered, RenderError> {
    let subject = include_str!("../templates/confirm-new-address/en/subject.txt");
    let mail = letter.by_link(subject, link, expires_at)?;
    Rendered::of(mail.subject, &ConfirmNewAddressTextEn { mail }, &ConfirmNewAddressHtmlEn { mail })
}

#[derive(Template)]
#[template(path = "confirm-secondary-address/en/body.txt")]
struct ConfirmSecondaryAddressTextEn<'a> {
    mail: ByLink<'a>,
}

#[derive(Template)]
#[template(path = "confirm-secondary-address/en/body.html")]
struct ConfirmSecondaryAddressHtmlEn<'a> {
    mail: ByLink<'a>,
}

/// Prove the mailbox of a secondary address.
pub(super) fn confirm_secondary_address_en(
    letter: Letter<'_>,
    link: &Link,
    expires_at: Timestamp,
) -> Result<Rendered, RenderError> {
    let subject = include_str!("../templates/confirm-secondary-address/en/subject.txt");
    let mail = letter.by_link(subject, link, expires_at)?;
    Rendered::of(mail.subject, &ConfirmSecondaryAddressTextEn { mail }, &ConfirmSecondaryAddressHtmlEn { mail })
}

#[derive(Template)]
#[template(path = "address-in-use/en/body.txt")]
struct AddressInUseTextEn<'a> {
    mail: ToOwner<'a>,
}

#[derive(Template)]
#[template(path = "address-in-use/en/body.html")]
struct AddressInUseHtmlEn<'a> {
    mail: ToOwner<'a>,
}

/// The address that another account was to have has one.
pub(super) fn address_in_use_en(letter: Letter<'_>, sign_in: &Link, forgot: &Link) -> Result<Rendered, RenderError> {
    let subject = include_str!("../templates/address-in-use/en/subject.txt");
    let mail = letter.to_owner(subject, sign_in, forgot)?;
    Rendered::of(mail.subject, &AddressInUseTextEn { mail }, &AddressInUseHtmlEn { mail })
}
