//! The outermost layer: what holds for every request and every answer, whatever it is about.

use std::sync::Arc;
use std::time::Instant;

use poem::http::{HeaderName, HeaderValue, header};
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};

use crate::context::{ClientFinder, RequestContext, RequestIds};
use crate::problem::{Problem, from_framework};

/// Puts the context on requests; renders problems, adds headers and writes the log line on answers.
pub(crate) struct Surface {
    pub(crate) clients: ClientFinder,
    pub(crate) ids: RequestIds,
    pub(crate) is_https: bool,
}

impl<E: Endpoint> Middleware<E> for Surface {
    type Output = SurfaceEndpoint<E>;

    fn transform(&self, inner: E) -> Self::Output {
        SurfaceEndpoint {
            inner: Arc::new(inner),
            clients: self.clients.clone(),
            ids: self.ids.clone(),
            is_https: self.is_https,
        }
    }
}

/// What [`Surface`] makes of an endpoint.
pub(crate) struct SurfaceEndpoint<E> {
    inner: Arc<E>,
    clients: ClientFinder,
    ids: RequestIds,
    is_https: bool,
}

impl<E: Endpoint> Endpoint for SurfaceEndpoint<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Self::Output> {
        let begun = Instant::now();
        let context = RequestContext { id: self.ids.next(), client: self.clients.find(&request) };
        let method = request.method().clone();
        let path = loggable_path(request.uri().path());
        request.extensions_mut().insert(context.clone());
        let mut response = match self.inner.call(request).await {
            Ok(response) => response.into_response(),
            Err(error) => from_framework(error),
        };
        if let Some(problem) = response.extensions_mut().remove::<Problem>() {
            response = problem.render(&context.id);
        }
        self.add_headers(&mut response, &context.id);
        tracing::info!(
            request_id = context.id,
            %method,
            path,
            status = response.status().as_u16(),
            client = context.client.address.map(tracing::field::display),
            duration_us = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX),
            "request"
        );
        Ok(response)
    }
}

impl<E> SurfaceEndpoint<E> {
    /// Headers that every answer has, unless it has its own.
    fn add_headers(&self, response: &mut Response, request_id: &str) {
        let defaults = [
            (header::CACHE_CONTROL, "no-store"),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        ];
        let headers = response.headers_mut();
        for (name, value) in defaults {
            headers.entry(name).or_insert(HeaderValue::from_static(value));
        }
        if self.is_https {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
        }
        if let Ok(id) = HeaderValue::try_from(request_id) {
            headers.insert("x-request-id", id);
        }
    }
}

/// The path without the secret that a link carries, and of bounded length.
fn loggable_path(path: &str) -> String {
    let shown = if path.starts_with("/l/") { "/l/.." } else { path };
    shown.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_of_a_link_is_not_logged() {
        assert_eq!(loggable_path("/l/abcdef"), "/l/..");
        assert_eq!(loggable_path("/account/v1/registrations"), "/account/v1/registrations");
        assert_eq!(loggable_path(&"/x".repeat(1_000)).len(), 200);
    }
}
