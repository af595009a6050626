//! Forms that are asked for a challenge: with a script, and without one.

use std::time::Duration;

use account_core::account::Role;
use account_core::challenge::{ChallengeMode, ChallengeSettings};
use account_core::ports::{Puzzle, Rate};
use account_core::testing::challenge::solve;
use poem::http::Method;
use serde_json::Value;

use super::super::templates::BUILT_IN;
use super::browser::{Browser, PUBLIC_URL, Page, Site};
use super::{EMAIL, OTHER_PASSWORD, PASSWORD};

const REGISTER: &str = "/authenticate/register";
const FORGOT: &str = "/authenticate/forgot";
const SIGN_IN: &str = "/authenticate/sign-in";
const CORRECT: &str = "/authenticate/register/address";
/// The forms that can be asked and that anybody can open. The one for another address stands on the page of a registration.
const FORMS: [&str; 3] = [REGISTER, FORGOT, SIGN_IN];
const TYPED: [(&str, &str); 2] = [("email", EMAIL), ("password", PASSWORD)];
const WAIT: Duration = Duration::from_secs(30);

/// A site on which every form is asked, except sign-ins with a device that is known.
fn site() -> Site {
    site_with(Rate::OFF)
}

/// The same, with that many waits.
fn site_with(waits: Rate) -> Site {
    Site::with(PUBLIC_URL, |settings, _| {
        settings.challenge = ChallengeSettings { mode: ChallengeMode::Always, work: 500, wait: WAIT };
        let always = Rate::new(0, Duration::from_hours(1));
        settings.limits.challenge_after_resets = always;
        settings.limits.challenge_after_failures = always;
        settings.limits.challenge_waits_in_all = waits;
    })
}

/// What the script asks for before a form is sent.
async fn ask(browser: &mut Browser<'_>, form: &str, email: &str) -> Page {
    let page = browser.open(form).await;
    let csrf = page.forms().remove(0).fields.remove(0).1;
    browser.post(&format!("{form}/challenge"), &[("csrf", &csrf), ("email", email)]).await
}

/// What the script finds for a form.
async fn prove(browser: &mut Browser<'_>, form: &str, email: &str) -> String {
    let answer = ask(browser, form, email).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.html);
    let read: Value = serde_json::from_str(&answer.html).unwrap();
    let text = |name: &str| read[name].as_str().unwrap().to_owned();
    assert_eq!(text("algorithm"), "SHA-256");
    let max_number = read["maxnumber"].as_u64().unwrap().try_into().unwrap();
    solve(&Puzzle { challenge: text("challenge"), salt: text("salt"), max_number, signature: text("signature") })
        .unwrap()
}

/// The page with secrets of its own left out.
fn without_secrets(page: &Page) -> String {
    let mut html = page.html.clone();
    for form in page.forms() {
        for (name, value) in form.fields {
            if ["csrf", "once", "ticket"].contains(&name.as_str()) {
                html = html.replace(&value, "SECRET");
            }
        }
    }
    html
}

fn field(page: &Page, name: &str) -> String {
    let fields = page.forms().remove(0).fields;
    fields.into_iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no {name} in {}", page.html)).1
}

#[tokio::test]
async fn without_challenges_pages_ask_for_none() {
    let site = Site::new();
    let mut browser = site.browser();
    for form in FORMS {
        let page = browser.open(form).await;
        assert!(!page.html.contains("challenge"), "{}", page.html);
        assert!(!page.header("content-security-policy").contains("worker-src"));
        assert_eq!(ask(&mut browser, form, EMAIL).await.status.as_u16(), 204);
    }
}

