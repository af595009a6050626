//! Programs that open every link in an email in a browser, run what the page has, and press no button.

use account_tests::{Browser, Driver, Form, Service};
use serde_json::json;

use super::emailed::{Link, link};
use super::{PASSWORD, at, register};

const EMAIL: &str = "john@acme.com";
const OTHER_PASSWORD: &str = "another sentence that nobody knows";
/// How often a link is opened.
const TIMES: usize = 50;

/// A service on which one client network may open as many links as it wants.
async fn start() -> (Service, Driver) {
    (Service::start_with(&[("LIMITS__SHORT_LINKS", "off")]).await, Driver::start().await)
}

/// Opens a link often, and then everything that its page links to, in a browser that runs scripts. `has_field` says
/// whether the page has a password field, which shows that its script has run.
async fn scan(browser: &Browser, url: &str, has_field: bool) {
    for time in 0..TIMES {
        if time % 10 == 9 {
            browser.forget_cookies().await;
        }
        browser.open(url).await;
        if has_field {
            browser.find("main form button[type=button]").await;
        }
    }
    let script = "return [...document.links].map((link) => link.href);";
    for address in browser.run(script, json!([])).await.as_array().unwrap() {
        browser.open(address.as_str().unwrap()).await;
    }
}

async fn scanner(driver: &Driver) -> Browser {
    driver.browser_with_scripts().await
}

async fn open(browser: &Browser, service: &Service, path: &str) {
    browser.open(&at(service, path)).await;
}

#[tokio::test]
async fn a_scanned_link_still_verifies_with_one_click() {
    let (service, driver) = start().await;
    let person = driver.browser_with_scripts().await;
    register(&person, &service, EMAIL).await;
    let waiting = person.url().await;
    let link = link(&service, Link::Verification, 1).await;
    scan(&scanner(&driver).await, &link, true).await;
    // So may one that is built into the person's own browser, which holds what makes one click enough.
    for _ in 0..TIMES {
        person.open(&link).await;
        person.wait_for_text("to activate your account").await;
    }
    person.open(&waiting).await;
    person.wait_for_text("Enter the 8-character code").await;

    person.follow_from_elsewhere(&link).await;
    Form::to(&person, "/authenticate/verify").send().await;
    person.wait_for_text("Email address verified").await;
}

#[tokio::test]
async fn a_scanned_link_still_verifies_with_the_password() {
    let (service, driver) = start().await;
    register(&driver.browser().await, &service, EMAIL).await;
    let link = link(&service, Link::Verification, 1).await;
    scan(&scanner(&driver).await, &link, true).await;
    let phone = driver.browser_with_scripts().await;
    phone.follow_from_elsewhere(&link).await;
    let form = Form::to(&phone, "/authenticate/verify").having("proof", "password");
    form.fill(&[("password", PASSWORD)]).await;
    form.send().await;
    phone.wait_for_text("john@acme.com is verified").await;
}

#[tokio::test]
async fn scanned_links_still_invite_reset_passwords_and_change_addresses() {
    let (service, driver) = start().await;
    let (scanner, person) = (scanner(&driver).await, driver.browser_with_scripts().await);
    let invited = service.run(&["admin", "invite", "--email", EMAIL]).await;
    assert!(invited.status.success(), "{invited:?}");
    let invitation = link(&service, Link::Invitation, 1).await;
    scan(&scanner, &invitation, true).await;
    person.follow_from_elsewhere(&invitation).await;
    let form = Form::to(&person, "/authenticate/invitation");
    form.fill(&[("password", PASSWORD)]).await;
    form.send().await;
    person.wait_for_text("Your account is ready").await;

    open(&person, &service, "/authenticate/forgot").await;
    let form = Form::to(&person, "/authenticate/forgot");
    form.fill(&[("email", EMAIL)]).await;
    form.send().await;
    let reset = link(&service, Link::Reset, 1).await;
    scan(&scanner, &reset, true).await;
    person.follow_from_elsewhere(&reset).await;
    let form = Form::to(&person, "/authenticate/reset");
    form.fill(&[("new_password", OTHER_PASSWORD)]).await;
    form.send().await;
    person.wait_for_text("Password changed").await;

    open(&person, &service, "/authenticate/profile").await;
    let form = Form::to(&person, "/authenticate/profile/email");
    form.fill(&[("email", "john@example.org")]).await;
    form.send().await;
    let address = link(&service, Link::Address, 1).await;
    scan(&scanner, &address, false).await;
    person.follow_from_elsewhere(&address).await;
    Form::to(&person, "/authenticate/confirm-address").send().await;
    person.wait_for_text("The email address of your account is now john@example.org.").await;
}
