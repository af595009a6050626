//! PBKDF2 (RFC 8018) with HMAC-SHA-1, HMAC-SHA-256 or HMAC-SHA-512, in these formats:
//!
//! - the PHC string format: `$pbkdf2-sha256$i=600000$salt$hash`, with an optional `l` for the length of the hash;
//! - passlib (`passlib.hash.pbkdf2_sha256`, passlib/handlers/pbkdf2.py): `$pbkdf2-sha256$29000$salt$hash`;
//! - Django (`PBKDF2PasswordHasher`, django/contrib/auth/hashers.py): `pbkdf2_sha256$1000000$salt$hash`;
//! - Werkzeug (`generate_password_hash`, werkzeug/security.py): `pbkdf2:sha256:1000000$salt$hash`;
//! - ASP.NET Core Identity (`PasswordHasher.cs`): the Base64 of a version, the parameters, the salt and the hash.

use ctutils::CtEq;
use pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

use super::encoding::{base64, decimal, hexadecimal, parameter, parts, passlib_base64};
use super::unsupported::UnsupportedHash;

/// Maximum number of iterations: about a second's work.
const MAX_ITERATIONS: u64 = 2_000_000;
const SALT_BYTES: [usize; 2] = [1, 128];
const OUTPUT_BYTES: [usize; 2] = [10, 64];
const MALFORMED: UnsupportedHash = UnsupportedHash::Malformed("PBKDF2");