#[tokio::test]
async fn only_forms_that_can_be_asked_load_the_script_for_challenges() {
    let site = site();
    let mut browser = site.browser();
    for form in FORMS {
        let page = browser.open(form).await;
        page.is(200, "<script src=\"/authenticate/challenge.js\" defer></script>\n</head>");
        page.is(
            200,
            &format!(" data-challenge=\"{form}/challenge\" data-worker=\"/authenticate/challenge_worker.js\""),
        );
        assert_eq!(page.html.matches("<script").count(), 2);
        assert_eq!(
            page.header("content-security-policy"),
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'; worker-src 'self'; connect-src 'self'"
        );
        assert!(!page.html.contains("class=\"wait"), "nobody has to wait yet");
    }
    for other in ["/authenticate/register/waiting", "/authenticate/reset", "/authenticate/nothing"] {
        let page = browser.open(other).await;
        assert!(!page.html.contains("challenge"), "{other}");
        assert!(!page.header("content-security-policy").contains("worker-src"), "{other}");
    }
}

#[tokio::test]
async fn the_scripts_are_revalidated() {
    let site = site();
    for (path, name) in [
        ("/authenticate/challenge.js", "solve"),
        ("/authenticate/challenge_worker.js", "findNumber"),
        ("/authenticate/page.js", "addRules"),
    ] {
        let script = site.browser().open(path).await;
        script.is(200, &format!("function {name}("));
        assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(script.header("cache-control"), "no-cache");
        let tag = script.header("etag");
        let again = site.client.get(path).header("If-None-Match", tag).send().await;
        again.assert_status(poem::http::StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn a_form_with_a_proof_is_accepted() {
    let site = site();
    let mut browser = site.browser();
    let proof = prove(&mut browser, REGISTER, EMAIL).await;
    let page = browser.open(REGISTER).await;
    let typed = [TYPED[0], TYPED[1], ("challenge", &proof)];
    browser.press(&page, 0, &typed).await.is(200, "<h1>Check your email</h1>");
    assert_eq!(site.store.registrations().len(), 1);

    let proof = prove(&mut browser, FORGOT, EMAIL).await;
    let page = browser.open(FORGOT).await;
    browser.press(&page, 0, &[("email", EMAIL), ("challenge", &proof)]).await.is(200, "<h1>Check your email</h1>");

    site.make("jane@acme.com", Role::User, Some(PASSWORD)).await;
    let proof = prove(&mut browser, SIGN_IN, "jane@acme.com").await;
    let page = browser.open(SIGN_IN).await;
    let typed = [("email", "jane@acme.com"), ("password", PASSWORD), ("challenge", proof.as_str())];
    browser.press(&page, 0, &typed).await.is(200, "<h1>Your account</h1>");
    // This browser has signed in to the account before.
    browser.sign_in("jane@acme.com", PASSWORD).await.is(200, "<h1>Your account</h1>");
}

#[tokio::test]
async fn asking_writes_nothing_and_tells_nothing_of_accounts() {
    let site = site();
    site.make_account().await;
    let mut browser = site.browser();
    let pending = "pending@acme.com";
    let proof = prove(&mut browser, REGISTER, pending).await;
    let page = browser.open(REGISTER).await;
    browser
        .press(&page, 0, &[("email", pending), ("password", PASSWORD), ("challenge", &proof)])
        .await
        .is(200, pending);
    let before = site.all_rows();
    for form in FORMS {
        let mut shapes = Vec::new();
        for email in [EMAIL, pending, "unknown@acme.com", "nobody@nowhere.example"] {
            let answer = ask(&mut browser, form, email).await;
            let mut read: Value = serde_json::from_str(&answer.html).unwrap();
            let (lengths, salt) = (["challenge", "signature"].map(|name| read[name].as_str().unwrap().len()), "salt");
            let salt =
                read[salt].as_str().unwrap().split(|c: char| "?=&".contains(c)).map(str::len).collect::<Vec<_>>();
            read.as_object_mut()
                .unwrap()
                .retain(|name, _| !["challenge", "signature", "salt"].contains(&name.as_str()));
            shapes.push((answer.status, answer.header("content-type").to_owned(), read, lengths, salt));
        }
        assert!(shapes.iter().all(|shape| *shape == shapes[0]), "{form}: {shapes:?}");
    }
    assert_eq!(site.all_rows(), before);
}

#[tokio::test]
async fn demands_on_pages_are_the_same_for_every_address() {
    let site = site();
    site.make_account().await;
    let mut browser = site.browser();
    let pending = "pending@acme.com";
    let proof = prove(&mut browser, REGISTER, pending).await;
    let page = browser.open(REGISTER).await;
    browser
        .press(&page, 0, &[("email", pending), ("password", PASSWORD), ("challenge", &proof)])
        .await
        .is(200, pending);
    for form in FORMS {
        let mut pages = Vec::new();
        for email in [EMAIL, pending, "unknown@acme.com"] {
            let page = browser.open(form).await;
            let typed = [("email", email), ("password", OTHER_PASSWORD)];
            let typed = if form == FORGOT { &typed[..1] } else { &typed };
            let page = browser.press(&page, 0, typed).await;
            page.is(403, "Please wait 30 seconds, then submit the form.");
            pages.push(without_secrets(&page).replace(email, "ADDRESS"));
        }
        assert!(pages.iter().all(|page| *page == pages[0]), "{form}");
    }
}

#[tokio::test]
async fn only_forms_of_ours_may_ask() {
    let site = site();
    for form in FORMS {
        let mut browser = site.browser();
        browser.post(&format!("{form}/challenge"), &[("email", EMAIL)]).await.is(403, "Form expired");
        browser.send(Method::GET, &format!("{form}/challenge"), None).await.is(405, "cannot be opened");
        let page = browser.open(form).await;
        let csrf = page.forms().remove(0).fields.remove(0).1;
        browser.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
        let answer = browser.post(&format!("{form}/challenge"), &[("csrf", &csrf), ("email", EMAIL)]).await;
        answer.is(403, "Form expired");
    }
}

#[tokio::test]
async fn an_address_that_cannot_register_is_not_asked() {
    let site = site();
    let mut browser = site.browser();
    for form in [REGISTER, FORGOT] {
        for email in ["", "no address", "a@b"] {
            assert_eq!(ask(&mut browser, form, email).await.status.as_u16(), 204, "{form} {email}");
        }
    }
    let page = browser.open(REGISTER).await;
    browser.press(&page, 0, &[("email", "no address"), ("password", PASSWORD)]).await.is(422, "Enter a valid email");
}

#[tokio::test]
async fn without_a_script_a_form_is_accepted_after_a_wait() {
    let site = site();
    site.make_account().await;
    for form in FORMS {
        let mut browser = site.browser();
        let page = browser.open(form).await;
        let typed = if form == FORGOT { &TYPED[..1] } else { &TYPED };
        let waiting = browser.press(&page, 0, typed).await;
        waiting.is(403, "<strong>Please wait 30 seconds, then submit the form.</strong>");
        waiting.is(403, "class=\"wait wait-30\"");
        assert_eq!(field(&waiting, "email"), EMAIL);
        assert!(!waiting.html.contains(PASSWORD));
        assert_eq!(waiting.html.contains("Enter your password again: we did not keep it."), form != FORGOT);

        site.clock.advance(WAIT);
        let done = browser.press(&waiting, 0, typed).await;
        done.is(200, if form == SIGN_IN { "<h1>Your account</h1>" } else { "<h1>Check your email</h1>" });
    }
}

/// Registers with a proof; returns the page on which one waits for the email.
async fn registered(browser: &mut Browser<'_>) -> Page {
    let proof = prove(browser, REGISTER, EMAIL).await;
    let page = browser.open(REGISTER).await;
    let waiting = browser.press(&page, 0, &[TYPED[0], TYPED[1], ("challenge", &proof)]).await;
    waiting.is(200, "<h1>Check your email</h1>");
    waiting
}

/// The value of a field of the form that goes there.
fn field_of(page: &Page, action: &str, name: &str) -> Option<String> {
    let form = page.forms().into_iter().find(|form| form.action == action);
    let fields = form.unwrap_or_else(|| panic!("no form for {action} in {}", page.html)).fields;
    fields.into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// The forms of all pages whose script asks for a challenge beforehand.
fn forms_of_templates() -> Vec<&'static str> {
    let of_template = |text: &'static str| {
        text.split("challenged(frame, challenge, \"").skip(1).filter_map(|rest| rest.split('"').next())
    };
    BUILT_IN.into_iter().flat_map(|(_, text)| of_template(text)).collect()
}

#[tokio::test]
async fn every_form_that_is_asked_shows_itself_again_with_what_was_typed() {
    let site = site();
    site.make_account().await;
    let forms = forms_of_templates();
    assert_eq!(forms, [FORGOT, REGISTER, SIGN_IN, CORRECT]);
    for form in forms {
        let mut browser = site.browser();
        let page = if form == CORRECT { registered(&mut browser).await } else { browser.open(form).await };
        let typed: &[(&str, &str)] = match form {
            CORRECT => &[("email", "jane@acme.com")],
            FORGOT => &TYPED[..1],
            _ => &TYPED,
        };
        let again = browser.press_action(&page, form, typed).await;
        again.is(403, "<strong>Please wait 30 seconds, then submit the form.</strong>");
        assert_eq!(field_of(&again, form, "email").as_deref(), Some(typed[0].1), "{form}");
        assert!(field_of(&again, form, "ticket").is_some(), "{form}");
        site.clock.advance(WAIT);
        let done = browser.press_action(&again, form, typed).await;
        done.is(200, if form == SIGN_IN { "<h1>Your account</h1>" } else { "<h1>Check your email</h1>" });
    }
}

#[tokio::test]
async fn another_address_is_taken_with_a_proof_or_after_a_wait() {
    let site = site_with(Rate::new(1, Duration::from_mins(5)));
    let mut browser = site.browser();
    let waiting = registered(&mut browser).await;
    waiting.is(200, &format!(" data-challenge=\"{CORRECT}/challenge\""));
    assert!(waiting.header("content-security-policy").ends_with("; worker-src 'self'; connect-src 'self'"));
    // The form is asked by the same page.
    let csrf = field_of(&waiting, CORRECT, "csrf").unwrap();
    let email = ("email", "jane@acme.com");
    let asked = browser.post(&format!("{CORRECT}/challenge"), &[("csrf", &csrf), email]).await;
    let read: Value = serde_json::from_str(&asked.html).unwrap();
    let text = |name: &str| read[name].as_str().unwrap().to_owned();
    let max_number = read["maxnumber"].as_u64().unwrap().try_into().unwrap();
    let puzzle = Puzzle { challenge: text("challenge"), salt: text("salt"), max_number, signature: text("signature") };
    let proof = solve(&puzzle).unwrap();
    let corrected = browser.press_action(&waiting, CORRECT, &[email, ("challenge", &proof)]).await;
    corrected.is(200, "jane@acme.com");

    // An address that one was asked about is not asked about again.
    let misspelled = [("email", "jane@gmial.com")];
    let doubted = browser.press_action(&corrected, CORRECT, &misspelled).await;
    doubted.is(422, "Did you mean <strong>jane@gmail.com</strong>?");
    let again = browser.press_action(&doubted, CORRECT, &misspelled).await;
    again.is(403, "Please wait 30 seconds, then submit the form.");
    site.clock.advance(WAIT);
    browser.press_action(&again, CORRECT, &misspelled).await.is(200, "jane@gmial.com");

    // Too many others wait.
    let registration = site.store.registrations()[0].id;
    let page = browser.open(&format!("/authenticate/register/waiting?registration={registration}")).await;
    let again = browser.press_action(&page, CORRECT, &[("email", "joe@acme.com")]).await;
    site.clock.advance(WAIT);
    let full = browser.press_action(&again, CORRECT, &[("email", "joe@acme.com")]).await;
    full.is(429, "Too many people are waiting at the moment.");
    assert_eq!(field_of(&full, CORRECT, "email").as_deref(), Some("joe@acme.com"));
    assert_ne!(full.header("retry-after"), "");
}

#[tokio::test]
async fn a_form_that_comes_early_is_told_how_long_to_wait() {
    let site = site();
    let mut browser = site.browser();
    let page = browser.open(REGISTER).await;
    let typed = [TYPED[0], TYPED[1], ("name", "John")];
    let waiting = browser.press(&page, 0, &typed).await;
    site.clock.advance(Duration::from_secs(17));
    let early = browser.press(&waiting, 0, &typed).await;
    early.is(403, "Please wait 13 seconds, then submit the form.");
    early.is(403, "class=\"wait wait-15\"");
    assert_eq!((field(&early, "email"), field(&early, "name")), (EMAIL.to_owned(), "John".to_owned()));
    assert_eq!(field(&early, "ticket"), field(&waiting, "ticket"));
    site.clock.advance(Duration::from_secs(13));
    browser.press(&early, 0, &typed).await.is(200, "<h1>Check your email</h1>");
}

#[tokio::test]
async fn when_a_ticket_counts_is_not_for_the_form_to_say() {
    let site = site();
    let mut browser = site.browser();
    let page = browser.open(REGISTER).await;
    let waiting = browser.press(&page, 0, &TYPED).await;
    let ticket = field(&waiting, "ticket");
    let text = ticket.split_once('.').unwrap().0;
    for forged in [format!("{text}.0"), format!("{text}.{}", i64::MAX), format!("{text}.{}", i64::MIN)] {
        let page = browser.press(&waiting, 0, &[TYPED[0], TYPED[1], ("ticket", &forged)]).await;
        assert_eq!(page.status.as_u16(), 403, "{forged}");
    }
    for forged in ["", text, "x", ".", "x.1", &format!("{ticket}x")] {
        let page = browser.press(&waiting, 0, &[TYPED[0], TYPED[1], ("ticket", forged)]).await;
        page.is(403, "Please wait 30 seconds, then submit the form.");
        assert_ne!(field(&page, "ticket"), ticket, "{forged}");
    }
    assert_eq!(site.store.registrations().len(), 0);
}

#[tokio::test]
async fn a_wait_is_for_one_address_one_form_and_one_use() {
    let site = site();
    let mut browser = site.browser();
    let page = browser.open(REGISTER).await;
    let waiting = browser.press(&page, 0, &TYPED).await;
    let ticket = field(&waiting, "ticket");
    site.clock.advance(WAIT);
    let other = browser.press(&waiting, 0, &[("email", "jane@acme.com"), ("password", PASSWORD)]).await;
    other.is(403, "Please wait 30 seconds, then submit the form.");
    let csrf = field(&waiting, "csrf");
    let elsewhere = [("csrf", csrf.as_str()), ("email", EMAIL), ("ticket", ticket.as_str())];
    browser.post(FORGOT, &elsewhere).await.is(403, "Please wait 30 seconds, then submit the form.");
    browser.press(&waiting, 0, &TYPED).await.is(200, "<h1>Check your email</h1>");
    let again = browser.open(REGISTER).await;
    let once = field(&again, "once");
    let used = [("csrf", csrf.as_str()), ("once", &once), TYPED[0], TYPED[1], ("ticket", &ticket)];
    browser.post(REGISTER, &used).await.is(403, "Please wait 30 seconds, then submit the form.");
    assert_eq!(site.store.registrations().len(), 1);
}

#[tokio::test]
async fn a_wait_is_kept_when_something_else_is_wrong() {
    let site = site();
    let mut browser = site.browser();
    let page = browser.open(REGISTER).await;
    let waiting = browser.press(&page, 0, &TYPED).await;
    site.clock.advance(Duration::from_secs(20));
    let refused = browser.press(&waiting, 0, &[("email", EMAIL), ("password", "short")]).await;
    refused.is(422, "The password must have at least 15 characters.");
    refused.is(422, "Please wait 10 seconds, then submit the form.");
    site.clock.advance(Duration::from_secs(10));
    let refused = browser.press(&refused, 0, &[("email", EMAIL), ("password", "short")]).await;
    refused.is(422, "The password must have at least 15 characters.");
    assert!(!refused.html.contains("Please wait"), "{}", refused.html);
    browser.press(&refused, 0, &TYPED).await.is(200, "<h1>Check your email</h1>");
}

#[tokio::test]
async fn too_many_waits_are_told_when_to_try_again() {
    let site = site_with(Rate::new(1, Duration::from_mins(5)));
    let mut browser = site.browser();
    let page = browser.open(REGISTER).await;
    let first = browser.press(&page, 0, &TYPED).await;
    let page = browser.open(REGISTER).await;
    let jane = [("email", "jane@acme.com"), ("password", PASSWORD)];
    let second = browser.press(&page, 0, &jane).await;
    site.clock.advance(WAIT);
    browser.press(&first, 0, &TYPED).await.is(200, "<h1>Check your email</h1>");
    let full = browser.press(&second, 0, &jane).await;
    full.is(429, "<strong>Please try again in 5 minutes.</strong> Too many people are waiting at the moment.");
    assert_eq!(full.header("retry-after"), "300");
    assert_eq!(field(&full, "email"), "jane@acme.com");
    assert!(!full.html.contains("Please wait"));
    // Who comes now learns it before waiting.
    let page = browser.open(REGISTER).await;
    let third = browser.press(&page, 0, &[("email", "joe@acme.com"), ("password", PASSWORD)]).await;
    third.is(429, "Please try again in 5 minutes.");
    // The wait is not lost.
    site.clock.advance(Duration::from_mins(5));
    browser.press(&full, 0, &jane).await.is(200, "<h1>Check your email</h1>");
    assert_eq!(site.store.registrations().len(), 2);
}

#[tokio::test]
async fn a_proof_is_for_one_registration_however_often_its_form_is_sent() {
    let site = site();
    let mut browser = site.browser();
    let proof = prove(&mut browser, REGISTER, EMAIL).await;
    let page = browser.open(REGISTER).await;
    let typed = [TYPED[0], TYPED[1], ("challenge", &proof)];
    let (mut first, mut second) = (browser.clone(), browser.clone());
    let (one, other) = tokio::join!(first.press(&page, 0, &typed), second.press(&page, 0, &typed));
    one.is(200, "<h1>Check your email</h1>");
    other.is(200, "<h1>Check your email</h1>");
    assert_eq!(site.store.registrations().len(), 1);
    // "Back", and the form once more: with the same proof, and with another.
    browser.press(&page, 0, &typed).await.is(200, "<h1>Check your email</h1>");
    let another = prove(&mut browser, REGISTER, EMAIL).await;
    browser.press(&page, 0, &[TYPED[0], TYPED[1], ("challenge", &another)]).await.is(200, "<h1>Check your email</h1>");
    assert_eq!(site.store.registrations().len(), 1);
    // Another form needs a proof of its own.
    let page = browser.open(REGISTER).await;
    browser.press(&page, 0, &typed).await.is(403, "Please wait 30 seconds, then submit the form.");
    assert_eq!(site.store.registrations().len(), 1);
}

#[tokio::test]
async fn a_proof_is_for_its_address_and_its_form() {
    let site = site();
    let mut browser = site.browser();
    let proof = prove(&mut browser, REGISTER, EMAIL).await;
    let page = browser.open(REGISTER).await;
    let typed = [("email", "jane@acme.com"), ("password", PASSWORD), ("challenge", proof.as_str())];
    browser.press(&page, 0, &typed).await.is(403, "Please wait 30 seconds");
    let page = browser.open(FORGOT).await;
    browser.press(&page, 0, &[("email", EMAIL), ("challenge", &proof)]).await.is(403, "Please wait 30 seconds");
    for wrong in ["x", "{}", "e30=", &proof[4..]] {
        let page = browser.open(REGISTER).await;
        browser.press(&page, 0, &[TYPED[0], TYPED[1], ("challenge", wrong)]).await.is(403, "Please wait 30 seconds");
    }
    assert_eq!(site.store.registrations().len(), 0);
    // The same address in another spelling.
    let page = browser.open(REGISTER).await;
    let typed = [("email", " JOHN@acme.com"), ("password", PASSWORD), ("challenge", proof.as_str())];
    browser.press(&page, 0, &typed).await.is(200, "<h1>Check your email</h1>");
}
