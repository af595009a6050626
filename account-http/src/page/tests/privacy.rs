//! What people have agreed to, and downloading what is stored about them.

use account_core::audit::AuditEvent;
use account_core::session::FRESH;
use serde_json::Value;

use super::browser::{PUBLIC_URL, Site};
use super::{EMAIL, OTHER_PASSWORD, PASSWORD};
use crate::settings::FieldUse;

const EXPORT: &str = "/authenticate/profile/export";

#[tokio::test]
async fn people_download_their_data_after_a_recent_password() {
    let site = Site::new();
    site.make_account().await;
    let mut browser = site.browser();
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    assert!(!page.html.contains("id=\"export-password\""), "it was just given");
    let file = browser.press_action(&page, EXPORT, &[]).await;
    assert_eq!(file.status.as_u16(), 200);
    assert_eq!(file.header("content-type"), "application/json");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"account.json\"");
    assert_eq!(file.header("cache-control"), "no-store");
    let data: Value = serde_json::from_str(&file.html).unwrap();
    assert_eq!((&data["account"]["email"], &data["sessions"][0]["current"]), (&EMAIL.into(), &true.into()), "{data}");

    site.clock.advance(FRESH);
    let page = browser.open("/authenticate/profile").await;
    page.is(200, "id=\"export-password\"");
    let wrong = browser.press_action(&page, EXPORT, &[("password", OTHER_PASSWORD)]).await;
    wrong.is(403, "<li><a href=\"#export-password\">Incorrect password.</a></li>");
    wrong.is(403, "Your data was not downloaded.");
    let exports = || site.store.audit().iter().filter(|entry| entry.event == AuditEvent::DataExported).count();
    assert_eq!(exports(), 1);
    let file = browser.press_action(&wrong, EXPORT, &[("password", PASSWORD)]).await;
    assert!(file.html.contains(EMAIL));
    assert_eq!(exports(), 2);
    // The session went on under a new token, which came with the file.
    browser.open("/authenticate/profile").await.is(200, "<h1>Your account</h1>");
}

#[tokio::test]
async fn people_see_what_they_agreed_to_and_read_it_in_a_new_tab() {
    let site = Site::with(PUBLIC_URL, |settings, http| {
        settings.consent.terms_version = Some("2026-01".to_owned());
        settings.consent.privacy_version = Some("7".to_owned());
        http.registration_fields.terms = FieldUse::Required;
        http.looks.terms_url = Some("https://acme.com/terms?a&b".to_owned());
        http.looks.privacy_url = Some("https://acme.com/privacy".to_owned());
    });
    let mut browser = site.browser();
    let page = browser.open("/authenticate/register").await;
    page.is(
        200,
        "I agree to the <a target=\"_blank\" rel=\"noopener\" href=\"https://acme.com/terms?a&amp;b\">terms of \
         service<span class=\"unseen\"> (opens in a new tab)</span></a> and the <a target=\"_blank\" rel=\"noopener\" \
         href=\"https://acme.com/privacy\">privacy policy<span class=\"unseen\"> (opens in a new tab)</span></a>.",
    );
    let typed = [("email", EMAIL), ("password", PASSWORD), ("terms_accepted", "yes")];
    browser.press(&page, 0, &typed).await.is(200, EMAIL);
    let (link, _) = site.mail().await;
    let page = browser.open(&link).await;
    browser.press(&page, 0, &[]).await.is(200, "verified");
    let profile = browser.open("/authenticate/profile").await;
    profile.is(200, "<li>Terms of service, version 2026-01, on ");
    profile.is(200, "<li>Privacy policy, version 7, on ");
}

#[tokio::test]
async fn the_page_has_four_parts() {
    let site = Site::new();
    site.make_account().await;
    let page = site.browser().sign_in(EMAIL, PASSWORD).await;
    let parts = ["account", "security", "sessions", "privacy"];
    let places = parts.map(|part| {
        page.is(200, &format!("<li><a href=\"#{part}\">"));
        page.html.find(&format!("<section id=\"{part}\" aria-labelledby=\"{part}-heading\">")).unwrap()
    });
    assert!(places.is_sorted());
    assert!(!page.html.contains("id=\"consents-heading\""), "an operator made the account");
    let ids: Vec<_> = page.html.split(" id=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
    let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), distinct.len(), "{ids:?}");
}

#[tokio::test]
async fn the_emails_of_development_are_shown_to_nobody_elsewhere() {
    let site = Site::with(PUBLIC_URL, |_, http| http.mail_directory = Some(".".into()));
    site.browser().open("/authenticate/development").await.is(404, "<h1>Page not found</h1>");
}
