//! The addresses that an import has had so far.

use std::collections::HashMap;

use account_core::email_address::EmailAddress;
use sha2::{Digest, Sha256};

use super::skipped::Spot;

/// The addresses that this run of an import has had, to tell those that occur twice from those that have an account
/// already. It keeps a part of each address's digest: a file can have millions.
#[derive(Debug, Default)]
pub(super) struct Seen(HashMap<[u8; 12], Spot>);

impl Seen {
    /// Notes an address, and returns where it was before. An invalid one is nowhere.
    pub(super) fn note(&mut self, email: &str, spot: Spot) -> Option<Spot> {
        let address = EmailAddress::parse(email).ok()?;
        let digest = Sha256::digest(address.key().as_str());
        let key = *digest.first_chunk()?;
        let earlier = self.0.get(&key).copied();
        self.0.entry(key).or_insert(spot);
        earlier
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_from_its_first_line_on() {
        let spot = |line| Spot { line, last: line, record: line - 1 };
        let mut seen = Seen::default();
        assert_eq!(seen.note("joe@acme.com", spot(2)), None);
        assert_eq!(seen.note("jane@acme.com", spot(3)), None);
        assert_eq!(seen.note(" Joe@ACME.com", spot(4)), Some(spot(2)));
        assert_eq!(seen.note("joe@acme.com", spot(5)), Some(spot(2)));
        assert_eq!((seen.note("joe", spot(6)), seen.note("joe", spot(7))), (None, None));
    }
}
