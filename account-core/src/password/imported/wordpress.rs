//! What WordPress does to a password before it hashes it.

use zeroize::Zeroizing;

/// The characters that PHP's `trim` removes.
const TRIMMED: [char; 6] = [' ', '\t', '\n', '\r', '\0', '\x0B'];

/// Returns the texts that WordPress may have hashed for a password: it trims passwords (`wp_authenticate`,
/// `wp_hash_password` in wp-includes/pluggable.php), and its sign-in form hashes them with the backslashes that
/// `wp_magic_quotes` adds (`wp_signon` in wp-includes/user.php does not remove them).
pub(super) fn spellings(password: &str) -> Vec<Zeroizing<String>> {
    let trimmed = Zeroizing::new(password.trim_matches(TRIMMED).to_owned());
    let mut slashed = Zeroizing::new(String::with_capacity(password.len() * 2));
    // A NUL is written as `\0`.
    for character in password.chars() {
        match character {
            '\'' | '"' | '\\' => slashed.extend(['\\', character]),
            '\0' => slashed.push_str("\\0"),
            _ => slashed.push(character),
        }
    }
    let slashed = Zeroizing::new(slashed.trim_matches(TRIMMED).to_owned());
    if slashed == trimmed { vec![trimmed] } else { vec![slashed, trimmed] }
}

/// Returns whether WordPress may have removed something from around the password. `password` is in NFKC.
pub(super) fn is_trimmed(password: &str) -> bool {
    password.starts_with(TRIMMED) || password.ends_with(TRIMMED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_may_have_been_escaped() {
        let of = |password| spellings(password).iter().map(|it| it.to_string()).collect::<Vec<_>>();
        assert_eq!(of(" plain word\t"), ["plain word"]);
        assert_eq!(of(r#" It's \ "x" "#), [r#"It\'s \\ \"x\""#, r#"It's \ "x""#]);
    }
}
