//! Account registration as a service: the HTTP side.
//!
//! The native API, the dialects, the pages and the OpenAPI documents, as one [`poem::Endpoint`] over
//! [`account_core::AccountService`]. Handlers decode, call a use case, and map what it says; rules live in the core.

mod api;
mod body;
mod context;
mod dialect;
mod docs;
mod field;
mod json;
mod openapi;
mod page;
mod problem;
mod registering;
pub mod settings;
mod surface;

use std::sync::Arc;

use account_core::AccountService;
use account_core::ports::Store;
use account_core::verification_token::master_key::MasterKey;
use poem::middleware::{CatchPanic, Cors};
use poem::{Endpoint, EndpointExt, IntoEndpoint, Route};

use crate::context::{ClientFinder, RequestIds};
use crate::dialect::mikrocloud;
use crate::page::Pages;
use crate::problem::{Problem, ProblemKind};
use crate::settings::HttpSettings;
use crate::surface::Surface;

pub use crate::openapi::{SURFACES, openapi_document};

/// Everything that is served over HTTP. The store is asked for readiness; the keys of forms come from the master key.
#[must_use]
pub fn app(
    service: &AccountService,
    store: Arc<dyn Store>,
    master_key: &MasterKey,
    settings: &HttpSettings,
) -> impl Endpoint + use<> {
    let native = api::native_api(service, store, settings.password_policy);
    let mikrocloud_api = mikrocloud::api(service, &settings.mikrocloud);
    let native_document = openapi::document(&native, api::EXAMPLES);
    let mikrocloud_document = openapi::document(&mikrocloud_api, mikrocloud::EXAMPLES);
    let reader = native.swagger_ui_html();

    let native = Arc::new(native.into_endpoint());
    let mut routes = Route::new()
        .nest_no_strip("/account/v1", Arc::clone(&native))
        .nest_no_strip("/health", native)
        .nest_no_strip("/problems", docs::problem_routes())
        .at("/openapi.json", poem::get(docs::document_endpoint(native_document)))
        .at("/docs", poem::get(docs::reader_endpoint(reader)));
    if settings.mikrocloud.is_enabled {
        routes = routes
            .at("/user", mikrocloud_api.into_endpoint().catch_all_error(mikrocloud::from_framework))
            .at("/openapi/mikrocloud.json", poem::get(docs::document_endpoint(mikrocloud_document)));
    }
    let surface = Surface {
        clients: ClientFinder {
            trusted_proxies: settings.trusted_proxies.clone(),
            exempt_networks: settings.exempt_networks.clone(),
        },
        ids: RequestIds::new(),
        is_https: settings.is_https(),
    };
    let panics = CatchPanic::new().with_handler(|_| Problem::new(ProblemKind::Internal));
    let is_cors = !settings.cors_origins.is_empty();
    let calls = routes.with(panics).with_if(is_cors, cors(&settings.cors_origins));
    // Beside the layer for calls of other origins: it would refuse the forms of our own, which is not among them.
    let pages = Arc::new(page::routes(Pages::new(service, master_key, settings)));
    calls.around(move |calls, request| page::instead(Arc::clone(&pages), calls, request)).with(surface)
}

/// Calls from pages of other origins: only the listed ones, without cookies.
fn cors(origins: &[String]) -> Cors {
    let cors = Cors::new()
        .allow_methods(["GET", "POST", "PATCH", "DELETE"])
        .allow_headers(["content-type", "authorization", "idempotency-key", "x-registration-continuation"])
        .expose_headers(["retry-after", "ratelimit", "ratelimit-policy", "x-request-id", "etag"])
        .allow_credentials(false)
        .max_age(600);
    origins.iter().fold(cors, Cors::allow_origin)
}
