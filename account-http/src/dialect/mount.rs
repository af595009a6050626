//! A dialect's API without its type: a document, a reader's page, an endpoint whose every answer is in its grammar.

use std::sync::Arc;

use poem::endpoint::BoxEndpoint;
use poem::http::{HeaderValue, StatusCode, header};
use poem::middleware::CatchPanic;
use poem::{Endpoint, EndpointExt, IntoEndpoint, IntoResponse, Request, Response};
use poem_openapi::{OpenApi, OpenApiService};

use super::Dialect;
use crate::caller::Authenticator;
use crate::docs;
use crate::openapi;
use crate::problem::{Problem, ProblemKind, from_framework, panicked};

/// What a dialect's API is good for, whatever its type.
pub(crate) trait DialectApi {
    /// Its document.
    fn document(&self, dialect: &Dialect) -> String;
    /// The page that shows a document of it.
    fn reader(&self, document: &str) -> String;
    /// Its routes.
    fn routes(self: Box<Self>) -> BoxEndpoint<'static, Response>;
}

impl<A: OpenApi + 'static> DialectApi for OpenApiService<A, ()> {
    fn document(&self, dialect: &Dialect) -> String {
        openapi::document(self, dialect.examples, dialect.closed_schemas)
    }

    fn reader(&self, document: &str) -> String {
        docs::reader(&self.swagger_ui_html(), &self.spec(), document)
    }

    fn routes(self: Box<Self>) -> BoxEndpoint<'static, Response> {
        (*self).into_endpoint().map_to_response().boxed()
    }
}

/// The dialect that a request came by, as data of the request: the channel of its calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DialectName(pub(crate) &'static str);

/// A dialect that is served.
pub(crate) struct Mounted {
    pub(crate) name: &'static str,
    pub(crate) is_case_insensitive: bool,
    /// Its document.
    pub(crate) document: String,
    render: fn(&Problem) -> Response,
    api: Box<dyn DialectApi>,
}

impl Mounted {
    pub(super) fn new(dialect: &Dialect, api: Box<dyn DialectApi>) -> Self {
        Self {
            name: dialect.name,
            is_case_insensitive: dialect.is_case_insensitive,
            document: api.document(dialect),
            render: dialect.render,
            api,
        }
    }

    /// The page that shows its document.
    pub(crate) fn reader(&self) -> String {
        self.api.reader(&self.document)
    }

    /// Its routes. Whatever goes wrong under them is answered in its grammar.
    pub(super) fn endpoint(self, authenticator: Authenticator) -> BoxEndpoint<'static, Response> {
        let render = self.render;
        let gate = authenticator.clone();
        self.api
            .routes()
            .data(authenticator)
            .data(DialectName(self.name))
            .with(CatchPanic::new().with_handler(panicked))
            .around(move |routes, request| in_grammar(render, gate.clone(), routes, request))
            .boxed()
    }
}

/// Has a problem rendered by the dialect; answers that are finished already pass.
async fn in_grammar(
    render: fn(&Problem) -> Response,
    gate: Authenticator,
    routes: Arc<impl Endpoint>,
    request: Request,
) -> poem::Result<Response> {
    if gate.refuses_sender(&request) {
        return Ok(render(&Problem::new(ProblemKind::CrossSite)));
    }
    let mut response = match routes.call(request).await {
        Ok(response) => response.into_response(),
        Err(error) => from_framework(error),
    };
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = render(&problem);
    }
    if response.status() == StatusCode::UNAUTHORIZED {
        // RFC 9110, 11.6.1: a 401 says how to authenticate.
        response.headers_mut().entry(header::WWW_AUTHENTICATE).or_insert(HeaderValue::from_static("Bearer"));
    }
    Ok(response)
}
