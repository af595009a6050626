//! Parsers for settings. No error repeats the text.

use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use account_core::password::policy::PasswordPolicy;
use account_core::registration::callback::CallbackOrigins;
use account_core::registration::guard::DomainGuard;
use account_http::password_policies;
use account_http::settings::{AccentColor, PublicUrl, PublicUrlError};
use account_store::{DatabaseStore, OpenError, SchemaName, StoreOptions};
use ipnet::IpNet;
use tracing_subscriber::EnvFilter;
use url::{Host, Url};

use super::reader::{Parsed, Refusal};

const DAY: Duration = Duration::from_hours(24);

/// Parses any type whose error says nothing more than `allowed` does.
pub(crate) fn plain<T: FromStr>(text: &str) -> Parsed<T> {
    text.parse().map_err(|_| Refusal::NotAllowed)
}

/// One of a set, by its name.
pub(crate) fn named<T>(by_name: impl Fn(&str) -> Option<T>) -> impl Fn(&str) -> Parsed<T> {
    move |text| by_name(text).ok_or(Refusal::NotAllowed)
}

/// A whole number.
pub(crate) fn number<T: FromStr + PartialOrd>(range: RangeInclusive<T>) -> impl Fn(&str) -> Parsed<T> {
    move |text| {
        plain(text).and_then(|number| if range.contains(&number) { Ok(number) } else { Err(Refusal::NotAllowed) })
    }
}

/// A path.
pub(crate) fn path(text: &str) -> Parsed<PathBuf> {
    if text.is_empty() || text.contains('\0') { Err(Refusal::NotAllowed) } else { Ok(PathBuf::from(text)) }
}

/// `90s`, `30min`, `24h`, `7d`: 1 s to 30 d.
pub(crate) fn duration(text: &str) -> Parsed<Duration> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit()).ok_or(Refusal::NotAllowed)?;
    let (count, unit) = text.split_at(unit_at);
    let seconds: u64 = match unit {
        "s" => 1,
        "min" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return Err(Refusal::NotAllowed),
    };
    let seconds = plain::<u64>(count)?.checked_mul(seconds).ok_or(Refusal::NotAllowed)?;
    let duration = Duration::from_secs(seconds);
    if (Duration::from_secs(1)..=30 * DAY).contains(&duration) { Ok(duration) } else { Err(Refusal::NotAllowed) }
}

/// Whole days: `30d`, from 1 to 3650 days.
pub(crate) fn days(text: &str) -> Parsed<Duration> {
    let days = text.strip_suffix('d').ok_or(Refusal::NotAllowed)?;
    number(1..=3650_u32)(days).map(|days| days * DAY)
}

/// A network, or an address as a network with one address.
pub(crate) fn network(text: &str) -> Parsed<IpNet> {
    plain::<IpAddr>(text).map(IpNet::from).or_else(|_| plain(text))
}

/// The name of a password policy.
pub(crate) fn policy(text: &str) -> Parsed<PasswordPolicy> {
    password_policies().find(|policy| policy.name == text).ok_or(Refusal::NotAllowed)
}

/// The base of all links.
pub(crate) fn public_url(text: &str) -> Parsed<PublicUrl> {
    text.parse().map_err(|error: PublicUrlError| Refusal::Because(error.to_string()))
}

/// The base of emailed links: a host of its own.
pub(crate) fn link_url(text: &str) -> Parsed<PublicUrl> {
    let url = public_url(text)?;
    if url.path().is_empty() { Ok(url) } else { Err(Refusal::Because("it has a path".to_owned())) }
}

/// An origin, as browsers send it.
pub(crate) fn web_origin(text: &str) -> Parsed<String> {
    let url: PublicUrl = plain(text)?;
    if url.path().is_empty() { Ok(url.as_str().to_owned()) } else { Err(Refusal::NotAllowed) }
}

/// The color of buttons and links.
pub(crate) fn accent_color(text: &str) -> Parsed<AccentColor> {
    plain(text)
}

/// A URL that people are sent to.
pub(crate) fn destination(text: &str) -> Parsed<String> {
    let url = web_url(text)?;
    if url.scheme() == "https" || is_loopback(&url) { Ok(url.into()) } else { Err(Refusal::NotAllowed) }
}

/// An absolute web URL without user name or fragment, in a form that every parser reads the same way.
fn web_url(text: &str) -> Parsed<Url> {
    if text.contains('\\') || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(Refusal::NotAllowed);
    }
    let url = Url::parse(text).map_err(|_| Refusal::NotAllowed)?;
    let is_exact = url.host_str().is_some_and(|host| !host.contains('*'));
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if is_exact && is_plain && matches!(url.scheme(), "http" | "https") { Ok(url) } else { Err(Refusal::NotAllowed) }
}

/// Returns whether the URL's host is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// An origin for callback URLs; [`CallbackOrigins::parse`] reads a whole list.
pub(crate) fn callback_origin(text: &str) -> Parsed<String> {
    CallbackOrigins::parse([text]).map(|_| text.to_owned()).map_err(|_| Refusal::NotAllowed)
}

