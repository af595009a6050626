//! What administrators see.

use std::time::Duration;

use account_core::ports::{HashingObserver, HashingRefusal, LimitObserver, Urgency};

use super::*;

/// The most bytes that a page of the console has, with its stylesheets.
const MAX_BYTES: usize = 60 * 1_024;

#[tokio::test]
async fn charts_have_texts_and_a_table_each() {
    let site = Site::new();
    let mut browser = signed_in(&site, Role::Admin).await;
    site.browser().register_with("jane@acme.com", PASSWORD).await;
    site.clock.advance(Duration::from_secs(90));
    site.mail().await;
    LimitObserver::refused(&*site.metrics, "sign_ins", None);
    let page = browser.open("/admin?days=31").await;
    let count = |what: &str| page.html.matches(what).count();
    let charts = count("<svg ");
    assert_eq!(charts, 6);
    assert_eq!(
        (count("<title id="), count("<desc id="), count("role=\"img\""), count("<details>"), count("<table>")),
        (charts, charts, charts, charts, charts)
    );
    // The wait, as a bar and in the table.
    page.is(200, "01-01, Median: 90 s</title>");
    page.is(200, "<td>90 s</td><td>90 s</td>");
    page.is(200, "since 1 January 2026 at 00:00 UTC");
    let styles = [look(&mut browser, "/authenticate/style.css").await, look(&mut browser, "/admin/console.css").await];
    let bytes = page.html.len() + styles.iter().map(|style| style.html.len()).sum::<usize>();
    assert!(bytes < MAX_BYTES, "{bytes}");
    look(&mut browser, "/admin?days=400").await.is(400, "");
}

#[tokio::test]
async fn what_this_instance_counted_is_shown() {
    let site = Site::new();
    let mut browser = signed_in(&site, Role::Admin).await;
    for _ in 0..3 {
        LimitObserver::refused(&*site.metrics, "sign_ins", None);
    }
    site.metrics.waited(Urgency::SignIn, Duration::from_millis(40));
    HashingObserver::refused(&*site.metrics, Urgency::Registration, HashingRefusal::Full);
    let page = browser.open("/admin").await;
    page.is(200, "<title>sign_ins, Refused: 3</title>");
    page.is(200, "<title>sign_in, Computed: 1</title>");
    page.is(200, "<title>registration, Refused: 1</title>");
    page.is(200, ">40 ms</bdi></td>");
}

#[tokio::test]
async fn lists_go_on_by_cursors_that_fit_their_filters() {
    let site = Site::new();
    let mut browser = signed_in(&site, Role::Admin).await;
    for number in 0..55 {
        site.clock.advance(Duration::from_millis(1));
        site.make(&format!("u{number}@acme.com"), Role::User, Some(PASSWORD)).await;
    }
    let page = browser.open("/admin/accounts?q=acme&role=user").await;
    let rows = |page: &Page| page.html.matches("href=\"/admin/accounts/").count();
    assert_eq!(rows(&page), 50);
    assert!(page.html.len() < MAX_BYTES, "{}", page.html.len());
    let next = page.addresses().into_iter().find(|link| link.contains("cursor=")).unwrap();
    assert!(next.starts_with("/admin/accounts?q=acme&role=user&cursor="), "{next}");
    let second = browser.open(&next).await;
    assert_eq!(rows(&second), 5);
    second.is(200, "<a href=\"/admin/accounts?q=acme&amp;role=user\">First page</a>");
    let other = next.replace("role=user", "role=admin");
    look(&mut browser, &other).await.is(400, "");
    for wrong in ["role=king", "state=x", "organization=1", "cursor=x"] {
        look(&mut browser, &format!("/admin/accounts?{wrong}")).await.is(400, "");
    }
}

