//! Cookies: their names and attributes.

use std::time::Duration;

use poem::Response;
use poem::http::{HeaderMap, HeaderValue, header};

/// The secret of a browser, which its form tokens are derived from.
pub(crate) const CSRF: &str = "csrf";
/// Registrations that were made in this browser, with their continuations.
pub(crate) const CONTINUATIONS: &str = "continuations";
/// The device tokens of the accounts that were signed in to from this browser.
pub(crate) const DEVICES: &str = "devices";
/// The session.
pub(crate) const SESSION: &str = "session";

/// How cookies are written: with the `__Host-` prefix and `Secure` on https (RFC 6265bis, 4.1.3.2), by their plain
/// name elsewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CookieStyle {
    pub(crate) is_https: bool,
}

impl CookieStyle {
    fn prefix(self) -> &'static str {
        if self.is_https { "__Host-" } else { "" }
    }

    /// Returns the value of a cookie; the first if there are several.
    pub(crate) fn find<'a>(self, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
        // Read as bytes: cookies of other applications on this host may contain anything.
        let pairs = headers.get_all(header::COOKIE).into_iter().flat_map(|line| line.as_bytes().split(|o| *o == b';'));
        pairs.filter_map(|pair| std::str::from_utf8(pair).ok()).find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key.strip_prefix(self.prefix()) == Some(name)).then_some(value)
        })
    }

    /// Sets a cookie. Without a lifetime it lasts until the browser is closed.
    pub(crate) fn set(self, response: &mut Response, name: &str, value: &str, lifetime: Option<Duration>) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_prefixed_cookie_counts_on_https() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_bytes(b"x=\xE4; csrf=plain; a=b").unwrap());
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-csrf=held; __Host-csrf=second"));
        assert_eq!(CookieStyle { is_https: true }.find(&headers, CSRF), Some("held"));
        assert_eq!(CookieStyle { is_https: false }.find(&headers, CSRF), Some("plain"));
        assert_eq!(CookieStyle { is_https: true }.find(&headers, SESSION), None);
    }
}
