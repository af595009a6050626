//! The waiting page: state, code and another email.

use std::time::Duration;

use account_core::CallContext;
use account_core::outbox::bounce::{DeliveryReport, ReportedAction};
use account_core::ports::DeliveryError;
use poem::http::Method;

use super::browser::Site;
use super::{EMAIL, PASSWORD};

#[tokio::test]
async fn the_code_confirms_and_opens_a_session() {
    let site = Site::new();
    let mut browser = site.browser();
    let waiting = browser.register().await;
    let (_, code) = site.mail().await;
    let typed = format!(" {}-{} ", code[..4].to_lowercase(), &code[4..]);
    browser.press(&waiting, 0, &[("code", &typed)]).await.is(200, "verified");
    assert!(browser.cookie("__Host-session").is_some());
    assert_eq!(browser.cookie("__Host-continuations"), Some(""));
    assert_eq!(site.store.accounts().len(), 1);
}

#[tokio::test]
async fn wrong_codes_are_limited() {
    let site = Site::new();
    let mut browser = site.browser();
    let waiting = browser.register().await;
    let (_, code) = site.mail().await;
    for wrong in ["", "1", "not a code at all"] {
        browser.press(&waiting, 0, &[("code", wrong)]).await.is(422, "id=\"code-problems\"");
    }
    let wrong = if code == "00000000" { "11111111" } else { "00000000" };
    for _ in 0..5 {
        browser.press(&waiting, 0, &[("code", wrong)]).await.is(422, EMAIL);
    }
    let page = browser.press(&waiting, 0, &[("code", &code)]).await;
    page.is(410, "Too many incorrect codes");
    assert!(!page.html.contains("name=\"code\""));
    assert_eq!(site.store.accounts().len(), 0);
}

#[tokio::test]
async fn only_the_browser_that_registered_sees_the_state() {
    let site = Site::new();
    let mut browser = site.browser();
    let waiting = browser.register().await;
    let (_, code) = site.mail().await;
    let id = site.store.registrations()[0].id.to_string();
    let path = format!("/authenticate/register/waiting?registration={id}");
    let unknown = "/authenticate/register/waiting?registration=0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";
    let mut other = site.browser();
    let page = other.open(&path).await;
    page.is(200, "If you have registered");
    assert!(!page.html.contains(EMAIL) && !page.html.contains(&id));
    let csrf = page.forms().remove(0).fields.remove(0).1;
    assert_eq!(other.open(unknown).await.html, page.html);
    assert_eq!(other.open("/authenticate/register/waiting").await.html, page.html);
    let fields = [("csrf", csrf.as_str()), ("registration", &id), ("code", &code)];
    other.post("/authenticate/verify/code", &fields).await.is(404, "If you have registered");
    assert_eq!(site.store.accounts().len(), 0);
    browser.press(&waiting, 0, &[("code", &code)]).await.is(200, "verified");
    // Another tab of this browser still waits.
    let page = browser.open(&path).await;
    page.is(200, "<h1>Your account is ready</h1>");
    page.is(200, "href=\"/authenticate/profile\"");
    other.open(&path).await.is(200, "If you have registered");
}

#[tokio::test]
async fn the_page_shows_the_state_of_the_mail() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await.is(200, "role=\"status\">The email is on its way.</p>");
    let path = format!("/authenticate/register/waiting?registration={}", site.store.registrations()[0].id);
    site.fail_next_mail(DeliveryError::Transient("busy".into()));
    site.mails().await;
    browser.open(&path).await.is(200, "could not be delivered yet");
    site.clock.advance(Duration::from_mins(5));
    site.mails().await;
    browser.open(&path).await.is(200, "a few minutes to arrive");
    browser.open(&path).await.is(200, "Requested 5 minutes ago.");
    site.clock.advance(Duration::from_hours(24));
    let page = browser.open(&path).await;
    page.is(200, "<h1>Your link has expired</h1>");
    browser.press(&page, 0, &[]).await;
    site.mail().await;
    browser.open(&path).await.is(200, "Check your email");
}

