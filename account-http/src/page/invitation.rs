//! Accepting an invitation.

use account_core::account::details::ProfileEdits;
use account_core::input::Edit;
use account_core::invitation::redeem::{AcceptError, AcceptRequest};
use account_core::violation::{Field, Violations};
use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::dead_link::LinkKind;
use super::form::{Fields, Form, Query};
use super::password_field::PasswordField;
use super::paths::{self, PROFILE};
use super::registration_field::{self, RegistrationField};
use super::samples::{self, Sample};
use super::templates::PageTemplate;
use super::visit::Visit;
use super::words;
use crate::problem::Problem;

/// Fields that the form shows.
const SHOWN: [Field; 4] = [Field::Name, Field::Password, Field::NewPassword, Field::TermsAccepted];

#[derive(Serialize)]
struct InvitationPage<'a> {
    token: &'a str,
    address: String,
    name: &'a str,
    password: PasswordField,
    name_problems: Vec<String>,
    password_problems: Vec<String>,
    /// The box for consent, if there is one.
    consent: Option<RegistrationField>,
    consent_problems: Vec<String>,
    other_problems: Vec<String>,
}

impl PageTemplate for InvitationPage<'_> {
    const NAME: &'static str = "invitation.html";

    fn here(&self) -> Option<String> {
        Some(paths::with_token("/authenticate/invitation", self.token))
    }
}

#[derive(Serialize)]
struct AcceptedPage<'a> {
    address: String,
    onward: Option<&'a str>,
}

impl PageTemplate for AcceptedPage<'_> {
    const NAME: &'static str = "accepted.html";

    fn here(&self) -> Option<String> {
        Some(PROFILE.to_owned())
    }
}

#[handler]
pub(super) async fn show(visit: &Visit, Query(query): Query) -> poem::Result<Response> {
    Ok(page(visit, StatusCode::OK, query.text("token"), &Fields::default(), &Violations::default()).await?)
}

#[handler]
pub(super) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let name = fields.trimmed("name");
    let name = if name.is_empty() { Edit::Keep } else { name.into() };
    let request = AcceptRequest {
        token: fields.text("token").to_owned(),
        password: fields.input("password"),
        edits: ProfileEdits { name, ..ProfileEdits::default() },
        consent: registration_field::given_consent(visit, &fields),
        password_policy: visit.pages.password_policy(),
        context: visit.context.clone(),
    };
    match visit.pages.service.accept_invitation(request).await {
        Ok(signed_in) => {
            visit.keep_session(&signed_in.session);
            let address = signed_in.account.address.to_string();
            let onward = visit.pages.onboarding_url.as_deref();
            Ok(visit.page(StatusCode::OK, &AcceptedPage { address, onward })?)
        }
        Err(AcceptError::Invalid(violations)) => {
            Ok(page(visit, StatusCode::UNPROCESSABLE_ENTITY, fields.text("token"), &fields, &violations).await?)
        }
        Err(other) => Ok(LinkKind::Invitation.dead_end(visit, other)?),
    }
}

/// Shows the form for a live token, or why the token is dead. Changes nothing.
async fn page(
    visit: &Visit,
    status: StatusCode,
    token: &str,
    fields: &Fields,
    violations: &Violations,
) -> Result<Response, Problem> {
    let inspection = match visit.pages.service.inspect_invitation(token, &visit.context).await {
        Ok(inspection) => inspection,
        Err(error) => return LinkKind::Invitation.dead_end(visit, error),
    };
    let mut password_problems = words::about(visit.words(), violations, Field::Password);
    password_problems.extend(words::about(visit.words(), violations, Field::NewPassword));
    let page = InvitationPage {
        token,
        address: inspection.address.to_string(),
        name: fields.trimmed("name"),
        password: PasswordField::new(visit.words(), &inspection.role.password_policy(visit.pages.password_policy())),
        name_problems: words::about(visit.words(), violations, Field::Name),
        password_problems,
        consent: registration_field::consent_box(visit, fields, violations),
        consent_problems: words::about(visit.words(), violations, Field::TermsAccepted),
        other_problems: words::about_others(visit.words(), violations, &SHOWN),
    };
    visit.page(status, &page)
}

pub(super) fn samples() -> [Sample; 2] {
    let invited = |name, problems: &[String]| InvitationPage {
        token: "token",
        address: samples::address(),
        name,
        password: PasswordField::sample(),
        name_problems: problems.to_vec(),
        password_problems: problems.to_vec(),
        consent: if problems.is_empty() { None } else { RegistrationField::sample_of_consent() },
        consent_problems: problems.to_vec(),
        other_problems: problems.to_vec(),
    };
    let accepted = |onward| AcceptedPage { address: samples::address(), onward };
    [
        Sample::of(&invited("", &[]), &invited("Jane", &[samples::text()])),
        Sample::of(&accepted(None), &accepted(Some("https://portal.example.com/"))),
    ]
}
