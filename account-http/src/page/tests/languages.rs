//! The language of pages: chosen here, else the account's, else the browser's, else the operator's.

use account_core::profile::Source;
use account_core::translation::Catalog;

use super::browser::{Browser, PUBLIC_URL, Page, Site};
use super::{EMAIL, PASSWORD};
use crate::settings::FieldUse;

const REGISTER: &str = "/authenticate/register";

fn asking_for<'a>(site: &'a Site, languages: &str) -> Browser<'a> {
    Browser { preferences: vec![("accept-language", languages.to_owned())], ..site.browser() }
}

/// Presses the button of that language in a page's footer, without following where it leads.
async fn choose(browser: &mut Browser<'_>, page: &Page, language: &str) -> Page {
    let footer = page.html.split_once("<footer").unwrap().1;
    let value = |name: &str| {
        let rest = footer.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1;
        rest.split_once('"').unwrap().0.replace("&amp;", "&")
    };
    let (csrf, back) = (value("csrf"), value("back"));
    assert!(footer.contains(&format!("<button name=\"language\" value=\"{language}\"")), "{footer}");
    browser.post("/authenticate/language", &[("csrf", &csrf), ("back", &back), ("language", language)]).await
}

#[track_caller]
fn is_in(page: &Page, language: &str, direction: &str) {
    page.is(200, &format!("<html lang=\"{language}\" dir=\"{direction}\">"));
    assert_eq!(page.header("content-language"), language);
    assert!(page.header("vary").contains("Accept-Language") && page.header("vary").contains("Cookie"));
}

#[tokio::test]
async fn a_page_is_in_the_language_that_the_browser_asks_for() {
    let site = Site::new();
    for (asked, language, direction, title) in [
        ("de-AT, en;q=0.5", "de", "ltr", "<h1>Registrieren</h1>"),
        ("tlh, fr;q=0.2", "fr", "ltr", "<h1>Créer un compte</h1>"),
        ("es-419", "es", "ltr", "<h1>Registrarse</h1>"),
        ("ar", "ar", "rtl", "<h1>إنشاء حساب</h1>"),
        ("it", "en", "ltr", "<h1>Register</h1>"),
    ] {
        let page = asking_for(&site, asked).open(REGISTER).await;
        is_in(&page, language, direction);
        page.is(200, title);
    }
}

#[tokio::test]
async fn the_operator_chooses_for_browsers_that_ask_for_no_known_language() {
    let site = Site::with(PUBLIC_URL, |_, http| http.default_language = Catalog::built_in().speaking("fr").unwrap());
    is_in(&site.browser().open(REGISTER).await, "fr", "ltr");
    is_in(&asking_for(&site, "it").open(REGISTER).await, "fr", "ltr");
    is_in(&asking_for(&site, "en").open(REGISTER).await, "en", "ltr");
    site.browser().register().await;
    let profile = site.store.registrations().remove(0).choices.profile;
    assert_eq!((profile.language.as_deref(), profile.email_language().as_deref()), (None, Some("fr")));
}

#[tokio::test]
async fn the_choice_counts_first_and_leads_back_to_the_page() {
    let site = Site::new();
    let mut browser = asking_for(&site, "de");
    let page = browser.open("/authenticate/sign-in?next=%2Fa%3Fb&ended=1").await;
    let chosen = choose(&mut browser, &page, "ar").await;
    assert_eq!(
        (chosen.status.as_u16(), chosen.location().unwrap().as_str()),
        (303, "/authenticate/sign-in?next=%2Fa%3Fb")
    );
    let [cookie] = &chosen.set_cookies()[..] else { panic!("one cookie") };
    assert_eq!(cookie, "__Host-language=ar; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=34560000");
    is_in(&browser.open(REGISTER).await, "ar", "rtl");
    browser.open("/authenticate/nothing").await.is(404, "<html lang=\"ar\" dir=\"rtl\">");
    let page = browser.open(REGISTER).await;
    choose(&mut browser, &page, "en").await;
    is_in(&browser.open(REGISTER).await, "en", "ltr");
}

