//! Signatures on mails (DKIM, RFC 6376; Ed25519 by RFC 8463).
//!
//! A mail is signed when it is whole: the bytes that go out, behind the guard of [`crate::wire`]. lettre's own signing
//! works on its header map, which keeps one header of a name, so that two signatures cannot stand in one mail. The
//! cryptography is ring's; what is here is RFC 6376's text about it.

mod canonical;
pub(crate) mod key;
mod signature;

use crate::config::{DkimSettings, DkimSigner};
use canonical::{Field, fields};
pub(crate) use key::SignError;
use signature::Unsigned;

/// Headers that are signed once more often than they are there: anyone who adds one, or another one, breaks the
/// signature (RFC 6376, 8.15). Nobody between us and the mailbox has a reason to.
const SIGNED: &[&str] = &[
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Auto-Submitted",
    "Content-Language",
    "List-Id",
    "List-Help",
    "List-Owner",
    "List-Archive",
    "List-Post",
    "List-Subscribe",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// Puts a signature of every key before the mail. The same mail gets the same signatures.
///
/// `at` is the mail's date in seconds since 1970. The mail's lines MUST end in CRLF.
pub(crate) fn sign(mail: &[u8], settings: &DkimSettings, at: u64) -> Result<Vec<u8>, SignError> {
    let (header, body) = parts(mail);
    let fields = fields(header);
    let body_hash = key::sha256(&canonical::body(body));
    let mut signed = Vec::with_capacity(mail.len() + 1024 * settings.signers.len());
    for signer in &settings.signers {
        signed.extend(signature(signer, settings, &fields, &body_hash, at)?.into_bytes());
    }
    signed.extend_from_slice(mail);
    Ok(signed)
}

/// One header `DKIM-Signature`, CRLF and all.
fn signature(
    signer: &DkimSigner,
    settings: &DkimSettings,
    fields: &[Field<'_>],
    body_hash: &[u8],
    at: u64,
) -> Result<String, SignError> {
    let names = SIGNED.iter().flat_map(|name| {
        let there = fields.iter().filter(|field| field.has_name(name)).count();
        std::iter::repeat_n(*name, there + 1)
    });
    let names: Vec<_> = names.collect();
    let unsigned = Unsigned::new(signer, &settings.domain, &names, body_hash, at);
    let mut input = Vec::new();
    for name in SIGNED {
        // Verifiers take the headers of a name from the last one up (RFC 6376, 5.4.2).
        for field in fields.iter().rev().filter(|field| field.has_name(name)) {
            input.extend(field.canonical());
            input.extend(b"\r\n");
        }
    }
    input.extend(Field::of(unsigned.as_str().as_bytes()).canonical());
    let value = signer.key.0.sign(&input)?;
    Ok(unsigned.with(&value))
}

/// Header and body; the empty line between them belongs to neither.
fn parts(mail: &[u8]) -> (&[u8], &[u8]) {
    let end = mail.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    end.and_then(|at| Some((mail.get(..at + 2)?, mail.get(at + 4..)?))).unwrap_or((mail, &[]))
}

#[cfg(test)]
mod tests;
