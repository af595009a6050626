//! Password hashes from other systems. They are verified as they are, and replaced when their owner signs in.

#[cfg(feature = "imported-hashes")]
mod bcrypt;
#[cfg(feature = "imported-hashes")]
mod encoding;
#[cfg(feature = "imported-hashes")]
mod firebase;
#[cfg(feature = "imported-hashes")]
mod pbkdf2;
#[cfg(feature = "imported-hashes")]
mod phpass;
#[cfg(feature = "imported-hashes")]
mod scrypt;
pub(super) mod unsupported;
#[cfg(feature = "imported-hashes")]
mod wordpress;

#[cfg(feature = "imported-hashes")]
use super::Password;
use super::PasswordHash;
use super::argon2::stored::StoredHash;
#[cfg(feature = "imported-hashes")]
use crate::ports::HashingError;
pub use unsupported::UnsupportedHash;

/// Maximum length of an imported hash in bytes. Those of the formats below have at most about 400.
const MAX_BYTES: usize = 1_024;

impl PasswordHash {
    /// Parses a hash from another system, if it can be verified here and its cost is within these limits:
    /// - Argon2 (PHC string; Django writes `argon2` before it), every variant: up to 256 MiB and 64 passes, and 1 GiB
    ///   over all passes together;
    ///
    /// and with the feature `imported-hashes`
    /// - bcrypt (`$2a$`, `$2b$`, `$2y$`): cost 4 to 14. bcrypt uses only the first 72 bytes of a password, and so does
    ///   verification until the hash is replaced. A password with a NUL is always wrong. The variants of Django
    ///   (`bcrypt$`, `bcrypt_sha256$`), passlib (`$bcrypt-sha256$`) and WordPress (`$wp$2y$`, cost up to 13) too;
    /// - scrypt (PHC string `$scrypt$ln=..,r=..,p=..$`, and as Django and Werkzeug write it): up to 256 MiB, `p` up to
    ///   16, and 1 GiB over all `p` together. Firebase's variant (`$fbscrypt$`) too;
    /// - PBKDF2 with SHA-1, SHA-256 or SHA-512 (PHC string `$pbkdf2-sha256$i=..$`, and as passlib, Django, Werkzeug and
    ///   ASP.NET Core Identity write it): up to 2,000,000 iterations. Only the first block of the hash is compared;
    /// - phpass (`$P$`, `$H$`): up to 2^16 rounds.
    ///
    /// A hash has at most 1,024 characters, all of them printable ASCII, so that every database stores it. Salts have 1
    /// to 128 bytes and hashes 10 to 64 (Argon2: 8 to 48, as the PHC string format requires). Passwords are verified as
    /// they were typed and, if that differs, in NFKC; such a password can cost twice as much.
    ///
    /// # Errors
    /// [`UnsupportedHash`] for everything else.
    pub fn parse_imported(text: &str) -> Result<Self, UnsupportedHash> {
        if text.len() > MAX_BYTES {
            return Err(UnsupportedHash::TooLong { given: text.len(), max: MAX_BYTES });
        }
        if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return Err(UnsupportedHash::Characters);
        }
        let hash = Self::from_phc(text.to_owned());
        if let Some(stored) = StoredHash::read(&hash) {
            return stored.check_bounds(None).map(|()| hash);
        }
        if ["$argon2i", "$argon2d", "argon2$"].iter().any(|prefix| text.starts_with(prefix)) {
            return Err(UnsupportedHash::Malformed("Argon2"));
        }
        #[cfg(feature = "imported-hashes")]
        return ImportedHash::read(&hash).map(|_| hash);
        #[cfg(not(feature = "imported-hashes"))]
        Err(UnsupportedHash::describe(text))
    }

    /// Returns whether the hash may be of another text than the password that it matches: one without the spaces around
    /// it. Then nobody knows which of them its owner chose.
    #[cfg(feature = "imported-hashes")]
    pub(crate) fn may_be_of_other_text(&self, password: &Password) -> bool {
        wordpress::is_trimmed(password.expose())
            && ImportedHash::read(self).is_ok_and(|imported| imported.ignores_spaces_around())
    }
}

