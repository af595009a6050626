//! The bearer token for reading metrics.

use std::fmt;

use poem::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

/// Minimum and maximum length of a token, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 32..=512;

/// The digest of the bearer token for reading metrics. Comparing digests does not reveal how much of a guess was right.
#[derive(Clone, PartialEq, Eq)]
pub struct MetricsToken([u8; 32]);

impl MetricsToken {
    /// Parses a token; `None` unless it has 32 to 512 characters that are valid in a header.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_token = LENGTH.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_token.then(|| Self(Sha256::digest(text).into()))
    }

    /// Returns whether a request has the token (RFC 6750, section 2.1).
    pub(super) fn is_borne(&self, headers: &HeaderMap) -> bool {
        let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let given = value.and_then(|value| value.split_once(' '));
        given.is_some_and(|(scheme, token)| {
            scheme.eq_ignore_ascii_case("bearer") && Self::parse(token.trim()).as_ref() == Some(self)
        })
    }
}

impl fmt::Debug for MetricsToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MetricsToken(..)")
    }
}
