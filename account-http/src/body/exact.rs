//! A JSON body that has no members but those that its schema has: all unknown ones are reported at once.

use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaRequest, MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use super::raw_json::RawJson;
use super::{BodyError, JsonBody};
use crate::problem::{Problem, ProblemKind};
use crate::unknown_names::unknown_names;

/// A body with a JSON object without unknown members. Objects within it are not checked.
pub(crate) struct ExactBody<T> {
    pub(crate) value: T,
}

/// The members of a type, from its schema.
fn members<T: Type>() -> Vec<&'static str> {
    let mut registry = Registry::new();
    T::register(&mut registry);
    let schema = T::schema_ref();
    let schema: Option<&MetaSchema> = match &schema {
        MetaSchemaRef::Inline(schema) => Some(schema),
        MetaSchemaRef::Reference(name) => registry.schemas.get(name),
    };
    schema.into_iter().flat_map(|schema| schema.properties.iter().map(|(name, _)| *name)).collect()
}

impl<'a, T: ParseFromJSON> ApiExtractor<'a> for ExactBody<T> {
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
        let value = RawJson::<T>::receive(request, body).await?.value;
        let given = value.as_object().into_iter().flat_map(serde_json::Map::keys).map(String::as_str);
        if let Some(unknown) = unknown_names(given, &members::<T>()) {
            return Err(Problem::with_unknown(ProblemKind::UnknownMember, unknown).into());
        }
        let value = T::parse_from_json(Some(value)).map_err(|_| BodyError::Malformed)?;
        Ok(Self { value })
    }
}

#[cfg(test)]
mod tests {
    use account_core::input::Edit;
    use poem_openapi::Object;
    use serde_json::{Value, json};

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
    }

    async fn read(body: &Value) -> Result<(Edit, Edit), Vec<(String, Option<String>)>> {
        let (request, mut body) = Request::builder().content_type("application/json").body(body.to_string()).split();
        match ExactBody::<Person>::from_request(&request, &mut body, ExtractParamOptions::default()).await {
            Ok(body) => Ok((body.value.name.into_edit(), body.value.address.street.into_edit())),
            Err(error) => {
                let problem: Problem = error.data().cloned().unwrap_or(Problem::new(ProblemKind::MalformedBody));
                let unknown = problem.unknown.into_iter().flat_map(|names| names.0);
                Err(unknown.map(|unknown| (unknown.name, unknown.nearest)).collect())
            }
        }
    }

    #[tokio::test]
    async fn members_that_the_schema_does_not_have_are_refused_together() {
        assert_eq!(read(&json!({"name": "John", "street": null})).await, Ok(("John".into(), Edit::Clear)));
        assert_eq!(read(&json!({})).await, Ok((Edit::Keep, Edit::Keep)));
        let nearest = |name: &str, known: &str| (name.to_owned(), Some(known.to_owned()));
        let body = json!({"nmae": "John", "name": 7, "__proto__": {}, "streets": []});
        let unknown = read(&body).await.err().unwrap();
        assert_eq!(unknown.len(), 3);
        assert_eq!(unknown[1..], [nearest("nmae", "name"), nearest("streets", "street")]);
        for malformed in [json!([]), json!("name"), Value::Null] {
            assert_eq!(read(&malformed).await.err(), Some(Vec::new()), "{malformed}");
        }
    }
}
