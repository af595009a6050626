//! Private keys that everybody knows, for signing in tests, and keys that must be refused.

/// RSA with 2048 bits, PKCS#8.
pub const RSA_PKCS8: &str = include_str!("keys/rsa.pem");
/// The same, PKCS#1.
pub const RSA_PKCS1: &str = include_str!("keys/rsa-pkcs1.pem");
/// Its public key as OpenSSL writes it, in Base64.
pub const RSA_PUBLIC: &str = include_str!("keys/rsa.pub");
/// Ed25519, as OpenSSL writes it: PKCS#8 without the public key.
pub const ED25519: &str = include_str!("keys/ed25519.pem");
/// Its public key by OpenSSL, in Base64.
pub const ED25519_PUBLIC: &str = include_str!("keys/ed25519.pub");
/// RSA with 1024 bits: too short.
pub const RSA_1024: &str = include_str!("keys/rsa-1024.pem");
/// An elliptic curve that DKIM has not.
pub const EC_P256: &str = include_str!("keys/ec-p256.pem");
/// A key under a passphrase.
pub const ENCRYPTED: &str = include_str!("keys/encrypted.pem");
