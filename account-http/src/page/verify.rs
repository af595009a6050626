//! Confirming: the page that the emailed link opens, and the forms on it.

use account_core::registration::verify::{CompletedRegistration, Inspection, VerifyError};
use account_core::violation::{Field, Violations};
use account_core::{Proof, Spend, VerifyRequest};
use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::dead_link::LinkKind;
use super::form::{Fields, Form, Query};
use super::password_field::PasswordField;
use super::paths::{self, PROFILE, SIGN_IN};
use super::providers::Offer;
use super::registration_field::{self, RegistrationField};
use super::samples::{self, Sample};
use super::templates::PageTemplate;
use super::visit::Visit;
use super::words::{self, say};
use crate::problem::Problem;

#[derive(Serialize)]
struct VerifyPage<'a> {
    token: &'a str,
    address: String,
    /// Whether one click is enough.
    is_enough: bool,
    has_password: bool,
    /// Whether it is more likely that a new password is wanted.
    wants_new: bool,
    password: PasswordField,
    /// The box for consent that comes with a new password, if there is one.
    consent: Option<RegistrationField>,
    /// The provider with whose account the registration was made: signing in there again is enough.
    offer: Option<Offer>,
    remarks: Remarks,
}

impl PageTemplate for VerifyPage<'_> {
    const NAME: &'static str = "verify.html";

    fn here(&self) -> Option<String> {
        Some(paths::with_token("/authenticate/verify", self.token))
    }
}

/// What is wrong with the form that was sent.
#[derive(Default, Serialize)]
struct Remarks {
    /// The browser is not the one that registered, and a password is needed.
    is_proof_missing: bool,
    is_password_wrong: bool,
    password: Vec<String>,
    new_password: Vec<String>,
    consent: Vec<String>,
}

#[derive(Serialize)]
struct VerifiedPage<'a> {
    address: String,
    is_signed_in: bool,
    is_user_name_taken: bool,
    onward: Option<&'a str>,
}

impl PageTemplate for VerifiedPage<'_> {
    const NAME: &'static str = "verified.html";

    fn here(&self) -> Option<String> {
        Some(if self.is_signed_in { PROFILE } else { SIGN_IN }.to_owned())
    }
}

#[handler]
pub(super) async fn show(visit: &Visit, Query(query): Query) -> poem::Result<Response> {
    let consent = registration_field::consent_box(visit, &Fields::default(), &Violations::default());
    Ok(page(visit, StatusCode::OK, query.text("token"), consent, Remarks::default()).await?)
}

#[handler]
pub(super) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let token = fields.text("token");
    let request = VerifyRequest {
        spend: Spend::Token(token.to_owned()),
        proof: proof(visit, &fields),
        password_policy: visit.pages.password_policy(),
        context: visit.context.clone(),
    };
    match visit.pages.service.verify_email(request).await {
        Ok(verified) => Ok(self::verified(visit, verified)?),
        Err(error) => match remarks(visit, &error) {
            Some(remarks) => {
                let violations = match &error {
                    VerifyError::Invalid(violations) => violations.clone(),
                    _ => Violations::default(),
                };
                let consent = registration_field::consent_box(visit, &fields, &violations);
                Ok(page(visit, Problem::from(error).status(), token, consent, remarks).await?)
            }
            None => Ok(LinkKind::Verification.dead_end(visit, error)?),
        },
    }
}

/// What to say beside the forms; nothing where they would not help.
fn remarks(visit: &Visit, error: &VerifyError) -> Option<Remarks> {
    match error {
        VerifyError::ProofRequired | VerifyError::WrongProof(Field::Continuation) => {
            Some(Remarks { is_proof_missing: true, ..Remarks::default() })
        }
        VerifyError::WrongProof(Field::Password) => {
            let password = vec![say(visit.words(), "incorrect-password")];
            Some(Remarks { is_password_wrong: true, password, ..Remarks::default() })
        }
        VerifyError::Invalid(violations) => Some(Remarks {
            new_password: words::about(visit.words(), violations, Field::NewPassword),
            consent: words::about(visit.words(), violations, Field::TermsAccepted),
            ..Remarks::default()
        }),
        _ => None,
    }
}

/// What the pressed form offers as proof. Each form offers one thing only.
fn proof(visit: &Visit, fields: &Fields) -> Proof {
    match fields.text("proof") {
        "confirm" => Proof { continuations: visit.attempts.continuations(), ..Proof::default() },
        "password" => Proof { password: Some(fields.text("password").to_owned()), ..Proof::default() },
        "new_password" => Proof {
            new_password: fields.text("new_password").into(),
            consent: registration_field::given_consent(visit, fields),
            ..Proof::default()
        },
        _ => Proof::default(),
    }
}

/// Shows the forms for a live token, or why the token is dead. Changes nothing.
async fn page(
    visit: &Visit,
    status: StatusCode,
    token: &str,
    consent: Option<RegistrationField>,
    remarks: Remarks,
) -> Result<Response, Problem> {
    let continuations = visit.attempts.continuations();
    let inspected = visit.pages.service.inspect_token(token, &continuations, &visit.context.client).await;
    let Inspection { address, is_continued, has_password, needs_no_proof, provider, .. } = match inspected {
        Ok(inspection) => inspection,
        Err(error) => return LinkKind::Verification.dead_end(visit, error),
    };
    let page = VerifyPage {
        token,
        address: address.to_string(),
        is_enough: is_continued || needs_no_proof,
        has_password,
        wants_new: remarks.is_password_wrong || !remarks.new_password.is_empty() || !remarks.consent.is_empty(),
        password: PasswordField::new(visit.words(), &visit.pages.password_policy()),
        consent,
        offer: provider.and_then(|name| visit.offers().into_iter().find(|offer| offer.name == name.as_str())),
        remarks,
    };
    visit.page(status, &page)
}

/// The address is verified: says so, opens the session that comes with it, and forgets the registration.
pub(super) fn verified(visit: &Visit, verified: CompletedRegistration) -> Result<Response, Problem> {
    let account = verified.account;
    let page = VerifiedPage {
        address: account.address.to_string(),
        is_signed_in: verified.session.is_some(),
        is_user_name_taken: verified.is_user_name_taken,
        onward: verified.callback_url.as_deref().or(visit.pages.onboarding_url.as_deref()),
    };
    let mut response = visit.page(StatusCode::OK, &page)?;
    if let Some(session) = &verified.session {
        visit.keep_session(session);
    }
    let left = visit.attempts.without(verified.registration);
    if left != visit.attempts {
        visit.keep_attempts(&left, &mut response);
    }
    Ok(response)
}

pub(super) fn samples() -> [Sample; 2] {
    let verify = |is: bool, remarks| VerifyPage {
        token: "token",
        address: samples::address(),
        is_enough: is,
        has_password: is,
        wants_new: is,
        password: PasswordField::sample(),
        consent: if is { None } else { RegistrationField::sample_of_consent() },
        offer: (!is).then(Offer::sample),
        remarks,
    };
    let remarks = Remarks {
        is_proof_missing: true,
        is_password_wrong: true,
        password: vec![samples::text()],
        new_password: vec![samples::text()],
        consent: vec![samples::text()],
    };
    let verified = |is: bool, onward| VerifiedPage {
        address: samples::address(),
        is_signed_in: is,
        is_user_name_taken: is,
        onward,
    };
    [
        Sample::of(&verify(false, Remarks::default()), &verify(true, remarks)),
        Sample::of(&verified(false, None), &verified(true, Some("https://portal.example.com/"))),
    ]
}
