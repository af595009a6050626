//! bcrypt (Provos and Mazieres 1999), in these formats:
//!
//! - modular crypt strings, which most systems have: `$2b$12$..`; Django writes `bcrypt$$2b$12$..`;
//! - Django (`BCryptSHA256PasswordHasher`, django/contrib/auth/hashers.py): `bcrypt_sha256$$2b$12$..`;
//! - passlib (`passlib.hash.bcrypt_sha256`, passlib/handlers/bcrypt.py): `$bcrypt-sha256$v=2,t=2b,r=12$..` and, from
//!   its first version, `$bcrypt-sha256$2b,12$..`;
//! - WordPress since 6.8 (`wp_hash_password`, wp-includes/pluggable.php): `$wp$2y$10$..`.
//!
//! All but the first hash a digest of the password, so that it may be longer than 72 bytes.

use base64ct::{Base64, Base64Bcrypt, Encoding};
use ctutils::CtEq;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha384};
use zeroize::Zeroizing;

use super::encoding::{decimal, parameter, parts};
use super::unsupported::UnsupportedHash;
use super::wordpress;

/// Minimum cost of the algorithm, and the maximum that is accepted: 2^14 rounds take about a second.
const MIN_COST: u32 = 4;
const MAX_COST: u32 = 14;
/// The maximum for WordPress, whose hashes may have to be computed twice (`wordpress::spellings`).
const MAX_WORDPRESS_COST: u32 = 13;
/// How many bytes of a password bcrypt uses.
const KEY_BYTES: usize = 72;
const SALT_BYTES: usize = 16;
const SALT_CHARACTERS: usize = 22;
const OUTPUT_BYTES: usize = 23;
const MALFORMED: UnsupportedHash = UnsupportedHash::Malformed("bcrypt");

pub(in crate::password) struct BcryptHash {
    cost: u32,
    salt: [u8; SALT_BYTES],
    output: [u8; OUTPUT_BYTES],
    digest: PasswordDigest,
}

/// What is hashed.
enum PasswordDigest {
    /// The password itself.
    None,
    /// Django: SHA-256, in hexadecimal digits.
    Django,
    /// passlib's first version: SHA-256, in Base64.
    Passlib,
    /// passlib: HMAC-SHA-256 with this salt as it is written, in Base64.
    SaltedPasslib(String),
    /// WordPress: HMAC-SHA-384 with a fixed key, in Base64.
    WordPress,
}

impl BcryptHash {
    /// Parses a hash; `None` if it has another format.
    pub(super) fn read(text: &str) -> Option<Result<Self, UnsupportedHash>> {
        if let Some(rest) = text.strip_prefix("$bcrypt-sha256$") {
            return Some(Self::read_passlib(rest));
        }
        let (digest, crypt) = if let Some(rest) = text.strip_prefix("$wp") {
            (PasswordDigest::WordPress, rest)
        } else if let Some(rest) = text.strip_prefix("bcrypt_sha256$") {
            (PasswordDigest::Django, rest)
        } else {
            (PasswordDigest::None, text.strip_prefix("bcrypt$").unwrap_or(text))
        };
        // `$2x$` is excluded on purpose: it marks hashes of a faulty implementation.
        let rest = ["$2a$", "$2b$", "$2y$"].into_iter().find_map(|prefix| crypt.strip_prefix(prefix))?;
        Some(Self::read_crypt(rest, digest))
    }

    fn read_crypt(rest: &str, digest: PasswordDigest) -> Result<Self, UnsupportedHash> {
        let (cost, encoded) = rest.split_once('$').ok_or(MALFORMED)?;
        let (salt, output) = encoded.split_at_checked(SALT_CHARACTERS).ok_or(MALFORMED)?;
        if cost.len() != 2 {
            return Err(MALFORMED);
        }
        Self::new(cost, salt, output, digest)
    }

