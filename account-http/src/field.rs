//! Fields of request bodies. Parsing never fails, so that the rules can report all errors at once.

use std::borrow::Cow;

use account_core::field_limits::{self as limits, Limits};
use account_core::input::{Edit, Input};
use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseFromJSON, ParseResult, Type};
use serde_json::Value;

/// The values of a field, and their schema in the documents.
pub(crate) trait Content: Send + Sync + 'static {
    /// The type of a value.
    type Value: Send + Sync;
    /// Whether null counts as absent in a [`Given`] field; otherwise it is mistyped.
    const NULL_IS_NOTHING: bool = true;

    /// The schema's keywords.
    fn schema() -> MetaSchema;

    /// The value of an absent field, as the documents show it.
    fn default() -> Option<Value> {
        None
    }

    /// Reads a value; `None` if it has another type.
    fn read(value: Value) -> Option<Self::Value>;
}

/// Returns the schema of a text with these limits.
pub(crate) fn text_schema(limits: Option<Limits>) -> MetaSchema {
    MetaSchema {
        min_length: limits.map(|limits| limits.min).filter(|min| *min > 0),
        max_length: limits.map(|limits| limits.max),
        ..MetaSchema::new("string")
    }
}

/// Returns the text in a JSON string.
pub(crate) fn text(value: Value) -> Option<String> {
    if let Value::String(text) = value { Some(text) } else { None }
}

