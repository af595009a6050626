//! The client of a request: its address and network.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::address_scope::Scope;

/// The client of a request, as the server saw it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Client {
    /// Its address: the socket's peer, or what trusted proxies said.
    pub address: Option<IpAddr>,
    /// Whether limits per client network do not apply to it, because it is a back end that registers for many people.
    pub is_exempt: bool,
    /// Whether the address is a trusted proxy's, which did not say whose request it passes on.
    pub is_proxy: bool,
}

impl Client {
    /// Creates a client with this address.
    #[must_use]
    pub const fn at(address: IpAddr) -> Self {
        Self { address: Some(address), is_exempt: false, is_proxy: false }
    }

    /// Returns its address on the Internet. `None` if it is unknown, private or nobody's: then it is most likely that of
    /// a proxy, which need not be where the person is.
    pub(crate) fn public_address(&self) -> Option<IpAddr> {
        let address = self.address.filter(|_| !self.is_proxy).map(unwrap_mapped)?;
        (Scope::of(address) == Scope::Public).then_some(address)
    }

    /// The networks whose requests are counted together. `None` for an exempt client, and without an address.
    #[must_use]
    pub fn networks(&self) -> Option<Networks> {
        let address = self.address.filter(|_| !self.is_exempt)?;
        let own = match unwrap_mapped(address) {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        };
        Some(Networks { own, wide: WideNetwork::of(address) })
    }
}

/// The two networks that a client is counted under. Strangers often have many addresses of one network, so what they ask
/// for is counted by both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Networks {
    /// An IPv4 address, or the /64 of an IPv6 address: what one customer is given at least (RFC 6177).
    pub own: String,
    /// What one customer can easily have.
    pub wide: WideNetwork,
}

/// The /24 of an IPv4 address, or the /48 of an IPv6 address: what one site is usually given at most. Its text is the
/// prefix, such as `192.0.2.0/24`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WideNetwork(IpAddr);

impl WideNetwork {
    /// Returns the network of an address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        Self(match unwrap_mapped(address) {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                Ipv4Addr::new(a, b, c, 0).into()
            }
            IpAddr::V6(address) => {
                let [a, b, c, ..] = address.segments();
                Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).into()
            }
        })
    }

    /// Returns whether it is a network of IPv6.
    #[must_use]
    pub const fn is_v6(self) -> bool {
        self.0.is_ipv6()
    }
}

impl fmt::Display for WideNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0, if self.is_v6() { 48 } else { 24 })
    }
}

/// Converts an IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) to the IPv4 address; returns others unchanged.
#[must_use]
pub fn unwrap_mapped(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(mapped) => mapped.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn networks(text: &str) -> (String, String) {
        let Networks { own, wide, .. } = Client::at(text.parse().unwrap()).networks().unwrap();
        (own, wide.to_string())
    }

    fn network(text: &str) -> String {
        networks(text).0
    }

    #[test]
    fn spellings_and_neighbours_of_one_customer_are_one_network() {
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
        assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
        for text in ["2001:db8:1:2::1", "2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:0db8:0001:0002::abcd"] {
            assert_eq!(network(text), "2001:db8:1:2::/64");
        }
        assert_ne!(network("2001:db8:1:3::1"), network("2001:db8:1:2::1"));
    }

    #[test]
    fn addresses_a_stranger_can_have_many_of_are_one_wide_network() {
        assert_eq!(networks("192.0.2.7").1, "192.0.2.0/24");
        assert_eq!(networks("::ffff:192.0.2.200").1, "192.0.2.0/24");
        assert_eq!(networks("2001:db8:1:2::1").1, "2001:db8:1::/48");
        assert_eq!(networks("2001:db8:1:ffff::1").1, "2001:db8:1::/48");
        assert_ne!(networks("2001:db8:2:2::1").1, networks("2001:db8:1:2::1").1);
    }

    #[test]
    fn an_exempt_client_has_no_network_to_count() {
        let client = Client { is_exempt: true, ..Client::at("192.0.2.7".parse().unwrap()) };
        assert_eq!(client.networks(), None);
        assert_eq!(Client::default().networks(), None);
    }

    #[test]
    fn only_an_address_on_the_internet_says_where_somebody_is() {
        let public = |text: &str| Client::at(text.parse().unwrap()).public_address().map(|address| address.to_string());
        assert_eq!(public("8.8.8.8").as_deref(), Some("8.8.8.8"));
        assert_eq!(public("::ffff:8.8.8.8").as_deref(), Some("8.8.8.8"));
        assert_eq!(public("2001:4860:4860::8888").as_deref(), Some("2001:4860:4860::8888"));
        for text in ["127.0.0.1", "10.0.0.1", "::ffff:10.0.0.1", "100.64.0.1", "192.0.2.1", "0.0.0.0", "::1", "fe80::1"]
        {
            assert_eq!(public(text), None, "{text}");
        }
        let proxy = Client { is_proxy: true, ..Client::at("8.8.8.8".parse().unwrap()) };
        assert_eq!(proxy.public_address(), None);
        assert_eq!(Client::default().public_address(), None);
    }
}
