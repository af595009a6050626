//! Passwords: the plain text, its hash, and the rules for choosing one.

pub mod argon2;
pub mod blocklist;
pub(crate) mod choose;
mod imported;
pub mod policy;

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::field_limits::PASSWORD;
pub use imported::UnsupportedHash;

/// Most code points of any password, whatever the policy: longer ones are refused before anything is computed.
pub const MAX_CODE_POINTS: usize = PASSWORD.core.max;

/// A password in clear, in Unicode form NFKC, as it is set and verified (NIST SP 800-63B-4, 3.1.1.2).
///
/// Nothing else is done to it: no trimming, no folding, no cutting. It prints as `Password(..)` and its memory is
/// wiped when it is dropped.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

/// The password has more than [`MAX_CODE_POINTS`] code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the password has more than {MAX_CODE_POINTS} characters")]
pub struct PasswordTooLong;

impl Password {
    /// Takes a password as it was received.
    ///
    /// # Errors
    /// [`PasswordTooLong`] above [`MAX_CODE_POINTS`] code points, counted in NFKC.
    pub fn new(text: &str) -> Result<Self, PasswordTooLong> {
        // Looked at before normalising as well, so that a long text costs nothing.
        if text.chars().nth(MAX_CODE_POINTS).is_some() {
            return Err(PasswordTooLong);
        }
        let normalised = Zeroizing::new(text.nfkc().collect::<String>());
        if normalised.chars().nth(MAX_CODE_POINTS).is_some() {
            return Err(PasswordTooLong);
        }
        Ok(Self(normalised))
    }

    /// No password at all: for the work that is done where there is none to verify.
    pub(crate) fn none() -> Self {
        Self(Zeroizing::default())
    }

    /// The text in NFKC. It must go nowhere but into a hash or a rule.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

/// A password's hash as a PHC string, for example `$argon2id$v=19$m=19456,t=2,p=1$..`, or, where it was imported, of
/// another form until its owner signs in ([`PasswordHash::parse_imported`]).
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes a PHC string that a hasher made or a store kept.
    #[must_use]
    pub const fn from_phc(text: String) -> Self {
        Self(text)
    }

    /// The PHC string, for the store.
    #[must_use]
    pub fn as_phc(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    /// Names the algorithm only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PasswordHash({})", self.0.split('$').nth(1).unwrap_or("?"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_normalised_and_otherwise_left_alone() {
        assert_eq!(Password::new(" Ａ e\u{301} ").unwrap().expose(), " A é ");
    }

    #[test]
    fn a_password_prints_nothing_of_itself() {
        assert_eq!(format!("{:?}", Password::new("secret").unwrap()), "Password(..)");
        let hash = PasswordHash::from_phc("$argon2id$v=19$m=1$c2FsdA$aGFzaA".to_owned());
        assert_eq!(format!("{hash:?}"), "PasswordHash(argon2id)");
    }

    #[test]
    fn the_cap_counts_code_points_before_and_after_normalising() {
        assert!(Password::new(&"ä".repeat(256)).is_ok());
        assert!(Password::new(&"ä".repeat(257)).is_err());
        // One code point that NFKC turns into eighteen.
        assert!(Password::new(&"\u{FDFA}".repeat(20)).is_err());
    }
}
