//! A service below a path of its host, behind a reverse proxy that removes the path from requests and one that keeps it.
//! `Browser` checks of every page that all its addresses are below the path, and that its cookies are named by it.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use account_core::account::Role;
use account_core::challenge::{ChallengeMode, ChallengeSettings};
use account_core::ports::Rate;
use poem::http::Method;
use serde_json::{Value, json};

use super::browser::{Browser, Page, Proxy, Site};
use super::{EMAIL, OTHER_PASSWORD, PASSWORD};

const BASE: &str = "/shop/accounts";
const PROXIES: [Proxy; 2] = [Proxy::Removes, Proxy::Keeps];

fn site() -> Site {
    Site::with(&format!("https://example.com{BASE}/"), |_, _| ())
}

fn browser(site: &Site, proxy: Proxy) -> Browser<'_> {
    Browser { proxy, ..site.browser() }
}

fn at(path: &str) -> String {
    format!("{BASE}{path}")
}

/// Follows every address that the page shows, and those of the pages behind them.
async fn walk(browser: &mut Browser<'_>, from: &Page) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut ahead = from.addresses();
    while let Some(address) = ahead.pop() {
        if address.starts_with('#') || !seen.insert(address.clone()) {
            continue;
        }
        let page = browser.send(Method::GET, &address, None).await;
        // What forms on other pages do is not opened.
        assert!(page.status.as_u16() < 400 || page.status == 405, "{address}: {}", page.status);
        ahead.extend(page.addresses());
    }
    seen
}

#[tokio::test]
async fn signing_up_and_everything_on_the_profile_stay_below_the_path() {
    for proxy in PROXIES {
        let site = site();
        let mut browser = browser(&site, proxy);
        let waiting = browser.register().await;
        let seen = walk(&mut browser, &waiting).await;
        for path in
            ["/authenticate/style.css", "/authenticate/register", "/authenticate/sign-in", "/authenticate/forgot"]
        {
            assert!(seen.contains(&at(path)), "{path} is not among {seen:?}");
        }
        let (link, _) = site.mail().await;
        let page = browser.open(&link).await;
        let verified = browser.press(&page, 0, &[]).await;
        verified.is(200, "Email address verified");
        assert!(browser.cookie("__Host-session-shop.accounts").is_some());
        assert!(walk(&mut browser, &verified).await.contains(&at("/authenticate/profile")));

        let page = browser.open("/authenticate/profile").await;
        let page = browser.press_action(&page, &at("/authenticate/profile"), &[("name", "John")]).await;
        page.is(200, "John");
        let change = [("current_password", PASSWORD), ("new_password", OTHER_PASSWORD)];
        let page = browser.press_action(&page, &at("/authenticate/profile/password"), &change).await;
        assert_eq!(page.status, 200, "{}", page.html);
        let new = [("email", "john@example.org")];
        browser
            .press_action(&page, &at("/authenticate/profile/email"), &new)
            .await
            .is(200, "We emailed the new address.");
        let page = browser.open(&site.link().await.unwrap()).await;
        let page = browser.press(&page, 0, &[]).await;
        page.is(200, "john@example.org");
        walk(&mut browser, &page).await;

        let page = browser.open("/authenticate/profile").await;
        let page = browser.press_action(&page, &at("/authenticate/sign-out"), &[]).await;
        page.is(200, "You are signed out.");
        assert_eq!(browser.cookie("__Host-session-shop.accounts"), Some(""));
        let page = browser.sign_in("john@example.org", OTHER_PASSWORD).await;
        page.is(200, "<h1>Your account</h1>");
        let sure = [("confirmation", "yes"), ("password", OTHER_PASSWORD)];
        let page = browser.press_action(&page, &at("/authenticate/profile/deletion"), &sure).await;
        page.is(200, "<h1>Your account will be deleted</h1>");
        walk(&mut browser, &page).await;
    }
}

#[tokio::test]
async fn resets_invitations_and_dead_links_stay_below_the_path() {
    for proxy in PROXIES {
        let site = site();
        site.make_account().await;
        let mut browser = browser(&site, proxy);
        let page = browser.open("/authenticate/forgot").await;
        let page = browser.press(&page, 0, &[("email", EMAIL)]).await;
        walk(&mut browser, &page).await;
        let link = site.link().await.unwrap();
        let page = browser.open(&link).await;
        browser.press(&page, 0, &[("new_password", OTHER_PASSWORD)]).await.is(200, "<h1>Password changed</h1>");
        let dead = browser.open(&link).await;
        dead.is(410, "<h1>Link already used</h1>");
        walk(&mut browser, &dead).await;

        site.make("jane@acme.com", Role::User, None).await;
        let page = browser.open(&site.link().await.unwrap()).await;
        browser.press(&page, 0, &[("password", PASSWORD)]).await.is(200, "<h1>Your account is ready</h1>");
        browser.cookies.clear();
        for dead in ["/l/x", "/l/reset/x", "/l/address/x", "/l/invitation/x", "/authenticate/nothing"] {
            let page = browser.open(dead).await;
            assert!(page.status == 404 || page.html.contains("Sign in to verify"), "{dead}: {}", page.html);
            walk(&mut browser, &page).await;
        }
    }
}

