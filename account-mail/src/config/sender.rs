//! The sender of emails, and other header values.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use account_core::email_address::EmailAddress;

/// Maximum length of a header text in bytes, so that it stays on one line even if encoded.
const MAX_TEXT_BYTES: usize = 200;

/// Why a setting of the sender is not valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailSettingsError {
    /// It is neither `name <address>` nor an address.
    #[error("write a sender as `name <local-part@domain>` or `local-part@domain`")]
    Mailbox,
    /// It is not a plain address.
    #[error("a sender's address is `local-part@domain`, its local part of ASCII characters, without quotes")]
    Address,
    /// It is not a domain name.
    #[error("an email domain is a host name: letters, digits and hyphens between dots")]
    Domain,
    /// It is not a line of text.
    #[error("the text must be one line of 1 to 200 bytes, without control characters")]
    Text,
    /// It is not a host name or an address literal.
    #[error("an EHLO name is a host name or an address literal such as `[192.0.2.1]` or `[IPv6:2001:db8::1]`")]
    EhloName,
}

/// One line of text for a header: 1 to 200 bytes, without control characters and surrounding blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderText(String);

impl HeaderText {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for HeaderText {
    type Err = MailSettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fit = (1..=MAX_TEXT_BYTES).contains(&text.len()) && !text.chars().any(is_unfit) && text.trim() == text;
        if fit { Ok(Self(text.to_owned())) } else { Err(MailSettingsError::Text) }
    }
}

/// Returns whether this is a control character, a line or paragraph separator, or a character that changes the writing
/// direction.
fn is_unfit(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A host name as lower-case A-labels. It may have a single label (`localhost`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailDomain(String);

impl MailDomain {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for MailDomain {
    type Err = MailSettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains('.') {
            let address = EmailAddress::parse(&format!("x@{text}")).map_err(|_| MailSettingsError::Domain)?;
            return Ok(Self(address.ascii_domain().to_owned()));
        }
        let label = (1..=63).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        if label { Ok(Self(text.to_ascii_lowercase())) } else { Err(MailSettingsError::Domain) }
    }
}

/// The address of a sender. Its local part is ASCII, so that every server supports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderAddress {
    local: String,
    domain: MailDomain,
}

impl SenderAddress {
    /// The part before the `@`.
    #[must_use]
    pub fn local_part(&self) -> &str {
        &self.local
    }

    /// The domain.
    #[must_use]
    pub const fn domain(&self) -> &MailDomain {
        &self.domain
    }
}

impl FromStr for SenderAddress {
    type Err = MailSettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (local, domain) = text.split_once('@').ok_or(MailSettingsError::Address)?;
        // The address parser refuses domains with one label, which is right for people but not for `localhost`.
        let plain = local.is_ascii() && EmailAddress::parse(&format!("{local}@x.invalid")).is_ok();
        if !plain {
            return Err(MailSettingsError::Address);
        }
        let domain = domain.parse().map_err(|_| MailSettingsError::Address)?;
        Ok(Self { local: local.to_owned(), domain })
    }
}

impl fmt::Display for SenderAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain.0)
    }
}

/// A sender with or without a name: `Accounts <no-reply@example.com>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderMailbox {
    name: Option<HeaderText>,
    address: SenderAddress,
}

impl SenderMailbox {
    /// The name, if there is one.
    #[must_use]
    pub const fn name(&self) -> Option<&HeaderText> {
        self.name.as_ref()
    }

    /// The address.
    #[must_use]
    pub const fn address(&self) -> &SenderAddress {
        &self.address
    }
}

impl Default for SenderMailbox {
    /// `Accounts <no-reply@localhost>`.
    fn default() -> Self {
        let domain = MailDomain("localhost".to_owned());
        let address = SenderAddress { local: "no-reply".to_owned(), domain };
        Self { name: Some(HeaderText("Accounts".to_owned())), address }
    }
}

impl FromStr for SenderMailbox {
    type Err = MailSettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.chars().any(is_unfit) {
            return Err(MailSettingsError::Mailbox);
        }
        let text = text.trim();
        let Some(rest) = text.strip_suffix('>') else {
            return Ok(Self { name: None, address: text.parse()? });
        };
        let (name, address) = rest.rsplit_once('<').ok_or(MailSettingsError::Mailbox)?;
        let name = name.trim();
        let name = match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
            Some(quoted) => unquoted(quoted),
            None => name.to_owned(),
        };
        if name.contains(['<', '>', '"']) {
            return Err(MailSettingsError::Mailbox);
        }
        let name = if name.is_empty() { None } else { Some(name.parse().map_err(|_| MailSettingsError::Mailbox)?) };
        Ok(Self { name, address: address.parse()? })
    }
}

