//! What pages of other sites can make a browser do in which somebody registers or is signed in: nothing.

use account_tests::{Browser, Form, Service};
use serde_json::{Value, json};

use super::emailed::{Link, link};
use super::{PASSWORD, at, register, start};

const EMAIL: &str = "john@acme.com";
const PROFILE: &str = "/authenticate/profile";

/// The forms of the page that a browser shows: where each is sent to, and its fields with values that change something.
/// They have the token of the browser, which other sites cannot read.
const FORMS: &str = "return [...document.forms].map((form) => ({ action: form.action, fields: \
    [...form.elements].filter((field) => field.name).map((field) => [field.name, \
    field.type === 'hidden' || field.name === 'language' ? field.value : 'yes']) }));";

/// Everything that is known of the account, its emails, and its sessions.
async fn state(service: &Service, browser: &Browser, file: &str) -> (String, usize, Vec<Value>) {
    let exported = service.run(&["export", "--with-hashes", file]).await;
    assert!(exported.status.success(), "{exported:?}");
    browser.open(&at(service, "/account/v1/sessions")).await;
    let sessions: Value = serde_json::from_str(&browser.text().await).unwrap();
    let ids = sessions["sessions"].as_array().unwrap().iter().map(|session| session["id"].clone()).collect();
    (std::fs::read_to_string(service.path(file)).unwrap(), service.mails().len(), ids)
}

/// A page of another site that sends a form as soon as it is opened.
fn sending(form: &Value) -> String {
    let field = |pair: &Value| {
        let text = |at: usize| pair[at].as_str().unwrap().replace('\'', "&#39;");
        format!("<textarea name='{}'>{}</textarea>", text(0), text(1))
    };
    let fields: String = form["fields"].as_array().unwrap().iter().map(field).collect();
    let action = form["action"].as_str().unwrap();
    let script = "<script>document.forms[0].submit()</script>";
    format!("data:text/html;charset=utf-8,<form method='post' action='{action}'>{fields}</form>{script}")
}

#[tokio::test]
async fn forms_images_and_links_of_other_sites_change_nothing() {
    let (service, driver) = start().await;
    let browser = driver.browser_with_scripts().await;
    register(&browser, &service, EMAIL).await;
    let emailed = link(&service, Link::Verification, 1).await;
    browser.open(&emailed).await;
    let verifying = browser.run(FORMS, json!([])).await;
    attack(&service, &browser, verifying.as_array().unwrap()).await;
    browser.open(&emailed).await;
    Form::to(&browser, "/authenticate/verify").send().await;
    browser.wait_for_text("Email address verified").await;

    let before = state(&service, &browser, "before.jsonl").await;
    browser.open(&at(&service, PROFILE)).await;
    let forms = browser.run(FORMS, json!([])).await;
    let forms = forms.as_array().unwrap();
    assert!(forms.len() > 4, "details, password, address, sign-out, deletion: {forms:?}");
    attack(&service, &browser, forms).await;
    assert_eq!(state(&service, &browser, "after.jsonl").await, before);
    browser.open(&at(&service, "/authenticate/sign-in")).await;
    let form = Form::to(&browser, "/authenticate/sign-in");
    form.fill(&[("email", EMAIL), ("password", PASSWORD)]).await;
    form.send().await;
    browser.wait_for_text("Your account").await;
}

/// What another site can do with forms and their addresses.
async fn attack(service: &Service, browser: &Browser, forms: &[Value]) {
    let own = format!("http://127.0.0.1:{}/", service.port());
    for form in forms {
        browser.open(&sending(form)).await;
        browser.wait_for_text("Form expired").await;
    }
    let image = |form: &Value| format!("<img src='{}?confirmation=yes&language=de'>", form["action"].as_str().unwrap());
    let images: String = forms.iter().map(image).collect();
    browser.open(&format!("data:text/html,{images}<img src='{own}authenticate/sign-out'>")).await;
    for form in forms {
        browser.open(form["action"].as_str().unwrap()).await;
    }
}
