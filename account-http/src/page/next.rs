//! Where a person goes on after signing in: to a page of this site alone.

use url::form_urlencoded::byte_serialize;

/// Fewer octets than this a way onwards has.
const MAX_OCTETS: usize = 2_048;

/// A way onwards, if it leads to this site whatever browser reads it: a path that begins with one slash, in visible
/// ASCII without a backslash. Browsers read `//` and `/\` as the begin of a host, and drop tabs and line feeds.
pub(super) fn on_this_site(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('/')?;
    let is_plain = text.bytes().all(|octet| octet.is_ascii_graphic() && octet != b'\\');
    (text.len() < MAX_OCTETS && !rest.starts_with('/') && is_plain).then_some(text)
}

/// The page to sign in on that leads back to an address afterwards.
pub(super) fn sign_in(back: &str, has_ended: bool) -> String {
    let ended = if has_ended { "&ended=1" } else { "" };
    let next: String = byte_serialize(back.as_bytes()).collect();
    format!("/authenticate/sign-in?next={next}{ended}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_ways_onwards() {
        for good in ["/", "/a", "/a//b", "/a?b=https://c/#d", "/.//a", "/%2F%2Fevil.example.org", "/@b"] {
            assert_eq!(on_this_site(good), Some(good));
        }
        for bad in [
            "",
            "a",
            "//evil.example.org",
            "///evil.example.org",
            "/\\evil.example.org",
            "\\\\evil.example.org",
            "/a\\b",
            "https://evil.example.org/",
            "javascript:alert(1)",
            "/\t/evil.example.org",
            "/a\r\nSet-Cookie: a=b",
            "/a\0",
            "/a b",
            "/\u{e4}",
            "/\u{7f}",
            " /a",
        ] {
            assert_eq!(on_this_site(bad), None, "{bad:?}");
        }
        assert!(on_this_site(&format!("/{}", "a".repeat(2_046))).is_some());
        assert!(on_this_site(&format!("/{}", "a".repeat(2_047))).is_none());
    }

    #[test]
    fn the_way_back_is_one_field_of_the_query() {
        assert_eq!(sign_in("/a?b=c&d", false), "/authenticate/sign-in?next=%2Fa%3Fb%3Dc%26d");
        assert_eq!(sign_in("/a", true), "/authenticate/sign-in?next=%2Fa&ended=1");
    }
}
