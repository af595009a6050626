//! A service below a path of its host, behind a real nginx with the documented configurations.

use account_tests::nginx::{DOCUMENTED_PATH, Nginx, OnPath};
use account_tests::service::mail_header;
use account_tests::{Browser, Driver, Service, free_port};
use serde_json::{Value, json};

use super::{PASSWORD, SUBMIT, nothing_is_refused};

const EMAIL: &str = "john@acme.com";

/// A service that is reached through nginx alone.
struct Behind {
    service: Service,
    nginx: Nginx,
    public_url: String,
}

impl Behind {
    async fn start(on_path: OnPath) -> Self {
        let port = free_port();
        let public_url = format!("http://127.0.0.1:{port}{DOCUMENTED_PATH}");
        let settings = [
            ("HTTP__PUBLIC_URL", public_url.as_str()),
            ("HTTP__TRUSTED_PROXIES", "127.0.0.1"),
            ("REGISTRATION__CHALLENGE", "always"),
        ];
        let service = Service::start_with(&settings).await;
        let nginx = Nginx::start_below_path(port, service.port(), on_path).await;
        Self { service, nginx, public_url }
    }

    async fn open(&self, browser: &Browser, path: &str) {
        browser.open(&format!("{}{path}", self.public_url)).await;
    }

    /// The link in an email, as it is written there.
    async fn mailed_link(&self, to: &str) -> String {
        let mail = self.service.wait_for_mail_to(to).await.replace("=\r\n", "");
        let start = mail.find(&format!("{}/l/", self.public_url)).unwrap_or_else(|| panic!("no link in {mail}"));
        mail[start..].split_whitespace().next().unwrap().to_owned()
    }

    /// Asks nginx.
    async fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let headers = [("Content-Type", "application/json")];
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let reply = self.nginx.request(method, &format!("{DOCUMENTED_PATH}{path}"), &headers, &body).await;
        (reply.status, serde_json::from_str(&reply.body).unwrap_or_default())
    }
}

#[tokio::test]
async fn a_person_signs_up_in_and_out_behind_an_nginx_that_keeps_the_path() {
    sign_up_in_and_out(OnPath::Keeps).await;
}

#[tokio::test]
async fn a_person_signs_up_in_and_out_behind_an_nginx_that_removes_the_path() {
    sign_up_in_and_out(OnPath::Removes).await;
}

/// With a challenge, whose scripts and worker are below the path as well.
async fn sign_up_in_and_out(on_path: OnPath) {
    let behind = Behind::start(on_path).await;
    let driver = Driver::start().await;
    let browser = driver.browser_with_scripts().await;
    let is_below = async |page: &str| {
        let url = browser.url().await;
        assert!(url.starts_with(&format!("{}/authenticate/{page}", behind.public_url)), "{url}");
    };
    behind.open(&browser, "/authenticate/register").await;
    browser.type_into("#email", EMAIL).await;
    browser.type_into("#password", PASSWORD).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Check your email").await;
    is_below("register/waiting").await;

    browser.follow_from_elsewhere(&behind.mailed_link(EMAIL).await).await;
    browser.wait_for_text(&format!("Verify {EMAIL} to activate your account.")).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Email address verified").await;
    browser.click("main a.button").await;
    browser.wait_for_text("Your account").await;
    is_below("profile").await;
    let rules = browser.run("return document.styleSheets[0].cssRules.length;", json!([])).await;
    assert!(rules.as_u64().unwrap() > 10, "the stylesheet is found");
    browser.click("#sign-out button").await;
    browser.wait_for_text("You are signed out.").await;

    behind.open(&browser, "/authenticate/profile").await;
    is_below("sign-in?next=%2Faccounts%2Fauthenticate%2Fprofile").await;
    browser.type_into("#email", EMAIL).await;
    browser.type_into("#password", PASSWORD).await;
    browser.click(SUBMIT).await;
    browser.wait_for_text("Your account").await;
    is_below("profile").await;
    nothing_is_refused(&browser, "everything below the path").await;
}

#[tokio::test]
async fn apis_are_below_the_path_behind_both_kinds_of_nginx() {
    for on_path in [OnPath::Keeps, OnPath::Removes] {
        let behind = Behind::start(on_path).await;
        // A documented API: register, open the link, sign in by the native one.
        let person = json!({
            "name": "John Appleseed", "email": EMAIL, "country": "US",
            "password": "SDf345FCe-2026", "password_confirmation": "SDf345FCe-2026",
        });
        let (status, answer) = behind.call("POST", "/user", &person).await;
        assert_eq!(status, 201, "{answer}");
        let mail = behind.service.wait_for_mail_to(EMAIL).await;
        assert_eq!(mail_header(&mail, "Subject").as_deref(), Some("Verify your email address"));
        let link = behind.mailed_link(EMAIL).await;
        let token = link.rsplit('/').next().unwrap();
        let path = link.strip_prefix(&behind.public_url).unwrap();
        let opened = behind.nginx.request("GET", &format!("{DOCUMENTED_PATH}{path}"), &[], "").await;
        assert_eq!(opened.status, 303);
        assert_eq!(opened.header("location"), format!("{DOCUMENTED_PATH}/authenticate/verify?token={token}"));
        let proof = json!({"token": token, "password": "SDf345FCe-2026"});
        let (status, answer) = behind.call("POST", "/account/v1/email-verifications", &proof).await;
        assert_eq!(status, 200, "{answer}");
        let credentials = json!({"email": EMAIL, "password": "SDf345FCe-2026"});
        let (status, answer) = behind.call("POST", "/account/v1/sessions", &credentials).await;
        assert_eq!(status, 201, "{answer}");

        for document in ["/openapi.json", "/openapi/all.json", "/openapi/mikrocloud.json"] {
            let (status, document) = behind.call("GET", document, &Value::Null).await;
            assert_eq!((status, &document["servers"]), (200, &json!([{"url": DOCUMENTED_PATH}])));
        }
        let (status, problem) = behind.call("GET", "/account/v1/nothing", &Value::Null).await;
        assert_eq!((status, &problem["type"]), (404, &json!("/accounts/problems/not_found")));
        assert_eq!(behind.nginx.request("GET", problem["type"].as_str().unwrap(), &[], "").await.status, 200);
        // Nothing beside the path is the service's.
        assert_eq!(behind.nginx.request("GET", "/authenticate/register", &[], "").await.status, 404);
        // Requests without a valid host are refused as before.
        let two = [("Host", "other.example"), ("Host", "a.example")];
        assert_eq!(behind.service.request("GET", "/accounts/authenticate/register", &two, "").await.status, 400);
    }
}
