//! Entity tags: the version of what was read, for changes that must not undo another's (RFC 9110, 8.8.3 and 13.1.1).

use std::fmt;

use crate::problem::{Problem, ProblemKind};

/// The tag of a version.
pub(crate) struct ETag(pub(crate) u32);

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0)
    }
}

/// The version that a change is made on; `None` where it does not matter (no header, or `*`). A tag that was never
/// given here fits no version.
pub(crate) fn parse_if_match(header: Option<&str>) -> Result<Option<u32>, Problem> {
    let Some(text) = header.map(str::trim).filter(|text| *text != "*") else { return Ok(None) };
    let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let version = quoted.filter(|digits| digits.bytes().all(|octet| octet.is_ascii_digit()));
    let version = version.and_then(|digits| digits.parse().ok());
    version.map(Some).ok_or(Problem::new(ProblemKind::PreconditionFailed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_tag_of_ours_names_a_version() {
        assert_eq!(parse_if_match(None).ok(), Some(None));
        assert_eq!(parse_if_match(Some("*")).ok(), Some(None));
        assert_eq!(parse_if_match(Some(&ETag(7).to_string())).ok(), Some(Some(7)));
        for text in ["", "7", "\"\"", "\"+7\"", "W/\"7\"", "\"7\", \"8\"", "\"99999999999\""] {
            assert!(parse_if_match(Some(text)).is_err(), "{text}");
        }
    }
}
