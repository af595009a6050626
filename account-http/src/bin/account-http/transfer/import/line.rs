//! One account in a file, as it is written there.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// The members of an account, by the names that the file has.
pub(super) type Object = BTreeMap<String, Value>;

/// What a line has.
pub(super) type Content = Result<Object, Unreadable>;

/// An account in a file.
#[derive(Debug)]
pub(super) struct Line {
    /// The number of its first line, from 1.
    pub(super) number: u64,
    /// The number of its last line.
    pub(super) last: u64,
    /// Its members.
    pub(super) content: Content,
}

/// Why an account cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// The bytes are not UTF-8.
    Encoding,
    /// A quote is not closed.
    Quote,
    /// The row has more or fewer cells than the header.
    Cells {
        /// The number of its cells.
        given: usize,
        /// The number of the header's.
        expected: usize,
    },
    /// It is no JSON object.
    Json,
    /// Two of its members have the same name.
    Twice,
    /// A text in it has a line end, which no text can have: a quote is missing.
    Text,
    /// A brace or bracket in it does not match the one before.
    Bracket,
    /// It has too many bytes.
    TooLong,
    /// The array of accounts has ended before it.
    Beyond,
    /// The file ends in the middle of it.
    Truncated,
}

/// Parses a JSON object.
pub(super) fn parse(bytes: &[u8]) -> Content {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::Encoding)?;
    let Members { object, is_one_twice } = serde_json::from_str(text).map_err(|_| Unreadable::Json)?;
    if is_one_twice { Err(Unreadable::Twice) } else { Ok(object) }
}

/// The members of a JSON object. Usually the last of two with the same name counts, which may not be the one that was
/// meant.
struct Members {
    object: Object,
    is_one_twice: bool,
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Members, A::Error> {
                let (mut object, mut is_one_twice) = (Object::new(), false);
                while let Some((name, value)) = members.next_entry()? {
                    is_one_twice |= object.insert(name, value).is_some();
                }
                Ok(Members { object, is_one_twice })
            }
        }

        deserializer.deserialize_map(Reader)
    }
}

impl Unreadable {
    /// Returns whether lines after the first can have other accounts, which are lost with this one.
    pub(super) const fn costs_others(self) -> bool {
        matches!(self, Self::Quote | Self::Text | Self::Bracket | Self::Beyond | Self::Truncated)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding => f.write_str("it is not UTF-8"),
            Self::Quote => f.write_str("a quote is not closed"),
            Self::Cells { given: 1, expected } => write!(f, "it has 1 cell, the header has {expected}"),
            Self::Cells { given, expected } => write!(f, "it has {given} cells, the header has {expected}"),
            Self::Json => f.write_str("it is not a JSON object"),
            Self::Twice => f.write_str("two of its members have the same name"),
            Self::Text => f.write_str("a text in it is not closed in its line"),
            Self::Bracket => f.write_str("a brace or bracket in it is missing, or too many"),
            Self::Beyond => f.write_str("the array of accounts ends before it; nothing from here on was read"),
            Self::TooLong => f.write_str("it has more than 1 MiB"),
            Self::Truncated => f.write_str(
                "the file ends before the account does, or a quote or brace is missing; nothing after it was read",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_has_each_member_once() {
        let names = |text: &str| parse(text.as_bytes()).map(|object| object.into_keys().collect::<Vec<_>>());
        assert_eq!(names(r#" {"a":{"b":1},"b":[2]} "#), Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(names(r#"{"a":1,"b":2,"\u0061":1}"#), Err(Unreadable::Twice));
        for text in ["[]", "3", "{", "{}{}", r#"{"a":1,"a":2"#, r#"{"a":1,"a":}"#] {
            assert_eq!(names(text), Err(Unreadable::Json), "{text}");
        }
        assert_eq!(parse(b"{\"\xFF\":1}").err(), Some(Unreadable::Encoding));
    }
}
