//! Reading the fields of administrators' requests: every broken rule is noted.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};
use url::Url;

use crate::client::unwrap_mapped;
use crate::field_limits::{LIST_ENTRY, Limits, MAX_LIST, NAME, ORGANIZATION_CODE};
use crate::input::{Edit, Input};
use crate::name::PersonName;
use crate::organization::is_code;
use crate::registration::callback::CallbackOrigins;
use crate::violation::{Field, Rule, Violations};

/// Shortest prefixes of a network that limits do not apply to: a shorter one is a slip that would switch them off.
const SHORTEST_PREFIX_V4: u8 = 8;
const SHORTEST_PREFIX_V6: u8 = 16;

/// What was broken so far.
#[derive(Default)]
pub(super) struct FieldReader {
    pub(super) violations: Violations,
}

impl FieldReader {
    /// A text that must be there.
    pub(super) fn required<T>(
        &mut self,
        field: Field,
        input: Input,
        parse: impl FnOnce(&str) -> Result<T, Rule>,
    ) -> Option<T> {
        if matches!(input, Input::Absent) {
            self.violations.push(field, Rule::Required);
        }
        self.optional(field, input, parse)
    }

    /// A text that may be there.
    pub(super) fn optional<T>(
        &mut self,
        field: Field,
        input: Input,
        parse: impl FnOnce(&str) -> Result<T, Rule>,
    ) -> Option<T> {
        let read = match input {
            Input::Absent => return None,
            Input::Mistyped => Err(Rule::MustBeText),
            Input::Given(text) => parse(&text),
        };
        read.map_err(|rule| self.violations.push(field, rule)).ok()
    }

    /// True or false; false when absent.
    pub(super) fn flag(&mut self, field: Field, input: &Input<bool>) -> bool {
        if matches!(input, Input::Mistyped) {
            self.violations.push(field, Rule::MustBeBoolean);
        }
        matches!(input, Input::Given(true))
    }

    /// A list; empty when absent.
    pub(super) fn list<T: PartialEq>(
        &mut self,
        field: Field,
        input: Input<Vec<String>>,
        parse: impl Fn(&str) -> Result<T, Rule>,
    ) -> Vec<T> {
        let read = match input {
            Input::Absent => Ok(Vec::new()),
            Input::Mistyped => Err(Rule::MustBeList),
            Input::Given(texts) => entries(&texts, parse),
        };
        read.map_err(|rule| self.violations.push(field, rule)).unwrap_or_default()
    }

    /// A change of a text that cannot be taken away.
    pub(super) fn change<T>(
        &mut self,
        field: Field,
        edit: Edit,
        value: &mut T,
        parse: impl FnOnce(&str) -> Result<T, Rule>,
    ) {
        let read = match edit {
            Edit::Keep => return,
            Edit::Clear => Err(Rule::CannotBeCleared),
            Edit::Mistyped => Err(Rule::MustBeText),
            Edit::Set(text) => parse(&text),
        };
        match read {
            Ok(new) => *value = new,
            Err(rule) => self.violations.push(field, rule),
        }
    }

    /// A change of a text that can be taken away.
    pub(super) fn change_optional<T>(
        &mut self,
        field: Field,
        edit: Edit,
        value: &mut Option<T>,
        parse: impl FnOnce(&str) -> Result<T, Rule>,
    ) {
        match edit {
            Edit::Clear => *value = None,
            edit => self.change(field, edit, value, |text| parse(text).map(Some)),
        }
    }

    /// A change of a flag.
    pub(super) fn change_flag(&mut self, field: Field, edit: &Edit<bool>, value: &mut bool) {
        match edit {
            Edit::Keep => {}
            Edit::Clear => *value = false,
            Edit::Mistyped => self.violations.push(field, Rule::MustBeBoolean),
            Edit::Set(new) => *value = *new,
        }
    }

    /// A change of a list.
    pub(super) fn change_list<T: PartialEq>(
        &mut self,
        field: Field,
        edit: Edit<Vec<String>>,
        value: &mut Vec<T>,
        parse: impl Fn(&str) -> Result<T, Rule>,
    ) {
        let input = match edit {
            Edit::Keep => return,
            Edit::Clear => Input::Absent,
            Edit::Mistyped => Input::Mistyped,
            Edit::Set(texts) => Input::Given(texts),
        };
        *value = self.list(field, input, parse);
    }
}

/// Every entry once, in the order of the list.
fn entries<T: PartialEq>(texts: &[String], parse: impl Fn(&str) -> Result<T, Rule>) -> Result<Vec<T>, Rule> {
    if texts.len() > MAX_LIST {
        return Err(Rule::TooLong { max: MAX_LIST });
    }
    let mut entries = Vec::with_capacity(texts.len());
    for text in texts {
        LIST_ENTRY.check_max(text)?;
        let entry = parse(text)?;
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// The name of an organization or a client.
pub(super) fn name(text: &str) -> Result<String, Rule> {
    PersonName::parse(text, NAME.core).map(|name| name.as_str().to_owned())
}

/// The code of an organization.
pub(super) fn code(text: &str) -> Result<String, Rule> {
    short_code(text, ORGANIZATION_CODE.core)
}

/// A short name for machines.
pub(super) fn short_code(text: &str, limits: Limits) -> Result<String, Rule> {
    if text.is_empty() {
        return Err(Rule::Required);
    }
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

/// An absolute URL that a person may be sent to: https, or on a loopback host; no fragment, no user information. As it
/// was given: it is compared exactly (RFC 9700, 2.1).
pub(super) fn redirect_uri(text: &str) -> Result<String, Rule> {
    let url = Url::parse(text).map_err(|_| Rule::Malformed)?;
    let origin = url.origin().ascii_serialization();
    let origins = CallbackOrigins::parse([origin.as_str()]).map_err(|_| Rule::Malformed)?;
    origins.check(text).map(|_| text.to_owned())
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
    fn redirect_uris_are_https_or_loopback_and_kept_as_given() {
        for text in ["https://app.example.com/cb?a=b", "http://127.0.0.1:8000/cb", "http://localhost/cb"] {
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
            "com.example.app:/cb",
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
