//! Cookies: their names and attributes.

use std::sync::Arc;
use std::time::Duration;

use poem::Response;
use poem::http::{HeaderMap, HeaderValue, header};

/// The secret of a browser, which its form tokens are derived from.
pub(crate) const CSRF: &str = "csrf";
/// Registrations that were made in this browser, with their continuations.
pub(crate) const CONTINUATIONS: &str = "continuations";
/// The device tokens of the accounts that were signed in to from this browser.
pub(crate) const DEVICES: &str = "devices";
/// The language that was chosen for the pages in this browser.
pub(crate) const LANGUAGE: &str = "language";
/// What shows that this browser went to a provider, and where its person goes on afterwards.
pub(crate) const FLOW: &str = "flow";
/// The name of the provider that was used last in this browser.
pub(crate) const PROVIDER: &str = "provider";
/// The session.
pub(crate) const SESSION: &str = "session";

/// How cookies are written: with the `__Host-` prefix and `Secure` on https (RFC 6265bis, 4.1.3.2), by their plain
/// name elsewhere. Below a path their names end in it: services that share a host are sent each other's cookies, because
/// the prefix requires `Path=/`.
#[derive(Debug, Clone)]
pub(crate) struct CookieStyle {
    is_https: bool,
    ending: Arc<str>,
}

impl CookieStyle {
    /// The style of a service below this path: empty, or parts of letters, digits, `-` and `_`, each after a slash.
    pub(crate) fn new(is_https: bool, path: &str) -> Self {
        // A name has no slash (RFC 6265, 4.1.1), and the path no dot. `/shop/eu` is `-shop.eu`.
        let ending = path.strip_prefix('/').map_or_else(String::new, |path| format!("-{}", path.replace('/', ".")));
        Self { is_https, ending: ending.into() }
    }

    /// Returns the name of a cookie as browsers know it.
    pub(crate) fn name(&self, name: &str) -> String {
        format!("{}{name}{}", if self.is_https { "__Host-" } else { "" }, self.ending)
    }

    /// Returns the value of a cookie; the first if there are several.
    pub(crate) fn find<'a>(&self, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
        let name = self.name(name);
        // Read as bytes: cookies of other applications on this host may contain anything.
        let pairs = headers.get_all(header::COOKIE).into_iter().flat_map(|line| line.as_bytes().split(|o| *o == b';'));
        pairs.filter_map(|pair| std::str::from_utf8(pair).ok()).find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then_some(value)
        })
    }

    /// Sets a cookie. Without a lifetime it lasts until the browser is closed.
    pub(crate) fn set(&self, response: &mut Response, name: &str, value: &str, lifetime: Option<Duration>) {
        let name = self.name(name);
        let secure = if self.is_https { "; Secure" } else { "" };
        let max_age = lifetime.map(|lifetime| format!("; Max-Age={}", lifetime.as_secs())).unwrap_or_default();
        let cookie = format!("{name}={value}; Path=/{secure}; HttpOnly; SameSite=Lax{max_age}");
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
        assert_eq!(CookieStyle::new(true, "").find(&headers, CSRF), Some("held"));
        assert_eq!(CookieStyle::new(false, "").find(&headers, CSRF), Some("plain"));
        assert_eq!(CookieStyle::new(true, "").find(&headers, SESSION), None);
    }

    #[test]
    fn services_on_one_host_have_cookies_of_their_own() {
        let names =
            ["", "/shop", "/shop/eu", "/shop-eu", "/shop_eu"].map(|path| CookieStyle::new(true, path).name(SESSION));
        assert_eq!(
            names,
            [
                "__Host-session",
                "__Host-session-shop",
                "__Host-session-shop.eu",
                "__Host-session-shop-eu",
                "__Host-session-shop_eu"
            ]
        );
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("session=a; session-shop=b; session-shop.eu=c"));
        for (path, value) in [("", "a"), ("/shop", "b"), ("/shop/eu", "c")] {
            assert_eq!(CookieStyle::new(false, path).find(&headers, SESSION), Some(value));
        }
        assert_eq!(CookieStyle::new(false, "/other").find(&headers, SESSION), None);
    }
}