/// An email domain; [`DomainGuard::new`] reads a whole list.
pub(crate) fn domain(text: &str) -> Parsed<String> {
    let domain = text.to_owned();
    DomainGuard::new(std::slice::from_ref(&domain), &[], false).map(|_| domain).map_err(|_| Refusal::NotAllowed)
}

/// A supported database.
pub(crate) fn store_url(text: &str) -> Parsed<String> {
    let (scheme, rest) = text.split_once("://").ok_or(Refusal::NotAllowed)?;
    let is_allowed = match scheme {
        "sqlite" => !rest.is_empty(),
        "postgres" | "postgresql" => Url::parse(text).is_ok(),
        // Without a name, it would connect to a server but to no database.
        "mysql" | "mariadb" => Url::parse(text).is_ok_and(|url| url.path().len() > 1),
        _ => false,
    };
    if !is_allowed {
        return Err(Refusal::NotAllowed);
    }
    match DatabaseStore::check(&StoreOptions::new(text)) {
        Ok(()) => Ok(text.to_owned()),
        Err(error @ (OpenError::Parameter { .. } | OpenError::Unencoded)) => Err(Refusal::Because(error.to_string())),
        Err(_) => Err(Refusal::NotAllowed),
    }
}

/// The name of a PostgreSQL schema.
pub(crate) fn schema_name(text: &str) -> Parsed<SchemaName> {
    text.parse().map_err(|_| Refusal::NotAllowed)
}

/// Directives for the log.
pub(crate) fn log_level(text: &str) -> Parsed<String> {
    let is_given = !text.trim().is_empty();
    if is_given && EnvFilter::try_new(text).is_ok() { Ok(text.to_owned()) } else { Err(Refusal::NotAllowed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_unit() {
        for (text, seconds) in [("90s", 90), ("30min", 1_800), ("24h", 86_400), ("7d", 604_800), ("1s", 1)] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "24", "h", "0s", "31d", "-1h", "+1h", "1.5h", "1 h", "1H", "1w", "99999999999999999999s"] {
            assert_eq!(duration(text), Err(Refusal::NotAllowed), "{text}");
        }
    }

    #[test]
    fn retention_is_in_whole_days() {
        assert_eq!(days("1d"), Ok(DAY));
        assert_eq!(days("3650d"), Ok(3650 * DAY));
        for text in ["", "d", "0d", "3651d", "24h", "30", "-1d", "1.5d"] {
            assert_eq!(days(text), Err(Refusal::NotAllowed), "{text}");
        }
    }

    #[test]
    fn a_public_url_is_refused_with_the_reason() {
        assert_eq!(public_url("https://example.com/accounts/").unwrap().as_str(), "https://example.com/accounts");
        for (text, reason) in [
            ("https://example.com/?the-query", "it has a query or a fragment"),
            ("https://example.com/a/../b", "letters, digits, `-` and `_` between single slashes"),
            ("https://the-user@example.com", "without a user name"),
        ] {
            let Err(Refusal::Because(because)) = public_url(text) else { panic!("{text}") };
            assert!(because.contains(reason) && !because.contains("the-"), "{because}");
        }
    }

    #[test]
    fn networks_may_be_single_addresses() {
        assert_eq!(network("10.0.0.0/8"), Ok("10.0.0.0/8".parse().unwrap()));
        assert_eq!(network("10.1.2.3"), Ok("10.1.2.3/32".parse().unwrap()));
        assert_eq!(network("::1"), Ok("::1/128".parse().unwrap()));
        assert_eq!(network("10.0.0.0/33"), Err(Refusal::NotAllowed));
        assert_eq!(network("example.com"), Err(Refusal::NotAllowed));
    }

    #[test]
    fn people_are_sent_over_https_or_to_this_machine_only() {
        assert!(destination("https://www.example.com/welcome?a=b").is_ok());
        assert!(destination("http://localhost:3000/").is_ok());
        for text in ["http://www.example.com/", "javascript:alert(1)", "/welcome", "https://a@b.org/"] {
            assert_eq!(destination(text), Err(Refusal::NotAllowed), "{text}");
        }
    }

    #[test]
    fn log_levels_are_directives() {
        for text in ["info", "warn,account_http=debug", "account_http[request]=trace"] {
            assert!(log_level(text).is_ok(), "{text}");
        }
        for text in ["", "info,=", "a=loud"] {
            assert!(log_level(text).is_err(), "{text}");
        }
    }

    #[test]
    fn cross_origin_pages_are_listed_individually() {
        assert_eq!(web_origin("https://www.example.com").as_deref(), Ok("https://www.example.com"));
        for text in ["*", "null", "https://*.example.com", "www.example.com", "https://www.example.com/accounts"] {
            assert_eq!(web_origin(text), Err(Refusal::NotAllowed), "{text}");
        }
    }
}
