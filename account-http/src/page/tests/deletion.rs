//! Deleting the account, and canceling the deletion.

use account_core::account::Role;
use poem::http::Method;

use super::browser::Site;
use super::{EMAIL, OTHER_PASSWORD, PASSWORD};

const DELETE: &str = "/authenticate/profile/deletion";

#[tokio::test]
async fn deletion_can_be_requested_and_canceled() {
    let site = Site::new();
    site.make_account().await;
    let mut elsewhere = site.browser();
    elsewhere.sign_in(EMAIL, PASSWORD).await;
    let mut browser = site.browser();
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    let done = browser.press_action(&page, DELETE, &[("confirmation", "yes"), ("password", PASSWORD)]).await;
    done.is(200, "<h1>Your account will be deleted</h1>");
    assert_eq!(browser.cookie("__Host-session"), Some(""));
    assert_eq!(site.store.sessions().len(), 0);

    let page = browser.sign_in(EMAIL, PASSWORD).await;
    page.is(200, "Your account will be deleted on ");
    assert_eq!(page.forms()[0].action, "/authenticate/profile/recovery", "its own form comes first");
    let actions: Vec<_> = page.forms().into_iter().map(|form| form.action).collect();
    assert!(!actions.contains(&"/authenticate/profile".to_owned()), "nothing else can be changed: {actions:?}");
    let csrf = page.forms().remove(0).fields.remove(0).1;
    let answer = browser.post("/authenticate/profile", &[("csrf", &csrf), ("name", "John")]).await;
    answer.is(403, "<h1>Your account will be deleted</h1>");
    browser.press(&page, 0, &[]).await.is(200, "Your account will not be deleted.");
    assert_eq!(site.store.accounts()[0].deletion_due_at, None);
}

#[tokio::test]
async fn deletion_requires_the_check_box_and_the_password() {
    let site = Site::new();
    site.make_account().await;
    let mut browser = site.browser();
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    let unticked = browser.press_action(&page, DELETE, &[("password", PASSWORD)]).await;
    unticked.is(422, "Check this box to delete your account.");
    let wrong = [("confirmation", "yes"), ("password", OTHER_PASSWORD)];
    browser.press_action(&page, DELETE, &wrong).await.is(403, "Incorrect password.");
    browser.press_action(&page, DELETE, &[("confirmation", "yes")]).await.is(403, "Enter your password.");
    assert_eq!(site.store.accounts()[0].deletion_due_at, None);
}

#[tokio::test]
async fn the_last_super_admin_stays() {
    let site = Site::new();
    site.make(EMAIL, Role::SuperAdmin, Some(PASSWORD)).await;
    let mut browser = site.browser();
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    let typed = [("confirmation", "yes"), ("password", PASSWORD)];
    let page = browser.press_action(&page, DELETE, &typed).await;
    page.is(409, "You are the last super admin.");
    let still = browser.send(Method::GET, "/authenticate/profile", None).await;
    still.is(200, "<h1>Your account</h1>");
}

#[tokio::test]
async fn signing_in_during_deletion_leads_only_to_the_deletion_page() {
    let site = Site::new();
    site.make_account().await;
    let mut browser = site.browser();
    let page = browser.sign_in(EMAIL, PASSWORD).await;
    browser.press_action(&page, DELETE, &[("confirmation", "yes"), ("password", PASSWORD)]).await;
    let page = browser.open("/authenticate/sign-in?next=/portal").await;
    let page = browser.press(&page, 0, &[("email", EMAIL), ("password", PASSWORD)]).await;
    page.is(200, "Keep my account");
    assert_eq!(page.forms()[0].action, "/authenticate/profile/recovery");
}
