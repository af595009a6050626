//! Changing account details.

use account_core::profile::Source;
use account_core::violation::Field;

use super::browser::{Browser, PUBLIC_URL, Page, Site};
use super::{EMAIL, PASSWORD};
use crate::settings::ProfileFields;

const PROFILE: &str = "/authenticate/profile";

async fn signed_in(site: &Site) -> (Browser<'_>, Page) {
    site.make_account().await;
    let mut browser = site.browser();
    // Whatever language is saved.
    browser.cookies.insert("__Host-language".to_owned(), "en".to_owned());
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    (browser, page)
}

const ALL: [(&str, &str); 16] = [
    ("name", "John Appleseed"),
    ("given_name", "John"),
    ("family_name", "Appleseed"),
    ("username", "johnny"),
    ("country", "DE"),
    ("language", "de-CH"),
    ("time_zone", "Europe/Berlin"),
    ("phone", "+4930901820"),
    ("postal_address", "1 Infinite Loop\nCupertino"),
    ("notification_address", "notices@acme.com"),
    ("alternate_address", "other@acme.com"),
    ("company", "Acme & Sons \"Ltd\""),
    ("industry", "Rockets"),
    ("date_of_birth", "1970-01-31"),
    ("bio", "<b>Bold</b>\n\nand brave"),
    ("avatar_id", "a.b-c_1"),
];

#[tokio::test]
async fn all_details_can_be_saved_and_removed() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    assert_eq!(page.forms()[0].action, PROFILE, "its own form comes first");
    let mut typed = ALL.to_vec();
    typed.push(("newsletter", "yes"));
    let page = browser.press(&page, 0, &typed).await;
    page.is(200, "role=\"status\">Your details were saved.");
    for (name, value) in ALL {
        let field = (name.to_owned(), value.to_owned());
        assert!(page.forms()[0].fields.contains(&field), "{field:?}");
    }
    page.is(200, "Not verified yet");
    let account = site.store.accounts().remove(0);
    assert_eq!(account.profile.bio.as_deref(), Some("<b>Bold</b>\n\nand brave"));
    assert!(account.profile.newsletter);
    assert!(!page.html.contains("<b>"));

    let empty: Vec<_> = ALL.iter().map(|(name, _)| (*name, " ")).collect();
    let mut fields = page.forms().remove(0).fields;
    fields.retain(|(name, _)| name == "csrf" || name == "version");
    let mut fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend(empty);
    assert_eq!(browser.post(PROFILE, &fields).await.location().unwrap(), "/authenticate/profile?done=details");
    let account = site.store.accounts().remove(0);
    assert_eq!((account.user_name, account.profile.name, account.profile.newsletter), (None, None, false));
    assert_eq!(account.secondary_addresses, account_core::account::SecondaryAddresses::default());
}

#[tokio::test]
async fn lines_are_kept_without_carriage_returns() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    let page = browser.press(&page, 0, &[("postal_address", "1 Infinite Loop\r\nCupertino\r\n")]).await;
    assert_eq!(site.store.accounts()[0].profile.postal_address.as_deref(), Some("1 Infinite Loop\nCupertino"));
    let version = site.store.accounts()[0].version;
    browser.press(&page, 0, &[("postal_address", "1 Infinite Loop\r\nCupertino")]).await.is(200, "were saved");
    assert_eq!(site.store.accounts()[0].version, version, "nothing was changed");
}

#[tokio::test]
async fn a_new_address_requires_a_recent_password_and_the_input_is_kept() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    site.clock.advance(account_core::session::FRESH);
    let typed = [("name", "John"), ("notification_address", "notices@acme.com")];
    let page = browser.press(&page, 0, &typed).await;
    page.is(403, "Sign in again, and then save.");
    for (name, value) in typed {
        assert!(page.forms()[0].fields.contains(&(name.to_owned(), value.to_owned())), "{name}");
    }
    assert_eq!(site.store.accounts()[0].version, 1);
    assert!(site.link().await.is_none());
}

