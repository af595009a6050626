//! Signing as providers do.

use base64ct::{Base64UrlUnpadded, Encoding};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use super::json::part;

/// A key pair on P-256.
pub(super) struct Signer {
    pair: EcdsaKeyPair,
    id: &'static str,
}

impl Signer {
    pub(super) fn new(id: &'static str) -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random);
        Self { pair: pair.expect("a key"), id }
    }

    /// The key as it is published.
    pub(super) fn published(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        let half = |from: usize, to: usize| Base64UrlUnpadded::encode_string(point.get(from..to).unwrap_or_default());
        json!({"kty": "EC", "crv": "P-256", "use": "sig", "kid": self.id, "x": half(1, 33), "y": half(33, 65)})
    }

    /// A token with these claims.
    pub(super) fn sign(&self, claims: &Value) -> String {
        let signed = format!("{}.{}", part(&json!({"alg": "ES256", "kid": self.id, "typ": "JWT"})), part(claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).expect("a signature");
        format!("{signed}.{}", Base64UrlUnpadded::encode_string(signature.as_ref()))
    }
}

/// The challenge of a PKCE verifier (RFC 7636, 4.2).
pub(super) fn challenge(verifier: &str) -> String {
    Base64UrlUnpadded::encode_string(digest(&SHA256, verifier.as_bytes()).as_ref())
}
