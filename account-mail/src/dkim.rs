//! Signatures on emails (DKIM, RFC 6376; Ed25519 by RFC 8463).
//!
//! An email is signed when it is complete: the bytes that are sent, after the check in [`crate::wire`]. lettre's own
//! signing works on its header map, which keeps one header per name, so an email could not have two signatures. The
//! cryptography is ring's; this module implements the format of RFC 6376.

mod canonical;
pub(crate) mod key;
mod signature;

use crate::config::{DkimSettings, DkimSigner};
use canonical::{Field, fields};
pub(crate) use key::SignError;
use signature::Unsigned;

/// Headers that are signed one time more than they occur, so that adding or changing one breaks the signature (RFC
/// 6376, section 8.15). No server on the way has a reason to do so.
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

/// Prepends a signature by every key to the email. The same email gets the same signatures.
///
/// `at` is the email's date in seconds since 1970. The email's lines MUST end in CRLF.
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

/// Returns a header `DKIM-Signature` with its CRLF.
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
        // Verifiers use the headers with a name from the last to the first (RFC 6376, section 5.4.2).
        for field in fields.iter().rev().filter(|field| field.has_name(name)) {
            input.extend(field.canonical());
            input.extend(b"\r\n");
        }
    }
    input.extend(Field::of(unsigned.as_str().as_bytes()).canonical());
    let value = signer.key.0.sign(&input)?;
    Ok(unsigned.with(&value))
}

/// Splits an email into header and body, without the empty line between them.
fn parts(mail: &[u8]) -> (&[u8], &[u8]) {
    let end = mail.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    end.and_then(|at| Some((mail.get(..at + 2)?, mail.get(at + 4..)?))).unwrap_or((mail, &[]))
}

#[cfg(test)]
mod tests;
