//! A forgotten password: asking for the email, and setting a new one by it.

use account_core::account::Account;
use account_core::recovery::{PasswordResetError, RedeemResetError};
use account_core::violation::{Field, Violations};
use askama::Template;
use poem::http::StatusCode;
use poem::{Response, handler};

use super::dead_link::LinkKind;
use super::form::{Form, Query};
use super::visit::{Frame, Visit};
use super::words;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "forgot.html")]
struct ForgotPage<'a> {
    frame: Frame<'a>,
    email: &'a str,
    problems: Vec<String>,
}

#[derive(Template)]
#[template(path = "forgot_sent.html")]
struct SentPage<'a> {
    frame: Frame<'a>,
}

#[derive(Template)]
#[template(path = "reset.html")]
struct ResetPage<'a> {
    frame: Frame<'a>,
    token: &'a str,
    address: String,
    password_hint: String,
    problems: Vec<String>,
}

#[derive(Template)]
#[template(path = "password_set.html")]
struct PasswordSetPage<'a> {
    frame: Frame<'a>,
    address: String,
    /// When the account will be deleted: a new password does not take that back.
    deletion: Option<String>,
    onward: Option<&'a str>,
}

#[handler]
pub(super) fn show(visit: &Visit) -> poem::Result<Response> {
    Ok(visit.page(StatusCode::OK, &ForgotPage { frame: visit.frame(), email: "", problems: Vec::new() })?)
}

/// The answer is the same whether or not the address has an account.
#[handler]
pub(super) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let email = fields.trimmed("email");
    match visit.pages.service.request_password_reset(email.into(), &visit.context).await {
        Ok(()) => Ok(visit.page(StatusCode::OK, &SentPage { frame: visit.frame() })?),
        Err(PasswordResetError::Invalid(violations)) => {
            let problems = words::about(&violations, Field::Email);
            let page = ForgotPage { frame: visit.frame(), email, problems };
            Ok(visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
        }
        Err(other) => Err(Problem::from(other).into()),
    }
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
        frame: visit.frame(),
        address: account.address.to_string(),
        deletion: account.deletion_due_at.map(words::moment),
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
        frame: visit.frame(),
        token,
        address: inspection.address.to_string(),
        password_hint: words::password_hint(&inspection.role.password_policy(visit.pages.password_policy())),
        problems: words::about_others(violations, &[]),
    };
    visit.page(status, &page)
}
