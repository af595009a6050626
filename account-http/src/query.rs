//! Query parameters. Parsing never fails in the framework: an unreadable value becomes a problem of ours.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::str::FromStr;

use account_core::named_enum::NamedEnum;
use account_core::paging::{DEFAULT_PAGE, MAX_PAGE, PageRequest};
use poem_openapi::param::Query;
use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseFromParameter, ParseResult, Type};
use serde_json::Value;

use crate::field::text_schema;
use crate::openapi::lengths::{CURSOR, SEARCH};
use crate::problem::{Problem, ProblemKind};

/// Maximum number of days of figures.
const MAX_DAYS: u32 = 31;
/// Default number of days of figures.
pub(crate) const DEFAULT_DAYS: u32 = 7;

/// What a parameter means.
pub(crate) trait Meaning: Send + Sync + 'static {
    /// What it is read as.
    type Value;

    /// What the documents say of it, beside its description.
    fn schema() -> MetaSchema;

    /// Reads it.
    fn read(text: &str) -> Option<Self::Value>;
}

/// A parameter that may be left out.
pub(crate) struct Parameter<M> {
    texts: Vec<String>,
    meaning: PhantomData<M>,
}

impl<M: Meaning> Parameter<M> {
    /// What it says. Given twice it says nothing that could be followed.
    pub(crate) fn read(self) -> Result<Option<M::Value>, Problem> {
        let unreadable = || Problem::new(ProblemKind::InvalidQuery);
        match self.texts.as_slice() {
            [] => Ok(None),
            [text] => M::read(text).map(Some).ok_or_else(unreadable),
            _ => Err(unreadable()),
        }
    }
}

impl<M: Meaning> Type for Parameter<M> {
    const IS_REQUIRED: bool = false;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        M::schema().ty.into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(M::schema()))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::empty())
    }
}

impl<M: Meaning> ParseFromParameter for Parameter<M> {
    fn parse_from_parameter(value: &str) -> ParseResult<Self> {
        Self::parse_from_parameters([value])
    }

    fn parse_from_parameters<I: IntoIterator<Item = A>, A: AsRef<str>>(values: I) -> ParseResult<Self> {
        let texts = values.into_iter().map(|value| value.as_ref().to_owned());
        Ok(Self { texts: texts.collect(), meaning: PhantomData })
    }
}

/// Which part of a list is wanted.
pub(crate) fn page_request(
    cursor: Query<Parameter<Cursor>>,
    limit: Query<Parameter<Limit>>,
) -> Result<PageRequest, Problem> {
    Ok(PageRequest { cursor: cursor.0.read()?, limit: limit.0.read()? })
}

/// The name of one of an enum's variants.
pub(crate) struct OneOf<E>(PhantomData<E>);

impl<E: NamedEnum> Meaning for OneOf<E> {
    type Value = E;

    fn schema() -> MetaSchema {
        let names = E::ALL.iter().map(|choice| Value::from(choice.name()));
        MetaSchema { enum_items: names.collect(), ..MetaSchema::new("string") }
    }

    fn read(text: &str) -> Option<E> {
        E::by_name(text)
    }
}

/// An id.
pub(crate) struct IdOf<T>(PhantomData<T>);

impl<T: FromStr + Send + Sync + 'static> Meaning for IdOf<T> {
    type Value = T;

    fn schema() -> MetaSchema {
        MetaSchema { format: Some("uuid"), ..MetaSchema::new("string") }
    }

    fn read(text: &str) -> Option<T> {
        text.parse().ok()
    }
}

/// A whole number from 1.
pub(crate) struct UpTo<const MAX: u32, const DEFAULT: u32>;

/// The most items on a page.
pub(crate) type Limit = UpTo<MAX_PAGE, DEFAULT_PAGE>;
/// The number of days.
pub(crate) type Days = UpTo<MAX_DAYS, DEFAULT_DAYS>;

impl<const MAX: u32, const DEFAULT: u32> Meaning for UpTo<MAX, DEFAULT> {
    type Value = u32;

    fn schema() -> MetaSchema {
        MetaSchema {
            minimum: Some(1.0),
            maximum: Some(f64::from(MAX)),
            default: Some(DEFAULT.into()),
            ..MetaSchema::new("integer")
        }
    }

    fn read(text: &str) -> Option<u32> {
        let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number| is_plain && (1..=MAX).contains(number))
    }
}

/// A text to search for: no address is longer.
pub(crate) struct Search;

impl Meaning for Search {
    type Value = String;

    fn schema() -> MetaSchema {
        let pattern = Some("^[^\\u0000-\\u001f\\u007f-\\u009f]*$".to_owned());
        MetaSchema { pattern, ..text_schema(Some(SEARCH)) }
    }

    fn read(text: &str) -> Option<String> {
        let is_usable = SEARCH.check_max(text).is_ok() && !text.chars().any(char::is_control);
        is_usable.then(|| text.to_owned())
    }
}

/// Where a page begins. Whether it is a cursor of the list is for the list to say.
pub(crate) struct Cursor;

impl Meaning for Cursor {
    type Value = String;

    fn schema() -> MetaSchema {
        let pattern = Some("^[A-Za-z0-9_-]+$".to_owned());
        MetaSchema { pattern, ..text_schema(Some(CURSOR)) }
    }

    fn read(text: &str) -> Option<String> {
        Some(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use account_core::account::Role;
    use account_core::id::AccountId;

    use super::*;

    fn read<M: Meaning>(texts: &[&str]) -> Result<Option<M::Value>, ProblemKind> {
        Parameter::<M>::parse_from_parameters(texts).ok().unwrap().read().map_err(|problem| problem.kind)
    }

    #[test]
    fn unreadable_parameters_are_refused() {
        assert_eq!(read::<Limit>(&[]), Ok(None));
        assert_eq!(read::<Limit>(&["1"]), Ok(Some(1)));
        assert_eq!(read::<Limit>(&["200"]), Ok(Some(200)));
        for text in ["", "0", "201", "-1", "+1", "1.0", "1e2", " 1", "one", "99999999999999999999"] {
            assert_eq!(read::<Limit>(&[text]), Err(ProblemKind::InvalidQuery), "{text:?}");
        }
        assert_eq!(read::<Limit>(&["1", "1"]), Err(ProblemKind::InvalidQuery));
        assert_eq!(read::<OneOf<Role>>(&["super_admin"]), Ok(Some(Role::SuperAdmin)));
        for text in ["", "Admin", "admin ", "root"] {
            assert_eq!(read::<OneOf<Role>>(&[text]), Err(ProblemKind::InvalidQuery), "{text:?}");
        }
        assert!(read::<IdOf<AccountId>>(&["7"]).is_err());
        assert!(read::<Search>(&["a\0b"]).is_err());
        assert!(read::<Search>(&[&"a".repeat(255)]).is_err());
        assert_eq!(read::<Search>(&["Ünal%_"]), Ok(Some("Ünal%_".to_owned())));
    }
}
