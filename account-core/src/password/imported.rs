//! Password hashes from other systems. They are verified as they are, and replaced when their owner signs in.

#[cfg(feature = "imported-hashes")]
mod bcrypt;
#[cfg(feature = "imported-hashes")]
mod pbkdf2;
#[cfg(feature = "imported-hashes")]
mod scrypt;

use super::PasswordHash;
use super::argon2::stored::can_verify;
#[cfg(feature = "imported-hashes")]
use crate::{password::Password, ports::HashingError};

/// The hash has an unknown format, or verifying it would cost too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the hash is not supported, or too expensive to verify")]
pub struct UnsupportedHash;

impl PasswordHash {
    /// Parses a hash from another system, if it can be verified here and its cost is within these limits:
    /// - Argon2 (PHC string), every variant: up to 256 MiB and 64 passes, and 1 GiB over all passes together;
    ///
    /// and with the feature `imported-hashes`
    /// - bcrypt (`$2a$`, `$2b$`, `$2y$`): cost 4 to 14. bcrypt uses only the first 72 bytes of a password, and so does
    ///   verification until the hash is replaced. A password with a NUL is always wrong;
    /// - scrypt (PHC string, `$scrypt$ln=..,r=..,p=..$`): up to 256 MiB, `p` up to 16, and 1 GiB over all `p` together;
    /// - PBKDF2 (PHC string, `$pbkdf2-sha256$i=..$`, `$pbkdf2-sha512$i=..$`): up to 2,000,000 iterations, and no more
    ///   bytes than one block of the hash.
    ///
    /// Salts have 8 to 48 bytes and hashes 10 to 64, as the PHC string format requires. Passwords are normalized to
    /// NFKC before they are verified. If the other system did not do so, passwords that this changes are wrong.
    ///
    /// # Errors
    /// [`UnsupportedHash`] for everything else.
    pub fn parse_imported(text: &str) -> Result<Self, UnsupportedHash> {
        let hash = Self::from_phc(text.to_owned());
        #[cfg(feature = "imported-hashes")]
        let is_supported = can_verify(&hash) || ImportedHash::read(&hash).is_some();
        #[cfg(not(feature = "imported-hashes"))]
        let is_supported = can_verify(&hash);
        if is_supported { Ok(hash) } else { Err(UnsupportedHash) }
    }
}

/// A parsed hash other than Argon2, within the limits.
#[cfg(feature = "imported-hashes")]
pub(super) enum ImportedHash {
    Bcrypt(bcrypt::BcryptHash),
    Scrypt(scrypt::ScryptHash),
    Pbkdf2(pbkdf2::Pbkdf2Hash),
}

#[cfg(feature = "imported-hashes")]
impl ImportedHash {
    /// Parses a hash; `None` if it has another format or exceeds the limits.
    pub(super) fn read(hash: &PasswordHash) -> Option<Self> {
        let text = hash.as_phc();
        let bcrypt = || bcrypt::BcryptHash::read(text).map(Self::Bcrypt);
        let scrypt = || scrypt::ScryptHash::read(text).map(Self::Scrypt);
        let pbkdf2 = || pbkdf2::Pbkdf2Hash::read(text).map(Self::Pbkdf2);
        bcrypt().or_else(scrypt).or_else(pbkdf2)
    }

    /// Returns whether the password matches.
    pub(super) fn verify(&self, password: &Password) -> Result<bool, HashingError> {
        match self {
            Self::Bcrypt(hash) => Ok(hash.verify(password)),
            Self::Scrypt(hash) => hash.verify(password),
            Self::Pbkdf2(hash) => hash.verify(password),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argon2_hash_is_imported_whatever_its_variant() {
        for text in [
            "$argon2id$v=19$m=1024,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$MsXas4v8AHvHhLsRtHaznoPVwqbYHwCMumXLMz613Xc",
            "$argon2i$v=19$m=256,t=3,p=2$c29tZXNhbHQxMjM0NTY3OA$ssNOhnmAjdDWTNCbVK9QGcvwz5AG4e1/",
            "$argon2d$v=16$m=256,t=3,p=2$c29tZXNhbHQxMjM0NTY3OA$ssNOhnmAjdDWTNCbVK9QGcvwz5AG4e1/",
        ] {
            assert_eq!(PasswordHash::parse_imported(text).unwrap().as_phc(), text);
        }
    }

    #[test]
    fn invalid_hashes_are_not_imported() {
        for text in ["", "plain", "5f4dcc3b5aa765d61d8327deb882cf99", "$1$salt$hash", "$argon2id$v=19$m=1024,t=2,p=1$"]
        {
            assert_eq!(PasswordHash::parse_imported(text), Err(UnsupportedHash), "{text}");
        }
    }
}
