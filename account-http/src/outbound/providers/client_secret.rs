//! What a client proves to a provider who it is with.

use std::fmt;

use account_core::timestamp::Timestamp;
use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use serde_json::json;
use zeroize::Zeroizing;

/// How long a signed secret can be used, in seconds. Each is used once, at once.
const LIFETIME: i64 = 5 * 60;

/// A client's secret. It prints as `ClientSecret(..)`.
pub enum ClientSecret {
    /// A text that both sides know.
    Shared(Zeroizing<String>),
    /// A key with which a secret is signed each time, as Apple wants it.
    Signed(Box<SigningKey>),
}

/// The key of [`ClientSecret::Signed`].
pub struct SigningKey {
    key: EcdsaKeyPair,
    key_id: String,
    team_id: String,
}

/// The text is not a private key that can sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an EC private key on P-256 in PEM (`-----BEGIN PRIVATE KEY-----`)")]
pub struct SigningKeyError;

/// A secret could not be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot sign the client secret")]
pub struct SigningError;

impl SigningKey {
    /// Reads a private key (PKCS #8 in PEM, as Apple's `AuthKey_*.p8` files are), with the ids of the key and of the team.
    ///
    /// # Errors
    /// [`SigningKeyError`] if it is none.
    pub fn parse(pem: &str, key_id: String, team_id: String) -> Result<Self, SigningKeyError> {
        let inner = pem.trim().strip_prefix("-----BEGIN PRIVATE KEY-----");
        let inner = inner.and_then(|rest| rest.trim_end().strip_suffix("-----END PRIVATE KEY-----"));
        let encoded: String = inner.ok_or(SigningKeyError)?.split_whitespace().collect();
        let encoded = Zeroizing::new(encoded);
        let bytes = Zeroizing::new(Base64::decode_vec(&encoded).map_err(|_| SigningKeyError)?);
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &bytes, &SystemRandom::new());
        Ok(Self { key: key.map_err(|_| SigningKeyError)?, key_id, team_id })
    }

    /// Signs a secret for a client, to be shown to that audience.
    fn sign(&self, client_id: &str, audience: &str, now: Timestamp) -> Result<String, SigningError> {
        let now = now.unix_micros().div_euclid(1_000_000);
        let header = json!({"alg": "ES256", "kid": self.key_id, "typ": "JWT"});
        let payload = json!({
            "iss": self.team_id, "sub": client_id, "aud": audience, "iat": now, "exp": now + LIFETIME,
        });
        let [header, payload] = [header, payload].map(|part| base64(part.to_string().as_bytes()));
        let signed = format!("{header}.{payload}");
        let signature = self.key.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| SigningError)?;
        Ok(format!("{signed}.{}", base64(signature.as_ref())))
    }
}

impl ClientSecret {
    /// Returns the text to send to an issuer.
    pub(super) fn text(
        &self,
        client_id: &str,
        issuer: &str,
        now: Timestamp,
    ) -> Result<Zeroizing<String>, SigningError> {
        match self {
            Self::Shared(text) => Ok(text.clone()),
            Self::Signed(key) => key.sign(client_id, issuer, now).map(Zeroizing::new),
        }
    }
}

fn base64(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret(..)")
    }
}

#[cfg(test)]
mod tests {
    use ring::signature::KeyPair;

    use super::super::signed_token::{KeySet, SignedToken};
    use super::*;

    fn pem(bytes: &[u8]) -> String {
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", Base64::encode_string(bytes))
    }

    #[test]
    fn a_signed_secret_names_team_client_and_audience() {
        let random = SystemRandom::new();
        let generated = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, generated.as_ref(), &random).unwrap();
        let key = SigningKey::parse(&pem(generated.as_ref()), "KEY".to_owned(), "TEAM".to_owned()).unwrap();
        let secret = ClientSecret::Signed(Box::new(key));
        let now = Timestamp::from_unix_micros(1_800_000_000_900_000);
        let text = secret.text("org.example", "https://appleid.apple.com", now).unwrap();
        let point = pair.public_key().as_ref();
        let published = json!({"keys": [{
            "kty": "EC", "crv": "P-256", "kid": "KEY", "x": base64(&point[1..33]), "y": base64(&point[33..]),
        }]});
        let keys = KeySet::parse(published.to_string().as_bytes()).unwrap();
        let claims = SignedToken::parse(&text).unwrap().verified_by(&keys).unwrap();
        let expected = json!({
            "iss": "TEAM", "sub": "org.example", "aud": "https://appleid.apple.com", "iat": 1_800_000_000,
            "exp": 1_800_000_300,
        });
        assert_eq!(serde_json::Value::Object(claims), expected);
        assert_eq!(format!("{secret:?}"), "ClientSecret(..)");
    }

    /// Made with OpenSSL: `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`.
    #[test]
    fn a_key_of_another_program_is_read() {
        let text = OPENSSL_KEY;
        for pem in [text.to_owned(), text.replace('\n', "\r\n"), format!("\n{text}\n\n")] {
            assert!(SigningKey::parse(&pem, String::new(), String::new()).is_ok());
        }
    }

    #[test]
    fn other_texts_are_not_keys() {
        for text in
            ["", "secret", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----"]
        {
            assert!(SigningKey::parse(text, String::new(), String::new()).is_err(), "{text}");
        }
    }

    const OPENSSL_KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgn1wuWxWk3oflePbK\n\
        YbknIp0xa5APaN9X5iLXcp19HRChRANCAASNd4JOVgXsosHPWD1ONR/7cfb7t6i/\n\
        8xXt5p0jDRR3J/wSqG40SHBRW4Ik5SzzzDxbZ4q0DlP7A9/ELMyNmrft\n\
        -----END PRIVATE KEY-----\n";
}
