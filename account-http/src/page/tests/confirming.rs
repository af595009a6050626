//! Confirming: by one click, by password, by a new password.

use account_core::registration::RegistrationState;

use super::browser::Site;
use super::{EMAIL, OTHER_PASSWORD, PASSWORD};

#[tokio::test]
async fn one_click_is_enough_in_the_browser_that_registered() {
    let site = Site::with(super::browser::PUBLIC_URL, |_, http| {
        http.onboarding_url = Some("https://portal.example.com/welcome?a=1&b=2".to_owned());
    });
    let mut browser = site.browser();
    browser.register().await;
    let (link, _) = site.mail().await;
    let page = browser.open(&link).await;
    assert_eq!(page.forms().len(), 1);
    page.is(200, "<button>Verify</button>");
    assert!(!page.html.contains("type=\"password\""));
    let done = browser.press(&page, 0, &[]).await;
    done.is(200, "verified");
    done.is(200, EMAIL);
    done.is(200, "href=\"/authenticate/profile\"");
    done.is(200, "href=\"https://portal.example.com/welcome?a=1&amp;b=2\"");
    assert!(browser.cookie("__Host-session").is_some());
    assert_eq!(browser.cookie("__Host-continuations"), Some(""), "the used continuation is gone");
    assert_eq!(site.store.accounts()[0].address.as_str(), EMAIL);
}

#[tokio::test]
async fn in_another_browser_the_password_confirms_without_a_session() {
    let site = Site::new();
    site.browser().register().await;
    let (link, _) = site.mail().await;
    let mut other = site.browser();
    let page = other.open(&link).await;
    assert_eq!(page.forms().len(), 2);
    assert!(page.forms()[0].fields.iter().any(|(name, _)| name == "password"));
    assert!(page.forms()[1].fields.iter().any(|(name, _)| name == "new_password"));
    let done = other.press(&page, 0, &[("password", PASSWORD)]).await;
    done.is(200, "verified");
    assert!(!done.html.contains("You are signed in"));
    assert!(!done.html.contains("Continue"), "no way onwards is configured");
    done.is(200, "href=\"/authenticate/sign-in\"");
    assert_eq!(other.cookie("__Host-session"), None);
}

#[tokio::test]
async fn a_wrong_password_offers_a_new_one() {
    let site = Site::new();
    site.browser().register().await;
    let (link, _) = site.mail().await;
    let mut other = site.browser();
    let page = other.open(&link).await;
    assert!(!page.html.contains("class=\"prominent\""));
    let page = other.press(&page, 0, &[("password", OTHER_PASSWORD)]).await;
    page.is(422, "class=\"prominent\"");
    page.is(422, "<a href=\"#new-password-section\">");
    assert!(!page.html.contains(OTHER_PASSWORD));
    assert_eq!(site.store.accounts().len(), 0);
    other.press(&page, 1, &[("new_password", OTHER_PASSWORD)]).await.is(200, "verified");
}

#[tokio::test]
async fn a_new_password_takes_the_address_alone() {
    let site = Site::new();
    let mut stranger = site.browser();
    let page = stranger.open("/authenticate/register").await;
    let typed = [("email", EMAIL), ("password", PASSWORD), ("name", "Mallory")];
    let waiting = stranger.press(&page, 0, &typed).await;
    let (link, code) = site.mail().await;
    let mut owner = site.browser();
    let page = owner.open(&link).await;
    assert!(!page.html.contains("Mallory"), "nothing that the stranger wrote is shown");
    let done = owner.press(&page, 1, &[("new_password", OTHER_PASSWORD)]).await;
    done.is(200, "verified");
    assert_eq!(owner.cookie("__Host-session"), None);
    assert_eq!(site.store.accounts()[0].profile.name, None);
    assert_eq!(site.store.registrations()[0].state, RegistrationState::Taken);
    let page = stranger.press(&waiting, 0, &[("code", &code)]).await;
    page.is(422, "Incorrect code.");
    assert_eq!(stranger.cookie("__Host-session"), None);
}

#[tokio::test]
async fn a_new_password_must_meet_the_policy() {
    let site = Site::new();
    site.browser().register().await;
    let (link, _) = site.mail().await;
    let mut other = site.browser();
    let page = other.open(&link).await;
    let page = other.press(&page, 1, &[("new_password", "hunter2")]).await;
    page.is(422, "<li>The password must have at least 15 characters.</li>");
    page.is(422, "The address was not verified, because the new password was not accepted:");
    assert_eq!(page.html.matches("The password must have at least 15 characters.").count(), 2, "above and beside");
    assert!(!page.html.contains("hunter2"));
    other.press(&page, 1, &[("new_password", "")]).await.is(422, "id=\"new-password-problems\"");
    assert_eq!(site.store.accounts().len(), 0);
}

#[tokio::test]
async fn a_strangers_mail_clicked_in_the_owners_browser_completes_what_the_owner_chose() {
    let site = Site::new();
    let mut stranger = site.browser();
    stranger.register_with(EMAIL, OTHER_PASSWORD).await;
    let (strangers, _) = site.mail().await;
    let mut owner = site.browser();
    owner.register().await;
    site.mails().await;
    let page = owner.open(&strangers).await;
    owner.press(&page, 0, &[]).await.is(200, "verified");
    let [account] = &site.store.accounts()[..] else { panic!("one account") };
    let of_owner = site.store.registrations().into_iter().max_by_key(|one| one.id).unwrap();
    assert_eq!(account.id.as_uuid(), of_owner.id.as_uuid());
    assert_eq!(owner.cookie("__Host-continuations"), Some(""));
}

#[tokio::test]
async fn a_token_without_a_proof_confirms_nothing() {
    let site = Site::new();
    site.browser().register().await;
    let (link, _) = site.mail().await;
    let token = link.trim_start_matches("/l/");
    let mut other = site.browser();
    let page = other.open(&link).await;
    let csrf = page.forms().remove(0).fields.remove(0).1;
    for proof in ["", "confirm", "token", "password2"] {
        let fields = [("csrf", csrf.as_str()), ("token", token), ("proof", proof), ("password", PASSWORD)];
        let page = other.post("/authenticate/verify", &fields).await;
        page.is(409, "This address was registered in another browser.");
    }
    for fields in [vec![("csrf", csrf.as_str())], vec![("csrf", &csrf), ("proof", "confirm"), ("token", "")]] {
        other.post("/authenticate/verify", &fields).await.is(404, "Invalid link");
    }
    assert_eq!(site.store.accounts().len(), 0);
}

#[tokio::test]
async fn a_registration_from_elsewhere_leads_on_to_its_callback() {
    let site = Site::with(super::browser::PUBLIC_URL, |settings, http| {
        settings.callback_origins =
            account_core::registration::callback::CallbackOrigins::parse(["https://portal.example.com"]).unwrap();
        http.onboarding_url = Some("https://elsewhere.example.com/".to_owned());
    });
    let body = format!(
        "{{\"email\":\"{EMAIL}\",\"password\":\"{PASSWORD}\",\"callback_url\":\"https://portal.example.com/back?x=%22\"}}"
    );
    let answer = site.client.post("/account/v1/registrations").content_type("application/json").body(body).send().await;
    answer.assert_status(poem::http::StatusCode::ACCEPTED);
    let (link, _) = site.mail().await;
    let mut browser = site.browser();
    let page = browser.open(&link).await;
    let done = browser.press(&page, 0, &[("password", PASSWORD)]).await;
    done.is(200, "href=\"https://portal.example.com/back?x=%22\"");
}
