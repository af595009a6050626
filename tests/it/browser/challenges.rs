//! Being asked for a challenge: with a script, and without one.

use std::time::Duration;

use account_tests::{Browser, Driver, Service};
use serde_json::{Value, json};

use super::{PASSWORD, SUBMIT, at, fits, nothing_is_refused, only_mistakes_are_refused};

const EMAIL: &str = "john@acme.com";
/// How long a test waits for what must happen.
const PATIENCE: Duration = Duration::from_secs(30);
/// What solves challenges.
const CHALLENGE_SCRIPT: &str = "script[src$='/challenge.js']";
/// A wait that a test can await.
const WAIT: (&str, &str) = ("REGISTRATION__CHALLENGE_WAIT", "3s");

/// A service that asks everybody who registers, and a driver.
async fn start(settings: &[(&str, &str)]) -> (Service, Driver) {
    let always = [("PAGES__OPERATOR_NAME", "Acme"), ("REGISTRATION__CHALLENGE", "always")];
    let settings: Vec<_> = always.iter().chain(settings).copied().collect();
    (Service::start_with(&settings).await, Driver::start().await)
}

async fn fill_in(browser: &Browser, service: &Service) {
    browser.open(&at(service, "/authenticate/register")).await;
    browser.type_into("#email", EMAIL).await;
    browser.type_into("#password", PASSWORD).await;
    browser.type_into("#name", "John Appleseed").await;
}

/// Has the page write down how far its check has come, for after it is gone.
async fn watch_check(browser: &Browser) {
    let script = "const check = document.querySelector('.check > div'), bar = check.querySelector('progress'); \
                  new MutationObserver(() => sessionStorage.setItem('check', JSON.stringify(\
                  [!check.hidden && check.innerText.trim(), bar.value === bar.max && bar.max > 1]))).observe(\
                  check, {attributes: true, subtree: true});";
    browser.run(script, json!([])).await;
}

async fn watched_check(browser: &Browser) -> Value {
    browser.run("return JSON.parse(sessionStorage.getItem('check'));", json!([])).await
}

/// Has the page solve its challenge by halves, and never any further.
async fn never_solve(browser: &Browser) {
    let script = "window.Worker = class extends EventTarget { terminate() {} postMessage({ maxnumber }) { \
                  this.dispatchEvent(new MessageEvent('message', { data: { tried: maxnumber / 2 } })); } };";
    browser.run(script, json!([])).await;
}

/// Has the page start no worker, as some browsers do in private windows.
async fn forbid_workers(browser: &Browser) {
    browser.run("window.Worker = class { constructor() { throw new Error('forbidden'); } };", json!([])).await;
}

async fn value(browser: &Browser, css: &str) -> Value {
    browser.find(css).await.property("value").await
}

/// Leaves pictures in light and dark colors.
async fn fits_in_both(browser: &Browser, name: &str) {
    fits(browser, name).await;
    browser.prefer_colors("dark").await;
    fits(browser, name).await;
    browser.prefer_colors("light").await;
}

#[tokio::test]
async fn a_script_solves_the_challenge_while_its_progress_is_shown() {
    let (service, driver) = start(&[]).await;
    let browser = driver.browser_with_scripts().await;
    fill_in(&browser, &service).await;
    watch_check(&browser).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Check your email").await;
    assert_eq!(watched_check(&browser).await, json!(["Checking that you are not a bot…", true]));
    assert!(browser.text().await.contains(EMAIL));
    assert_eq!(service.wait_for_mails(1).await.len(), 1);
    nothing_is_refused(&browser, "solving a challenge").await;
}

#[tokio::test]
async fn nothing_typed_is_lost_while_a_challenge_is_solved() {
    let (service, driver) = start(&[("REGISTRATION__CHALLENGE_WORK", "400000")]).await;
    let browser = driver.browser_with_scripts().await;
    fill_in(&browser, &service).await;
    never_solve(&browser).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Checking that you are not a bot…").await;
    for (css, typed) in [("#email", EMAIL), ("#password", PASSWORD), ("#name", "John Appleseed")] {
        assert_eq!(value(&browser, css).await, typed);
    }
    // The answer is for the address as it was typed, and sending again changes nothing.
    assert_eq!(browser.find("#email").await.property("readOnly").await, true);
    assert_eq!(browser.focused().await.text().await, "Register");
    browser.press_keys("\u{e007}").await;
    browser.wait_for_text("Checking that you are not a bot…").await;
    let bar = browser.find(".check progress").await;
    assert_eq!((bar.property("value").await, bar.property("max").await), (json!(200_000), json!(400_000)));
    browser.find(&format!("{SUBMIT}[aria-disabled=true]")).await;
    browser.find(".check[aria-live=polite] label[for=check]").await;
    fits_in_both(&browser, "register-checking").await;
    nothing_is_refused(&browser, "solving a challenge").await;
}

