//! What a provider can do wrong.

use serde_json::{Value, json};

use super::json::{part, with, without};
use super::signing::Signer;

/// What a provider does wrong. Faults of endpoints name the end of their path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// It answers with that status.
    Status(&'static str, u16),
    /// It never answers.
    Slow(&'static str),
    /// It answers with a megabyte.
    Huge(&'static str),
    /// It sends on.
    Redirect(&'static str),
    /// Its document names another issuer.
    DiscoveryOfAnother,
    /// An address in its document is one of a private network that a public provider has no business in.
    PrivateAddress,
    /// The answer names another issuer (RFC 9207).
    AnswerOfAnother,
    /// The answer names no issuer, although the document says that it does.
    AnswerOfNobody,
    /// There is no ID token.
    NoIdToken,
    /// The ID token says that it is not signed.
    AlgorithmNone,
    /// The ID token is signed with a public key as a shared secret.
    SharedSecret,
    /// The signature is missing.
    NoSignature,
    /// The signature is by somebody else, who uses the same key id.
    StrangersKey,
    /// A claim has another value.
    Claim(&'static str, &'static str),
    /// The ID token has expired.
    Expired,
    /// The ID token is from the future.
    FromTheFuture,
    /// The user info is empty.
    NoUserInfo,
    /// The user info is about somebody else.
    UserInfoOfAnother,
}

impl Fault {
    pub(super) fn in_discovery(self, document: Value) -> Value {
        match self {
            Self::DiscoveryOfAnother => with(document, "issuer", "https://evil.example".into()),
            Self::PrivateAddress => with(document, "token_endpoint", "http://8.8.8.8/token".into()),
            _ => document,
        }
    }

    pub(super) fn in_answer(self, issuer: &str) -> Option<String> {
        match self {
            Self::AnswerOfAnother => Some("https://evil.example".to_owned()),
            Self::AnswerOfNobody => None,
            _ => Some(issuer.to_owned()),
        }
    }

    pub(super) fn in_claims(self, claims: Value, now: i64) -> Value {
        match self {
            Self::Claim(name, "") => without(claims, name),
            Self::Claim(name, value) => with(claims, name, value.into()),
            Self::Expired => with(claims, "exp", (now - 120).into()),
            Self::FromTheFuture => with(claims, "iat", (now + 120).into()),
            _ => claims,
        }
    }

    pub(super) fn in_user_info(self, about: Value) -> Value {
        match self {
            Self::NoUserInfo => json!({}),
            Self::UserInfoOfAnother => with(about, "sub", "somebody-else".into()),
            _ => about,
        }
    }

    pub(super) fn sign(self, claims: &Value, signer: &Signer, stranger: &Signer) -> String {
        let unsigned =
            |algorithm: &str| format!("{}.{}", part(&json!({"alg": algorithm, "kid": "key-1"})), part(claims));
        match self {
            Self::AlgorithmNone => format!("{}.", unsigned("none")),
            Self::SharedSecret => format!("{}.c2lnbmF0dXJl", unsigned("HS256")),
            Self::NoSignature => format!("{}.", unsigned("ES256")),
            Self::StrangersKey => stranger.sign(claims),
            _ => signer.sign(claims),
        }
    }
}