#[tokio::test]
async fn untouched_fields_stay_as_they_were() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    let page = browser.press(&page, 0, &[("country", "DE"), ("notification_address", "notices@acme.com")]).await;
    assert!(site.link().await.is_some(), "the address has to confirm itself");
    let sources = site.store.accounts()[0].profile.sources.clone();
    browser.press(&page, 0, &[("name", "John")]).await.is(200, "were saved");
    assert!(site.link().await.is_none(), "and is not asked again");
    let account = site.store.accounts().remove(0);
    assert_eq!(account.profile.country.as_deref(), Some("DE"));
    assert!(
        account
            .profile
            .sources
            .iter()
            .all(|(field, source)| { sources.get(field) == Some(source) || *source == Source::Given })
    );
}

#[tokio::test]
async fn lists_have_the_names_of_the_pages_language_in_its_order() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    assert!(!page.html.contains(" maxlength="), "a browser would cut what is longer, without a word");
    assert!(!page.html.contains("<datalist"), "what is typed into a list of suggestions can be anything");
    assert!(page.html.len() < 100_000, "{}", page.html.len());
    for name in ["country", "language", "time_zone"] {
        assert!(page.html.contains(&format!("<select id=\"{name}\" name=\"{name}\"")), "{name}");
    }
    for (language, country, tongue) in
        [("en", "Germany", "French"), ("de", "Deutschland", "Franz\u{f6}sisch"), ("fr", "Allemagne", "Fran\u{e7}ais")]
    {
        browser.cookies.insert("__Host-language".to_owned(), language.to_owned());
        let page = browser.open(PROFILE).await;
        page.is(200, &format!("<option value=\"DE\">{country}</option>"));
        page.is(200, &format!("<option value=\"fr\">{tongue}</option>"));
        page.is(200, "<option value=\"America/New_York\">New York (UTC\u{2212}5)</option>");
    }
    // By their bytes, Austria would come behind Cyprus.
    browser.cookies.insert("__Host-language".to_owned(), "de".to_owned());
    let german = browser.open(PROFILE).await.html;
    let place = |name: &str| german.find(&format!(">{name}</option>")).unwrap();
    assert!(place("Norwegen") < place("\u{d6}sterreich") && place("\u{d6}sterreich") < place("Zypern"));
}

#[tokio::test]
async fn names_and_codes_are_understood_and_what_is_saved_stays_chosen() {
    let site = Site::new();
    let (mut browser, mut page) = signed_in(&site).await;
    for (typed, country, language, zone) in [
        ("Germany", "DE", "German", "Europe/Berlin"),
        (" kosovo ", "XK", "sq-XK", "Europe/Belgrade"),
        ("S\u{fc}dafrika", "ZA", "en_ZA", "Africa/Johannesburg"),
        ("GE", "GE", "iw", "America/New York"),
    ] {
        page = browser.press(&page, 0, &[("country", typed), ("language", language), ("time_zone", zone)]).await;
        page.is(200, "were saved");
        assert_eq!(site.store.accounts()[0].profile.country.as_deref(), Some(country), "{typed}");
    }
    page.is(200, "<option value=\"GE\" selected>Georgia</option>");
    let profile = site.store.accounts().remove(0).profile;
    assert_eq!((profile.language.as_deref(), profile.time_zone.as_deref()), (Some("he"), Some("America/New_York")));
    // A language that is in no list is one of the choices of somebody who has it.
    let page = browser.press(&page, 0, &[("language", "de-LI")]).await;
    page.is(200, "<option value=\"de-LI\" selected>German (Liechtenstein)</option>");
    browser.press(&page, 0, &[("name", "John")]).await.is(200, "were saved");
    assert_eq!(site.store.accounts()[0].profile.language.as_deref(), Some("de-LI"));
}