#[tokio::test]
async fn without_challenges_the_form_is_sent_at_once() {
    let service = Service::start_with(&[("REGISTRATION__CHALLENGE", "off")]).await;
    let driver = Driver::start().await;
    let browser = driver.browser_with_scripts().await;
    fill_in(&browser, &service).await;
    assert!(!browser.has(CHALLENGE_SCRIPT).await);
    browser.click(SUBMIT).await;
    browser.wait_for_text("Check your email").await;
    nothing_is_refused(&browser, "registering without challenges").await;
}

#[tokio::test]
async fn nobody_notices_a_challenge_that_is_not_due() {
    let service = Service::start_with(&[("REGISTRATION__CHALLENGE", "adaptive")]).await;
    let driver = Driver::start().await;
    let browser = driver.browser_with_scripts().await;
    fill_in(&browser, &service).await;
    assert!(browser.has(CHALLENGE_SCRIPT).await);
    watch_check(&browser).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Check your email").await;
    assert_eq!(watched_check(&browser).await, Value::Null);
    nothing_is_refused(&browser, "registering").await;
}

/// Sends the form when its button looks ready.
async fn send_when_ready(browser: &Browser) {
    let script = "return getComputedStyle(document.querySelector(arguments[0])).pointerEvents;";
    for _ in 0..PATIENCE.as_millis() / 100 {
        if browser.run(script, json!([SUBMIT])).await == "auto" {
            return browser.click(SUBMIT).await;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the wait does not end: {}", browser.text().await);
}

#[tokio::test]
async fn without_a_script_a_person_waits_and_registers() {
    let (service, driver) = start(&[WAIT]).await;
    let browser = driver.browser().await;
    fill_in(&browser, &service).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Please wait 3 seconds, then submit the form.").await;
    assert!(browser.text().await.contains("Enter your password again: we did not keep it."));
    for (css, kept) in [("#email", EMAIL), ("#password", ""), ("#name", "John Appleseed")] {
        assert_eq!(value(&browser, css).await, kept);
    }
    browser.type_into("#password", PASSWORD).await;
    send_when_ready(&browser).await;
    browser.wait_for_text("Check your email").await;
    assert_eq!(service.wait_for_mails(1).await.len(), 1);
}

#[tokio::test]
async fn waiting_pages_fit() {
    let (service, driver) = start(&[("REGISTRATION__CHALLENGE_WAIT", "20s")]).await;
    let browser = driver.browser().await;
    fill_in(&browser, &service).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Please wait 20 seconds").await;
    fits_in_both(&browser, "register-wait").await;
}

#[tokio::test]
async fn too_many_waits_are_told_when_to_try_again() {
    let (service, driver) = start(&[WAIT, ("LIMITS__CHALLENGE_WAITS_IN_ALL", "1/h")]).await;
    let [first, second] = [driver.browser().await, driver.browser().await];
    for browser in [&first, &second] {
        fill_in(browser, &service).await;
        browser.click(SUBMIT).await;
        browser.wait_for_text("Please wait 3 seconds").await;
        browser.type_into("#password", PASSWORD).await;
    }
    send_when_ready(&first).await;
    first.wait_for_text("Check your email").await;
    send_when_ready(&second).await;
    second.wait_for_text("Too many people are waiting at the moment.").await;
    assert!(second.text().await.contains("Please try again in 60 minutes."));
    assert_eq!(value(&second, "#name").await, "John Appleseed");
    fits_in_both(&second, "register-full").await;
}

#[tokio::test]
async fn if_the_script_cannot_solve_the_challenge_the_wait_is_there() {
    let (service, driver) = start(&[WAIT]).await;
    let browser = driver.browser_with_scripts().await;
    fill_in(&browser, &service).await;
    forbid_workers(&browser).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Please submit the form again. We check that you are not a bot.").await;
    assert_eq!(value(&browser, "#email").await, EMAIL);
    fits_in_both(&browser, "register-again").await;
    browser.type_into("#password", PASSWORD).await;
    forbid_workers(&browser).await;
    browser.click(SUBMIT).await;
    // It fails again: the page stays, with what was typed.
    browser.wait_for_text("Please wait").await;
    assert_eq!(value(&browser, "#password").await, PASSWORD);
    send_when_ready(&browser).await;
    browser.wait_for_text("Check your email").await;
    assert_eq!(service.wait_for_mails(1).await.len(), 1);
}

#[tokio::test]
async fn a_form_that_was_refused_is_sent_with_a_proof() {
    let (service, driver) = start(&[]).await;
    let browser = driver.browser_with_scripts().await;
    browser.open(&at(&service, "/authenticate/sign-in")).await;
    browser.block(&["*challenge.js"]).await;
    fill_in(&browser, &service).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Please wait 30 seconds").await;
    browser.block(&[]).await;
    fill_in(&browser, &service).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Check your email").await;
}

#[tokio::test]
async fn a_double_click_is_one_registration() {
    let (service, driver) = start(&[]).await;
    let browser = driver.browser_with_scripts().await;
    fill_in(&browser, &service).await;
    let script = "const button = document.querySelector(arguments[0]); button.click(); button.click();";
    browser.run(script, json!([SUBMIT])).await;
    browser.wait_for_text("Check your email").await;
    assert_eq!(service.wait_for_mails(1).await.len(), 1);
}

#[tokio::test]
async fn signing_in_and_resetting_ask_after_failures() {
    let settings = [
        ("REGISTRATION__CHALLENGE", "adaptive"),
        ("LIMITS__CHALLENGE_AFTER_FAILURES", "1/h"),
        ("LIMITS__CHALLENGE_AFTER_RESETS", "1/h"),
    ];
    let service = Service::start_with(&settings).await;
    let driver = Driver::start().await;
    let browser = driver.browser_with_scripts().await;
    for _ in 0..2 {
        browser.open(&at(&service, "/authenticate/sign-in")).await;
        browser.type_into("#email", EMAIL).await;
        browser.type_into("#password", "not the password").await;
        watch_check(&browser).await;
        browser.click(SUBMIT).await;
        browser.wait_for_text("Incorrect email").await;
    }
    assert_eq!(watched_check(&browser).await, json!(["Checking that you are not a bot…", true]));
    browser.run("sessionStorage.clear();", json!([])).await;
    for _ in 0..2 {
        browser.open(&at(&service, "/authenticate/forgot")).await;
        browser.type_into("#email", EMAIL).await;
        watch_check(&browser).await;
        browser.click(SUBMIT).await;
        browser.wait_for_text("Check your email").await;
    }
    assert_eq!(watched_check(&browser).await, json!(["Checking that you are not a bot…", true]));
    only_mistakes_are_refused(&browser, "signing in and resetting").await;
}

#[tokio::test]
async fn the_worker_finds_numbers_after_salts_of_every_length() {
    let service = Service::start_with(&[("REGISTRATION__CHALLENGE", "adaptive")]).await;
    let driver = Driver::start().await;
    let browser = driver.browser_with_scripts().await;
    browser.open(&at(&service, "/authenticate/register")).await;
    let script = "const [done] = arguments; (async () => { \
        const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join(''); \
        const worker = new Worker('/authenticate/challenge_worker.js'); \
        const find = (challenge) => new Promise((resolve) => { \
            worker.onmessage = ({ data }) => 'number' in data && resolve(data.number); worker.postMessage(challenge); }); \
        const wrong = []; let tried = 0; \
        for (let length = 0; length < 140; length += 1) { for (const number of [0, 9, 10, 1000]) { \
            const salt = (length % 2 ? 'ä' : 'a').repeat(length); \
            const text = new TextEncoder().encode(salt + number); \
            const challenge = hex(await crypto.subtle.digest('SHA-256', text)); tried += 1; \
            if (await find({ challenge, salt, maxnumber: 1000 }) !== number) { wrong.push([length, number]); } } } \
        const missing = await find({ challenge: '0'.repeat(64), salt: 'a', maxnumber: 1000 }); \
        return { tried, wrong, missing }; })().then(done, (error) => done(String(error)));";
    let found = browser.run_until_done(script, json!([])).await;
    assert_eq!(found, json!({"tried": 560, "wrong": [], "missing": null}));
}
