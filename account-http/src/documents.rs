//! The OpenAPI documents, as they are committed and served: of the native API, of each dialect, of all as one.

mod limits;
mod nowhere;

use crate::api::{EXAMPLES, native_api};
use crate::dialect::{DIALECTS, Mounted};
use crate::openapi::merge::merge;
use crate::openapi::{document, pretty};
use crate::settings::HttpSettings;

pub use limits::limit_differences;

/// Names of the surfaces that have a document: the native API, every dialect, and all as one.
pub fn document_names() -> impl Iterator<Item = &'static str> {
    std::iter::once("native").chain(DIALECTS.iter().map(|dialect| dialect.name)).chain(["all"])
}

/// The document of a surface, as it is committed and served when every dialect is: JSON, indented, with a newline at
/// its end. `None` when there is no such surface.
#[must_use]
pub fn openapi_document(surface: &str) -> Option<String> {
    let (service, store) = nowhere::service();
    let settings = HttpSettings::new("");
    let native = || document(&native_api(&service, store, settings.password_policy), EXAMPLES, &[]);
    let dialects = || DIALECTS.iter().filter_map(|dialect| Mounted::of(dialect, &service, &settings.dialects));
    match surface {
        "native" => Some(native()),
        "all" => Some(merged(&native(), &dialects().collect::<Vec<_>>())),
        dialect => dialects().find(|mounted| mounted.name == dialect).map(|mounted| mounted.document),
    }
}

/// One document of the native API's and those of dialects.
pub(crate) fn merged(native: &str, dialects: &[Mounted]) -> String {
    let dialects = dialects.iter().map(|dialect| (dialect.name, dialect.document.as_str()));
    let all = std::iter::once(("native", native)).chain(dialects);
    pretty(&merge(all.map(|(surface, text)| (surface, serde_json::from_str(text).unwrap_or_default())).collect()))
}
