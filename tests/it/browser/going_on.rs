//! Two tabs, going back, clicking twice, and lost cookies.

use account_tests::{Browser, Form, Scripts, Service};
use serde_json::json;

use super::emailed::{Link, first_link_to, link};
use super::{PASSWORD, at, nothing_is_refused, register, start};

const EMAIL: &str = "john@acme.com";
const VERIFY: &str = "/authenticate/verify";
const PROFILE: &str = "/authenticate/profile";
const SIGN_IN: &str = "/authenticate/sign-in";
const CONTINUE: &str = "/authenticate/register/continue";

/// Verifies the address on a phone, with the password.
async fn verify_elsewhere(phone: &Browser, service: &Service) {
    phone.follow_from_elsewhere(&link(service, Link::Verification, 1).await).await;
    let form = Form::to(phone, VERIFY).having("proof", "password");
    form.fill(&[("password", PASSWORD)]).await;
    form.send().await;
    phone.wait_for_text("john@acme.com is verified").await;
}

#[tokio::test]
async fn the_tab_goes_on_by_itself_where_scripts_run() {
    let (service, driver) = start().await;
    let tab = driver.browser_with_scripts().await;
    register(&tab, &service, EMAIL).await;
    // Nothing that is being typed is lost.
    tab.type_into("#code", "AB").await;
    verify_elsewhere(&driver.browser().await, &service).await;
    tab.run("document.dispatchEvent(new Event('visibilitychange'));", json!([])).await;
    tab.wait_for_text("Check your email").await;
    assert_eq!(tab.find("#code").await.property("value").await, "AB");
    tab.find("#code").await.clear().await;
    tab.wait_for_text("Your account").await;
    assert!(tab.url().await.ends_with(PROFILE));
    nothing_is_refused(&tab, "going on").await;
}

#[tokio::test]
async fn the_tab_goes_on_with_a_button_where_no_script_runs() {
    let (service, driver) = start().await;
    let tab = driver.browser().await;
    register(&tab, &service, EMAIL).await;
    let waiting = tab.url().await;
    assert!(tab.has("meta[http-equiv=refresh]").await);
    verify_elsewhere(&driver.browser().await, &service).await;
    for _ in 0..2 {
        tab.open(&waiting).await;
        tab.wait_for_text("Your account is ready").await;
    }
    Form::to(&tab, CONTINUE).send().await;
    tab.wait_for_text("Your account").await;
    assert!(tab.url().await.ends_with(PROFILE));
}

#[tokio::test]
async fn a_tab_that_waits_says_what_was_done_in_another_one() {
    let (service, driver) = start().await;
    let browser = driver.browser_with_scripts().await;
    register(&browser, &service, EMAIL).await;
    let waiting = browser.tab().await;
    browser.open_tab().await;
    browser.follow_from_elsewhere(&link(&service, Link::Verification, 1).await).await;
    Form::to(&browser, VERIFY).send().await;
    browser.wait_for_text("You are signed in.").await;
    browser.go_to_tab(&waiting).await;
    browser.wait_for_text("Your account is ready").await;
    browser.click("main a.button").await;
    browser.wait_for_text("Your account").await;
    assert!(browser.url().await.ends_with(PROFILE));
}

#[tokio::test]
async fn a_second_click_confirms_nothing_twice() {
    let (service, driver) = start().await;
    let browser = driver.browser_with_scripts().await;
    register(&browser, &service, EMAIL).await;
    browser.follow_from_elsewhere(&link(&service, Link::Verification, 1).await).await;
    let button = Form::to(&browser, VERIFY).button();
    let script = "const button = document.querySelector(arguments[0]); button.click(); button.click();";
    browser.leave(async { drop(browser.run(script, json!([button])).await) }).await;
    browser.wait_for_text("Email address").await;
    let text = browser.text().await;
    assert!(text.contains("verified"), "{text}");
}

#[tokio::test]
async fn going_back_shows_nothing_of_an_account_that_is_signed_out() {
    let (service, driver) = start().await;
    for (scripts, email) in [(Scripts::Blocked, "john@acme.com"), (Scripts::Run, "jane@acme.com")] {
        let browser = driver.browser_in("en", scripts).await;
        register(&browser, &service, email).await;
        browser.follow_from_elsewhere(&first_link_to(&service, email).await).await;
        Form::to(&browser, VERIFY).send().await;
        browser.open(&at(&service, PROFILE)).await;
        browser.wait_for_text("Your account").await;
        Form::to(&browser, "/authenticate/sign-out").send().await;
        browser.wait_for_text("You are signed out.").await;
        browser.back().await;
        browser.wait_for_text("Sign in").await;
        assert!(!browser.source().await.contains(email), "{}", browser.url().await);
    }
}

#[tokio::test]
async fn going_back_after_verifying_says_what_was_done() {
    let (service, driver) = start().await;
    let browser = driver.browser_with_scripts().await;
    register(&browser, &service, EMAIL).await;
    browser.follow_from_elsewhere(&link(&service, Link::Verification, 1).await).await;
    Form::to(&browser, VERIFY).send().await;
    browser.wait_for_text("Email address verified").await;
    browser.back().await;
    // Where the browser has kept the page, it can be sent again.
    if browser.has(&Form::to(&browser, VERIFY).button()).await {
        Form::to(&browser, VERIFY).send().await;
    }
    browser.wait_for_text("Email address already verified").await;
    assert!(browser.text().await.contains("You can sign in."));
}

#[tokio::test]
async fn after_going_back_and_registering_again_the_first_link_still_verifies() {
    let (service, driver) = start().await;
    for (scripts, email) in [(Scripts::Blocked, "john@acme.com"), (Scripts::Run, "jane@acme.com")] {
        let browser = driver.browser_in("en", scripts).await;
        register(&browser, &service, email).await;
        let first = first_link_to(&service, email).await;
        browser.back().await;
        let form = Form::to(&browser, "/authenticate/register");
        form.fill(&[("email", email), ("password", PASSWORD), ("name", "John Appleseed")]).await;
        form.send().await;
        browser.wait_for_text("Check your email").await;
        browser.follow_from_elsewhere(&first).await;
        Form::to(&browser, VERIFY).send().await;
        browser.wait_for_text(&format!("{email} is verified, and your account is ready.")).await;
    }
}

#[tokio::test]
async fn without_its_cookies_a_browser_asks_for_what_it_needs() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    register(&browser, &service, EMAIL).await;
    let waiting = browser.url().await;
    browser.forget_cookies().await;
    browser.open(&waiting).await;
    browser.wait_for_text("If you have registered, we emailed you.").await;
    assert!(!browser.text().await.contains(EMAIL));
    verify_elsewhere(&browser, &service).await;

    browser.open(&at(&service, SIGN_IN)).await;
    browser.forget_cookies().await;
    let form = Form::to(&browser, SIGN_IN);
    form.fill(&[("email", EMAIL), ("password", PASSWORD)]).await;
    form.send().await;
    browser.wait_for_text("Form expired").await;
    browser.back().await;
    assert_eq!(form.field("email").await.property("value").await, EMAIL, "what was typed is not lost");
    form.fill(&[("email", EMAIL), ("password", PASSWORD)]).await;
    form.send().await;
    browser.wait_for_text("Your account").await;
}
