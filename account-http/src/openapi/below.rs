//! Documents of a service that is below a path of its host.

use serde_json::{Value, json};

use super::pretty;
use crate::caller::COOKIE;
use crate::cookie::{CookieStyle, SESSION};
use crate::public_url::PublicUrl;

/// What descriptions have in them and is different below a path. A test checks that documents still have it.
const IN_DESCRIPTIONS: [&str; 3] = ["`__Host-session`", "`/problems/invalid`", "`</v1/admin/accounts?"];

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
    let cookie = CookieStyle::new(true, public_url.path()).name(SESSION);
    let [host_cookie, problem, link] = IN_DESCRIPTIONS;
    let replaced = [
        (host_cookie, format!("`{cookie}`")),
        (problem, problem.replacen('/', &public_url.address("/"), 1)),
        (link, link.replacen('/', &public_url.address("/"), 1)),
    ];
    each_description(&mut document, &|text| {
        replaced.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    });
    pretty(&document)
}

/// Changes every description of a document.
fn each_description(value: &mut Value, change: &impl Fn(&str) -> String) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "description" => *text = change(text),
                    member => each_description(member, change),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_description(item, change)),
        _ => {}
    }
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

    #[test]
    fn descriptions_name_what_is_below_the_path() {
        let all = crate::openapi_document("all").unwrap();
        let below = below(all.clone(), &"https://example.com/shop/accounts".parse().unwrap());
        for (before, after) in [
            (IN_DESCRIPTIONS[0], "on https its name is `__Host-session-shop.accounts`."),
            (IN_DESCRIPTIONS[1], "such as `/shop/accounts/problems/invalid`;"),
            (IN_DESCRIPTIONS[2], "`</shop/accounts/v1/admin/accounts?..>; rel=\\\"next\\\"`"),
        ] {
            assert!(all.contains(before) && !below.contains(before) && below.contains(after), "{before}");
        }
    }
}
