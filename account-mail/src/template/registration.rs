//! Mails to those who are to have an account.

use account_core::outbox::mail::Link;
use account_core::timestamp::Timestamp;
use account_core::verification_token::VerificationCode;
use askama::Template;

use super::letter::{ByLink, Letter, ToOwner};
use super::time::Minute;
use super::{RenderError, Rendered};

#[derive(Template)]
#[template(path = "verify-address/en/body.txt")]
struct VerifyAddressTextEn<'a> {
    mail: ByLink<'a>,
    code: &'a str,
}

#[derive(Template)]
#[template(path = "verify-address/en/body.html")]
struct VerifyAddressHtmlEn<'a> {
    mail: ByLink<'a>,
    code: &'a str,
}

/// Prove the mailbox.
pub(super) fn verify_address_en(
    letter: Letter<'_>,
    link: &Link,
    code: &VerificationCode,
    expires_at: Timestamp,
) -> Result<Rendered, RenderError> {
    let subject = include_str!("../templates/verify-address/en/subject.txt");
    let (mail, code) = (letter.by_link(subject, link, expires_at)?, code.expose());
    Rendered::of(mail.subject, &VerifyAddressTextEn { mail, code }, &VerifyAddressHtmlEn { mail, code })
}

#[derive(Template)]
#[template(path = "account-made/en/body.txt")]
struct AccountMadeTextEn<'a> {
    mail: ByLink<'a>,
}

#[derive(Template)]
#[template(path = "account-made/en/body.html")]
struct AccountMadeHtmlEn<'a> {
    mail: ByLink<'a>,
}

/// An administrator made an account.
pub(super) fn account_made_en(letter: Letter<'_>, link: &Link, expires_at: Timestamp) -> Result<Rendered, RenderError> {
    let subject = include_str!("../templates/account-made/en/subject.txt");
    let mail = letter.by_link(subject, link, expires_at)?;
    Rendered::of(mail.subject, &AccountMadeTextEn { mail }, &AccountMadeHtmlEn { mail })
}

#[derive(Template)]
#[template(path = "already-registered/en/body.txt")]
struct AlreadyRegisteredTextEn<'a> {
    mail: ToOwner<'a>,
    deletion: Option<Minute>,
}

#[derive(Template)]
#[template(path = "already-registered/en/body.html")]
struct AlreadyRegisteredHtmlEn<'a> {
    mail: ToOwner<'a>,
    deletion: Option<Minute>,
}

/// There is an account already, which may be about to be deleted.
pub(super) fn already_registered_en(
    letter: Letter<'_>,
    sign_in: &Link,
    forgot: &Link,
    deletion_due_at: Option<Timestamp>,
) -> Result<Rendered, RenderError> {
    let subject = include_str!("../templates/already-registered/en/subject.txt");
    let (mail, deletion) = (letter.to_owner(subject, sign_in, forgot)?, deletion_due_at.map(Minute));
    let html = AlreadyRegisteredHtmlEn { mail, deletion };
    Rendered::of(mail.subject, &AlreadyRegisteredTextEn { mail, deletion }, &html)
}

#[derive(Template)]
#[template(path = "invitation/en/body.txt")]
struct InvitationTextEn<'a> {
    mail: ByLink<'a>,
}

#[derive(Template)]
#[template(path = "invitation/en/body.html")]
struct InvitationHtmlEn<'a> {
    mail: ByLink<'a>,
}

/// Accept an invitation.
pub(super) fn invitation_en(letter: Letter<'_>, link: &Link, expires_at: Timestamp) -> Result<Rendered, RenderError> {
    let subject = include_str!("../templates/invitation/en/subject.txt");
    let mail = letter.by_link(subject, link, expires_at)?;
    Rendered::of(mail.subject, &InvitationTextEn { mail }, &InvitationHtmlEn { mail })
}
