//! Parsers of the fields of administrators' requests.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};
use url::Url;

use crate::client::unwrap_mapped;
use crate::field_limits::{Limits, NAME, ORGANIZATION_CODE};
use crate::organization::is_code;
use crate::profile::formats::line;
use crate::registration::callback::CallbackOrigins;
use crate::violation::Rule;

/// Minimum prefix lengths of exempt networks: a shorter one is probably a mistake, and would switch limits off.
const SHORTEST_PREFIX_V4: u8 = 8;
const SHORTEST_PREFIX_V6: u8 = 16;

/// The name of an organization or a client.
pub(super) fn name(text: &str) -> Result<String, Rule> {
    line(text, NAME.core)
}

/// The code of an organization.
pub(super) fn code(text: &str) -> Result<String, Rule> {
    short_code(text, ORGANIZATION_CODE.core)
}

/// Parses a short name for programs.
pub(super) fn short_code(text: &str, limits: Limits) -> Result<String, Rule> {
    limits.check_max(text)?;
    if is_code(text) { Ok(text.to_owned()) } else { Err(Rule::Malformed) }
}

/// An id, or a name of a closed list.
pub(super) fn id<T: std::str::FromStr>(text: &str) -> Result<T, Rule> {
    text.parse().map_err(|_| Rule::Malformed)
}

/// An origin that callback URLs may have, in its normal form.
pub(super) fn callback_origin(text: &str) -> Result<String, Rule> {
    CallbackOrigins::parse([text]).map_err(|_| Rule::Malformed)?;
    Ok(Url::parse(text).map_err(|_| Rule::Malformed)?.origin().ascii_serialization())
}

/// An absolute URL that a person may be sent to: https, on a loopback host, or of an app's own scheme; no fragment, no user
/// information. As it was given: it is compared exactly (RFC 9700, 2.1).
pub(super) fn redirect_uri(text: &str) -> Result<String, Rule> {
    let url = Url::parse(text).map_err(|_| Rule::Malformed)?;
    if is_of_own_scheme(text, &url) {
        return Ok(text.to_owned());
    }
    let origin = url.origin().ascii_serialization();
    let origins = CallbackOrigins::parse([origin.as_str()]).map_err(|_| Rule::Malformed)?;
    origins.check(text).map(|_| text.to_owned())
}

/// Returns whether the URL has a scheme that an app makes of a domain of its own, `com.example.app:/callback` (RFC 8252,
/// section 7.1): with a dot, so that it is none that browsers act on, and without a host.
fn is_of_own_scheme(text: &str, url: &Url) -> bool {
    url.scheme().contains('.')
        && text.starts_with(&format!("{}:/", url.scheme()))
        && !url.has_host()
        && url.fragment().is_none()
        && text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>'))
}

/// A network: an address with a prefix, or one address alone.
pub(super) fn network(text: &str) -> Result<IpNet, Rule> {
    let net = match text.parse::<IpNet>() {
        Ok(net) => net,
        Err(_) => IpNet::from(text.parse::<IpAddr>().map_err(|_| Rule::Malformed)?),
    };
    // Clients are compared by their IPv4 address where they have one.
    let net = match (unwrap_mapped(net.addr()), net.prefix_len().checked_sub(96)) {
        (IpAddr::V4(address), Some(prefix)) if net.addr().is_ipv6() => {
            IpNet::V4(Ipv4Net::new(address, prefix).map_err(|_| Rule::Malformed)?)
        }
        _ => net,
    };
    let shortest = if net.addr().is_ipv4() { SHORTEST_PREFIX_V4 } else { SHORTEST_PREFIX_V6 };
    if net.prefix_len() < shortest { Err(Rule::OutOfRange) } else { Ok(net.trunc()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_read_in_their_normal_form() {
        for (text, net) in [
            ("192.0.2.7", "192.0.2.7/32"),
            ("192.0.2.7/24", "192.0.2.0/24"),
            ("2001:db8::1", "2001:db8::1/128"),
            ("2001:db8:1:2::1/64", "2001:db8:1:2::/64"),
            ("::ffff:192.0.2.7", "192.0.2.7/32"),
            ("::ffff:192.0.2.7/120", "192.0.2.0/24"),
        ] {
            assert_eq!(network(text).map(|net| net.to_string()).as_deref(), Ok(net), "{text}");
        }
        for text in ["", "192.0.2.7/33", "192.0.2", "example.com", "192.0.2.7 ", "192.0.2.0/24/24"] {
            assert_eq!(network(text), Err(Rule::Malformed), "{text}");
        }
        for text in ["0.0.0.0/0", "::/0", "10.0.0.0/7", "::ffff:0.0.0.0/96"] {
            assert_eq!(network(text), Err(Rule::OutOfRange), "{text}");
        }
    }

    #[test]
    fn redirect_uris_are_https_loopback_or_an_apps_own_and_kept_as_given() {
        for text in [
            "https://app.example.com/cb?a=b",
            "http://127.0.0.1:8000/cb",
            "http://localhost/cb",
            "com.example.app:/callback?a=b",
        ] {
            assert_eq!(redirect_uri(text).as_deref(), Ok(text), "{text}");
        }
        for text in [
            "",
            "/cb",
            "http://app.example.com/cb",
            "https://app.example.com/cb#x",
            "https://u@app.example.com/cb",
            "https://app.example.com\\cb",
            "javascript:alert(1)",
            "example:/cb",
            "com.example.app:cb",
            "com.example.app://host/cb",
            "com.example.app:/cb#x",
            "com.example.app:/c b",
            "COM.example.app:/cb",
            "com.example.app:/<script>",
        ] {
            assert_eq!(redirect_uri(text), Err(Rule::Malformed), "{text}");
        }
    }

    #[test]
    fn callback_origins_are_kept_in_their_normal_form() {
        assert_eq!(callback_origin("https://Portal.example.com:443/").as_deref(), Ok("https://portal.example.com"));
        assert_eq!(callback_origin("https://portal.example.com/path"), Err(Rule::Malformed));
    }
}
