//! The query parameters of the native API's operations. Unknown ones are refused: a filter with a typing error would
//! silently select everything.

use std::borrow::Cow;
use std::sync::Arc;

use poem::http::Method;
use poem::{Endpoint, IntoResponse, Request, Response};
use serde_json::Value;
use url::form_urlencoded;

use crate::path_template::Template;
use crate::problem::{Problem, ProblemKind};
use crate::unknown_names::UnknownNames;

/// Only below this: what monitors operations (`/health`) may add something to addresses.
const BELOW: &str = "/account/v1/";
/// Proxies ask this with the query of the request that they ask for.
const TAKES_ANY: &str = "gate";

/// The operations whose queries are checked.
pub(crate) struct QueryNames {
    /// In the order in which they take paths.
    operations: Vec<Operation>,
}

struct Operation {
    template: Template,
    method: String,
    names: Vec<String>,
    /// Whether callers must authenticate.
    is_protected: bool,
}

/// What is wrong with the query of a request, until it is known who calls.
#[derive(Clone)]
struct Found(Problem);

/// Refuses a request with unknown query parameters. To be called once the caller is known: others are told nothing about
/// the operation.
pub(crate) fn refuse_unknown(request: &Request) -> Result<(), Problem> {
    request.extensions().get::<Found>().map_or(Ok(()), |Found(problem)| Err(problem.clone()))
}

/// Returns whether an operation of a document refuses unknown parameters.
pub(crate) fn is_checked(path: &str, operation: &Value) -> bool {
    path.starts_with(BELOW) && operation.get("operationId").is_some_and(|id| id != TAKES_ANY)
}

impl QueryNames {
    /// Takes the parameters from the document.
    pub(crate) fn new(document: &str) -> Self {
        let document: Value = serde_json::from_str(document).unwrap_or_default();
        let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
        let operations = paths.flat_map(|(path, item)| {
            let methods = item.as_object().into_iter().flatten();
            methods.filter(|(_, operation)| is_checked(path, operation)).map(|(method, operation)| Operation {
                template: Template::new(path, false),
                method: method.to_ascii_uppercase(),
                names: names_of(operation),
                is_protected: operation.get("security").and_then(Value::as_array).is_some_and(|ways| !ways.is_empty()),
            })
        });
        let mut operations: Vec<_> = operations.collect();
        operations.sort_by_cached_key(|operation| operation.template.rank());
        Self { operations }
    }

    /// Passes on requests whose query has only known names. Others are passed on too if the operation has to find out who
    /// calls first: see [`refuse_unknown`].
    pub(crate) async fn check(
        self: Arc<Self>,
        operations: Arc<impl Endpoint>,
        mut request: Request,
    ) -> poem::Result<Response> {
        match self.problem(&request) {
            Some((problem, false)) => return Err(problem.into()),
            Some((problem, true)) => drop(request.extensions_mut().insert(Found(problem))),
            None => {}
        }
        operations.call(request).await.map(IntoResponse::into_response)
    }

    /// Returns the problem with the query, and whether the operation is protected.
    fn problem(&self, request: &Request) -> Option<(Problem, bool)> {
        let query = request.uri().query().filter(|query| !query.is_empty())?;
        let method = if request.method() == Method::HEAD { "GET" } else { request.method().as_str() };
        let fits = |operation: &&Operation| {
            operation.method == method && operation.template.documented(request.uri().path()).is_some()
        };
        let operation = self.operations.iter().find(fits)?;
        let given: Vec<Cow<'_, str>> = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name).collect();
        let known: Vec<&str> = operation.names.iter().map(String::as_str).collect();
        let mut unknown = UnknownNames::default();
        unknown.note("", given.iter().map(AsRef::as_ref), &known);
        let problem = Problem::with_unknown(ProblemKind::UnknownParameter, unknown.some()?);
        Some((problem, operation.is_protected))
    }
}

fn names_of(operation: &Value) -> Vec<String> {
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let of_query = parameters.filter(|parameter| parameter.get("in").is_some_and(|place| place == "query"));
    of_query.filter_map(|parameter| parameter.get("name")?.as_str().map(str::to_owned)).collect()
}
