//! Signing up by the page, as a program without JavaScript does.

use std::time::Duration;

use account_tests::{Reply, exchange};
use tokio::time::{sleep, timeout};

use crate::attack::flood::ANSWER;

const PATH: &str = "/authenticate/register";
const FORM: &str = "application/x-www-form-urlencoded";
/// How long a browser without JavaScript waits in this scenario.
pub(super) const WAIT: Duration = Duration::from_secs(2);

/// Opens the page and sends its form; if asked to wait, waits and sends the next one. Returns the last status.
pub(super) async fn sign_up(port: u16, from: &str, email: &str, waits: bool) -> Option<u16> {
    let page = send(port, from, None, None).await?;
    let cookies = page.headers.get("set-cookie")?;
    let cookie = cookies.split(';').next()?;
    let answer = send(port, from, Some(cookie), Some(filled_in(&page, email))).await?;
    if !waits || answer.status != 403 || value(&answer, "ticket").is_none() {
        return Some(answer.status);
    }
    sleep(WAIT).await;
    send(port, from, Some(cookie), Some(filled_in(&answer, email))).await.map(|answer| answer.status)
}

async fn send(port: u16, from: &str, cookie: Option<&str>, form: Option<String>) -> Option<Reply> {
    let mut headers = vec![("X-Forwarded-For", from), ("Content-Type", FORM)];
    headers.extend(cookie.map(|cookie| ("Cookie", cookie)));
    let method = if form.is_some() { "POST" } else { "GET" };
    timeout(ANSWER, exchange(port, method, PATH, &headers, &form.unwrap_or_default())).await.ok()?.ok()
}

/// The form of a page, with what it hides: text that needs no encoding.
fn filled_in(page: &Reply, email: &str) -> String {
    let hidden = ["csrf", "once", "ticket"].map(|name| value(page, name).map(|value| format!("&{name}={value}")));
    let email = email.replace('@', "%40");
    format!("email={email}&password=nine+violet+otters+sail+past{}", hidden.into_iter().flatten().collect::<String>())
}

/// The value of a hidden field.
fn value<'a>(page: &'a Reply, name: &str) -> Option<&'a str> {
    let rest = page.body.split_once(&format!("name=\"{name}\" value=\""))?.1;
    rest.split('"').next()
}
