//! The header `DKIM-Signature` (RFC 6376, 3.5).

use base64ct::{Base64, Encoding};

use crate::config::{DkimAlgorithm, DkimSigner, MailDomain};

/// How long a signature is valid: an email is retried until the link in it expires, at most 30 days after its date; a
/// server on the way may keep it for five days (RFC 5321, section 4.5.4.1); the rest is for wrong clocks.
const LIFETIME_SECONDS: u64 = 40 * 24 * 60 * 60;

/// The width of lines.
const WIDTH: usize = 76;

/// The header without the signature's value, which is its end.
pub(super) struct Unsigned(String);

impl Unsigned {
    pub(super) fn new(signer: &DkimSigner, domain: &MailDomain, names: &[&str], body_hash: &[u8], at: u64) -> Self {
        let algorithm = match signer.key.algorithm() {
            DkimAlgorithm::Rsa { .. } => "rsa-sha256",
            DkimAlgorithm::Ed25519 => "ed25519-sha256",
        };
        let (domain, selector) = (domain.as_str(), signer.selector.as_str());
        let mut text = format!(
            "DKIM-Signature: v=1; a={algorithm}; c=relaxed/relaxed;\r\n d={domain}; s={selector};\r\n t={at}; x={};\r\n ",
            at + LIFETIME_SECONDS
        );
        push_names(&mut text, names);
        text.push_str("\r\n bh=");
        text.push_str(&Base64::encode_string(body_hash));
        text.push_str(";\r\n b=");
        Self(text)
    }

    /// What is signed beside the headers: the field without a line end.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The whole field with its line end.
    pub(super) fn with(self, signature: &[u8]) -> String {
        let Self(mut text) = self;
        let mut column = 3;
        for c in Base64::encode_string(signature).chars() {
            if column == WIDTH {
                text.push_str("\r\n ");
                column = 1;
            }
            text.push(c);
            column += 1;
        }
        text.push_str("\r\n");
        text
    }
}

/// `h=From:From:To;`, folded behind colons.
fn push_names(text: &mut String, names: &[&str]) {
    let mut column = 1;
    for (number, name) in names.iter().enumerate() {
        let is_last = number + 1 == names.len();
        let piece = format!("{}{name}{}", if number == 0 { "h=" } else { "" }, if is_last { ";" } else { ":" });
        if column + piece.len() > WIDTH {
            text.push_str("\r\n ");
            column = 1;
        }
        column += piece.len();
        text.push_str(&piece);
    }
}
