//! Asking for another verification email.

use std::time::Duration;

use account_core::id::RegistrationId;
use account_core::registration::resend::{ResendError, ResendTarget};
use account_core::translation::Arguments;
use account_core::violation::{Field, Violations};
use poem::http::StatusCode;
use poem::{Response, handler};

use super::form::{Fields, Form};
use super::resend_form::ResendForm;
use super::visit::Visit;
use super::waiting::{self, Remarks};
use super::words;
use crate::problem::{Problem, ProblemKind, add_limit_headers};

/// How long a browser initially keeps a registration for which another email was requested.
const MEANWHILE: Duration = Duration::from_hours(24);

/// For the registration that the browser made, or else for the newest one of an address.
#[handler]
pub(super) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let held = fields.registration().and_then(|id| Some((id, visit.attempts.find(id)?.clone())));
    let registration = held.as_ref().map(|(id, _)| *id);
    let target = match held {
        Some((registration, continuation)) => ResendTarget::Registration { registration, continuation },
        None => ResendTarget::Address(fields.trimmed("email").into()),
    };
    match visit.pages.service.resend_verification(target, &visit.context.client).await {
        Ok(()) => {
            let mut response = visit.see_other(&waiting::path_after_mail(registration));
            if let Some(id) = registration {
                // Renewed with its email it may last longer; until when, the page about it finds out.
                let attempts = visit.attempts.ending(id, visit.pages.service.now() + MEANWHILE);
                visit.keep_attempts(&attempts, &mut response);
            }
            Ok(response)
        }
        Err(ResendError::Invalid(violations)) => {
            let remarks = Remarks { resend: filled_in(visit, &fields, &violations), ..Remarks::default() };
            Ok(waiting::page(visit, StatusCode::UNPROCESSABLE_ENTITY, None, remarks).await?)
        }
        Err(other) => Ok(refused(visit, registration, other.into()).await?),
    }
}

/// Shows the page of the registration with the time until the next email, where too many were requested. Any other
/// problem is returned as it is.
async fn refused(visit: &Visit, registration: Option<RegistrationId>, problem: Problem) -> Result<Response, Problem> {
    let Some(time) = problem.retry_after.filter(|_| problem.kind == ProblemKind::RateLimited && registration.is_some())
    else {
        return Err(problem);
    };
    let again = Arguments::none().with("time", words::wait(visit.words(), time));
    let sentences = [words::say(visit.words(), "error-limited"), visit.words().text("error-try-again", &again)];
    let remarks = Remarks { resend_refused: Some(sentences.join(" ")), ..Remarks::default() };
    let mut response = waiting::page(visit, problem.status(), registration, remarks).await?;
    add_limit_headers(&mut response, problem.limit, problem.retry_after);
    Ok(response)
}

fn filled_in(visit: &Visit, fields: &Fields, violations: &Violations) -> ResendForm {
    ResendForm {
        email: fields.trimmed("email").to_owned(),
        problems: words::about(visit.words(), violations, Field::Email),
    }
}
