//! The page on which people wait for the email: its state, the code to enter, and a button for another email.

use account_core::id::RegistrationId;
use account_core::registration::status::{MailProgress, Progress, RegistrationStatus};
use askama::Template;
use poem::http::StatusCode;
use poem::{Response, handler};

use super::form::Query;
use super::paths::WAITING;
use super::resend_form::ResendForm;
use super::visit::{Frame, Visit};
use super::words;
use crate::problem::Problem;

/// Where the registration is waited for.
pub(super) fn path(registration: RegistrationId) -> String {
    format!("{WAITING}?registration={registration}")
}

/// The page after another email was requested.
pub(super) fn path_after_mail(registration: Option<RegistrationId>) -> String {
    registration.map_or_else(|| format!("{WAITING}?sent=1"), |registration| format!("{}&sent=1", path(registration)))
}

/// What the page says besides what is known of the registration.
#[derive(Default)]
pub(super) struct Remarks {
    /// Somebody tried to sign in before the address is confirmed.
    pub(super) is_signing_in: bool,
    /// Another email was requested.
    pub(super) is_mail_asked_for: bool,
    /// What is wrong with the code.
    pub(super) code: Vec<String>,
    /// Whether no further code is taken.
    pub(super) is_code_exhausted: bool,
    /// What was typed to have another email sent.
    pub(super) resend: ResendForm,
}

#[derive(Template)]
#[template(path = "waiting.html")]
struct WaitingPage<'a> {
    frame: Frame<'a>,
    registration: RegistrationId,
    address: String,
    mail: &'static str,
    /// Whether the address takes no email: then no other one can be requested.
    has_bounced: bool,
    /// Whether the email was given up.
    is_undelivered: bool,
    is_expired: bool,
    remarks: Remarks,
}

#[derive(Template)]
#[template(path = "waiting_unknown.html")]
struct UnknownPage<'a> {
    frame: Frame<'a>,
    remarks: Remarks,
}

#[derive(Template)]
#[template(path = "completed.html")]
struct CompletedPage<'a> {
    frame: Frame<'a>,
    address: String,
    onward: Option<&'a str>,
}

#[handler]
pub(super) async fn show(visit: &Visit, Query(query): Query) -> poem::Result<Response> {
    let remarks = Remarks { is_mail_asked_for: query.text("sent") == "1", ..Remarks::default() };
    Ok(page(visit, StatusCode::OK, query.registration(), remarks).await?)
}

/// Shows the page of a registration. Only the browser that made it sees anything of it.
pub(super) async fn page(
    visit: &Visit,
    status: StatusCode,
    registration: Option<RegistrationId>,
    remarks: Remarks,
) -> Result<Response, Problem> {
    let Some(known) = find(visit, registration).await? else {
        return visit.page(status, &UnknownPage { frame: visit.frame(), remarks });
    };
    let address = known.address.to_string();
    let is_expired = match known.progress {
        Progress::Pending => false,
        Progress::Expired => true,
        Progress::Completed => {
            let onward = visit.pages.onboarding_url.as_deref();
            return visit.page(status, &CompletedPage { frame: visit.frame(), address, onward });
        }
    };
    let page = WaitingPage {
        frame: visit.frame(),
        registration: known.registration,
        address,
        mail: words::mail(known.mail),
        has_bounced: known.mail == MailProgress::Bounced,
        is_undelivered: !is_expired && matches!(known.mail, MailProgress::Bounced | MailProgress::Failed),
        is_expired,
        remarks,
    };
    let mut response = visit.page(status, &page)?;
    // A registration that was renewed lasts longer than the browser knew.
    let attempts = visit.attempts.ending(known.registration, known.expires_at);
    if attempts != visit.attempts {
        visit.keep_attempts(&attempts, &mut response);
    }
    Ok(response)
}

async fn find(visit: &Visit, registration: Option<RegistrationId>) -> Result<Option<RegistrationStatus>, Problem> {
    let Some(id) = registration else { return Ok(None) };
    let Some(continuation) = visit.attempts.find(id) else { return Ok(None) };
    Ok(visit.pages.service.registration_status(id, continuation, &visit.context.client).await?)
}
