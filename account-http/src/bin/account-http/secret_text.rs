//! Secrets as editors and shells write them.

/// Returns a secret without the byte order mark that some programs put before a text, and without the line ends behind it.
/// Neither can be typed into a sign-in form.
pub(crate) fn bare(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text).trim_end_matches(['\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_line_ends_are_no_part_of_a_secret() {
        for text in ["secret", "secret\n", "secret\r\n", "\u{FEFF}secret", "\u{FEFF}secret\r\n"] {
            assert_eq!(bare(text), "secret", "{text:?}");
        }
        for text in [" secret ", "sec\u{FEFF}ret", "secret\u{FEFF}"] {
            assert_eq!(bare(text), text, "{text:?}");
        }
        assert_eq!(bare("\u{FEFF}\r\n"), "");
    }
}
