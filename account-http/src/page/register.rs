//! Registering by a page.

use std::time::Duration;

use account_core::idempotency::IdempotencyKey;
use account_core::input::Input;
use account_core::registration::draft::Spelling;
use account_core::registration::register::{Accepted, RegisterError};
use account_core::service::Failure;
use account_core::violation::{Field, Rule, Violations};
use account_core::{RegisterRequest, RegistrationDraft};
use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::challenge::{self, FormChallenge};
use super::form::{Fields, Form, TOKEN_INPUT};
use super::password_field::PasswordField;
use super::paths::REGISTER;
use super::providers::Offer;
use super::registration_field::{self, RegistrationField};
use super::samples::{self, Sample};
use super::templates::PageTemplate;
use super::visit::Visit;
use super::{waiting, words};
use crate::problem::{Problem, ProblemKind};
use crate::settings::FieldUse;

#[derive(Serialize)]
struct RegisterPage<'a> {
    challenge: &'a FormChallenge,
    email: &'a str,
    /// The address that the person was asked about: sent once more, it is meant.
    asked_about: Option<&'a str>,
    /// What the person may have meant.
    suggestion: Option<String>,
    password: PasswordField,
    fields: Vec<RegistrationField>,
    email_problems: Vec<String>,
    password_problems: Vec<String>,
    other_problems: Vec<String>,
    /// All of them but the last ones, by the name of the field.
    problems_by_field: Vec<(&'static str, Vec<String>)>,
    is_refused: bool,
    /// Sent once with each form: the same form again is the same registration.
    once: String,
    /// The providers that people can register with instead.
    offers: Vec<Offer>,
    /// Whether they have to agree to something before.
    asks_consent: bool,
}

impl PageTemplate for RegisterPage<'_> {
    const NAME: &'static str = "register.html";

    fn here(&self) -> Option<String> {
        Some(REGISTER.to_owned())
    }
}

/// Name of the hidden input that carries it.
const ONCE: &str = "once";
/// Name of the hidden input with the address that the person was asked about.
const ASKED_ABOUT: &str = "asked_about";
/// Name of the hidden input into which the script writes the browser's time zone.
const TIME_ZONE_HINT: &str = "time_zone_hint";
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
    Ok(page(visit, StatusCode::OK, &fields, &Violations::default(), &challenge).await?)
}

/// The page, with what is wrong with a form that is not its own.
pub(super) async fn again_with(visit: &Visit, fields: &Fields, violations: &Violations) -> Result<Response, Problem> {
    page(visit, StatusCode::UNPROCESSABLE_ENTITY, fields, violations, &FormChallenge::none(visit)).await
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
            Ok(page(visit, StatusCode::UNPROCESSABLE_ENTITY, &fields, &violations, &challenge).await?)
        }
        Err(RegisterError::Challenged(demand)) => {
            Ok(again(visit, &fields, &FormChallenge::demanded(visit, &demand, &fields).await).await?)
        }
        Err(RegisterError::Failed(Failure::Limited(limited))) if limited.is_about_waits() => {
            Ok(again(visit, &fields, &FormChallenge::full(visit, &limited, &fields)).await?)
        }
        Err(other) => Err(Problem::from(other).into()),
    }
}