#[derive(Debug)]
pub(in crate::password) struct Pbkdf2Hash {
    digest: Digest,
    iterations: u32,
    salt: Vec<u8>,
    output: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
enum Digest {
    Sha1,
    Sha256,
    Sha512,
}

impl Digest {
    fn named(name: &str) -> Option<Self> {
        match name {
            "sha1" => Some(Self::Sha1),
            "sha256" => Some(Self::Sha256),
            "sha512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// Number of bytes of a block.
    const fn block(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }
}

impl Pbkdf2Hash {
    /// Parses a hash; `None` if it has another format.
    pub(super) fn read(text: &str) -> Option<Result<Self, UnsupportedHash>> {
        if let Some(rest) = text.strip_prefix("$pbkdf2$") {
            return Some(Self::read_dollars(Digest::Sha1, rest));
        }
        let named = |text: &str, separator| {
            let (name, rest) = text.split_once(separator)?;
            Some((Digest::named(name)?, rest.to_owned()))
        };
        if let Some((digest, rest)) = text.strip_prefix("$pbkdf2-").and_then(|rest| named(rest, '$')) {
            return Some(Self::read_dollars(digest, &rest));
        }
        if let Some((digest, rest)) = text.strip_prefix("pbkdf2_").and_then(|rest| named(rest, '$')) {
            return Some(Self::read_django(digest, &rest));
        }
        if let Some((digest, rest)) = text.strip_prefix("pbkdf2:").and_then(|rest| named(rest, ':')) {
            return Some(Self::read_werkzeug(digest, &rest));
        }
        Self::read_aspnet(&base64(text)?)
    }

    fn new(digest: Digest, iterations: u64, salt: Vec<u8>, output: Vec<u8>) -> Result<Self, UnsupportedHash> {
        UnsupportedHash::check_cost("number of PBKDF2 iterations", iterations, MAX_ITERATIONS)?;
        UnsupportedHash::check_length("PBKDF2", "salt", &salt, SALT_BYTES)?;
        UnsupportedHash::check_length("PBKDF2", "output", &output, OUTPUT_BYTES)?;
        let iterations = u32::try_from(iterations).map_err(|_| MALFORMED)?;
        Ok(Self { digest, iterations, salt, output })
    }

    /// Reads the formats that start with `$`: PHC strings and passlib's.
    fn read_dollars(digest: Digest, rest: &str) -> Result<Self, UnsupportedHash> {
        let [parameters, salt, output] = parts(rest, '$').ok_or(MALFORMED)?;
        if let Some(iterations) = decimal(parameters) {
            let [salt, output] = [salt, output].map(passlib_base64);
            return Self::new(digest, iterations, salt.ok_or(MALFORMED)?, output.ok_or(MALFORMED)?);
        }
        let [salt, output] = [salt, output].map(base64);
        let (salt, output) = (salt.ok_or(MALFORMED)?, output.ok_or(MALFORMED)?);
        let iterations = parameter(parameters, "i").and_then(decimal).ok_or(MALFORMED)?;
        // Some systems write the output length as `l`. It must match the output.
        let length = parameter(parameters, "l");
        let is_right = length.is_none_or(|length| decimal(length) == Some(output.len()));
        if !is_right || parameters.split(',').count() != 1 + usize::from(length.is_some()) {
            return Err(MALFORMED);
        }
        Self::new(digest, iterations, salt, output)
    }

    fn read_django(digest: Digest, rest: &str) -> Result<Self, UnsupportedHash> {
        let [iterations, salt, output] = parts(rest, '$').ok_or(MALFORMED)?;
        let iterations = decimal(iterations).ok_or(MALFORMED)?;
        Self::new(digest, iterations, salt.as_bytes().to_vec(), base64(output).ok_or(MALFORMED)?)
    }

    fn read_werkzeug(digest: Digest, rest: &str) -> Result<Self, UnsupportedHash> {
        let [iterations, salt, output] = parts(rest, '$').ok_or(MALFORMED)?;
        let iterations = decimal(iterations).ok_or(MALFORMED)?;
        Self::new(digest, iterations, salt.as_bytes().to_vec(), hexadecimal(output).ok_or(MALFORMED)?)
    }

    /// Reads the bytes of ASP.NET Core Identity: its version 3 names everything; version 2 is always HMAC-SHA-1 with
    /// 1,000 iterations, 16 bytes of salt and 32 of output.
    fn read_aspnet(bytes: &[u8]) -> Option<Result<Self, UnsupportedHash>> {
        match bytes.split_first()? {
            (0x00, rest) if rest.len() == 48 => {
                let (salt, output) = rest.split_at_checked(16)?;
                Some(Self::new(Digest::Sha1, 1_000, salt.to_vec(), output.to_vec()))
            }
            (0x01, rest) => {
                let (numbers, rest) = rest.split_at_checked(12)?;
                let (numbers, _) = numbers.as_chunks::<4>();
                let [digest, iterations, salt_length] = numbers.try_into().ok()?;
                let [digest, iterations, salt_length] = [digest, iterations, salt_length].map(u32::from_be_bytes);
                let digest = match digest {
                    0 => Digest::Sha1,
                    1 => Digest::Sha256,
                    2 => Digest::Sha512,
                    _ => return None,
                };
                let (salt, output) = rest.split_at_checked(usize::try_from(salt_length).ok()?)?;
                Some(Self::new(digest, iterations.into(), salt.to_vec(), output.to_vec()))
            }
            _ => None,
        }
    }

    /// Returns whether the password matches. Computes only the first block of the output: a second one would double the
    /// cost of verifying, but not of guessing.
    pub(super) fn verify(&self, password: &[u8]) -> bool {
        let kept = self.output.get(..self.digest.block()).unwrap_or(&self.output);
        let mut computed = Zeroizing::new(vec![0; kept.len()]);
        match self.digest {
            Digest::Sha1 => pbkdf2_hmac::<Sha1>(password, &self.salt, self.iterations, &mut computed),
            Digest::Sha256 => pbkdf2_hmac::<Sha256>(password, &self.salt, self.iterations, &mut computed),
            Digest::Sha512 => pbkdf2_hmac::<Sha512>(password, &self.salt, self.iterations, &mut computed),
        }
        computed.as_slice().ct_eq(kept).to_bool()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str = "c29tZXNhbHQxMjM0NTY3OA$UVU0bBjn23nqieo6m4O1vg6ncz2xffKg6dXMzXCtZ4E";

    fn said(text: &str) -> String {
        Pbkdf2Hash::read(text).unwrap().unwrap_err().to_string()
    }

    #[test]
    fn the_hash_matches_other_implementations() {
        // Made with Python's hashlib, passlib, Django and Werkzeug; the last two with ASP.NET's layout around hashlib.
        for text in [
            "$pbkdf2-sha256$i=1000$c29tZXNhbHQxMjM0NTY3OA$UVU0bBjn23nqieo6m4O1vg6ncz2xffKg6dXMzXCtZ4E",
            "$pbkdf2-sha256$i=1000,l=32$c29tZXNhbHQxMjM0NTY3OA$UVU0bBjn23nqieo6m4O1vg6ncz2xffKg6dXMzXCtZ4E",
            "$pbkdf2-sha512$i=1000$c29tZXNhbHQxMjM0NTY3OA$3rR/v0MMKEa6IoobirvnRg2w+QjhpOU8D/JuOAK4T6mc51/ZhjUzmFUGOkqXqfnUnh7+LIag9YgOHJCiwqY9HA",
            "$pbkdf2-sha256$1000$.3NvbWVzYWx0MTIzNDU2Nw$GpXAx.HFN69wPwHbyJQHBr1/LdLmI2V2ni.ZjfMTEj8",
            "$pbkdf2$1000$c29tZXNhbHQxMjM0NTY3OA$EV9CvKU4sYU5aNy9B2.qln4Epxg",
            "$pbkdf2-sha512$1000$c29tZXNhbHQxMjM0NTY3OA$3rR/v0MMKEa6IoobirvnRg2w.QjhpOU8D/JuOAK4T6mc51/ZhjUzmFUGOkqXqfnUnh7.LIag9YgOHJCiwqY9HA",
            "pbkdf2_sha256$1000$somesalt$j4Aa14inUtOh7Sg/D7hH54ohymuHNQD4+ccfhepGWAY=",
            "pbkdf2_sha1$1000$somesalt$nhpKdz3UCE/OUeC0aLwb8Rne5X8=",
            "pbkdf2:sha256:1000$somesalt$8f801ad788a752d3a1ed283f0fb847e78a21ca6b873500f8f9c71f85ea465806",
            "pbkdf2:sha1:1000$somesalt$9e1a4a773dd4084fce51e0b468bc1bf119dee57f",
            "$pbkdf2-sha256$i=1000$c29tZXNhbHQxMjM0NTY3OA$UVU0bBjn23nqieo6m4O1vg6ncz2xffKg6dXMzXCtZ4HhjeTJQMNOU95QKsUvFpFNx5OKIJDwMhAqzJQVuqSe3Q",
            "AHNvbWVzYWx0MTIzNDU2NzgRX0K8pTixhTlo3L0Hb6qWfgSnGD9bcadxtKykZPjOFQ==",
            "AQAAAAIAAAPoAAAAEHNvbWVzYWx0MTIzNDU2NzjetH+/QwwoRroiihuKu+dGDbD5COGk5TwP8m44ArhPqQ==",
        ] {
            let hash = Pbkdf2Hash::read(text).unwrap().unwrap();
            assert!(hash.verify(b"password"), "{text}");
            assert!(!hash.verify(b"Password"), "{text}");
        }
    }

    #[test]
    fn costs_out_of_bounds_are_refused() {
        for bearable in ["pbkdf2-sha256$i=1", "pbkdf2-sha256$i=2000000", "pbkdf2-sha512$i=1000,l=32", "pbkdf2-sha1$i=9"]
        {
            assert!(Pbkdf2Hash::read(&format!("${bearable}${REST}")).unwrap().is_ok(), "{bearable}");
        }
        for unbearable in [
            "pbkdf2-sha256$i=2000001",
            "pbkdf2-sha256$i=4294967296",
            "pbkdf2-sha256$i=0",
            "pbkdf2-sha256$0",
            "pbkdf2-sha256$2000001",
            "pbkdf2-sha256$i=1000,l=20",
            "pbkdf2-sha256$i=1000,x=1",
            "pbkdf2-sha256$l=32",
            "pbkdf2-sha256$i=+1",
        ] {
            assert!(Pbkdf2Hash::read(&format!("${unbearable}${REST}")).unwrap().is_err(), "{unbearable}");
        }
        assert_eq!(said(&format!("$pbkdf2-sha256$0${REST}")), "the number of PBKDF2 iterations is 0");
        assert!(Pbkdf2Hash::read(&format!("$pbkdf2-md5$i=1000${REST}")).is_none());
        assert_eq!(
            said(&format!("$pbkdf2-sha256$i=2000001${REST}")),
            "the number of PBKDF2 iterations is 2000001, above the limit of 2000000"
        );
    }

    #[test]
    fn incomplete_hashes_are_refused_with_the_reason() {
        for text in ["pbkdf2_sha256$1000$salt", "pbkdf2_sha256$x$salt$AAAA", "pbkdf2:sha256:1000$salt$0g"] {
            assert_eq!(said(text), "it is not a complete hash of the format PBKDF2", "{text}");
        }
        assert_eq!(
            said("pbkdf2_sha256$1000$salt$AAAA"),
            "the output of the PBKDF2 hash has 3 bytes, must have 10 to 64"
        );
        assert_eq!(
            said("pbkdf2_sha256$1000$$UVU0bBjn23nqieo6m4O1vg6ncz2xffKg6dXMzXCtZ4E="),
            "the salt of the PBKDF2 hash has 0 bytes, must have 1 to 128"
        );
    }

    #[test]
    fn other_base64_is_not_of_aspnet() {
        let of = |bytes: &[u8]| {
            use base64ct::{Base64, Encoding};
            Pbkdf2Hash::read(&Base64::encode_string(bytes))
        };
        for bytes in [&[][..], &[0; 48], &[0; 50], &[1; 20], &[2; 61]] {
            assert!(of(bytes).is_none(), "{bytes:?}");
        }
        let mut excessive = vec![1, 0, 0, 0, 2];
        excessive.extend(2_000_001_u32.to_be_bytes());
        excessive.extend(16_u32.to_be_bytes());
        excessive.extend([7; 48]);
        assert!(of(&excessive).unwrap().is_err());
    }
}
