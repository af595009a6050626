//! Entity tags: the version of a resource, so that changes do not overwrite others, and unchanged content is not sent
//! again (RFC 9110, sections 8.8.3, 13.1.1 and 13.1.2).

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};

use crate::problem::{Problem, ProblemKind};

/// The tag of a version.
pub(crate) struct ETag(pub(crate) u32);

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0)
    }
}

/// Returns the version that a change is based on; `None` if any will do (no header, or `*`). An unknown tag matches no
/// version.
pub(crate) fn parse_if_match(header: Option<&str>) -> Result<Option<u32>, Problem> {
    let Some(text) = header.map(str::trim).filter(|text| *text != "*") else { return Ok(None) };
    let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let version = quoted.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let version = version.and_then(|digits| digits.parse().ok());
    version.map(Some).ok_or(Problem::new(ProblemKind::PreconditionFailed))
}

/// Returns a strong validator for static content: the start of the body's digest.
pub(crate) fn content_tag(body: &str) -> String {
    let digest = Sha256::digest(body.as_bytes());
    format!("\"{}\"", Base64UrlUnpadded::encode_string(digest.first_chunk::<12>().unwrap_or(&[0; 12])))
}

/// Returns whether an `If-None-Match` contains the tag or `*`. Uses weak comparison: a proxy that compresses adds `W/`
/// to a tag.
pub(crate) fn is_known(if_none_match: Option<&str>, tag: &str) -> bool {
    let mut known = if_none_match.unwrap_or_default().split(',').map(str::trim);
    known.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matching_tag_means_unchanged() {
        let tag = content_tag("{}");
        assert_eq!(tag.len(), 18, "{tag}");
        assert_ne!(tag, content_tag("[]"));
        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            assert!(is_known(Some(&known), &tag), "{known}");
        }
        for other in ["", "\"x\"", tag.trim_matches('"'), &format!("w/{tag}")] {
            assert!(!is_known(Some(other), &tag), "{other}");
        }
        assert!(!is_known(None, &tag));
    }

    #[test]
    fn only_our_own_tags_name_a_version() {
        assert_eq!(parse_if_match(None).ok(), Some(None));
        assert_eq!(parse_if_match(Some("*")).ok(), Some(None));
        assert_eq!(parse_if_match(Some(&ETag(7).to_string())).ok(), Some(Some(7)));
        for text in ["", "7", "\"\"", "\"+7\"", "W/\"7\"", "\"7\", \"8\"", "\"99999999999\""] {
            assert!(parse_if_match(Some(text)).is_err(), "{text}");
        }
    }
}
