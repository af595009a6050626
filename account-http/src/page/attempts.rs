//! What the registering browser keeps of its attempts.

use std::time::Duration;

use account_core::id::RegistrationId;
use account_core::verification_token::SecretToken;
use poem::Response;

use crate::cookie::{CONTINUATIONS, CookieStyle};

/// Most attempts that a browser keeps; older ones fall off.
const MAX_ATTEMPTS: usize = 5;
/// How long a browser keeps them: as long as a registration lasts by default.
pub(super) const ATTEMPTS_LIFETIME: Duration = Duration::from_hours(24);
/// Stands between attempts. It occurs neither in a UUID nor in base64url.
const SEPARATOR: char = '~';

/// The attempts of a browser, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attempts(Vec<(RegistrationId, SecretToken)>);

impl Attempts {
    /// Reads the cookie's value; what is no attempt in it counts for nothing.
    pub(super) fn parse(text: &str) -> Self {
        let pairs = text.split(SEPARATOR).filter_map(|pair| {
            let (id, continuation) = pair.split_once('.')?;
            Some((id.parse().ok()?, SecretToken::parse(continuation)?))
        });
        Self(pairs.take(MAX_ATTEMPTS).collect())
    }

    /// The continuation of a registration.
    pub(super) fn find(&self, id: RegistrationId) -> Option<&SecretToken> {
        self.0.iter().find(|(held, _)| *held == id).map(|(_, continuation)| continuation)
    }

    /// All continuations, newest first.
    pub(super) fn continuations(&self) -> Vec<SecretToken> {
        self.0.iter().map(|(_, continuation)| continuation.clone()).collect()
    }

    /// The attempts with one more.
    pub(super) fn with(&self, id: RegistrationId, continuation: SecretToken) -> Self {
        let Self(mut all) = self.without(id);
        all.insert(0, (id, continuation));
        all.truncate(MAX_ATTEMPTS);
        Self(all)
    }

    /// The attempts without that one.
    pub(super) fn without(&self, id: RegistrationId) -> Self {
        Self(self.0.iter().filter(|(held, _)| *held != id).cloned().collect())
    }

    /// Has the browser keep these attempts.
    pub(super) fn keep(&self, style: CookieStyle, response: &mut Response) {
        let pairs: Vec<_> =
            self.0.iter().map(|(id, continuation)| format!("{id}.{}", *continuation.expose())).collect();
        let lifetime = if pairs.is_empty() { Duration::ZERO } else { ATTEMPTS_LIFETIME };
        style.set(response, CONTINUATIONS, &pairs.join(&SEPARATOR.to_string()), Some(lifetime));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_cookie_keeps_what_can_be_read_of_it() {
        let id = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";
        let good = format!("{id}.{}", "A".repeat(43));
        for (text, count) in [
            (String::new(), 0),
            (good.clone(), 1),
            (format!("x~{good}~{id}.short~.~"), 1),
            ([good.as_str(); 9].join("~"), 5),
            ("~".repeat(9_000), 0),
        ] {
            assert_eq!(Attempts::parse(&text).continuations().len(), count, "{text}");
        }
    }
}
