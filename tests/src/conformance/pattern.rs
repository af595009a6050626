//! Expected texts: literal, but for placeholders.

use super::variables::{Piece, Variables, pieces};

/// What may stand in the place of a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Uuid,
    Rfc3339,
    Date,
    Token,
    Number,
    Text,
    Anything,
}

/// Compares a text with the expected one, byte by byte, and learns what stands in named placeholders.
///
/// # Errors
/// Where and why they differ.
pub(super) fn compare(expected: &str, text: &str, variables: &mut Variables) -> Result<(), String> {
    let mut learned = Vec::new();
    let mut rest = text;
    let mut pieces = resolved(expected, variables)?.into_iter();
    while let Some(piece) = pieces.next() {
        let at = text.len() - rest.len();
        match piece {
            Resolved::Text(literal) => {
                rest = rest.strip_prefix(literal.as_str()).ok_or_else(|| difference(&literal, rest, at))?;
            }
            Resolved::Hole(kind, name) => {
                let end = match pieces.as_slice() {
                    [Resolved::Hole(..), ..] => return Err("two placeholders without a text between them".to_owned()),
                    // The last text is the end's, even if it occurs before.
                    [Resolved::Text(last)] if rest.ends_with(last.as_str()) => rest.len() - last.len(),
                    [Resolved::Text(next), ..] => rest.find(next.as_str()).unwrap_or(rest.len()),
                    [] => rest.len(),
                };
                let (value, behind) = rest.split_at(end);
                if !kind.takes(value) {
                    return Err(format!("byte {at}: {value:?} is no {kind:?}"));
                }
                learned.extend(name.map(|name| (name, value.to_owned())));
                rest = behind;
            }
        }
    }
    if !rest.is_empty() {
        return Err(format!("byte {}: there is more than expected: {rest:?}", text.len() - rest.len()));
    }
    for (name, value) in learned {
        variables.set(&name, &value);
    }
    Ok(())
}

/// The text without the white space that means nothing in JSON.
pub(super) fn without_white_space(json: &str) -> String {
    let mut is_in_text = false;
    let mut is_escaped = false;
    let keep = |c: &char| {
        let keeps = is_in_text || !c.is_ascii_whitespace();
        is_in_text ^= *c == '"' && !is_escaped;
        is_escaped = is_in_text && *c == '\\' && !is_escaped;
        keeps
    };
    json.chars().filter(keep).collect()
}

/// A piece of an expected text.
enum Resolved {
    Text(String),
    Hole(Kind, Option<String>),
}

/// The pieces with known values put in; literal neighbours are one piece.
fn resolved(expected: &str, variables: &Variables) -> Result<Vec<Resolved>, String> {
    let mut all: Vec<Resolved> = Vec::new();
    for piece in pieces(expected)? {
        let literal = match piece {
            Piece::Text(text) => text,
            Piece::Place(place) => {
                let (kind, name) =
                    place.split_once(':').map_or((place, None), |(kind, name)| (kind, Some(name.to_owned())));
                if let Some(kind) = Kind::by_name(kind) {
                    all.push(Resolved::Hole(kind, name));
                    continue;
                }
                variables.get(place).ok_or_else(|| format!("{{{{{place}}}}} is neither a placeholder nor set"))?
            }
        };
        match all.last_mut() {
            Some(Resolved::Text(text)) => text.push_str(literal),
            _ => all.push(Resolved::Text(literal.to_owned())),
        }
    }
    Ok(all)
}

/// What differs first.
fn difference(expected: &str, rest: &str, at: usize) -> String {
    let same = expected.bytes().zip(rest.bytes()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| {
        let start = (0..=same.min(text.len())).rev().find(|&start| text.is_char_boundary(start)).unwrap_or(0);
        text.get(start..).unwrap_or_default().chars().take(60).collect::<String>()
    };
    format!("byte {}: expected {:?}, there is {:?}", at + same, from(expected), from(rest))
}

impl Kind {
    fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "uuid" => Self::Uuid,
            "rfc3339" => Self::Rfc3339,
            "date" => Self::Date,
            "token" => Self::Token,
            "number" => Self::Number,
            "text" => Self::Text,
            "anything" => Self::Anything,
            _ => return None,
        })
    }

    fn takes(self, value: &str) -> bool {
        match self {
            Self::Uuid => fits(value, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
            Self::Date => fits(value, "0000-00-00"),
            Self::Rfc3339 => is_moment(value),
            Self::Token => {
                value.len() >= 20 && value.chars().all(|c| c.is_ascii_alphanumeric() || "-._~+/=".contains(c))
            }
            Self::Number => value == "0" || (value.parse::<u64>().is_ok() && !value.starts_with(['0', '+'])),
            Self::Text => !value.is_empty(),
            Self::Anything => true,
        }
    }
}

