//! The console.

mod acting;
mod guarding;
mod looking;

use account_core::account::{Account, Role};
use account_core::id::AccountId;
use poem::http::Method;

use super::PASSWORD;
use super::browser::{Browser, Form, Page, Site};

/// The address of the administrator of the tests.
const ADMIN: &str = "boss@acme.com";

/// Everything that can be opened, for an account with that id.
fn paths(account: AccountId) -> Vec<String> {
    let lists = [
        "",
        "/accounts",
        "/invitations",
        "/registrations",
        "/outbox",
        "/features",
        "/organizations",
        "/clients",
        "/audit",
    ];
    let lists = lists.into_iter().map(|list| format!("/admin{list}"));
    lists.chain([format!("/admin/accounts/{account}")]).collect()
}

/// A browser in which an administrator has just signed in.
async fn signed_in(site: &Site, role: Role) -> Browser<'_> {
    site.make(ADMIN, role, Some(PASSWORD)).await;
    let mut browser = site.browser();
    browser.sign_in(ADMIN, PASSWORD).await;
    browser
}

/// An account as it is stored.
fn stored(site: &Site, email: &str) -> Account {
    site.store.accounts().into_iter().find(|account| account.address.as_str() == email).unwrap()
}

/// Makes an account, and returns its id.
async fn somebody(site: &Site, email: &str) -> AccountId {
    site.make(email, Role::User, Some(PASSWORD)).await;
    stored(site, email).id
}

/// Sends the form of a page with that action, with these values in place of its own; does not follow where it leads.
async fn send(browser: &mut Browser<'_>, page: &Page, action: &str, typed: &[(&str, &str)]) -> Page {
    let forms = page.forms();
    let has_token = |form: &&Form| form.fields.iter().any(|(name, _)| name == "csrf");
    let form = forms.iter().filter(has_token).find(|form| form.action == action);
    let mut fields = form.unwrap_or_else(|| panic!("no form for {action} in {}", page.html)).fields.clone();
    fields.retain(|(name, _)| typed.iter().all(|(other, _)| other != name));
    fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(action, &fields).await
}

/// The same from a page that is opened first, as far as it leads.
async fn act(browser: &mut Browser<'_>, path: &str, action: &str, typed: &[(&str, &str)]) -> Page {
    let page = browser.open(path).await;
    let answer = send(browser, &page, action, typed).await;
    match answer.location() {
        Some(location) => browser.open(&location).await,
        None => answer,
    }
}

/// Opens a page without following where it leads.
async fn look(browser: &mut Browser<'_>, path: &str) -> Page {
    browser.send(Method::GET, path, None).await
}
