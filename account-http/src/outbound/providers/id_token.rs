//! The rules for ID tokens (OpenID Connect Core 1.0, 3.1.3.7).

#[cfg(test)]
mod tests;

use account_core::provider::Trust;
use account_core::timestamp::Timestamp;
use serde_json::{Map, Value};

use super::signed_token::TokenError;

/// How far the provider's clock may differ from ours, in seconds.
const LEEWAY: i64 = 60;
/// How old a token may be, in seconds: it was made when the code was redeemed, a moment ago.
const MAX_AGE: i64 = 10 * 60;

/// Why an ID token is refused. Contains nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdTokenError {
    /// It is not signed as it must be.
    #[error("the ID token is not the provider's")]
    Token(#[from] TokenError),
    /// The provider sent none.
    #[error("there is no ID token")]
    Missing,
    /// A claim is missing or wrong.
    #[error("the claim `{0}` of the ID token is missing or wrong")]
    Claim(&'static str),
    /// It has expired.
    #[error("the ID token has expired")]
    Expired,
    /// It is older than it can be, or from the future.
    #[error("the ID token is not from now")]
    NotNow,
    /// The person should have signed in at the provider just now, and did not.
    #[error("the person did not sign in there again")]
    NotAskedAgain,
}

impl IdTokenError {
    /// What is wrong, for logs.
    pub(super) fn why(self) -> &'static str {
        match self {
            Self::Token(TokenError::Malformed) => "the ID token is not a signed token",
            Self::Token(TokenError::Algorithm) => "the ID token is signed with an algorithm that is not accepted",
            Self::Token(TokenError::UnknownKey) => "the ID token is signed with a key that is not published",
            Self::Token(TokenError::Signature) => "the signature of the ID token is wrong",
            Self::Missing => "no ID token",
            Self::Claim("iss") => "the ID token has another issuer",
            Self::Claim("aud" | "azp") => "the ID token is for another client",
            Self::Claim("nonce") => "the ID token has another nonce",
            Self::Claim(_) => "a claim of the ID token is missing or wrong",
            Self::Expired => "the ID token has expired",
            Self::NotNow => "the ID token is not from now",
            Self::NotAskedAgain => "the person did not sign in there again",
        }
    }
}

/// What an ID token must say.
pub(super) struct Expected<'e> {
    pub(super) trust: &'e Trust,
    pub(super) client_id: &'e str,
    pub(super) nonce: &'e str,
    pub(super) now: Timestamp,
    /// Whether the person had to sign in at the provider just now.
    pub(super) asked_again: bool,
}

/// Checks the claims of a token whose signature is right.
pub(super) fn check(claims: &Map<String, Value>, expected: &Expected<'_>) -> Result<(), IdTokenError> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let tenant = text("tid").filter(|tenant| uuid::Uuid::try_parse(tenant).is_ok());
    if !text("iss").is_some_and(|issuer| expected.trust.accepts_issuer(issuer, tenant)) {
        return Err(IdTokenError::Claim("iss"));
    }
    check_audience(claims, expected.client_id)?;
    if text("nonce") != Some(expected.nonce) {
        return Err(IdTokenError::Claim("nonce"));
    }
    let now = expected.now.unix_micros().div_euclid(1_000_000);
    let seconds = |name: &'static str| claims.get(name).and_then(seconds).ok_or(IdTokenError::Claim(name));
    if seconds("exp")?.saturating_add(LEEWAY) <= now {
        return Err(IdTokenError::Expired);
    }
    let age = now.saturating_sub(seconds("iat")?);
    if !(-LEEWAY..=MAX_AGE + LEEWAY).contains(&age) {
        return Err(IdTokenError::NotNow);
    }
    if claims.contains_key("nbf") && seconds("nbf")? > now.saturating_add(LEEWAY) {
        return Err(IdTokenError::NotNow);
    }
    // Providers that do not say when the person signed in do not know the question either.
    if expected.asked_again && claims.contains_key("auth_time") && now.saturating_sub(seconds("auth_time")?) > MAX_AGE {
        return Err(IdTokenError::NotAskedAgain);
    }
    Ok(())
}

/// The token must be for us alone: other audiences would hold a token with which they could pass for our people.
fn check_audience(claims: &Map<String, Value>, client_id: &str) -> Result<(), IdTokenError> {
    let is_ours = match claims.get("aud") {
        Some(Value::String(audience)) => audience == client_id,
        Some(Value::Array(audiences)) => matches!(&**audiences, [Value::String(audience)] if audience == client_id),
        _ => false,
    };
    if !is_ours {
        return Err(IdTokenError::Claim("aud"));
    }
    match claims.get("azp") {
        None => Ok(()),
        Some(party) if party.as_str() == Some(client_id) => Ok(()),
        Some(_) => Err(IdTokenError::Claim("azp")),
    }
}

/// A number of seconds since 1970; some providers send fractions.
#[expect(clippy::cast_possible_truncation, reason = "numbers beyond the limits saturate, and fractions do not matter")]
fn seconds(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
}
