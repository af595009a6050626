//! A forgotten password: asking for the email, and setting a new one by it.

use account_core::account::Account;
use account_core::recovery::{PasswordResetError, RedeemResetError};
use account_core::service::Failure;
use account_core::violation::{Field, Violations};
use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::challenge::{self, FormChallenge};
use super::dead_link::LinkKind;
use super::form::{Form, Query};
use super::password_field::PasswordField;
use super::paths::{self, PROFILE};
use super::samples::{self, Sample};
use super::templates::PageTemplate;
use super::visit::Visit;
use super::words;
use crate::problem::Problem;

/// Where the email is asked for.
const FORGOT: &str = "/authenticate/forgot";

#[derive(Serialize)]
struct ForgotPage<'a> {
    challenge: &'a FormChallenge,
    email: &'a str,
    problems: Vec<String>,
}

impl PageTemplate for ForgotPage<'_> {
    const NAME: &'static str = "forgot.html";

    fn here(&self) -> Option<String> {
        Some(FORGOT.to_owned())
    }
}

#[derive(Serialize)]
struct SentPage {}

impl PageTemplate for SentPage {
    const NAME: &'static str = "forgot_sent.html";

    fn here(&self) -> Option<String> {
        Some(FORGOT.to_owned())
    }
}

#[derive(Serialize)]
struct ResetPage<'a> {
    token: &'a str,
    address: String,
    password: PasswordField,
    problems: Vec<String>,
}

impl PageTemplate for ResetPage<'_> {
    const NAME: &'static str = "reset.html";

    fn here(&self) -> Option<String> {
        Some(paths::with_token("/authenticate/reset", self.token))
    }
}

#[derive(Serialize)]
struct PasswordSetPage<'a> {
    address: String,
    /// When the account will be deleted: a new password does not take that back.
    deletion: Option<String>,
    onward: Option<&'a str>,
}

impl PageTemplate for PasswordSetPage<'_> {
    const NAME: &'static str = "password_set.html";

    fn here(&self) -> Option<String> {
        Some(PROFILE.to_owned())
    }
}

#[handler]
pub(super) fn show(visit: &Visit) -> poem::Result<Response> {
    Ok(forgot_page(visit, StatusCode::OK, "", Vec::new(), &FormChallenge::none(visit))?)
}

/// The answer is the same whether or not the address has an account.
#[handler]
pub(super) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let email = fields.trimmed("email");
    match visit.pages.service.request_password_reset(email.into(), &challenge::answered(visit, &fields)).await {
        Ok(()) => Ok(visit.page(StatusCode::OK, &SentPage {})?),
        Err(PasswordResetError::Invalid(violations)) => {
            let (problems, challenge) =
                (words::about(visit.words(), &violations, Field::Email), FormChallenge::kept(visit, &fields));
            Ok(forgot_page(visit, StatusCode::UNPROCESSABLE_ENTITY, email, problems, &challenge)?)
        }
        Err(PasswordResetError::Challenged(demand)) => {
            let challenge = FormChallenge::demanded(visit, &demand, &fields).await;
            Ok(forgot_page(visit, challenge.status(), email, Vec::new(), &challenge)?)
        }
        Err(PasswordResetError::Failed(Failure::Limited(limited))) if limited.is_about_waits() => {
            let challenge = FormChallenge::full(visit, &limited, &fields);
            Ok(forgot_page(visit, challenge.status(), email, Vec::new(), &challenge)?)
        }
        Err(other) => Err(Problem::from(other).into()),
    }
}

fn forgot_page(
    visit: &Visit,
    status: StatusCode,
    email: &str,
    problems: Vec<String>,
    challenge: &FormChallenge,
) -> Result<Response, Problem> {
    challenge.page(visit, status, &ForgotPage { challenge, email, problems })
}

#[handler]
pub(super) async fn show_reset(visit: &Visit, Query(query): Query) -> poem::Result<Response> {
    Ok(reset_page(visit, StatusCode::OK, query.text("token"), &Violations::default()).await?)
}

#[handler]
pub(super) async fn reset(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let (token, password) = (fields.text("token"), fields.input("new_password"));
    let policy = visit.pages.password_policy();
    match visit.pages.service.redeem_password_reset(token, password, policy, &visit.context).await {
        Ok(signed_in) => {
            visit.keep_session(&signed_in.session);
            Ok(password_set(visit, &signed_in.account)?)
        }
        Err(RedeemResetError::Invalid(violations)) => {
            Ok(reset_page(visit, StatusCode::UNPROCESSABLE_ENTITY, token, &violations).await?)
        }
        Err(other) => Ok(LinkKind::Reset.dead_end(visit, other)?),
    }
}

fn password_set(visit: &Visit, account: &Account) -> Result<Response, Problem> {
    let page = PasswordSetPage {
        address: account.address.to_string(),
        deletion: account.deletion_due_at.map(|due| visit.words().moment(due, account.profile.time_zone.as_deref())),
        onward: visit.pages.onboarding_url.as_deref(),
    };
    visit.page(StatusCode::OK, &page)
}

/// Shows the form for a live token, or why the token is dead. Changes nothing.
async fn reset_page(
    visit: &Visit,
    status: StatusCode,
    token: &str,
    violations: &Violations,
) -> Result<Response, Problem> {
    let inspection = match visit.pages.service.inspect_reset(token, &visit.context).await {
        Ok(inspection) => inspection,
        Err(error) => return LinkKind::Reset.dead_end(visit, error),
    };
    let page = ResetPage {
        token,
        address: inspection.address.to_string(),
        password: PasswordField::new(visit.words(), &inspection.role.password_policy(visit.pages.password_policy())),
        problems: words::about_others(visit.words(), violations, &[]),
    };
    visit.page(status, &page)
}

pub(super) fn samples() -> [Sample; 4] {
    let little = ForgotPage { challenge: &FormChallenge::off(), email: "", problems: Vec::new() };
    let everything = ForgotPage {
        challenge: &FormChallenge::everything(),
        email: "jane@example.com",
        problems: vec![samples::text()],
    };
    let reset_page = |problems| ResetPage {
        token: "token",
        address: samples::address(),
        password: PasswordField::sample(),
        problems,
    };
    let set = |deletion, onward| PasswordSetPage { address: samples::address(), deletion, onward };
    [
        Sample::of(&little, &everything),
        Sample::of(&SentPage {}, &SentPage {}),
        Sample::of(&reset_page(Vec::new()), &reset_page(vec![samples::text()])),
        Sample::of(&set(None, None), &set(Some(samples::moment()), Some("https://portal.example.com/"))),
    ]
}
