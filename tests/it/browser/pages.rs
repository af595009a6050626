//! Languages, the direction of writing, and what the script adds to forms.

use account_tests::{Browser, Service};
use serde_json::json;

use super::{PASSWORD, SUBMIT, at, fits, mailed_link, nothing_is_refused, only_mistakes_are_refused, start};

const EMAIL: &str = "john@acme.com";

/// Fills in the form of the registration page that is open, and sends it.
async fn send_registration(browser: &Browser) {
    browser.type_into("#email", EMAIL).await;
    browser.type_into("#password", PASSWORD).await;
    browser.click(SUBMIT).await;
}

/// Where an element's edges are, from the left.
async fn edges(browser: &Browser, css: &str) -> (f64, f64) {
    let script =
        "const {left, right} = document.querySelector(arguments[0]).getBoundingClientRect(); return [left, right]";
    let found = browser.run(script, json!([css])).await;
    (found[0].as_f64().unwrap(), found[1].as_f64().unwrap())
}

#[tokio::test]
async fn the_way_to_an_account_from_right_to_left() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    browser.open(&at(&service, "/authenticate/register")).await;
    browser.click("footer button[value=ar]").await;
    browser.wait_for_text("إنشاء حساب").await;
    assert!(browser.url().await.ends_with("/authenticate/register"));
    assert_eq!(browser.find("html").await.property("dir").await, "rtl");
    fits(&browser, "register").await;
    let (_, label) = edges(&browser, "label[for=email]").await;
    let (_, field) = edges(&browser, "#email").await;
    assert!((label - field).abs() < 1.0, "labels begin where fields begin: {label} {field}");

    send_registration(&browser).await;
    browser.wait_for_text("تحقق من بريدك الإلكتروني").await;
    fits(&browser, "waiting").await;
    browser.follow_from_elsewhere(&mailed_link(&service).await).await;
    browser.wait_for_text(EMAIL).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("تم تأكيد عنوان البريد الإلكتروني").await;
    browser.click("main a.button").await;
    browser.wait_for_text("حسابك").await;
    fits(&browser, "profile").await;
    browser.click("footer button[value=de]").await;
    browser.wait_for_text("Ihr Konto").await;
    fits(&browser, "profile").await;
    nothing_is_refused(&browser, "the pages in other languages").await;
}

#[tokio::test]
async fn the_summary_of_errors_is_focused_and_leads_to_the_fields() {
    let (service, driver) = start().await;
    for browser in [driver.browser().await, driver.browser_with_scripts().await] {
        browser.open(&at(&service, "/authenticate/register")).await;
        browser.click(SUBMIT).await;
        browser.wait_for_text("Your account was not created.").await;
        let summary = browser.focused().await;
        assert_eq!(summary.property("id").await, "errors");
        browser.click("#errors a[href='#password']").await;
        assert_eq!(browser.focused().await.property("id").await, "password");
        only_mistakes_are_refused(&browser, "the page with errors").await;
    }
}

#[tokio::test]
async fn the_script_shows_the_password_and_ticks_its_rules() {
    let (service, driver) = start().await;
    let browser = driver.browser_with_scripts().await;
    browser.open(&at(&service, "/authenticate/register")).await;
    let input = browser.find("#password").await;
    assert_eq!(input.property("type").await, "password");
    browser.click(".secret button").await;
    assert_eq!(input.property("type").await, "text");
    assert_eq!(browser.find(".secret button").await.text().await, "Hide");
    assert_eq!(browser.focused().await.property("id").await, "password");

    let rule = browser.find("#password-rules li").await;
    assert_eq!((rule.text().await.as_str(), rule.property("className").await), ("At least 15 characters", json!("")));
    browser.type_into("#password", "aaaaaaaaaaaaaaa").await;
    assert_eq!(rule.property("className").await, "met");
    browser.wait_for_text("Easy to guess. Add more words.").await;
    fits(&browser, "register-script").await;
    input.clear().await;
    browser.type_into("#password", PASSWORD).await;
    browser.wait_for_text("Hard to guess.").await;
    browser.type_into("#email", EMAIL).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Check your email").await;
    nothing_is_refused(&browser, "registering with the script").await;
}

#[tokio::test]
async fn pages_are_readable_in_dark() {
    let service = Service::start_with(&[("PAGES__OPERATOR_NAME", "Acme"), ("PAGES__ACCENT_COLOR", "#7a1fa2")]).await;
    let driver = account_tests::Driver::start().await;
    let browser = driver.browser().await;
    for scheme in ["light", "dark"] {
        browser.prefer_colors(scheme).await;
        for page in ["register", "sign-in", "password-policy", "nothing"] {
            browser.open(&at(&service, &format!("/authenticate/{page}"))).await;
            fits(&browser, &format!("{page}-accent")).await;
        }
    }
    let color =
        browser.run("return getComputedStyle(document.documentElement).getPropertyValue('--accent')", json!([]));
    assert_eq!(color.await.as_str().unwrap().trim(), "#7a1fa2");
}
