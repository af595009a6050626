//! Tokens signed as they should be, and all the ways in which they are not.

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::json;

use super::*;

const PAYLOAD: &str = r#"{"sub":"1"}"#;

fn base64(bytes: impl AsRef<[u8]>) -> String {
    Base64UrlUnpadded::encode_string(bytes.as_ref())
}

/// A key pair on P-256.
struct Signer(EcdsaKeyPair);

impl Signer {
    fn new() -> Self {
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        Self(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pair.as_ref(), &random).unwrap())
    }

    fn published(&self, id: &str) -> Value {
        let point = self.0.public_key().as_ref();
        json!({"kty": "EC", "crv": "P-256", "kid": id, "use": "sig", "x": base64(&point[1..33]), "y": base64(&point[33..])})
    }

    fn sign(&self, header: &Value) -> String {
        let signed = format!("{}.{}", base64(header.to_string()), base64(PAYLOAD));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", base64(signature))
    }
}

fn key_set(keys: &[Value]) -> KeySet {
    KeySet::parse(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

fn check(token: &str, keys: &KeySet) -> Result<String, TokenError> {
    Ok(SignedToken::parse(token)?.verified_by(keys)?["sub"].as_str().unwrap().to_owned())
}

#[test]
fn a_token_is_verified_with_the_key_that_it_names() {
    let (signer, other) = (Signer::new(), Signer::new());
    let keys = key_set(&[other.published("b"), signer.published("a"), json!({"kty": "oct", "kid": "c", "k": "AA"})]);
    assert_eq!(keys.len(), 2);
    let token = signer.sign(&json!({"alg": "ES256", "kid": "a", "typ": "JWT"}));
    assert_eq!(check(&token, &keys).as_deref(), Ok("1"));
    for (header, expected) in [
        (json!({"alg": "ES256", "kid": "b"}), TokenError::Signature),
        (json!({"alg": "ES256", "kid": "z"}), TokenError::UnknownKey),
        (json!({"alg": "ES256"}), TokenError::UnknownKey),
        (json!({"alg": "RS256", "kid": "a"}), TokenError::UnknownKey),
        (json!({"alg": "none", "kid": "a"}), TokenError::Algorithm),
        (json!({"alg": "None", "kid": "a"}), TokenError::Algorithm),
        (json!({"alg": "HS256", "kid": "a"}), TokenError::Algorithm),
        (json!({"alg": "ES256", "kid": "a", "crit": ["exp"]}), TokenError::Algorithm),
        (json!({"kid": "a"}), TokenError::Malformed),
    ] {
        assert_eq!(check(&signer.sign(&header), &keys), Err(expected), "{header}");
    }
}

#[test]
fn a_key_that_the_token_brings_along_counts_for_nothing() {
    let (signer, stranger) = (Signer::new(), Signer::new());
    let header =
        json!({"alg": "ES256", "kid": "a", "jwk": stranger.published("a"), "jku": "https://evil.example/keys"});
    assert_eq!(check(&stranger.sign(&header), &key_set(&[signer.published("a")])), Err(TokenError::Signature));
}

#[test]
fn the_only_key_needs_no_name() {
    let signer = Signer::new();
    let token = signer.sign(&json!({"alg": "ES256"}));
    assert_eq!(check(&token, &key_set(&[signer.published("a")])).as_deref(), Ok("1"));
}

#[test]
fn a_key_is_used_for_its_own_purpose_and_algorithm_only() {
    let signer = Signer::new();
    let token = signer.sign(&json!({"alg": "ES256", "kid": "a"}));
    for (member, value) in [("use", "enc"), ("alg", "ES384"), ("alg", "HS256"), ("crv", "P-384"), ("x", "AA")] {
        let mut key = signer.published("a");
        key[member] = value.into();
        assert_eq!(check(&token, &key_set(&[key])), Err(TokenError::UnknownKey), "{member} {value}");
    }
}

#[test]
fn every_other_spelling_of_a_token_is_refused() {
    let signer = Signer::new();
    let keys = key_set(&[signer.published("a")]);
    let token = signer.sign(&json!({"alg": "ES256", "kid": "a"}));
    let (content, signature) = token.rsplit_once('.').unwrap();
    let (header, payload) = content.split_once('.').unwrap();
    let forged = base64(r#"{"sub":"2"}"#);
    for (text, expected) in [
        (format!("{header}.{forged}.{signature}"), TokenError::Signature),
        (format!("{content}."), TokenError::Signature),
        (content.to_owned(), TokenError::Malformed),
        (format!("{token}="), TokenError::Malformed),
        (format!("{token}.x"), TokenError::Malformed),
        (format!(" {token}"), TokenError::Malformed),
        (format!("{header}.{}.{signature}", base64("[]")), TokenError::Malformed),
        (String::new(), TokenError::Malformed),
        (format!("{header}.{}.{signature}", payload.repeat(2_000)), TokenError::Malformed),
    ] {
        assert_eq!(check(&text, &keys), Err(expected), "{text:.80}");
    }
}

#[test]
fn ed25519_is_accepted_too() {
    let pair = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(pair.as_ref()).unwrap();
    let keys =
        key_set(&[json!({"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": base64(pair.public_key().as_ref())})]);
    let signed = format!("{}.{}", base64(r#"{"alg":"EdDSA"}"#), base64(PAYLOAD));
    let token = format!("{signed}.{}", base64(pair.sign(signed.as_bytes())));
    assert_eq!(check(&token, &keys).as_deref(), Ok("1"));
}

/// Made with OpenSSL: `openssl genrsa 2048`, `openssl dgst -sha256 -sign`, for PS256 with a salt of 32 bytes.
#[test]
fn rsa_is_accepted_with_both_paddings() {
    let key = json!({"kty": "RSA", "kid": "r", "e": "AQAB", "n": "0ivbQJouhYSq2H8aT-reo4LV35kmwziC1KA0dCgymAA5qkKcDyEl5hA21SYA5BVVhLCvBpq3pZGbBYSD_RoLd2Z5aTo9UNGF-Poj8bcvlFhekmBBWxh1yOr7OVyt3I2MMrR9WCcHmb59p21RVMxv409FFVCevLVTGC-5AZXdiyOnSqDA7140RJEtP2ffBFrajoDeOSV398e40CA6Ohb2m2ibyUElSSzkJGKn2r5MXmDR3Iw6FIGRe2rrX_oUwTKZxiVEaRwikUZoMmLpk7b6Io99J5EHVTYsDRgA999bnIp3vPqfsXFfNgvyCocEVZ0jj8l5heFE7CQ8vhgkw7dhlw"});
    let with_zero = json!({"kty": "RSA", "kid": "r", "e": "AAEAAQ", "n": "ANIr20CaLoWEqth_Gk_q3qOC1d-ZJsM4gtSgNHQoMpgAOapCnA8hJeYQNtUmAOQVVYSwrwaat6WRmwWEg_0aC3dmeWk6PVDRhfj6I_G3L5RYXpJgQVsYdcjq-zlcrdyNjDK0fVgnB5m-fadtUVTMb-NPRRVQnry1UxgvuQGV3Ysjp0qgwO9eNESRLT9n3wRa2o6A3jkld_fHuNAgOjoW9ptom8lBJUks5CRip9q-TF5g0dyMOhSBkXtq61_6FMEymcYlRGkcIpFGaDJi6ZO2-iKPfSeRB1U2LA0YAPffW5yKd7z6n7FxXzYL8gqHBFWdI4_JeYXhROwkPL4YJMO3YZc"});
    for token in [
        "eyJhbGciOiJSUzI1NiIsImtpZCI6InIifQ.eyJzdWIiOiIxIn0.rDNoV4Y19CNv0puEkzUbXB4_L1Gp5e54LkZv-UUetgevipVDtFo0q_rIld3yrIyQcvdl7otbTpoXDysdqzL1rFzs9V3J0HcBqz-juGr83yQQ-Kpnes_D_Y5a25weXJ_ns70Tn9k1ont0RYxE8zb7jGJl5ZKgjO1Rbvq3QNG0kj9cOV0OvJAfV81nchbKMt5_1HTjMb7l-7HZgPFzSVYGBYfSSA0Dcq38QAUXBUjDuWbL_eu49nzcnJMp6ctDyApk3pYF4n2X8waOYpIiBEbB2j7rxZtRl_5zAFL7ic4HLe434O5ubRqXyK1dHvXrjanVTShR3D2vbC2yPy-lFIxkGg",
        "eyJhbGciOiJQUzI1NiIsImtpZCI6InIifQ.eyJzdWIiOiIxIn0.TzG8qVEVP57uaDVNaHFuYhOD3D-KgfQKLmboNMqyhM6ZHiDFjDuqMjae3vL6_-TL7W4lt772e-tpVVobsivdIqG-YD1s_SCtdaOg3LXZh2FNy9ID0LDFeM3GVIybJ8Ct-A7JVig2nj0qpP-NB3sjvPB7lWojf4VFXKCtCpIWj3lrw0ggXdIKiiDeByycMeMVGG8dbFxgS-b6FpU02vJn0YWkPsGto11it-EGXvBGBkgVFMmOnudXUOlsIYoh-k0cTtIKRNGzKuAa8NGJv-mmQ6bKwa-Sf1cTBX6K1eN0i7TwjrqE0QvZnPfFv0ObEme5BvYgQ_6attEJ7-m82cKvSw",
    ] {
        assert_eq!(check(token, &key_set(std::slice::from_ref(&key))).as_deref(), Ok("1"));
        assert_eq!(check(token, &key_set(std::slice::from_ref(&with_zero))).as_deref(), Ok("1"));
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let changed = format!("{signed}.{}", signature.replace(['a', 'b'], "c"));
        assert_eq!(check(&changed, &key_set(std::slice::from_ref(&key))), Err(TokenError::Signature));
    }
}
