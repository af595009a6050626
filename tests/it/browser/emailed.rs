//! Links in emails, in whichever language those are.

use std::time::Duration;

use account_tests::Service;

use super::at;

/// Characters of a token (256 bits, base64url).
const TOKEN: usize = 43;

/// What an emailed link is for.
#[derive(Clone, Copy)]
pub(super) enum Link {
    Verification,
    Reset,
    Address,
    Invitation,
}

impl Link {
    const fn path(self) -> &'static str {
        match self {
            Self::Verification => "/l/",
            Self::Reset => "/l/reset/",
            Self::Address => "/l/address/",
            Self::Invitation => "/l/invitation/",
        }
    }
}

/// The path of the link of a kind in an email.
fn path(mail: &str, kind: Link) -> Option<String> {
    // Quoted-printable: long lines are broken.
    let mail = mail.replace("=\r\n", "");
    let (_, rest) = mail.split_once(kind.path())?;
    let token = rest.get(..TOKEN).filter(|token| token.bytes().all(is_of_token))?;
    Some(format!("{}{token}", kind.path()))
}

const fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// Waits until that many links of a kind were emailed; returns the last.
pub(super) async fn link(service: &Service, kind: Link, count: usize) -> String {
    for _ in 0..1_500 {
        // Emails are named in the order in which they were asked for.
        let mails = service.mails().into_values();
        if let Some(path) = mails.filter_map(|mail| path(&mail, kind)).nth(count - 1) {
            return at(service, &path);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("fewer than {count} emails with {} came: {}", kind.path(), service.output());
}

/// Waits for an email to somebody who registers; returns the link in the first one.
pub(super) async fn first_link_to(service: &Service, email: &str) -> String {
    let mail = service.wait_for_mail_to(email).await;
    at(service, &path(&mail, Link::Verification).expect("a link"))
}