#[tokio::test]
async fn a_choice_needs_a_form_of_ours_and_leads_nowhere_else() {
    let site = Site::new();
    let mut browser = site.browser();
    let page = browser.open(REGISTER).await;
    let csrf = page.forms().remove(0).fields.remove(0).1;
    for (csrf, back, language, location) in [
        (csrf.as_str(), "https://evil.example.org/", "de", "/"),
        (&csrf, "//evil.example.org/", "de", "/"),
        (&csrf, "", "de", "/"),
        (&csrf, "/authenticate/forgot", "tlh", "/authenticate/forgot"),
    ] {
        let fields = [("csrf", csrf), ("back", back), ("language", language)];
        let answer = browser.post("/authenticate/language", &fields).await;
        assert_eq!(answer.location().unwrap(), location);
        assert_eq!(answer.set_cookies().len(), usize::from(language == "de"), "{language}");
    }
    let mut stranger = site.browser();
    let fields = [("csrf", csrf.as_str()), ("back", "/"), ("language", "de")];
    let refused = stranger.post("/authenticate/language", &fields).await;
    refused.is(403, "Form expired");
    assert!(!refused.set_cookies().iter().any(|cookie| cookie.contains("language")));
}

#[tokio::test]
async fn the_accounts_language_counts_before_the_browsers() {
    let site = Site::new();
    let mut browser = asking_for(&site, "es");
    browser.register().await;
    let (link, _) = site.mail().await;
    let page = browser.open(&link).await;
    browser.press(&page, 0, &[]).await.is(200, "está confirmada");
    let page = browser.open("/authenticate/profile").await;
    is_in(&page, "es", "ltr");
    let saved = browser.press_action(&page, "/authenticate/profile", &[("language", "fr-CA")]).await;
    saved.is(200, "Vos informations ont été enregistrées.");
    is_in(&browser.open("/authenticate/forgot").await, "fr", "ltr");
    let page = browser.open("/authenticate/profile").await;
    choose(&mut browser, &page, "de").await;
    is_in(&browser.open("/authenticate/profile").await, "de", "ltr");
}

#[tokio::test]
async fn a_registration_keeps_what_the_browser_says_what_was_chosen_and_what_was_shown() {
    let site = Site::with(PUBLIC_URL, |settings, http| {
        settings.consent.terms_version = Some("7".to_owned());
        http.registration_fields.terms = FieldUse::Required;
    });
    let (browsers, given) = (Some(Source::AcceptLanguage), Some(Source::Given));
    for (email, asked, chosen, kept, source, shown) in [
        ("a@acme.com", "de-AT, en;q=0.5", None, Some("de-AT"), browsers, "de"),
        ("b@acme.com", "it, de;q=0.5", None, Some("it"), browsers, "de"),
        ("c@acme.com", "de-AT", Some("fr"), Some("fr"), given, "fr"),
        ("d@acme.com", "it", None, Some("it"), browsers, "en"),
        ("e@acme.com", "de", Some("en"), Some("en"), given, "en"),
        ("f@acme.com", "*", None, None, None, "en"),
    ] {
        let mut browser = asking_for(&site, asked);
        if let Some(chosen) = chosen {
            let page = browser.open(REGISTER).await;
            choose(&mut browser, &page, chosen).await;
        }
        let page = browser.open(REGISTER).await;
        let typed = [("email", email), ("password", PASSWORD), ("terms_accepted", "yes")];
        is_in(&browser.press(&page, 0, &typed).await, shown, "ltr");
        let registrations = site.store.registrations();
        let profile = &registrations.iter().find(|one| one.address.as_str() == email).unwrap().choices.profile;
        assert_eq!(profile.language.as_deref(), kept, "{email}");
        assert_eq!(profile.all_sources().get("language").copied(), source, "{email}");
        assert_eq!(profile.consents[0].language.as_deref(), Some(shown), "{email}");
        // Emails are as the page was, and not in a language that there may be no words in.
        assert_eq!(profile.email_language().as_deref(), Some(shown), "{email}");
    }
}

#[tokio::test]
async fn every_page_of_the_way_to_an_account_is_in_one_language() {
    let site = Site::new();
    for language in ["de", "fr", "es", "ar"] {
        let email = format!("{language}@acme.com");
        let mut browser = asking_for(&site, language);
        let waiting = browser.register_with(&email, PASSWORD).await;
        waiting.is(200, &email);
        is_in(&waiting, language, if language == "ar" { "rtl" } else { "ltr" });
        let (link, _) = site.mail().await;
        let page = browser.open(&link).await;
        is_in(&page, language, if language == "ar" { "rtl" } else { "ltr" });
        let done = browser.press(&page, 0, &[]).await;
        done.is(200, &email);
        assert!(!done.html.contains("verified"), "no English: {}", done.html);
    }
    assert_eq!(site.store.accounts().len(), 4);
    assert!(!site.store.accounts().iter().any(|account| account.address.as_str() == EMAIL));
}
