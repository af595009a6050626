//! The client of a request: its address and network.

use std::net::{IpAddr, Ipv6Addr};

/// The client of a request, as the server saw it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Client {
    /// Its address: the socket's peer, or what trusted proxies said.
    pub address: Option<IpAddr>,
    /// Whether limits per client network do not apply to it, because it is a back end that registers for many people.
    pub is_exempt: bool,
}

impl Client {
    /// Creates a client with this address.
    #[must_use]
    pub const fn at(address: IpAddr) -> Self {
        Self { address: Some(address), is_exempt: false }
    }

    /// Returns the network whose requests are counted together: an IPv4 address, or the /64 of an IPv6 address, which
    /// is what one customer gets (RFC 6177). `None` for an exempt client, and without an address.
    #[must_use]
    pub fn network(&self) -> Option<String> {
        let address = self.address.filter(|_| !self.is_exempt)?;
        Some(match unwrap_mapped(address) {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        })
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

    fn network(text: &str) -> Option<String> {
        Client::at(text.parse().unwrap()).network()
    }

    #[test]
    fn spellings_and_neighbours_of_one_customer_are_one_network() {
        assert_eq!(network("192.0.2.7").as_deref(), Some("192.0.2.7"));
        assert_eq!(network("::ffff:192.0.2.7").as_deref(), Some("192.0.2.7"));
        for text in ["2001:db8:1:2::1", "2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:0db8:0001:0002::abcd"] {
            assert_eq!(network(text).as_deref(), Some("2001:db8:1:2::/64"));
        }
        assert_ne!(network("2001:db8:1:3::1"), network("2001:db8:1:2::1"));
    }

    #[test]
    fn an_exempt_client_has_no_network_to_count() {
        let client = Client { is_exempt: true, ..Client::at("192.0.2.7".parse().unwrap()) };
        assert_eq!(client.network(), None);
        assert_eq!(Client::default().network(), None);
    }
}
