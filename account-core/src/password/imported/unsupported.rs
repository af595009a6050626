//! Why a hash of another system cannot be used.

/// The hash has an unknown format, or verifying it would cost too much. Contains no part of the hash but numbers and names
/// that are known here, so that it can be shown and logged: what is in place of a hash may be a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnsupportedHash {
    /// It has no format that is known here.
    #[error("its format is unknown")]
    Format,
    /// It has too many bytes.
    #[error("it has {given} bytes, above the limit of {max}")]
    TooLong {
        /// Number of bytes.
        given: usize,
        /// Maximum number of bytes.
        max: usize,
    },
    /// It has control characters, or characters of other scripts.
    #[error("it has characters other than printable ASCII")]
    Characters,
    /// Its format names an algorithm that is not supported.
    #[error("the algorithm {0} is not supported")]
    Algorithm(String),
    /// It starts like a hash of this algorithm, but is not one.
    #[error("it is not a complete hash of the format {0}")]
    Malformed(&'static str),
    /// A cost of it is zero.
    #[error("the {0} is 0")]
    NoCost(&'static str),
    /// Its salt or its output is too short or too long.
    #[error("the {part} of the {algorithm} hash has {given} bytes, must have {min} to {max}")]
    Length {
        /// The algorithm.
        algorithm: &'static str,
        /// The part: salt, output, ..
        part: &'static str,
        /// Number of bytes.
        given: usize,
        /// Minimum number of bytes.
        min: usize,
        /// Maximum number of bytes.
        max: usize,
    },
    /// Verifying it would cost more than is accepted.
    #[error("the {parameter} is {given}, above the limit of {max}")]
    Cost {
        /// What is too high.
        parameter: &'static str,
        /// Its value.
        given: u64,
        /// The maximum.
        max: u64,
    },
}

impl UnsupportedHash {
    /// Describes a hash that no format claims, by the part of it that reveals nothing.
    pub(super) fn describe(text: &str) -> Self {
        if let Some((_, name)) = UNSALTED.iter().find(|(digits, _)| is_hexadecimal(text, *digits)) {
            return Self::Algorithm((*name).to_owned());
        }
        let starts_with = |name: &str| text.strip_prefix(name).is_some_and(|rest| rest.starts_with('$'));
        if let Some(name) = DJANGO.into_iter().find(|name| starts_with(name)) {
            return Self::Algorithm(name.to_owned());
        }
        let name = text.strip_prefix('$').and_then(|rest| rest.split_once('$')).map(|(name, _)| name);
        let known = name.and_then(|name| CRYPT.split(' ').find(|known| *known == name));
        known.map_or(Self::Format, |name| Self::Algorithm(format!("${name}$")))
    }

    /// Checks the length of a part of a hash.
    #[cfg(feature = "imported-hashes")]
    pub(super) fn check_length(
        algorithm: &'static str,
        part: &'static str,
        bytes: &[u8],
        [min, max]: [usize; 2],
    ) -> Result<(), Self> {
        let given = bytes.len();
        if (min..=max).contains(&given) { Ok(()) } else { Err(Self::Length { algorithm, part, given, min, max }) }
    }

    /// Checks a cost.
    pub(in crate::password) fn check_cost(parameter: &'static str, given: u64, max: u64) -> Result<(), Self> {
        match given {
            0 => Err(Self::NoCost(parameter)),
            _ if given > max => Err(Self::Cost { parameter, given, max }),
            _ => Ok(()),
        }
    }
}

/// Hashes without a salt, by their number of hexadecimal digits.
const UNSALTED: [(usize, &str); 4] =
    [(32, "unsalted MD5"), (40, "unsalted SHA-1"), (64, "unsalted SHA-256"), (128, "unsalted SHA-512")];

/// What Django writes before its hashes.
const DJANGO: [&str; 5] = ["md5", "sha1", "unsalted_md5", "unsalted_sha1", "crypt"];

/// The names of modular crypt strings: crypt(5) of libxcrypt, Apache, Drupal and passlib; then what is verified here only
/// with the feature `imported-hashes`.
const CRYPT: &str = "1 2 2x 3 5 6 7 8 9 14 apr1 md5 sha1 sha256 sha512 y gy sm3 S U scram p5k2 pbkdf2-sha224 pbkdf2-sha384 \
    2a 2b 2y H P bcrypt-sha256 fbscrypt pbkdf2 pbkdf2-sha1 pbkdf2-sha256 pbkdf2-sha512 scrypt wp";

fn is_hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_described_by_the_name_of_its_algorithm_only() {
        for (text, said) in [
            ("$1$salt$hash", "the algorithm $1$ is not supported"),
            ("$apr1$salt$hash", "the algorithm $apr1$ is not supported"),
            ("$ummer2024$x", "its format is unknown"),
            ("$6x$salt$hash", "its format is unknown"),
            ("5f4dcc3b5aa765d61d8327deb882cf99", "the algorithm unsalted MD5 is not supported"),
            ("sha1$salt$hash", "the algorithm sha1 is not supported"),
            ("$a secret$x", "its format is unknown"),
            ("$unfinished", "its format is unknown"),
            ("$$x", "its format is unknown"),
            ("plain$text$x", "its format is unknown"),
            ("", "its format is unknown"),
        ] {
            assert_eq!(UnsupportedHash::describe(text).to_string(), said, "{text}");
        }
    }
}
