//! Signing in, and looking after one's account.

use std::time::Duration;

use account_tests::{Browser, Service};
use serde_json::json;

use super::{PASSWORD, SUBMIT, at, fits, mailed_link, nothing_is_refused, register, start};

const EMAIL: &str = "john@acme.com";
const OTHER_PASSWORD: &str = "another sentence that nobody knows";
/// Keys (`WebDriver`, "normalised key value").
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// Registers and confirms in this browser, which is signed in then.
async fn sign_up(browser: &Browser, service: &Service, email: &str) {
    register(browser, service, email).await;
    browser.follow_from_elsewhere(&mailed_link(service).await).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Email address verified").await;
}

async fn sign_in(browser: &Browser, email: &str, password: &str) {
    browser.find("#email").await.clear().await;
    browser.type_into("#email", email).await;
    browser.type_into("#password", password).await;
    browser.click(SUBMIT).await;
}

/// Fills a field that may have something in it.
async fn fill(browser: &Browser, css: &str, text: &str) {
    browser.find(css).await.clear().await;
    browser.type_into(css, text).await;
}

/// The link of that kind in an email.
async fn link(service: &Service, kind: &str) -> String {
    let mark = format!("/l/{kind}/");
    for _ in 0..500 {
        let mails = service.mails();
        let found = mails.values().filter_map(|mail| mail.split_once(&mark)?.1.get(..43)).next_back();
        if let Some(token) = found {
            return at(service, &format!("{mark}{token}"));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("no mail with a link to {mark} came: {}", service.output());
}

#[tokio::test]
async fn signing_out_and_in_again() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    sign_up(&browser, &service, EMAIL).await;
    browser.click("main a.button").await;
    browser.wait_for_text("Your account").await;
    browser.click("#sign-out button").await;
    browser.wait_for_text("You are signed out.").await;

    browser.open(&at(&service, "/authenticate/profile")).await;
    sign_in(&browser, EMAIL, OTHER_PASSWORD).await;
    browser.wait_for_text("Incorrect email, username or password.").await;
    assert_eq!(browser.find("#email").await.property("value").await, EMAIL);
    sign_in(&browser, EMAIL, PASSWORD).await;
    browser.wait_for_text("Your account").await;
    assert!(browser.url().await.ends_with("/authenticate/profile"));
    browser.find("#sessions li:only-child").await;
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_mail() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    sign_up(&browser, &service, EMAIL).await;
    browser.forget_cookies().await;
    browser.open(&at(&service, "/authenticate/sign-in")).await;
    browser.click("a[href$=forgot]").await;
    browser.wait_for_text("Forgot password?").await;
    browser.type_into("#email", EMAIL).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("If the address has an account, we emailed it a link to reset the password.").await;

    browser.follow_from_elsewhere(&link(&service, "reset").await).await;
    browser.type_into("#new-password", "short").await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("The password was not changed:").await;
    browser.type_into("#new-password", OTHER_PASSWORD).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Password changed").await;
    browser.click("main a.button").await;
    browser.wait_for_text("Your account").await;
    assert!(browser.text().await.contains(EMAIL));
}

#[tokio::test]
async fn details_are_saved_and_a_concurrent_change_is_shown() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    sign_up(&browser, &service, EMAIL).await;
    let other = driver.browser().await;
    other.open(&at(&service, "/authenticate/profile")).await;
    sign_in(&other, EMAIL, PASSWORD).await;
    other.wait_for_text("Details").await;

    browser.open(&at(&service, "/authenticate/profile")).await;
    assert_eq!(browser.find("#name").await.property("value").await, "John Appleseed");
    browser.click("#country option[value=AT]").await;
    fill(&browser, "#postal_address", "Ring 1\n1010 Wien").await;
    browser.click("#newsletter").await;
    browser.click("#details button").await;
    browser.wait_for_text("Your details were saved.").await;
    assert_eq!(browser.find("#country").await.property("value").await, "AT");
    assert_eq!(browser.find("#postal_address").await.property("value").await, "Ring 1\n1010 Wien");
    assert_eq!(browser.find("#newsletter").await.property("checked").await, true);

    other.click("#country option[value=DE]").await;
    other.click("#details button").await;
    other.wait_for_text("Your details were changed in another window").await;
    assert_eq!(other.find("#country-problems").await.text().await, "Now: Austria");
    assert_eq!(other.find("#country").await.property("value").await, "DE");
    other.click("#details button").await;
    other.wait_for_text("Your details were saved.").await;
}

