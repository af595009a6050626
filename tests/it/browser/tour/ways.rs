//! The ways through the pages that a tour takes. Each begins and ends signed out.

use account_tests::service::mail_header;
use account_tests::{Browser, Form, Service};
use serde_json::json;

use super::Tour;
use crate::browser::emailed::{self, Link, link};
use crate::browser::{PASSWORD, at};

const EMAIL: &str = "jane@acme.com";
const MISSPELLED: &str = "jane@gmial.com";
const INVITED: &str = "john@acme.com";
/// A report that the email with this id could not be delivered.
const REPORT: &str = include_str!("../../../../account-mail/tests/reports/postfix.eml");
const REPORTED: &str = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";
const OTHER_PASSWORD: &str = "another sentence that nobody knows";
/// Earlier ones are not accepted.
const THIRD_PASSWORD: &str = "copper meadow thirteen kettles";

const REGISTER: &str = "/authenticate/register";
const WAITING: &str = "/authenticate/register/waiting";
const VERIFY: &str = "/authenticate/verify";
const CODE: &str = "/authenticate/verify/code";
const CORRECT: &str = "/authenticate/register/address";
const RESEND: &str = "/authenticate/verification-mails";
const SIGN_IN: &str = "/authenticate/sign-in";
const FORGOT: &str = "/authenticate/forgot";
const RESET: &str = "/authenticate/reset";
const PROFILE: &str = "/authenticate/profile";

async fn open(tour: &Tour, browser: &Browser, path: &str) {
    browser.open(&at(&tour.service, path)).await;
}

async fn sign_in(tour: &Tour, browser: &Browser, email: &str, password: &str) {
    open(tour, browser, SIGN_IN).await;
    let form = Form::to(browser, SIGN_IN);
    form.fill(&[("email", email), ("password", password)]).await;
    form.send().await;
}

/// Registering, and everything that can happen until the address is verified.
pub(super) async fn to_an_account(tour: &mut Tour) {
    let browser = tour.browser().await;
    registering(tour, &browser).await;
    waiting(tour, &browser).await;
    verifying(tour, &browser).await;
    tour.give_back(browser).await;
}

async fn registering(tour: &mut Tour, browser: &Browser) {
    let form = Form::to(browser, REGISTER);
    open(tour, browser, REGISTER).await;
    tour.look(browser, "register", "").await;
    form.fill(&[("email", "jane.acme.com"), ("password", "short"), ("name", &"n".repeat(300))]).await;
    form.send().await;
    tour.look(browser, "register", "refused").await;
    form.fill(&[("email", MISSPELLED), ("password", PASSWORD), ("name", "Jane Appleseed")]).await;
    form.tick("terms_accepted").await;
    tour.look(browser, "register", "filled_in").await;
    form.send().await;
    tour.look(browser, "register", "misspelled").await;
    form.fill(&[("email", EMAIL), ("password", PASSWORD)]).await;
    form.send().await;
}

async fn waiting(tour: &mut Tour, browser: &Browser) {
    let first = link(&tour.service, Link::Verification, 1).await;
    let waiting = browser.url().await;
    browser.open(&waiting).await;
    tour.look(browser, "waiting", "").await;
    for (path, field, typed, state) in [
        (CODE, "code", "AAAA-AAAA", "wrong_code"),
        (CORRECT, "email", "jane.acme.com", "wrong_address"),
        (CORRECT, "email", MISSPELLED, "misspelled"),
    ] {
        let form = Form::to(browser, path);
        form.fill(&[(field, typed)]).await;
        form.send().await;
        tour.look(browser, "waiting", state).await;
    }
    sign_in(tour, browser, EMAIL, PASSWORD).await;
    tour.look(browser, "waiting", "sign_in").await;
    Form::to(browser, RESEND).send().await;
    tour.look(browser, "waiting", "sent").await;
    Form::to(browser, RESEND).send().await;
    tour.look(browser, "waiting", "limited").await;
    link(&tour.service, Link::Verification, 2).await;
    browser.open(&first).await;
    tour.look(browser, "dead_link", "newer").await;
    browser.open(&waiting).await;
}

