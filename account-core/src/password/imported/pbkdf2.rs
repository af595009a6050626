//! PBKDF2 (RFC 8018) with HMAC-SHA-256 or HMAC-SHA-512, as PHC strings have it.

use argon2::password_hash::phc::{self, Output, Salt};
use pbkdf2::pbkdf2_hmac;
use sha2::{Sha256, Sha512};

use crate::password::Password;
use crate::ports::HashingError;

/// Maximum number of iterations: about a second's work.
const MAX_ITERATIONS: u32 = 2_000_000;

pub(in crate::password) struct Pbkdf2Hash {
    digest: Digest,
    iterations: u32,
    salt: Salt,
    output: Output,
}

#[derive(Clone, Copy)]
enum Digest {
    Sha256,
    Sha512,
}

impl Pbkdf2Hash {
    pub(super) fn read(text: &str) -> Option<Self> {
        let stored = phc::PasswordHash::new(text).ok()?;
        let (digest, block_bytes) = match stored.algorithm.as_str() {
            "pbkdf2-sha256" => (Digest::Sha256, 32),
            "pbkdf2-sha512" => (Digest::Sha512, 64),
            _ => return None,
        };
        let output = stored.hash?;
        let iterations = stored.params.get_decimal("i")?;
        // Some systems write the output length as `l`. It must match the output.
        let length = stored.params.get_decimal("l");
        let named = 1 + usize::from(length.is_some());
        // A second block would double the cost of verifying, but not of guessing.
        let is_sane = stored.version.is_none()
            && stored.params.iter().count() == named
            && (1..=MAX_ITERATIONS).contains(&iterations)
            && length.is_none_or(|length| usize::try_from(length) == Ok(output.len()))
            && output.len() <= block_bytes;
        is_sane.then_some(Self { digest, iterations, salt: stored.salt?, output })
    }

    pub(super) fn verify(&self, password: &Password) -> Result<bool, HashingError> {
        let mut bytes = [0; Output::MAX_LENGTH];
        let out = bytes.get_mut(..self.output.len()).ok_or(HashingError::UnknownHash)?;
        let password = password.expose().as_bytes();
        match self.digest {
            Digest::Sha256 => pbkdf2_hmac::<Sha256>(password, &self.salt, self.iterations, out),
            Digest::Sha512 => pbkdf2_hmac::<Sha512>(password, &self.salt, self.iterations, out),
        }
        // `Output` compares in constant time.
        Ok(Output::new(out).is_ok_and(|computed| computed == self.output))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str = "c29tZXNhbHQxMjM0NTY3OA$UVU0bBjn23nqieo6m4O1vg6ncz2xffKg6dXMzXCtZ4E";

    #[test]
    fn the_hash_matches_other_implementations() {
        // Made with Python's hashlib.
        for text in [
            "$pbkdf2-sha256$i=1000$c29tZXNhbHQxMjM0NTY3OA$UVU0bBjn23nqieo6m4O1vg6ncz2xffKg6dXMzXCtZ4E",
            "$pbkdf2-sha256$i=1000,l=32$c29tZXNhbHQxMjM0NTY3OA$UVU0bBjn23nqieo6m4O1vg6ncz2xffKg6dXMzXCtZ4E",
            "$pbkdf2-sha512$i=1000$c29tZXNhbHQxMjM0NTY3OA$3rR/v0MMKEa6IoobirvnRg2w+QjhpOU8D/JuOAK4T6mc51/ZhjUzmFUGOkqXqfnUnh7+LIag9YgOHJCiwqY9HA",
        ] {
            let hash = Pbkdf2Hash::read(text).unwrap();
            assert!(hash.verify(&Password::new("password").unwrap()).unwrap(), "{text}");
            assert!(!hash.verify(&Password::new("Password").unwrap()).unwrap(), "{text}");
        }
    }

    #[test]
    fn costs_out_of_bounds_are_refused() {
        for bearable in ["pbkdf2-sha256$i=1", "pbkdf2-sha256$i=2000000", "pbkdf2-sha512$i=1000,l=32"] {
            assert!(Pbkdf2Hash::read(&format!("${bearable}${REST}")).is_some(), "{bearable}");
        }
        for unbearable in [
            "pbkdf2-sha256$i=2000001",
            "pbkdf2-sha256$i=4294967296",
            "pbkdf2-sha256$i=0",
            "pbkdf2-sha256$i=1000,l=20",
            "pbkdf2-sha256$i=1000,x=1",
            "pbkdf2-sha256$l=32",
            "pbkdf2-sha1$i=1000",
            "pbkdf2$i=1000",
        ] {
            assert!(Pbkdf2Hash::read(&format!("${unbearable}${REST}")).is_none(), "{unbearable}");
        }
        let two_blocks = format!("$pbkdf2-sha256$i=1000$c29tZXNhbHQxMjM0NTY3OA${}", "A".repeat(86));
        assert!(Pbkdf2Hash::read(&two_blocks).is_none());
    }
}
