//! Holds every answer against the OpenAPI documents.

use std::sync::LazyLock;

use account_http::{document_names, openapi_document};
use poem::http::{Method, StatusCode};
use serde_json::Value;

static DOCUMENTS: LazyLock<Vec<(&str, Value)>> = LazyLock::new(|| {
    // The one of all names lists those of switched-off dialects as well.
    let single = document_names().filter(|name| *name != "all");
    let documents = single.filter_map(|name| Some((name, openapi_document(name)?)));
    documents.map(|(name, text)| (name, serde_json::from_str(&text).expect("a document"))).collect()
});

/// Fails when the documents have the operation but not this status, or not with this type of body.
///
/// `without` names the dialects that are switched off.
pub(crate) fn check(method: &Method, path: &str, status: StatusCode, content_type: &str, without: &[&str]) {
    let documents = DOCUMENTS.iter().filter(|(name, _)| !without.contains(name));
    let Some(operation) = documents.into_iter().find_map(|(_, document)| find(document, method, path)) else { return };
    let response = operation.pointer(&format!("/responses/{}", status.as_u16()));
    let response = response.unwrap_or_else(|| panic!("{method} {path} answers {status}, which is not documented"));
    let essence = |name: &str| name.split(';').next().unwrap_or_default().trim().to_owned();
    let documented = response.get("content").and_then(Value::as_object);
    let fits = match documented {
        None => content_type.is_empty(),
        Some(content) => content.keys().any(|name| essence(name) == essence(content_type)),
    };
    assert!(fits, "{method} {path} answers {status} with {content_type:?}, which is not documented");
}

fn find<'a>(document: &'a Value, method: &Method, path: &str) -> Option<&'a Value> {
    let paths = document.get("paths")?.as_object()?;
    let (_, item) = paths.iter().find(|(template, _)| fits(template, path))?;
    item.get(method.as_str().to_ascii_lowercase())
}

/// Whether the path is one of the template's.
fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template.iter().zip(&path).all(|(part, given)| part == given || (part.starts_with('{') && !given.is_empty()))
}