/// Registers once, however often the form is sent: by a double click, or by going back.
async fn register(visit: &Visit, fields: &Fields) -> Result<Accepted, RegisterError> {
    // What was typed differently is another registration.
    let [proof, ticket] = challenge::INPUTS;
    let content = format!("page {}", fields.without(&[TOKEN_INPUT, ONCE, TIME_ZONE_HINT, proof, ticket]));
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

/// Converts the form to a registration. Empty fields count as absent; the password is taken exactly as typed.
pub(super) fn draft(visit: &Visit, fields: &Fields) -> RegistrationDraft {
    let mut draft = RegistrationDraft {
        email: fields.trimmed("email").into(),
        password: fields.input("password"),
        browser_language: visit.language.asked_for.clone(),
        shown_in: Some(visit.words().tag().to_owned()),
        browser_time_zone: fields.find(TIME_ZONE_HINT).map(str::to_owned),
        spelling: Spelling::Asked { confirmed: fields.input(ASKED_ABOUT) },
        ..RegistrationDraft::default()
    };
    registration_field::fill(&mut draft, visit.pages.registration_fields, fields);
    // Somebody who has chosen a language for the pages has given it.
    if draft.language == Input::Absent && visit.language.is_chosen {
        draft.language = visit.words().tag().into();
    }
    draft
}

/// Returns the address that the person may have meant, if that is what is wrong.
fn suggestion(visit: &Visit, fields: &Fields, violations: &Violations) -> Option<String> {
    let is_doubted = violations.iter().any(|violation| violation.rule == Rule::Misspelled);
    let suggested = if is_doubted { draft(visit, fields).suggested_address() } else { None };
    suggested.map(|address| address.to_string())
}

/// Shows the form again because of a challenge.
async fn again(visit: &Visit, fields: &Fields, challenge: &FormChallenge) -> Result<Response, Problem> {
    page(visit, challenge.status(), fields, &Violations::default(), challenge).await
}

/// Shows the form with its errors, and with what was typed except the password.
async fn page(
    visit: &Visit,
    status: StatusCode,
    fields: &Fields,
    violations: &Violations,
    challenge: &FormChallenge,
) -> Result<Response, Problem> {
    let mut shown = vec![Field::Email, Field::Password];
    shown.extend(registration_field::asked_for(visit.pages.registration_fields));
    let suggestion = suggestion(visit, fields, violations);
    let about = |field: &Field| (field.name(), words::about(visit.words(), violations, *field));
    let problems_by_field = shown.iter().map(about).collect();
    let page = RegisterPage {
        challenge,
        email: fields.trimmed("email"),
        // Also kept where something else is wrong: nobody is asked twice.
        asked_about: if suggestion.is_some() { Some(fields.trimmed("email")) } else { fields.find(ASKED_ABOUT) },
        suggestion,
        fields: registration_field::shown(visit, fields, violations),
        password: PasswordField::new(visit.words(), &visit.pages.password_policy()),
        email_problems: words::about(visit.words(), violations, Field::Email),
        password_problems: words::about(visit.words(), violations, Field::Password),
        other_problems: words::about_others(visit.words(), violations, &shown),
        problems_by_field,
        is_refused: violations.iter().next().is_some(),
        once: Visit::fresh_secret()?,
        offers: visit.offers_for_registering().await?,
        asks_consent: visit.pages.registration_fields.terms == FieldUse::Required,
    };
    challenge.page(visit, status, &page)
}

pub(super) fn sample() -> Sample {
    let little = RegisterPage {
        challenge: &FormChallenge::off(),
        email: "",
        asked_about: None,
        suggestion: None,
        password: PasswordField::sample(),
        fields: RegistrationField::samples(false),
        email_problems: Vec::new(),
        password_problems: Vec::new(),
        other_problems: Vec::new(),
        problems_by_field: Vec::new(),
        is_refused: false,
        once: "once".to_owned(),
        offers: Vec::new(),
        asks_consent: false,
    };
    let everything = RegisterPage {
        challenge: &FormChallenge::everything(),
        email: "jane@example.com",
        asked_about: Some("jane@example.com"),
        suggestion: Some(samples::address()),
        password: PasswordField::sample(),
        fields: RegistrationField::samples(true),
        email_problems: vec![samples::text()],
        password_problems: vec![samples::text()],
        other_problems: vec![samples::text()],
        problems_by_field: vec![("email", vec![samples::text()])],
        is_refused: true,
        once: "once".to_owned(),
        offers: vec![Offer::sample()],
        asks_consent: true,
    };
    Sample::of(&little, &everything)
}
