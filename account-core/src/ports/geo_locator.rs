//! Where clients are.

use std::net::IpAddr;

/// Knows where addresses of the Internet are. Synchronous, because whatever it looks up is in memory: an implementation
/// MUST answer within microseconds, and MUST NOT tell anybody which addresses it is asked for.
pub trait GeoLocator: Send + Sync {
    /// Returns what is known of an address. It is one of the Internet, and an IPv4 address is never written as an IPv6
    /// address. What is not certain SHOULD be left out: a wrong country is worse than none.
    fn locate(&self, address: IpAddr) -> Location;
}

/// What is known of an address. The rules check values, and drop those that are not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// The country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The time zone, a name of the IANA database.
    pub time_zone: Option<String>,
}

/// Knows no address.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLocations;

impl GeoLocator for NoLocations {
    fn locate(&self, _: IpAddr) -> Location {
        Location::default()
    }
}
