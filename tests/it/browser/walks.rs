//! A person's whole way in other languages, on a desk and on a phone, with scripts and without: registering with all kinds
//! of mistakes, verifying, signing in and out, changing the profile and the password.

use account_core::translation::{Arguments, Catalog, Translator};
use account_tests::{Browser, Driver, Form, Scripts, Service};
use serde_json::json;

use super::emailed::{Link, link};
use super::{DEVICES, PASSWORD, at, only_mistakes_are_refused};

const EMAIL: &str = "jane@acme.com";
const OTHER_PASSWORD: &str = "another sentence that nobody knows";
const REGISTER: &str = "/authenticate/register";
const SIGN_IN: &str = "/authenticate/sign-in";
const PROFILE: &str = "/authenticate/profile";
const CHANGE_PASSWORD: &str = "/authenticate/profile/password";

/// Somebody who reads one language.
struct Person {
    service: Service,
    browser: Browser,
    words: Translator,
    _driver: Driver,
}

impl Person {
    async fn new(language: &str, scripts: Scripts, device: &str) -> Self {
        let (service, driver) = (Service::start_with(&[("PAGES__OPERATOR_NAME", "Acme")]).await, Driver::start().await);
        let browser = driver.browser_in(language, scripts).await;
        let (_, width, height) = DEVICES.into_iter().find(|(name, ..)| *name == device).unwrap();
        browser.resize(width, height).await;
        let words = Catalog::built_in().speaking(language).unwrap();
        Self { service, browser, words, _driver: driver }
    }

    fn form(&self, path: &str) -> Form<'_> {
        Form::to(&self.browser, path)
    }

    async fn open(&self, path: &str) {
        self.browser.open(&at(&self.service, path)).await;
    }

    /// Waits until a sentence of the catalog is on the page, in the person's language.
    async fn reads(&self, key: &str) {
        self.browser.wait_for_text(&self.say(key, &Arguments::none())).await;
    }

    /// All mistakes are told at once: in the summary, which has the focus, and at their fields.
    async fn is_told(&self, mistakes: &[(&str, String)]) {
        assert_eq!(self.browser.focused().await.property("id").await, "errors");
        let script = "return [...document.querySelectorAll('#errors li')].map((item) => \
                      item.innerText.trim().replaceAll('\\u00a0', ' '));";
        let summary = self.browser.run(script, json!([])).await;
        assert_eq!(summary, json!(mistakes.iter().map(|(_, sentence)| sentence).collect::<Vec<_>>()));
        for (field, sentence) in mistakes {
            assert_eq!(self.browser.find(&format!("#{field}-problems")).await.text().await, *sentence);
            self.browser.find(&format!("#{field}[aria-invalid=true][aria-describedby~={field}-problems]")).await;
        }
    }

    /// A sentence of the catalog as a browser tells what it shows: with plain spaces.
    fn say(&self, key: &str, arguments: &Arguments) -> String {
        self.words.text(key, arguments).replace('\u{a0}', " ")
    }

    async fn registers(&self) {
        self.open(REGISTER).await;
        let form = self.form(REGISTER);
        form.fill(&[("email", "jane.acme.com"), ("password", "short"), ("name", &"n".repeat(256))]).await;
        form.send().await;
        self.reads("register-refused").await;
        let name = Arguments::none().with("field", self.say("field-name", &Arguments::none())).with("max", 255_usize);
        self.is_told(&[
            ("email", self.say("violation-email-malformed", &Arguments::none())),
            ("password", self.too_short()),
            ("name", self.say("violation-too-long", &name)),
        ])
        .await;
        form.fill(&[("email", EMAIL), ("password", PASSWORD), ("name", "Jane Appleseed")]).await;
        form.send().await;
        self.reads("waiting-title").await;
        self.browser.wait_for_text(EMAIL).await;
    }

    fn too_short(&self) -> String {
        self.say("violation-password-too-short", &Arguments::none().with("min", 15_usize))
    }

    async fn verifies(&self) {
        self.browser.follow_from_elsewhere(&link(&self.service, Link::Verification, 1).await).await;
        self.reads("verify-title").await;
        self.form("/authenticate/verify").send().await;
        self.reads("verified-title").await;
        self.browser.click("main a.button").await;
        self.reads("profile-title").await;
    }

    async fn signs_out(&self) {
        self.form("/authenticate/sign-out").send().await;
        self.reads("sign-in-signed-out").await;
        self.open(PROFILE).await;
        assert!(self.browser.url().await.contains(SIGN_IN));
    }

    async fn signs_in(&self, wrong: &str, right: &str) {
        let form = self.form(SIGN_IN);
        form.fill(&[("email", EMAIL), ("password", wrong)]).await;
        form.send().await;
        self.reads("sign-in-wrong").await;
        assert_eq!(form.field("email").await.property("value").await, EMAIL);
        form.fill(&[("password", right)]).await;
        form.send().await;
        self.reads("profile-title").await;
    }

    async fn changes_details(&self) {
        let form = self.form(PROFILE);
        assert_eq!(form.field("name").await.property("value").await, "Jane Appleseed");
        form.fill(&[("name", "Jane Doe"), ("postal_address", "Ring 1\n1010 Wien")]).await;
        form.send().await;
        self.reads("profile-done-details").await;
        self.open(PROFILE).await;
        assert_eq!(form.field("name").await.property("value").await, "Jane Doe");
        assert_eq!(form.field("postal_address").await.property("value").await, "Ring 1\n1010 Wien");
    }

    async fn changes_password(&self) {
        let form = self.form(CHANGE_PASSWORD);
        form.fill(&[("current_password", PASSWORD), ("new_password", "short")]).await;
        form.send().await;
        self.is_told(&[("new-password", self.too_short())]).await;
        form.fill(&[("current_password", OTHER_PASSWORD), ("new_password", OTHER_PASSWORD)]).await;
        form.send().await;
        self.is_told(&[("current-password", self.say("incorrect-password", &Arguments::none()))]).await;
        form.fill(&[("current_password", PASSWORD), ("new_password", OTHER_PASSWORD)]).await;
        form.send().await;
        self.reads("profile-done-password").await;
    }
}

async fn walk(language: &str, scripts: Scripts, device: &str) {
    let person = Person::new(language, scripts, device).await;
    person.registers().await;
    person.verifies().await;
    person.signs_out().await;
    person.signs_in(OTHER_PASSWORD, PASSWORD).await;
    person.changes_details().await;
    person.changes_password().await;
    person.signs_out().await;
    person.signs_in(PASSWORD, OTHER_PASSWORD).await;
    only_mistakes_are_refused(&person.browser, language).await;
}

#[tokio::test]
async fn in_german_on_a_desk() {
    walk("de", Scripts::Blocked, "desktop").await;
}

#[tokio::test]
async fn in_german_on_a_phone_with_scripts() {
    walk("de", Scripts::Run, "phone").await;
}

#[tokio::test]
async fn in_french_on_a_desk_with_scripts() {
    walk("fr", Scripts::Run, "desktop").await;
}

#[tokio::test]
async fn in_arabic_on_a_phone() {
    walk("ar", Scripts::Blocked, "phone").await;
}

#[tokio::test]
async fn in_arabic_on_a_desk_with_scripts() {
    walk("ar", Scripts::Run, "desktop").await;
}
