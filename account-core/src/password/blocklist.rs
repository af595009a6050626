//! Passwords that are refused because they are common or a mere repetition.
//!
//! The list is compiled in. `blocklist/README.md` describes its origin, license and how it was made. It holds the 3,000
//! most common passwords of every length class and rule that a policy of ours starts from (OWASP ASVS 5.0, 6.2.4), in
//! lower case, so that the comparison ignores case.

mod repetition;

use zeroize::Zeroizing;

pub use repetition::is_repetitive;

use crate::sorted_lines::contains_line;

/// Common passwords in lower case, one per line, in ascending byte order.
const COMMON_PASSWORDS: &str = include_str!("blocklist/common_passwords.txt");

/// Returns whether `normalised` is a common password, ignoring case.
///
/// `normalised` is the whole password in Unicode normalization form KC. It is lower-cased by Unicode's rules for the
/// comparison; that copy is wiped.
#[must_use]
pub fn is_common(normalised: &str) -> bool {
    contains_line(COMMON_PASSWORDS, &lower_case(normalised))
}

fn lower_case(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use unicode_normalization::is_nfkc;

    use super::*;

    fn entries_of_length(class: impl Fn(usize) -> bool) -> usize {
        COMMON_PASSWORDS.lines().filter(|entry| class(entry.chars().count())).count()
    }

    #[test]
    fn common_passwords_are_found_in_any_case() {
        for common in
            ["password", "12345678", "iloveyou", "sunshine", "PASSWORD", "PassWord", "Password1", "passwordpassword"]
        {
            assert!(is_common(common), "{common}");
        }
    }

    #[test]
    fn ordinary_passphrases_are_not_common() {
        for fine in
            ["correct horse battery staple", "seven purple kites over the harbour", "Grüße aus dem alten Hafen", ""]
        {
            assert!(!is_common(fine), "{fine}");
        }
    }

    #[test]
    fn the_passwords_in_the_published_api_documents_are_not_common() {
        for documented in ["SDf345FCe", "Secret007", "password123456", "yourpassword", "Abcdef1!"] {
            assert!(!is_common(documented), "{documented}");
        }
    }

    #[test]
    fn a_common_password_with_additions_is_not_common() {
        assert!(!is_common(" password"));
        assert!(!is_common("password\n"));
        assert!(!is_common("password\npassword1"));
    }

    #[test]
    fn the_list_holds_three_thousand_of_each_length_class() {
        assert!(entries_of_length(|length| length >= 15) >= 3_000);
        assert!(entries_of_length(|length| (8..15).contains(&length)) >= 10_000);
        assert!(entries_of_length(|length| (5..8).contains(&length)) >= 3_000);
    }

    #[test]
    fn the_list_is_sorted_unique_lower_case_and_normalised() {
        let entries: Vec<&str> = COMMON_PASSWORDS.lines().collect();
        assert!(entries.is_sorted_by(|one, next| one < next));
        for entry in entries {
            assert!(entry == entry.to_lowercase() && is_nfkc(entry) && entry == entry.trim() && !entry.is_empty());
        }
    }

    #[test]
    fn every_entry_is_found() {
        assert!(COMMON_PASSWORDS.lines().all(is_common));
    }

    #[test]
    fn the_list_stays_small() {
        assert!(COMMON_PASSWORDS.len() < 400 * 1024);
    }
}
