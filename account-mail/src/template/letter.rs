//! What mails have in common, as their templates take it.

use account_core::outbox::mail::Link;
use account_core::timestamp::Timestamp;

use super::RenderError;
use super::time::{Expiry, Minute};

/// A mail before it is known what it says.
#[derive(Clone, Copy)]
pub(super) struct Letter<'a> {
    /// When that happened which it tells of.
    pub(super) date: Timestamp,
    /// The service's name, if it is to be named.
    pub(super) operator: Option<&'a str>,
}

/// A mail that asks to open a link.
#[derive(Clone, Copy)]
pub(super) struct ByLink<'a> {
    pub(super) subject: &'static str,
    pub(super) operator: Option<&'a str>,
    pub(super) at: Minute,
    pub(super) link: &'a str,
    pub(super) expiry: Expiry,
}

/// A mail that tells an account's owner something.
#[derive(Clone, Copy)]
pub(super) struct ToOwner<'a> {
    pub(super) subject: &'static str,
    pub(super) operator: Option<&'a str>,
    pub(super) at: Minute,
    pub(super) sign_in: &'a str,
    pub(super) forgot: &'a str,
}

impl<'a> Letter<'a> {
    /// The letter with a link that works until then.
    pub(super) fn by_link(
        self,
        subject: &'static str,
        link: &'a Link,
        expires_at: Timestamp,
    ) -> Result<ByLink<'a>, RenderError> {
        let Self { date, operator } = self;
        let (at, expiry) = (Minute(date), Expiry::of(date, expires_at));
        Ok(ByLink { subject: subject.trim_ascii_end(), operator, at, link: checked(link)?, expiry })
    }

    /// The letter with the ways into an account.
    pub(super) fn to_owner(
        self,
        subject: &'static str,
        sign_in: &'a Link,
        forgot: &'a Link,
    ) -> Result<ToOwner<'a>, RenderError> {
        let (sign_in, forgot) = (checked(sign_in)?, checked(forgot)?);
        Ok(ToOwner {
            subject: subject.trim_ascii_end(),
            operator: self.operator,
            at: Minute(self.date),
            sign_in,
            forgot,
        })
    }
}

/// A link fit for a line of its own: a URL as the URL standard writes it has none of the refused characters.
fn checked(link: &Link) -> Result<&str, RenderError> {
    let url = link.expose();
    let web = url.starts_with("https://") || url.starts_with("http://");
    let fit = url.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'\\'));
    if web && fit { Ok(url) } else { Err(RenderError::Link) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_would_break_a_line_or_an_attribute_are_refused() {
        for url in [
            "",
            "/l/token",
            "javascript:alert(1)",
            "https://x.org/\r\nBcc: a@x.org",
            "https://x.org/a b",
            "https://x.org/\0",
            "https://x.org/\u{FC}",
            "https://x.org/\">",
        ] {
            assert!(matches!(checked(&Link::new(url.to_owned())), Err(RenderError::Link)), "{url:?}");
        }
        assert!(checked(&Link::new("https://x.org/l/a?b=c&d='e'".to_owned())).is_ok());
    }
}