/// RFC 3339 in UTC, spelled with `Z`; a fraction of a second may be there.
fn is_moment(value: &str) -> bool {
    let Some(value) = value.strip_suffix('Z') else { return false };
    let (moment, fraction) = value.split_once('.').unwrap_or((value, "0"));
    fits(moment, "0000-00-00T00:00:00") && !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text has a shape: `0` stands for a digit, `x` for a lower-case hexadecimal one.
fn fits(value: &str, shape: &str) -> bool {
    value.len() == shape.len()
        && value.bytes().zip(shape.bytes()).all(|(byte, shape)| match shape {
            b'0' => byte.is_ascii_digit(),
            b'x' => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            other => byte == other,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "5e4eb66b-36c3-46bc-bc03-9a5eefc582f0";

    fn is_same(expected: &str, text: &str) -> bool {
        compare(expected, text, &mut Variables::default()).is_ok()
    }

    #[test]
    fn a_text_without_placeholders_is_compared_byte_by_byte() {
        assert!(is_same(r#"{"a":1}"#, r#"{"a":1}"#));
        for other in [r#"{"a": 1}"#, r#"{"a":1}"#.trim_end_matches('}'), r#"{"a":1} "#, r#"{"A":1}"#, ""] {
            assert!(!is_same(r#"{"a":1}"#, other), "{other:?}");
        }
    }

    #[test]
    fn placeholders_match_only_their_kind() {
        for (kind, good, bad) in [
            ("uuid", vec![UUID], vec!["", "5E4EB66B-36c3-46bc-bc03-9a5eefc582f0", "5e4eb66b36c346bcbc039a5eefc582f0"]),
            (
                "rfc3339",
                vec!["2023-11-07T05:31:56Z", "2023-11-07T05:31:56.123Z"],
                vec!["2023-11-07T05:31:56", "2023-11-07T05:31:56.Z", "2023-11-07T05:31:56+00:00", "2023-11-07"],
            ),
            ("date", vec!["2023-12-25"], vec!["2023-12-25T00:00:00Z", "25.12.2023", ""]),
            (
                "token",
                vec!["abcdefghijklmnopqrst", "eyJhbGciOi.eyJzdWIiOi._-~+/="],
                vec!["short", "with white space in it"],
            ),
            ("number", vec!["0", "1209599"], vec!["", "-1", "+1", "01", "1.5"]),
            ("text", vec!["a"], vec![""]),
            ("anything", vec!["", "a\nb"], vec![]),
        ] {
            for value in good {
                assert!(is_same(&format!("<{{{{{kind}}}}}>"), &format!("<{value}>")), "{kind} {value:?}");
            }
            for value in bad {
                assert!(!is_same(&format!("<{{{{{kind}}}}}>"), &format!("<{value}>")), "{kind} {value:?}");
            }
        }
    }

    #[test]
    fn text_around_a_placeholder_is_compared() {
        assert!(!is_same(r#"{"id":"{{uuid}}","a":1}"#, &format!(r#"{{"id":"{UUID}","a":2}}"#)));
        assert!(!is_same(r#"{"id":"{{uuid}}"}"#, &format!(r#"{{"id":"{UUID}"}} "#)));
        assert!(!is_same(r#"{"id":"{{uuid}}"}"#, &format!(r#"{{"id":{UUID}}}"#)));
    }

    #[test]
    fn a_captured_value_must_repeat() {
        let mut variables = Variables::default();
        compare(r#"{"id":"{{uuid:id}}"}"#, &format!(r#"{{"id":"{UUID}"}}"#), &mut variables).unwrap();
        assert_eq!(variables.get("id"), Some(UUID));
        assert!(compare("{{id}}", UUID, &mut variables).is_ok());
        assert!(compare("{{id}}", &UUID.replace('5', "6"), &mut variables).is_err());
    }

    #[test]
    fn a_different_text_captures_nothing() {
        let mut variables = Variables::default();
        assert!(compare("{{number:n}} apples", "3 pears", &mut variables).is_err());
        assert_eq!(variables.get("n"), None);
    }

    #[test]
    fn a_misspelled_placeholder_is_an_error() {
        assert!(!is_same("{{uid}}", UUID));
        assert!(!is_same("{{uuid}}{{number}}", UUID));
    }

    #[test]
    fn a_difference_says_where_it_is() {
        let found = compare("The name field", "The nAme field", &mut Variables::default()).unwrap_err();
        assert_eq!(found, r#"byte 5: expected "ame field", there is "Ame field""#);
        let found = compare("straße", "straßx", &mut Variables::default()).unwrap_err();
        assert_eq!(found, r#"byte 6: expected "e", there is "x""#);
    }

    #[test]
    fn white_space_is_dropped_only_outside_strings() {
        let pretty = "{\n  \"a b\": [1, 2],\r\n\t\"q\\\" \\\\\": \" x \"\n}";
        assert_eq!(without_white_space(pretty), r#"{"a b":[1,2],"q\" \\":" x "}"#);
    }
}
