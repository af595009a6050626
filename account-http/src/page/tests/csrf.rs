//! Forms that did not come from a page of ours.

use poem::http::Method;

use super::browser::{Browser, Page, Site};
use super::{EMAIL, PASSWORD};

/// Registers with what the browser holds, a token as given.
async fn register(browser: &mut Browser<'_>, csrf: &str) -> Page {
    let fields = [("csrf", csrf), ("email", EMAIL), ("password", PASSWORD)];
    browser.post("/authenticate/register", &fields).await
}

async fn token(browser: &mut Browser<'_>) -> String {
    let page = browser.open("/authenticate/register").await;
    let (name, value) = page.forms().remove(0).fields.remove(0);
    assert_eq!(name, "csrf");
    value
}

fn refused(page: &Page) {
    page.is(403, "<h1>Form expired</h1>");
    page.is(403, "href=\"/authenticate/register\"");
    assert!(!page.html.contains(EMAIL) && !page.html.contains(PASSWORD), "nothing is kept");
}

#[tokio::test]
async fn a_form_needs_the_token_of_its_browser() {
    let site = Site::new();
    let mut browser = site.browser();
    let own = token(&mut browser).await;
    let others = token(&mut site.browser()).await;
    for wrong in ["", "x", &others, &own[1..], &format!("{own}A"), &own.to_lowercase()] {
        refused(&register(&mut browser, wrong).await);
    }
    let mut without_cookie = site.browser();
    refused(&register(&mut without_cookie, &own).await);
    let mut forged = site.browser();
    forged.cookies.insert("__Host-csrf".to_owned(), "A".repeat(43));
    refused(&register(&mut forged, &own).await);
    assert_eq!(site.store.registrations().len(), 0);
    assert_eq!(register(&mut browser, &own).await.status.as_u16(), 303);
}

#[tokio::test]
async fn requests_from_other_sites_are_always_refused() {
    let site = Site::new();
    let mut browser = site.browser();
    let csrf = token(&mut browser).await;
    for (headers, status) in [
        (vec![("sec-fetch-site", "cross-site")], 403),
        (vec![("sec-fetch-site", "same-site")], 403),
        (vec![("sec-fetch-site", "cross-site"), ("origin", "https://accounts.example.com")], 403),
        (vec![("origin", "https://evil.example.org")], 403),
        (vec![("origin", "http://accounts.example.com")], 403),
        (vec![("origin", "https://accounts.example.com.evil.example.org")], 403),
        (vec![("referer", "https://evil.example.org/authenticate/register")], 403),
        (vec![("sec-fetch-site", "same-origin")], 303),
        (vec![("sec-fetch-site", "none")], 303),
        (vec![("origin", "https://accounts.example.com")], 303),
        (vec![("origin", "null")], 303),
        (vec![("referer", "https://accounts.example.com/authenticate/register")], 303),
        (vec![], 303),
    ] {
        browser.headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let page = register(&mut browser, &csrf).await;
        assert_eq!(page.status.as_u16(), status, "{headers:?}");
        if status == 403 {
            refused(&page);
        }
    }
}

#[tokio::test]
async fn every_form_is_guarded() {
    let site = Site::new();
    for path in [
        "/authenticate/register",
        "/authenticate/verification-mails",
        "/authenticate/verify",
        "/authenticate/verify/code",
        "/authenticate/sign-in",
        "/authenticate/sign-out",
        "/authenticate/forgot",
        "/authenticate/reset",
        "/authenticate/invitation",
        "/authenticate/confirm-address",
        "/authenticate/profile",
        "/authenticate/profile/password",
        "/authenticate/profile/email",
        "/authenticate/profile/sessions",
        "/authenticate/profile/deletion",
        "/authenticate/profile/recovery",
    ] {
        refused(&site.browser().post(path, &[("email", EMAIL), ("password", PASSWORD)]).await);
        refused(&site.browser().post(path, &[]).await);
    }
    assert_eq!(site.store.registrations().len() + site.store.outbox().len(), 0);
}

#[tokio::test]
async fn the_form_works_where_other_origins_may_call_the_api() {
    let site = Site::with(super::browser::PUBLIC_URL, |_, http| {
        http.cors_origins = vec!["https://portal.example.com".to_owned()];
    });
    let mut browser = site.browser();
    let csrf = token(&mut browser).await;
    browser.headers.push(("origin", "https://accounts.example.com".to_owned()));
    assert_eq!(register(&mut browser, &csrf).await.status.as_u16(), 303);
    browser.headers = vec![("origin", "https://portal.example.com".to_owned())];
    refused(&register(&mut browser, &csrf).await);
    let preflight = site.client.request(Method::OPTIONS, "/account/v1/registrations");
    let preflight = preflight.header("origin", "https://portal.example.com");
    let preflight = preflight.header("access-control-request-method", "POST").send().await;
    preflight.assert_header("access-control-allow-origin", "https://portal.example.com");
}
