//! The secret shared with an endpoint, and signing with it.

use std::fmt;
use std::str::FromStr;

use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The prefix of every secret.
const PREFIX: &str = "whsec_";
/// The allowed lengths of a secret in bytes.
const LENGTHS: std::ops::RangeInclusive<usize> = 24..=64;

/// A secret: `whsec_` and base64 of 24 to 64 bytes. It prints as `WebhookSecret(..)`.
#[derive(Clone)]
pub struct WebhookSecret {
    /// Filled up with zeros to what SHA-256 takes at a time, as HMAC itself does (RFC 2104, 2).
    key: Zeroizing<[u8; 64]>,
}

/// The text is not a valid secret. Contains nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a secret: expected `whsec_` and base64 of 24 to 64 bytes")]
pub struct WebhookSecretError;

impl FromStr for WebhookSecret {
    type Err = WebhookSecretError;

    fn from_str(text: &str) -> Result<Self, WebhookSecretError> {
        let encoded = text.strip_prefix(PREFIX).ok_or(WebhookSecretError)?;
        let bytes = Zeroizing::new(Base64::decode_vec(encoded).map_err(|_| WebhookSecretError)?);
        if !LENGTHS.contains(&bytes.len()) {
            return Err(WebhookSecretError);
        }
        let mut key = Zeroizing::new([0; 64]);
        for (place, byte) in key.iter_mut().zip(&*bytes) {
            *place = *byte;
        }
        Ok(Self { key })
    }
}

impl WebhookSecret {
    /// The signature `v1,..` of a message: HMAC-SHA256 over its id, the seconds since 1970 and its body, joined by dots.
    pub(super) fn sign(&self, id: &str, seconds: i64, body: &str) -> String {
        let mut mac = <Hmac<Sha256> as KeyInit>::new((&*self.key).into());
        for part in [id, ".", &seconds.to_string(), ".", body] {
            mac.update(part.as_bytes());
        }
        format!("v1,{}", Base64::encode_string(&mac.finalize().into_bytes()))
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the libraries of the Standard Webhooks and the pages of its authors test with.
    #[test]
    fn published_signatures_are_reproduced() {
        for (secret, id, seconds, body, signature) in [
            (
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                r#"{"test": 2432232314}"#,
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            ),
            (
                "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
                "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
                1_649_367_553,
                r#"{"email":"test@example.com","username":"test_user"}"#,
                "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
            ),
        ] {
            let secret: WebhookSecret = secret.parse().unwrap();
            assert_eq!(secret.sign(id, seconds, body), signature);
        }
    }

    #[test]
    fn secrets_have_a_prefix_and_24_to_64_bytes() {
        for length in [24, 32, 64] {
            let text = format!("whsec_{}", Base64::encode_string(&vec![7; length]));
            assert!(text.parse::<WebhookSecret>().is_ok(), "{length}");
        }
        for length in [0, 16, 23, 65] {
            let text = format!("whsec_{}", Base64::encode_string(&vec![7; length]));
            assert!(text.parse::<WebhookSecret>().is_err(), "{length}");
        }
        for text in ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS\n"] {
            assert!(text.parse::<WebhookSecret>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_secret_is_never_printed() {
        let secret: WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
        assert_eq!(format!("{secret:?}"), "WebhookSecret(..)");
    }
}
