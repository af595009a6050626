//! Calls from pages of other origins (the Fetch standard's CORS protocol): only the listed ones, without cookies.
//!
//! Nothing is refused here: browsers refuse what the answer does not allow, and other clients, our own pages included,
//! are not affected by this layer.

use std::sync::Arc;

use poem::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response, Result};

use crate::problem::from_framework;

const METHODS: HeaderValue = HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE");
const REQUEST_HEADERS: HeaderValue =
    HeaderValue::from_static("content-type, authorization, if-match, idempotency-key, x-registration-continuation");
const ANSWER_HEADERS: HeaderValue =
    HeaderValue::from_static("retry-after, ratelimit, ratelimit-policy, x-request-id, etag");
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");

/// Lets pages of the listed origins call.
pub(crate) struct CrossOrigin {
    pub(crate) origins: Vec<String>,
}

impl CrossOrigin {
    /// Answers a request by an endpoint.
    pub(crate) async fn answer(self: Arc<Self>, inner: Arc<impl Endpoint>, request: Request) -> Result<Response> {
        if self.origins.is_empty() {
            return inner.call(request).await.map(IntoResponse::into_response);
        }
        let allowed = self.allowed(request.headers());
        let is_preflight = request.method() == Method::OPTIONS
            && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        let mut response = if allowed.is_some() && is_preflight {
            StatusCode::NO_CONTENT.into_response()
        } else {
            // Errors become answers here, so that pages that may call can also read errors.
            match inner.call(request).await {
                Ok(response) => response.into_response(),
                Err(error) => from_framework(error),
            }
        };
        let headers = response.headers_mut();
        // Also if nothing is allowed: a cache must not give this answer to a page of another origin.
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
        if let Some(origin) = allowed {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            if is_preflight {
                headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
                headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
                headers.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
            } else {
                headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
            }
        }
        Ok(response)
    }

    /// Returns the request's origin, if it is on the list.
    fn allowed(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = headers.get(HeaderName::from_static("origin"))?;
        self.origins.iter().any(|listed| listed.as_bytes() == origin.as_bytes()).then(|| origin.clone())
    }
}