#[tokio::test]
async fn the_page_says_that_the_mail_bounced_and_what_to_do() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await;
    site.mails().await;
    let path = format!("/authenticate/register/waiting?registration={}", site.store.registrations()[0].id);
    browser.open(&path).await.is(200, "a few minutes to arrive");
    let (mail, action) = (site.store.outbox()[0].id, ReportedAction::Failed);
    let report = DeliveryReport { mail, action, status: "5.1.1".to_owned() };
    site.pages().service.report_delivery(&report, &CallContext::by("operator")).await.unwrap();
    let page = browser.open(&path).await;
    page.is(200, "<h1>We could not deliver the email</h1>");
    page.is(200, "Check the address. If it is wrong, correct it below.");
    page.is(200, "action=\"/authenticate/register/address\"");
    assert!(page.html.contains(EMAIL) && !page.html.contains("Resend email"));
    site.clock.advance(Duration::from_hours(24));
    browser.open(&path).await.is(200, "<h1>We could not deliver the email</h1>");
}

#[tokio::test]
async fn nobody_is_told_to_check_the_address_if_it_is_not_at_fault() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await;
    let path = format!("/authenticate/register/waiting?registration={}", site.store.registrations()[0].id);
    for _ in 0..3 {
        site.fail_next_mail(DeliveryError::Sender("554 5.7.1 Relay access denied".into()));
        assert!(site.mails().await.is_empty());
        site.clock.advance(Duration::from_mins(1));
    }
    let page = browser.open(&path).await;
    page.is(200, "<h1>We could not deliver the email</h1>");
    page.is(200, "Send it again, or correct the address below.");
    assert!(!page.html.contains("Check the address") && page.html.contains("Resend email"), "{}", page.html);
    browser.press(&page, 0, &[]).await;
    site.mail().await;
    browser.open(&path).await.is(200, "Check your email");

    browser.register().await;
    site.fail_next_mail(DeliveryError::Recipient("550 5.1.1 no such user".into()));
    site.mails().await;
    let path = format!("/authenticate/register/waiting?registration={}", site.store.registrations()[1].id);
    browser.open(&path).await.is(200, "Check the address.");
}

#[tokio::test]
async fn a_registration_completed_elsewhere_reads_completed() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await;
    let (link, _) = site.mail().await;
    let mut other = site.browser();
    let page = other.open(&link).await;
    other.press(&page, 0, &[("password", PASSWORD)]).await.is(200, "verified");
    let path = format!("/authenticate/register/waiting?registration={}", site.store.registrations()[0].id);
    browser.open(&path).await.is(200, "<h1>Your account is ready</h1>");
}

#[tokio::test]
async fn another_mail_can_be_requested_by_address() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await;
    site.mail().await;
    let mut other = site.browser();
    let page = other.open("/authenticate/register/waiting").await;
    for wrong in ["", "no address", "a@acme.com,b@acme.com"] {
        let page = other.press(&page, 0, &[("email", wrong)]).await;
        page.is(422, "id=\"email-problems\"");
        assert!(page.forms()[0].fields.contains(&("email".to_owned(), wrong.to_owned())));
    }
    let known = other.press(&page, 0, &[("email", " john@acme.com ")]).await;
    known.is(200, "If a registration is waiting for that address");
    site.mail().await;
    let unknown = other.press(&page, 0, &[("email", "nobody@acme.com")]).await;
    assert_eq!(known.html, unknown.html);
    assert_eq!(site.mails().await.len(), 0);
}

#[tokio::test]
async fn the_sixth_mail_within_a_minute_is_refused_with_a_message() {
    let site = Site::new();
    let mut browser = site.browser();
    let waiting = browser.register().await;
    for _ in 0..5 {
        browser.press(&waiting, 1, &[]).await.is(200, "We are sending another email.");
    }
    let page = browser.press(&waiting, 1, &[]).await;
    page.is(429, "role=\"alert\" id=\"errors\" tabindex=\"-1\" autofocus>Too many attempts. Try again in 60 seconds.");
    page.is(429, "<h1>Check your email</h1>");
    assert_eq!(page.header("retry-after"), "60");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    site.clock.advance(Duration::from_mins(1));
    browser.press(&waiting, 1, &[]).await.is(200, "We are sending another email.");
}

#[tokio::test]
async fn viewing_the_page_sends_no_mail() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.register().await;
    let (link, _) = site.mail().await;
    let before = site.rows(&link).await;
    for path in ["/authenticate/verification-mails", "/authenticate/verify/code"] {
        for method in [Method::GET, Method::HEAD] {
            assert_eq!(browser.send(method, path, None).await.status.as_u16(), 405);
        }
    }
    let path = format!("/authenticate/register/waiting?registration={}&sent=1", site.store.registrations()[0].id);
    browser.open(&path).await.is(200, EMAIL);
    assert_eq!(site.rows(&link).await, before);
}
