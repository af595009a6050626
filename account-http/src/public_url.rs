//! The public URL: where people reach the service. Whatever depends on it is made here.

use std::fmt;
use std::str::FromStr;

use url::Url;

use crate::cookie::CookieStyle;

/// Maximum length of the path: every link has it, and every cookie.
const MAX_PATH: usize = 64;

/// Where people reach the service: an origin, and a path if the service shares its host with others. It has no slash at
/// its end, and is never taken from a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    url: Url,
    text: String,
}

/// Why a text is not a public URL. No error repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PublicUrlError {
    /// It is not an absolute web URL, or one that parsers read differently.
    #[error("it is not an `https://` or `http://` URL with a host and without a user name")]
    NotAWebUrl,
    /// It has a query or a fragment.
    #[error("it has a query or a fragment")]
    HasQuery,
    /// Its path would have to be escaped or resolved.
    #[error("its path has something other than letters, digits, `-` and `_` between single slashes")]
    Path,
    /// Its path is too long.
    #[error("its path has more than {MAX_PATH} characters")]
    PathTooLong,
}

impl FromStr for PublicUrl {
    type Err = PublicUrlError;

    /// Accepts only what every parser reads the same way. A slash at the end is dropped.
    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        if text.contains('\\') || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(PublicUrlError::NotAWebUrl);
        }
        // The parser skips further slashes: what follows them would be the host.
        let (_, rest) =
            text.split_once("://").filter(|(_, rest)| !rest.starts_with('/')).ok_or(PublicUrlError::NotAWebUrl)?;
        let url = Url::parse(text).map_err(|_| PublicUrlError::NotAWebUrl)?;
        let is_exact = url.host_str().is_some_and(|host| !host.contains('*'));
        let has_user = !url.username().is_empty() || url.password().is_some();
        if !is_exact || has_user || !matches!(url.scheme(), "http" | "https") {
            return Err(PublicUrlError::NotAWebUrl);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(PublicUrlError::HasQuery);
        }
        // As it was written: the parser has resolved dots and escaped what must be.
        let path = rest.find('/').and_then(|at| rest.get(at + 1..)).unwrap_or_default();
        let path = path.strip_suffix('/').unwrap_or(path);
        let is_plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        if !path.is_empty() && !path.split('/').all(is_plain) {
            return Err(PublicUrlError::Path);
        }
        if path.len() > MAX_PATH {
            return Err(PublicUrlError::PathTooLong);
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        let url = Url::parse(&text).map_err(|_| PublicUrlError::NotAWebUrl)?;
        Ok(Self { url, text })
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl PublicUrl {
    /// Returns it as a text, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns it parsed.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// Returns its path, without a slash at its end: empty if the service has its host for itself.
    #[must_use]
    pub fn path(&self) -> &str {
        self.url.path().trim_end_matches('/')
    }

    /// Returns whether browsers reach the service over https. Then cookies are `Secure` and pages send HSTS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Returns its origin, as browsers send it.
    pub(crate) fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// Returns the address, on this host, of one of the service's own paths.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.path())
    }

    /// Returns how cookies are written.
    pub(crate) fn cookies(&self) -> CookieStyle {
        CookieStyle::new(self.is_https(), self.path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_an_origin_and_a_plain_path() {
        for (text, url, path) in [
            ("https://accounts.example.com", "https://accounts.example.com", ""),
            ("https://accounts.example.com/", "https://accounts.example.com", ""),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", ""),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", ""),
            ("https://B\u{FC}cher.example", "https://xn--bcher-kva.example", ""),
            ("https://example.com/accounts", "https://example.com/accounts", "/accounts"),
            ("https://example.com/accounts/", "https://example.com/accounts", "/accounts"),
            ("https://example.com:443/My-shop/eu_1/", "https://example.com/My-shop/eu_1", "/My-shop/eu_1"),
        ] {
            let parsed: PublicUrl = text.parse().unwrap();
            assert_eq!((parsed.as_str(), parsed.path()), (url, path), "{text}");
            assert_eq!(parsed.address("/l/x"), format!("{path}/l/x"));
            assert_eq!(url.parse(), Ok(parsed), "{text}");
        }
    }

    #[test]
    fn what_parsers_read_differently_is_refused_with_a_reason() {
        let too_long = format!("https://example.com/{}", "a".repeat(65));
        for (text, error) in [
            ("", PublicUrlError::NotAWebUrl),
            ("accounts.example.com", PublicUrlError::NotAWebUrl),
            ("//accounts.example.com", PublicUrlError::NotAWebUrl),
            ("https:accounts.example.com/accounts", PublicUrlError::NotAWebUrl),
            ("https:///accounts", PublicUrlError::NotAWebUrl),
            ("https:////x/y", PublicUrlError::NotAWebUrl),
            ("ftp://accounts.example.com", PublicUrlError::NotAWebUrl),
            ("https://user@accounts.example.com", PublicUrlError::NotAWebUrl),
            ("https://user:secret@accounts.example.com", PublicUrlError::NotAWebUrl),
            ("https://accounts.example.com\\@evil.org", PublicUrlError::NotAWebUrl),
            ("https://accounts.example.com/\r\n", PublicUrlError::NotAWebUrl),
            ("https:// accounts.example.com", PublicUrlError::NotAWebUrl),
            ("https://*.example.com", PublicUrlError::NotAWebUrl),
            ("https://example.com/?q", PublicUrlError::HasQuery),
            ("https://example.com?", PublicUrlError::HasQuery),
            ("https://example.com/accounts?a=b", PublicUrlError::HasQuery),
            ("https://example.com/accounts#f", PublicUrlError::HasQuery),
            ("https://example.com/accounts//", PublicUrlError::Path),
            ("https://example.com//accounts", PublicUrlError::Path),
            ("https://example.com/a/../accounts", PublicUrlError::Path),
            ("https://example.com/./accounts", PublicUrlError::Path),
            ("https://example.com/accounts/..", PublicUrlError::Path),
            ("https://example.com/%61ccounts", PublicUrlError::Path),
            ("https://example.com/a%2Fb", PublicUrlError::Path),
            ("https://example.com/v1.0", PublicUrlError::Path),
            ("https://example.com/f\u{FC}r", PublicUrlError::Path),
            ("https://example.com/a;b", PublicUrlError::Path),
            (&too_long, PublicUrlError::PathTooLong),
        ] {
            assert_eq!(text.parse::<PublicUrl>(), Err(error), "{text:?}");
        }
    }
}
