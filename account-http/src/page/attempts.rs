//! What the registering browser keeps of its attempts.

use std::time::Duration;

use account_core::id::RegistrationId;
use account_core::one_time_token::SecretToken;
use account_core::timestamp::Timestamp;
use poem::Response;

use crate::cookie::{CONTINUATIONS, CookieStyle};

/// Most attempts that a browser keeps; older ones fall off.
const MAX_ATTEMPTS: usize = 5;
/// Stands between attempts. It occurs neither in a UUID nor in base64url nor in a number.
const SEPARATOR: char = '~';

/// The attempts of a browser, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attempts(Vec<Attempt>);

/// A registration that was made in a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Attempt {
    id: RegistrationId,
    continuation: SecretToken,
    /// When it ends, in whole seconds since 1970.
    ends_at: i64,
}

fn seconds(moment: Timestamp) -> i64 {
    moment.unix_micros().div_euclid(1_000_000)
}

impl Attempt {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (id, continuation, ends_at) = (parts.next()?, parts.next()?, parts.next()?);
        let continuation = SecretToken::parse(continuation)?;
        Some(Self { id: id.parse().ok()?, continuation, ends_at: ends_at.parse().ok()? })
    }
}

impl Attempts {
    /// Reads the cookie's value; what is no attempt in it counts for nothing.
    pub(super) fn parse(text: &str) -> Self {
        Self(text.split(SEPARATOR).filter_map(Attempt::parse).take(MAX_ATTEMPTS).collect())
    }

    /// The continuation of a registration.
    pub(super) fn find(&self, id: RegistrationId) -> Option<&SecretToken> {
        self.0.iter().find(|held| held.id == id).map(|held| &held.continuation)
    }

    /// All of them with their continuations, newest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (RegistrationId, &SecretToken)> {
        self.0.iter().map(|held| (held.id, &held.continuation))
    }

    /// All continuations, newest first.
    pub(super) fn continuations(&self) -> Vec<SecretToken> {
        self.0.iter().map(|held| held.continuation.clone()).collect()
    }

    /// The attempts with one more.
    pub(super) fn with(&self, id: RegistrationId, continuation: SecretToken, ends_at: Timestamp) -> Self {
        let Self(mut all) = self.without(id);
        all.insert(0, Attempt { id, continuation, ends_at: seconds(ends_at) });
        all.truncate(MAX_ATTEMPTS);
        Self(all)
    }

    /// The attempts without that one.
    pub(super) fn without(&self, id: RegistrationId) -> Self {
        Self(self.0.iter().filter(|held| held.id != id).cloned().collect())
    }

    /// The attempts, that one ending at another moment.
    pub(super) fn ending(&self, id: RegistrationId, ends_at: Timestamp) -> Self {
        let mut all = self.clone();
        for held in all.0.iter_mut().filter(|held| held.id == id) {
            held.ends_at = seconds(ends_at);
        }
        all
    }

    /// Has the browser keep these attempts, until the last of them ends.
    pub(super) fn keep(&self, style: &CookieStyle, response: &mut Response, now: Timestamp) {
        let pairs: Vec<_> =
            self.0.iter().map(|held| format!("{}.{}.{}", held.id, *held.continuation.expose(), held.ends_at)).collect();
        let last = self.0.iter().map(|held| held.ends_at).max().unwrap_or_default();
        let left = u64::try_from(last.saturating_sub(seconds(now))).unwrap_or_default();
        style.set(response, CONTINUATIONS, &pairs.join(&SEPARATOR.to_string()), Some(Duration::from_secs(left)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_cookie_keeps_what_can_be_read_of_it() {
        let id = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";
        let good = format!("{id}.{}.1700000000", "A".repeat(43));
        for (text, count) in [
            (String::new(), 0),
            (good.clone(), 1),
            (format!("x~{good}~{id}.short.1~.~{good}9x"), 1),
            (good.replace("17", "-17"), 1),
            ([good.as_str(); 9].join("~"), 5),
            ("~".repeat(9_000), 0),
        ] {
            assert_eq!(Attempts::parse(&text).continuations().len(), count, "{text}");
        }
    }

    #[test]
    fn the_cookie_lasts_until_the_last_attempt_ends() {
        let now = Timestamp::from_unix_micros(1_700_000_000_500_000);
        let [one, other] = ["0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f", "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e40"];
        let token = || SecretToken::parse(&"A".repeat(43)).unwrap();
        let attempts = Attempts::default().with(one.parse().unwrap(), token(), now + Duration::from_hours(2));
        let attempts = attempts.with(other.parse().unwrap(), token(), now + Duration::from_hours(1));
        let max_age = |attempts: &Attempts, now| {
            let mut response = Response::builder().finish();
            attempts.keep(&CookieStyle::new(true, ""), &mut response, now);
            let cookie = response.headers().get("set-cookie").unwrap().to_str().unwrap().to_owned();
            cookie.rsplit_once("Max-Age=").unwrap().1.to_owned()
        };
        assert_eq!(max_age(&attempts, now), "7200");
        assert_eq!(max_age(&attempts.without(one.parse().unwrap()), now), "3600");
        assert_eq!(max_age(&attempts.ending(other.parse().unwrap(), now + Duration::from_hours(3)), now), "10800");
        assert_eq!(max_age(&attempts, now + Duration::from_hours(9)), "0");
        assert_eq!(max_age(&Attempts::default(), now), "0");
    }
}
