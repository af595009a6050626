//! Accepting invitations.

use std::time::Duration;

use account_core::account::Role;
use account_core::password::policy::PasswordPolicy;
use poem::http::Method;

use super::browser::{PUBLIC_URL, Site};
use super::{EMAIL, PASSWORD};

#[tokio::test]
async fn an_invitation_becomes_an_account_with_a_session() {
    let site = Site::new();
    site.make(EMAIL, Role::User, None).await;
    let link = site.link().await.unwrap();
    assert!(link.starts_with("/l/invitation/"));
    let before = site.all_rows();
    let mut browser = site.browser();
    browser.send(Method::HEAD, &link, None).await;
    let page = browser.open(&link).await;
    page.is(200, &format!("<strong>{EMAIL}</strong>"));
    assert_eq!(site.all_rows(), before, "looking writes nothing");
    let done = browser.press(&page, 0, &[("name", " John Appleseed "), ("password", PASSWORD)]).await;
    done.is(200, "<h1>Your account is ready</h1>");
    browser.open("/authenticate/profile").await.is(200, "value=\"John Appleseed\"");
    browser.open(&link).await.is(410, "<h1>Invitation already accepted</h1>");
}

#[tokio::test]
async fn errors_are_shown_and_the_name_is_kept() {
    let site = Site::new();
    site.make(EMAIL, Role::Admin, None).await;
    let link = site.link().await.unwrap();
    let mut browser = site.browser();
    let page = browser.open(&link).await;
    let page = browser.press(&page, 0, &[("name", "John"), ("password", "hunter2")]).await;
    page.is(422, "role=\"alert\"");
    assert_eq!(page.html.matches("must have at least 15 characters").count(), 2, "{}", page.html);
    assert!(page.forms()[0].fields.contains(&("name".to_owned(), "John".to_owned())));
    browser.press(&page, 0, &[("password", PASSWORD)]).await.is(200, "Your account is ready");
    assert_eq!(site.store.accounts()[0].role, Role::Admin);
}

#[tokio::test]
async fn an_expired_invitation_says_so() {
    let site = Site::new();
    site.make(EMAIL, Role::User, None).await;
    let link = site.link().await.unwrap();
    site.clock.advance(Duration::from_hours(7 * 24));
    site.browser().open(&link).await.is(410, "<h1>Your invitation has expired</h1>");
    site.browser().open("/l/invitation/x").await.is(404, "ask for another invitation");
}

#[tokio::test]
async fn where_passwords_may_be_weak_pages_ask_administrators_for_strong_ones() {
    let weak = PasswordPolicy { name: "weak", min: 8, ..PasswordPolicy::PERMISSIVE };
    let (of_users, of_administrators) = ("At least 8 characters.", "At least 15 characters.");
    for (role, hint) in [(Role::User, of_users), (Role::Admin, of_administrators)] {
        let site = Site::with(PUBLIC_URL, |_, http| http.password_policy = weak);
        site.make(EMAIL, role, None).await;
        let mut browser = site.browser();
        let invited = browser.open(&site.link().await.unwrap()).await;
        invited.is(200, hint);
        browser.press(&invited, 0, &[("password", PASSWORD)]).await.is(200, "Your account is ready");
        browser.open("/authenticate/profile").await.is(200, hint);
        let page = browser.open("/authenticate/forgot").await;
        browser.press(&page, 0, &[("email", EMAIL)]).await;
        let reset = browser.open(&site.link().await.unwrap()).await;
        reset.is(200, hint);
        let status = if role == Role::User { 200 } else { 422 };
        browser.press(&reset, 0, &[("new_password", "a1-lamp-q")]).await.is(status, "");
    }
}
