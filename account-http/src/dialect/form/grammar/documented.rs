//! How the documents describe failures.

use std::collections::{BTreeMap, HashMap};

use poem_openapi::Object;
use poem_openapi::registry::{MetaResponse, MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::Type;

use super::codes::{COULD_NOT_VALIDATE_CREDENTIALS, code_of_kind};
use super::{Codes, Form};
use crate::problem::{Grammar, ProblemKind, documented_failure};

/// An error as one code.
#[derive(Object)]
#[oai(rename = "Error")]
struct ErrorBody {
    /// The code.
    errors: String,
}

/// Errors by field.
#[derive(Object)]
#[oai(rename = "FieldErrors")]
struct FieldErrorsBody {
    /// One code per field: `VALIDATION_<FIELD>_<RULE>`.
    /// A field that is missing or not a string is named `body.<field>`.
    errors: HashMap<String, String>,
}

/// The codes that a status comes with.
#[derive(Default)]
struct Documented {
    codes: Vec<String>,
    has_fields: bool,
}

impl Documented {
    fn add(&mut self, code: &str, meaning: &str) {
        self.codes.push(format!("`{code}`: {meaning}."));
    }

    fn schema(&self) -> MetaSchemaRef {
        match (self.has_fields, self.codes.is_empty()) {
            (true, true) => FieldErrorsBody::schema_ref(),
            (false, _) => ErrorBody::schema_ref(),
            (true, false) => MetaSchemaRef::Inline(Box::new(MetaSchema {
                any_of: vec![FieldErrorsBody::schema_ref(), ErrorBody::schema_ref()],
                ..MetaSchema::ANY
            })),
        }
    }

    fn description(&self) -> String {
        let fields = self.has_fields.then(|| "Fields are invalid; the codes say why.".to_owned());
        fields.into_iter().chain(self.codes.iter().cloned()).collect::<Vec<_>>().join(" ")
    }
}

impl<S: Codes> Grammar<S> for Form {
    fn schema(_kinds: &[ProblemKind]) -> MetaSchemaRef {
        ErrorBody::schema_ref()
    }

    fn register(registry: &mut Registry) {
        ErrorBody::register(registry);
        FieldErrorsBody::register(registry);
    }

    /// Returns one entry per status, with the codes that it comes with.
    fn documented() -> Vec<MetaResponse> {
        let mut all = BTreeMap::<u16, Documented>::new();
        for code in S::CODES {
            all.entry(code.status).or_default().add(code.name, code.meaning);
        }
        for kind in S::KINDS {
            let facts = kind.facts();
            let documented = all.entry(facts.status).or_default();
            if *kind == ProblemKind::Invalid {
                documented.has_fields = true;
            } else {
                documented.add(&code_of_kind(*kind), facts.title);
            }
            if *kind == ProblemKind::Unauthenticated {
                let code = COULD_NOT_VALIDATE_CREDENTIALS;
                all.entry(code.status).or_default().add(code.name, code.meaning);
            }
        }
        let responses = all.into_iter().map(|(status, documented)| {
            documented_failure(status, documented.description(), "application/json", documented.schema())
        });
        responses.collect()
    }
}