#[tokio::test]
async fn only_the_configured_details_are_shown_and_changed() {
    let site = Site::with(PUBLIC_URL, |_, http| {
        http.profile_fields = ProfileFields::only([Field::Name, Field::TimeZone]);
    });
    let (mut browser, page) = signed_in(&site).await;
    let names: Vec<_> = page.forms().remove(0).fields.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["csrf", "version", "name", "time_zone"]);
    let of_form = page.forms().remove(0).fields;
    let mut fields: Vec<_> = of_form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields[2].1 = "John";
    fields.extend([("company", "Acme"), ("newsletter", "yes")]);
    assert_eq!(browser.post(PROFILE, &fields).await.status.as_u16(), 303);
    let profile = site.store.accounts().remove(0).profile;
    assert_eq!((profile.name.as_deref(), profile.company, profile.newsletter), (Some("John"), None, false));
}

#[tokio::test]
async fn fields_that_were_not_sent_stay() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    let page = browser.press(&page, 0, &[("company", "Acme")]).await;
    let csrf = page.forms().remove(0).fields.remove(0).1;
    let fields = [("csrf", csrf.as_str()), ("name", "John"), ("role", "admin"), ("verified_at", ""), ("id", "x")];
    assert_eq!(browser.post(PROFILE, &fields).await.status.as_u16(), 303);
    let account = site.store.accounts().remove(0);
    assert_eq!(account.profile.company.as_deref(), Some("Acme"));
    assert_eq!(account.profile.name.as_deref(), Some("John"));
    assert_eq!(account.role, account_core::account::Role::User);
}

#[tokio::test]
async fn every_error_is_beside_its_field_and_all_input_is_kept() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    let typed = [
        ("name", "John\u{202e}"),
        ("country", "Atlantis"),
        ("date_of_birth", "31.1.1970"),
        ("notification_address", "no address"),
        ("bio", &"x".repeat(2_001)),
        ("newsletter", "yes"),
    ];
    let page = browser.press(&page, 0, &typed).await;
    page.is(422, "<p>Your details were not saved.");
    for (name, value) in &typed[..5] {
        assert!(page.html.contains(&format!("id=\"{name}-problems\"")), "{name}");
        assert!(page.forms()[0].fields.contains(&((*name).to_owned(), (*value).to_owned())), "{name}");
    }
    page.is(422, "value=\"yes\" checked");
    page.is(422, "The name must not contain control or invisible characters.");
    assert_eq!(site.store.accounts()[0].profile.name, None);
}

#[tokio::test]
async fn a_change_from_elsewhere_is_not_overwritten_unseen() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    let mut other = site.browser();
    let others = other.sign_in(EMAIL, PASSWORD).await;
    other.press(&others, 0, &[("name", "John from elsewhere"), ("company", "Acme")]).await;

    let page = browser.press(&page, 0, &[("name", "John from here")]).await;
    page.is(412, "<p>Your details were changed in another window");
    page.is(412, "<li>Now: John from elsewhere</li>");
    page.is(412, "<li>Now: Acme</li>");
    assert!(page.forms()[0].fields.contains(&("name".to_owned(), "John from here".to_owned())));
    assert_eq!(site.store.accounts()[0].profile.name.as_deref(), Some("John from elsewhere"));

    browser.press(&page, 0, &[("company", "Acme")]).await.is(200, "Your details were saved.");
    let profile = site.store.accounts().remove(0).profile;
    assert_eq!((profile.name.as_deref(), profile.company.as_deref()), (Some("John from here"), Some("Acme")));
}

#[tokio::test]
async fn a_taken_user_name_is_refused() {
    let site = Site::new();
    let (mut browser, page) = signed_in(&site).await;
    browser.press(&page, 0, &[("username", "johnny")]).await.is(200, "were saved");
    site.browser().sign_in("johnny", PASSWORD).await.is(200, "<h1>Your account</h1>");
    site.make("jane@acme.com", account_core::account::Role::User, Some(PASSWORD)).await;
    let mut jane = site.browser();
    let page = jane.sign_in("jane@acme.com", PASSWORD).await;
    jane.press(&page, 0, &[("username", "Johnny")]).await.is(422, "<li>The username is already taken.</li>");
}
