//! Emailed links on a short domain (`mail.link_url`): they lead to the public URL, and so does everything else there.

use std::sync::Arc;

use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response};

use crate::path_template::is_below;
use crate::problem::{Problem, ProblemKind};
use crate::public_url::PublicUrl;

/// Where emailed links are.
const LINKS: &str = "/l";
/// What monitors and proxies ask for on every host.
const HEALTH: &str = "/health";

/// Where emailed links are, and where they lead.
pub(crate) struct ShortLinks {
    /// The public URL.
    public_url: PublicUrl,
    /// The host of emailed links, if they have their own.
    host: Option<String>,
    has_own_url: bool,
}

impl ShortLinks {
    pub(crate) fn new(public_url: &PublicUrl, link_url: Option<&PublicUrl>) -> Self {
        let host = link_url.filter(|link_url| authority(link_url) != authority(public_url)).map(authority);
        Self { public_url: public_url.clone(), host, has_own_url: link_url.is_some() }
    }

    /// Answers a request. A link on the short domain leads to its page at the public URL: pages, cookies and forms belong
    /// there. Nothing else is served on the short domain.
    pub(crate) async fn answer(self: Arc<Self>, all: Arc<impl Endpoint>, request: Request) -> poem::Result<Response> {
        if !self.has_own_url {
            return all.call(request).await.map(IntoResponse::into_response);
        }
        let path = request.uri().path();
        let is_link = is_below(LINKS, path);
        if !is_link && !is_below(HEALTH, path) && self.is_short(&request) {
            return Ok(self.elsewhere(request.method()));
        }
        let mut response = all.call(request).await?.into_response();
        if is_link {
            self.lead_to_public_url(&mut response);
        }
        Ok(response)
    }

    /// Returns whether the request names the short domain. That decides only what is not served there.
    fn is_short(&self, request: &Request) -> bool {
        let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
        self.host.is_some() && named.map(str::to_ascii_lowercase) == self.host
    }

    fn elsewhere(&self, method: &Method) -> Response {
        if !matches!(*method, Method::GET | Method::HEAD) {
            return Problem::new(ProblemKind::NotFound).into_response();
        }
        let start = format!("{}/", self.public_url);
        StatusCode::SEE_OTHER.with_header(header::LOCATION, start).into_response()
    }

    fn lead_to_public_url(&self, response: &mut Response) {
        let headers = response.headers_mut();
        let path = headers.get(header::LOCATION).and_then(|location| location.to_str().ok());
        let absolute =
            path.filter(|path| path.starts_with('/')).map(|path| format!("{}{path}", self.public_url.origin()));
        if let Some(absolute) = absolute.and_then(|absolute| HeaderValue::try_from(absolute).ok()) {
            headers.insert(header::LOCATION, absolute);
        }
    }
}

/// Returns host and port as a `Host` header has them.
fn authority(url: &PublicUrl) -> String {
    let origin = url.origin();
    origin.split_once("://").map_or(origin.clone(), |(_, authority)| authority.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(link_url: Option<&str>, host: &str, method: Method, path: &str) -> (u16, String) {
        let public_url = "https://example.com/accounts".parse().unwrap();
        let link_url = link_url.map(|url| url.parse().unwrap());
        let links = Arc::new(ShortLinks::new(&public_url, link_url.as_ref()));
        let follow = poem::endpoint::make_sync(|_| {
            StatusCode::SEE_OTHER.with_header(header::LOCATION, "/accounts/authenticate/verify?token=x")
        });
        let request = Request::builder().method(method).uri_str(path).header(header::HOST, host).finish();
        let response = futures_executor(links.answer(Arc::new(follow), request));
        let location = response.headers().get(header::LOCATION).map(|it| it.to_str().unwrap().to_owned());
        (response.status().as_u16(), location.unwrap_or_default())
    }

    fn futures_executor(answer: impl Future<Output = poem::Result<Response>>) -> Response {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(answer).unwrap()
    }

    const SHORT: Option<&str> = Some("https://mk.example");
    const RELATIVE: &str = "/accounts/authenticate/verify?token=x";
    const ABSOLUTE: &str = "https://example.com/accounts/authenticate/verify?token=x";

    #[test]
    fn a_short_link_leads_to_the_public_url_whatever_host_the_proxy_names() {
        for host in ["mk.example", "MK.example", "example.com", "127.0.0.1:8080"] {
            assert_eq!(answer(SHORT, host, Method::GET, "/l/x"), (303, ABSOLUTE.to_owned()), "{host}");
        }
        assert_eq!(answer(None, "example.com", Method::GET, "/l/x"), (303, RELATIVE.to_owned()));
    }

    #[test]
    fn nothing_else_is_served_on_the_short_domain() {
        for path in ["/", "/authenticate/sign-in", "/account/v1/registrations", "/lx"] {
            let start = "https://example.com/accounts/".to_owned();
            assert_eq!(answer(SHORT, "mk.example", Method::GET, path), (303, start), "{path}");
            assert_eq!(answer(SHORT, "example.com", Method::GET, path), (303, RELATIVE.to_owned()), "{path}");
        }
        assert_eq!(answer(SHORT, "mk.example", Method::GET, "/health/liveness").1, RELATIVE);
        let posted = answer(SHORT, "mk.example", Method::POST, "/account/v1/registrations");
        assert_eq!(posted.1, "", "it went no further");
    }

    #[test]
    fn the_public_host_can_have_the_links_too() {
        let same = Some("https://example.com");
        assert_eq!(answer(same, "example.com", Method::GET, "/l/x"), (303, ABSOLUTE.to_owned()));
        assert_eq!(answer(same, "example.com", Method::GET, "/authenticate/sign-in"), (303, RELATIVE.to_owned()));
    }
}