/// A parsed hash other than Argon2, within the limits.
#[cfg(feature = "imported-hashes")]
pub(super) enum ImportedHash {
    Bcrypt(bcrypt::BcryptHash),
    Scrypt(scrypt::ScryptHash),
    Pbkdf2(pbkdf2::Pbkdf2Hash),
    Firebase(firebase::FirebaseHash),
    Phpass(phpass::PhpassHash),
}

#[cfg(feature = "imported-hashes")]
impl ImportedHash {
    /// Parses a hash. The first format that claims it decides.
    pub(super) fn read(hash: &PasswordHash) -> Result<Self, UnsupportedHash> {
        let text = hash.as_phc();
        let bcrypt = || bcrypt::BcryptHash::read(text).map(|read| read.map(Self::Bcrypt));
        let scrypt = || scrypt::ScryptHash::read(text).map(|read| read.map(Self::Scrypt));
        let firebase = || firebase::FirebaseHash::read(text).map(|read| read.map(Self::Firebase));
        let phpass = || phpass::PhpassHash::read(text).map(|read| read.map(Self::Phpass));
        let pbkdf2 = || pbkdf2::Pbkdf2Hash::read(text).map(|read| read.map(Self::Pbkdf2));
        let read = bcrypt().or_else(scrypt).or_else(firebase).or_else(phpass).or_else(pbkdf2);
        read.unwrap_or_else(|| Err(UnsupportedHash::describe(text)))
    }

    /// Returns whether the system may have removed spaces from around a password before it hashed it.
    const fn ignores_spaces_around(&self) -> bool {
        match self {
            Self::Bcrypt(hash) => hash.is_of_wordpress(),
            Self::Phpass(_) => true,
            Self::Scrypt(_) | Self::Pbkdf2(_) | Self::Firebase(_) => false,
        }
    }

    /// Returns whether the password matches.
    pub(super) fn verify(&self, password: &str) -> Result<bool, HashingError> {
        match self {
            Self::Bcrypt(hash) => Ok(hash.verify(password)),
            Self::Scrypt(hash) => hash.verify(password.as_bytes()),
            Self::Pbkdf2(hash) => Ok(hash.verify(password.as_bytes())),
            Self::Firebase(hash) => hash.verify(password.as_bytes()),
            Self::Phpass(hash) => Ok(hash.verify(password)),
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
            // As Django writes it.
            "argon2$argon2id$v=19$m=102400,t=2,p=8$c29tZXNhbHQ$A+osl2lWPypLqRpACGJNHahTDjr/v1XvOUVcPGg8E9w",
        ] {
            assert_eq!(PasswordHash::parse_imported(text).unwrap().as_phc(), text);
        }
    }

    #[test]
    #[cfg(feature = "imported-hashes")]
    fn a_hash_that_a_database_may_refuse_is_refused() {
        let of = |salt: &str| {
            let text = format!("pbkdf2_sha256$1000${salt}$j4Aa14inUtOh7Sg/D7hH54ohymuHNQD4+ccfhepGWAY=");
            PasswordHash::parse_imported(&text).map_err(|why| why.to_string())
        };
        assert!(of("some salt~").is_ok());
        for salt in ["some\0salt", "some\nsalt", "some\x7fsalt", "sömesalt"] {
            assert_eq!(of(salt).unwrap_err(), "it has characters other than printable ASCII", "{salt:?}");
        }
        let padded = |text: &str| PasswordHash::parse_imported(&format!("{text:=<1024}")).unwrap_err().to_string();
        assert_eq!(padded("$scrypt$ln=4,r=8,p=1$c2FsdA$"), "it is not a complete hash of the format scrypt");
        assert_eq!(of(&"s".repeat(1_000)).unwrap_err(), "it has 1064 bytes, above the limit of 1024");
    }

    #[test]
    fn a_refused_hash_says_why() {
        for (text, said) in [
            ("", "its format is unknown"),
            ("plain", "its format is unknown"),
            ("$1$salt$hash", "the algorithm $1$ is not supported"),
            ("$argon2id$v=19$m=1024,t=2,p=1$", "it is not a complete hash of the format Argon2"),
            (
                "$argon2id$v=19$m=262145,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "the memory of Argon2 in KiB is 262145, above the limit of 262144",
            ),
        ] {
            assert_eq!(PasswordHash::parse_imported(text).unwrap_err().to_string(), said, "{text}");
        }
    }
}
