//! What administrators do in the console, with scripts and without.

use account_tests::{Browser, Driver, Form, Scripts, Service};
use serde_json::json;

use super::super::emailed::{Link, link};
use super::super::{DEVICES, only_mistakes_are_refused};
use super::{PASSWORD, at, history, sign_in, start};

const JANE: &str = "jane@acme.com";
const JOAN: &str = "joan@acme.com";

/// An administrator at work.
struct Shift {
    service: Service,
    browser: Browser,
    driver: Driver,
}

impl Shift {
    async fn start(scripts: Scripts, device: &str) -> Self {
        let (service, driver) = start().await;
        let browser = driver.browser_in("en", scripts).await;
        let (_, width, height) = DEVICES.into_iter().find(|(name, ..)| *name == device).unwrap();
        browser.resize(width, height).await;
        Self { service, browser, driver }
    }

    fn form(&self, path: &str) -> Form<'_> {
        Form::to(&self.browser, path)
    }

    /// Goes to a part of the console by its menu.
    async fn go_to(&self, part: &str) {
        self.browser.leave(self.browser.click(&format!("header nav a[href$='{part}']"))).await;
    }

    async fn reads(&self, text: &str) {
        self.browser.wait_for_text(text).await;
    }

    /// Sends a form with these fields, and reads what became of it.
    async fn does(&self, action: &str, fields: &[(&str, &str)], told: &str) {
        let form = self.form(action);
        form.fill(fields).await;
        form.send().await;
        assert_eq!(self.browser.find("[role=status]").await.text().await, told);
    }

    /// Chooses an entry of a list of a form.
    async fn chooses(&self, action: &str, field: &str, value: &str) {
        self.browser.click(&format!("main form[action$='{action}'] [name='{field}'] option[value='{value}']")).await;
    }

    async fn watches_over_an_account(&self) {
        let credentials = json!({"email": JANE, "password": PASSWORD}).to_string();
        let jane_signs_in = async || self.service.post("/account/v1/sessions", &credentials).await.status;
        assert_eq!(jane_signs_in().await, 201);
        self.go_to("/admin/accounts").await;
        let search = self.form("/admin/accounts");
        search.fill(&[("q", "JANE@")]).await;
        search.send().await;
        let found = self.browser.find("main").await.text().await;
        assert!(found.contains(JANE) && !found.contains(super::ADMIN), "{found}");
        self.browser.leave(self.browser.click("main tbody a")).await;
        assert_eq!(self.browser.find("h1").await.text().await, JANE);
        self.does("/sessions", &[], "The sessions of the account were ended.").await;
        self.reads("Nobody is signed in.").await;
        self.does("/disable", &[("reason", "Sends spam")], "The account was disabled.").await;
        assert_ne!(jane_signs_in().await, 201);
        self.does("/enable", &[], "The account was enabled.").await;
        assert_eq!(jane_signs_in().await, 201);
    }

    async fn sends_emails_again(&self) {
        self.go_to("/admin/registrations").await;
        let search = self.form("/admin/registrations");
        search.fill(&[("email", JOAN)]).await;
        search.send().await;
        let told = "Another email is on its way if the registration is still pending.";
        self.does("/admin/registrations/mail", &[], told).await;
        link(&self.service, Link::Verification, 3).await;

        self.go_to("/admin").await;
        self.browser.leave(self.browser.click("main a[href$='/admin/outbox?state=dead']")).await;
        self.reads("550 5.1.1 The mailbox does not exist here").await;
        let told = "The entry was put back. It will be delivered now if it is still valid.";
        self.does("/redrive", &[], told).await;
        self.go_to("/admin").await;
        assert!(!self.browser.text().await.contains("Show dead letters"));
    }

    async fn closes_registration(&self) {
        self.go_to("/admin/features").await;
        let action = "/admin/features/account-registration";
        self.chooses(action, "mode", "closed").await;
        self.does(action, &[("reason", "We open in May.")], "Your changes were saved.").await;
        let other = self.driver.browser().await;
        other.open(&at(&self.service, "/authenticate/register")).await;
        other.wait_for_text("We open in May.").await;
    }

    async fn makes_organizations_and_clients(&self) {
        self.go_to("/admin/organizations").await;
        let list = "/admin/organizations";
        self.does(list, &[("code", "example"), ("name", "Example Ltd")], "Your changes were saved.").await;
        assert_eq!(self.browser.find("h1").await.text().await, "Example Ltd");
        self.go_to("/admin/clients").await;
        let client = [("id", "portal"), ("name", "Portal"), ("networks", "203.0.113.0/24")];
        self.does("/admin/clients", &client, "Your changes were saved.").await;
        self.go_to("/admin/clients").await;
        self.reads("Portal").await;
    }

    async fn looks_back(&self) {
        self.go_to("/admin/audit").await;
        let rows = "return document.querySelectorAll('main tbody tr').length;";
        let all = self.browser.run(rows, json!([])).await.as_u64().unwrap();
        self.chooses("/admin/audit", "event", "account_disabled").await;
        self.form("/admin/audit").send().await;
        assert_eq!(self.browser.run(rows, json!([])).await, 1, "of {all}");
        self.reads("Sends spam").await;
        assert!(all > 5, "{all}");
    }
}

async fn work(scripts: Scripts, device: &str) {
    let shift = Shift::start(scripts, device).await;
    let jane = json!({"email": JANE, "password": PASSWORD}).to_string();
    assert_eq!(shift.service.post("/account/v1/registrations", &jane).await.status, 202);
    let token = link(&shift.service, Link::Verification, 1).await;
    let token = token.rsplit('/').next().unwrap();
    let redeem = json!({"token": token, "password": PASSWORD}).to_string();
    assert_eq!(shift.service.post("/account/v1/email-verifications", &redeem).await.status, 200);
    history::a_dead_letter(&shift.service, JOAN).await;

    sign_in(&shift.service, &shift.browser).await;
    shift.watches_over_an_account().await;
    shift.sends_emails_again().await;
    shift.closes_registration().await;
    shift.makes_organizations_and_clients().await;
    shift.looks_back().await;
    only_mistakes_are_refused(&shift.browser, "the console").await;
}

#[tokio::test]
async fn on_a_desk_with_scripts() {
    work(Scripts::Run, "desktop").await;
}

#[tokio::test]
async fn on_a_phone_without_scripts() {
    work(Scripts::Blocked, "phone").await;
}
