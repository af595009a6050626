//! Every page in every state that people meet, in each language, on a desk and on a phone, in light and dark: axe-core
//! finds nothing wrong with it, it is no wider than the screen, and its pictures are left for people. In one language of
//! each direction both devices are looked at in both colors, in one state of each page; that takes longest.

mod ways;

use std::collections::BTreeSet;

use account_core::translation::{Arguments, Catalog};
use account_tests::accessibility::{Rules, violations};
use account_tests::{Browser, Driver, Scripts, Service};

use super::inspection::{Extent, Inspection};

/// What every page has, and registering asks for.
const SETTINGS: [(&str, &str); 11] = [
    ("PAGES__OPERATOR_NAME", "Acme"),
    ("PAGES__TERMS_URL", "https://www.acme.com/terms"),
    ("PAGES__PRIVACY_URL", "https://www.acme.com/privacy"),
    ("PAGES__SUPPORT_URL", "https://www.acme.com/help"),
    ("PAGES__REGISTRATION_FIELDS__COUNTRY", "optional"),
    ("PAGES__REGISTRATION_FIELDS__NEWSLETTER", "optional"),
    ("PAGES__REGISTRATION_FIELDS__TERMS", "required"),
    ("REGISTRATION__TERMS_VERSION", "2026-01"),
    ("REGISTRATION__PRIVACY_VERSION", "2026-01"),
    ("REGISTRATION__CHALLENGE", "adaptive"),
    ("LIMITS__RESEND", "1/min"),
];

/// The most that a page has with its styles and scripts, before compression.
const MOST_BYTES: u64 = 60 * 1024;
/// The same for the profile page, which has long lists; letters of Arabic are two bytes.
const MOST_BYTES_WITH_LISTS: u64 = 96 * 1024;
/// Pages on the way to a provider and back: they lead on as soon as they are there, before they can be looked at.
const PASSING: [&str; 2] = ["provider_leaving", "provider_return"];

/// Somebody who looks at all pages in one language.
struct Tour {
    service: Service,
    driver: Driver,
    inspection: Inspection,
    extent: Extent,
    /// The templates of the pages seen so far.
    seen: BTreeSet<String>,
    /// Browsers that are no longer needed. To start one takes longer than to look at a page.
    spare: Vec<Browser>,
}

impl Tour {
    async fn start(language: &'static str, extent: Extent) -> Self {
        let (service, driver) = (Service::start_with(&SETTINGS).await, Driver::start().await);
        let inspection = Inspection::new(language);
        Self { service, driver, inspection, extent, seen: BTreeSet::new(), spare: Vec::new() }
    }

    /// A browser that knows nothing of what was before.
    async fn browser(&mut self) -> Browser {
        match self.spare.pop() {
            Some(browser) => browser,
            None => self.driver.browser_in(self.inspection.language(), Scripts::Run).await,
        }
    }

    /// Has somebody else use a browser, whose page is one of the service's.
    async fn give_back(&mut self, browser: Browser) {
        browser.block(&[]).await;
        browser.forget_cookies().await;
        self.spare.push(browser);
    }

    /// Looks at the page that a browser shows: it is made from that template, and in that state.
    async fn look(&mut self, browser: &Browser, template: &str, state: &str) {
        // On the other screens a page looks the same in each of its states.
        let extent = if self.seen.insert(template.to_owned()) { self.extent } else { Extent::Half };
        let page = [template, state].map(|part| part.replace('_', "-")).join(" ").trim().replace(' ', "-");
        let title = browser.title().await;
        let is_called = |words: &str| title == format!("{words} – Acme");
        let words = &self.inspection.words;
        // What is for developers alone is in English.
        let is_titled = match template {
            "development" => is_called("Development"),
            _ => titles(template).iter().any(|key| is_called(&words.text(key, &Arguments::none()))),
        };
        if !is_titled {
            self.inspection.note(format!("{page}: is called {title}"));
        }
        let most = if template == "profile" { MOST_BYTES_WITH_LISTS } else { MOST_BYTES };
        self.inspection.look(browser, &page, extent, most).await;
    }

