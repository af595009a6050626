//! Emailed links: opening them writes nothing, and says what has become of them.

use std::time::Duration;

use account_core::one_time_token::TokenState;
use poem::http::Method;

use super::browser::Site;
use super::{EMAIL, OTHER_PASSWORD};

#[tokio::test]
async fn a_link_leads_to_the_page_that_confirms() {
    let site = Site::new();
    let mut browser = site.browser();
    for (path, location) in [
        ("/l/abc-DEF_123", "abc-DEF_123"),
        ("/l/a%26b%3Dc%20%23%0D%0ASet-Cookie:x", "a%26b%3Dc+%23%0D%0ASet-Cookie%3Ax"),
        ("/l/%FF", "%FF"),
        ("/l/..%2F..%2Fevil", "..%2F..%2Fevil"),
        ("/l/a/b//c", "a%2Fb%2F%2Fc"),
        ("/l/https://evil.example.org", "https%3A%2F%2Fevil.example.org"),
    ] {
        for method in [Method::GET, Method::HEAD] {
            let page = browser.send(method, path, None).await;
            assert_eq!(page.status.as_u16(), 303, "{path}");
            assert_eq!(page.location().unwrap(), format!("/authenticate/verify?token={location}"));
            assert_eq!(page.header("referrer-policy"), "no-referrer");
            assert_eq!(page.header("cache-control"), "no-store");
            assert_eq!(page.html, "");
        }
        browser.open(path).await.is(404, "Invalid link");
    }
    for (path, page) in [("reset", "reset"), ("address", "confirm-address"), ("invitation", "invitation")] {
        let answer = browser.send(Method::GET, &format!("/l/{path}/abc%26-_1"), None).await;
        assert_eq!(answer.location().unwrap(), format!("/authenticate/{page}?token=abc%26-_1"));
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
    }
    let long = browser.send(Method::GET, &format!("/l/{}", "a".repeat(9_000)), None).await;
    assert_eq!(long.location().unwrap().len(), "/authenticate/verify?token=".len() + 128);
}

#[tokio::test]
async fn other_methods_are_not_allowed() {
    let site = Site::new();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
        let page = site.browser().send(method.parse().unwrap(), "/l/abc", None).await;
        page.is(405, "<h1>This page cannot be opened directly</h1>");
    }
}

#[tokio::test]
async fn opening_a_link_writes_nothing_and_it_still_works_afterwards() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await;
    let (link, _) = site.mail().await;
    let page = link.replace("/l/", "/authenticate/verify?token=");
    let before = site.rows(&link).await;
    for _ in 0..20 {
        for path in [&link, &page] {
            for method in [Method::GET, Method::HEAD] {
                let answer = site.browser().send(method, path, None).await;
                assert!(answer.status.as_u16() < 400);
            }
        }
        browser.open(&link).await.is(200, "to activate your account");
    }
    assert_eq!(site.rows(&link).await, before);
    assert_eq!(site.token(&link).await.state, TokenState::Live);
    let page = browser.open(&link).await;
    browser.press(&page, 0, &[]).await.is(200, "verified");
}

#[tokio::test]
async fn a_page_with_a_token_is_not_cached_and_sends_no_referrer() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await;
    let (link, _) = site.mail().await;
    let page = site.browser().open(&link).await;
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let token = link.trim_start_matches("/l/");
    let hidden = format!("<input type=\"hidden\" name=\"token\" value=\"{token}\">");
    // The language switch leads back to the page.
    let back = format!("<input type=\"hidden\" name=\"back\" value=\"/authenticate/verify?token={token}\">");
    let hidden = page.html.matches(&hidden).count() + page.html.matches(&back).count();
    assert_eq!(page.html.matches(token).count(), hidden, "in hidden inputs only");
}

