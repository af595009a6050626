//! The members that a body can and must have: finds all missing and unknown ones at once.

use std::fmt;

use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, Type};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::exception::Exception;
use crate::body::raw_json::RawJson;
use crate::problem::{Problem, ProblemKind};

/// Maximum number of unknown members that are named.
const MAX_NAMES: usize = 20;
/// Maximum length of a member's name that is repeated.
const MAX_NAME: usize = 64;

/// The members of a body, taken from its documented schema.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// Name of the schema.
    expected_type: String,
    members: Vec<Member>,
}

#[derive(Debug, Clone)]
struct Member {
    name: &'static str,
    is_required: bool,
    /// The members of an object; empty for a text.
    members: Vec<Member>,
}

impl Shape {
    /// Returns the shape of a type.
    pub(super) fn of<T: Type>() -> Self {
        let mut registry = Registry::new();
        T::register(&mut registry);
        Self { expected_type: T::name().into_owned(), members: members(&registry, &T::schema_ref()) }
    }

    /// Reads the body as a `T`. Reports unknown members before missing ones, like a parser that stops at the first
    /// unknown member. Null counts as missing.
    pub(super) fn read<T: ParseFromJSON>(&self, body: RawJson<T>) -> Result<T, Exception> {
        let malformed = || Exception::from(Problem::new(ProblemKind::MalformedBody));
        if !body.value.is_object() {
            return Err(malformed());
        }
        let form: Form = serde_json::from_slice(&body.bytes).map_err(|_| malformed())?;
        let mut unknown = Vec::new();
        note_unknown(&self.members, &form, "", &mut unknown);
        if !unknown.is_empty() {
            return Err(Exception::unknown(unknown, &self.expected_type));
        }
        let mut found = Found::default();
        note_missing(&self.members, &body.value, "", &mut found);
        if !found.missing.is_empty() {
            return Err(Exception::missing(found.missing, &self.expected_type));
        }
        if !found.mistyped.is_empty() {
            let broken = found.mistyped.into_iter().map(|path| (path, "must be an object".to_owned()));
            return Err(Exception::refused(broken));
        }
        T::parse_from_json(Some(body.value)).map_err(|_| malformed())
    }
}

fn members(registry: &Registry, schema: &MetaSchemaRef) -> Vec<Member> {
    let schema: Option<&MetaSchema> = match schema {
        MetaSchemaRef::Inline(schema) => Some(schema),
        MetaSchemaRef::Reference(name) => registry.schemas.get(name),
    };
    let Some(schema) = schema else { return Vec::new() };
    let own = schema.properties.iter().map(|(name, of)| Member {
        name,
        is_required: schema.required.contains(name),
        members: members(registry, of),
    });
    // A reference with its own description is a schema around the reference.
    own.chain(schema.all_of.iter().flat_map(|part| members(registry, part))).collect()
}

fn note_unknown(members: &[Member], form: &Form, path: &str, unknown: &mut Vec<String>) {
    let Form::Object(given) = form else { return };
    for (name, form) in given {
        if unknown.len() == MAX_NAMES {
            return;
        }
        match members.iter().find(|member| member.name == name) {
            // Values of text members are not searched.
            Some(member) if member.members.is_empty() => {}
            Some(member) => note_unknown(&member.members, form, &format!("{path}{name}."), unknown),
            None => {
                let name = format!("{path}{}", shown(name));
                if !unknown.contains(&name) {
                    unknown.push(name);
                }
            }
        }
    }
}

/// The name of an unknown member, for the message. Anything but a plain name may be misplaced data, so it is not
/// repeated.
fn shown(name: &str) -> &str {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    if name.len() <= MAX_NAME && name.bytes().all(is_plain) { name } else { "(unreadable)" }
}

/// Paths of members.
#[derive(Default)]
struct Found {
    missing: Vec<String>,
    mistyped: Vec<String>,
}

fn note_missing(members: &[Member], value: &Value, path: &str, found: &mut Found) {
    for Member { name, is_required, members } in members {
        match value.get(name).filter(|value| !value.is_null()) {
            None if *is_required => found.missing.push(format!("{path}{name}")),
            Some(value) if !members.is_empty() && !value.is_object() => found.mistyped.push(format!("{path}{name}")),
            Some(value) if !members.is_empty() => note_missing(members, value, &format!("{path}{name}."), found),
            _ => {}
        }
    }
}

/// The names of the members of a JSON value, in their order.
enum Form {
    Object(Vec<(String, Form)>),
    Other,
}

impl<'de> Deserialize<'de> for Form {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FormVisitor)
    }
}

struct FormVisitor;

impl<'de> Visitor<'de> for FormVisitor {
    type Value = Form;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Form, E> {
        Ok(Form::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Form, E> {
        Ok(Form::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Form, E> {
        Ok(Form::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Form, E> {
        Ok(Form::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Form, E> {
        Ok(Form::Other)
    }

    fn visit_unit<E>(self) -> Result<Form, E> {
        Ok(Form::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Form, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Form::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut given: A) -> Result<Form, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = given.next_entry()? {
            members.push(member);
        }
        Ok(Form::Object(members))
    }
}

#[cfg(test)]
mod tests;
