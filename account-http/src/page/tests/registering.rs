//! Registering by a page.

use account_core::feature::FeatureName;
use account_core::outbox::Intent;
use account_core::profile::{Choices, Profile, Source};

use super::browser::Site;
use super::{EMAIL, PASSWORD};

#[tokio::test]
async fn address_and_password_alone_are_enough() {
    let site = Site::new();
    let mut browser = site.browser();
    let waiting = browser.register().await;
    waiting.is(200, "<h1>Check your email</h1>");
    waiting.is(200, EMAIL);
    let [registration] = &site.store.registrations()[..] else { panic!("one registration") };
    assert_eq!(registration.address.as_str(), EMAIL);
    assert_eq!(registration.origin.channel, "page");
    let shown = Profile { shown_in: Some("en".to_owned()), ..Profile::default() };
    assert_eq!(registration.choices, Choices { profile: shown, ..Choices::default() });
}

#[tokio::test]
async fn the_pages_own_form_comes_first_and_is_labelled() {
    let site = Site::new();
    let page = site.browser().open("/authenticate/register").await;
    assert!(page.html.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">"));
    assert_eq!(page.forms().len(), 1);
    for input in ["email", "password", "name"] {
        assert!(page.html.contains(&format!("<label for=\"{input}\">")), "{input}");
    }
    for attribute in [
        "type=\"email\" autocomplete=\"email\" required",
        "type=\"password\" autocomplete=\"new-password\" required aria-describedby=\"password-hint\"",
        "autocomplete=\"name\"",
    ] {
        assert!(page.html.contains(attribute), "{attribute}");
    }
    assert!(page.html.contains("At least 15 characters"));
    assert_eq!(page.html.matches("<script src=\"/authenticate/page.js\" defer></script>").count(), 1);
    assert!(!page.html.contains(" style="));
}

#[tokio::test]
async fn white_space_is_trimmed_from_the_address_but_not_the_password() {
    let site = Site::new();
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    let typed = [("email", " john@acme.com\t"), ("password", &format!(" {PASSWORD} ")), ("name", "  ")];
    browser.press(&page, 0, &typed).await.is(200, EMAIL);
    let (link, _) = site.mail().await;
    let mut other = site.browser();
    let page = other.open(&link).await;
    let page = other.press(&page, 0, &[("password", PASSWORD)]).await;
    page.is(422, "Incorrect password");
    other.press(&page, 0, &[("password", &format!(" {PASSWORD} "))]).await.is(200, "verified");
    assert_eq!(site.store.accounts()[0].profile.name, None);
}

#[tokio::test]
async fn every_error_is_beside_its_field_and_all_input_but_the_password_is_kept() {
    let site = Site::new();
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    let typed = [("email", "john@acme"), ("password", "hunter2"), ("name", "John\u{202e} \"O'Neil\" <b>")];
    let page = browser.press(&page, 0, &typed).await;
    page.is(422, "role=\"alert\"");
    for text in [
        "<ul class=\"problems\" id=\"email-problems\"><li>Enter a valid email address, such as name@example.com.</li></ul>",
        "<li>The password must have at least 15 characters.</li>",
        "<li>The name must not contain control or invisible characters.</li>",
        "aria-invalid=\"true\" aria-describedby=\"password-problems password-hint\"",
        "aria-invalid=\"true\" aria-describedby=\"name-problems\"",
    ] {
        assert!(page.html.contains(text), "{text} is not in {}", page.html);
    }
    assert!(!page.html.contains("hunter2"));
    let form = page.forms().remove(0);
    assert!(form.fields.contains(&("email".to_owned(), "john@acme".to_owned())));
    assert!(form.fields.contains(&("password".to_owned(), String::new())));
    assert!(form.fields.contains(&("name".to_owned(), typed[2].1.to_owned())));
    assert_eq!(site.store.registrations().len(), 0);
    let page = browser.press(&page, 0, &[("email", EMAIL), ("password", PASSWORD), ("name", "John O'Neil")]).await;
    page.is(200, EMAIL);
}

#[tokio::test]
async fn an_empty_form_says_what_is_needed() {
    let site = Site::new();
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    let page = browser.press(&page, 0, &[]).await;
    page.is(422, "Enter your email address.");
    page.is(422, "password");
    let csrf = page.forms().remove(0).fields.remove(0);
    browser.post("/authenticate/register", &[("csrf", &csrf.1)]).await.is(422, "Choose a password.");
}

#[tokio::test]
async fn known_and_unknown_addresses_are_answered_alike() {
    let site = Site::new();
    let mut owner = site.browser();
    owner.register().await;
    let (link, _) = site.mail().await;
    let page = owner.open(&link).await;
    owner.press(&page, 0, &[]).await.is(200, "verified");

    let mut answers = Vec::new();
    for address in [EMAIL, "jane@acme.com"] {
        let mut stranger = site.browser();
        let page = stranger.open("/authenticate/register").await;
        let csrf = page.forms().remove(0).fields.remove(0).1;
        let fields = [("csrf", csrf.as_str()), ("email", address), ("password", PASSWORD)];
        let answer = stranger.post("/authenticate/register", &fields).await;
        let location = answer.location().unwrap();
        site.mails().await;
        let waiting = stranger.open(&location).await;
        let id = location.rsplit('=').next().unwrap().to_owned();
        let neutral = waiting.html.replace(address, "ADDRESS").replace(&id, "ID").replace(&csrf, "CSRF");
        answers.push((answer.status, answer.html, location.len(), waiting.status, neutral));
    }
    assert_eq!(answers[0], answers[1]);
    let intents = site.store.outbox();
    assert!(intents.iter().all(|entry| matches!(entry.intent, Intent::Registration { .. })));
}

