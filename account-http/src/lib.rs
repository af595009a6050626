//! Account registration as a service: the HTTP side.
//!
//! The native API, the dialects, the pages and the OpenAPI documents, as one [`poem::Endpoint`] over
//! [`account_core::AccountService`]. Handlers decode, call a use case, and map what it says; rules live in the core.

mod api;
mod body;
mod caller;
mod context;
mod cookie;
mod cors;
mod dialect;
mod docs;
mod documents;
mod etag;
mod field;
mod json;
pub mod metrics;
mod openapi;
pub mod outbound;
mod own_origin;
mod page;
mod problem;
mod query;
mod registering;
mod request_scope;
pub mod settings;
mod static_content;
pub mod trace;
mod url_encoded;

use std::sync::Arc;

use account_core::AccountService;
use account_core::one_time_token::master_key::MasterKey;
use account_core::ports::Store;
use poem::middleware::CatchPanic;
use poem::{Endpoint, EndpointExt, IntoEndpoint, Route};

use crate::caller::{Authenticator, keep_cookie};
use crate::context::{ClientFinder, RequestIds};
use crate::cors::CrossOrigin;
use crate::dialect::{DIALECTS, Dispatch, Mounted};
use crate::metrics::{Metrics, MetricsEndpoint};
use crate::page::Pages;
use crate::problem::panicked;
use crate::request_scope::RequestScope;
use crate::settings::HttpSettings;

pub use crate::dialect::{DialectFacts, dialects, password_policies};
pub use crate::documents::{document_names, limit_differences, openapi_document};

/// Everything that is served over HTTP. The store is asked for readiness; the keys of forms come from the master key.
#[must_use]
pub fn app(
    service: &AccountService,
    store: Arc<dyn Store>,
    master_key: &MasterKey,
    settings: &HttpSettings,
) -> impl Endpoint + use<> {
    app_with_metrics(service, store, master_key, settings, &Arc::default(), None)
}

/// The same, whose requests are counted, and which answers `GET /metrics` where an endpoint for that is given.
#[must_use]
pub fn app_with_metrics(
    service: &AccountService,
    store: Arc<dyn Store>,
    master_key: &MasterKey,
    settings: &HttpSettings,
    metrics: &Arc<Metrics>,
    metrics_endpoint: Option<MetricsEndpoint>,
) -> impl Endpoint + use<> {
    let native = api::native_api(service, store, settings.password_policy);
    let dialects: Vec<Mounted> =
        DIALECTS.iter().filter_map(|dialect| Mounted::of(dialect, service, &settings.dialects)).collect();
    let native_document = openapi::document(&native, api::EXAMPLES, &[]);
    let mut allowed = openapi::allowed_methods(&native_document);
    // Beside the layer for calls of other origins: forms are for our own alone.
    let (pages, methods_of_pages) = page::routes(Pages::new(service, master_key, settings));
    allowed.extend(methods_of_pages);
    let routes = docs::with_documents(Route::new(), &native, native_document, &dialects);

    let authenticator = Authenticator::new(service, settings.cookies(), &settings.public_url, &settings.cors_origins);
    let dispatch = Arc::new(Dispatch::new(dialects, &authenticator));
    let native = Arc::new(native.into_endpoint().around(keep_cookie).data(authenticator));
    let routes = match metrics_endpoint {
        Some(endpoint) => routes.at(metrics::PATH, endpoint),
        None => routes,
    };
    let routes = routes
        .nest_no_strip("/account/v1", Arc::clone(&native))
        .nest_no_strip("/health", native)
        .nest_no_strip("/problems", docs::problem_routes())
        .around(move |others, request| {
            let dispatch = Arc::clone(&dispatch);
            async move { dispatch.answer(others, request).await }
        });
    let channel = RequestScope {
        clients: ClientFinder {
            trusted_proxies: settings.trusted_proxies.clone(),
            exempt_networks: settings.exempt_networks.clone(),
        },
        ids: RequestIds::new(),
        is_https: settings.is_https(),
        allowed: allowed.into(),
        metrics: Arc::clone(metrics),
    };
    let calls = routes.with(CatchPanic::new().with_handler(panicked)).with(CrossOrigin::new(&settings.cors_origins));
    let pages = Arc::new(pages);
    calls.around(move |calls, request| page::instead(Arc::clone(&pages), calls, request)).with(channel)
}
