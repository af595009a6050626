//! Enums of the core in answers: by name, each with a schema of its own in the documents.

use std::borrow::Cow;

use account_core::account::Role;
use account_core::invitation::InvitationState;
use account_core::named_enum::NamedEnum;
use account_core::outbox::OutboxState;
use account_core::ports::ChallengeFailure;
use account_core::profile::Source;
use account_core::registration::RegistrationState;
use account_core::registration::status::{MailProgress, Progress};
use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseError, ParseFromJSON, ParseResult, ToJSON, Type};
use serde_json::Value;

/// An enum with a schema.
pub(crate) trait Choice: NamedEnum {
    /// The name and the description of the schema.
    const SCHEMA: (&'static str, &'static str);
}

impl Choice for Role {
    const SCHEMA: (&'static str, &'static str) = ("Role", "What a person may do here.");
}

impl Choice for Source {
    const SCHEMA: (&'static str, &'static str) = ("Source", "Where a value comes from.");
}

impl Choice for InvitationState {
    const SCHEMA: (&'static str, &'static str) = ("InvitationState", "State of an invitation.");
}

impl Choice for OutboxState {
    const SCHEMA: (&'static str, &'static str) = ("OutboxState", "State of an entry.");
}

impl Choice for RegistrationState {
    const SCHEMA: (&'static str, &'static str) = ("RegistrationOutcome", "State of a registration.");
}

impl Choice for Progress {
    const SCHEMA: (&'static str, &'static str) = ("RegistrationState", "State of a registration.");
}

impl Choice for ChallengeFailure {
    const SCHEMA: (&'static str, &'static str) = ("ChallengeFailure", "Why a response to a challenge is not accepted.");
}

impl Choice for MailProgress {
    const SCHEMA: (&'static str, &'static str) = ("MailState", "State of an email.");
}

/// A value in an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chosen<C>(pub(crate) C);

impl<C> From<C> for Chosen<C> {
    fn from(choice: C) -> Self {
        Self(choice)
    }
}

impl<C: Choice> Type for Chosen<C> {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        C::SCHEMA.0.into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Reference(C::SCHEMA.0.to_owned())
    }

    fn register(registry: &mut Registry) {
        let (name, about) = C::SCHEMA;
        registry.create_schema::<Self, _>(name.to_owned(), |_| MetaSchema {
            description: Some(about),
            enum_items: C::ALL.iter().map(|choice| choice.name().into()).collect(),
            ..MetaSchema::new("string")
        });
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::once(self))
    }
}

impl<C: Choice> ToJSON for Chosen<C> {
    fn to_json(&self) -> Option<Value> {
        Some(self.0.name().into())
    }
}

impl<C: Choice> ParseFromJSON for Chosen<C> {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        let choice = value.as_ref().and_then(Value::as_str).and_then(C::by_name);
        choice.map(Self).ok_or_else(|| ParseError::custom("not one of the choices"))
    }
}
