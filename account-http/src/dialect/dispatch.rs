//! Finding the channel of a request, by the whole path: dialects share prefixes.

use std::sync::Arc;

use poem::endpoint::BoxEndpoint;
use poem::http::{HeaderValue, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response};

use super::mount::Mounted;
use crate::caller::Authenticator;
use crate::context::DialectName;
use crate::openapi::allowed_methods;
use crate::path_template::{Template, with_path};

/// Passes requests for a dialect's paths to the dialect, and all others on.
pub(crate) struct Dispatch {
    /// In the order in which they take paths.
    routes: Vec<RouteOfDialect>,
}

/// One path of a dialect.
struct RouteOfDialect {
    template: Template,
    dialect: DialectName,
    /// Its methods, as `Allow` says them.
    methods: HeaderValue,
    endpoint: Arc<BoxEndpoint<'static, Response>>,
}

impl Dispatch {
    /// To those dialects.
    pub(crate) fn new(dialects: Vec<Mounted>, authenticator: &Arc<Authenticator>) -> Self {
        let routes = dialects.into_iter().flat_map(|dialect| {
            let is_case_insensitive = dialect.is_case_insensitive;
            let name = DialectName(dialect.name);
            let paths = allowed_methods(&dialect.document);
            let endpoint = Arc::new(dialect.endpoint(Arc::clone(authenticator)));
            paths.into_iter().filter_map(move |(path, methods)| {
                let template = Template::new(&path, is_case_insensitive);
                let methods = HeaderValue::try_from(methods).ok()?;
                Some(RouteOfDialect { template, dialect: name, methods, endpoint: Arc::clone(&endpoint) })
            })
        });
        let mut routes: Vec<_> = routes.collect();
        routes.sort_by_cached_key(|route| route.template.rank());
        Self { routes }
    }

    /// Calls the dialect that has the path, or `others` if none has.
    pub(crate) async fn answer(&self, others: Arc<impl Endpoint>, mut request: Request) -> poem::Result<Response> {
        let Some((route, path)) = self.find(request.uri().path()) else {
            return others.call(request).await.map(IntoResponse::into_response);
        };
        if path != request.uri().path()
            && let Some(uri) = with_path(request.uri(), &path)
        {
            *request.uri_mut() = uri;
        }
        let mut response = route.endpoint.call(request).await?;
        if response.status() == StatusCode::METHOD_NOT_ALLOWED {
            response.headers_mut().insert(header::ALLOW, route.methods.clone());
        }
        // For who counts: whose answer this is.
        response.extensions_mut().insert(route.dialect);
        Ok(response)
    }

    /// The route of a path, and the path in the document's spelling.
    fn find(&self, path: &str) -> Option<(&RouteOfDialect, String)> {
        self.routes.iter().find_map(|route| Some((route, route.template.documented(path)?)))
    }
}
