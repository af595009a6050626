//! The pages in a real browser, against the real binary. Except where a test says so, no script runs.

mod account;
mod below_path;
mod challenges;
mod console;
mod emailed;
mod gallery;
mod going_on;
mod inspection;
mod lighthouse;
mod other_sites;
mod pages;
mod scanners;
mod tour;
mod walks;

use account_tests::service::{code_of, token_of};
use account_tests::{Browser, Driver, Service};
use serde_json::json;

use gallery::Picture;

const PASSWORD: &str = "velvet lantern gravel orchid";
/// The button that sends a page's own form, the first in it. Scripts add buttons to fields; those send nothing.
const SUBMIT: &str = "main form button:not([type=button])";

async fn start() -> (Service, Driver) {
    let service = Service::start_with(&[("PAGES__OPERATOR_NAME", "Acme")]).await;
    (service, Driver::start().await)
}

fn at(service: &Service, path: &str) -> String {
    format!("http://127.0.0.1:{}{path}", service.port())
}

/// Registers by the form, up to the waiting page.
async fn register(browser: &Browser, service: &Service, email: &str) {
    browser.open(&at(service, "/authenticate/register")).await;
    browser.type_into("#email", email).await;
    browser.type_into("#password", PASSWORD).await;
    browser.type_into("#name", "John Appleseed").await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Check your email").await;
}

async fn mailed_link(service: &Service) -> String {
    let token = token_of(&service.wait_for_mails(1).await[0]).unwrap();
    at(service, &format!("/l/{token}"))
}

#[tokio::test]
async fn the_browser_runs_no_script() {
    let driver = Driver::start().await;
    let page = "data:text/html,<title>quiet</title><script>document.title='loud'</script>";
    for (browser, title) in [(driver.browser().await, "quiet"), (driver.browser_with_scripts().await, "loud")] {
        browser.open(page).await;
        assert_eq!(browser.title().await, title);
    }
}

#[tokio::test]
async fn the_browser_that_registered_confirms_with_one_click() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    register(&browser, &service, "john@acme.com").await;
    assert_eq!(browser.title().await, "Check your email – Acme");
    assert!(browser.url().await.contains("/authenticate/register/waiting?registration="));
    assert!(browser.text().await.contains("We emailed john@acme.com. Enter the 8-character code, or open the link."));

    browser.follow_from_elsewhere(&mailed_link(&service).await).await;
    browser.wait_for_text("Verify john@acme.com to activate your account.").await;
    assert!(!browser.source().await.contains("type=\"password\""));
    browser.click(SUBMIT).await;
    browser.wait_for_text("Email address verified").await;
    assert!(browser.text().await.contains("john@acme.com is verified, and your account is ready."));
}

#[tokio::test]
async fn another_browser_asks_for_the_password() {
    let (service, driver) = start().await;
    register(&driver.browser().await, &service, "john@acme.com").await;

    let browser = driver.browser().await;
    browser.follow_from_elsewhere(&mailed_link(&service).await).await;
    browser.wait_for_text("Enter the password you chose").await;
    browser.type_into("#password", "not the password at all").await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Incorrect password.").await;
    assert_eq!(browser.find(".prominent h2").await.text().await, "Forgot password?");

    browser.type_into("#password", PASSWORD).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("john@acme.com is verified").await;
}

#[tokio::test]
async fn a_new_password_takes_the_address() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    register(&browser, &service, "john@acme.com").await;
    browser.forget_cookies().await;

    browser.follow_from_elsewhere(&mailed_link(&service).await).await;
    browser.type_into("#new-password", "short").await;
    browser.click("#new-password-section button").await;
    browser.wait_for_text("The password must have at least 15 characters.").await;
    browser.type_into("#new-password", "another sentence that nobody knows").await;
    browser.click("#new-password-section button").await;
    browser.wait_for_text("john@acme.com is verified").await;
}

#[tokio::test]
async fn the_mailed_code_confirms() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    register(&browser, &service, "john@acme.com").await;
    let code = code_of(&service.wait_for_mails(1).await[0]).unwrap();

    browser.type_into("#code", "AAAA-AAAA").await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Incorrect code.").await;
    browser.type_into("#code", &code.to_lowercase()).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("john@acme.com is verified").await;
}

#[tokio::test]
async fn a_refused_form_marks_every_field_and_keeps_the_address() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    browser.open(&at(&service, "/authenticate/register")).await;
    browser.type_into("#email", "john.acme.com").await;
    browser.type_into("#password", "short").await;
    browser.type_into("#name", &"n".repeat(300)).await;
    browser.click(SUBMIT).await;

    browser.wait_for_text("Your account was not created.").await;
    for (field, problem) in [
        ("email", "Enter a valid email address, such as name@example.com."),
        ("password", "The password must have at least 15 characters."),
        ("name", "The name must have at most 255 characters."),
    ] {
        let problems = browser.find(&format!(".field:has(#{field}) #{field}-problems")).await.text().await;
        assert!(problems.contains(problem), "{field}: {problems}");
        browser.find(&format!("#{field}[aria-invalid=true][aria-describedby~={field}-problems]")).await;
    }
    assert_eq!(browser.find("#email").await.property("value").await, "john.acme.com");
    assert_eq!(browser.find("#password").await.property("value").await, "");
}