    fn read_passlib(rest: &str) -> Result<Self, UnsupportedHash> {
        let [parameters, salt, output] = parts(rest, '$').ok_or(MALFORMED)?;
        let is_known = |kind: &str| ["2a", "2b", "2y"].contains(&kind);
        if let Some([_, cost]) = parts(parameters, ',').filter(|[kind, _]| is_known(kind)) {
            return Self::new(cost, salt, output, PasswordDigest::Passlib);
        }
        let [version, kind, cost] = ["v", "t", "r"].map(|name| parameter(parameters, name));
        let cost = cost.filter(|_| version == Some("2") && kind.is_some_and(is_known)).ok_or(MALFORMED)?;
        Self::new(cost, salt, output, PasswordDigest::SaltedPasslib(salt.to_owned()))
    }

    fn new(cost: &str, salt: &str, output: &str, digest: PasswordDigest) -> Result<Self, UnsupportedHash> {
        let cost: u32 = decimal(cost).filter(|cost| *cost >= MIN_COST).ok_or(MALFORMED)?;
        let max = if matches!(digest, PasswordDigest::WordPress) { MAX_WORDPRESS_COST } else { MAX_COST };
        UnsupportedHash::check_cost("bcrypt cost", cost.into(), max.into())?;
        let (salt, output) = (decode(salt).ok_or(MALFORMED)?, decode(output).ok_or(MALFORMED)?);
        Ok(Self { cost, salt, output, digest })
    }

    /// Returns whether WordPress made the hash.
    pub(super) const fn is_of_wordpress(&self) -> bool {
        matches!(self.digest, PasswordDigest::WordPress)
    }

    /// Returns whether the password matches.
    pub(super) fn verify(&self, password: &str) -> bool {
        let bytes = password.as_bytes();
        match &self.digest {
            PasswordDigest::None => self.matches(bytes),
            PasswordDigest::Django => self.matches(hexadecimal(&Sha256::digest(bytes)).as_bytes()),
            PasswordDigest::Passlib => self.matches(encode(&Sha256::digest(bytes)).as_bytes()),
            PasswordDigest::SaltedPasslib(salt) => {
                self.matches(encode(&authenticate::<Hmac<Sha256>>(salt.as_bytes(), bytes)).as_bytes())
            }
            PasswordDigest::WordPress => wordpress::spellings(password).iter().any(|spelling| {
                let digest = authenticate::<Hmac<Sha384>>(b"wp-sha384", spelling.as_bytes());
                self.matches(encode(&digest).as_bytes())
            }),
        }
    }

    fn matches(&self, hashed: &[u8]) -> bool {
        // bcrypt repeats the password and a final NUL: a NUL inside would make two passwords equivalent.
        let is_sound = !hashed.contains(&0);
        let key: Zeroizing<Vec<u8>> = Zeroizing::new(hashed.iter().copied().chain([0]).take(KEY_BYTES).collect());
        let computed = Zeroizing::new(bcrypt::bcrypt(self.cost, self.salt, &key));
        // bcrypt computes 24 bytes and keeps 23.
        computed.get(..OUTPUT_BYTES).is_some_and(|kept| kept.ct_eq(self.output.as_slice()).to_bool()) && is_sound
    }
}

/// Returns the code of a password under a key. HMAC takes a key of any length.
fn authenticate<M: Mac + KeyInit>(key: &[u8], password: &[u8]) -> Zeroizing<Vec<u8>> {
    let code = M::new_from_slice(key).map(|code| code.chain_update(password).finalize().into_bytes().to_vec());
    Zeroizing::new(code.unwrap_or_default())
}

fn encode(digest: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(Base64::encode_string(digest))
}

fn hexadecimal(digest: &[u8]) -> Zeroizing<String> {
    let mut digits = Zeroizing::new(String::with_capacity(digest.len() * 2));
    for byte in digest {
        digits.extend([byte >> 4, byte & 15].into_iter().filter_map(|digit| char::from_digit(digit.into(), 16)));
    }
    digits
}

fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let length = Base64Bcrypt::decode(text, &mut bytes).ok()?.len();
    (length == N).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verify(password: &str, text: &str) -> bool {
        BcryptHash::read(text).unwrap().unwrap().verify(password)
    }

    #[test]
    fn the_hash_matches_other_implementations() {
        // From the tests of jBCrypt and of crypt_blowfish.
        for (password, text) in [
            ("", "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s."),
            ("a", "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe"),
            ("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
            ("U*U*", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
            ("U*U*U", "$2y$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"),
        ] {
            assert!(verify(password, text), "{text}");
            assert!(!verify("another", text), "{text}");
        }
    }

    #[test]
    fn the_hash_of_a_digest_matches_other_implementations() {
        // Made with Django and passlib; the last two as WordPress does it, with Python's hmac and bcrypt.
        for text in [
            "bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuuavYyybW8SwBYgHrVfEOHIljvgCGgHr2",
            "bcrypt$$2b$04$abcdefghijklmnopqrstuughE8Ev8uGFaUgY2cNEySvxngrb/Jzdm",
            "$bcrypt-sha256$v=2,t=2b,r=4$abcdefghijklmnopqrstuu$6eeTxYH54oiZ0Z7.zjNaUH4ORExX7RG",
            "$bcrypt-sha256$2b,4$abcdefghijklmnopqrstuu$NjBgm1f5PAJarK9STLtnoQTHtx3RGk.",
            "$wp$2y$04$abcdefghijklmnopqrstuuvVcN26Qszf/bgHTEy5wqn1LFLMIFXUq",
        ] {
            assert!(verify("password", text), "{text}");
            assert!(!verify("another", text), "{text}");
        }
        let quoted = "$wp$2y$04$abcdefghijklmnopqrstuuvtSP2oMdjvb5LBy2Um1yvpfVu39itf6";
        assert!(verify(r#"It's \ a "word""#, quoted), "as its form has it");
        assert!(verify("  password ", "$wp$2y$04$abcdefghijklmnopqrstuuvVcN26Qszf/bgHTEy5wqn1LFLMIFXUq"), "trimmed");
    }

    #[test]
    fn only_the_first_72_bytes_of_a_password_count() {
        let text = "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";
        let counted = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        assert!(verify(counted, text));
        assert!(verify(&format!("{counted}chars after 72 are ignored"), text));
        assert!(!verify(&counted[..71], text));
    }

    #[test]
    fn a_password_with_a_nul_is_never_right() {
        let text = "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe";
        for password in ["a\0", "a\0a", "a\0b"] {
            assert!(!verify(password, text), "{password:?}");
        }
    }

    #[test]
    fn costs_out_of_bounds_and_other_spellings_are_refused() {
        let rest = "m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe";
        assert!(BcryptHash::read(&format!("$2b$14${rest}")).unwrap().is_ok());
        for start in ["$2b$15$", "$2b$31$", "$2b$03$", "$2b$6$", "$2b$+6$", "$2b$006$", "$wp$2y$14$", "bcrypt$$2b$15$"]
        {
            assert!(BcryptHash::read(&format!("{start}{rest}")).unwrap().is_err(), "{start}");
        }
        for start in ["$2x$06$", "$2$06$", "2b$06$"] {
            assert!(BcryptHash::read(&format!("{start}{rest}")).is_none(), "{start}");
        }
        let said = BcryptHash::read(&format!("$2b$15${rest}")).unwrap().err().unwrap().to_string();
        assert_eq!(said, "the bcrypt cost is 15, above the limit of 14");
        for rest in ["", "m0CrhHm10qJ3lXRY.5zDGO", &rest[..52], &format!("{rest}a"), &rest.replace('3', "é")] {
            assert!(BcryptHash::read(&format!("$2b$06${rest}")).unwrap().is_err(), "{rest}");
        }
    }
}
