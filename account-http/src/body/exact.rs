//! A JSON body that has no members but those that its schema has: all unknown ones are reported at once, together with
//! the rules that the others break.

use std::any::TypeId;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use account_core::account::details::ProfileEdits;
use account_core::administration::clients::{ClientDraft, ClientEdits};
use account_core::administration::invitations::InvitationDraft;
use account_core::administration::organizations::{OrganizationDraft, OrganizationEdits};
use account_core::violation::Violations;
use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaRequest, MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::{Value, json};

use super::raw_json::{AnyJson, RawJson};
use super::{BodyError, JsonBody, Medium, read_body};
use crate::problem::{Problem, ProblemKind};
use crate::unknown_names::UnknownNames;

/// How deep objects are within each other at most; more of them are not checked.
const MAX_DEPTH: u32 = 8;

/// A body with a JSON object, and the members of it, also in the objects within it, that nothing knows. With any, the
/// request is to be refused.
pub(crate) struct ExactBody<T> {
    value: T,
    unknown: Unknown,
}

/// The same body where all members can be left out, and so can the body: then it has none.
pub(crate) struct OptionalBody<T>(pub(crate) ExactBody<T>);

impl<T> ExactBody<T> {
    /// Returns the value as something that the core reads and refuses if there are unknown members, which it lists all
    /// broken rules for; and the unknown members, to be [joined](Unknown::join) to what it says.
    pub(crate) fn draft<D: From<T> + Draft>(self) -> (D, Unknown) {
        let mut draft = D::from(self.value);
        if self.unknown.0.is_some() {
            draft.refuse();
        }
        (draft, self.unknown)
    }

    /// Returns what is read of the value.
    ///
    /// # Errors
    /// The problem with the value, with unknown members, or with both.
    pub(crate) fn read<V, E: Into<Problem>>(self, read: impl FnOnce(T) -> Result<V, E>) -> Result<V, Problem> {
        self.unknown.join(read(self.value))
    }
}

/// Members of a body that nothing knows, if there are any.
pub(crate) struct Unknown(Option<UnknownNames>);

impl Unknown {
    /// Adds them to the rules that the other members break. Other problems come first.
    ///
    /// # Errors
    /// If the result is an error, or there are unknown members.
    pub(crate) fn join<V, E: Into<Problem>>(self, result: Result<V, E>) -> Result<V, Problem> {
        match (result, self.0) {
            (Ok(value), None) => Ok(value),
            (Ok(_), Some(unknown)) => Err(Problem::with_unknown(ProblemKind::UnknownMember, unknown)),
            (Err(error), None) => Err(error.into()),
            (Err(error), Some(unknown)) => Err(error.into().and_unknown(unknown)),
        }
    }
}

/// Something that the core reads.
pub(crate) trait Draft {
    /// Has the core refuse it, once it has checked everything.
    fn refuse(&mut self);
}

macro_rules! drafts {
    ($($draft:ty),+) => {
        $(impl Draft for $draft {
            fn refuse(&mut self) {
                self.misread = Violations::with_more();
            }
        })+
    };
}

drafts!(ClientDraft, ClientEdits, InvitationDraft, OrganizationDraft, OrganizationEdits, ProfileEdits);

