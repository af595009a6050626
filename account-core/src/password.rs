//! Passwords: the plain text, the hash, and the rules for new ones.

pub mod argon2;
pub mod blocklist;
pub(crate) mod choose;
mod guessing;
mod imported;
pub mod policy;

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::field_limits::PASSWORD;
use crate::named_enum;
pub use imported::UnsupportedHash;

/// Maximum length of any password in code points, whatever the policy. Longer ones are refused before anything is
/// computed.
pub const MAX_CODE_POINTS: usize = PASSWORD.core.max;

/// A password in plain text, in Unicode form NFKC, for setting and verifying (NIST SP 800-63B-4, section 3.1.1.2).
///
/// It is not changed otherwise: not trimmed, case-folded or truncated. It prints as `Password(..)`, and its memory is
/// wiped when it is dropped.
///
/// Other systems hash a password as it was typed, so the typed text is kept for their hashes where it differs.
#[derive(Clone)]
pub struct Password {
    normalised: Zeroizing<String>,
    typed: Option<Zeroizing<String>>,
}

/// The password has more than [`MAX_CODE_POINTS`] code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the password has more than {MAX_CODE_POINTS} characters")]
pub struct PasswordTooLong;

impl Password {
    /// Creates a password from the text that was received.
    ///
    /// # Errors
    /// [`PasswordTooLong`] if it has more than [`MAX_CODE_POINTS`] code points in NFKC.
    pub fn new(text: &str) -> Result<Self, PasswordTooLong> {
        // Checked before normalization too, so that a long text costs nothing.
        if text.chars().nth(MAX_CODE_POINTS).is_some() {
            return Err(PasswordTooLong);
        }
        let normalised = Zeroizing::new(text.nfkc().collect::<String>());
        if normalised.chars().nth(MAX_CODE_POINTS).is_some() {
            return Err(PasswordTooLong);
        }
        let typed = (*normalised != text).then(|| Zeroizing::new(text.to_owned()));
        Ok(Self { normalised, typed })
    }

    /// An empty password, for the hash that is computed when there is no password to verify.
    pub(crate) fn none() -> Self {
        Self { normalised: Zeroizing::default(), typed: None }
    }

    /// Returns the text in NFKC. Use it only to hash it or to check a rule.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.normalised
    }

    /// Returns the text as it was typed, if that differs.
    pub(in crate::password) fn typed(&self) -> Option<&str> {
        self.typed.as_ref().map(|typed| typed.as_str())
    }
}

opaque_debug!(Password);

/// A password hash as a PHC string, for example `$argon2id$v=19$m=19456,t=2,p=1$..`. An imported hash may have another
/// format until its owner signs in ([`PasswordHash::parse_imported`]).
///
/// It remembers the policy that its password passed, because the hash no longer tells. So the policy cannot outlive
/// the password. A store MUST keep both, except for former passwords.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash {
    phc: String,
    passed: Option<PassedPolicy>,
}

named_enum! {
    /// The policy that a password passed when it was chosen, or when its owner signed in with it.
    pub enum PassedPolicy {
        /// The default policy, or one that is stricter.
        Default = "default",
        /// Only a weaker policy.
        Weaker = "weaker",
    }
}

impl PasswordHash {
    /// Wraps a PHC string from a hasher or a store. Nothing is known about its password.
    #[must_use]
    pub const fn from_phc(text: String) -> Self {
        Self { phc: text, passed: None }
    }

    /// Returns the hash with the policy that its password passed; `None` if that is unknown.
    #[must_use]
    pub fn with_passed(self, passed: Option<PassedPolicy>) -> Self {
        Self { passed, ..self }
    }

    /// Returns the PHC string, for the store.
    #[must_use]
    pub fn as_phc(&self) -> &str {
        &self.phc
    }

    /// Returns the policy that its password passed; `None` if that is unknown: the hash was imported, or made before
    /// policies were recorded.
    #[must_use]
    pub const fn passed(&self) -> Option<PassedPolicy> {
        self.passed
    }
}

impl fmt::Debug for PasswordHash {
    /// Shows only the algorithm.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PasswordHash({})", self.phc.split('$').nth(1).unwrap_or("?"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_only_normalized() {
        assert_eq!(Password::new(" Ａ e\u{301} ").unwrap().expose(), " A é ");
    }

    #[test]
    fn a_password_is_never_printed() {
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
