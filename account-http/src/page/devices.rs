//! What a browser keeps of the accounts that were signed in to from it.

use std::time::Duration;

use account_core::session::DeviceToken;
use poem::Response;

use crate::cookie::{CookieStyle, DEVICES};

/// Most accounts that a browser keeps; older ones fall off.
const MAX_DEVICES: usize = 5;
/// Stands between tokens. It does not occur in base64url.
const SEPARATOR: char = '~';
/// How long a browser keeps them: as long as browsers keep cookies at most (RFC 6265bis, 5.5).
const LASTS: Duration = Duration::from_hours(400 * 24);

/// The device tokens of a browser, newest first, one an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Devices(Vec<DeviceToken>);

impl Devices {
    /// Reads the cookie's value; what is no token in it counts for nothing.
    pub(super) fn parse(text: &str) -> Self {
        Self(text.split(SEPARATOR).filter_map(DeviceToken::parse).take(MAX_DEVICES).collect())
    }

    /// All of them, newest first.
    pub(super) fn tokens(&self) -> Vec<DeviceToken> {
        self.0.clone()
    }

    /// The tokens with a new one, which replaces the one of the same account.
    fn with(&self, token: &DeviceToken) -> Self {
        let others = self.0.iter().filter(|held| !held.is_of_same_account(token)).cloned();
        Self(std::iter::once(token.clone()).chain(others).take(MAX_DEVICES).collect())
    }

    /// Has the browser keep a new one with them.
    pub(super) fn keep(&self, token: &DeviceToken, style: &CookieStyle, response: &mut Response) {
        let Self(all) = self.with(token);
        let all: Vec<_> = all.iter().map(DeviceToken::as_str).collect();
        style.set(response, DEVICES, &all.join(&SEPARATOR.to_string()), Some(LASTS));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(account: char, device: char) -> DeviceToken {
        let text = account.to_string().repeat(8) + &device.to_string().repeat(40);
        DeviceToken::parse(&text).unwrap()
    }

    #[test]
    fn a_browser_keeps_one_token_per_account_for_few_accounts() {
        let mut held = Devices::default();
        for account in ['A', 'B', 'C', 'D', 'E', 'F'] {
            held = held.with(&token(account, 'x'));
        }
        let tokens = |pairs: &[(char, char)]| pairs.iter().map(|(account, device)| token(*account, *device)).collect();
        assert_eq!(held, Devices(tokens(&[('F', 'x'), ('E', 'x'), ('D', 'x'), ('C', 'x'), ('B', 'x')])));
        let replaced = Devices(tokens(&[('D', 'y'), ('F', 'x'), ('E', 'x'), ('C', 'x'), ('B', 'x')]));
        assert_eq!(held.with(&token('D', 'y')), replaced);
    }

    #[test]
    fn a_cookie_is_read_as_it_was_written() {
        let mut response = Response::builder().finish();
        Devices(vec![token('A', 'x')]).keep(&token('B', 'y'), &CookieStyle::new(true, ""), &mut response);
        let cookie = response.headers().get("set-cookie").unwrap().to_str().unwrap();
        let (value, attributes) = cookie.split_once(';').unwrap();
        let read = Devices::parse(value.split_once('=').unwrap().1);
        assert_eq!(read, Devices(vec![token('B', 'y'), token('A', 'x')]));
        assert!(attributes.contains("HttpOnly") && attributes.contains("Max-Age=34560000"), "{attributes}");
        assert_eq!(Devices::parse("x~~+"), Devices::default());
    }
}
