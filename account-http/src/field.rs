//! Fields of request bodies. Parsing never fails, so that the rules can report all errors at once.

use std::borrow::Cow;
use std::marker::PhantomData;

use account_core::field_limits::{self as limits, Limits};
use account_core::input::{Edit, Input};
use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseFromJSON, ParseResult, Type};
use serde_json::Value;

/// The schema of a text field in the documents.
pub(crate) trait TextKind: Send + Sync + 'static {
    /// The schema's keywords.
    fn schema() -> MetaSchema;
}

/// Returns the schema of a text with these limits.
pub(crate) fn text_schema(limits: Option<Limits>) -> MetaSchema {
    MetaSchema {
        min_length: limits.map(|limits| limits.min).filter(|min| *min > 0),
        max_length: limits.map(|limits| limits.max),
        ..MetaSchema::new("string")
    }
}

/// Declares kinds of texts: the limits of the field in parentheses, then other keywords of the schema.
macro_rules! text_kinds {
    ($($(#[$doc:meta])* $name:ident $(($limits:expr))? { $($keyword:ident: $value:expr),* $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $name;

        impl $crate::field::TextKind for $name {
            fn schema() -> poem_openapi::registry::MetaSchema {
                poem_openapi::registry::MetaSchema {
                    $($keyword: $value.into(),)*
                    ..$crate::field::text_schema(None$(.or(Some($limits)))?)
                }
            }
        }
    )+ };
}
pub(crate) use text_kinds;

/// What a secret of 256 bits looks like in base64url: the last of its characters has two bits to spare, which are 0.
pub(crate) const SECRET_PATTERN: &str = "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$";

text_kinds! {
    /// An email address.
    Email(limits::EMAIL.core) { format: "email" }
    /// A password.
    Password(limits::PASSWORD.core) { format: "password" }
    /// A person's name or a part of it.
    Name(limits::NAME.core) {}
    /// A user name.
    UserName(limits::USER_NAME.core) { pattern: "^[^@\\s]+$".to_owned() }
    /// A country.
    Country { pattern: "^[A-Za-z]{2}$".to_owned() }
    /// A language.
    Language(limits::LANGUAGE.core) {}
    /// A time zone.
    TimeZone(limits::TIME_ZONE.core) {}
    /// A version of terms.
    TermsVersion(limits::TERMS_VERSION.core) {}
    /// A URL.
    Url(limits::CALLBACK_URL.core) { format: "uri" }
    /// A UUID.
    Id { format: "uuid" }
    /// A secret of 43 characters.
    Secret(limits::TOKEN.core) { pattern: SECRET_PATTERN.to_owned() }
    /// A verification code.
    Code(limits::CODE.core) {}
    /// A telephone number.
    Phone(limits::PHONE.core) {}
    /// A few lines.
    PostalAddress(limits::POSTAL_ADDRESS.core) {}
    /// A date.
    Date { format: "date", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$".to_owned() }
    /// A few words about a person.
    Bio(limits::BIO.core) {}
    /// Id of a picture.
    AvatarId(limits::AVATAR_ID.core) {}
    /// A role.
    RoleName { enum_items: vec!["user".into(), "admin".into(), "super_admin".into()] }
    /// A role within an organization.
    OrganizationRoleName { enum_items: vec!["member".into(), "administrator".into()] }
    /// Code of an organization, or id of a client.
    ShortCode(limits::CLIENT_ID.core) { pattern: "^[A-Za-z0-9._-]+$".to_owned() }
}

/// A text field. `REQUIRED` affects only the documents; the rules decide whether it is required.
pub(crate) struct Text<K, const REQUIRED: bool = false> {
    input: Input,
    kind: PhantomData<K>,
}

/// A text field that must be given.
pub(crate) type Required<K> = Text<K, true>;

impl<K, const REQUIRED: bool> Text<K, REQUIRED> {
    /// Returns the input.
    pub(crate) fn into_input(self) -> Input {
        self.input
    }

    /// Returns the input without surrounding white space; an empty one counts as absent.
    pub(crate) fn into_trimmed_input(self) -> Input {
        match self.input {
            Input::Given(text) if text.trim().is_empty() => Input::Absent,
            other => other.map(|text| text.trim().to_owned()),
        }
    }
}

impl<K: TextKind, const REQUIRED: bool> Type for Text<K, REQUIRED> {
    const IS_REQUIRED: bool = REQUIRED;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "string".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        let schema = K::schema();
        // An empty text does not count as given.
        let min_length = schema.min_length.or(REQUIRED.then_some(1));
        MetaSchemaRef::Inline(Box::new(MetaSchema { nullable: !REQUIRED, min_length, ..schema }))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::empty())
    }
}