    /// The pages that there are: templates that are not parts of others.
    async fn pages(&self) -> BTreeSet<String> {
        let exported = self.service.run(&["pages", "templates", "--export", "templates"]).await;
        assert!(exported.status.success(), "{exported:?}");
        let mut pages = BTreeSet::new();
        for entry in std::fs::read_dir(self.service.path("templates")).unwrap() {
            let path = entry.unwrap().path();
            if std::fs::read_to_string(&path).unwrap().contains("{% extends") {
                pages.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
            }
        }
        pages
    }

    /// Every page was seen, and nothing is wrong with any.
    async fn end(self) {
        let mut pages = self.pages().await;
        for passing in PASSING {
            assert!(pages.remove(passing), "{passing} is no page");
        }
        self.inspection.end();
        assert_eq!(self.seen, pages, "every page has to be looked at");
    }
}

/// The messages of which one is the title of a page that is made from that template.
fn titles(template: &str) -> Vec<String> {
    let name = template.replace('_', "-");
    let own = match template {
        "sign_in" => name,
        "address_confirmed" => "verified-title".to_owned(),
        "confirm_address" => "verify-title".to_owned(),
        "waiting_unknown" => "waiting-title".to_owned(),
        "dead_link" | "error" | "waiting" => {
            let keys = Catalog::english_file();
            let keys = keys.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned());
            return keys.filter(|key| key.starts_with(&name) && key.contains("-title")).collect();
        }
        _ => format!("{name}-title"),
    };
    vec![own]
}

async fn look_at_all_pages(language: &'static str, extent: Extent) {
    let mut tour = Tour::start(language, extent).await;
    ways::to_an_account(&mut tour).await;
    ways::with_an_account(&mut tour).await;
    ways::into_an_account(&mut tour).await;
    ways::out_of_an_account(&mut tour).await;
    ways::by_invitation(&mut tour).await;
    ways::with_a_bounce(&mut tour).await;
    ways::with_a_challenge(&mut tour).await;
    ways::that_end(&mut tour).await;
    tour.end().await;
}

#[tokio::test]
async fn english_pages_are_accessible() {
    look_at_all_pages("en", Extent::Full).await;
}

#[tokio::test]
async fn german_pages_are_accessible() {
    look_at_all_pages("de", Extent::Half).await;
}

#[tokio::test]
async fn french_pages_are_accessible() {
    look_at_all_pages("fr", Extent::Half).await;
}

#[tokio::test]
async fn spanish_pages_are_accessible() {
    look_at_all_pages("es", Extent::Half).await;
}

#[tokio::test]
async fn arabic_pages_are_accessible() {
    look_at_all_pages("ar", Extent::Full).await;
}

/// What the tours rely on.
#[tokio::test]
async fn what_is_inaccessible_is_found() {
    let driver = Driver::start().await;
    let browser = driver.browser_with_scripts().await;
    let gray = "<p style='color:darkgray;background:white'>Hard to read</p>";
    let page = |content: &str| format!("data:text/html,<html lang=en><title>A</title><main><h1>A</h1>{content}</main>");
    browser.open(&page(&format!("{gray}<img src='a.png'>"))).await;
    let found = violations(&browser, Rules::All).await;
    assert!(
        found.iter().any(|fault| fault.starts_with("color-contrast: ") && fault.contains("Hard to read")),
        "{found:?}"
    );
    assert!(found.iter().any(|fault| fault.starts_with("image-alt: ")), "{found:?}");
    assert_eq!(found.len(), 2, "{found:?}");
    browser.open(&page("<p>Easy to read</p>")).await;
    assert_eq!(violations(&browser, Rules::All).await, [""; 0]);
}
