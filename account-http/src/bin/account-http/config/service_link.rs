//! Variables that a platform sets to tell programs where other services are.
//!
//! - Kubernetes does for each service of the namespace, `pkg/kubelet/envvars/envvars.go`: `<SERVICE>_SERVICE_HOST`,
//!   `<SERVICE>_SERVICE_PORT`, `<SERVICE>_SERVICE_PORT_<NAME>`, `<SERVICE>_PORT`, `<SERVICE>_PORT_<N>_<PROTOCOL>` and, with that
//!   in front, `_PROTO`, `_PORT` and `_ADDR`.
//! - Docker does for each link, moby's `daemon/links/links.go`: the same ports, also as ranges (`_START`, `_END`),
//!   `<ALIAS>_NAME`, and `<ALIAS>_ENV_<VARIABLE>` for each variable of the linked container.
//!
//! A service named `account-http` gets names that begin like our settings. They are told by their form together with
//! their value: `ACCOUNT_HTTP_PORT=tcp://10.0.0.1:80` is a platform's, `ACCOUNT_HTTP_PORT=80` is a person's.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

/// The links of an environment.
pub(super) struct ServiceLinks {
    /// The names of Docker's links, as they begin the names of their variables.
    aliases: BTreeSet<String>,
}

impl ServiceLinks {
    /// Looks for links in these variables.
    pub(super) fn of<'a>(variables: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let alias = |(name, value): (&'a str, &'a str)| {
            // The container that links, and the alias: `/web/db`.
            let is_link = value.strip_prefix('/').is_some_and(|path| path.contains('/'));
            name.strip_suffix("_NAME").filter(|_| is_link).map(str::to_owned)
        };
        Self { aliases: variables.into_iter().filter_map(alias).collect() }
    }

    /// Returns whether a platform set this variable.
    pub(super) fn include(&self, name: &str, value: &str) -> bool {
        let ends = |suffix| name.ends_with(suffix);
        let of_link = |alias: &String| {
            let rest = name.strip_prefix(alias.as_str());
            rest.is_some_and(|rest| rest == "_NAME" || rest.starts_with("_ENV_"))
        };
        (ends("_SERVICE_HOST") && value.parse::<IpAddr>().is_ok())
            || ((ends("_SERVICE_PORT") || name.contains("_SERVICE_PORT_")) && is_port(value))
            || (ends("_PORT") && is_endpoint(value))
            || parts_after_port(name).any(|what| is_of_port(&what, value))
            || self.aliases.iter().any(of_link)
    }
}

/// What the name says after each `PORT`, in parts. The name of the service can contain that word as well.
fn parts_after_port(name: &str) -> impl Iterator<Item = Vec<&str>> {
    let parts: Vec<&str> = name.split('_').collect();
    let places = 1..parts.len();
    places.filter_map(move |place| match parts.get(place..)? {
        ["PORT", what @ ..] => Some(what.to_vec()),
        _ => None,
    })
}

/// Returns whether a variable says this about a port: `8080_TCP`, `8080_TCP_ADDR`, `START`.
fn is_of_port(what: &[&str], value: &str) -> bool {
    let mut parts = what.iter().copied().peekable();
    let has_port = parts.next_if(|number| is_port(number)).is_some();
    let has_protocol = parts.next_if(|protocol| is_protocol(protocol)).is_some();
    if has_port != has_protocol {
        return false;
    }
    match parts.collect::<Vec<_>>()[..] {
        [] => has_port && is_endpoint(value),
        ["START" | "END"] => is_endpoint(value),
        ["PROTO"] => has_port && is_protocol(value),
        ["PORT"] | ["PORT", "START" | "END"] => has_port && is_port(value),
        ["ADDR"] => has_port && value.parse::<IpAddr>().is_ok(),
        _ => false,
    }
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok()
}

fn is_protocol(text: &str) -> bool {
    ["tcp", "udp", "sctp"].iter().any(|protocol| text.eq_ignore_ascii_case(protocol))
}

