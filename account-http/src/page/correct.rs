//! Correcting a mistyped address on the page on which one waits for the email.

use account_core::id::RegistrationId;
use account_core::registration::correct::{CorrectError, CorrectRequest};
use account_core::registration::draft::{RegistrationDraft, Spelling};
use account_core::service::Failure;
use account_core::violation::{Field, Rule, Violations};
use poem::http::StatusCode;
use poem::{Response, handler};

use super::challenge::{self, FormChallenge};
use super::correction_form::CorrectionForm;
use super::form::{Fields, Form};
use super::visit::Visit;
use super::waiting::{self, Remarks};
use super::words;
use crate::problem::Problem;

/// Name of the hidden input with the address that the person was asked about.
const ASKED_ABOUT: &str = "asked_about";

#[handler]
pub(super) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let held = fields.registration().and_then(|id| Some((id, visit.attempts.find(id)?.clone())));
    let Some((registration, continuation)) = held else {
        return Ok(waiting::page(visit, StatusCode::NOT_FOUND, None, Remarks::default()).await?);
    };
    let request = CorrectRequest {
        registration,
        continuation,
        email: fields.trimmed("email").into(),
        spelling: Spelling::Asked { confirmed: fields.input(ASKED_ABOUT) },
        context: challenge::answered(visit, &fields),
    };
    match visit.pages.service.correct_address(request).await {
        Ok(corrected) => {
            let mut response = visit.see_other(&waiting::path_after_mail(Some(registration)));
            let attempts = visit.attempts.ending(registration, corrected.expires_at);
            visit.keep_attempts(&attempts, &mut response);
            Ok(response)
        }
        Err(CorrectError::Invalid(violations)) => {
            let correction = filled_in(visit, &fields, &violations);
            let challenge = Some(FormChallenge::kept(visit, &fields));
            let remarks = Remarks { correction, challenge, ..Remarks::default() };
            Ok(waiting::page(visit, StatusCode::UNPROCESSABLE_ENTITY, Some(registration), remarks).await?)
        }
        Err(CorrectError::Challenged(demand)) => {
            let challenge = FormChallenge::demanded(visit, &demand, &fields).await;
            Ok(again(visit, registration, &fields, challenge).await?)
        }
        Err(CorrectError::Failed(Failure::Limited(limited))) if limited.is_about_waits() => {
            let challenge = FormChallenge::full(visit, &limited, &fields);
            Ok(again(visit, registration, &fields, challenge).await?)
        }
        // The page says what has become of it.
        Err(CorrectError::Completed | CorrectError::Expired | CorrectError::TooManyCorrections) => {
            Ok(visit.see_other(&waiting::path(registration)))
        }
        Err(other) => Err(Problem::from(other).into()),
    }
}

/// The form with what was typed, and with what it is asked for.
async fn again(
    visit: &Visit,
    registration: RegistrationId,
    fields: &Fields,
    challenge: FormChallenge,
) -> Result<Response, Problem> {
    let correction = CorrectionForm {
        email: fields.trimmed("email").to_owned(),
        // Nobody is asked twice whether the address is right.
        asked_about: fields.find(ASKED_ABOUT).map(str::to_owned),
        ..CorrectionForm::default()
    };
    let status = challenge.status();
    let remarks = Remarks { correction, challenge: Some(challenge), ..Remarks::default() };
    waiting::page(visit, status, Some(registration), remarks).await
}

fn filled_in(visit: &Visit, fields: &Fields, violations: &Violations) -> CorrectionForm {
    let email = fields.trimmed("email");
    let is_doubted = violations.iter().any(|violation| violation.rule == Rule::Misspelled);
    let typed = RegistrationDraft { email: email.into(), ..RegistrationDraft::default() };
    let suggestion = if is_doubted { typed.suggested_address() } else { None };
    CorrectionForm {
        email: email.to_owned(),
        problems: words::about(visit.words(), violations, Field::Email),
        asked_about: suggestion.as_ref().map(|_| email.to_owned()),
        suggestion: suggestion.map(|address| address.to_string()),
    }
}
