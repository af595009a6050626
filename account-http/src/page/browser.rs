//! Telling a browser that opens a page from a program that calls an API.

use poem::Request;
use poem::http::{Method, header};

use crate::context::RequestContext;

/// The same request once more, if a browser sends it to open a page. Programs that do not say what they take, and those
/// that take JSON, do not.
pub(super) fn repeated(request: &Request) -> Option<Request> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_read || !opens_page(request) {
        return None;
    }
    let mut again = Request::builder().method(request.method().clone()).uri(request.uri().clone()).finish();
    *again.headers_mut() = request.headers().clone();
    if let Some(context) = request.extensions().get::<RequestContext>() {
        again.extensions_mut().insert(context.clone());
    }
    Some(again)
}

/// Browsers name HTML, and no JSON. Weights tell nothing more: no browser names HTML as what it takes least.
fn opens_page(request: &Request) -> bool {
    let lines = request.headers().get_all(header::ACCEPT).into_iter().filter_map(|value| value.to_str().ok());
    let types: Vec<String> = lines
        .flat_map(|line| line.split(','))
        .filter_map(|item| item.split(';').next())
        .map(|item| item.trim().to_ascii_lowercase())
        .collect();
    let names = |wanted: &str| types.iter().any(|item| item == wanted);
    names("text/html") && !types.iter().any(|item| item.ends_with("json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_ask_for_html() {
        let of = |accept: &str| opens_page(&Request::builder().header(header::ACCEPT, accept).finish());
        assert!(of("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
        assert!(of("Text/HTML"));
        for other in
            ["", "*/*", "application/json", "application/json, text/html;q=0.5", "text/html, application/problem+json"]
        {
            assert!(!of(other), "{other}");
        }
        assert!(!opens_page(&Request::builder().finish()));
    }

    #[test]
    fn only_reading_requests_open_pages() {
        let request = |method: Method| Request::builder().method(method).header(header::ACCEPT, "text/html").finish();
        assert!(repeated(&request(Method::GET)).is_some() && repeated(&request(Method::HEAD)).is_some());
        assert!(repeated(&request(Method::POST)).is_none());
    }
}
