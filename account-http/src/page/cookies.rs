//! The pages' cookies: their names and attributes, and what the registering browser keeps of its attempts.

use std::time::Duration;

use account_core::id::RegistrationId;
use account_core::verification_token::SecretToken;
use poem::Response;
use poem::http::{HeaderMap, HeaderValue, header};

/// The secret that a browser's form tokens are made of.
pub(super) const CSRF: &str = "csrf";
/// Registrations that were made in this browser, with their continuations.
pub(super) const CONTINUATIONS: &str = "continuations";
/// The session.
pub(super) const SESSION: &str = "session";

/// Most attempts that a browser keeps; older ones fall off.
const MAX_ATTEMPTS: usize = 5;
/// How long a browser keeps them: as long as a registration lasts by default.
pub(super) const ATTEMPTS_LIFETIME: Duration = Duration::from_hours(24);
/// Stands between attempts. It occurs neither in a UUID nor in base64url.
const SEPARATOR: char = '~';

/// How cookies are written: with the `__Host-` prefix and `Secure` on https (RFC 6265bis, 4.1.3.2), by their plain
/// name elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct CookieStyle {
    pub(super) is_https: bool,
}

impl CookieStyle {
    fn prefix(self) -> &'static str {
        if self.is_https { "__Host-" } else { "" }
    }

    /// The value that the request carries; the first, should there be several.
    pub(super) fn find<'a>(self, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
        let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        all.flat_map(|line| line.split(';')).find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key.strip_prefix(self.prefix()) == Some(name)).then_some(value)
        })
    }

    /// Sets a cookie; without a lifetime it ends with the browser.
    pub(super) fn set(self, response: &mut Response, name: &str, value: &str, lifetime: Option<Duration>) {
        let prefix = self.prefix();
        let secure = if self.is_https { "; Secure" } else { "" };
        let max_age = lifetime.map(|lifetime| format!("; Max-Age={}", lifetime.as_secs())).unwrap_or_default();
        let cookie = format!("{prefix}{name}={value}; Path=/{secure}; HttpOnly; SameSite=Lax{max_age}");
        if let Ok(mut cookie) = HeaderValue::try_from(cookie) {
            cookie.set_sensitive(true);
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
}

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
    fn only_the_prefixed_cookie_counts_on_https() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("csrf=plain; a=b"));
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-csrf=held; __Host-csrf=second"));
        assert_eq!(CookieStyle { is_https: true }.find(&headers, CSRF), Some("held"));
        assert_eq!(CookieStyle { is_https: false }.find(&headers, CSRF), Some("plain"));
        assert_eq!(CookieStyle { is_https: true }.find(&headers, SESSION), None);
    }

    #[test]
    fn a_damaged_cookie_keeps_what_can_be_read_of_it() {
        let id = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";
        let good = format!("{id}.{}", "A".repeat(43));
        for (text, count) in [
            (String::new(), 0),
            (good.clone(), 1),
            (format!("x~{good}~{id}.short~.~"), 1),
            (vec![good.as_str(); 9].join("~"), 5),
            ("~".repeat(9_000), 0),
        ] {
            assert_eq!(Attempts::parse(&text).continuations().len(), count, "{text}");
        }
    }
}
