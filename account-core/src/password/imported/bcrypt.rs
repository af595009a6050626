//! bcrypt (Provos and Mazieres 1999), as its modular crypt strings have it.

use base64ct::{Base64Bcrypt, Encoding};
use ctutils::CtEq;
use zeroize::Zeroizing;

use crate::password::Password;

/// Accepted costs: 2^14 rounds take about a second.
const COSTS: std::ops::RangeInclusive<u32> = 4..=14;
/// How many bytes of a password bcrypt uses.
const KEY_BYTES: usize = 72;
const SALT_BYTES: usize = 16;
const SALT_CHARACTERS: usize = 22;
const OUTPUT_BYTES: usize = 23;

pub(in crate::password) struct BcryptHash {
    cost: u32,
    salt: [u8; SALT_BYTES],
    output: [u8; OUTPUT_BYTES],
}

impl BcryptHash {
    pub(super) fn read(text: &str) -> Option<Self> {
        // `$2x$` is excluded on purpose: it marks hashes of a faulty implementation.
        let rest = ["$2a$", "$2b$", "$2y$"].into_iter().find_map(|prefix| text.strip_prefix(prefix))?;
        let (cost, encoded) = rest.split_once('$')?;
        let cost = cost.parse().ok().filter(|parsed| COSTS.contains(parsed) && format!("{parsed:02}") == cost)?;
        let (salt, output) = encoded.split_at_checked(SALT_CHARACTERS)?;
        Some(Self { cost, salt: decode(salt)?, output: decode(output)? })
    }

    pub(super) fn verify(&self, password: &Password) -> bool {
        let bytes = password.expose().as_bytes();
        // bcrypt repeats the password and a final NUL: a NUL inside would make two passwords equivalent.
        let is_sound = !bytes.contains(&0);
        let key: Zeroizing<Vec<u8>> = Zeroizing::new(bytes.iter().copied().chain([0]).take(KEY_BYTES).collect());
        let computed = Zeroizing::new(bcrypt::bcrypt(self.cost, self.salt, &key));
        // bcrypt computes 24 bytes and keeps 23.
        computed.get(..OUTPUT_BYTES).is_some_and(|kept| kept.ct_eq(self.output.as_slice()).to_bool()) && is_sound
    }
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
        BcryptHash::read(text).unwrap().verify(&Password::new(password).unwrap())
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
        assert!(BcryptHash::read(&format!("$2b$14${rest}")).is_some());
        for start in ["$2b$15$", "$2b$31$", "$2b$03$", "$2b$6$", "$2b$+6$", "$2b$006$", "$2x$06$", "$2$06$", "2b$06$"] {
            assert!(BcryptHash::read(&format!("{start}{rest}")).is_none(), "{start}");
        }
        for rest in ["", "m0CrhHm10qJ3lXRY.5zDGO", &rest[..52], &format!("{rest}a"), &rest.replace('3', "é")] {
            assert!(BcryptHash::read(&format!("$2b$06${rest}")).is_none(), "{rest}");
        }
    }
}
