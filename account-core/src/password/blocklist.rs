//! Common passwords.
//!
//! They are compiled in, as a filter of 1 MiB. `blocklist/README.md` describes their origin, their license and how the
//! filter was made. It holds the 3,000 most common passwords of every length class and rule that a policy of ours starts
//! from (OWASP ASVS 5.0, 6.2.4), and many more.

mod filter;

pub(super) use filter::Fingerprint;

/// Returns whether `normalised` is a common password, ignoring case. One of some twenty million other passwords is
/// taken for a common one.
///
/// `normalised` is the whole password in Unicode normalization form KC.
#[must_use]
pub fn is_common(normalised: &str) -> bool {
    normalised.chars().flat_map(char::to_lowercase).collect::<Fingerprint>().is_common()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The most common passwords of each class, in lower case, which the filter was made from among others.
    const MOST_COMMON: &str = include_str!("blocklist/most_used.txt");

    /// Numbers that look random and are the same in every run (`SplitMix64`).
    fn numbers() -> impl Iterator<Item = u64> {
        (1_u64..).map(|index| {
            let mut z = index.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        })
    }

    fn entries_of_length(class: impl Fn(usize) -> bool) -> usize {
        MOST_COMMON.lines().filter(|entry| class(entry.chars().count())).count()
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
            ["seven purple kites over the harbour", "Grüße aus dem alten Hafen", "", " password", "password\npassword1"]
        {
            assert!(!is_common(fine), "{fine}");
        }
    }

    #[test]
    fn the_list_holds_three_thousand_of_each_length_class() {
        assert!(entries_of_length(|length| length >= 15) >= 3_000);
        assert!(entries_of_length(|length| (8..15).contains(&length)) >= 10_000);
        assert!(entries_of_length(|length| (5..8).contains(&length)) >= 3_000);
    }

    #[test]
    fn every_entry_is_found() {
        let missing: Vec<&str> = MOST_COMMON.lines().filter(|entry| !is_common(entry)).collect();
        assert_eq!(missing, [""; 0]);
    }

    /// At the stated rate, 0.1 of three million are expected.
    #[test]
    fn hardly_any_other_password_is_taken_for_a_common_one() {
        let others = numbers().take(3_000_000).filter(|number| is_common(&format!("{number:x}")));
        assert!(others.count() <= 2);
    }
}
