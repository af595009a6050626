//! Rust clients: one module for each document, by progenitor.

use openapiv3::OpenAPI;
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle};
use schemars::schema::{InstanceType, SchemaObject};
use serde_json::Value;

use crate::{derived::Files, error::Error};

/// Formats of texts, and the types of ours that stand for them.
const FORMATS: [(&str, &str); 2] = [("date-time", "::jiff::Timestamp"), ("date", "::jiff::civil::Date")];

/// The module of a document.
///
/// # Errors
/// [`Error::Generator`] when progenitor does not take it.
pub(super) fn module(name: &str, reduced: &Value) -> Result<String, Error> {
    let refused = |what: String| Error::Generator { document: name.to_owned(), what };
    let document: OpenAPI = serde_json::from_value(reduced.clone()).map_err(|error| refused(error.to_string()))?;
    let tokens = Generator::new(&settings()).generate_tokens(&document).map_err(|error| refused(error.to_string()))?;
    let file = syn::parse2(tokens).map_err(|error| refused(error.to_string()))?;
    let code = prettyplease::unparse(&file);
    Ok(format!("//! A client of `{name}.json`, by `cargo xtask clients`: not to be edited.\n{code}"))
}

/// The module that names all of them.
pub(super) fn list(modules: &Files) -> String {
    let head = "//! The clients of all documents, by `cargo xtask clients`: not to be edited.\n\n".to_owned();
    let lines = modules.keys().map(|file| format!("pub mod {};\n", file.trim_end_matches(".rs")));
    [head].into_iter().chain(lines).collect()
}

fn settings() -> GenerationSettings {
    let mut settings = GenerationSettings::default();
    settings.with_interface(InterfaceStyle::Positional);
    for (format, name) in FORMATS {
        let text = Some(InstanceType::String.into());
        let schema = SchemaObject { instance_type: text, format: Some(format.to_owned()), ..SchemaObject::default() };
        settings.with_conversion(schema, name, [].into_iter());
    }
    settings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::module;
    use crate::{clients::reduction::reduce, error::Error};

    #[test]
    fn a_document_becomes_a_module_with_a_function_for_each_operation() {
        let document = json!({
            "openapi": "3.0.0",
            "info": {"title": "t", "version": "1"},
            "paths": {"/now": {"get": {"operationId": "getNow", "responses": {"200": {
                "description": "The time.",
                "content": {"application/json": {"schema": {"type": "string", "format": "date-time"}}},
            }}}}},
        });
        let code = module("clock", &document).unwrap();
        assert!(code.starts_with("//! A client of `clock.json`"));
        assert!(code.contains("pub async fn get_now"), "{code}");
        assert!(code.contains("ResponseValue<::jiff::Timestamp>"), "{code}");
    }

    #[test]
    fn a_form_that_may_be_sent_in_two_ways_and_refused_in_two_becomes_a_function() {
        let schema = json!({"type": "object", "required": ["email"], "properties": {"email": {"type": "string"}}});
        let error = |schema: serde_json::Value| {
            json!({
                "description": "Refused.",
                "content": {"application/json": {"schema": {
                    "type": "object", "required": ["errors"], "properties": {"errors": schema},
                }}},
            })
        };
        let document = json!({
            "openapi": "3.0.0",
            "info": {"title": "t", "version": "1"},
            "components": {"schemas": {"Registration": schema}},
            "paths": {"/api/v1/auth/register": {"post": {
                "operationId": "registerAccount",
                "requestBody": {"required": true, "content": {
                    "multipart/form-data": {"schema": {"$ref": "#/components/schemas/Registration"}},
                    "application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/Registration"}},
                }},
                "responses": {
                    "201": {"description": "Registered."},
                    "400": error(json!({"type": "string"})),
                    "422": error(json!({"type": "object", "additionalProperties": {"type": "string"}})),
                },
            }}},
        });
        let code = module("form", &reduce(document).document).unwrap();
        assert!(code.contains(".form_urlencoded(&body)?"), "{code}");
        assert!(code.contains("Error<types::RegisterAccountAnswer>"), "{code}");
    }

    #[test]
    fn an_invalid_document_is_an_error_that_names_it() {
        let error = module("clock", &json!({})).unwrap_err();
        assert!(matches!(error, Error::Generator { document, .. } if document == "clock"));
    }
}
