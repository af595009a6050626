//! Account registration as a service: the HTTP side.
//!
//! The native API, the dialects, the pages and the OpenAPI documents, as one [`poem::Endpoint`] over
//! [`account_core::AccountService`]. Handlers decode, call a use case, and map its result; rules are in the core.
//!
//! To mount them in your own app, call [`app`], and build this crate with `default-features = false`: what only the
//! binary needs (command line, configuration, trace export, the adapters) is behind the feature `server`. To infer
//! countries and time zones of people who register, add `embedded-countries` or `city-database`, and give the service a
//! locator of [`outbound::geo`].

mod answer_addresses;
mod answer_headers;
mod api;
pub mod attack_watch;
mod body;
mod caller;
mod choice;
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
mod own_paths;
mod page;
mod path_template;
mod problem;
mod public_url;
mod query;
mod query_names;
pub mod refusal;
mod refusal_pace;
mod registering;
mod request_scope;
mod sending_limit;
pub mod settings;
mod short_links;
mod static_content;
pub mod trace;
mod unknown_names;
mod url_encoded;

use std::sync::Arc;

use account_core::AccountService;
use account_core::one_time_token::master_key::MasterKey;
use account_core::ports::Store;
use poem::middleware::CatchPanic;
use poem::{Endpoint, EndpointExt, IntoEndpoint, Route};

use crate::body::memory::BodyMemory;
use crate::caller::{Authenticator, keep_cookie};
use crate::context::{ClientFinder, RequestIds};
use crate::cors::CrossOrigin;
use crate::dialect::{DIALECTS, Dispatch, Mounted};
use crate::metrics::{Metrics, MetricsEndpoint};
use crate::page::Pages;
use crate::problem::panicked;
use crate::query_names::QueryNames;
use crate::refusal_pace::RefusalPace;
use crate::request_scope::RequestScope;
use crate::settings::HttpSettings;
use crate::short_links::ShortLinks;

pub use crate::dialect::{DialectFacts, dialects, password_policies};
pub use crate::documents::{check_public_url, document_names, limit_differences, openapi_document};
pub use crate::own_paths::AmbiguousPath;
pub use crate::page::{TemplateProblem, export_page_templates, open_page_templates, provider_redirect_uri};
pub use crate::unknown_names::most_similar;

/// Returns everything that is served over HTTP. `store` is used for readiness checks; keys of forms are derived from
/// the master key.
///
/// # In your own app
///
/// Mount it at the root of its host, after your own routes: links in emails, pages and cookies use paths from there
/// (`/account/v1`, `/authenticate`, `/l`, `/health`, `/problems`, `/docs`, `/openapi` and those of the dialects). Log
/// lines, request ids, limits per client and security headers apply to its answers, not to yours. If the public URL has
/// a path, mount it below that path instead, with the path stripped or not.
///
/// ```
/// use std::sync::Arc;
/// use account_core::{AccountService, one_time_token::master_key::MasterKey, ports::Store};
/// use account_http::settings::HttpSettings;
/// use poem::{Endpoint, EndpointExt, Route, handler};
///
/// #[handler]
/// fn price_list() -> &'static str {
///     "Apples 3, pears 4"
/// }
///
/// fn shop(service: &AccountService, store: Arc<dyn Store>, master_key: &MasterKey) -> impl Endpoint {
///     let settings = HttpSettings::new("https://shop.example.com".parse().expect("a public URL"));
///     let accounts = account_http::app(service, store, master_key, &settings);
///     Route::new().at("/prices", price_list).nest_no_strip("/", accounts)
/// }
/// # use account_core::password::argon2::{Argon2Settings, Argon2Workers};
/// # use account_core::testing::{FakeClock, MemoryStore, SeededEntropy};
/// # use poem::{Request, http::{StatusCode, Uri}};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let store = Arc::new(MemoryStore::default());
/// # let hasher = Argon2Workers::start(Argon2Settings { memory_kib: 8, ..Argon2Settings::default() }).unwrap();
/// # let (clock, entropy) = (Arc::new(FakeClock::default()), Arc::new(SeededEntropy::new(1)));
/// # let master_key = MasterKey::generate(&*entropy);
/// # let settings = account_core::Settings::new(master_key.clone());
/// # let ports = account_core::Ports::new(Arc::clone(&store), Arc::new(hasher), clock, entropy);
/// # let service = AccountService::new(ports, settings);
/// # let shop = shop(&service, store, &master_key);
/// # for (path, status) in [("/prices", 200), ("/health/readiness", 204), ("/authenticate/register", 200), ("/x", 404)] {
/// #     let request = Request::builder().uri(Uri::from_static(path)).finish();
/// #     assert_eq!(shop.get_response(request).await.status(), StatusCode::from_u16(status).unwrap(), "{path}");
/// # }
/// # }
/// ```
///
/// If the public URL has a path, call [`check_public_url`] first: some paths would give a request two meanings.
///
/// Also run an `account_core::system::Worker` (feature `system`): otherwise no email is sent.
#[must_use]
pub fn app(
    service: &AccountService,
    store: Arc<dyn Store>,
    master_key: &MasterKey,
    settings: &HttpSettings,
) -> impl Endpoint + use<> {
    app_with_metrics(service, store, master_key, settings, &Arc::default(), None)
}

