//! From registering to the account: fields, mistyped addresses, and the tab in which one registered.

use account_core::violation::Field;

use super::browser::{PUBLIC_URL, Site};
use super::{EMAIL, PASSWORD};
use crate::settings::{FieldUse, RegistrationFields};

const CONTINUE: &str = "/authenticate/register/continue";
const CORRECT: &str = "/authenticate/register/address";

fn waiting_path(site: &Site) -> String {
    format!("/authenticate/register/waiting?registration={}", site.store.registrations()[0].id)
}

#[tokio::test]
async fn the_tab_goes_on_after_the_password_was_given_elsewhere() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await;
    let path = waiting_path(&site);
    let (link, _) = site.mail().await;
    browser.open(&path).await.is(200, "name=\"look-again\"");
    let mut other = site.browser();
    let page = other.open(&link).await;
    other.press(&page, 0, &[("password", PASSWORD)]).await.is(200, "verified");
    // Looking opens nothing.
    let completed = browser.open(&path).await;
    completed.is(200, "<h1>Your account is ready</h1>");
    assert!(browser.cookie("__Host-session").is_none_or(str::is_empty));
    browser.press_action(&completed, CONTINUE, &[]).await.is(200, EMAIL);
    let session = browser.cookie("__Host-session").unwrap().to_owned();
    assert!(!session.is_empty());
    // Once.
    browser.press_action(&completed, CONTINUE, &[]).await;
    assert_eq!(browser.cookie("__Host-session"), Some(session.as_str()));
}

#[tokio::test]
async fn the_tab_learns_nothing_when_the_owner_takes_the_address_with_a_new_password() {
    let site = Site::new();
    let mut stranger = site.browser();
    stranger.register().await;
    let path = waiting_path(&site);
    let (link, _) = site.mail().await;
    let mut owner = site.browser();
    let page = owner.open(&link).await;
    let page = owner.press(&page, 1, &[("new_password", "copper meadow thirteen kettles")]).await;
    page.is(200, "verified");
    let waiting = stranger.open(&path).await;
    waiting.is(200, "<h1>Check your email</h1>");
    assert!(!waiting.html.contains(CONTINUE));
    let form = waiting.forms().remove(0);
    let of_form = |name: &str| form.fields.iter().find(|(known, _)| known == name).unwrap().1.clone();
    let fields = [("csrf", of_form("csrf")), ("registration", of_form("registration"))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    stranger.post(CONTINUE, &fields).await;
    assert!(stranger.cookie("__Host-session").is_none_or(str::is_empty));
}

#[tokio::test]
async fn a_mistyped_address_is_corrected_while_waiting() {
    let site = Site::new();
    let mut browser = site.browser();
    let waiting = browser.register().await;
    let (old_link, _) = site.mail().await;
    browser
        .press_action(&waiting, CORRECT, &[("email", "not an address")])
        .await
        .is(422, "id=\"new-address-problems\"");
    let corrected = browser.press_action(&waiting, CORRECT, &[("email", "right@acme.com")]).await;
    corrected.is(200, "right@acme.com");
    corrected.is(200, "We are sending another email");
    let (link, _) = site.mail().await;
    browser.open(&old_link).await;
    let page = browser.open(&link).await;
    browser.press(&page, 0, &[]).await.is(200, "verified");
    assert_eq!(site.store.accounts()[0].address.as_str(), "right@acme.com");
}

#[tokio::test]
async fn an_address_that_looks_misspelled_is_asked_about_once() {
    let site = Site::new();
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    let typed = [("email", "jane@gmial.com"), ("password", PASSWORD)];
    let page = browser.press(&page, 0, &typed).await;
    page.is(422, "Did you mean <strong>jane@gmail.com</strong>?");
    assert!(site.store.registrations().is_empty());
    // Something else is wrong: nobody is asked twice.
    let page = browser.press(&page, 0, &[("email", "jane@gmial.com"), ("password", "short")]).await;
    page.is(422, "id=\"password-problems\"");
    assert!(!page.html.contains("Did you mean"));
    browser.press(&page, 0, &typed).await.is(200, "<h1>Check your email</h1>");
    assert_eq!(site.store.registrations()[0].address.as_str(), "jane@gmial.com");
}

#[tokio::test]
async fn the_page_asks_for_what_is_configured() {
    let site = Site::with(PUBLIC_URL, |_, http| {
        http.registration_fields = RegistrationFields {
            name: FieldUse::Off,
            given_name: FieldUse::Optional,
            country: FieldUse::Required,
            newsletter: FieldUse::Optional,
            ..RegistrationFields::default()
        };
    });
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    assert!(!page.html.contains("name=\"name\""));
    let typed = [("email", EMAIL), ("password", PASSWORD), ("given_name", "Jane")];
    let page = browser.press(&page, 0, &typed).await;
    page.is(422, "id=\"country-problems\"");
    page.is(422, "value=\"Jane\"");
    let more = [("password", PASSWORD), ("country", "DE"), ("newsletter", "yes"), ("time_zone_hint", "Europe/Berlin")];
    browser.press(&page, 0, &more).await.is(200, "<h1>Check your email</h1>");
    let profile = &site.store.registrations()[0].choices.profile;
    assert_eq!((profile.country.as_deref(), profile.given_name.as_deref()), (Some("DE"), Some("Jane")));
    assert_eq!((profile.name.as_deref(), profile.time_zone.as_deref()), (None, Some("Europe/Berlin")));
    assert!(profile.newsletter);
    assert!(!profile.sources.contains_key(Field::Country.name()));
}