async fn verifying(tour: &mut Tour, browser: &Browser) {
    let waiting = browser.url().await;
    let link = link(&tour.service, Link::Verification, 2).await;
    browser.open(&link).await;
    tour.look(browser, "verify", "").await;

    let other = tour.browser().await;
    other.open(&link).await;
    tour.look(&other, "verify", "elsewhere").await;
    let by_password = Form::to(&other, VERIFY).having("proof", "password");
    by_password.fill(&[("password", "not the password")]).await;
    by_password.send().await;
    tour.look(&other, "verify", "wrong_password").await;
    let by_new_password = Form::to(&other, VERIFY).having("proof", "new_password");
    by_new_password.fill(&[("new_password", "short")]).await;
    by_new_password.send().await;
    tour.look(&other, "verify", "refused_password").await;
    by_password.fill(&[("password", PASSWORD)]).await;
    by_password.send().await;
    tour.look(&other, "verified", "elsewhere").await;
    other.open(&link).await;
    tour.look(&other, "dead_link", "verified").await;

    // The script would go on at once.
    browser.block(&["*/page.js"]).await;
    browser.open(&waiting).await;
    tour.look(browser, "completed", "").await;
    browser.block(&[]).await;

    let email = "judy@acme.com";
    open(tour, &other, REGISTER).await;
    let form = Form::to(&other, REGISTER);
    form.fill(&[("email", email), ("password", PASSWORD)]).await;
    form.tick("terms_accepted").await;
    form.send().await;
    other.open(&emailed::link(&tour.service, Link::Verification, 3).await).await;
    Form::to(&other, VERIFY).send().await;
    tour.look(&other, "verified", "").await;
    tour.give_back(other).await;
}

/// What people do who are signed in.
pub(super) async fn with_an_account(tour: &mut Tour) {
    let browser = tour.browser().await;
    sign_in(tour, &browser, EMAIL, PASSWORD).await;
    tour.look(&browser, "profile", "").await;
    changing_details(tour, &browser).await;
    changing_credentials(tour, &browser).await;
    changing_address(tour, &browser).await;
    for (path, template) in [(SIGN_IN, "sign_in"), (REGISTER, "register")] {
        open(tour, &browser, path).await;
        tour.look(&browser, template, "signed_in").await;
    }
    open(tour, &browser, PROFILE).await;
    Form::to(&browser, "/authenticate/sign-out").send().await;
    tour.look(&browser, "sign_in", "signed_out").await;
    tour.give_back(browser).await;
}

async fn changing_details(tour: &mut Tour, browser: &Browser) {
    let details = Form::to(browser, PROFILE);
    details.fill(&[("notification_address", "no address")]).await;
    details.send().await;
    tour.look(browser, "profile", "refused").await;
    open(tour, browser, PROFILE).await;

    // Somebody else changes them meanwhile.
    let other = tour.browser().await;
    sign_in(tour, &other, EMAIL, PASSWORD).await;
    let others = Form::to(&other, PROFILE);
    others.fill(&[("name", "Jane Doe"), ("postal_address", "Ring 1\n1010 Wien")]).await;
    others.send().await;
    tour.look(&other, "profile", "saved").await;
    details.fill(&[("name", "Jane Appleseed")]).await;
    details.send().await;
    tour.look(browser, "profile", "outdated").await;
    open(tour, browser, PROFILE).await;
    tour.give_back(other).await;
}

async fn changing_credentials(tour: &mut Tour, browser: &Browser) {
    let form = Form::to(browser, "/authenticate/profile/password");
    form.fill(&[("current_password", "not the password"), ("new_password", "short")]).await;
    form.send().await;
    tour.look(browser, "profile", "refused_password").await;
    form.fill(&[("current_password", PASSWORD), ("new_password", OTHER_PASSWORD)]).await;
    form.send().await;
    tour.look(browser, "profile", "changed_password").await;
}

