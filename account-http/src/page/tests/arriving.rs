//! Where people come to by themselves: the root, what is not there, and the page about passwords.

use poem::http::Method;

use super::browser::{Browser, Site};
use super::{EMAIL, PASSWORD};

const AS_BROWSERS_DO: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

fn opening(site: &Site) -> Browser<'_> {
    Browser { preferences: vec![("accept", AS_BROWSERS_DO.to_owned())], ..site.browser() }
}

#[tokio::test]
async fn the_root_leads_browsers_to_the_profile_or_to_sign_in() {
    let site = Site::new();
    site.make_account().await;
    let mut browser = opening(&site);
    browser.open("/").await.is(200, "<h1>Sign in</h1>");
    browser.sign_in(EMAIL, PASSWORD).await;
    browser.open("/").await.is(200, "<h1>Your account</h1>");
    let program = site.browser().open("/").await;
    program.is(404, "\"code\":\"not_found\"");
    let mut program = site.browser();
    program.preferences.push(("accept", "application/json".to_owned()));
    program.open("/").await.is(404, "\"code\":\"not_found\"");
}

#[tokio::test]
async fn what_is_not_there_is_a_page_for_browsers_only() {
    let site = Site::new();
    let page = opening(&site).open("/nothing/here").await;
    page.is(404, "<h1>Page not found</h1>");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.header("vary").contains("Accept"), "{}", page.header("vary"));
    site.browser().open("/nothing/here").await.is(404, "\"code\":\"not_found\"");
    let posted = opening(&site).send(Method::POST, "/nothing/here", Some(String::new())).await;
    posted.is(404, "\"code\":\"not_found\"");
    let head = opening(&site).send(Method::HEAD, "/nothing/here", None).await;
    assert_eq!((head.status.as_u16(), head.header("content-type")), (404, "text/html; charset=utf-8"));
}

#[tokio::test]
async fn answers_of_the_api_are_never_pages() {
    let site = Site::new();
    let registration = "/account/v1/registrations/0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";
    for path in ["/account/v1/me", registration] {
        let answer = opening(&site).open(path).await;
        assert!(answer.header("content-type").starts_with("application/problem+json"), "{path}: {}", answer.html);
    }
}

#[tokio::test]
async fn password_managers_find_where_a_password_is_changed() {
    let site = Site::new();
    let answer = site.browser().send(Method::GET, "/.well-known/change-password", None).await;
    assert_eq!((answer.status.as_u16(), answer.location().unwrap().as_str()), (303, "/authenticate/profile#password"));
}

#[tokio::test]
async fn the_rules_for_passwords_can_be_read() {
    let site = Site::new();
    let mut browser = site.browser();
    browser
        .open("/authenticate/register")
        .await
        .is(200, "<a href=\"/authenticate/password-policy\">Password rules</a>");
    let page = browser.open("/authenticate/password-policy").await;
    page.is(200, "<li>At least 15 characters</li>");
    page.is(200, "<li>Does not contain your address, your name or the name of this service</li>");
}

#[tokio::test]
async fn the_field_for_a_new_password_has_what_managers_and_the_script_need() {
    let site = Site::new();
    let page = site.browser().open("/authenticate/register").await;
    for part in [
        " passwordrules=\"minlength: 15; maxlength: 256;\"",
        " data-rules=\"password-rules\"",
        "<li data-rule=\"min\" data-value=\"15\">At least 15 characters</li>",
        " data-show=\"Show\" data-hide=\"Hide\" data-caps=\"Caps Lock is on.\"",
    ] {
        page.is(200, part);
    }
    assert!(!page.html.contains("onpaste") && !page.html.contains("maxlength=\""));
}

#[test]
fn the_script_is_small() {
    assert!(include_str!("../../../templates/page.js").len() < 15 * 1024);
    let style = include_str!("../../../templates/style.css");
    for physical in [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "text-align: left",
        "text-align: right",
        "float:",
    ] {
        assert!(!style.contains(physical), "{physical}");
    }
}