#[tokio::test]
async fn an_account_is_found_by_its_id_and_shown_in_the_administrators_time() {
    let site = Site::new();
    let john = somebody(&site, "john@acme.com").await;
    let mut browser = signed_in(&site, Role::Admin).await;
    let page = browser.open("/authenticate/profile").await;
    browser.press_action(&page, "/authenticate/profile", &[("time_zone", "Europe/Berlin")]).await;
    let found = look(&mut browser, &format!("/admin/accounts?q={john}")).await;
    assert_eq!(found.location(), Some(format!("/admin/accounts/{john}")));
    let page = browser.open(&format!("/admin/accounts/{john}")).await;
    page.is(200, "1 January 2026 at 01:00");
    let trail = page.addresses().into_iter().find(|link| link.starts_with("/admin/audit?account=")).unwrap();
    let trail = browser.open(&trail).await;
    trail.is(200, "<code dir=\"ltr\">account_created</code>");
    assert!(!trail.html.contains("<code dir=\"ltr\">signed_in</code>"), "only what concerns the account");
    browser.open("/admin/audit?event=signed_in").await.is(200, "<code dir=\"ltr\">signed_in</code>");
    let typed = look(&mut browser, "/admin/audit?account=john%40acme.com&event=signed_in").await;
    typed.is(400, "Enter the ID of an account.");
    typed.is(400, "value=\"john@acme.com\"");
    assert!(!typed.html.contains("Nothing was changed:"), "nothing was to be changed");
}

#[tokio::test]
async fn what_people_typed_is_escaped() {
    let site = Site::new();
    let mut theirs = site.browser();
    somebody(&site, "john@acme.com").await;
    theirs.sign_in("john@acme.com", PASSWORD).await;
    let page = theirs.open("/authenticate/profile").await;
    theirs.press_action(&page, "/authenticate/profile", &[("name", "<script>alert(1)</script>")]).await;
    let hostile = ("user-agent", "<script>alert(2)</script>".to_owned());
    let mut elsewhere = Browser { preferences: vec![hostile], ..site.browser() };
    elsewhere.sign_in("john@acme.com", PASSWORD).await;
    let mut browser = signed_in(&site, Role::Admin).await;
    let john = format!("/admin/accounts/{}", stored(&site, "john@acme.com").id);
    let page = browser.open(&john).await;
    page.is(200, "&lt;script&gt;alert(2)&lt;/script&gt;");
    assert!(!page.html.contains("<script>"));
    act(&mut browser, &john, &format!("{john}/disable"), &[("reason", "<script>alert(3)</script>")])
        .await
        .is(200, "&lt;script&gt;alert(3)&lt;/script&gt;");
    let page = browser.open("/admin/accounts?q=%22%3E%3Cscript").await;
    page.is(200, "value=\"&quot;&gt;&lt;script\"");
    let page = browser.open("/admin/accounts").await;
    page.is(200, "&lt;script&gt;alert(1)&lt;/script&gt;");
    assert!(!page.html.contains("<script>"));
}

#[tokio::test]
async fn the_console_speaks_every_language() {
    let site = Site::new();
    let john = somebody(&site, "john@acme.com").await;
    let mut browser = signed_in(&site, Role::SuperAdmin).await;
    for (language, title) in [("de", "Übersicht"), ("fr", "Tableau de bord"), ("es", "Resumen"), ("ar", "نظرة عامة")]
    {
        browser.preferences = vec![("accept-language", language.to_owned())];
        let pages = paths(john);
        browser.open(&pages[0]).await.is(200, &format!("<h1 id=\"content\">{title}</h1>"));
        for path in &pages {
            let page = browser.open(path).await;
            page.is(200, &format!("<html lang=\"{language}\""));
            assert!(!page.html.contains(">console-") && !page.html.contains("\"console-"), "{}", page.html);
        }
    }
}

#[tokio::test]
async fn the_console_stays_below_the_path_of_the_public_url() {
    let site = Site::with("https://example.com/accounts", |_, _| ());
    site.make(ADMIN, Role::SuperAdmin, Some(PASSWORD)).await;
    let mut browser = site.browser();
    browser.sign_in(ADMIN, PASSWORD).await;
    // Every page that the browser of the tests opens is checked for links that lead elsewhere.
    for path in paths(stored(&site, ADMIN).id) {
        browser.open(&path).await.is(200, "href=\"/accounts/admin/console.css\"");
    }
}

#[tokio::test]
async fn the_answer_to_a_refused_form_is_switched_to_another_language_in_the_console() {
    let site = Site::new();
    let john = somebody(&site, "john@acme.com").await;
    let mut browser = signed_in(&site, Role::Admin).await;
    let back = |page: &Page| {
        let rest = page.html.split_once("name=\"back\" value=\"").unwrap().1;
        rest.split_once('"').unwrap().0.to_owned()
    };
    let page = format!("/admin/accounts/{john}");
    assert_eq!(back(&browser.open(&format!("{page}?done=enabled")).await), page);
    let long = "x".repeat(501);
    let refused = act(&mut browser, &page, &format!("{page}/disable"), &[("reason", &long)]).await;
    assert_eq!(back(&refused), "/admin/accounts");
}
