//! Other addresses: of the account, and further ones.

use std::time::Duration;

use super::browser::{Browser, Page, Site};
use super::{EMAIL, OTHER_PASSWORD, PASSWORD};

const CHANGE: &str = "/authenticate/profile/email";
const NEW: &str = "john@example.org";

async fn signed_in(site: &Site) -> (Browser<'_>, Page) {
    site.make_account().await;
    let mut browser = site.browser();
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    (browser, page)
}

#[tokio::test]
async fn a_new_address_is_confirmed_in_the_same_browser() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    let page = browser.press_action(&page, CHANGE, &[("email", &format!(" {NEW} "))]).await;
    page.is(200, "We emailed the new address.");
    let link = site.link().await.unwrap();
    assert!(link.starts_with("/l/address/"));
    let before = site.all_rows();
    let page = browser.open(&link).await;
    page.is(200, &format!("You are signed in as <strong>{EMAIL}</strong>"));
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(site.all_rows(), before, "looking writes nothing");
    let held = browser.cookie("__Host-session").unwrap().to_owned();
    let done = browser.press(&page, 0, &[]).await;
    done.is(200, &format!("The email address of your account is now <strong>{NEW}</strong>."));
    assert_ne!(browser.cookie("__Host-session").unwrap(), held, "the session has a new token");
    browser.open("/authenticate/profile").await.is(200, NEW);
    browser.press(&page, 0, &[]).await.is(410, "<h1>Email address already verified</h1>");
}

#[tokio::test]
async fn an_old_session_must_confirm_the_password() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    assert!(!page.html.contains("id=\"email-password\""), "it was given just now");
    site.clock.advance(Duration::from_mins(5));
    let page = browser.press_action(&page, CHANGE, &[("email", NEW)]).await;
    page.is(403, "Enter your password.");
    assert!(page.html.contains(&format!("value=\"{NEW}\"")), "what was typed is kept");
    let page = browser.press_action(&page, CHANGE, &[("password", OTHER_PASSWORD)]).await;
    page.is(403, "Incorrect password.");
    assert!(site.link().await.is_none());
    let held = browser.cookie("__Host-session").unwrap().to_owned();
    let page = browser.press_action(&page, CHANGE, &[("password", PASSWORD), ("email", "no address")]).await;
    page.is(422, "Enter a valid email address, such as name@example.com.");
    assert_ne!(browser.cookie("__Host-session").unwrap(), held, "the session has a new token");
    assert!(!page.html.contains("id=\"email-password\""), "the password was right");
    browser.press_action(&page, CHANGE, &[("email", NEW)]).await.is(200, "We emailed the new address");
    let link = site.link().await.unwrap();
    let page = browser.open(&link).await;
    browser.press(&page, 0, &[]).await.is(200, "<h1>Email address verified</h1>");
}

#[tokio::test]
async fn free_and_taken_addresses_are_answered_alike() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    site.make("jane@acme.com", account_core::account::Role::User, Some(PASSWORD)).await;
    let mut answers = Vec::new();
    for address in [NEW, "jane@acme.com"] {
        answers.push(browser.press_action(&page, CHANGE, &[("email", address)]).await.html);
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn in_another_browser_the_link_changes_nothing() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    browser.press_action(&page, CHANGE, &[("email", NEW)]).await;
    let link = site.link().await.unwrap();
    let token = link.replace("/l/address/", "");

    let mut stranger = site.browser();
    let page = stranger.open(&link).await;
    page.is(200, "This browser is not signed in.");
    assert_eq!(page.forms().len(), 0);
    let sign_in = format!("/authenticate/sign-in?next=%2Fauthenticate%2Fconfirm-address%3Ftoken%3D{token}");
    page.is(200, &format!("href=\"{sign_in}\""));
    let page = stranger.open(&sign_in).await;
    let page = stranger.press(&page, 0, &[("email", EMAIL), ("password", PASSWORD)]).await;
    page.is(200, "<button>Verify</button>");
    stranger.press(&page, 0, &[]).await.is(403, "<h1>You requested this change elsewhere</h1>");
    assert_eq!(site.store.accounts()[0].address.as_str(), EMAIL);

    let page = browser.open(&link).await;
    let signed_out = browser.open("/authenticate/profile").await;
    browser.press_action(&signed_out, "/authenticate/sign-out", &[]).await;
    browser.press(&page, 0, &[]).await.is(401, "This browser is not signed in.");
}

#[tokio::test]
async fn an_additional_address_is_confirmed_in_any_session() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    browser.press(&page, 0, &[("notification_address", NEW)]).await.is(200, "Not verified yet");
    let link = site.link().await.unwrap();
    let mut other = site.browser();
    other.sign_in(EMAIL, PASSWORD).await;
    let page = other.open(&link).await;
    let held = other.cookie("__Host-session").unwrap().to_owned();
    other.press(&page, 0, &[]).await.is(200, "It now belongs to your account.");
    assert_eq!(other.cookie("__Host-session").unwrap(), held);
    browser.open("/authenticate/profile").await.is(200, "Verified.");
    assert_eq!(site.store.accounts()[0].address.as_str(), EMAIL);
}
