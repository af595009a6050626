//! The continuation of a request.

use account_core::one_time_token::SecretToken;

/// A continuation from body or header; the body goes first.
pub(crate) fn continuation(body: Option<String>, header: Option<String>) -> Option<SecretToken> {
    body.or(header).as_deref().and_then(SecretToken::parse)
}
