//! Agreeing to terms and privacy notice, by everybody who gets an account on the pages.

use account_core::account::Role;
use account_core::consent::ConsentSettings;

use super::browser::{PUBLIC_URL, Site};
use super::{EMAIL, OTHER_PASSWORD, PASSWORD};
use crate::settings::FieldUse;

const MUST_AGREE: &str = "To register, you have to agree.";
const BOX: &str = "name=\"terms_accepted\" type=\"checkbox\" value=\"yes\" required";

/// A site that asks for consent; by its settings, or on its page only.
fn site(is_required: bool) -> Site {
    Site::with(PUBLIC_URL, |settings, http| {
        let (terms_version, privacy_version) = (Some("2026-01".to_owned()), Some("7".to_owned()));
        settings.consent = ConsentSettings { terms_version, privacy_version, is_required };
        http.registration_fields.terms = FieldUse::Required;
    })
}

fn agreed(site: &Site) -> Vec<(String, Option<String>)> {
    let consents = site.store.accounts().remove(0).profile.consents;
    consents.into_iter().map(|consent| (consent.to, consent.language)).collect()
}

fn both() -> Vec<(String, Option<String>)> {
    ["terms:2026-01", "privacy:7"].map(|to| (to.to_owned(), Some("en".to_owned()))).to_vec()
}

#[tokio::test]
async fn who_takes_an_address_with_a_new_password_agrees() {
    for is_required in [false, true] {
        let site = site(is_required);
        let mut stranger = site.browser();
        let page = stranger.open("/authenticate/register").await;
        let typed = [("email", EMAIL), ("password", PASSWORD), ("terms_accepted", "yes")];
        stranger.press(&page, 0, &typed).await.is(200, "<h1>Check your email</h1>");
        let (link, _) = site.mail().await;
        let mut owner = site.browser();
        let page = owner.open(&link).await;
        page.is(200, BOX);
        assert!(!page.html.contains(" checked"));
        let page = owner.press(&page, 1, &[("new_password", OTHER_PASSWORD)]).await;
        page.is(422, "class=\"prominent\"");
        assert_eq!(page.html.matches(MUST_AGREE).count(), 2, "above and beside");
        page.is(422, "<a href=\"#terms_accepted\">");
        assert!(site.store.accounts().is_empty());
        let typed = [("new_password", OTHER_PASSWORD), ("terms_accepted", "yes")];
        owner.press(&page, 1, &typed).await.is(200, "verified");
        assert_eq!(agreed(&site), both());
    }
}

#[tokio::test]
async fn who_is_invited_agrees() {
    for is_required in [false, true] {
        let site = site(is_required);
        site.make(EMAIL, Role::User, None).await;
        let link = site.link().await.unwrap();
        let mut browser = site.browser();
        let page = browser.open(&link).await;
        page.is(200, BOX);
        let page = browser.press(&page, 0, &[("password", PASSWORD)]).await;
        page.is(422, "<a href=\"#terms_accepted\">");
        assert_eq!(page.html.matches(MUST_AGREE).count(), 2, "above and beside");
        let typed = [("password", PASSWORD), ("terms_accepted", "yes")];
        browser.press(&page, 0, &typed).await.is(200, "<h1>Your account is ready</h1>");
        assert_eq!(agreed(&site), both());
    }
}

#[tokio::test]
async fn no_link_ticks_the_box() {
    let site = site(true);
    site.make(EMAIL, Role::User, None).await;
    let link = site.link().await.unwrap();
    let token = link.strip_prefix("/l/invitation/").unwrap();
    let path = format!("/authenticate/invitation?token={token}&terms_accepted=yes");
    let page = site.browser().open(&path).await;
    page.is(200, BOX);
    assert!(!page.html.contains(" checked"));
}

#[tokio::test]
async fn where_nothing_is_configured_nobody_is_asked() {
    let site = Site::new();
    site.browser().register().await;
    let (link, _) = site.mail().await;
    let page = site.browser().open(&link).await;
    assert!(!page.html.contains("checkbox"), "{}", page.html);
}
