//! The `Host` header.

use std::net::Ipv6Addr;

use poem::Request;
use poem::http::{HeaderMap, Version, header};

/// Returns whether a request names its host as required (RFC 9112, 3.2): exactly once in HTTP/1.1, at most once in
/// older versions, each time with a host and an optional port (RFC 9110, 7.2).
#[must_use]
pub fn has_valid_host(request: &Request) -> bool {
    is_valid(request.version(), request.headers())
}

fn is_valid(version: Version, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => version < Version::HTTP_11,
        (Some(host), None) => host.to_str().is_ok_and(is_authority),
        (Some(_), Some(_)) => false,
    }
}

/// `host`, `host:port`, `[IPv6]` or `[IPv6]:port`. An http URL without a host is not valid (RFC 9110, 4.2.1).
fn is_authority(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else { return false };
        let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        return is_port && address.parse::<Ipv6Addr>().is_ok();
    }
    let (host, port) = text.split_once(':').unwrap_or((text, ""));
    !host.is_empty() && is_name(host) && is_port(port)
}

/// The digits of a port. An empty port means the default (RFC 3986, 3.2.3).
fn is_port(text: &str) -> bool {
    text.is_empty() || (text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok())
}

/// A registered name or an IPv4 address (RFC 3986, 3.2.2).
fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let is_allowed = match byte {
            b'%' => [bytes.next(), bytes.next()].iter().all(|digit| digit.is_some_and(|byte| byte.is_ascii_hexdigit())),
            byte => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte),
        };
        if !is_allowed {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use poem::http::HeaderValue;

    use super::*;

    fn judge(version: Version, hosts: &[&[u8]]) -> bool {
        let hosts = hosts.iter().map(|host| (header::HOST, HeaderValue::from_bytes(host).unwrap()));
        let mut headers = HeaderMap::new();
        hosts.for_each(|(name, host)| {
            headers.append(name, host);
        });
        is_valid(version, &headers)
    }

    #[test]
    fn http_1_1_names_its_host_once_and_http_1_0_need_not() {
        assert!(!judge(Version::HTTP_11, &[]));
        assert!(judge(Version::HTTP_10, &[]));
        for version in [Version::HTTP_10, Version::HTTP_11] {
            assert!(judge(version, &[b"a.example"]));
            assert!(!judge(version, &[b"a.example", b"a.example"]), "not even twice the same");
        }
    }

    #[test]
    fn a_host_is_a_name_or_address_with_an_optional_port() {
        for host in [
            "accounts.example.com",
            "LOCALHOST",
            "a_b.example",
            "127.0.0.1:8080",
            "a:",
            "a:65535",
            "[::1]",
            "[2001:db8::1]:443",
            "xn--bcher-kva.example",
            "a%20b",
            "a..b",
        ] {
            assert!(judge(Version::HTTP_11, &[host.as_bytes()]), "{host}");
        }
        let none: &[&[u8]] = &[
            b"",
            b":80",
            b"a:b",
            b"a:80:80",
            b"a:65536",
            b"a:+80",
            b"a b",
            b"a/b",
            b"user@a",
            b"a?b",
            b"a#b",
            b"a,b c",
            b"[::1",
            b"::1",
            b"[::1]x",
            b"[::1]:x",
            b"[1.2.3.4]",
            b"[fe80::1%25eth0]",
            b"a%2",
            b"a%zz",
            b"a\\b",
            b"<a>",
            b"b\xfccher.example",
        ];
        for host in none {
            assert!(!judge(Version::HTTP_11, &[host]), "{}", String::from_utf8_lossy(host));
        }
    }
}