/// Removes the backslashes of a quoted string. The caller refuses quotes in a name.
fn unquoted(text: &str) -> String {
    let mut characters = text.chars();
    let mut plain = String::with_capacity(text.len());
    while let Some(c) = characters.next() {
        plain.extend(if c == '\\' { characters.next() } else { Some(c) });
    }
    plain
}

/// The envelope sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvelopeSender {
    /// Bounces are sent to this address.
    Address(SenderAddress),
    /// `<>`: no bounces are sent.
    Null,
}

impl FromStr for EnvelopeSender {
    type Err = MailSettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "<>" { Ok(Self::Null) } else { text.parse().map(Self::Address) }
    }
}

/// The name that the client gives in EHLO (RFC 5321, section 4.1.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EhloName {
    /// A host name.
    Domain(MailDomain),
    /// An address literal: `[192.0.2.1]`, `[IPv6:2001:db8::1]`.
    Literal(IpAddr),
}

impl FromStr for EhloName {
    type Err = MailSettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some(literal) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) else {
            return text.parse().map(Self::Domain).map_err(|_| MailSettingsError::EhloName);
        };
        let address = match literal.strip_prefix("IPv6:") {
            Some(address) => address.parse().map(IpAddr::V6),
            None => literal.parse().map(IpAddr::V4),
        };
        address.map(Self::Literal).map_err(|_| MailSettingsError::EhloName)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailbox(text: &str) -> Result<(Option<String>, String), MailSettingsError> {
        let mailbox: SenderMailbox = text.parse()?;
        Ok((mailbox.name().map(|name| name.as_str().to_owned()), mailbox.address().to_string()))
    }

    #[test]
    fn senders_are_read_with_and_without_a_name() {
        for (text, name, address) in [
            ("Accounts <no-reply@localhost>", Some("Accounts"), "no-reply@localhost"),
            ("MikroCloud <no-reply@mikrocloud.com>", Some("MikroCloud"), "no-reply@mikrocloud.com"),
            ("\"Acme, Inc.\" <a@x.org>", Some("Acme, Inc."), "a@x.org"),
            ("Acme, Inc. <a@x.org>", Some("Acme, Inc."), "a@x.org"),
            ("B\u{FC}cher <a@B\u{DC}CHER.example>", Some("B\u{FC}cher"), "a@xn--bcher-kva.example"),
            ("a@x.org", None, "a@x.org"),
            ("<a@x.org>", None, "a@x.org"),
        ] {
            assert_eq!(mailbox(text), Ok((name.map(str::to_owned), address.to_owned())), "{text}");
        }
        assert_eq!("Accounts <no-reply@localhost>".parse(), Ok(SenderMailbox::default()));
    }

    #[test]
    fn what_could_make_two_senders_or_headers_is_refused() {
        for text in [
            "",
            "Accounts",
            "a@x.org, b@x.org",
            "A <a@x.org>, B <b@x.org>",
            "A <a@x.org> B",
            "A\r\nBcc: b@x.org <a@x.org>",
            "A\n <a@x.org>",
            "A\0 <a@x.org>",
            "A <a@x.org\r\n>",
            "A <a b@x.org>",
            "A <j\u{F6}rg@x.org>",
            "A <a@-x>",
            "A <a@x_y>",
            "A <\"a\"@x.org>",
            "A \u{202E} <a@x.org>",
        ] {
            assert!(mailbox(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn texts_are_one_line() {
        assert!("Verify your email address".parse::<HeaderText>().is_ok());
        for text in ["", " a", "a\n", "a\r\nBcc: b@x.org", "a\0", "a\u{2028}b", &"a".repeat(201)] {
            assert_eq!(text.parse::<HeaderText>(), Err(MailSettingsError::Text), "{text:?}");
        }
    }

    #[test]
    fn envelope_senders_and_ehlo_names_are_read() {
        assert_eq!("<>".parse(), Ok(EnvelopeSender::Null));
        assert!(matches!("bounce+1@x.org".parse(), Ok(EnvelopeSender::Address(_))));
        assert_eq!("a@x.org> SIZE=1".parse::<EnvelopeSender>(), Err(MailSettingsError::Address));
        assert_eq!("[192.0.2.1]".parse(), Ok(EhloName::Literal("192.0.2.1".parse().unwrap())));
        assert_eq!("[IPv6:2001:db8::1]".parse(), Ok(EhloName::Literal("2001:db8::1".parse().unwrap())));
        assert!(matches!("mx1.Example.org".parse(), Ok(EhloName::Domain(name)) if name.as_str() == "mx1.example.org"));
        for text in ["", "a b", "[::1]", "[x]", "a\r\nMAIL FROM:<>", "."] {
            assert_eq!(text.parse::<EhloName>(), Err(MailSettingsError::EhloName), "{text:?}");
        }
    }
}
