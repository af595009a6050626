//! Passwords and sessions of the signed-in account.

use std::time::Duration;

use super::browser::Site;
use super::{EMAIL, OTHER_PASSWORD, PASSWORD};

const SESSIONS: &str = "/authenticate/profile/sessions";
const CHANGE: &str = "/authenticate/profile/password";

#[tokio::test]
async fn one_session_or_all_others_can_be_ended() {
    let site = Site::new();
    site.make_account().await;
    let mut browsers = [(); 4].map(|()| site.browser());
    for browser in &mut browsers {
        browser.sign_in(EMAIL, PASSWORD).await;
        site.clock.advance(Duration::from_secs(1));
    }
    let [first, second, third, own] = &mut browsers;
    let page = own.open("/authenticate/profile").await;
    assert_eq!(page.html.matches("– this browser").count(), 1);
    let ending: Vec<_> = page.forms().into_iter().filter(|form| form.action == SESSIONS).collect();
    assert_eq!(ending.len(), 4, "three others, and all others");
    // The youngest first: the third browser's.
    let page = own.press_action(&page, SESSIONS, &[]).await;
    page.is(200, "role=\"status\">That session was signed out.");
    third.open("/authenticate/profile").await.is(200, "<h1>Sign in</h1>");
    first.open("/authenticate/profile").await.is(200, "<h1>Your account</h1>");

    let csrf = page.forms().remove(0).fields.remove(0).1;
    let all = own.post(SESSIONS, &[("csrf", &csrf), ("id", "others")]).await;
    own.open(&all.location().unwrap()).await.is(200, "You were signed out everywhere else.");
    for browser in [first, second] {
        browser.open("/authenticate/profile").await.is(200, "<h1>Sign in</h1>");
    }
    own.open("/authenticate/profile").await.is(200, "<h1>Your account</h1>");
}

#[tokio::test]
async fn ending_the_current_session_signs_out_and_foreign_ones_cannot_be_ended() {
    let site = Site::new();
    site.make_account().await;
    let mut browser = site.browser();
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    let csrf = page.forms().remove(0).fields.remove(0).1;
    let own = site.store.sessions()[0].id.to_string();
    site.make("jane@acme.com", account_core::account::Role::User, Some(PASSWORD)).await;
    site.browser().sign_in("jane@acme.com", PASSWORD).await;
    let of_jane = site.store.sessions().into_iter().find(|session| session.id.to_string() != own).unwrap();
    for id in ["", "x", &of_jane.id.to_string()] {
        let answer = browser.post(SESSIONS, &[("csrf", &csrf), ("id", id)]).await;
        assert_eq!(answer.location().unwrap(), "/authenticate/profile?done=session");
    }
    assert_eq!(site.store.sessions().len(), 2);
    let answer = browser.post(SESSIONS, &[("csrf", &csrf), ("id", &own)]).await;
    assert_eq!(answer.location().unwrap(), "/authenticate/sign-in?signed-out=1");
    assert_eq!(browser.cookie("__Host-session"), Some(""));
}

#[tokio::test]
async fn a_changed_password_ends_all_other_sessions_and_renews_this_one() {
    let site = Site::new();
    site.make_account().await;
    let mut elsewhere = site.browser();
    elsewhere.sign_in(EMAIL, PASSWORD).await;
    let mut browser = site.browser();
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    let before = browser.cookie("__Host-session").unwrap().to_owned();
    let typed = [("current_password", PASSWORD), ("new_password", OTHER_PASSWORD)];
    browser.press_action(&page, CHANGE, &typed).await.is(200, "Your password was changed.");
    assert_ne!(browser.cookie("__Host-session").unwrap(), before);
    elsewhere.open("/authenticate/profile").await.is(200, "<h1>Sign in</h1>");
    site.browser().sign_in(EMAIL, OTHER_PASSWORD).await.is(200, "<h1>Your account</h1>");
}

#[tokio::test]
async fn a_password_that_is_not_changed_says_why() {
    let site = Site::new();
    site.make_account().await;
    let mut browser = site.browser();
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    for (current, new, status, words) in [
        (OTHER_PASSWORD, OTHER_PASSWORD, 403, "Incorrect password."),
        (PASSWORD, "short", 422, "The password must have at least 15 characters."),
        (PASSWORD, PASSWORD, 422, "The password must not be one of your recent passwords."),
        ("", OTHER_PASSWORD, 422, "Enter your password."),
        (PASSWORD, "", 422, "Choose a password."),
    ] {
        let typed = [("current_password", current), ("new_password", new)];
        let page = browser.press_action(&page, CHANGE, &typed).await;
        page.is(status, &format!("<li>{words}</li>"));
        page.is(status, "<p>Your password was not changed.");
        page.is(status, "href=\"#password\"");
    }
    site.browser().sign_in(EMAIL, PASSWORD).await.is(200, "<h1>Your account</h1>");
}
