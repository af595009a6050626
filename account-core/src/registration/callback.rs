//! Callback URLs: where a person is sent after verification.

use url::{Host, Url};

use crate::field_limits::CALLBACK_URL;
use crate::violation::Rule;

/// The origins (scheme, host, port) that callback URLs may have. If empty, no callback URL is allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallbackOrigins(Vec<url::Origin>);

/// A configured text is not an origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an origin: only scheme, host and port, with https unless the host is loopback")]
pub struct CallbackOriginError(String);

impl CallbackOrigins {
    /// Parses a list of origins such as `https://portal.example.com`.
    ///
    /// # Errors
    /// [`CallbackOriginError`] with the first text that is not an origin.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, CallbackOriginError> {
        let origins = texts.into_iter().map(|text| {
            let url = Url::parse(text).ok().filter(is_acceptable);
            url.filter(|url| url.path() == "/" && url.query().is_none())
                .map(|url| url.origin())
                .ok_or_else(|| CallbackOriginError(text.to_owned()))
        });
        origins.collect::<Result<_, _>>().map(Self)
    }

    /// Parses a callback URL and checks that its origin is on the list. Returns the URL in normal form; it is never
    /// fetched.
    ///
    /// # Errors
    /// [`Rule::TooLong`], [`Rule::Malformed`] (also for user information, a fragment, backslashes, control characters,
    /// or a scheme other than https) or [`Rule::OriginNotAllowed`].
    pub fn check(&self, text: &str) -> Result<String, Rule> {
        CALLBACK_URL.core.check_max(text)?;
        // The URL standard would accept and repair these; the next reader may repair them differently.
        if text.contains('\\') || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(Rule::Malformed);
        }
        let url = Url::parse(text).ok().filter(is_acceptable).ok_or(Rule::Malformed)?;
        if self.0.contains(&url.origin()) { Ok(url.into()) } else { Err(Rule::OriginNotAllowed) }
    }
}

fn is_acceptable(url: &Url) -> bool {
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    is_plain && (url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url)))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins() -> CallbackOrigins {
        CallbackOrigins::parse(["https://portal.example.com", "http://127.0.0.1:3000"]).unwrap()
    }

    #[test]
    fn urls_of_a_registered_origin_are_taken() {
        for text in
            ["https://portal.example.com/welcome?a=b", "https://PORTAL.example.com:443/", "http://127.0.0.1:3000/x"]
        {
            assert!(origins().check(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn other_origins_are_refused() {
        for text in [
            "https://evil.example.com/",
            "https://portal.example.com.evil.org/",
            "https://portal.example.com:8443/",
            "http://127.0.0.1:3001/",
            "https://127.0.0.1:3000/",
        ] {
            assert_eq!(origins().check(text), Err(Rule::OriginNotAllowed), "{text}");
        }
    }

    #[test]
    fn ambiguous_urls_are_refused() {
        for text in [
            "http://portal.example.com/",
            "https://portal.example.com@evil.org/",
            "https://user:pw@portal.example.com/",
            "https://portal.example.com\\@evil.org/",
            "https:\\\\portal.example.com",
            "https://portal.example.com/#fragment",
            "https://portal.example.com/\r\nSet-Cookie: a",
            "https://portal.example.com/ x",
            "javascript:alert(1)",
            "//portal.example.com/",
            "",
        ] {
            assert_eq!(origins().check(text), Err(Rule::Malformed), "{text:?}");
        }
    }

    #[test]
    fn configured_origins_are_origins_only() {
        for text in ["https://a.org/path", "http://a.org", "a.org", "https://u@a.org", "https://a.org/?q"] {
            assert!(CallbackOrigins::parse([text]).is_err(), "{text}");
        }
    }
}
