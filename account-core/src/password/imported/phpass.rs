//! phpass's portable hashes (`class-phpass.php`), which WordPress made before version 6.8 and phpBB makes with another
//! prefix: `$P$`, the logarithm of the number of rounds as one digit, eight characters of salt, and an iterated MD5.

use ctutils::CtEq;
use md5::{Digest, Md5};
use zeroize::Zeroizing;

use super::unsupported::UnsupportedHash;
use super::wordpress;

const DIGITS: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Logarithms of the number of rounds. phpass allows more, but each round hashes the whole password, and a hash may have
/// to be computed three times (`verify`). WordPress has 13.
const MIN_ROUNDS: u32 = 7;
const MAX_ROUNDS: u32 = 16;
const SALT_CHARACTERS: usize = 8;
const OUTPUT_CHARACTERS: usize = 22;
const MALFORMED: UnsupportedHash = UnsupportedHash::Malformed("phpass");

#[derive(Debug)]
pub(in crate::password) struct PhpassHash {
    rounds: u32,
    salt: Vec<u8>,
    output: Vec<u8>,
}

impl PhpassHash {
    /// Parses a hash; `None` if it has another format.
    pub(super) fn read(text: &str) -> Option<Result<Self, UnsupportedHash>> {
        let rest = text.strip_prefix("$P$").or_else(|| text.strip_prefix("$H$"))?;
        Some(Self::read_rest(rest.as_bytes()))
    }

    fn read_rest(rest: &[u8]) -> Result<Self, UnsupportedHash> {
        let (log, rest) = rest.split_first().ok_or(MALFORMED)?;
        let log = DIGITS.iter().position(|digit| digit == log).and_then(|log| u32::try_from(log).ok());
        let log = log.filter(|log| *log >= MIN_ROUNDS).ok_or(MALFORMED)?;
        UnsupportedHash::check_cost("logarithm of phpass rounds", log.into(), MAX_ROUNDS.into())?;
        let (salt, output) = rest.split_at_checked(SALT_CHARACTERS).ok_or(MALFORMED)?;
        if output.len() != OUTPUT_CHARACTERS || !output.iter().all(|character| DIGITS.contains(character)) {
            return Err(MALFORMED);
        }
        Ok(Self { rounds: 1 << log, salt: salt.to_vec(), output: output.to_vec() })
    }

    /// Returns whether the password matches, as it was typed or as WordPress spells it.
    pub(super) fn verify(&self, password: &str) -> bool {
        let spellings = wordpress::spellings(password);
        let is_new = spellings.iter().all(|spelling| spelling.as_str() != password);
        // phpBB and others remove nothing.
        spellings.iter().any(|spelling| self.matches(spelling.as_bytes()))
            || (is_new && self.matches(password.as_bytes()))
    }

    fn matches(&self, password: &[u8]) -> bool {
        let mut digest = Md5::new().chain_update(&self.salt).chain_update(password).finalize();
        for _ in 0..self.rounds {
            digest = Md5::new().chain_update(digest).chain_update(password).finalize();
        }
        encode(&digest).as_slice().ct_eq(self.output.as_slice()).to_bool()
    }
}

/// Encodes bytes in groups of three, with the lowest bits first.
fn encode(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut encoded = Zeroizing::new(Vec::with_capacity(OUTPUT_CHARACTERS));
    for group in bytes.chunks(3) {
        let value = group.iter().rev().fold(0, |value, byte| value << 8 | usize::from(*byte));
        for index in 0..=group.len() {
            encoded.extend(DIGITS.get(value >> (6 * index) & 63));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_matches_other_implementations() {
        // Made with passlib; the last is from phpass's own tests.
        for (password, text) in [
            ("password", "$P$5saltsalt.dw5Zgkxy7Q/ZvpQhE5iw0"),
            ("password", "$P$BsaltsaltnH1n4.V11.zjFlE3mwm.O1"),
            ("password", "$H$5saltsalt.dw5Zgkxy7Q/ZvpQhE5iw0"),
            ("It's", "$P$5saltsaltIoS9OVxJobc9IvR/RYS870"),
            ("test12345", "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0"),
        ] {
            let hash = PhpassHash::read(text).unwrap().unwrap();
            assert!(hash.verify(password), "{text}");
            assert!(!hash.verify("Password"), "{text}");
        }
    }

    #[test]
    fn spaces_around_a_password_count_or_not() {
        const SPACES: &str = "$P$5saltsalth73lo8CZfMfW2WNmCkiN71";
        // Of " password ", and of "password" as WordPress trims it.
        for text in [SPACES, "$P$5saltsalt.dw5Zgkxy7Q/ZvpQhE5iw0"] {
            assert!(PhpassHash::read(text).unwrap().unwrap().verify(" password "), "{text}");
        }
        assert!(!PhpassHash::read(SPACES).unwrap().unwrap().verify("password"));
    }

    #[test]
    fn costs_out_of_bounds_and_incomplete_hashes_are_refused() {
        let said = |text: &str| PhpassHash::read(text).unwrap().unwrap_err().to_string();
        assert!(PhpassHash::read("$P$Esaltsaltxxxxxxxxxxxxxxxxxxxxxx").unwrap().is_ok(), "2^16");
        assert_eq!(
            said("$P$Fsaltsaltxxxxxxxxxxxxxxxxxxxxxx"),
            "the logarithm of phpass rounds is 17, above the limit of 16"
        );
        for text in [
            "$P$",
            "$P$4saltsaltxxxxxxxxxxxxxxxxxxxxxx",
            "$P$Bsaltsaltxxx",
            "$P$!",
            "$P$Bsaltsaltxxxxxxxxxxxxxxxxxxxxx!",
        ] {
            assert_eq!(said(text), "it is not a complete hash of the format phpass", "{text}");
        }
        assert!(PhpassHash::read("$S$Dxxx").is_none());
    }
}