async fn changing_address(tour: &mut Tour, browser: &Browser) {
    let form = Form::to(browser, "/authenticate/profile/email");
    form.fill(&[("email", "jane.acme.com")]).await;
    form.send().await;
    tour.look(browser, "profile", "refused_address").await;
    form.fill(&[("email", "jane@example.org")]).await;
    form.send().await;
    tour.look(browser, "profile", "emailed").await;
    let link = link(&tour.service, Link::Address, 1).await;
    let other = tour.browser().await;
    other.open(&link).await;
    tour.look(&other, "confirm_address", "elsewhere").await;
    tour.give_back(other).await;
    browser.open(&link).await;
    tour.look(browser, "confirm_address", "").await;
    Form::to(browser, "/authenticate/confirm-address").send().await;
    tour.look(browser, "address_confirmed", "").await;
    browser.open(&link).await;
    Form::to(browser, "/authenticate/confirm-address").send().await;
    tour.look(browser, "dead_link", "address").await;
}

/// Signing in, with and without the password.
pub(super) async fn into_an_account(tour: &mut Tour) {
    let (browser, email) = (tour.browser().await, "jane@example.org");
    open(tour, &browser, SIGN_IN).await;
    tour.look(&browser, "sign_in", "").await;
    Form::to(&browser, SIGN_IN).send().await;
    tour.look(&browser, "sign_in", "refused").await;
    sign_in(tour, &browser, email, "not the password").await;
    tour.look(&browser, "sign_in", "wrong").await;

    open(tour, &browser, FORGOT).await;
    tour.look(&browser, "forgot", "").await;
    let form = Form::to(&browser, FORGOT);
    form.fill(&[("email", "jane")]).await;
    form.send().await;
    tour.look(&browser, "forgot", "refused").await;
    form.fill(&[("email", email)]).await;
    form.send().await;
    tour.look(&browser, "forgot_sent", "").await;
    let link = link(&tour.service, Link::Reset, 1).await;
    browser.open(&link).await;
    tour.look(&browser, "reset", "").await;
    let form = Form::to(&browser, RESET);
    form.fill(&[("new_password", "short")]).await;
    form.send().await;
    tour.look(&browser, "reset", "refused").await;
    form.fill(&[("new_password", THIRD_PASSWORD)]).await;
    form.send().await;
    tour.look(&browser, "password_set", "").await;
    browser.open(&link).await;
    tour.look(&browser, "dead_link", "reset").await;
    tour.give_back(browser).await;
}

/// Deleting the account, and thinking better of it.
pub(super) async fn out_of_an_account(tour: &mut Tour) {
    let (browser, email) = (tour.browser().await, "jane@example.org");
    sign_in(tour, &browser, email, THIRD_PASSWORD).await;
    let form = Form::to(&browser, "/authenticate/profile/deletion");
    form.send().await;
    tour.look(&browser, "profile", "refused_deletion").await;
    form.tick("confirmation").await;
    form.fill(&[("password", THIRD_PASSWORD)]).await;
    form.send().await;
    tour.look(&browser, "deletion_begun", "").await;
    sign_in(tour, &browser, email, THIRD_PASSWORD).await;
    tour.look(&browser, "profile", "deletion").await;
    Form::to(&browser, "/authenticate/profile/recovery").send().await;
    tour.look(&browser, "profile", "recovered").await;
    tour.give_back(browser).await;
}

/// An invitation.
pub(super) async fn by_invitation(tour: &mut Tour) {
    let invited = tour.service.run(&["admin", "invite", "--email", INVITED]).await;
    assert!(invited.status.success(), "{invited:?}");
    let link = link(&tour.service, Link::Invitation, 1).await;
    let browser = tour.browser().await;
    browser.open(&link).await;
    tour.look(&browser, "invitation", "").await;
    let form = Form::to(&browser, "/authenticate/invitation");
    form.fill(&[("password", "short")]).await;
    form.send().await;
    tour.look(&browser, "invitation", "refused").await;
    form.fill(&[("password", PASSWORD)]).await;
    form.tick("terms_accepted").await;
    form.send().await;
    tour.look(&browser, "accepted", "").await;
    browser.open(&link).await;
    tour.look(&browser, "dead_link", "invitation").await;
    tour.give_back(browser).await;
}