#[tokio::test]
async fn markup_is_shown_as_it_was_typed() {
    let site = Site::new();
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    let probe = "\"><script>alert(1)</script><img src=x onerror='x'>";
    let page = browser.press(&page, 0, &[("email", probe), ("name", probe)]).await;
    page.is(422, "&lt;script&gt;");
    for page in [
        page,
        browser.open("/authenticate/register/waiting?registration=%22%3E%3Cscript%3E").await,
        browser.open("/authenticate/verify?token=%22%3E%3Cscript%3E").await,
        browser.open("/l/%22%3E%3Cscript%3E").await,
        browser.open("/authenticate/%3Cscript%3E?%3Cscript%3E=%3Cscript%3E").await,
    ] {
        assert_eq!(page.html.matches("<script").count(), 1, "{}", page.html);
        assert!(!page.html.contains("<img"), "{}", page.html);
    }
}

#[tokio::test]
async fn closed_registration_shows_the_reason_instead_of_the_form() {
    let site = Site::new();
    for (feature, value, words) in [
        (FeatureName::AccountRegistration, r#"{"mode":"closed","reason":"Until <May>"}"#, "Until &lt;May&gt;"),
        (
            FeatureName::AccountRegistration,
            r#"{"mode":"invitation_only"}"#,
            "New registrations are not accepted at the moment.",
        ),
        (
            FeatureName::PasswordRegistration,
            r#"{"enabled":false}"#,
            "New registrations are not accepted at the moment.",
        ),
    ] {
        site.set_feature(feature, value).await;
        let before = site.all_rows();
        let page = site.browser().open("/authenticate/register").await;
        page.is(403, "<h1>Registration is closed</h1>");
        page.is(403, words);
        assert!(page.forms().is_empty() && !page.html.contains("href=\"/authenticate/register\""), "{}", page.html);
        assert_eq!(site.all_rows(), before);
        let open = if feature == FeatureName::PasswordRegistration { r#"{"enabled":true}"# } else { "{}" };
        site.set_feature(feature, open).await;
        site.browser().open("/authenticate/register").await.is(200, "<h1>Register</h1>");
    }
    site.set_feature(FeatureName::AccountRegistration, r#"{"mode":"restricted","domains":["acme.com"]}"#).await;
    site.browser().open("/authenticate/register").await.is(200, "<h1>Register</h1>");
}

#[tokio::test]
async fn the_browsers_language_is_kept_until_the_person_chooses_one() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.preferences.push(("accept-language", "x-klingon, de-AT, en;q=0.5".to_owned()));
    browser.register().await;
    let (link, _) = site.mail().await;
    let page = browser.open(&link).await;
    browser.press(&page, 0, &[]).await.is(200, "ist bestätigt");
    let profile = || site.store.accounts()[0].profile.clone();
    assert_eq!(profile().language.as_deref(), Some("de-AT"));
    assert_eq!(profile().sources.get("language"), Some(&Source::AcceptLanguage));
    let page = browser.open("/authenticate/profile").await;
    browser
        .press_action(&page, "/authenticate/profile", &[("language", "de")])
        .await
        .is(200, "Ihre Angaben wurden gespeichert.");
    assert_eq!(profile().language.as_deref(), Some("de"));
    assert_eq!(profile().sources.get("language"), None);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_one_registration() {
    let site = Site::new();
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    browser.press(&page, 0, &typed).await.is(200, EMAIL);
    browser.press(&page, 0, &typed).await.is(200, EMAIL);
    assert_eq!((site.store.registrations().len(), site.mails().await.len()), (1, 1));
    // What was typed differently, or comes from a form that was opened again, is another one.
    browser.press(&page, 0, &[("email", "jane@acme.com"), ("password", PASSWORD)]).await.is(200, "jane@acme.com");
    browser.register().await.is(200, EMAIL);
    assert_eq!(site.store.registrations().len(), 3);
    // A form without its key still registers.
    browser.press(&page, 0, &[("email", EMAIL), ("password", PASSWORD), ("once", "")]).await.is(200, EMAIL);
    assert_eq!(site.store.registrations().len(), 4);
}

#[tokio::test]
async fn a_double_click_is_one_registration_and_both_are_answered() {
    let site = Site::new();
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    let (mut first, mut second) = (browser.clone(), browser.clone());
    let typed = [("email", EMAIL), ("password", PASSWORD)];
    let (one, other) = tokio::join!(first.press(&page, 0, &typed), second.press(&page, 0, &typed));
    one.is(200, EMAIL);
    other.is(200, EMAIL);
    assert_eq!((site.store.registrations().len(), site.mails().await.len()), (1, 1));
}
