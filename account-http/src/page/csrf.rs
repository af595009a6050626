//! Telling our own forms from forms that another site made the browser send.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use account_core::one_time_token::SecretToken;
use base64ct::{Base64UrlUnpadded, Encoding};

/// Bytes of a browser's secret.
const SECRET_BYTES: usize = 32;

/// Makes and checks the token in a form that belongs to the browser's cookie (OWASP cheat sheet on CSRF: signed double
/// submit). What the browser says of the request is checked beside it ([`crate::own_origin::OwnOrigin`]).
pub(super) struct FormGuard {
    mac: Hmac<Sha256>,
}

impl FormGuard {
    pub(super) fn new(key: &[u8; 32]) -> Self {
        // HMAC fills short keys up with zeros itself (RFC 2104): this is the same key.
        let mut block = [0; 64];
        for (to, from) in block.iter_mut().zip(key) {
            *to = *from;
        }
        Self { mac: <Hmac<Sha256> as KeyInit>::new((&block).into()) }
    }

    /// A browser's secret, for its cookie.
    pub(super) fn make_secret() -> Result<String, getrandom::Error> {
        let mut bytes = [0; SECRET_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Base64UrlUnpadded::encode_string(&bytes))
    }

    /// Whether a cookie's value can be such a secret.
    pub(super) fn is_secret(text: &str) -> bool {
        SecretToken::parse(text).is_some()
    }

    /// The token that stands in the forms of the browser with that secret.
    pub(super) fn token(&self, secret: &str) -> String {
        let mac = self.mac.clone().chain_update(secret.as_bytes());
        Base64UrlUnpadded::encode_string(&mac.finalize().into_bytes())
    }

    /// Whether a token belongs to a browser's secret; compared in constant time.
    pub(super) fn is_token_of(&self, secret: &str, token: &str) -> bool {
        let Ok(bytes) = Base64UrlUnpadded::decode_vec(token) else { return false };
        self.mac.clone().chain_update(secret.as_bytes()).verify_slice(&bytes).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard() -> FormGuard {
        FormGuard::new(&[7; 32])
    }

    #[test]
    fn a_token_belongs_to_one_secret_and_one_key() {
        let [one, other] = [(); 2].map(|()| FormGuard::make_secret().unwrap());
        let token = guard().token(&one);
        assert!(guard().is_token_of(&one, &token));
        assert!(!guard().is_token_of(&other, &token));
        assert!(!FormGuard::new(&[8; 32]).is_token_of(&one, &token));
        for wrong in ["", "A", &token[1..], &token[..20], &format!("{token}A"), &one] {
            assert!(!guard().is_token_of(&one, wrong), "{wrong}");
        }
    }
}