/// Declares kinds of texts: the limits of the field in parentheses, then other keywords of the schema.
macro_rules! text_kinds {
    ($($(#[$doc:meta])* $name:ident $(($limits:expr))? { $($keyword:ident: $value:expr),* $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $name;

        impl $crate::field::Content for $name {
            type Value = String;

            fn schema() -> poem_openapi::registry::MetaSchema {
                poem_openapi::registry::MetaSchema {
                    $($keyword: $value.into(),)*
                    ..$crate::field::text_schema(None$(.or(Some($limits)))?)
                }
            }

            fn read(value: serde_json::Value) -> Option<String> {
                $crate::field::text(value)
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
    Country(limits::COUNTRY.core) {}
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
    /// A device token.
    DeviceToken(limits::DEVICE_TOKEN.core) { pattern: "^[A-Za-z0-9_-]{48}$".to_owned() }
    /// The answer to a challenge.
    ChallengeResponse(limits::CHALLENGE_RESPONSE.core) {}
    /// A verification code.
    Code(limits::CODE.core) {}
    /// A telephone number.
    Phone(limits::PHONE.core) {}
    /// A few lines.
    PostalAddress(limits::POSTAL_ADDRESS.core) {}
    /// A date.
    Date { format: "date", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$".to_owned() }
    /// Why something is done.
    Reason(limits::REASON.core) {}
    /// A few words about a person.
    Bio(limits::BIO.core) {}
    /// Id of a picture.
    AvatarId(limits::AVATAR_ID.core) {}
    /// A role.
    RoleName { enum_items: vec!["user".into(), "admin".into(), "super_admin".into()] }
    /// A role within an organization.
    OrganizationRoleName { enum_items: vec!["member".into(), "administrator".into()] }
    /// Name of a provider.
    ProviderNameText { pattern: "^[a-z][a-z0-9-]{0,39}$".to_owned() }
    /// A redirect URI.
    RedirectUri(limits::CALLBACK_URL.core) { format: "uri" }
    /// A part of a provider's answer.
    ProviderAnswerText {}
    /// Code of an organization, or id of a client.
    ShortCode(limits::CLIENT_ID.core) { pattern: "^[A-Za-z0-9._-]+$".to_owned() }
}

/// True or false.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Boolean;

impl Content for Boolean {
    type Value = bool;

    fn schema() -> MetaSchema {
        MetaSchema::new("boolean")
    }

    fn default() -> Option<Value> {
        Some(false.into())
    }

    fn read(value: Value) -> Option<bool> {
        value.as_bool()
    }
}

/// A list of texts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Texts;

impl Content for Texts {
    type Value = Vec<String>;

    fn schema() -> MetaSchema {
        let text = text_schema(Some(limits::LIST_ENTRY));
        let items = Some(Box::new(MetaSchemaRef::Inline(Box::new(text))));
        MetaSchema { items, max_items: Some(limits::MAX_LIST), ..MetaSchema::new("array") }
    }

    fn read(value: Value) -> Option<Vec<String>> {
        if let Value::Array(items) = value { items.into_iter().map(text).collect() } else { None }
    }
}

/// A field that is given or absent. `REQUIRED` affects only the documents; the rules decide whether it is required.
pub(crate) struct Given<C: Content, const REQUIRED: bool = false>(pub(crate) Input<C::Value>);

/// A text field.
pub(crate) type Text<K, const REQUIRED: bool = false> = Given<K, REQUIRED>;
/// A text field that must be given.
pub(crate) type Required<K> = Given<K, true>;
/// A boolean field.
pub(crate) type Flag = Given<Boolean>;
/// A list of texts.
pub(crate) type TextList = Given<Texts>;

impl<C: Content, const REQUIRED: bool> Given<C, REQUIRED> {
    /// Returns the input.
    pub(crate) fn into_input(self) -> Input<C::Value> {
        self.0
    }
}

impl<C: Content<Value = String>, const REQUIRED: bool> Given<C, REQUIRED> {
    /// Returns the input without surrounding white space; an empty one counts as absent.
    pub(crate) fn into_trimmed_input(self) -> Input {
        match self.0 {
            Input::Given(text) if text.trim().is_empty() => Input::Absent,
            other => other.map(|text| text.trim().to_owned()),
        }
    }
}

/// A field of a change (RFC 7396): absent keeps the value, null removes it. `CLEARS` affects only the documents; the rules
/// decide whether it can be removed.
pub(crate) struct Change<C: Content, const CLEARS: bool = true>(pub(crate) Edit<C::Value>);

/// A text field of a change.
pub(crate) type TextEdit<K> = Change<K>;
/// A text field of a change that cannot be removed.
pub(crate) type Replacement<K> = Change<K, false>;
/// A boolean field of a change.
pub(crate) type FlagEdit = Change<Boolean>;
/// A list of texts in a change.
pub(crate) type TextListEdit = Change<Texts>;

impl<C: Content, const CLEARS: bool> Change<C, CLEARS> {
    /// Returns the input.
    pub(crate) fn into_edit(self) -> Edit<C::Value> {
        self.0
    }
}

impl<C: Content, const REQUIRED: bool> Type for Given<C, REQUIRED> {
    const IS_REQUIRED: bool = REQUIRED;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        C::schema().ty.into()
    }

    fn schema_ref() -> MetaSchemaRef {
        let schema = C::schema();
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            nullable: C::NULL_IS_NOTHING && !REQUIRED,
            default: C::default(),
            // An empty text does not count as given.
            min_length: schema.min_length.or(REQUIRED.then_some(1)),
            ..schema
        }))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::empty())
    }
}

impl<C: Content, const REQUIRED: bool> ParseFromJSON for Given<C, REQUIRED> {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        let given = value.filter(|value| !(C::NULL_IS_NOTHING && value.is_null()));
        Ok(Self(given.map_or(Input::Absent, |value| C::read(value).map_or(Input::Mistyped, Input::Given))))
    }
}

impl<C: Content, const CLEARS: bool> Type for Change<C, CLEARS> {
    const IS_REQUIRED: bool = false;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        C::schema().ty.into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema { nullable: CLEARS, ..C::schema() }))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::empty())
    }
}

impl<C: Content, const CLEARS: bool> ParseFromJSON for Change<C, CLEARS> {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        Ok(Self(match value {
            None => Edit::Keep,
            Some(Value::Null) => Edit::Clear,
            Some(value) => C::read(value).map_or(Edit::Mistyped, Edit::Set),
        }))
    }
}
