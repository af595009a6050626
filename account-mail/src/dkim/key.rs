//! Keys: parsing, signing, and the records to publish.

use std::fmt;

use base64ct::{Base64, Encoding};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::rsa;
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::{Error as PemError, PemObject};

/// `SEQUENCE { OBJECT IDENTIFIER rsaEncryption, NULL }` (RFC 8017, A.1).
const RSA_ENCRYPTION: &[u8] = &[0x30, 13, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1, 5, 0];

const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 3;

/// The algorithm of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DkimAlgorithm {
    /// `rsa-sha256`, which every verifier supports.
    Rsa {
        /// Size of the key.
        bits: usize,
    },
    /// `ed25519-sha256` (RFC 8463): short and fast, but not supported by every verifier.
    Ed25519,
}

impl fmt::Display for DkimAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits } => write!(f, "RSA with {bits} bits"),
            Self::Ed25519 => f.write_str("Ed25519"),
        }
    }
}

/// Why a key is refused. Contains nothing of the key.
#[derive(Debug, thiserror::Error)]
pub enum DkimKeyError {
    /// The file cannot be read.
    #[error("cannot read the file: {0}")]
    Unreadable(std::io::Error),
    /// The file is too large for a key.
    #[error("the file is too large for a private key")]
    TooLarge,
    /// It contains no readable key.
    #[error("the file has no unencrypted private key in PEM format (`BEGIN PRIVATE KEY` or `BEGIN RSA PRIVATE KEY`)")]
    NoKey,
    /// It contains more than one key.
    #[error("the file contains more than one private key")]
    SeveralKeys,
    /// It is a key with another algorithm.
    #[error("unsupported key algorithm: DKIM uses RSA and Ed25519")]
    Algorithm,
    /// The key is damaged, too short or too long.
    #[error("invalid RSA key ({0}): it must be complete and have 2048 to 4096 bits")]
    Rsa(String),
}

/// A private key.
pub(crate) enum Key {
    Rsa(Box<rsa::KeyPair>),
    Ed25519(Ed25519KeyPair),
}

/// Signing failed; another attempt may succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot sign the email")]
pub(crate) struct SignError;

impl Key {
    /// The one key in it: PKCS#8 or PKCS#1.
    pub(crate) fn from_pem(pem: &[u8]) -> Result<Self, DkimKeyError> {
        let mut keys = PrivateKeyDer::pem_slice_iter(pem);
        let Some(Ok(key)) = keys.next() else {
            return Err(DkimKeyError::NoKey);
        };
        match keys.next() {
            None | Some(Err(PemError::NoItemsFound)) => {}
            Some(_) => return Err(DkimKeyError::SeveralKeys),
        }
        match &key {
            PrivateKeyDer::Pkcs1(key) => Self::rsa(rsa::KeyPair::from_der(key.secret_pkcs1_der())),
            // OpenSSL writes Ed25519 keys without their public half: there is nothing to check it against.
            PrivateKeyDer::Pkcs8(key) => match Ed25519KeyPair::from_pkcs8_maybe_unchecked(key.secret_pkcs8_der()) {
                Ok(pair) => Ok(Self::Ed25519(pair)),
                Err(_) => Self::rsa(rsa::KeyPair::from_pkcs8(key.secret_pkcs8_der())),
            },
            _ => Err(DkimKeyError::Algorithm),
        }
    }

    fn rsa(read: Result<rsa::KeyPair, ring::error::KeyRejected>) -> Result<Self, DkimKeyError> {
        match read {
            Ok(pair) => Ok(Self::Rsa(Box::new(pair))),
            Err(reason) if reason.to_string() == "WrongAlgorithm" => Err(DkimKeyError::Algorithm),
            Err(reason) => Err(DkimKeyError::Rsa(reason.to_string())),
        }
    }

    pub(crate) fn algorithm(&self) -> DkimAlgorithm {
        match self {
            Self::Rsa(pair) => DkimAlgorithm::Rsa { bits: pair.public().modulus_len() * 8 },
            Self::Ed25519(_) => DkimAlgorithm::Ed25519,
        }
    }

    /// The text of the record that publishes it.
    pub(crate) fn record(&self) -> String {
        let name = match self {
            Self::Rsa(_) => "rsa",
            Self::Ed25519(_) => "ed25519",
        };
        format!("v=DKIM1; k={name}; p={}", self.public_key())
    }

    /// What records have in `p=`: an RSA key with its algorithm (`SubjectPublicKeyInfo`, as everybody publishes it,
    /// RFC 6376 errata 3017), an Ed25519 key bare (RFC 8463, 4.2).
    pub(crate) fn public_key(&self) -> String {
        match self {
            Self::Rsa(pair) => {
                let bits = [&[0], pair.public().as_ref()].concat();
                let info = [RSA_ENCRYPTION, &der(BIT_STRING, &bits)].concat();
                Base64::encode_string(&der(SEQUENCE, &info))
            }
            Self::Ed25519(pair) => Base64::encode_string(pair.public_key().as_ref()),
        }
    }

    /// Signs what a verifier will have put together.
    pub(crate) fn sign(&self, input: &[u8]) -> Result<Vec<u8>, SignError> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                let signed = pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input, &mut signature);
                signed.map(|()| signature).map_err(|_| SignError)
            }
            // The digest is what is signed (RFC 8463, 3).
            Self::Ed25519(pair) => Ok(pair.sign(&sha256(input)).as_ref().to_vec()),
        }
    }
}

/// SHA-256.
pub(super) fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

/// One value in DER.
fn der(tag: u8, value: &[u8]) -> Vec<u8> {
    let length: Vec<u8> = value.len().to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    let mut der = vec![tag];
    // From 128 on, the length stands behind its own length.
    if value.len() >= 128 {
        der.extend(u8::try_from(length.len()).map(|count| 0x80 | count));
    }
    der.extend(length);
    der.extend(value);
    der
}
