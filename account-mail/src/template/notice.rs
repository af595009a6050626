//! Notices: what has happened to an account.

use account_core::outbox::Notice;
use account_core::outbox::mail::Link;
use askama::Template;

use super::letter::{Letter, ToOwner};
use super::{RenderError, Rendered};

// Each includes the words of the notice that it is of, from `templates/notice-<name>`.

#[derive(Template)]
#[template(path = "notice/en/body.txt")]
struct NoticeTextEn<'a> {
    mail: ToOwner<'a>,
    notice: Notice,
}

#[derive(Template)]
#[template(path = "notice/en/body.html")]
struct NoticeHtmlEn<'a> {
    mail: ToOwner<'a>,
    notice: Notice,
}

/// Something happened to the account.
pub(super) fn notice_en(
    letter: Letter<'_>,
    notice: Notice,
    sign_in: &Link,
    forgot: &Link,
) -> Result<Rendered, RenderError> {
    let mail = letter.to_owner(subject(notice), sign_in, forgot)?;
    Rendered::of(mail.subject, &NoticeTextEn { mail, notice }, &NoticeHtmlEn { mail, notice })
}

const fn subject(notice: Notice) -> &'static str {
    match notice {
        Notice::PasswordChanged => include_str!("../templates/notice-password-changed/en/subject.txt"),
        Notice::PasswordReset => include_str!("../templates/notice-password-reset/en/subject.txt"),
        Notice::AddressChanged => include_str!("../templates/notice-address-changed/en/subject.txt"),
        Notice::AddressChangeRequested => include_str!("../templates/notice-address-change-requested/en/subject.txt"),
        Notice::SecondaryAddressConfirmed => {
            include_str!("../templates/notice-secondary-address-confirmed/en/subject.txt")
        }
        Notice::SessionsEnded => include_str!("../templates/notice-sessions-ended/en/subject.txt"),
        Notice::DeletionRequested => include_str!("../templates/notice-deletion-requested/en/subject.txt"),
        Notice::DeletionCancelled => include_str!("../templates/notice-deletion-cancelled/en/subject.txt"),
        Notice::BecameAdministrator => include_str!("../templates/notice-became-administrator/en/subject.txt"),
        Notice::AccountDisabled => include_str!("../templates/notice-account-disabled/en/subject.txt"),
        Notice::AccountEnabled => include_str!("../templates/notice-account-enabled/en/subject.txt"),
    }
}