/// Returns the same as [`app`], counts requests, and answers `GET /metrics` if an endpoint for it is given.
#[must_use]
pub fn app_with_metrics(
    service: &AccountService,
    store: Arc<dyn Store>,
    master_key: &MasterKey,
    settings: &HttpSettings,
    metrics: &Arc<Metrics>,
    metrics_endpoint: Option<MetricsEndpoint>,
) -> impl Endpoint + use<> {
    let native = api::native_api(service, store, settings.password_policy, metrics);
    let dialects: Vec<Mounted> =
        DIALECTS.iter().filter_map(|dialect| Mounted::of(dialect, service, &settings.dialects)).collect();
    let native_document = api::native_document(&native);
    let query_names = Arc::new(QueryNames::new(&native_document));
    let mut allowed = openapi::allowed_methods(&native_document);
    // Outside the CORS layer: forms only accept our own origin.
    let (pages, methods_of_pages) = page::routes(Pages::new(service, master_key, settings, metrics));
    allowed.extend(methods_of_pages);
    let paths = documents::own_paths(&settings.public_url, &native_document, &dialects);
    let routes = docs::with_documents(Route::new(), service, &native, native_document, &dialects, &settings.public_url);

    let authenticator = Authenticator::new(service, &settings.public_url, &settings.cors_origins);
    let authenticator = Arc::new(authenticator);
    let dispatch = Arc::new(Dispatch::new(dialects, &authenticator));
    let native = native.into_endpoint().around(keep_cookie).data(authenticator);
    let native =
        Arc::new(native.around(move |operations, request| Arc::clone(&query_names).check(operations, request)));
    let routes = match metrics_endpoint {
        Some(endpoint) => routes.at(metrics::PATH, endpoint),
        None => routes,
    };
    let routes = routes
        .nest_no_strip("/account/v1", Arc::clone(&native))
        .nest_no_strip("/health", native)
        .nest_no_strip("/problems", docs::problem_routes(&settings.public_url))
        .around(move |others, request| {
            let dispatch = Arc::clone(&dispatch);
            async move { dispatch.answer(others, request).await }
        });
    let public_url = Arc::new(settings.public_url.clone());
    let routes = routes.around(move |apis, request| answer_addresses::complete(Arc::clone(&public_url), apis, request));
    let scope = Arc::new(RequestScope {
        clients: ClientFinder {
            trusted_proxies: settings.trusted_proxies.clone(),
            exempt_networks: settings.exempt_networks.clone(),
        },
        ids: RequestIds::new(),
        public_url: settings.public_url.clone(),
        paths,
        allowed,
        metrics: Arc::clone(metrics),
        pace: RefusalPace::default(),
        body_memory: BodyMemory::new(service),
    });
    let short_links = Arc::new(ShortLinks::new(&settings.public_url, settings.link_url.as_ref()));
    let cross_origin = Arc::new(CrossOrigin { origins: settings.cors_origins.clone() });
    let pages = Arc::new(pages);
    routes
        .with(CatchPanic::new().with_handler(panicked))
        .around(move |routes, request| Arc::clone(&cross_origin).answer(routes, request))
        .around(move |calls, request| page::instead(Arc::clone(&pages), calls, request))
        .around(move |all, request| Arc::clone(&short_links).answer(all, request))
        .around(move |all, request| Arc::clone(&scope).answer(all, request))
}
