//! Typing the code of the email instead of following its link.

use account_core::registration::verify::VerifyError;
use account_core::violation::Field;
use account_core::{Proof, Spend, VerifyRequest};
use poem::http::StatusCode;
use poem::{Response, handler};

use super::dead_link::LinkKind;
use super::form::Form;
use super::verify;
use super::visit::Visit;
use super::waiting::{self, Remarks};
use super::words::say;

#[handler]
pub(super) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let held = fields.registration().and_then(|id| Some((id, visit.attempts.find(id)?.clone())));
    let Some((registration, continuation)) = held else {
        return Ok(waiting::page(visit, StatusCode::NOT_FOUND, None, Remarks::default()).await?);
    };
    let request = VerifyRequest {
        spend: Spend::Code { registration, code: fields.text("code").to_owned() },
        proof: Proof { continuations: vec![continuation], ..Proof::default() },
        password_policy: visit.pages.password_policy(),
        context: visit.context.clone(),
    };
    let (status, remarks) = match visit.pages.service.verify_email(request).await {
        Ok(verified) => return Ok(verify::verified(visit, verified)?),
        Err(VerifyError::WrongProof(Field::Code)) => {
            let code = vec![say(visit.words(), "waiting-code-wrong")];
            (StatusCode::UNPROCESSABLE_ENTITY, Remarks { code, ..Remarks::default() })
        }
        Err(VerifyError::TooManyTries) => (StatusCode::GONE, Remarks { is_code_exhausted: true, ..Remarks::default() }),
        Err(other) => return Ok(LinkKind::Verification.dead_end(visit, other)?),
    };
    Ok(waiting::page(visit, status, Some(registration), remarks).await?)
}
