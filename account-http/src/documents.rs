//! The OpenAPI documents, as committed and served: of the native API, of each dialect, and of all merged.

mod limits;
mod nowhere;

use std::sync::Arc;

use account_core::password::policy::PasswordPolicy;

use crate::api::{native_api, native_document};
use crate::dialect::{DIALECTS, Mounted};
use crate::openapi::merge::merge;
use crate::openapi::pretty;
use crate::own_paths::{AmbiguousPath, OwnPaths};
use crate::public_url::PublicUrl;
use crate::settings::{HttpSettings, default_dialects};

pub use limits::limit_differences;

/// Returns the names of all documents: the native API, every dialect, and all merged.
pub fn document_names() -> impl Iterator<Item = &'static str> {
    std::iter::once("native").chain(DIALECTS.iter().map(|dialect| dialect.name)).chain(["all"])
}

/// Returns the document with this name, as committed, and as served if every dialect is enabled: indented JSON with a
/// final newline. `None` if there is no document with this name.
#[must_use]
pub fn openapi_document(api: &str) -> Option<String> {
    let (service, store) = nowhere::service();
    let dialects_by_default = default_dialects();
    let native = || native_document(&native_api(&service, store, PasswordPolicy::DEFAULT, &Arc::default()));
    let dialects = || DIALECTS.iter().filter_map(|dialect| Mounted::of(dialect, &service, &dialects_by_default));
    match api {
        "native" => Some(native()),
        "all" => Some(merged(&native(), &dialects().collect::<Vec<_>>())),
        dialect => dialects().find(|mounted| mounted.name == dialect).map(|mounted| mounted.document),
    }
}

/// Checks that every request has one meaning, with and without the path of the public URL.
///
/// # Errors
/// [`AmbiguousPath`] names a path that has two.
pub fn check_public_url(settings: &HttpSettings) -> Result<(), AmbiguousPath> {
    if settings.public_url.path().is_empty() {
        return Ok(());
    }
    let (service, store) = nowhere::service();
    let native = native_document(&native_api(&service, store, settings.password_policy, &Arc::default()));
    let dialects: Vec<Mounted> =
        DIALECTS.iter().filter_map(|dialect| Mounted::of(dialect, &service, &settings.dialects)).collect();
    own_paths(&settings.public_url, &native, &dialects).check()
}

/// The paths of the native API and of dialects.
pub(crate) fn own_paths(public_url: &PublicUrl, native: &str, dialects: &[Mounted]) -> OwnPaths {
    let dialects =
        dialects.iter().map(|dialect| (Some(dialect.name), dialect.document.as_str(), dialect.is_case_insensitive));
    OwnPaths::new(public_url, std::iter::once((None, native, false)).chain(dialects))
}

/// Merges the documents of the native API and of dialects.
pub(crate) fn merged(native: &str, dialects: &[Mounted]) -> String {
    let dialects = dialects.iter().map(|dialect| (dialect.name, dialect.document.as_str()));
    let all = std::iter::once(("native", native)).chain(dialects);
    pretty(&merge(all.map(|(api, text)| (api, serde_json::from_str(text).unwrap_or_default())).collect()))
}
