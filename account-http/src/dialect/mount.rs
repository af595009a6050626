//! Serving a dialect: its document, and an endpoint that always answers in its grammar.

use std::collections::BTreeMap;
use std::sync::Arc;

use account_core::AccountService;
use poem::endpoint::BoxEndpoint;
use poem::http::{HeaderValue, StatusCode, header};
use poem::middleware::CatchPanic;
use poem::{Endpoint, EndpointExt, IntoResponse, Request, Response};

use super::definition::{Dialect, DialectContext};
use super::dialect_api::DialectApi;
use crate::caller::Authenticator;
use crate::context::DialectName;
use crate::problem::{Problem, ProblemKind, from_framework, panicked};
use crate::settings::dialect::DialectSettings;

/// A dialect that is served.
pub(crate) struct Mounted {
    pub(crate) name: &'static str,
    pub(crate) is_case_insensitive: bool,
    /// Its document.
    pub(crate) document: String,
    /// poem-openapi's page that shows it.
    pub(crate) html: String,
    /// The document as it stands in that page.
    pub(crate) spec: String,
    render: fn(&Problem) -> Response,
    api: Box<dyn DialectApi>,
}

impl Mounted {
    /// A dialect over a service; `None` when it is not to be served.
    pub(crate) fn of(
        dialect: &Dialect,
        service: &AccountService,
        settings: &BTreeMap<&'static str, DialectSettings>,
    ) -> Option<Self> {
        let own = settings.get(dialect.name).filter(|own| own.is_enabled)?;
        let api = (dialect.build)(DialectContext { service: service.clone(), settings: own.clone() });
        let (html, spec) = api.page();
        Some(Self {
            name: dialect.name,
            is_case_insensitive: dialect.is_case_insensitive,
            document: api.document(dialect.examples, dialect.closed_schemas),
            html,
            spec,
            render: dialect.render,
            api,
        })
    }

    /// Returns its routes. All errors on them are answered in its grammar.
    pub(super) fn endpoint(self, authenticator: Arc<Authenticator>) -> BoxEndpoint<'static, Response> {
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

/// Renders problems in the dialect's grammar; finished answers pass.
async fn in_grammar(
    render: fn(&Problem) -> Response,
    gate: Arc<Authenticator>,
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