#[tokio::test]
async fn a_page_that_asks_for_a_session_leads_back_below_the_path() {
    for proxy in PROXIES {
        let site = site();
        site.make_account().await;
        let mut browser = browser(&site, proxy);
        let asked = browser.send(Method::GET, "/authenticate/profile", None).await;
        let next = "next=%2Fshop%2Faccounts%2Fauthenticate%2Fprofile";
        assert_eq!(asked.location().unwrap(), at(&format!("/authenticate/sign-in?{next}")));
        let page = browser.open("/authenticate/profile").await;
        let page = browser.press(&page, 0, &[("email", EMAIL), ("password", PASSWORD)]).await;
        page.is(200, "<h1>Your account</h1>");
        // A form that another installation on the host sends, or an older page, has no token of ours.
        let csrf = browser.cookies.remove("__Host-csrf-shop.accounts").unwrap();
        browser.cookies.insert("__Host-csrf".to_owned(), csrf);
        browser
            .press_action(&page, &at("/authenticate/profile"), &[("name", "John")])
            .await
            .is(403, "Your form expired");
    }
}

#[tokio::test]
async fn the_scripts_of_challenges_are_found_below_the_path() {
    for proxy in PROXIES {
        let site = Site::with(&format!("https://example.com{BASE}"), |settings, _| {
            let wait = Duration::from_secs(30);
            settings.challenge = ChallengeSettings { mode: ChallengeMode::Always, work: 500, wait };
            settings.limits.challenge_waits_in_all = Rate::OFF;
        });
        let mut browser = browser(&site, proxy);
        let page = browser.open("/authenticate/register").await;
        let seen = walk(&mut browser, &page).await;
        for path in ["challenge.js", "challenge_worker.js", "register/challenge"] {
            assert!(seen.contains(&at(&format!("/authenticate/{path}"))), "{path} is not among {seen:?}");
        }
    }
}

#[tokio::test]
async fn apis_and_documents_stay_below_the_path() {
    for before in ["", BASE] {
        let site = site();
        let get = async |path: &str| site.client.get(format!("{before}{path}")).send().await.0;
        for document in ["/openapi.json", "/openapi/all.json", "/openapi/mikrocloud.json", "/openapi/form.json"] {
            let document: Value = get(document).await.into_body().into_json().await.unwrap();
            assert_eq!(document["servers"], json!([{"url": BASE}]));
            if let Some(cookie) = document.pointer("/components/securitySchemes/session_cookie/name") {
                assert_eq!(cookie, "__Host-session-shop.accounts");
            }
        }
        for reader in ["/docs", "/docs/all", "/docs/mikrocloud"] {
            let html = get(reader).await.into_body().into_string().await.unwrap();
            assert!(html.contains("\"servers\": [\n    {\n      \"url\": \"/shop/accounts\"\n"), "{reader}");
        }
        let problem: Value = get("/account/v1/nothing").await.into_body().into_json().await.unwrap();
        assert_eq!(problem["type"], at("/problems/not_found"));
        assert!(problem["detail"].as_str().unwrap().contains(&at("/docs ")), "{problem}");
        assert_eq!(get("/problems/not_found").await.status(), 200);
        assert_eq!(get("/health/liveness").await.status(), 204);
        // A documented API, by its spelling and by another.
        let register = json!({"FirstName": "John"});
        let answer = site.client.post(format!("{before}/API/v1/account/register")).body_json(&register).send().await.0;
        let envelope: Value = answer.into_body().into_json().await.unwrap();
        assert_eq!(envelope["StatusText"], "Bad Request");
    }
}

/// The same for what no test opens: addresses are written with what goes before them, and scripts know none.
#[test]
fn every_address_in_a_template_begins_with_the_path() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut count = 0;
    let files = [folder.join("console"), folder].into_iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
    for path in files.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        let text = std::fs::read_to_string(&path).unwrap();
        if path.extension().is_some_and(|extension| extension == "html") {
            for name in ["href", "src", "action", "formaction", "data-challenge", "data-worker", "content"] {
                for address in text.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split_once('"').unwrap().0) {
                    let is_elsewhere = address.starts_with('#') || !address.contains('/');
                    let is_below = address.starts_with("{{ frame.base }}");
                    assert!(is_elsewhere || is_below, "{}: {address}", path.display());
                    count += 1;
                }
            }
            for before in text.split("links=[").skip(1).filter_map(|rest| rest.split(']').next()) {
                assert!(
                    ["frame.base ~ \"/", "\"#", "frame.terms", "frame.privacy"]
                        .iter()
                        .any(|begin| before.starts_with(begin)),
                    "{}: {before}",
                    path.display()
                );
                count += 1;
            }
        } else {
            assert!(!["\"/", "'/", "`/", "url("].iter().any(|mark| text.contains(mark)), "{}", path.display());
        }
    }
    assert!(count > 50, "{count} addresses were found");
}
