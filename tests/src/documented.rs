//! Holds every answer against the OpenAPI documents.

mod schema;

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

/// An answer, as far as documents say something of it.
pub(crate) struct Answered<'a> {
    pub(crate) status: StatusCode,
    pub(crate) content_type: &'a str,
    pub(crate) body: &'a str,
}

/// Fails when the documents have the operation but not this status, or not with this type of body, or another body of
/// that type.
///
/// `without` names the dialects that are switched off.
pub(crate) fn check(method: &Method, path: &str, answer: &Answered<'_>, without: &[&str]) {
    let documents = DOCUMENTS.iter().filter(|(name, _)| !without.contains(name));
    let found = documents.into_iter().find_map(|(_, document)| Some((document, find(document, method, path)?)));
    let Some((document, operation)) = found else { return };
    let (status, content_type) = (answer.status, answer.content_type);
    let response = operation.pointer(&format!("/responses/{}", status.as_u16()));
    let response = response.unwrap_or_else(|| panic!("{method} {path} answers {status}, which is not documented"));
    let essence = |name: &str| name.split(';').next().unwrap_or_default().trim().to_owned();
    let documented = response.get("content").and_then(Value::as_object);
    let Some(content) = documented else {
        assert!(
            content_type.is_empty(),
            "{method} {path} answers {status} with {content_type:?}, which is not documented"
        );
        return;
    };
    let media = content.iter().find(|(name, _)| essence(name) == essence(content_type)).map(|(_, media)| media);
    let media = media
        .unwrap_or_else(|| panic!("{method} {path} answers {status} with {content_type:?}, which is not documented"));
    if essence(content_type).ends_with("json") {
        let value = serde_json::from_str(answer.body).expect("JSON");
        let found = schema::mismatches(document, &media["schema"], &value);
        assert!(found.is_empty(), "{method} {path} answers {status} not as documented: {found:?} in {value}");
    }
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
