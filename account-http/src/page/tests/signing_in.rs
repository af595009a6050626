//! Signing in and out.

use std::time::Duration;

use poem::http::Method;

use super::browser::{PUBLIC_URL, Site};
use super::{EMAIL, OTHER_PASSWORD, PASSWORD};

#[tokio::test]
async fn signing_in_leads_to_the_profile() {
    let site = Site::new();
    site.make_account().await;
    for identifier in [EMAIL, " JOHN@acme.com "] {
        let mut browser = site.browser();
        let page = browser.sign_in(identifier, PASSWORD).await;
        page.is(200, "<h1>Your account</h1>");
        page.is(200, &format!("<strong>{EMAIL}</strong>"));
        assert_eq!(browser.cookie("__Host-session").unwrap().len(), 43);
    }
}

#[tokio::test]
async fn the_cookie_of_the_session_lasts_as_long_as_the_session() {
    for (public_url, prefix, secure) in [(PUBLIC_URL, "__Host-", "; Secure"), ("http://127.0.0.1:8080", "", "")] {
        let site = Site::with(public_url, |_, _| ());
        site.make_account().await;
        let mut browser = site.browser();
        let page = browser.open("/authenticate/sign-in").await;
        let csrf = page.forms().remove(0).fields.remove(0).1;
        let fields = [("csrf", csrf.as_str()), ("email", EMAIL), ("password", PASSWORD)];
        let answer = browser.post("/authenticate/sign-in", &fields).await;
        assert_eq!(answer.location().unwrap(), "/authenticate/profile");
        let [session, devices] = &answer.set_cookies()[..] else { panic!("two cookies") };
        assert!(devices.starts_with(&format!("{prefix}devices=")), "{devices}");
        assert!(session.starts_with(&format!("{prefix}session=")), "{session}");
        assert!(session.ends_with(&format!("; Path=/{secure}; HttpOnly; SameSite=Lax; Max-Age=2592000")), "{session}");
    }
}

#[tokio::test]
async fn every_failure_gets_the_same_answer() {
    let site = Site::new();
    site.make_account().await;
    site.browser().register_with("pending@acme.com", PASSWORD).await;
    let mut answers = Vec::new();
    let wrong = [(EMAIL, OTHER_PASSWORD), ("nobody@acme.com", PASSWORD), ("pending@acme.com", PASSWORD), ("a b", "x")];
    let mut browser = site.browser();
    browser.open("/authenticate/sign-in").await;
    for (email, password) in wrong {
        let page = browser.sign_in(email, password).await;
        page.is(401, "role=\"alert\" id=\"errors\" tabindex=\"-1\" autofocus>Incorrect email, username or password.");
        assert!(page.forms()[0].fields.contains(&("email".to_owned(), email.to_owned())), "it is kept");
        assert!(page.forms()[0].fields.contains(&("password".to_owned(), String::new())));
        assert_eq!(page.header("www-authenticate"), "Bearer");
        answers.push(page.html.replace(email, "ADDRESS"));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(browser.cookie("__Host-session"), None);
}

#[tokio::test]
async fn an_empty_form_says_what_is_needed() {
    let site = Site::new();
    let page = site.browser().sign_in(" ", "").await;
    page.is(422, "<li>Enter your email address or username.</li>");
    page.is(422, "<li>Enter your password.</li>");
    page.is(422, "role=\"alert\"");
}

#[tokio::test]
async fn people_who_registered_here_are_told_to_verify_first() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await;
    site.clock.advance(Duration::from_secs(1));
    browser.register_with("jane@acme.com", PASSWORD).await;
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    page.is(403, "Verify your email address before you sign in.");
    page.is(403, &format!("We emailed <strong>{EMAIL}</strong>."));
    assert_eq!(browser.cookie("__Host-session"), None);
    browser.sign_in(EMAIL, OTHER_PASSWORD).await.is(401, "Incorrect");
    site.browser().sign_in(EMAIL, PASSWORD).await.is(401, "Incorrect");
    let (link, _) = site.mails().await.remove(0);
    let page = browser.open(&link).await;
    browser.press(&page, 0, &[]).await.is(200, "verified");
    browser.sign_in(EMAIL, PASSWORD).await.is(200, "<h1>Your account</h1>");
}

#[tokio::test]
async fn a_pending_registration_does_not_block_sign_in() {
    let site = Site::new();
    site.make_account().await;
    let mut browser = site.browser();
    browser.register_with(EMAIL, OTHER_PASSWORD).await;
    browser.sign_in(EMAIL, PASSWORD).await.is(200, "<h1>Your account</h1>");
}