#[tokio::test]
async fn a_used_link_says_what_to_do() {
    let (service, driver) = start().await;
    let browser = driver.browser().await;
    register(&browser, &service, "john@acme.com").await;
    let link = mailed_link(&service).await;
    browser.follow_from_elsewhere(&link).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Email address verified").await;

    browser.follow_from_elsewhere(&link).await;
    browser.wait_for_text("Email address already verified").await;
    assert!(browser.text().await.contains("You can sign in."));
    browser.click("main a.button").await;
    browser.wait_for_text("Email address or username").await;
    assert!(browser.url().await.ends_with("/authenticate/sign-in"));
}

/// What a page is looked at on.
#[derive(Debug, Clone, Copy)]
struct Screen {
    /// `desktop` or `phone`.
    device: &'static str,
    width: u32,
    height: u32,
    /// `light` or `dark`.
    scheme: &'static str,
}

const DEVICES: [(&str, u32, u32); 2] = [("desktop", 1280, 900), ("phone", 390, 844)];

/// A desk and a phone, in light and in dark.
fn screens() -> impl Iterator<Item = Screen> {
    let in_both = |(device, width, height)| ["light", "dark"].map(|scheme| Screen { device, width, height, scheme });
    DEVICES.into_iter().flat_map(in_both)
}

/// The page needs no more width than a desk or a phone has. Leaves pictures of it, for people.
async fn fits(browser: &Browser, name: &str) {
    let script = "return [document.documentElement.lang, matchMedia('(prefers-color-scheme: dark)').matches];";
    let known = browser.run(script, json!([])).await;
    let (language, scheme) = (known[0].as_str().unwrap(), if known[1] == true { "dark" } else { "light" });
    for (device, width, height) in DEVICES {
        browser.resize(width, height).await;
        let page = format!("more-{name}");
        browser.screenshot_of_page(&Picture { page: &page, language, device, scheme }.path()).await;
        let needed = browser.find("html").await.property("scrollWidth").await;
        assert!(needed.as_u64().unwrap() <= u64::from(width), "{name} is {needed} wide on {width}");
    }
    gallery::write_index();
}

/// Nothing of the page was refused, by its policy or by the service.
async fn nothing_is_refused(browser: &Browser, name: &str) {
    assert_eq!(browser.console().await, [""; 0], "{name}");
}

/// The same, but for forms with mistakes, whose answers have a status that browsers note.
async fn only_mistakes_are_refused(browser: &Browser, name: &str) {
    let is_mistake = |message: &String| [" 401 ", " 403 ", " 422 "].iter().any(|status| message.contains(status));
    let told = browser.console().await;
    assert!(told.iter().all(is_mistake), "{name}: {told:?}");
}

#[tokio::test]
async fn pages_fit_and_the_browser_blocks_nothing() {
    let (service, driver) = start().await;
    let email = format!("{}@acme.com", "long".repeat(15));
    let browser = driver.browser().await;
    register(&browser, &service, &email).await;
    fits(&browser, "waiting").await;
    browser.open(&mailed_link(&service).await).await;
    fits(&browser, "verify-confirm").await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Email address verified").await;
    fits(&browser, "verified").await;
    for page in ["register", "sign-in", "forgot", "register/waiting"] {
        browser.open(&at(&service, &format!("/authenticate/{page}"))).await;
        fits(&browser, &page.replace('/', "-")).await;
    }
    nothing_is_refused(&browser, "the way to an account").await;
}

#[tokio::test]
async fn pages_fit_with_errors() {
    let (service, driver) = start().await;
    let email = format!("{}@acme.com", "long".repeat(15));
    let browser = driver.browser().await;
    register(&browser, &service, &email).await;
    browser.type_into("#code", "AAAA-AAAA").await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Incorrect code").await;
    fits(&browser, "waiting-wrong-code").await;
    browser.open(&at(&service, "/authenticate/register")).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Your account was not created.").await;
    fits(&browser, "register-refused").await;

    browser.forget_cookies().await;
    browser.console().await;
    browser.open(&mailed_link(&service).await).await;
    fits(&browser, "verify-password").await;
    nothing_is_refused(&browser, "verify-password").await;
    browser.type_into("#password", "not the password at all").await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Incorrect password.").await;
    fits(&browser, "verify-wrong-password").await;
    browser.click("#new-password-section button").await;
    browser.wait_for_text("Choose a password.").await;
    fits(&browser, "verify-no-new-password").await;
    browser.open(&at(&service, &format!("/l/{}", "A".repeat(43)))).await;
    fits(&browser, "verify-unknown").await;
}

#[tokio::test]
async fn the_documentation_lists_the_operations() {
    let service = Service::start().await;
    let driver = Driver::start().await;
    let browser = driver.browser_with_scripts().await;
    browser.open(&at(&service, "/docs")).await;
    nothing_is_refused(&browser, "docs").await;
    let operation = browser.find("#operations-Registration-register .opblock-summary-description").await;
    assert_eq!(operation.text().await, "Register");
    browser.resize(1280, 900).await;
    let picture = Picture { page: "more-docs", language: "en", device: "desktop", scheme: "light" };
    browser.screenshot(&picture.path()).await;
}
