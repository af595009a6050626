//! Documents of a service that is below a path of its host.

use serde_json::{Value, json};

use super::pretty;
use crate::caller::COOKIE;
use crate::cookie::SESSION;
use crate::public_url::PublicUrl;

/// Has a document say where the service is, and how its cookie is called there.
pub(crate) fn below(document: String, public_url: &PublicUrl) -> String {
    if public_url.path().is_empty() {
        return document;
    }
    let mut document: Value = serde_json::from_str(&document).unwrap_or_default();
    if let Some(servers) = document.get_mut("servers") {
        *servers = json!([{"url": public_url.path()}]);
    }
    let cookie = document.pointer_mut(&format!("/components/securitySchemes/{COOKIE}/name"));
    if let Some(name) = cookie.filter(|name| *name == SESSION) {
        *name = public_url.cookies().name(SESSION).into();
    }
    pretty(&document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_and_the_cookie_are_those_of_the_public_url() {
        let document = json!({
            "servers": [{"url": "/"}],
            "components": {"securitySchemes": {COOKIE: {"in": "cookie", "name": SESSION}}},
        });
        let below =
            |url: &str| -> Value { serde_json::from_str(&below(document.to_string(), &url.parse().unwrap())).unwrap() };
        let at_path = below("https://example.com/shop/accounts");
        assert_eq!(at_path["servers"], json!([{"url": "/shop/accounts"}]));
        let scheme = &at_path["components"]["securitySchemes"][COOKIE];
        assert_eq!(scheme, &json!({"in": "cookie", "name": "__Host-session-shop.accounts"}));
        assert_eq!(below("https://example.com"), document);
    }
}