#[tokio::test]
async fn a_new_address_is_confirmed_in_the_same_browser() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    sign_up(&browser, &service, EMAIL).await;
    browser.open(&at(&service, "/authenticate/profile")).await;
    browser.type_into("#new-email", "john@example.org").await;
    browser.click("#email button").await;
    browser.wait_for_text("We emailed the new address.").await;

    let link = link(&service, "address").await;
    let stranger = driver.browser().await;
    stranger.follow_from_elsewhere(&link).await;
    stranger.wait_for_text("This browser is not signed in.").await;
    browser.follow_from_elsewhere(&link).await;
    browser.wait_for_text("Verify your email address").await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("The email address of your account is now john@example.org.").await;
    browser.click("main a.button").await;
    browser.wait_for_text("Your address is john@example.org.").await;
}

#[tokio::test]
async fn the_keyboard_alone_is_enough() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    sign_up(&browser, &service, EMAIL).await;
    browser.forget_cookies().await;
    browser.open(&at(&service, "/authenticate/sign-in")).await;
    browser.press_keys(TAB).await;
    browser.press_keys(EMAIL).await;
    browser.press_keys(TAB).await;
    browser.press_keys(PASSWORD).await;
    browser.press_keys(TAB).await;
    assert_eq!(browser.focused().await.text().await, "Sign in");
    browser.press_keys(" ").await;
    browser.wait_for_text("Your account").await;

    for _ in 0..50 {
        browser.press_keys(TAB).await;
        if browser.focused().await.text().await == "Security" {
            break;
        }
    }
    browser.press_keys(ENTER).await;
    browser.press_keys(TAB).await;
    browser.press_keys(PASSWORD).await;
    browser.press_keys(TAB).await;
    browser.press_keys(&format!("{OTHER_PASSWORD}{ENTER}")).await;
    browser.wait_for_text("Your password was changed.").await;
}

#[tokio::test]
async fn the_keyboard_reaches_what_the_script_adds() {
    let (service, driver) = start().await;
    let browser = driver.browser_with_scripts().await;
    register(&browser, &service, EMAIL).await;
    browser.open(&at(&service, "/authenticate/sign-in")).await;
    browser.press_keys(TAB).await;
    browser.press_keys(&format!("{EMAIL}{TAB}")).await;
    browser.press_keys(&format!("{PASSWORD}{TAB}")).await;
    assert_eq!(browser.focused().await.text().await, "Show");
    browser.press_keys(ENTER).await;
    // The password can be read, and corrected at once.
    let password = browser.focused().await;
    assert_eq!((password.property("id").await, password.property("type").await), (json!("password"), json!("text")));
    browser.press_keys(TAB).await;
    assert_eq!(browser.focused().await.text().await, "Hide");
    browser.press_keys(TAB).await;
    assert_eq!(browser.focused().await.text().await, "Sign in");
    browser.press_keys(ENTER).await;
    browser.wait_for_text("Verify your email address before you sign in.").await;
    assert_eq!(browser.focused().await.property("id").await, "errors");
}

#[tokio::test]
async fn deletion_is_requested_and_canceled() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    sign_up(&browser, &service, EMAIL).await;
    browser.open(&at(&service, "/authenticate/profile")).await;
    browser.click("#deletion-confirmation").await;
    browser.type_into("#deletion-password", PASSWORD).await;
    browser.click("#deletion button").await;
    browser.wait_for_text("Your account will be deleted").await;
    fits(&browser, "deletion-begun").await;
    browser.open(&at(&service, "/authenticate/profile")).await;
    sign_in(&browser, EMAIL, PASSWORD).await;
    browser.wait_for_text("You can cancel the deletion until then.").await;
    fits(&browser, "profile-deletion").await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Your account will not be deleted.").await;
}

