//! Making a server's text safe to log.

use account_core::email_address::EmailAddress;
use account_core::outbox::mail::{Mail, MailContent};

/// Maximum number of characters that are kept of a server's text.
const MAX_CHARACTERS: usize = 200;
/// Longer runs of letters and digits are treated as tokens.
const LONGEST_WORD: usize = 40;
/// Shorter local parts are not searched for: they would occur in ordinary words.
const SHORTEST_LOCAL_PART: usize = 3;

/// What must not appear in a log: the recipient, and the secrets in the email. Servers often repeat both.
pub(super) struct Redaction {
    hidden: Vec<String>,
}

impl Redaction {
    /// What to hide for this email.
    pub(super) fn of(mail: &Mail) -> Self {
        let mut redaction = Self::of_address(&mail.to);
        if let MailContent::VerifyAddress { code: Some(code), .. } = &mail.content {
            redaction.hidden.push(code.expose().to_owned());
        }
        redaction
    }

    /// What to hide for this recipient.
    pub(super) fn of_address(address: &EmailAddress) -> Self {
        let mut hidden = vec![address.as_str().to_owned(), address.key().as_str().to_owned()];
        if address.local_part().len() >= SHORTEST_LOCAL_PART {
            hidden.push(address.local_part().to_owned());
        }
        Self { hidden }
    }

    /// Nothing to hide.
    pub(super) const fn of_nothing() -> Self {
        Self { hidden: Vec::new() }
    }

    /// The text on one line of printable ASCII, without addresses, URLs and secrets, and not too long.
    pub(super) fn apply(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for hidden in &self.hidden {
            text = replaced(&text, hidden);
        }
        let words = text.split_whitespace().map(|word| if tells_too_much(word) { "***" } else { word });
        let line = words.collect::<Vec<_>>().join(" ");
        line.chars().take(MAX_CHARACTERS).map(|c| if c.is_ascii() && !c.is_ascii_control() { c } else { '?' }).collect()
    }
}

/// An address, a URL, or something as long as a token.
fn tells_too_much(word: &str) -> bool {
    let longest = word.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).map(str::len).max();
    word.contains('@') || word.contains("://") || longest.is_some_and(|length| length > LONGEST_WORD)
}

/// Every occurrence replaced by `***`, whatever the case of its ASCII letters.
fn replaced(text: &str, hidden: &str) -> String {
    let (lower, hidden) = (text.to_ascii_lowercase(), hidden.to_ascii_lowercase());
    let mut result = String::with_capacity(text.len());
    let mut end = 0;
    for (start, found) in lower.match_indices(&hidden) {
        result.push_str(text.get(end..start).unwrap_or_default());
        result.push_str("***");
        end = start + found.len();
    }
    result.push_str(text.get(end..).unwrap_or_default());
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::mails;

    #[test]
    fn server_texts_are_kept_without_recipients() {
        let redaction = Redaction::of(&mails::verify_address("John.Doe@acme.com"));
        for (text, expected) in [
            ("5.1.1 mailbox unavailable", "5.1.1 mailbox unavailable"),
            ("5.1.1 <john.doe@ACME.com>: no such user", "5.1.1 <***>: no such user"),
            ("no user john.doe here", "no user *** here"),
            ("rcpt john.doe+x@acme.com; ok", "rcpt *** ok"),
            ("bad link https://accounts.example.com/l/abc in mail", "bad link *** in mail"),
            ("code 7F3KQ2ZD refused", "code *** refused"),
            ("token AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA?", "token ***"),
            ("one\r\ntwo\x1b[31m\0 \u{202E}three", "one two?[31m? ?three"),
        ] {
            assert_eq!(redaction.apply(text), expected, "{text:?}");
        }
        assert_eq!(redaction.apply(&"word ".repeat(1000)).len(), MAX_CHARACTERS);
    }

    #[test]
    fn non_ascii_addresses_are_found_too() {
        let redaction = Redaction::of(&mails::verify_address("j\u{F6}rg@b\u{FC}cher.example"));
        assert_eq!(redaction.apply("no j\u{F6}rg, <J\u{F6}rg@xn--bcher-kva.example>"), "no ***, <***>");
    }
}