/// Returns whether the text is like `tcp://10.0.0.1:80`.
fn is_endpoint(text: &str) -> bool {
    text.split_once("://")
        .is_some_and(|(protocol, address)| is_protocol(protocol) && address.parse::<SocketAddr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_set_by_platform(name: &str, value: &str) -> bool {
        ServiceLinks::of([(name, value)]).include(name, value)
    }

    #[test]
    fn what_kubernetes_sets_for_a_service_is_known() {
        for service in ["ACCOUNT", "ACCOUNT_HTTP", "ACCOUNT_PORT", "ACCOUNT__HTTP"] {
            for (rest, value) in [
                ("SERVICE_HOST", "10.96.14.7"),
                ("SERVICE_HOST", "fd00:10:96::e07"),
                ("SERVICE_PORT", "8080"),
                ("SERVICE_PORT_HTTP", "8080"),
                ("SERVICE_PORT_HTTP_METRICS", "9090"),
                ("PORT", "tcp://10.96.14.7:8080"),
                ("PORT", "tcp://[fd00:10:96::e07]:8080"),
                ("PORT_8080_TCP", "tcp://10.96.14.7:8080"),
                ("PORT_8080_TCP_PROTO", "tcp"),
                ("PORT_8080_TCP_PORT", "8080"),
                ("PORT_8080_TCP_ADDR", "10.96.14.7"),
                ("PORT_5353_UDP", "udp://10.96.14.7:5353"),
                ("PORT_132_SCTP_PROTO", "sctp"),
            ] {
                let name = format!("{service}_{rest}");
                assert!(is_set_by_platform(&name, value), "{name}={value}");
            }
        }
    }

    #[test]
    fn what_docker_sets_for_a_link_is_known() {
        let link = [
            ("ACCOUNT_HTTP_NAME", "/web/account-http"),
            ("ACCOUNT_HTTP_PORT", "tcp://172.17.0.5:8080"),
            ("ACCOUNT_HTTP_PORT_8080_TCP", "tcp://172.17.0.5:8080"),
            ("ACCOUNT_HTTP_PORT_8080_TCP_START", "tcp://172.17.0.5:8080"),
            ("ACCOUNT_HTTP_PORT_8080_TCP_PORT_START", "8080"),
            ("ACCOUNT_HTTP_PORT_8081_TCP_END", "tcp://172.17.0.5:8081"),
            ("ACCOUNT_HTTP_PORT_8081_TCP_PORT_END", "8081"),
            ("ACCOUNT_HTTP_ENV_LANG", "C.UTF-8"),
            ("ACCOUNT_HTTP_ENV_ACCOUNT_HTTP__BIND", "0.0.0.0:8080"),
        ];
        let links = ServiceLinks::of(link);
        for (name, value) in link {
            assert!(links.include(name, value), "{name}={value}");
        }
    }

    #[test]
    fn what_a_person_writes_is_not_taken_for_a_platforms() {
        for (name, value) in [
            ("ACCOUNT_PORT", "8080"),
            ("ACCOUNT_HTTP_PORT", "8080"),
            ("ACCOUNT_HTTP_PORT", "http://10.0.0.1:8080"),
            ("ACCOUNT_HTTP_PORT", "tcp://db:8080"),
            ("ACCOUNT_HTTP_BIND", "0.0.0.0:8080"),
            ("ACCOUNT_HTTP_SERVICE_HOST", "example.com"),
            ("ACCOUNT_HTTP_SERVICE_PORT", "http"),
            ("ACCOUNT_HTTP_PORT_8080", "tcp://10.0.0.1:8080"),
            ("ACCOUNT_HTTP_PORT_TCP", "tcp://10.0.0.1:8080"),
            ("ACCOUNT_HTTP_PORT_8080_TCP_ADDRESS", "10.0.0.1"),
            ("ACCOUNT_HTTP_PORT_PORT", "8080"),
            ("ACCOUNT_HTTP_NAME", "Accounts"),
            ("ACCOUNT_HTTP_NAME", "/accounts"),
            ("ACCOUNT_HTTP_ENV_BIND", "0.0.0.0:8080"),
            ("ACCOUNT_HTTP__PORT", "8080"),
            ("ACCOUNT_", ""),
        ] {
            assert!(!is_set_by_platform(name, value), "{name}={value}");
        }
    }
}
