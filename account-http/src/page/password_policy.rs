//! The rules for passwords, for people to read.

use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::password_field::rules;
use super::samples::Sample;
use super::templates::PageTemplate;
use super::visit::Visit;
use super::words::say;

#[derive(Serialize)]
struct PasswordPolicyPage {
    rules: Vec<String>,
    advice: Vec<String>,
}

impl PageTemplate for PasswordPolicyPage {
    const NAME: &'static str = "password_policy.html";
}

#[handler]
pub(super) fn show(visit: &Visit) -> poem::Result<Response> {
    let (words, policy) = (visit.words(), visit.pages.password_policy());
    let characters = if policy.no_spaces { "password-policy-advice-no-spaces" } else { "password-policy-advice" };
    let mut advice = vec![say(words, characters), say(words, "password-policy-phrase")];
    if policy.at_least_default() != policy {
        advice.push(say(words, "password-policy-administrators"));
    }
    Ok(visit.page(StatusCode::OK, &PasswordPolicyPage { rules: rules(words, &policy), advice })?)
}

pub(super) fn sample() -> Sample {
    let page = |count: usize| {
        let sentences = |text: &str| vec![text.to_owned(); count];
        PasswordPolicyPage { rules: sentences("A rule"), advice: sentences("An advice.") }
    };
    Sample::of(&page(1), &page(2))
}
