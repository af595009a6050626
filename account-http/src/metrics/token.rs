//! The token that metrics are read with.

use std::fmt;

use poem::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

/// Fewest characters of a token, and most.
const LENGTH: std::ops::RangeInclusive<usize> = 32..=512;

/// The token that metrics are read with, as its digest: comparing digests tells nobody how much of a guess was right.
#[derive(Clone, PartialEq, Eq)]
pub struct MetricsToken([u8; 32]);

impl MetricsToken {
    /// Reads a token; `None` unless it is 32 to 512 characters that a header can have.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_token = LENGTH.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_token.then(|| Self(Sha256::digest(text).into()))
    }

    /// Whether a request bears it (RFC 6750, 2.1).
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