#[tokio::test]
async fn account_pages_fit_and_the_browser_blocks_nothing() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    let email = format!("{}@acme.com", "long".repeat(15));
    sign_up(&browser, &service, &email).await;
    browser.open(&at(&service, "/authenticate/profile")).await;
    fits(&browser, "profile").await;
    browser.type_into("#new-email", "john@example.org").await;
    browser.click("#email button").await;
    browser.wait_for_text("We emailed the new address.").await;
    fits(&browser, "profile-notice").await;
    browser.open(&link(&service, "address").await).await;
    fits(&browser, "confirm-address").await;
    browser.open(&at(&service, "/authenticate/forgot")).await;
    browser.type_into("#email", &email).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("we emailed it a link").await;
    fits(&browser, "forgot-sent").await;
    browser.open(&link(&service, "reset").await).await;
    fits(&browser, "reset").await;
    browser.type_into("#new-password", OTHER_PASSWORD).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Password changed").await;
    fits(&browser, "password-set").await;
    nothing_is_refused(&browser, "the pages of an account").await;
}

#[tokio::test]
async fn account_pages_fit_with_errors() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    sign_up(&browser, &service, EMAIL).await;
    let other = driver.browser().await;
    other.open(&at(&service, "/authenticate/sign-in")).await;
    other.click(SUBMIT).await;
    other.wait_for_text("Enter your password.").await;
    fits(&other, "sign-in-empty").await;
    sign_in(&other, EMAIL, OTHER_PASSWORD).await;
    other.wait_for_text("Incorrect").await;
    fits(&other, "sign-in-wrong").await;
    sign_in(&other, EMAIL, PASSWORD).await;
    other.wait_for_text("this browser").await;

    browser.open(&at(&service, "/authenticate/profile")).await;
    fill(&browser, "#notification_address", "no address").await;
    browser.click("#details button").await;
    browser.wait_for_text("Your details were not saved.").await;
    fits(&browser, "profile-refused").await;
    browser.open(&at(&service, "/authenticate/profile")).await;
    browser.type_into("#current-password", OTHER_PASSWORD).await;
    browser.click("#password button").await;
    browser.wait_for_text("Choose a password.").await;
    fits(&browser, "profile-password-refused").await;
    browser.forget_cookies().await;
    browser.open(&at(&service, &format!("/l/address/{}", "A".repeat(43)))).await;
    fits(&browser, "confirm-address-signed-out").await;
    browser.open(&at(&service, &format!("/l/reset/{}", "A".repeat(43)))).await;
    fits(&browser, "reset-unknown").await;
    browser.open(&at(&service, "/authenticate/nothing")).await;
    fits(&browser, "error").await;
    register(&browser, &service, "jane@acme.com").await;
    browser.open(&at(&service, "/authenticate/sign-in")).await;
    sign_in(&browser, "jane@acme.com", PASSWORD).await;
    browser.wait_for_text("Verify your email address before you sign in.").await;
    fits(&browser, "sign-in-unverified").await;
}

#[tokio::test]
async fn an_invitation_is_accepted() {
    let (service, driver) = start().await;
    let invited = service.command(&["admin", "invite", "--email", EMAIL]).output().await.unwrap();
    assert!(invited.status.success(), "{invited:?}");
    let browser = driver.browser().await;
    browser.follow_from_elsewhere(&link(&service, "invitation").await).await;
    browser.wait_for_text("Accept your invitation").await;
    fits(&browser, "invitation").await;
    browser.type_into("#password", PASSWORD).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Your account is ready").await;
    fits(&browser, "invitation-accepted").await;
}