impl<K: TextKind, const REQUIRED: bool> ParseFromJSON for Text<K, REQUIRED> {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        let input = match value {
            None | Some(Value::Null) => Input::Absent,
            Some(Value::String(text)) => Input::Given(text),
            Some(_) => Input::Mistyped,
        };
        Ok(Self { input, kind: PhantomData })
    }
}

/// A boolean field.
pub(crate) struct Flag(pub(crate) Input<bool>);

impl Type for Flag {
    const IS_REQUIRED: bool = false;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "boolean".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            nullable: true,
            default: Some(false.into()),
            ..MetaSchema::new("boolean")
        }))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::empty())
    }
}

impl ParseFromJSON for Flag {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        Ok(Self(match value {
            None | Some(Value::Null) => Input::Absent,
            Some(Value::Bool(value)) => Input::Given(value),
            Some(_) => Input::Mistyped,
        }))
    }
}

/// A text field of a change (RFC 7396): absent keeps the value, null removes it.
pub(crate) struct TextEdit<K> {
    edit: Edit,
    kind: PhantomData<K>,
}

impl<K> TextEdit<K> {
    /// Returns the input.
    pub(crate) fn into_edit(self) -> Edit {
        self.edit
    }
}

/// A boolean field of a change.
pub(crate) struct FlagEdit(pub(crate) Edit<bool>);

/// A list of texts.
pub(crate) struct TextList(pub(crate) Input<Vec<String>>);

/// A list of texts in a change.
pub(crate) struct TextListEdit(pub(crate) Edit<Vec<String>>);

/// Implements a field of a change or a list: a JSON value whose parsing never fails.
macro_rules! lenient_field {
    ([$($generics:tt)*] $field:ty, $name:literal, $schema:expr, $parse:expr) => {
        impl<$($generics)*> Type for $field {
            const IS_REQUIRED: bool = false;
            type RawValueType = Self;
            type RawElementValueType = Self;

            fn name() -> Cow<'static, str> {
                $name.into()
            }

            fn schema_ref() -> MetaSchemaRef {
                MetaSchemaRef::Inline(Box::new(MetaSchema { nullable: true, ..$schema }))
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }

            fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
                Box::new(std::iter::empty())
            }
        }

        impl<$($generics)*> ParseFromJSON for $field {
            fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
                Ok($parse(value))
            }
        }
    };
}

lenient_field!([K: TextKind] TextEdit<K>, "string", K::schema(), |value| {
    let edit = match value {
        None => Edit::Keep,
        Some(Value::Null) => Edit::Clear,
        Some(Value::String(text)) => Edit::Set(text),
        Some(_) => Edit::Mistyped,
    };
    Self { edit, kind: PhantomData }
});

lenient_field!([] FlagEdit, "boolean", MetaSchema::new("boolean"), |value| {
    Self(match value {
        None => Edit::Keep,
        Some(Value::Null) => Edit::Clear,
        Some(Value::Bool(value)) => Edit::Set(value),
        Some(_) => Edit::Mistyped,
    })
});

/// What the documents say of lists of texts.
fn list_schema() -> MetaSchema {
    let text = text_schema(Some(limits::LIST_ENTRY));
    let items = Some(Box::new(MetaSchemaRef::Inline(Box::new(text))));
    MetaSchema { items, max_items: Some(limits::MAX_LIST), ..MetaSchema::new("array") }
}

/// Returns the texts of a JSON array, if it contains nothing else.
fn texts(items: Vec<Value>) -> Option<Vec<String>> {
    let texts = items.into_iter().map(|item| match item {
        Value::String(text) => Some(text),
        _ => None,
    });
    texts.collect()
}

lenient_field!([] TextList, "array", list_schema(), |value| {
    Self(match value {
        None | Some(Value::Null) => Input::Absent,
        Some(Value::Array(items)) => texts(items).map_or(Input::Mistyped, Input::Given),
        Some(_) => Input::Mistyped,
    })
});

lenient_field!([] TextListEdit, "array", list_schema(), |value| {
    Self(match value {
        None => Edit::Keep,
        Some(Value::Null) => Edit::Clear,
        Some(Value::Array(items)) => texts(items).map_or(Edit::Mistyped, Edit::Set),
        Some(_) => Edit::Mistyped,
    })
});
