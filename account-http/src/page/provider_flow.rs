//! What a browser keeps while its person is at a provider.

use account_core::one_time_token::SecretToken;
use url::form_urlencoded::{byte_serialize, parse};

/// Stands between the parts of the cookie. It occurs neither in base64url nor in what is encoded for a form.
const SEPARATOR: char = '~';

/// What shows that a browser went to a provider.
pub(super) struct Flow {
    /// Shows that it is the browser that began.
    pub(super) browser: SecretToken,
    /// Where the person goes on after signing in, as the cookie has it; empty if nowhere in particular.
    pub(super) next: String,
}

impl Flow {
    /// Reads the cookie's value.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (browser, next) = text.split_once(SEPARATOR).unwrap_or((text, ""));
        let next = parse(next.as_bytes()).next().map(|(next, _)| next.into_owned()).unwrap_or_default();
        Some(Self { browser: SecretToken::parse(browser)?, next })
    }

    /// Writes the cookie's value.
    pub(super) fn write(&self) -> String {
        let next: String = byte_serialize(self.next.as_bytes()).collect();
        format!("{}{SEPARATOR}{next}", *self.browser.expose())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_survives_its_cookie() {
        let browser = SecretToken::parse(&"A".repeat(43)).unwrap();
        for next in ["", "/a?b=c%2Fd&e=~f;", "/\"x\""] {
            let written = Flow { browser: browser.clone(), next: next.to_owned() }.write();
            assert!(written.bytes().all(|byte| byte.is_ascii_graphic() && byte != b';' && byte != b'"'), "{written}");
            assert_eq!(Flow::parse(&written).unwrap().next, next);
        }
        assert_eq!(Flow::parse(&"A".repeat(43)).unwrap().next, "");
        assert!(Flow::parse("x~/a").is_none());
    }
}