/// The members of an object, each with those of the objects that it can have or contain. Without members, it is not known
/// which an object has, or it is no object.
#[derive(Debug, Default, PartialEq, Eq)]
struct Members(BTreeMap<&'static str, Self>);

impl Members {
    /// Returns those of a type, from its schema. Making them is not cheap, so they are made once.
    fn of<T: Type + 'static>() -> Arc<Self> {
        static KNOWN: LazyLock<Mutex<HashMap<TypeId, Arc<Members>>>> = LazyLock::new(Mutex::default);
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let made = known.entry(TypeId::of::<T>()).or_insert_with(|| {
            let mut registry = Registry::new();
            T::register(&mut registry);
            let mut members = Self::default();
            members.add(&registry, &T::schema_ref(), MAX_DEPTH);
            Arc::new(members)
        });
        Arc::clone(made)
    }

    /// Adds those of a schema, of its alternatives, and of the items of an array.
    fn add(&mut self, registry: &Registry, schema: &MetaSchemaRef, depth: u32) {
        let schema: Option<&MetaSchema> = match schema {
            MetaSchemaRef::Inline(schema) => Some(schema),
            MetaSchemaRef::Reference(name) => registry.schemas.get(name),
        };
        let Some(schema) = schema.filter(|_| depth > 0) else { return };
        for (name, member) in &schema.properties {
            self.0.entry(*name).or_default().add(registry, member, depth - 1);
        }
        for part in schema.any_of.iter().chain(&schema.one_of).chain(&schema.all_of) {
            self.add(registry, part, depth - 1);
        }
        if let Some(items) = &schema.items {
            self.add(registry, items, depth - 1);
        }
    }

    /// Notes the members of the value, at this place, that are none of these.
    fn compare(&self, place: &str, value: &Value, unknown: &mut UnknownNames) {
        if self.0.is_empty() {
            return;
        }
        match value {
            Value::Object(given) => {
                let known: Vec<&str> = self.0.keys().copied().collect();
                unknown.note(place, given.keys().map(String::as_str), &known);
                for (name, member) in given {
                    if let Some(members) = self.0.get(name.as_str()) {
                        members.compare(&format!("{place}/{name}"), member, unknown);
                    }
                }
            }
            Value::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    self.compare(&format!("{place}/{number}"), item, unknown);
                }
            }
            _ => {}
        }
    }
}

impl<'a, T: ParseFromJSON + 'static> ApiExtractor<'a> for ExactBody<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        JsonBody::<T>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        JsonBody::<T>::request_meta()
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<Self::ParamType>,
    ) -> poem::Result<Self> {
        Self::parse(RawJson::<T>::receive(request, body).await?.value)
    }
}

impl<T: ParseFromJSON + 'static> ExactBody<T> {
    fn parse(value: Value) -> poem::Result<Self> {
        let mut unknown = UnknownNames::default();
        if value.is_object() {
            Members::of::<T>().compare("", &value, &mut unknown);
        }
        let unknown = unknown.some();
        match (T::parse_from_json(Some(value)), unknown) {
            (Ok(value), unknown) => Ok(Self { value, unknown: Unknown(unknown) }),
            // What is missing may be there under a wrong name.
            (Err(_), Some(unknown)) => Err(Problem::with_unknown(ProblemKind::UnknownMember, unknown).into()),
            (Err(_), None) => Err(BodyError::Malformed.into()),
        }
    }
}

