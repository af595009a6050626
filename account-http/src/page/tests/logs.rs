//! What is logged of a visit.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use super::browser::Site;
use super::{EMAIL, OTHER_PASSWORD, PASSWORD};

/// Keeps what is written to it.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_of_a_visit_is_logged() {
    let site = Site::new();
    // Anyone who logs first decides for a place in the code whether anybody listens there: no other test may be first.
    site.browser().open("/authenticate/register").await;
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let mut browser = site.browser();
    let waiting = browser.register().await;
    let continuations = browser.cookie("__Host-continuations").unwrap().to_owned();
    let (link, code) = site.mail().await;
    browser.press(&waiting, 0, &[("code", "00000000")]).await.is(422, EMAIL);
    let mut other = site.browser();
    let page = other.open(&link).await;
    other.press(&page, 0, &[("password", OTHER_PASSWORD)]).await.is(422, EMAIL);
    let page = browser.open(&link).await;
    browser.press(&page, 0, &[]).await.is(200, "verified");

    let session = browser.cookie("__Host-session").unwrap().to_owned();
    browser.sign_in(EMAIL, OTHER_PASSWORD).await.is(401, "Incorrect");
    let page = browser.open("/authenticate/forgot").await;
    browser.press(&page, 0, &[("email", EMAIL)]).await.is(200, "Check your email");
    let reset = site.link().await.unwrap();
    let page = browser.open(&reset).await;
    browser.press(&page, 0, &[("new_password", OTHER_PASSWORD)]).await.is(200, "Password changed");

    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("path=\"/l/..\""), "{log}");
    let secrets = [
        link.trim_start_matches("/l/"),
        reset.trim_start_matches("/l/reset/"),
        &session,
        &code,
        continuations.split('.').nth(1).unwrap(),
        browser.cookie("__Host-session").unwrap(),
        browser.cookie("__Host-csrf").unwrap(),
        PASSWORD,
        OTHER_PASSWORD,
        EMAIL,
    ];
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} is in {log}");
    }
}
