//! Where a person goes on after signing in: to a page of this site alone.

use url::form_urlencoded::byte_serialize;

use super::form::Fields;
use super::paths::SIGN_IN;

/// Fewer bytes than this a way onwards has.
const MAX_BYTES: usize = 2_048;

/// A way onwards, if it leads to this site whatever browser reads it: a path that begins with one slash, in visible
/// ASCII without a backslash. Browsers read `//` and `/\` as the begin of a host, and drop tabs and line feeds.
pub(super) fn on_this_site(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('/')?;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (text.len() < MAX_BYTES && !rest.starts_with('/') && is_plain).then_some(text)
}

/// The way onwards and the other fields of the sign-in page's query.
///
/// A reverse proxy that sends people here may be able to put the address that they asked for into the query, but not to
/// encode it. Where `next` comes first and its slash is not encoded, it is such an address: everything after `next=`, as
/// it stands. Pages of ours encode the slash.
pub(super) fn read(query: &str) -> (String, Fields) {
    if let Some(address) = query.strip_prefix("next=").filter(|address| address.starts_with('/')) {
        return (address.to_owned(), Fields::default());
    }
    let fields = Fields::parse(query.as_bytes()).unwrap_or_default();
    (fields.text("next").to_owned(), fields)
}

/// The page to sign in on that leads back to an address afterwards.
pub(super) fn sign_in(back: &str, has_ended: bool) -> String {
    let ended = if has_ended { "&ended=1" } else { "" };
    let next: String = byte_serialize(back.as_bytes()).collect();
    format!("{SIGN_IN}?next={next}{ended}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_destinations() {
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
    fn an_unencoded_destination_is_kept_as_is() {
        for address in
            ["/", "/a?b=c&d=e%2Ff", "/a?b=1&b=2&next=%2Fc&email=x", "/a+b?ended=1&c=%FF", "//evil.example.org"]
        {
            let (next, others) = read(&format!("next={address}"));
            assert_eq!(next, address);
            assert!(others == Fields::default(), "nothing of it is a field of ours: {address}");
        }
    }

    #[test]
    fn an_encoded_destination_is_one_of_several_fields() {
        for (query, address, email) in [
            ("next=%2Fa%3Fb%3Dc%26d&email=x", "/a?b=c&d", "x"),
            ("next=%2Fa&b=c", "/a", ""),
            ("email=x&next=/a&b=c", "/a", "x"),
            ("next=%2fa%252Fb", "/a%2Fb", ""),
            ("next=a/b", "a/b", ""),
            ("next=%2Fa&next=%2Fb", "", ""),
            ("next=", "", ""),
            ("nextx=/a", "", ""),
            ("", "", ""),
        ] {
            let (next, others) = read(query);
            assert_eq!((next.as_str(), others.text("email")), (address, email), "{query}");
        }
    }

    #[test]
    fn the_destination_survives_a_round_trip() {
        let location = sign_in("/a?b=c%2Fd&e=/f", true);
        let (next, others) = read(location.split_once('?').unwrap().1);
        assert_eq!((next.as_str(), others.text("ended")), ("/a?b=c%2Fd&e=/f", "1"));
    }

    #[test]
    fn the_destination_is_one_field_of_the_query() {
        assert_eq!(sign_in("/a?b=c&d", false), "/authenticate/sign-in?next=%2Fa%3Fb%3Dc%26d");
        assert_eq!(sign_in("/a", true), "/authenticate/sign-in?next=%2Fa&ended=1");
    }
}
