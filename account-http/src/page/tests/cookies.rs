//! What a browser is told to keep.

use poem::http::Method;

use super::EMAIL;
use super::browser::{PUBLIC_URL, Site};

#[tokio::test]
async fn cookies_are_bound_to_the_host_on_https_and_plain_on_a_loopback() {
    for (public_url, prefix, secure) in [(PUBLIC_URL, "__Host-", "; Secure"), ("http://127.0.0.1:8080", "", "")] {
        let site = Site::with(public_url, |_, _| ());
        let mut browser = site.browser();
        let page = browser.open("/authenticate/register").await;
        let [csrf] = &page.set_cookies()[..] else { panic!("one cookie") };
        let attributes = format!("; Path=/{secure}; HttpOnly; SameSite=Lax");
        assert!(csrf.starts_with(&format!("{prefix}csrf=")) && csrf.ends_with(&attributes), "{csrf}");
        assert_eq!(browser.open("/authenticate/register").await.set_cookies().len(), 0, "once is enough");

        let fields: Vec<_> = page.forms().remove(0).fields;
        let fields = [("csrf", fields[0].1.as_str()), ("email", EMAIL), ("password", super::PASSWORD)];
        let answer = browser.post("/authenticate/register", &fields).await;
        let [continuations] = &answer.set_cookies()[..] else { panic!("one cookie") };
        assert!(continuations.starts_with(&format!("{prefix}continuations=")), "{continuations}");
        assert!(continuations.ends_with(&format!("{attributes}; Max-Age=86400")), "{continuations}");
        let held = browser.cookie(&format!("{prefix}continuations")).unwrap().to_owned();
        let secret = held.split('.').nth(1).unwrap().to_owned();
        assert!(!answer.location().unwrap().contains(&secret), "no continuation in a URL");
        let waiting = browser.open(&answer.location().unwrap()).await;
        assert!(!waiting.html.contains(&secret));

        let (link, _) = site.mail().await;
        let page = browser.open(&link).await;
        assert!(!page.html.contains(&secret));
        let done = browser.press(&page, 0, &[]).await;
        let [gone, session, devices] = &done.set_cookies()[..] else { panic!("three cookies") };
        assert!(session.starts_with(&format!("{prefix}session=")), "{session}");
        assert!(session.ends_with(&format!("{attributes}; Max-Age=2592000")), "{session}");
        assert!(devices.starts_with(&format!("{prefix}devices=")), "{devices}");
        assert!(devices.ends_with(&format!("{attributes}; Max-Age=34560000")), "{devices}");
        assert_eq!(*gone, format!("{prefix}continuations={attributes}; Max-Age=0"));
        let session = browser.cookie(&format!("{prefix}session")).unwrap().to_owned();
        assert_eq!(session.len(), 43);
        assert!(!done.html.contains(&session));
    }
}

#[tokio::test]
async fn the_sixth_attempt_drops_the_oldest() {
    let site = Site::new();
    let mut browser = site.browser();
    for number in 0..6 {
        browser.register_with(&format!("john{number}@acme.com"), super::PASSWORD).await;
        site.clock.advance(std::time::Duration::from_secs(1));
    }
    let held = browser.cookie("__Host-continuations").unwrap().to_owned();
    let ids: Vec<_> = held.split('~').map(|pair| pair.split_once('.').unwrap().0).collect();
    let mut registrations = site.store.registrations();
    registrations.reverse();
    let newest: Vec<_> = registrations.iter().take(5).map(|one| one.id.to_string()).collect();
    assert_eq!(ids, newest, "newest first");
    let mails = site.mails().await;
    browser.open(&mails[0].0).await.is(200, "Enter the password");
    browser.open(&mails[1].0).await.is(200, "to activate your account");
    let page = browser.open(&mails[3].0).await;
    browser.press(&page, 0, &[]).await.is(200, "verified");
    let left = browser.cookie("__Host-continuations").unwrap();
    assert_eq!(left.split('~').count(), 4);
    assert!(!left.contains(&newest[2]));
}

#[tokio::test]
async fn damaged_cookies_do_no_harm() {
    let site = Site::new();
    for damaged in ["", "~", "x.y", "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f.", "\u{e4}", "a=b; c"] {
        let mut browser = site.browser();
        browser.cookies.insert("__Host-continuations".to_owned(), damaged.to_owned());
        browser.cookies.insert("__Host-csrf".to_owned(), damaged.to_owned());
        browser.open("/authenticate/register").await.is(200, "<h1>Register</h1>");
        browser.register_with(EMAIL, super::PASSWORD).await.is(200, EMAIL);
    }
    let head = site.browser().send(Method::HEAD, "/authenticate/register", None).await;
    assert_eq!((head.status.as_u16(), head.html.as_str()), (200, ""));
}
