//! Registering by a page.

use std::time::Duration;

use account_core::idempotency::IdempotencyKey;
use account_core::input::Input;
use account_core::registration::register::{Accepted, RegisterError};
use account_core::service::Failure;
use account_core::violation::{Field, Violations};
use account_core::{RegisterRequest, RegistrationDraft};
use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::challenge::{self, FormChallenge};
use super::form::{Fields, Form, TOKEN_INPUT};
use super::password_field::PasswordField;
use super::paths::REGISTER;
use super::samples::{self, Sample};
use super::templates::PageTemplate;
use super::visit::Visit;
use super::{waiting, words};
use crate::problem::{Problem, ProblemKind};

#[derive(Serialize)]
struct RegisterPage<'a> {
    challenge: &'a FormChallenge,
    email: &'a str,
    name: &'a str,
    password: PasswordField,
    email_problems: Vec<String>,
    password_problems: Vec<String>,
    name_problems: Vec<String>,
    other_problems: Vec<String>,
    /// Sent once with each form: the same form again is the same registration.
    once: String,
}

impl PageTemplate for RegisterPage<'_> {
    const NAME: &'static str = "register.html";

    fn here(&self) -> Option<String> {
        Some(REGISTER.to_owned())
    }
}

/// Name of the hidden input that carries it.
const ONCE: &str = "once";
/// How often, and for how long, the answer to the same form is waited for that was sent a moment before.
const LOOKS: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

#[handler]
pub(super) async fn show(visit: &Visit) -> poem::Result<Response> {
    if let Some(notice) = visit.pages.service.registration_notice().await.map_err(Problem::from)? {
        let closed = Problem { reason: notice.reason.map(Into::into), ..Problem::new(ProblemKind::RegistrationClosed) };
        return Err(closed.into());
    }
    let (fields, challenge) = (Fields::default(), FormChallenge::none(visit));
    Ok(page(visit, StatusCode::OK, &fields, &Violations::default(), &challenge)?)
}

#[handler]
pub(super) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    match register(visit, &fields).await {
        Ok(accepted) => {
            let mut response = visit.see_other(&waiting::path(accepted.registration));
            let attempts = visit.attempts.with(accepted.registration, accepted.continuation, accepted.expires_at);
            visit.keep_attempts(&attempts, &mut response);
            Ok(response)
        }
        Err(RegisterError::Invalid(violations)) => {
            let challenge = FormChallenge::kept(visit, &fields);
            Ok(page(visit, StatusCode::UNPROCESSABLE_ENTITY, &fields, &violations, &challenge)?)
        }
        Err(RegisterError::Challenged(demand)) => {
            Ok(again(visit, &fields, &FormChallenge::demanded(visit, &demand, &fields).await)?)
        }
        Err(RegisterError::Failed(Failure::Limited(limited))) if limited.is_about_waits() => {
            Ok(again(visit, &fields, &FormChallenge::full(visit, &limited, &fields))?)
        }
        Err(other) => Err(Problem::from(other).into()),
    }
}

/// Registers once, however often the form is sent: by a double click, or by going back.
async fn register(visit: &Visit, fields: &Fields) -> Result<Accepted, RegisterError> {
    // What was typed differently is another registration.
    let [proof, ticket] = challenge::INPUTS;
    let content = format!("page {}", fields.without(&[TOKEN_INPUT, ONCE, proof, ticket]));
    let key = IdempotencyKey::parse(fields.text(ONCE), &content, b"").ok();
    let mut looks = 0;
    loop {
        looks += 1;
        let request = RegisterRequest {
            draft: draft(visit, fields),
            rules: &visit.pages.rules,
            context: challenge::answered(visit, fields),
            idempotency_key: key.clone(),
        };
        match visit.pages.service.register(request).await {
            Err(RegisterError::IdempotencyInProgress) if looks < LOOKS => tokio::time::sleep(PAUSE).await,
            outcome => return outcome,
        }
    }
}

/// Converts the form to a registration. An empty name counts as absent; the password is taken exactly as typed.
fn draft(visit: &Visit, fields: &Fields) -> RegistrationDraft {
    let name = fields.trimmed("name");
    RegistrationDraft {
        email: fields.trimmed("email").into(),
        password: fields.input("password"),
        name: if name.is_empty() { Input::Absent } else { name.into() },
        // So that emails come in the language of this page.
        browser_language: visit.language.as_asked_for(&visit.pages),
        ..RegistrationDraft::default()
    }
}

/// Shows the form again because of a challenge.
fn again(visit: &Visit, fields: &Fields, challenge: &FormChallenge) -> Result<Response, Problem> {
    page(visit, challenge.status(), fields, &Violations::default(), challenge)
}

/// Shows the form with its errors, and with what was typed except the password.
fn page(
    visit: &Visit,
    status: StatusCode,
    fields: &Fields,
    violations: &Violations,
    challenge: &FormChallenge,
) -> Result<Response, Problem> {
    let page = RegisterPage {
        challenge,
        email: fields.trimmed("email"),
        name: fields.trimmed("name"),
        password: PasswordField::new(visit.words(), &visit.pages.password_policy()),
        email_problems: words::about(visit.words(), violations, Field::Email),
        password_problems: words::about(visit.words(), violations, Field::Password),
        name_problems: words::about(visit.words(), violations, Field::Name),
        other_problems: words::about_others(visit.words(), violations, &[Field::Email, Field::Password, Field::Name]),
        once: Visit::fresh_secret()?,
    };
    challenge.page(visit, status, &page)
}

pub(super) fn sample() -> Sample {
    let little = RegisterPage {
        challenge: &FormChallenge::little(),
        email: "",
        name: "",
        password: PasswordField::sample(),
        email_problems: Vec::new(),
        password_problems: Vec::new(),
        name_problems: Vec::new(),
        other_problems: Vec::new(),
        once: "once".to_owned(),
    };
    let everything = RegisterPage {
        challenge: &FormChallenge::everything(),
        email: "jane@example.com",
        name: "Jane",
        password: PasswordField::sample(),
        email_problems: vec![samples::text()],
        password_problems: vec![samples::text()],
        name_problems: vec![samples::text()],
        other_problems: vec![samples::text()],
        once: "once".to_owned(),
    };
    Sample::of(&little, &everything)
}
