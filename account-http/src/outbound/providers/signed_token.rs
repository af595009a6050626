//! Signed tokens in compact form (RFC 7515, 3.1), and the keys that providers publish for them (RFC 7517).

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use base64ct::{Base64UrlUnpadded, Encoding};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Maximum length of a token, in bytes.
const MAX_TOKEN: usize = 16 * 1_024;
/// Maximum number of keys that a provider can publish.
const MAX_KEYS: usize = 100;
/// Length of a coordinate of a point on P-256, in bytes.
const COORDINATE: usize = 32;
/// What introduces a point with both coordinates (SEC 1, 2.3.3).
const UNCOMPRESSED: u8 = 4;

/// An algorithm whose signatures are accepted. Neither `none` nor those with a shared secret are among them: a public
/// key that is taken for a secret would let everybody sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    Rs256,
    Ps256,
    Es256,
    EdDsa,
}

impl Algorithm {
    const ALL: [Self; 4] = [Self::Rs256, Self::Ps256, Self::Es256, Self::EdDsa];

    /// Its name (RFC 7518, 3.1; RFC 8037).
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }

    pub(super) fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }
}

/// Why a token is not what it says. Contains nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It is not three parts in base64url, of which the first two are JSON objects.
    #[error("not a signed token")]
    Malformed,
    /// Its algorithm is not accepted, or has a condition that nobody here knows (`crit`).
    #[error("signed with an algorithm that is not accepted")]
    Algorithm,
    /// No published key has its id.
    #[error("signed with a key that is not published")]
    UnknownKey,
    /// The signature is not by that key.
    #[error("the signature is wrong")]
    Signature,
}

/// A token whose signature has not been checked yet.
pub(super) struct SignedToken<'t> {
    algorithm: Algorithm,
    key_id: Option<String>,
    /// What is signed: header and payload as they were sent.
    signed: &'t str,
    payload: Map<String, Value>,
    signature: Vec<u8>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    crit: Option<Value>,
}

impl<'t> SignedToken<'t> {
    /// Parses a token. Keys and addresses of keys in its header (`jwk`, `jku`, `x5c`, `x5u`) are ignored.
    pub(super) fn parse(text: &'t str) -> Result<Self, TokenError> {
        if text.len() > MAX_TOKEN {
            return Err(TokenError::Malformed);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(TokenError::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenError::Malformed)?;
        let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| TokenError::Malformed)?;
        let algorithm = Algorithm::by_name(&header.alg).filter(|_| header.crit.is_none());
        let algorithm = algorithm.ok_or(TokenError::Algorithm)?;
        let payload = serde_json::from_slice(&decode(payload)?).map_err(|_| TokenError::Malformed)?;
        Ok(Self { algorithm, key_id: header.kid, signed, payload, signature: decode(signature)? })
    }

    /// Returns the claims, if one of these keys signed them.
    pub(super) fn verified_by(self, keys: &KeySet) -> Result<Map<String, Value>, TokenError> {
        let key = keys.find(self.algorithm, self.key_id.as_deref()).ok_or(TokenError::UnknownKey)?;
        if key.has_signed(self.algorithm, self.signed.as_bytes(), &self.signature) {
            Ok(self.payload)
        } else {
            Err(TokenError::Signature)
        }
    }
}

/// Decodes base64url without padding; other spellings of the same bytes are refused.
fn decode(text: &str) -> Result<Vec<u8>, TokenError> {
    Base64UrlUnpadded::decode_vec(text).map_err(|_| TokenError::Malformed)
}

/// The keys that a provider publishes, without those that nothing here is signed with.
#[derive(Debug)]
pub(super) struct KeySet {
    keys: Vec<Key>,
}

#[derive(Debug)]
struct Key {
    id: Option<String>,
    /// The one algorithm that it is for, if it says so.
    algorithm: Option<Algorithm>,
    material: Material,
}

#[derive(Debug)]
enum Material {
    Rsa { modulus: Vec<u8>, exponent: Vec<u8> },
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
}

#[derive(Deserialize)]
struct PublishedKeys {
    keys: Vec<BTreeMap<String, Value>>,
}

impl KeySet {
    /// Parses a key set; `None` if it is none, or too large. Keys of other kinds are left out.
    pub(super) fn parse(body: &[u8]) -> Option<Self> {
        let published: PublishedKeys = serde_json::from_slice(body).ok()?;
        if published.keys.len() > MAX_KEYS {
            return None;
        }
        Some(Self { keys: published.keys.iter().filter_map(Key::of).collect() })
    }

    /// How many keys there are.
    pub(super) const fn len(&self) -> usize {
        self.keys.len()
    }

    /// Returns the key for an algorithm. A token that names no key can only mean the one that there is (OpenID Connect
    /// Core 1.0, 10.1).
    fn find(&self, algorithm: Algorithm, id: Option<&str>) -> Option<&Key> {
        let mut fitting =
            self.keys.iter().filter(|key| key.is_for(algorithm) && (id.is_none() || key.id.as_deref() == id));
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => Some(key),
            _ => None,
        }
    }
}

impl Key {
    /// Returns a published key; `None` if it is not for signatures that are accepted.
    fn of(published: &BTreeMap<String, Value>) -> Option<Self> {
        let text = |name: &str| published.get(name).and_then(Value::as_str);
        let bytes = |name: &str| Base64UrlUnpadded::decode_vec(text(name)?).ok();
        if text("use").is_some_and(|purpose| purpose != "sig") {
            return None;
        }
        let algorithm = match text("alg") {
            None => None,
            Some(name) => Some(Algorithm::by_name(name)?),
        };
        let material = match (text("kty")?, text("crv")) {
            ("RSA", _) => Material::Rsa { modulus: bytes("n")?, exponent: bytes("e")? },
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes("x")?, bytes("y")?);
                if x.len() != COORDINATE || y.len() != COORDINATE {
                    return None;
                }
                Material::P256(std::iter::once(UNCOMPRESSED).chain(x).chain(y).collect())
            }
            ("OKP", Some("Ed25519")) => Material::Ed25519(bytes("x")?),
            _ => return None,
        };
        Some(Self { id: text("kid").map(str::to_owned), algorithm, material })
    }

    fn is_for(&self, algorithm: Algorithm) -> bool {
        let fits = matches!(
            (algorithm, &self.material),
            (Algorithm::Rs256 | Algorithm::Ps256, Material::Rsa { .. })
                | (Algorithm::Es256, Material::P256(_))
                | (Algorithm::EdDsa, Material::Ed25519(_))
        );
        fits && self.algorithm.is_none_or(|only| only == algorithm)
    }

    fn has_signed(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let checked = match &self.material {
            Material::Rsa { modulus, exponent } => {
                // ring refuses leading zeros, which some publish.
                let strip = |number: &[u8]| number.iter().copied().skip_while(|&byte| byte == 0).collect::<Vec<_>>();
                let key = RsaPublicKeyComponents { n: strip(modulus), e: strip(exponent) };
                let parameters = match algorithm {
                    Algorithm::Ps256 => &RSA_PSS_2048_8192_SHA256,
                    _ => &RSA_PKCS1_2048_8192_SHA256,
                };
                key.verify(parameters, message, signature)
            }
            Material::P256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature),
            Material::Ed25519(key) => UnparsedPublicKey::new(&ED25519, key).verify(message, signature),
        };
        checked.is_ok()
    }
}
