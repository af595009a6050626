//! The countries of addresses, compiled in: the location database of `IPFire`, as the Tor Project packs it.
//!
//! The data is part of the program's read-only memory, and searched there: nothing is read or copied at the start.

use std::net::IpAddr;
use std::sync::Arc;

use account_core::ports::{GeoLocator, Location};
use tor_geoip::GeoipDb;

/// The countries of addresses. Knows no time zones.
#[derive(Clone)]
pub struct EmbeddedCountries(Arc<GeoipDb>);

impl EmbeddedCountries {
    /// Returns the table.
    #[must_use]
    pub fn new() -> Self {
        Self(GeoipDb::new_embedded())
    }
}

impl Default for EmbeddedCountries {
    fn default() -> Self {
        Self::new()
    }
}

impl GeoLocator for EmbeddedCountries {
    fn locate(&self, address: IpAddr) -> Location {
        let country = self.0.lookup_country_code(address).map(|code| code.get().to_owned());
        Location { country, time_zone: None }
    }
}

#[cfg(test)]
mod tests {
    use account_core::reference_data::find_country;

    use super::*;

    fn country(address: &str) -> Option<String> {
        let location = EmbeddedCountries::new().locate(address.parse().unwrap());
        assert_eq!(location.time_zone, None);
        location.country
    }

    #[test]
    fn addresses_of_both_families_are_in_their_countries() {
        // Networks of national research networks, which have been where they are for decades.
        for (address, code) in [
            ("8.8.8.8", "US"),
            ("193.0.6.139", "NL"),
            ("141.2.1.1", "DE"),
            ("130.59.1.1", "CH"),
            ("133.11.0.1", "JP"),
            ("2001:4860:4860::8888", "US"),
            ("2001:620::1", "CH"),
            ("2001:200::1", "JP"),
        ] {
            assert_eq!(country(address).as_deref(), Some(code), "{address}");
        }
    }

    #[test]
    fn addresses_that_nobody_has_are_in_no_country() {
        for address in ["0.0.0.0", "10.0.0.1", "127.0.0.1", "192.0.2.1", "255.255.255.255", "::", "::1", "2001:db8::1"]
        {
            assert_eq!(country(address), None, "{address}");
        }
    }

    #[test]
    fn nearly_all_countries_are_those_of_the_published_list() {
        let table = EmbeddedCountries::new();
        let (mut known, mut unknown) = (0, 0);
        for block in 0..=u16::MAX {
            let [a, b] = block.to_be_bytes();
            if let Some(code) = table.locate(IpAddr::from([a, b, 1, 1])).country {
                // The rules drop the others: continents, and countries that no longer exist.
                *(if find_country(&code).is_some() { &mut known } else { &mut unknown }) += 1;
            }
        }
        assert!(known > 45_000 && unknown * 100 < known, "{known} known, {unknown} unknown");
    }
}
