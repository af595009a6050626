//! The console: every page of it is looked at, and administrators do their tasks in it.

mod history;
mod tasks;

use std::collections::BTreeSet;

use account_tests::{Browser, Driver, Form, Scripts, Service};
use serde_json::json;

use super::inspection::{Extent, Inspection};
use super::{PASSWORD, at};

const ADMIN: &str = "root@acme.com";
/// The most that a page of the console has with its styles, before compression.
const MOST_BYTES: u64 = 60 * 1024;
/// The paths of the console that the page links to.
const LINKED: &str = "return [...document.links].map((link) => new URL(link.href).pathname) \
                      .filter((path) => path.startsWith('/admin'));";

/// The colors of the letters in a chart, and of its legend.
const COLORS: &str = "return [getComputedStyle(document.querySelector('.chart text')).fill, \
                      getComputedStyle(document.querySelector('.legend')).color];";

/// A service with an administrator.
async fn start() -> (Service, Driver) {
    let service = Service::start_with(&[("PAGES__OPERATOR_NAME", "Acme")]).await;
    let create = ["admin", "create", "--email", ADMIN, "--role", "super_admin", "--password-stdin"];
    let created = service.run_with_input(&create, &format!("{PASSWORD}\n")).await;
    assert!(created.status.success(), "{created:?}");
    (service, Driver::start().await)
}

/// Asks for the console, signs in, and is there.
async fn sign_in(service: &Service, browser: &Browser) {
    browser.open(&at(service, "/admin")).await;
    let form = Form::to(browser, "/authenticate/sign-in");
    form.fill(&[("email", ADMIN), ("password", PASSWORD)]).await;
    form.send().await;
    assert!(browser.url().await.ends_with("/admin"), "{}", browser.text().await);
}

/// The place of a page among those of the console, whichever account, organization or client it shows.
fn pattern(path: &str) -> String {
    let is_id = |(index, segment): (usize, &str)| index == 2 && !segment.is_empty();
    let segments = path.trim_matches('/').split('/').enumerate();
    segments.map(|segment| if is_id(segment) { ":id" } else { segment.1 }).collect::<Vec<_>>().join("/")
}

/// An administrator who looks at all pages of the console.
struct Round {
    service: Service,
    driver: Driver,
    browser: Browser,
    inspection: Inspection,
    extent: Extent,
    /// The pages seen, and those that they link to.
    seen: BTreeSet<String>,
    linked: BTreeSet<String>,
}

impl Round {
    async fn start(language: &'static str, extent: Extent) -> Self {
        let (service, driver) = start().await;
        let browser = driver.browser_in(language, Scripts::Run).await;
        let inspection = Inspection::new(language);
        Self { service, driver, browser, inspection, extent, seen: BTreeSet::new(), linked: BTreeSet::new() }
    }

    async fn look(&mut self, page: &str) {
        let url = self.browser.url().await;
        let path = url.split_once("/admin").map_or("", |(_, path)| path.split('?').next().unwrap());
        // On the other screens a page looks the same in each of its states.
        let is_new = self.seen.insert(pattern(&format!("/admin{path}")));
        let extent = if is_new { self.extent } else { Extent::Half };
        let linked = self.browser.run(LINKED, json!([])).await;
        self.linked.extend(linked.as_array().unwrap().iter().map(|path| pattern(path.as_str().unwrap())));
        self.inspection.look(&self.browser, &format!("console-{page}"), extent, MOST_BYTES).await;
    }

    async fn open(&mut self, path: &str, page: &str) {
        self.browser.open(&at(&self.service, path)).await;
        self.look(page).await;
    }

    /// Opens what the first row of a list leads to.
    async fn open_first(&mut self, list: &str, page: &str) {
        self.browser.open(&at(&self.service, list)).await;
        self.browser.leave(self.browser.click("main tbody a")).await;
        self.look(page).await;
    }

    fn form(&self, path: &str) -> Form<'_> {
        Form::to(&self.browser, path)
    }

    async fn send(&mut self, path: &str, fields: &[(&str, &str)], page: &str) {
        let form = self.form(path);
        form.fill(fields).await;
        form.send().await;
        self.look(page).await;
    }

    /// Every page was seen, and nothing is wrong with any.
    fn end(self) {
        self.inspection.end();
        let unseen: Vec<_> = self.linked.difference(&self.seen).collect();
        assert!(unseen.is_empty(), "every page of the console has to be looked at: {unseen:?}");
        let Self { browser, driver, service, .. } = self;
        drop((browser, driver, service));
    }
}

async fn look_at_the_console(language: &'static str, extent: Extent) {
    let mut round = Round::start(language, extent).await;
    sign_in(&round.service, &round.browser).await;
    if extent == Extent::Full {
        round.look("dashboard-empty").await;
        round.open("/admin/outbox", "outbox-empty").await;
        round.open("/admin/clients", "clients-empty").await;
    }
    history::people(&round.service).await;
    history::two_weeks(&round.service).await;
    history::a_dead_letter(&round.service, "joan@acme.com").await;

    round.open("/admin", "dashboard").await;
    let colors = round.browser.run(COLORS, json!([])).await;
    assert_eq!(
        colors[0], colors[1],
        "letters in pictures, which axe-core skips, have the color of a text that it looks at"
    );
    round.open("/admin/accounts", "accounts").await;
    round.open_first("/admin/accounts?q=jane", "account").await;
    round.send("/disable", &[("reason", "Sends spam")], "account-disabled").await;
    round.send("/enable", &[("reason", &"x".repeat(501))], "account-refused").await;
    round.open("/admin/invitations", "invitations-empty").await;
    round.send("/admin/invitations", &[("email", "nobody@acme.com")], "invitations").await;
    round.open("/admin/registrations", "registrations").await;
    round.open("/admin/outbox?state=dead", "outbox").await;
    round.open("/admin/features", "features").await;
    round.open("/admin/organizations", "organizations-empty").await;
    round.send("/admin/organizations", &[("code", "acme"), ("name", "Acme & Co.")], "organization").await;
    round.open("/admin/organizations", "organizations").await;
    round.browser.open(&at(&round.service, "/admin/clients")).await;
    let name = ("name", "Portal of a customer");
    let portal = [("id", "portal"), name, ("networks", "203.0.113.0/24")];
    round.send("/admin/clients", &portal, "client").await;
    round.open("/admin/clients", "clients").await;
    round.open("/admin/audit", "audit").await;
    round.open("/admin/audit?account=jane", "audit-refused").await;
    round.open("/admin/accounts?q=nobody", "accounts-none").await;
    history::an_hour_passes(&round.service, ADMIN).await;
    round.browser.open(&at(&round.service, "/admin/clients")).await;
    round.send("/admin/clients", &[("id", "shop"), ("name", "Shop")], "password").await;
    round.send("/admin/clients", &[("confirm_password", "wrong")], "password-refused").await;
    round.end();
}

#[tokio::test]
async fn english_pages_are_accessible() {
    look_at_the_console("en", Extent::Full).await;
}

#[tokio::test]
async fn arabic_pages_are_accessible() {
    look_at_the_console("ar", Extent::Half).await;
}

#[test]
fn pages_of_one_kind_have_one_place() {
    for (path, place) in [
        ("/admin", "admin"),
        ("/admin/", "admin"),
        ("/admin/accounts", "admin/accounts"),
        ("/admin/accounts/0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f", "admin/accounts/:id"),
        ("/admin/clients/portal", "admin/clients/:id"),
    ] {
        assert_eq!(pattern(path), place);
    }
}
