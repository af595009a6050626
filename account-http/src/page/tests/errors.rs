//! What goes wrong under the paths of the pages is a page; so are the small pages.

use std::sync::Arc;

use account_core::ports::Rate;
use account_core::service::Limits;
use poem::endpoint::make;
use poem::http::Method;
use poem::test::TestClient;
use poem::{EndpointExt, Request, Response};

use super::browser::{PUBLIC_URL, Page, Site};
use super::{EMAIL, PASSWORD};
use crate::context::RequestContext;
use crate::page::errors::answer_in_html;
use crate::problem::{Problem, ProblemKind};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

#[track_caller]
fn is_page(page: &Page, status: u16) {
    page.is(status, "<h1>");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("content-security-policy"), POLICY);
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn every_error_is_a_page() {
    let site = Site::new();
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    is_page(&page, 200);
    let csrf = page.forms().remove(0).fields.remove(0).1;
    for path in ["/authenticate", "/authenticate/", "/authenticate/nothing", "/authenticate/register/", "/l", "/l/"] {
        is_page(&browser.open(path).await, 404);
    }
    for method in ["PUT", "DELETE", "OPTIONS", "BREW"] {
        is_page(&browser.send(method.parse().unwrap(), "/authenticate/register", None).await, 405);
    }
    let body = |body: String| Some(format!("csrf={csrf}&{body}"));
    let path = "/authenticate/register";
    is_page(&browser.send(Method::POST, path, body("a".repeat(65_536))).await, 413);
    is_page(&browser.send(Method::POST, path, body("email=%FF".to_owned())).await, 400);
    is_page(&browser.send(Method::POST, path, body("email=a%40acme.com&email=b%40acme.com".to_owned())).await, 400);
    is_page(&browser.send(Method::POST, path, None).await, 415);
    let padding = "a".repeat(65_536 - "csrf=&".len() - csrf.len());
    is_page(&browser.send(Method::POST, path, body(padding)).await, 422);
    let request = site.client.post(path).content_type("application/json").body("{}").send().await.0;
    assert_eq!(request.status().as_u16(), 415);
    assert_eq!(site.store.registrations().len(), 0);
}

#[tokio::test]
async fn every_problem_has_a_page_and_a_failure_shows_the_request_alone() {
    let pages = Arc::new(Site::new().pages());
    for kind in ProblemKind::ALL {
        let pages = Arc::clone(&pages);
        let failing = make(move |_| async move { Err::<Response, poem::Error>(Problem::new(kind).into()) });
        let endpoint = failing.around(move |failing, mut request: Request| {
            let client = account_core::Client::default();
            let id = "0123456789abcdef".to_owned();
            request.extensions_mut().insert(RequestContext { id, client, ..RequestContext::default() });
            answer_in_html(Arc::clone(&pages), failing, request)
        });
        let response = TestClient::new(endpoint).get("/").send().await;
        response.assert_status(Problem::new(kind).status());
        response.assert_content_type("text/html; charset=utf-8");
        response.assert_header("content-security-policy", POLICY);
        let html = response.0.into_body().into_string().await.unwrap();
        assert_eq!(html.contains("0123456789abcdef"), kind == ProblemKind::Internal, "{html}");
    }
}

#[tokio::test]
async fn unknown_fields_change_nothing() {
    let site = Site::new();
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    let csrf = page.forms().remove(0).fields.remove(0).1;
    let fields = [
        ("csrf", csrf.as_str()),
        ("email", EMAIL),
        ("email[]", "jane@acme.com"),
        ("password", PASSWORD),
        ("verified", "true"),
        ("role", "admin"),
        ("username", "root"),
    ];
    assert_eq!(browser.post("/authenticate/register", &fields).await.status.as_u16(), 303);
    let [registration] = &site.store.registrations()[..] else { panic!("one registration") };
    assert_eq!(registration.address.as_str(), EMAIL);
    assert_eq!(registration.choices.user_name, None);
}

#[tokio::test]
async fn a_reached_limit_is_a_page_with_its_headers() {
    let site = Site::with(PUBLIC_URL, |settings, _| {
        let none = Rate::new(0, std::time::Duration::from_hours(1));
        settings.limits = Limits { mails: none, ..Limits::default() };
    });
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    let page = browser.press(&page, 0, &[("email", EMAIL), ("password", PASSWORD)]).await;
    is_page(&page, 429);
    page.is(429, "Too many attempts. Try again in 60 minutes.");
    assert_eq!(page.header("retry-after"), "3600");
    assert!(page.header("ratelimit").contains("mails"));
}

#[tokio::test]
async fn links_and_forms_begin_with_the_path_of_the_public_url() {
    let site = Site::with("https://example.com/accounts/", |_, _| ());
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    assert_eq!(page.forms()[0].action, "/accounts/authenticate/register");
    page.is(200, "href=\"/accounts/authenticate/style.css\"");
    let link = browser.send(Method::GET, "/l/x", None).await;
    assert_eq!(link.location().unwrap(), "/accounts/authenticate/verify?token=x");
}

#[tokio::test]
async fn the_stylesheet_may_be_kept() {
    let site = Site::new();
    let style = site.browser().open("/authenticate/style.css").await;
    assert_eq!(style.status.as_u16(), 200);
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(style.header("cache-control"), "public, max-age=3600");
    assert!(style.set_cookies().is_empty());
    assert!(!style.html.contains("url("), "it loads nothing");
}

#[tokio::test]
async fn a_browser_is_given_its_secret_with_the_first_form() {
    let site = Site::new();
    let mut browser = site.browser();
    for path in ["/favicon.ico", "/authenticate/style.css", "/authenticate/page.js"] {
        assert_eq!(browser.open(path).await.set_cookies(), [""; 0], "{path}");
    }
    for path in [
        "/authenticate/register",
        "/authenticate/sign-in",
        "/authenticate/forgot",
        "/l/x",
        "/authenticate/nothing",
        "/l",
    ] {
        let cookies = site.browser().open(path).await.set_cookies();
        assert!(cookies.len() == 1 && cookies[0].starts_with("__Host-csrf="), "{path}: {cookies:?}");
    }
}

#[tokio::test]
async fn the_missing_icon_is_cached() {
    let site = Site::new();
    let icon = site.browser().open("/favicon.ico").await;
    assert_eq!((icon.status.as_u16(), icon.header("cache-control")), (204, "public, max-age=86400"));
}

#[tokio::test]
async fn the_operators_name_is_escaped() {
    let site = Site::with(PUBLIC_URL, |_, http| http.operator_name = "Acme <b> & Sons".to_owned());
    site.browser().open("/authenticate/register").await.is(200, "<p>Acme &lt;b&gt; &amp; Sons</p>");
}
