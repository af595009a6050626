//! Addresses in the headers of what APIs answer. Handlers name paths of the service; clients need those of the host.

use std::sync::Arc;

use poem::http::{HeaderMap, HeaderName, HeaderValue, header};
use poem::{Endpoint, IntoResponse, Request, Response};

use crate::public_url::PublicUrl;

/// The headers with addresses, and what is before the path in them.
const WITH_ADDRESSES: [(HeaderName, &str); 2] = [(header::LOCATION, ""), (header::LINK, "<")];

/// Has an answer lead to where the service is.
pub(crate) async fn complete(
    public_url: Arc<PublicUrl>,
    apis: Arc<impl Endpoint>,
    request: Request,
) -> poem::Result<Response> {
    let mut response = apis.call(request).await?.into_response();
    if !public_url.path().is_empty() {
        complete_headers(response.headers_mut(), &public_url);
    }
    Ok(response)
}

fn complete_headers(headers: &mut HeaderMap, public_url: &PublicUrl) {
    for (name, before) in WITH_ADDRESSES {
        let path = headers.get(&name).and_then(|value| value.to_str().ok()?.strip_prefix(before));
        let Some(path) = path.filter(|path| path.starts_with('/')) else { continue };
        if let Ok(value) = HeaderValue::try_from(format!("{before}{}", public_url.address(path))) {
            headers.insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_headers_are_below_the_public_url() {
        let public_url: PublicUrl = "https://example.com/shop/accounts".parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::LOCATION, HeaderValue::from_static("/account/v1/x"));
        headers.insert(header::LINK, HeaderValue::from_static("</v1/x?limit=1>; rel=\"next\""));
        complete_headers(&mut headers, &public_url);
        assert_eq!(headers[header::LOCATION], "/shop/accounts/account/v1/x");
        assert_eq!(headers[header::LINK], "</shop/accounts/v1/x?limit=1>; rel=\"next\"");
        headers.insert(header::LOCATION, HeaderValue::from_static("https://elsewhere.example/"));
        complete_headers(&mut headers, &public_url);
        assert_eq!(headers[header::LOCATION], "https://elsewhere.example/");
    }
}
