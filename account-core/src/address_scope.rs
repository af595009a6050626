//! Which addresses are public, and which are private or nobody's.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};

/// The scope of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A host on the Internet.
    Public,
    /// This machine, its link, a private network, or a provider's services for its own machines.
    Private,
    /// Not a host: multicast, for documentation, reserved, or another form of an IPv4 address.
    Nobody,
}

/// Networks of IPv4 that are not public (IANA's special-purpose registry, RFC 6890).
const V4: [(Ipv4Net, Scope); 15] = [
    (v4([0, 0, 0, 0], 8), Scope::Nobody),
    (v4([10, 0, 0, 0], 8), Scope::Private),
    // Carriers' own (RFC 6598); providers have metadata services there.
    (v4([100, 64, 0, 0], 10), Scope::Private),
    (v4([127, 0, 0, 0], 8), Scope::Private),
    (v4([169, 254, 0, 0], 16), Scope::Private),
    (v4([172, 16, 0, 0], 12), Scope::Private),
    (v4([192, 0, 0, 0], 24), Scope::Nobody),
    (v4([192, 0, 2, 0], 24), Scope::Nobody),
    (v4([192, 88, 99, 0], 24), Scope::Nobody),
    (v4([192, 168, 0, 0], 16), Scope::Private),
    (v4([198, 18, 0, 0], 15), Scope::Nobody),
    (v4([198, 51, 100, 0], 24), Scope::Nobody),
    (v4([203, 0, 113, 0], 24), Scope::Nobody),
    // Groups, and all that is reserved, the broadcast address included.
    (v4([224, 0, 0, 0], 3), Scope::Nobody),
    // By its number public, but within Azure it is the machine's own host.
    (v4([168, 63, 129, 16], 32), Scope::Private),
];

/// Networks within `2000::/3` and outside of it that need a word of their own. All else outside is nobody's.
const V6: [(Ipv6Net, Scope); 8] = [
    (v6([0, 0, 0, 0, 0, 0, 0, 1], 128), Scope::Private),
    // Unique local addresses (RFC 4193); providers have metadata services there.
    (v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7), Scope::Private),
    (v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10), Scope::Private),
    // NAT64 of a network's own (RFC 8215).
    (v6([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48), Scope::Private),
    // For protocols (RFC 2928), Teredo among them.
    (v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), Scope::Nobody),
    (v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), Scope::Nobody),
    (v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), Scope::Nobody),
    (v6([0x2000, 0, 0, 0, 0, 0, 0, 0], 3), Scope::Public),
];

const fn v4(bytes: [u8; 4], prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::from_octets(bytes), prefix)
}

const fn v6(segments: [u16; 8], prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::from_segments(segments), prefix)
}

impl Scope {
    /// Returns whose that address is.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => of_v4(address),
            IpAddr::V6(address) => of_v6(address),
        }
    }
}

fn of_v4(address: Ipv4Addr) -> Scope {
    V4.iter().find(|(network, _)| network.contains(&address)).map_or(Scope::Public, |(_, scope)| *scope)
}

fn of_v6(address: Ipv6Addr) -> Scope {
    match address.segments() {
        // NAT64 (RFC 6052) and 6to4 (RFC 3056) lead to the IPv4 address within.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => of_v4(joined(high, low)),
        _ => V6.iter().find(|(network, _)| network.contains(&address)).map_or(Scope::Nobody, |(_, scope)| *scope),
    }
}

fn joined(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_all(scope: Scope, addresses: &[&str]) {
        for address in addresses {
            assert_eq!(Scope::of(address.parse().unwrap()), scope, "{address}");
        }
    }

    #[test]
    fn hosts_on_the_internet_are_public() {
        let addresses = [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2001:4860:4860::8888",
            "2001:200::1",
            "3ffe::1",
            "64:ff9b::101:101",
            "2002:101:101::1",
        ];
        assert_all(Scope::Public, &addresses);
    }

    #[test]
    fn private_networks_are_private_in_every_notation() {
        let addresses = [
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "168.63.129.16",
            "::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "febf::1",
            "64:ff9b:1::a00:1",
            "64:ff9b::a00:1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::1",
            "2002:c0a8:101::",
        ];
        assert_all(Scope::Private, &addresses);
    }

    #[test]
    fn addresses_without_a_host_are_not_public() {
        let addresses = [
            "0.0.0.0",
            "0.1.2.3",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::127.0.0.1",
            "::1.1.1.1",
            "::ffff:127.0.0.1",
            "::ffff:1.1.1.1",
            "64:ff9b::c000:201",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "5f00::1",
            "100::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ];
        assert_all(Scope::Nobody, &addresses);
    }
}