#[tokio::test]
async fn sign_in_redirects_only_within_this_site() {
    let site = Site::new();
    site.make_account().await;
    for (next, location) in [
        ("/authenticate/confirm-address?token=x", "/authenticate/confirm-address?token=x"),
        ("/portal?a=b&c=d#e", "/portal?a=b&c=d#e"),
        ("//evil.example.org", "/authenticate/profile"),
        ("/\\evil.example.org", "/authenticate/profile"),
        ("https://evil.example.org/", "/authenticate/profile"),
        ("/\t/evil.example.org", "/authenticate/profile"),
        ("", "/authenticate/profile"),
    ] {
        let mut browser = site.browser();
        let query: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let page = browser.open(&format!("/authenticate/sign-in?next={query}")).await;
        assert!(!page.html.contains("evil"), "{next}");
        let fields = page.forms().remove(0).fields;
        let csrf = &fields[0].1;
        let fields = [("csrf", csrf.as_str()), ("next", next), ("email", EMAIL), ("password", PASSWORD)];
        assert_eq!(browser.post("/authenticate/sign-in", &fields).await.location().unwrap(), location, "{next}");
    }
}

#[tokio::test]
async fn an_address_that_a_proxy_did_not_encode_survives_signing_in() {
    let site = Site::new();
    site.make_account().await;
    for (query, location) in [
        ("next=/orders?a=1&b=2%2F3&ended=1", "/orders?a=1&b=2%2F3&ended=1"),
        ("next=/orders?a=1&a=2", "/orders?a=1&a=2"),
        ("next=//evil.example.org/?a=1", "/authenticate/profile"),
        ("next=/\\evil.example.org", "/authenticate/profile"),
        ("next=/a%0D%0Ab", "/a%0D%0Ab"),
    ] {
        let mut browser = site.browser();
        let page = browser.open(&format!("/authenticate/sign-in?{query}")).await;
        page.is(200, "<h1>Sign in</h1>");
        assert!(!page.html.contains("session has expired"), "the parameter is not the page's");
        let mut fields = page.forms().remove(0).fields;
        for (name, value) in &mut fields {
            match name.as_str() {
                "email" => EMAIL.clone_into(value),
                "password" => PASSWORD.clone_into(value),
                _ => {}
            }
        }
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(browser.post("/authenticate/sign-in", &fields).await.location().unwrap(), location, "{query}");
    }
}

#[tokio::test]
async fn sign_in_redirects_below_the_public_urls_path() {
    let site = Site::with("https://example.com/accounts/", |_, _| ());
    site.make_account().await;
    let mut browser = site.browser();
    let profile = browser.send(Method::GET, "/authenticate/profile", None).await;
    assert_eq!(profile.location().unwrap(), "/accounts/authenticate/sign-in?next=%2Faccounts%2Fauthenticate%2Fprofile");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_says_so() {
    let site = Site::new();
    site.make_account().await;
    let mut browser = site.browser();
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    let held = browser.cookie("__Host-session").unwrap().to_owned();
    let page = browser.press_action(&page, "/authenticate/sign-out", &[]).await;
    page.is(200, "You are signed out.");
    page.is(200, "<h1>Sign in</h1>");
    assert_eq!(browser.cookie("__Host-session"), Some(""));
    assert_eq!(site.store.sessions().len(), 0);
    browser.cookies.insert("__Host-session".to_owned(), held);
    let answer = browser.send(Method::GET, "/authenticate/profile", None).await;
    assert_eq!(answer.location().unwrap(), "/authenticate/sign-in?next=%2Fauthenticate%2Fprofile");
}

#[tokio::test]
async fn signing_in_again_ends_the_session_that_the_browser_had() {
    let site = Site::new();
    site.make_account().await;
    let mut browser = site.browser();
    browser.sign_in(EMAIL, PASSWORD).await;
    let first = site.store.sessions()[0].id;
    browser.open("/authenticate/sign-in").await.is(200, "You are signed in as");
    browser.sign_in(EMAIL, PASSWORD).await.is(200, "<h1>Your account</h1>");
    let sessions = site.store.sessions();
    assert_eq!(sessions.len(), 1);
    assert_ne!(sessions[0].id, first);
}

#[tokio::test]
async fn a_form_of_a_session_that_has_ended_leads_to_signing_in() {
    let site = Site::new();
    site.make_account().await;
    let mut browser = site.browser();
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    site.clock.advance(Duration::from_hours(24));
    let page = browser.press(&page, 0, &[("name", "John")]).await;
    page.is(200, "Your session has expired, and nothing was changed.");
    let page = browser.press(&page, 0, &[("email", EMAIL), ("password", PASSWORD)]).await;
    page.is(200, "<h1>Your account</h1>");
    assert_eq!(site.store.accounts()[0].profile.name, None);
}

#[tokio::test]
async fn viewing_pages_writes_nothing() {
    let site = Site::new();
    site.make_account().await;
    let mut browser = site.browser();
    browser.sign_in(EMAIL, PASSWORD).await;
    let before = site.all_rows();
    for path in ["sign-in", "forgot", "profile", "reset?token=x", "invitation?token=x", "confirm-address?token=x"] {
        for method in [Method::GET, Method::HEAD] {
            browser.send(method, &format!("/authenticate/{path}"), None).await;
        }
    }
    for path in
        ["sign-out", "profile/password", "profile/email", "profile/sessions", "profile/deletion", "profile/recovery"]
    {
        let page = browser.send(Method::GET, &format!("/authenticate/{path}"), None).await;
        page.is(405, "<h1>");
        assert_eq!(page.header("allow"), "POST");
    }
    assert_eq!(site.all_rows(), before);
}
