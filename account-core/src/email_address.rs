//! Email addresses. One parser serves validation, storage, email envelopes and email headers.

pub mod suggestion;

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::field_limits::{EMAIL, MAX_LOCAL_PART};
use crate::name::{is_directional_mark, is_forbidden_in_names};

/// An email address that email can be sent to.
///
/// A dot-atom local part (RFC 5322, with the Unicode letters of RFC 6532) and a domain name with a dot. Quoted local
/// parts, comments, address literals, display names and lists are refused. The spelling is kept as entered, because
/// email must go to exactly this mailbox. Use the [`EmailKey`] to compare addresses.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress {
    spelling: String,
    key: EmailKey,
    /// Position of the `@`.
    at: usize,
}

/// The canonical form of an address, for uniqueness: the local part in NFKC and case-folded, the domain as A-labels
/// (UTS 46).
///
/// Dots and plus tags in the local part are kept: only the email provider knows whether they matter.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailKey(String);

/// Why a text is not an email address. Never contains the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmailAddressError {
    /// Longer than 254 bytes, or the local part longer than 64.
    #[error("the address is longer than 254 bytes, or its local part longer than 64")]
    TooLong,
    /// Not exactly one `@` between a local part and a domain.
    #[error("the address is not of the form local-part@domain")]
    NoAddress,
    /// The local part is not a dot-atom.
    #[error("the local part has characters that are not allowed")]
    LocalPart,
    /// The domain is not a domain name with a dot.
    #[error("the domain is not a dotted domain name")]
    Domain,
}

impl EmailAddress {
    /// Parses an address. White space and directional marks around it are removed: they come with copied addresses and
    /// from keyboards that add a space after a word.
    ///
    /// # Errors
    /// [`EmailAddressError`] says which part breaks the rules above.
    pub fn parse(text: &str) -> Result<Self, EmailAddressError> {
        let text = text.trim_matches(is_around_addresses);
        if EMAIL.core.check_max(text).is_err() {
            return Err(EmailAddressError::TooLong);
        }
        // UTS 46 would remove invisible characters from the domain, but the displayed spelling would keep them.
        if text.chars().any(is_forbidden_in_names) {
            return Err(EmailAddressError::NoAddress);
        }
        let (local, domain) = text.split_once('@').ok_or(EmailAddressError::NoAddress)?;
        if local.is_empty() || domain.is_empty() || domain.contains('@') {
            return Err(EmailAddressError::NoAddress);
        }
        if local.len() > MAX_LOCAL_PART {
            return Err(EmailAddressError::TooLong);
        }
        let folded = fold_local(local)?;
        let ascii = domain_to_ascii(domain)?;
        let key = format!("{folded}@{ascii}");
        if EMAIL.core.check_max(&key).is_err() {
            return Err(EmailAddressError::TooLong);
        }
        Ok(Self { at: local.len(), spelling: text.to_owned(), key: EmailKey(key) })
    }

    /// Returns the address as entered: where email goes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.spelling
    }

    /// Returns the canonical key.
    #[must_use]
    pub const fn key(&self) -> &EmailKey {
        &self.key
    }

    /// Returns the part before the `@`, as entered.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.spelling.get(..self.at).unwrap_or_default()
    }

    /// Returns the domain in the form used in DNS and SMTP: lower-case A-labels.
    #[must_use]
    pub fn ascii_domain(&self) -> &str {
        self.key.ascii_domain()
    }

    /// Returns the address with most of it hidden (`j***@acme.com`), for logs and pages.
    #[must_use]
    pub fn masked(&self) -> String {
        let first = self.spelling.chars().next().unwrap_or('*');
        format!("{first}***@{}", self.ascii_domain())
    }
}

impl EmailKey {
    /// Restores a key that [`EmailAddress::key`] made and a store kept.
    #[must_use]
    pub const fn from_stored(key: String) -> Self {
        Self(key)
    }

    /// Returns the key's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the domain as lower-case A-labels.
    #[must_use]
    pub fn ascii_domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// White space but line breaks, which would be an attempt to inject a header, and directional marks.
fn is_around_addresses(c: char) -> bool {
    c == '\t' || (c.is_whitespace() && !c.is_control()) || is_directional_mark(c)
}

/// Checks a local part and converts it to the form that keys have.
fn fold_local(local: &str) -> Result<String, EmailAddressError> {
    // An encoded-word (RFC 2047) is formally a dot-atom, but some email software decodes it to another mailbox.
    if !is_dot_atom(local) || local.contains("=?") {
        return Err(EmailAddressError::LocalPart);
    }
    let composed: String = local.nfkc().collect();
    let folded: String = unicase::UniCase::unicode(composed).to_folded_case().nfkc().collect();
    // NFKC may turn a harmless-looking letter into an `@`, a dot or a space: check again.
    if is_dot_atom(&folded) { Ok(folded) } else { Err(EmailAddressError::LocalPart) }
}

/// Atoms of RFC 5322 (3.2.3) with the additions of RFC 6532, joined by single dots.
fn is_dot_atom(local: &str) -> bool {
    local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom_character))
}

