//! Registering by a page.

use account_core::input::Input;
use account_core::registration::register::RegisterError;
use account_core::violation::{Field, Violations};
use account_core::{RegisterRequest, RegistrationDraft};
use askama::Template;
use poem::http::StatusCode;
use poem::{Response, handler};

use super::form::{Fields, Form};
use super::visit::{Frame, Visit};
use super::{waiting, words};
use crate::problem::{Problem, ProblemKind};

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage<'a> {
    frame: Frame<'a>,
    email: &'a str,
    name: &'a str,
    password_hint: String,
    email_problems: Vec<String>,
    password_problems: Vec<String>,
    name_problems: Vec<String>,
    other_problems: Vec<String>,
}

#[handler]
pub(super) async fn show(visit: &Visit) -> poem::Result<Response> {
    if let Some(notice) = visit.pages.service.registration_notice().await.map_err(Problem::from)? {
        let closed = Problem { reason: notice.reason, ..Problem::new(ProblemKind::RegistrationClosed) };
        return Err(closed.into());
    }
    Ok(page(visit, StatusCode::OK, &Fields::default(), &Violations::default())?)
}

#[handler]
pub(super) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let request = RegisterRequest {
        draft: draft(visit, &fields),
        rules: &visit.pages.rules,
        context: visit.context.clone(),
        idempotency_key: None,
    };
    match visit.pages.service.register(request).await {
        Ok(accepted) => {
            let mut response = visit.see_other(&waiting::path(accepted.registration));
            let attempts = visit.attempts.with(accepted.registration, accepted.continuation, accepted.expires_at);
            visit.keep_attempts(&attempts, &mut response);
            Ok(response)
        }
        Err(RegisterError::Invalid(violations)) => {
            Ok(page(visit, StatusCode::UNPROCESSABLE_ENTITY, &fields, &violations)?)
        }
        Err(other) => Err(Problem::from(other).into()),
    }
}

/// The form as a registration. An empty name is none; the password is taken exactly as it was typed.
fn draft(visit: &Visit, fields: &Fields) -> RegistrationDraft {
    let name = fields.trimmed("name");
    RegistrationDraft {
        email: fields.trimmed("email").into(),
        password: fields.input("password"),
        name: if name.is_empty() { Input::Absent } else { name.into() },
        browser_language: visit.languages.clone(),
        ..RegistrationDraft::default()
    }
}

/// The form, with what was typed before except for the password, and what is wrong with it.
fn page(visit: &Visit, status: StatusCode, fields: &Fields, violations: &Violations) -> Result<Response, Problem> {
    let page = RegisterPage {
        frame: visit.frame(),
        email: fields.trimmed("email"),
        name: fields.trimmed("name"),
        password_hint: words::password_hint(&visit.pages.password_policy()),
        email_problems: words::about(violations, Field::Email),
        password_problems: words::about(violations, Field::Password),
        name_problems: words::about(violations, Field::Name),
        other_problems: words::about_others(violations, &[Field::Email, Field::Password, Field::Name]),
    };
    visit.page(status, &page)
}
