//! A browser as the pages see one: it keeps cookies and sends forms.

use std::collections::BTreeMap;

use account_tests::{Answer, Somebody, TestApp};
use poem::http::Method;

/// A browser.
#[derive(Clone)]
pub(super) struct Visitor<'a> {
    app: &'a TestApp,
    pub(super) cookies: BTreeMap<String, String>,
    pub(super) csrf: String,
}

impl<'a> Visitor<'a> {
    /// One that has opened a page with a form, and so has what forms need.
    pub(super) async fn new(app: &'a TestApp) -> Self {
        let mut visitor = Self { app, cookies: BTreeMap::new(), csrf: String::new() };
        visitor.take_up_form().await;
        visitor
    }

    /// One in which somebody is signed in.
    pub(super) async fn of(app: &'a TestApp, somebody: &Somebody) -> Self {
        let mut visitor = Self::new(app).await;
        visitor.cookies.insert("__Host-session".to_owned(), somebody.token.clone());
        visitor
    }

    /// Opens a page with a form and keeps its token.
    pub(super) async fn take_up_form(&mut self) {
        let page = self.send(Method::GET, "/authenticate/register", None).await;
        let (_, rest) = page.body.split_once("name=\"csrf\" value=\"").expect("a form");
        rest.split('"').next().unwrap_or_default().clone_into(&mut self.csrf);
    }

    /// Sends a form with its token, and nothing else but those fields.
    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<_> = fields.iter().map(|(name, value)| format!("&{name}={}", encoded(value))).collect();
        self.post_raw(path, &pairs.concat()).await
    }

    /// The same with fields as they stand in a body, each with an ampersand before it.
    pub(super) async fn post_raw(&mut self, path: &str, fields: &str) -> Answer {
        let body = format!("csrf={}{fields}", self.csrf);
        self.send(Method::POST, path, Some(body)).await
    }

    /// Opens a page.
    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    async fn send(&mut self, method: Method, path: &str, body: Option<String>) -> Answer {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let mut headers = vec![("cookie", cookies.as_str()), ("sec-fetch-site", "same-origin")];
        headers.extend(body.as_ref().map(|_| ("content-type", "application/x-www-form-urlencoded")));
        let answer = self.app.call(method, path, &headers, body.unwrap_or_default()).await;
        for cookie in answer.headers.get_all("set-cookie") {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}

/// Percent-encoded, all of it.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}
