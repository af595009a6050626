//! A forgotten password.

use std::time::Duration;

use poem::http::Method;

use super::browser::{PUBLIC_URL, Site};
use super::{EMAIL, OTHER_PASSWORD, PASSWORD};

/// Asks for an email by the form.
async fn ask(site: &Site, email: &str) -> String {
    let mut browser = site.browser();
    let page = browser.open("/authenticate/forgot").await;
    let csrf = page.forms().remove(0).fields.remove(0).1;
    let page = browser.press(&page, 0, &[("email", email)]).await;
    page.is(200, "If the address has an account, we emailed it a link to reset the password.");
    page.html.replace(&csrf, "CSRF")
}

#[tokio::test]
async fn an_emailed_link_sets_a_new_password_and_opens_a_session() {
    let site = Site::new();
    site.make_account().await;
    let mut elsewhere = site.browser();
    elsewhere.sign_in(EMAIL, PASSWORD).await;
    ask(&site, &format!(" {EMAIL} ")).await;
    let link = site.link().await.unwrap();
    assert!(link.starts_with("/l/reset/"));

    let mut browser = site.browser();
    let page = browser.open(&link).await;
    page.is(200, &format!("For the account of <strong>{EMAIL}</strong>"));
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-store");
    let done = browser.press(&page, 0, &[("new_password", OTHER_PASSWORD)]).await;
    done.is(200, "<h1>Password changed</h1>");
    done.is(200, "You were signed out everywhere else.");
    assert!(!done.html.contains("deleted"));
    browser.open("/authenticate/profile").await.is(200, "<h1>Your account</h1>");
    elsewhere.open("/authenticate/profile").await.is(200, "<h1>Sign in</h1>");

    browser.open(&link).await.is(410, "<h1>Link already used</h1>");
    site.browser().sign_in(EMAIL, PASSWORD).await.is(401, "Incorrect");
    site.browser().sign_in(EMAIL, OTHER_PASSWORD).await.is(200, "<h1>Your account</h1>");
}

#[tokio::test]
async fn known_and_unknown_addresses_are_answered_alike() {
    let site = Site::new();
    site.make_account().await;
    assert_eq!(ask(&site, EMAIL).await, ask(&site, "nobody@acme.com").await);
    assert!(site.link().await.is_some());
    let mut browser = site.browser();
    let page = browser.open("/authenticate/forgot").await;
    for wrong in ["", "no address", "a@acme.com,b@acme.com"] {
        let page = browser.press(&page, 0, &[("email", wrong)]).await;
        page.is(422, "id=\"email-problems\"");
        page.is(422, "role=\"alert\"");
    }
}

#[tokio::test]
async fn a_refused_password_is_reported_above_and_beside_the_field() {
    let site = Site::new();
    site.make_account().await;
    ask(&site, EMAIL).await;
    let link = site.link().await.unwrap();
    let mut browser = site.browser();
    let page = browser.open(&link).await;
    for (password, words) in [
        ("hunter2", "The password must have at least 15 characters."),
        ("", "Choose a password."),
        (PASSWORD, "The password must not be one of your recent passwords."),
    ] {
        let page = browser.press(&page, 0, &[("new_password", password)]).await;
        page.is(422, "The password was not changed:");
        assert_eq!(page.html.matches(words).count(), 2, "{}", page.html);
        assert!(password.is_empty() || !page.html.contains(password));
    }
    browser.press(&page, 0, &[("new_password", OTHER_PASSWORD)]).await.is(200, "Password changed");
}

#[tokio::test]
async fn opening_the_link_writes_nothing() {
    let site = Site::new();
    site.make_account().await;
    ask(&site, EMAIL).await;
    let link = site.link().await.unwrap();
    let before = site.all_rows();
    let page = link.replace("/l/reset/", "/authenticate/reset?token=");
    for path in [&link, &page] {
        for method in [Method::GET, Method::HEAD] {
            assert!(site.browser().send(method, path, None).await.status.as_u16() < 400);
        }
    }
    assert_eq!(site.all_rows(), before);
}

#[tokio::test]
async fn dead_links_say_what_to_do() {
    let site = Site::new();
    site.make_account().await;
    ask(&site, EMAIL).await;
    let old = site.link().await.unwrap();
    ask(&site, EMAIL).await;
    let new = site.link().await.unwrap();
    site.browser().open(&old).await.is(410, "<h1>We sent you a newer email</h1>");
    site.clock.advance(Duration::from_hours(1));
    let page = site.browser().open(&new).await;
    page.is(410, "<h1>Your link has expired</h1>");
    page.is(410, "href=\"/authenticate/forgot\"");
    for token in ["", "%00", "x", &"A".repeat(43)] {
        let page = site.browser().open(&format!("/authenticate/reset?token={token}")).await;
        page.is(404, "<h1>Invalid link</h1>");
    }
}

#[tokio::test]
async fn a_link_is_for_one_purpose() {
    let site = Site::new();
    site.make_account().await;
    ask(&site, EMAIL).await;
    let token = site.link().await.unwrap().replace("/l/reset/", "");
    for page in ["verify", "invitation"] {
        site.browser().open(&format!("/authenticate/{page}?token={token}")).await.is(404, "Invalid link");
    }
    let mut browser = site.browser();
    browser.sign_in(EMAIL, PASSWORD).await;
    let page = browser.open(&format!("/authenticate/confirm-address?token={token}")).await;
    browser.press(&page, 0, &[]).await.is(404, "Invalid link");
    browser.open(&format!("/l/reset/{token}")).await.is(200, "<h1>Choose a new password</h1>");
}

#[tokio::test]
async fn a_deletion_survives_a_new_password_and_the_page_offers_to_cancel_it() {
    let site = Site::with(PUBLIC_URL, |_, http| http.onboarding_url = Some("https://portal.example.com/".to_owned()));
    site.make_account().await;
    // Somebody who has the password asks for the deletion.
    let mut thief = site.browser();
    let page = thief.sign_in(EMAIL, PASSWORD).await;
    let typed = [("confirmation", "yes"), ("password", PASSWORD)];
    thief.press_action(&page, "/authenticate/profile/deletion", &typed).await.is(200, "will be deleted");

    ask(&site, EMAIL).await;
    let link = site.link().await.unwrap();
    let mut browser = site.browser();
    let page = browser.open(&link).await;
    let done = browser.press(&page, 0, &[("new_password", OTHER_PASSWORD)]).await;
    done.is(200, "<h1>Password changed</h1>");
    done.is(200, "Your account will be deleted on 8 January 2026 at 00:00 UTC");
    assert!(!done.html.contains("portal.example.com"), "there is nothing to go on with: {}", done.html);
    assert!(site.store.accounts()[0].deletion_due_at.is_some());
    let (before, after) = done.html.split_once("<form").unwrap();
    assert!(
        !before.contains("class=\"button\"") && after.contains("<button>Keep my account</button>"),
        "it comes first"
    );
    browser
        .press_action(&done, "/authenticate/profile/recovery", &[])
        .await
        .is(200, "Your account will not be deleted.");
    assert_eq!(site.store.accounts()[0].deletion_due_at, None);
}
