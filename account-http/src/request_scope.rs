//! The outermost layer: what applies to every request and every answer.

use std::sync::Arc;
use std::time::Instant;

use poem::http::{HeaderValue, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response, Result};
use tracing::Instrument;

use crate::answer_headers::add_default_headers;
use crate::body::memory::BodyMemory;
use crate::context::{ClientFinder, DialectName, RequestContext, RequestIds};
use crate::metrics::Metrics;
use crate::own_paths::OwnPaths;
use crate::page::is_page;
use crate::path_template::with_path;
use crate::problem::{Problem, from_framework};
use crate::public_url::PublicUrl;
use crate::refusal_pace::RefusalPace;
use crate::trace;

/// From this length on, a path segment may be a secret. No segment of our own paths is this long.
const SECRET_BYTES: usize = 22;

/// Adds the context to requests; renders problems, adds headers to answers, and writes the log line.
pub(crate) struct RequestScope {
    pub(crate) clients: ClientFinder,
    pub(crate) ids: RequestIds,
    pub(crate) public_url: PublicUrl,
    /// Which of the service's paths requests mean.
    pub(crate) paths: OwnPaths,
    /// The methods of paths (with `{..}` for any part), for those that take other than GET alone.
    pub(crate) allowed: Vec<(String, String)>,
    /// Counts every request.
    pub(crate) metrics: Arc<Metrics>,
    /// Delays refusals.
    pub(crate) pace: RefusalPace,
    /// What bodies take while they arrive.
    pub(crate) body_memory: BodyMemory,
}

impl RequestScope {
    /// Answers a request by an endpoint.
    pub(crate) async fn answer(self: Arc<Self>, inner: Arc<impl Endpoint>, mut request: Request) -> Result<Response> {
        let begun = Instant::now();
        let context = RequestContext::of(&request, self.ids.next(), &self.clients);
        let method = request.method().clone();
        let full_path = self.paths.meant(request.uri().path()).to_owned();
        if full_path != request.uri().path()
            && let Some(uri) = with_path(request.uri(), &full_path)
        {
            *request.uri_mut() = uri;
        }
        let path = loggable_path(&full_path);
        request.extensions_mut().insert(self.body_memory.of(&context.client));
        request.extensions_mut().insert(context.clone());
        // Whatever is logged on the way says which request it was.
        let span = tracing::info_span!("request", request_id = context.id);
        let traced = trace::request_span(&method, || self.template(&full_path), &path, &context.id);
        if self.clients.is_from_proxy(&request) {
            trace::continue_trace(&traced, request.headers());
        }
        let call = inner.call(request).instrument(span).instrument(traced.clone());
        let mut response = match call.await {
            Ok(response) => response.into_response(),
            Err(error) => from_framework(error),
        };
        let channel = name_of_channel(&full_path, &response);
        if let Some(problem) = response.extensions_mut().remove::<Problem>() {
            // What layers on the way have said in headers stays.
            let said = std::mem::take(response.headers_mut());
            response = problem.render(&context.id, &self.public_url);
            response.headers_mut().extend(said);
        }
        if response.status() == StatusCode::METHOD_NOT_ALLOWED {
            response.headers_mut().entry(header::ALLOW).or_insert_with(|| self.allow(&full_path));
        }
        add_default_headers(&mut response, &context.id, self.public_url.is_https());
        trace::answered(&traced, channel, response.status());
        let took = begun.elapsed();
        self.metrics.count_request(channel, &method, response.status(), took);
        tracing::info!(
            request_id = context.id,
            %method,
            path,
            status = response.status().as_u16(),
            client = context.client.address.map(tracing::field::display),
            duration_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            "request"
        );
        // A monitor learns the state of the service at once.
        if !is_health_check(&full_path) {
            self.pace.hold_back(response.status(), &context.client).await;
        }
        Ok(response)
    }

    /// The methods that a path takes (RFC 9110, 15.5.6).
    fn allow(&self, path: &str) -> HeaderValue {
        let methods = self.allowed_at(path).and_then(|(_, methods)| HeaderValue::try_from(methods.as_str()).ok());
        methods.unwrap_or(HeaderValue::from_static("GET, HEAD"))
    }

    /// The template of a path.
    fn template(&self, path: &str) -> Option<&str> {
        self.allowed_at(path).map(|(template, _)| template.as_str())
    }

    fn allowed_at(&self, path: &str) -> Option<&(String, String)> {
        self.allowed.iter().find(|(template, _)| is_of(template, path))
    }
}

/// Whose answer it is, in a word.
fn name_of_channel(path: &str, response: &Response) -> &'static str {
    match response.extensions().get() {
        Some(DialectName(name)) => name,
        None if is_page(path) => "page",
        None => "native",
    }
}

fn is_health_check(path: &str) -> bool {
    path.starts_with("/health/")
}

/// Whether the path is one of the template's.
fn is_of(template: &str, path: &str) -> bool {
    let (mut template, mut path) = (template.split('/'), path.split('/'));
    loop {
        match (template.next(), path.next()) {
            (None, None) => return true,
            (Some(part), Some(given)) if part == given || part.starts_with('{') => {}
            _ => return false,
        }
    }
}

/// The path without what may be a secret: any part as long as a token that is no UUID. A link that was mistyped on its
/// way here, with a doubled slash or a prefix, still carries its token.
fn loggable_path(path: &str) -> String {
    // An address may stand in a path, as it is or encoded.
    let is_harmless =
        |part: &&str| (part.len() < SECRET_BYTES && !part.contains(['@', '%'])) || part.parse::<uuid::Uuid>().is_ok();
    let shown: Vec<&str> = path.split('/').map(|part| Some(part).filter(is_harmless).unwrap_or("..")).collect();
    shown.join("/").chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_of_a_link_is_not_logged() {
        let token = "WLSsuMI_fb3YaN6bQPqfeFfbHs_45MfSUU6sMZhHvdE";
        for path in ["/l/TOKEN", "//l/TOKEN", "/L/TOKEN", "/x/l/TOKEN", "/l/TOKEN/", "/account/v1/registrations/TOKEN"]
        {
            assert_eq!(loggable_path(&path.replace("TOKEN", token)), path.replace("TOKEN", ".."));
            assert_eq!(loggable_path(&path.replace("TOKEN", &token[..30])), path.replace("TOKEN", ".."));
        }
        for appended in ["/l/TOKEN.", "/l/3DTOKEN", "/l/TOKEN&utm_source=x", "/l/TOKEN%20"] {
            assert_eq!(loggable_path(&appended.replace("TOKEN", token)), "/l/..");
        }
        let path = "/account/v1/registrations/0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";
        assert_eq!(loggable_path(path), path);
        for address in ["j@acme.com", "j%40acme.com"] {
            assert_eq!(loggable_path(&format!("/api/v1/Account/Status/{address}/")), "/api/v1/Account/Status/../");
        }
        assert_eq!(loggable_path("/authenticate/verification-mails"), "/authenticate/verification-mails");
        assert_eq!(loggable_path(&"/x".repeat(1_000)).len(), 200);
    }
}
