//! Reading the dialect's bodies: JSON objects, as `application/json` or `text/json`.

use account_core::input::{Edit, Input};
use poem_openapi::types::ParseFromJSON;
use serde_json::Value;

use crate::body::raw_json::RawJson;
use crate::field::{Content, Text, TextEdit};
use crate::problem::{Problem, ProblemKind};

/// A body, under both of its media types.
pub(super) type Body<T> = RawJson<T, true>;

/// The object that a body is.
pub(super) fn object<T: ParseFromJSON>(body: Value) -> Result<T, Problem> {
    let malformed = || Problem::new(ProblemKind::MalformedBody);
    if !body.is_object() {
        return Err(malformed());
    }
    T::parse_from_json(Some(body)).map_err(|_| malformed())
}

/// A secret as it was typed: nothing is trimmed, and an empty one is none.
pub(super) fn secret<K: Content<Value = String>, const REQUIRED: bool>(text: Text<K, REQUIRED>) -> Input {
    match text.into_input() {
        Input::Given(text) if text.is_empty() => Input::Absent,
        other => other,
    }
}

/// What a member of a change does: what is not sent stays; null, and a text with nothing in it, takes it away.
pub(super) fn edit<K: Content<Value = String>>(text: TextEdit<K>) -> Edit {
    match text.into_edit() {
        Edit::Set(text) if text.trim().is_empty() => Edit::Clear,
        Edit::Set(text) => Edit::Set(text.trim().to_owned()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::field::{Name, Password};

    #[test]
    fn secrets_are_not_trimmed_and_empty_ones_are_absent() {
        let read = |value| secret(Text::<Password>::parse_from_json(Some(value)).ok().unwrap());
        assert_eq!(read(json!(" Secret007 ")), Input::Given(" Secret007 ".to_owned()));
        assert_eq!(
            (read(json!("")), read(json!(null)), read(json!(1))),
            (Input::Absent, Input::Absent, Input::Mistyped)
        );
        assert_eq!(read(json!(" ")), Input::Given(" ".to_owned()));
    }

    #[test]
    fn members_of_an_update_are_trimmed_and_empty_ones_clear() {
        let read = |value| edit(TextEdit::<Name>::parse_from_json(value).ok().unwrap());
        assert_eq!(read(Some(json!(" Jane "))), Edit::Set("Jane".to_owned()));
        assert_eq!((read(Some(json!(" "))), read(Some(json!(null)))), (Edit::Clear, Edit::Clear));
        assert_eq!((read(None), read(Some(json!([])))), (Edit::Keep, Edit::Mistyped));
    }

    #[test]
    fn a_body_is_an_object() {
        #[derive(poem_openapi::Object)]
        struct Empty {}
        for body in [json!([]), json!(null), json!("{}"), json!(0)] {
            assert!(object::<Empty>(body).is_err());
        }
        assert!(object::<Empty>(json!({"Unknown": 1})).is_ok());
    }
}
