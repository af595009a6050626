//! Content that is the same for every client: with an entity tag, so that it need not be sent twice, and compressed for
//! clients that accept that.

use std::io::Write;
use std::sync::OnceLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Bytes;
use poem::endpoint::make_sync;
use poem::http::{HeaderMap, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response};

use crate::etag::{content_tag, is_known};
use crate::sending_limit::SendingLimit;

/// A body with what is said of it.
pub(crate) struct StaticContent {
    content_type: &'static str,
    /// Makes the Content Security Policy of a page that needs its own from the page.
    policy: Option<fn(&str) -> String>,
    /// How often a client is sent it, if it is large.
    limit: Option<SendingLimit>,
    /// Bytes are shared among answers.
    plain: Bytes,
    /// What caches may do with it.
    caching: &'static str,
    described: OnceLock<Described>,
    compressed: OnceLock<Option<Bytes>>,
}

/// What headers say of the content. Computed at the first request, as the compressed content is: hashing megabytes would
/// delay the start.
struct Described {
    tag: String,
    policy: Option<String>,
}

impl StaticContent {
    pub(crate) fn new(
        content_type: &'static str,
        body: String,
        policy: Option<fn(&str) -> String>,
        limit: Option<&SendingLimit>,
    ) -> Self {
        let (plain, limit) = (Bytes::from(body), limit.cloned());
        let caching = "no-cache";
        Self { content_type, policy, limit, plain, caching, described: OnceLock::new(), compressed: OnceLock::new() }
    }

    /// Lets caches keep it without asking.
    pub(crate) fn kept(self, caching: &'static str) -> Self {
        Self { caching, ..self }
    }

    pub(crate) fn endpoint(self) -> impl Endpoint + use<> {
        make_sync(move |request| self.answer(&request))
    }

    fn answer(&self, request: &Request) -> Response {
        let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        let described = self.described();
        let compressed = takes_gzip(request.headers()).then(|| self.compressed()).flatten();
        // Two representations have two tags (RFC 9110, 8.8.3.3).
        let tag = match compressed {
            Some(_) => format!("{}-gzip\"", described.tag.trim_end_matches('"')),
            None => described.tag.clone(),
        };
        let answer = Response::builder()
            .header(header::ETAG, tag.as_str())
            .header(header::CACHE_CONTROL, self.caching)
            .header(header::VARY, "Accept-Encoding");
        if is_known(text(header::IF_NONE_MATCH), &tag) {
            return answer.status(StatusCode::NOT_MODIFIED).finish();
        }
        if let Some(Err(problem)) = self.limit.as_ref().map(|limit| limit.count(request)) {
            return problem.into_response();
        }
        let answer = match &described.policy {
            Some(policy) => answer.header(header::CONTENT_SECURITY_POLICY, policy.as_str()),
            None => answer,
        };
        let answer = answer.content_type(self.content_type);
        match compressed {
            Some(compressed) => answer.header(header::CONTENT_ENCODING, "gzip").body(compressed.clone()),
            None => answer.body(self.plain.clone()),
        }
    }

    fn described(&self) -> &Described {
        self.described.get_or_init(|| {
            let text = std::str::from_utf8(&self.plain).unwrap_or_default();
            Described { tag: content_tag(text), policy: self.policy.map(|policy| policy(text)) }
        })
    }

    fn compressed(&self) -> Option<&Bytes> {
        let compress = || {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            // Writing to memory does not fail; what cannot be compressed goes out as it is.
            encoder.write_all(&self.plain).ok()?;
            encoder.finish().ok().map(Bytes::from)
        };
        self.compressed.get_or_init(compress).as_ref()
    }
}

/// Whether a client takes gzip: it names it, or anything, and not with a weight of 0 (RFC 9110, 12.5.3).
fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    let mut any = false;
    for coding in lines.flat_map(|line| line.split(',')) {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().trim_start_matches(['q', 'Q']).trim_start_matches('=');
        let is_taken = weight.parse::<f32>().is_ok_and(|weight| weight > 0.0);
        match name.trim() {
            name if name.eq_ignore_ascii_case("gzip") => return is_taken,
            "*" => any = is_taken,
            _ => {}
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    fn content() -> StaticContent {
        let body = "a text ".repeat(100);
        StaticContent::new("text/plain", body, Some(|_| "default-src 'none'".to_owned()), None)
    }

    async fn ask(content: &StaticContent, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Vec<u8>) {
        let request = headers.iter().fold(Request::builder(), |request, (name, value)| request.header(*name, *value));
        let (parts, body) = content.answer(&request.finish()).into_parts();
        (parts.status, parts.headers, body.into_bytes().await.unwrap().to_vec())
    }

    #[tokio::test]
    async fn clients_that_accept_gzip_get_less() {
        let content = content();
        let (_, headers, plain) = ask(&content, &[]).await;
        assert_eq!((headers.get("content-encoding"), &headers["vary"]), (None, &"Accept-Encoding".parse().unwrap()));
        let (status, compressed_headers, compressed) = ask(&content, &[("Accept-Encoding", "br, gzip")]).await;
        assert_eq!((status, &compressed_headers["content-encoding"]), (StatusCode::OK, &"gzip".parse().unwrap()));
        assert_eq!(compressed_headers["content-type"], headers["content-type"]);
        assert!(compressed.len() < plain.len() / 2);
        let mut text = Vec::new();
        GzDecoder::new(compressed.as_slice()).read_to_end(&mut text).unwrap();
        assert_eq!(text, plain);
    }

    #[tokio::test]
    async fn unchanged_content_is_not_sent_again() {
        let content = content();
        for encoding in ["identity", "gzip"] {
            let (_, headers, _) = ask(&content, &[("Accept-Encoding", encoding)]).await;
            let tag = headers["etag"].to_str().unwrap();
            let known = [("Accept-Encoding", encoding), ("If-None-Match", tag)];
            let (status, again, body) = ask(&content, &known).await;
            assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0), "{encoding}");
            assert_eq!((&again["etag"], &again["vary"]), (&headers["etag"], &headers["vary"]));
            assert_eq!(ask(&content, &[("Accept-Encoding", "br"), ("If-None-Match", "\"x\"")]).await.0, StatusCode::OK);
        }
        let tag = |headers: HeaderMap| headers["etag"].clone();
        assert_ne!(tag(ask(&content, &[]).await.1), tag(ask(&content, &[("Accept-Encoding", "gzip")]).await.1));
    }

    #[test]
    fn gzip_is_used_if_accepted() {
        let takes =
            |value: &str| takes_gzip(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, value.parse().unwrap())]));
        for value in ["gzip", "GZIP", "deflate, gzip;q=0.5", "gzip; q=1.0", "*", "br;q=1, *;q=0.1"] {
            assert!(takes(value), "{value}");
        }
        for value in ["", "identity", "br", "gzip;q=0", "gzip;q=0.000, *", "*;q=0", "gzip;q=x"] {
            assert!(!takes(value), "{value}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