impl<'a, T: ParseFromJSON + 'static> ApiExtractor<'a> for OptionalBody<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        JsonBody::<T>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        JsonBody::<T>::request_meta().map(|meta| MetaRequest { required: false, ..meta })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<Self::ParamType>,
    ) -> poem::Result<Self> {
        let bytes = read_body(request, body).await?;
        if bytes.is_empty() {
            return ExactBody::parse(json!({})).map(Self);
        }
        if !AnyJson::<T, false>::is_taken(request.content_type()) {
            return Err(BodyError::MediaType.into());
        }
        ExactBody::parse(AnyJson::<T, false>::read(request, &bytes).await?).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use account_core::input::Edit;
    use account_core::violation::{Field, Rule, Violation};
    use poem_openapi::Object;

    use super::*;
    use crate::field::{Name, TextEdit};

    #[derive(Object)]
    #[oai(write_only_all)]
    struct Address {
        /// The street.
        street: TextEdit<Name>,
    }

    #[derive(Object)]
    #[oai(write_only_all)]
    struct Person {
        /// The name.
        name: TextEdit<Name>,
        /// Where to write to.
        #[oai(flatten)]
        address: Address,
        /// Another address.
        #[expect(dead_code, reason = "only the schema matters")]
        home: Option<Address>,
        /// What lives there too.
        #[expect(dead_code, reason = "only the schema matters")]
        pets: Option<Vec<Pet>>,
    }

    #[derive(Object)]
    #[oai(write_only_all)]
    struct Pet {
        /// Its name.
        #[expect(dead_code, reason = "only the schema matters")]
        name: TextEdit<Name>,
    }

    /// What is read, or the codes and places of what is wrong.
    async fn read(body: &Value) -> Result<(Edit, Edit), Vec<(String, Option<String>)>> {
        let (request, mut body) = Request::builder().content_type("application/json").body(body.to_string()).split();
        let body = ExactBody::<Person>::from_request(&request, &mut body, ExtractParamOptions::default()).await;
        let body = body.map_err(|_| Vec::new())?;
        let read = body.read(|person| Ok::<_, Problem>((person.name.into_edit(), person.address.street.into_edit())));
        read.map_err(|problem| {
            assert_eq!(problem.kind, ProblemKind::UnknownMember);
            let unknown = problem.unknown.into_iter().flat_map(|names| names.listed);
            unknown.map(|unknown| (format!("{}/{}", unknown.within, unknown.name), unknown.nearest)).collect()
        })
    }

    #[tokio::test]
    async fn members_that_the_schema_does_not_have_are_refused_together() {
        assert_eq!(read(&json!({"name": "John", "street": null})).await, Ok(("John".into(), Edit::Clear)));
        assert_eq!(read(&json!({})).await, Ok((Edit::Keep, Edit::Keep)));
        let nearest = |name: &str, known: &str| (format!("/{name}"), Some(known.to_owned()));
        let body = json!({"nmae": "John", "name": 7, "__proto__": {}, "streets": []});
        let unknown = read(&body).await.err().unwrap();
        assert_eq!(unknown.len(), 3);
        assert_eq!(unknown[1..], [nearest("nmae", "name"), nearest("streets", "street")]);
        let nested = json!({"pets": [{"name": "Rex"}, {"nmae": "Rex"}], "home": {"stret": "x", "street": {"x": 1}}});
        let expected = [nearest("home/stret", "street"), nearest("pets/1/nmae", "name")];
        assert_eq!(read(&nested).await.err().unwrap(), expected);
        for malformed in [json!([]), json!("name"), Value::Null] {
            assert_eq!(read(&malformed).await.err(), Some(Vec::new()), "{malformed}");
        }
    }

    #[tokio::test]
    async fn an_optional_body_can_be_left_out() {
        let read = async |content_type: &str, text: &str| {
            let (request, mut body) = Request::builder().content_type(content_type).body(text.to_owned()).split();
            let body = OptionalBody::<Address>::from_request(&request, &mut body, ExtractParamOptions::default()).await;
            let body = body.map_err(|error| error.status().as_u16())?;
            body.0
                .read(|address| Ok::<_, Problem>(address.street.into_edit()))
                .map_err(|problem| problem.status().as_u16())
        };
        assert_eq!(read("text/plain", "").await, Ok(Edit::Keep));
        assert_eq!(read("application/json", "{}").await, Ok(Edit::Keep));
        assert_eq!(read("application/json", r#"{"street":"Main St"}"#).await, Ok("Main St".into()));
        assert_eq!(read("text/plain", r#"{"street":"Main St"}"#).await, Err(415));
        assert_eq!(read("application/json", "null").await, Err(400));
        assert_eq!(read("application/json", r#"{"stret":"Main St"}"#).await, Err(422));
        assert!(!OptionalBody::<Address>::request_meta().unwrap().required);
    }

    #[test]
    fn unknown_members_join_broken_rules_and_nothing_else() {
        let mut names = UnknownNames::default();
        names.note("", ["x"], &["y"]);
        let joined = |result: Result<(), Problem>| Unknown(Some(names.clone())).join(result).unwrap_err();
        let broken = joined(Err(Violations::from(Violation::new(Field::Name, Rule::Required)).into()));
        assert_eq!((broken.kind, broken.unknown.is_some()), (ProblemKind::Invalid, true));
        assert_eq!(broken.violations.unwrap().iter().count(), 1);
        let alone = joined(Err(Violations::with_more().into()));
        assert_eq!((alone.kind, alone.unknown.is_some()), (ProblemKind::UnknownMember, true));
        assert_eq!(joined(Ok(())).kind, ProblemKind::UnknownMember);
        let other = joined(Err(Problem::new(ProblemKind::NotFound)));
        assert_eq!((other.kind, other.unknown), (ProblemKind::NotFound, None));
        assert!(Unknown(None).join(Ok::<_, Problem>(())).is_ok());
    }
}