#[tokio::test]
async fn an_expired_link_says_so_and_offers_another_mail() {
    let site = Site::new();
    let mut browser = site.browser();
    let waiting = browser.register().await;
    let (link, code) = site.mail().await;
    site.clock.advance(Duration::from_hours(24));
    let page = browser.open(&link).await;
    page.is(410, "<h1>Your link has expired</h1>");
    let by_code = browser.press(&waiting, 0, &[("code", &code)]).await;
    by_code.is(410, "<h1>Your link has expired</h1>");
    browser.press(&page, 0, &[("email", EMAIL)]).await.is(200, "we are sending another email");
    let (link, _) = site.mail().await;
    let page = browser.open(&link).await;
    browser.press(&page, 0, &[]).await.is(200, "verified");
}

#[tokio::test]
async fn a_superseded_link_points_to_the_newest_mail() {
    let site = Site::new();
    let mut browser = site.browser();
    let waiting = browser.register().await;
    let (old, _) = site.mail().await;
    browser.press(&waiting, 1, &[]).await.is(200, "We are sending another email.");
    let (new, _) = site.mail().await;
    browser.open(&old).await.is(410, "<h1>We sent you a newer email</h1>");
    browser.open(&new).await.is(200, "to activate your account");
}

#[tokio::test]
async fn a_used_link_says_that_the_address_is_confirmed() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await;
    let (link, _) = site.mail().await;
    let page = browser.open(&link).await;
    browser.press(&page, 0, &[]).await.is(200, "verified");
    browser.press(&page, 0, &[]).await.is(410, "<h1>Email address already verified</h1>");
    let used = browser.open(&link).await;
    used.is(410, "/authenticate/sign-in");
    assert_eq!(used.forms().len(), 0);
}

#[tokio::test]
async fn the_link_of_an_attempt_that_lost_its_address_says_sign_in() {
    let site = Site::new();
    let mut stranger = site.browser();
    stranger.register_with(EMAIL, OTHER_PASSWORD).await;
    let (strangers, _) = site.mail().await;
    let mut owner = site.browser();
    owner.register().await;
    let (link, _) = site.mail().await;
    let page = owner.open(&link).await;
    owner.press(&page, 0, &[]).await.is(200, "verified");
    let page = owner.open(&strangers).await;
    page.is(410, "<h1>You already have an account</h1>");
    page.is(410, "/authenticate/forgot");
}

#[tokio::test]
async fn a_link_works_with_what_clients_append() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await;
    let (link, _) = site.mail().await;
    for appended in
        [".", ")", "%5D", ",", "%20", "%3E", "/", "&utm_source=x&utm_medium=email", "?utm_source=x", "?a=b#c"]
    {
        browser.open(&format!("{link}{appended}")).await.is(200, "to activate your account");
    }
    let token = link.trim_start_matches("/l/");
    for query in [format!("3D{token}"), format!("{token}."), format!("{token}&utm_source=x"), format!("{token}%0D%0A")]
    {
        browser.open(&format!("/authenticate/verify?token={query}")).await.is(200, "to activate your account");
    }
    // The page's form takes it as it came.
    let page = browser.open(&format!("{link}%3E.")).await;
    browser.press(&page, 0, &[]).await.is(200, "verified");
}

#[tokio::test]
async fn changed_tokens_are_unknown() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await;
    let (link, _) = site.mail().await;
    let token = link.trim_start_matches("/l/").to_owned();
    for changed in [
        String::new(),
        "%20".to_owned(),
        "%00".to_owned(),
        token[..42].to_owned(),
        format!("{token}A"),
        format!("{token}{}", "A".repeat(9_000)),
        format!("{token}A."),
        format!("3D3D{token}"),
        token.to_uppercase(),
    ] {
        let page = browser.open(&format!("/authenticate/verify?token={changed}")).await;
        page.is(404, "<h1>Invalid link</h1>");
        page.is(404, "/authenticate/register\"");
    }
    browser.open("/authenticate/verify").await.is(404, "<h1>Invalid link</h1>");
    browser.open(&link).await.is(200, "to activate your account");
}
