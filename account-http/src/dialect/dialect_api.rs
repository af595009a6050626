//! A dialect's API without its type.

use poem::endpoint::BoxEndpoint;
use poem::{EndpointExt, IntoEndpoint, Response};
use poem_openapi::{OpenApi, OpenApiService};

use crate::openapi::document;

/// What a dialect's API is good for, whatever its type.
pub(crate) trait DialectApi {
    /// Its document, with those examples, and with those schemas closed.
    fn document(&self, examples: &str, closed_schemas: &[&str]) -> String;
    /// poem-openapi's page that shows it, and its document as it stands in that page.
    fn page(&self) -> (String, String);
    /// Its routes.
    fn routes(self: Box<Self>) -> BoxEndpoint<'static, Response>;
}

impl<A: OpenApi + 'static> DialectApi for OpenApiService<A, ()> {
    fn document(&self, examples: &str, closed_schemas: &[&str]) -> String {
        document(self, examples, closed_schemas)
    }

    fn page(&self) -> (String, String) {
        (self.swagger_ui_html(), self.spec())
    }

    fn routes(self: Box<Self>) -> BoxEndpoint<'static, Response> {
        (*self).into_endpoint().map_to_response().boxed()
    }
}