fn is_atom_character(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
    } else {
        c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
    }
}

/// The domain as lower-case A-labels (UTS 46, STD3 rules, DNS lengths), with at least one dot.
fn domain_to_ascii(domain: &str) -> Result<String, EmailAddressError> {
    let ascii = idna::uts46::Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            idna::AsciiDenyList::STD3,
            idna::uts46::Hyphens::CheckFirstLast,
            idna::uts46::DnsLength::Verify,
        )
        .map_err(|_| EmailAddressError::Domain)?;
    let numeric_top = ascii.rsplit('.').next().is_none_or(|top| top.bytes().all(|byte| byte.is_ascii_digit()));
    if !ascii.contains('.') || numeric_top {
        return Err(EmailAddressError::Domain);
    }
    Ok(ascii.into_owned())
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelling)
    }
}

impl fmt::Debug for EmailAddress {
    /// Masked, because `Debug` output of requests ends up in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress({})", self.masked())
    }
}

impl fmt::Debug for EmailKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailKey(***@{})", self.ascii_domain())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> String {
        EmailAddress::parse(text).unwrap().key().as_str().to_owned()
    }

    #[test]
    fn ordinary_addresses_are_accepted_unchanged() {
        for text in
            ["john@acme.com", "o'brien+tag@sub.example.co.uk", "a@b.cd", "x_y-z=1@example.org", "jörg@bücher.example"]
        {
            assert_eq!(EmailAddress::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn space_and_directional_marks_around_an_address_are_removed() {
        for text in [
            " john@acme.com",
            "john@acme.com ",
            "\tjohn@acme.com\t",
            "\u{A0}john@acme.com\u{3000}",
            "\u{200F}john@acme.com\u{200E}",
            "\u{2068}john@acme.com\u{2069} ",
        ] {
            assert_eq!(EmailAddress::parse(text).unwrap().as_str(), "john@acme.com", "{text:?}");
        }
    }

    #[test]
    fn spellings_of_one_mailbox_have_one_key() {
        assert_eq!(key("John@ACME.com"), "john@acme.com");
        assert_eq!(key("JÖRG@BÜCHER.example"), key("jörg@xn--bcher-kva.example"));
        assert_eq!(key("joh\u{212A}@x.org"), key("johk@x.org"), "Kelvin sign");
        assert_eq!(key("mi\u{17F}s@x.org"), key("miss@x.org"), "long s");
        assert_eq!(key("stra\u{DF}e@x.org"), key("strasse@x.org"));
    }

    #[test]
    fn look_alike_letters_stay_distinct() {
        assert_ne!(key("m\u{131}ke@x.org"), key("mike@x.org"), "dotless i");
        assert_ne!(key("a.b@x.org"), key("ab@x.org"));
        assert_ne!(key("a+b@x.org"), key("a@x.org"));
    }

    #[test]
    fn unusual_addresses_are_refused() {
        for text in [
            "",
            "a",
            "@x.org",
            "a@",
            "a@b@c.org",
            "a@localhost",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "\"a b\"@x.org",
            "a b@x.org",
            "a@x.org,b@y.org",
            "a@x.org\r\nBcc: b@y.org",
            "a\r@x.org",
            "a@x.org\n",
            "a\0@x.org",
            "A <a@x.org>",
            "a(comment)@x.org",
            ".a@x.org",
            "a.@x.org",
            "a..b@x.org",
            "a@x..org",
            "a@-x.org",
            "a@x_y.org",
            "a@x.org.",
            "=?utf-8?q?a?=@x.org",
            "a\u{FF20}b@x.org",
            "a\u{200B}b@x.org",
            "a\u{202E}b@x.org",
            "a@ac\u{AD}me.com",
            "a@ac\u{200B}me.com",
        ] {
            assert!(EmailAddress::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn lengths_are_those_of_smtp() {
        let local = "a".repeat(64);
        assert!(EmailAddress::parse(&format!("{local}@x.org")).is_ok());
        assert_eq!(EmailAddress::parse(&format!("{local}a@x.org")), Err(EmailAddressError::TooLong));
        let domain = format!("{}.{}.{}.org", "b".repeat(63), "c".repeat(63), "d".repeat(57));
        assert_eq!(format!("{local}@{domain}").len(), 254);
        assert!(EmailAddress::parse(&format!("{local}@{domain}")).is_ok());
        assert_eq!(EmailAddress::parse(&format!("{local}@d{domain}")), Err(EmailAddressError::TooLong));
    }

    #[test]
    fn debug_output_hides_the_mailbox() {
        let address = EmailAddress::parse("john@acme.com").unwrap();
        assert_eq!(format!("{address:?}"), "EmailAddress(j***@acme.com)");
        assert!(!format!("{:?}", address.key()).contains("john"));
    }
}
