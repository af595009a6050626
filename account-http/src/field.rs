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

/// A true-or-false field.
pub(crate) struct Flag(pub(crate) Input<bool>);

/// A text field of a change: what is not sent stays, null takes it away (RFC 7396).
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

/// What all of them have in common: they describe a JSON value and never fail to parse.
macro_rules! lenient_field {
    ([$($generics:tt)*] $field:ty, $name:literal, $schema:expr, $parse:expr) => {
        lenient_field!([$($generics)*] $field, $name, false, $schema, $parse);
    };
    ([$($generics:tt)*] $field:ty, $name:literal, $required:expr, $schema:expr, $parse:expr) => {
        impl<$($generics)*> Type for $field {
            const IS_REQUIRED: bool = $required;
            type RawValueType = Self;
            type RawElementValueType = Self;

            fn name() -> Cow<'static, str> {
                $name.into()
            }

            fn schema_ref() -> MetaSchemaRef {
                MetaSchemaRef::Inline(Box::new(MetaSchema { nullable: !Self::IS_REQUIRED, ..$schema }))
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

/// The value as a field has it; null is none.
fn input<T>(value: Option<Value>, read: impl FnOnce(Value) -> Option<T>) -> Input<T> {
    match value {
        None | Some(Value::Null) => Input::Absent,
        Some(value) => read(value).map_or(Input::Mistyped, Input::Given),
    }
}

/// The value as a field of a change has it.
fn edit<T>(value: Option<Value>, read: impl FnOnce(Value) -> Option<T>) -> Edit<T> {
    match value {
        None => Edit::Keep,
        Some(Value::Null) => Edit::Clear,
        Some(value) => read(value).map_or(Edit::Mistyped, Edit::Set),
    }
}

fn text(value: Value) -> Option<String> {
    if let Value::String(text) = value { Some(text) } else { None }
}

/// The texts of an array that holds nothing else.
fn texts(value: Value) -> Option<Vec<String>> {
    if let Value::Array(items) = value { items.into_iter().map(text).collect() } else { None }
}

/// What the documents say of a text that must be given: it is not given by an empty one.
fn required_schema<K: TextKind>(is_required: bool) -> MetaSchema {
    let schema = K::schema();
    MetaSchema { min_length: schema.min_length.or(is_required.then_some(1)), ..schema }
}

/// What the documents say of lists of texts.
fn list_schema() -> MetaSchema {
    let text = text_schema(Some(limits::LIST_ENTRY));
    let items = Some(Box::new(MetaSchemaRef::Inline(Box::new(text))));
    MetaSchema { items, max_items: Some(limits::MAX_LIST), ..MetaSchema::new("array") }
}

lenient_field!(
    [K: TextKind, const REQUIRED: bool] Text<K, REQUIRED>, "string", REQUIRED, required_schema::<K>(REQUIRED),
    |value| Self { input: input(value, text), kind: PhantomData }
);

lenient_field!([K: TextKind] TextEdit<K>, "string", K::schema(), |value| {
    Self { edit: edit(value, text), kind: PhantomData }
});

lenient_field!(
    [] Flag, "boolean", MetaSchema { default: Some(false.into()), ..MetaSchema::new("boolean") },
    |value| Self(input(value, |value| value.as_bool()))
);

lenient_field!([] FlagEdit, "boolean", MetaSchema::new("boolean"), |value| {
    Self(edit(value, |value| value.as_bool()))
});

lenient_field!([] TextList, "array", list_schema(), |value| Self(input(value, texts)));

lenient_field!([] TextListEdit, "array", list_schema(), |value| Self(edit(value, texts)));
