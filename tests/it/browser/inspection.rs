//! Looking at a page in one language, on a desk and on a phone, in light and dark: axe-core finds nothing wrong with it, it
//! is no wider than the screen, and its pictures are left for people.

use account_core::translation::{Catalog, Translator};
use account_tests::Browser;
use account_tests::accessibility::{Rules, violations};
use serde_json::json;

use super::gallery::{Picture, write_index};
use super::{Screen, screens};

/// The width of a desk's window at a zoom of 400 % (WCAG 2.2, 1.4.10).
const NARROW: u32 = 320;
/// Adds up what the page is and has loaded.
const LOADED: &str = "return ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type)) \
                      .reduce((sum, entry) => sum + entry.decodedBodySize, 0);";

/// On how many screens a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Every device in both schemes.
    Full,
    /// A desk in light, and a phone in dark: each device and each scheme once.
    Half,
}

impl Extent {
    fn screens(self) -> impl Iterator<Item = Screen> {
        screens().filter(move |screen| self == Self::Full || (screen.device == "desktop") == (screen.scheme == "light"))
    }
}

/// Looks at pages, and notes what is wrong with them.
pub(super) struct Inspection {
    language: &'static str,
    pub(super) words: Translator,
    faults: Vec<String>,
}

impl Inspection {
    pub(super) fn new(language: &'static str) -> Self {
        let words = Catalog::built_in().speaking(language).unwrap();
        Self { language, words, faults: Vec::new() }
    }

    pub(super) const fn language(&self) -> &'static str {
        self.language
    }

    pub(super) fn note(&mut self, fault: String) {
        self.faults.push(fault);
    }

    /// Looks at the page that a browser shows. With its styles and scripts it has at most that many bytes, before
    /// compression.
    pub(super) async fn look(&mut self, browser: &Browser, page: &str, extent: Extent, most_bytes: u64) {
        let html = browser.run("const {lang, dir} = document.documentElement; return [lang, dir];", json!([])).await;
        let direction = if self.words.is_right_to_left() { "rtl" } else { "ltr" };
        if html != json!([self.language, direction]) {
            self.note(format!("{page}: is in {html}"));
        }
        let mut shown = 0;
        for Screen { device, width, height, scheme } in extent.screens() {
            if shown != width {
                browser.resize(width, height).await;
                shown = width;
            }
            browser.prefer_colors(scheme).await;
            let picture = Picture { page, language: self.language, device, scheme };
            browser.screenshot_of_page(&picture.path()).await;
            // The other rules were broken in light, too.
            let rules = if extent == Extent::Full && scheme == "dark" { Rules::OfColors } else { Rules::All };
            let found = violations(browser, rules).await;
            self.faults.extend(found.into_iter().map(|fault| format!("{page}, {device}, {scheme}: {fault}")));
            self.fits(browser, page, width).await;
        }
        browser.resize(NARROW, 640).await;
        self.fits(browser, page, NARROW).await;
        let bytes = browser.run(LOADED, json!([])).await.as_u64().unwrap();
        if bytes > most_bytes {
            self.note(format!("{page}: has {bytes} bytes with what it loads"));
        }
    }

    async fn fits(&mut self, browser: &Browser, page: &str, width: u32) {
        let needed = browser.run("return document.documentElement.scrollWidth;", json!([])).await.as_u64().unwrap();
        if needed > u64::from(width) {
            self.note(format!("{page}: is {needed} wide on {width}"));
        }
    }

    /// Nothing is wrong with any page.
    pub(super) fn end(self) {
        write_index();
        assert!(self.faults.is_empty(), "{} faults:\n{}", self.faults.len(), self.faults.join("\n"));
    }
}
