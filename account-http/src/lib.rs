//! Account registration as a service: the HTTP side.

pub mod settings;

use std::sync::Arc;

use account_core::AccountService;
use account_core::ports::Store;
use account_core::verification_token::master_key::MasterKey;
use poem::{Endpoint, EndpointExt, Route};

use crate::settings::HttpSettings;

/// Names of the surfaces that have an OpenAPI document, for `account-http openapi`.
pub const SURFACES: [&str; 2] = ["native", "mikrocloud"];

/// The OpenAPI document of a surface, as it is committed and served: pretty-printed JSON with a newline at its end.
#[must_use]
pub fn openapi_document(surface: &str) -> Option<String> {
    SURFACES.contains(&surface).then(|| "{}\n".to_owned())
}

/// Everything that is served over HTTP. `store` is asked for readiness; `master_key` is where the keys of forms come from.
#[must_use]
pub fn app(
    service: &AccountService,
    store: Arc<dyn Store>,
    master_key: &MasterKey,
    settings: &HttpSettings,
) -> impl Endpoint + use<> {
    let _ = (service, store, master_key, settings);
    Route::new().map_to_response()
}