/// What people meet who are taken for a program, and whose browser cannot solve a challenge.
pub(super) async fn with_a_challenge(tour: &mut Tour) {
    let settings = [&super::SETTINGS[..], &[("REGISTRATION__CHALLENGE", "always")]].concat();
    let service = Service::start_with(&settings).await;
    let browser = tour.browser().await;
    let form = Form::to(&browser, REGISTER);
    browser.open(&at(&service, REGISTER)).await;
    form.fill(&[("email", EMAIL), ("password", PASSWORD)]).await;
    form.tick("terms_accepted").await;
    form.send().await;
    let waiting = browser.url().await;
    browser.block(&["*/challenge.js"]).await;
    browser.open(&waiting).await;
    let correction = Form::to(&browser, CORRECT);
    correction.fill(&[("email", INVITED)]).await;
    correction.send().await;
    tour.look(&browser, "waiting", "challenge").await;

    browser.open(&at(&service, REGISTER)).await;
    form.fill(&[("email", EMAIL), ("password", PASSWORD)]).await;
    form.tick("terms_accepted").await;
    form.send().await;
    tour.look(&browser, "register", "challenge").await;
    tour.give_back(browser).await;
}

/// What becomes of an email that cannot be delivered.
pub(super) async fn with_a_bounce(tour: &mut Tour) {
    let browser = tour.browser().await;
    open(tour, &browser, REGISTER).await;
    let form = Form::to(&browser, REGISTER);
    form.fill(&[("email", "jim@acme.com"), ("password", PASSWORD)]).await;
    form.tick("terms_accepted").await;
    form.send().await;
    let waiting = browser.url().await;
    tour.service.wait_for_mail_to("jim@acme.com").await;
    let mails = tour.service.mails();
    let is_his = |mail: &String| mail_header(mail, "To").as_deref() == Some("jim@acme.com");
    let (file, _) = mails.iter().find(|(_, mail)| is_his(mail)).unwrap();
    let report = REPORT.replace(REPORTED, file.trim_end_matches(".eml"));
    let marked = tour.service.run_with_input(&["mail", "bounce"], &report).await;
    assert!(marked.status.success(), "{marked:?}");
    browser.open(&waiting).await;
    tour.look(&browser, "waiting", "bounced").await;
    tour.give_back(browser).await;
}

/// Ways that lead nowhere, and how people get on from there.
pub(super) async fn that_end(tour: &mut Tour) {
    let (browser, unknown) = (tour.browser().await, format!("/l/{}", "A".repeat(43)));
    for (path, template, state) in [
        ("/authenticate/password-policy", "password_policy", ""),
        ("/authenticate/nothing", "error", "not_found"),
        (unknown.as_str(), "dead_link", "unknown"),
        (WAITING, "waiting_unknown", ""),
    ] {
        open(tour, &browser, path).await;
        tour.look(&browser, template, state).await;
    }
    let form = Form::to(&browser, RESEND);
    form.fill(&[("email", "jane.acme.com")]).await;
    form.send().await;
    tour.look(&browser, "waiting_unknown", "refused").await;
    form.fill(&[("email", "nobody@acme.com")]).await;
    form.send().await;
    tour.look(&browser, "waiting_unknown", "sent").await;

    open(tour, &browser, "/authenticate/development").await;
    tour.look(&browser, "development", "").await;
    open(tour, &browser, SIGN_IN).await;
    browser.forget_cookies().await;
    Form::to(&browser, SIGN_IN).send().await;
    tour.look(&browser, "error", "expired").await;
    close_registration(&tour.service).await;
    open(tour, &browser, REGISTER).await;
    tour.look(&browser, "error", "closed").await;
}

async fn close_registration(service: &Service) {
    let email = "root@acme.com";
    let create = ["admin", "create", "--email", email, "--role", "super_admin", "--password-stdin"];
    let created = service.run_with_input(&create, &format!("{PASSWORD}\n")).await;
    assert!(created.status.success(), "{created:?}");
    let credentials = json!({"email": email, "password": PASSWORD}).to_string();
    let token = service.post("/account/v1/sessions", &credentials).await.text("/token");
    let authorization = format!("Bearer {token}");
    let headers = [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
    let closed = json!({"value": {"mode": "closed"}}).to_string();
    let path = "/account/v1/admin/features/account-registration";
    assert_eq!(service.request("PUT", path, &headers, &closed).await.status, 200);
}
