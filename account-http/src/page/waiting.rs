//! The page on which people wait for the email: its state, the code to enter, and a button for another email.

use account_core::id::RegistrationId;
use account_core::registration::status::{MailProgress, Progress, RegistrationStatus};
use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::form::Query;
use super::paths::{SIGN_IN, WAITING};
use super::resend_form::ResendForm;
use super::samples::{self, Sample};
use super::templates::PageTemplate;
use super::visit::Visit;
use super::words::{self, say};
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
#[derive(Default, Serialize)]
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

#[derive(Serialize)]
struct WaitingPage {
    title: String,
    registration: String,
    address: String,
    /// What has become of the email.
    mail: String,
    /// Whether the address takes no email: then no other one can be requested.
    has_bounced: bool,
    /// Whether the email was given up, or refused.
    is_undelivered: bool,
    is_expired: bool,
    remarks: Remarks,
}

impl PageTemplate for WaitingPage {
    const NAME: &'static str = "waiting.html";

    fn here(&self) -> Option<String> {
        Some(format!("{WAITING}?registration={}", self.registration))
    }
}

#[derive(Serialize)]
struct UnknownPage {
    remarks: Remarks,
}

impl PageTemplate for UnknownPage {
    const NAME: &'static str = "waiting_unknown.html";

    fn here(&self) -> Option<String> {
        Some(WAITING.to_owned())
    }
}

#[derive(Serialize)]
struct CompletedPage<'a> {
    address: String,
    onward: Option<&'a str>,
}

impl PageTemplate for CompletedPage<'_> {
    const NAME: &'static str = "completed.html";

    fn here(&self) -> Option<String> {
        Some(SIGN_IN.to_owned())
    }
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
        return visit.page(status, &UnknownPage { remarks });
    };
    let address = known.address.to_string();
    let is_expired = match known.progress {
        Progress::Pending => false,
        Progress::Expired => true,
        Progress::Completed => {
            let onward = visit.pages.onboarding_url.as_deref();
            return visit.page(status, &CompletedPage { address, onward });
        }
    };
    let has_bounced = known.mail == MailProgress::Bounced;
    let is_undelivered = has_bounced || (!is_expired && known.mail == MailProgress::Failed);
    let title = match (is_undelivered, is_expired) {
        (true, _) => "waiting-title-undelivered",
        (false, true) => "waiting-title-expired",
        (false, false) => "waiting-title",
    };
    let page = WaitingPage {
        title: say(visit.words(), title),
        registration: known.registration.to_string(),
        address,
        mail: say(visit.words(), words::mail(known.mail)),
        has_bounced,
        is_undelivered,
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

pub(super) fn samples() -> [Sample; 3] {
    let waiting = |is: bool, remarks| WaitingPage {
        title: samples::text(),
        registration: "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f".to_owned(),
        address: samples::address(),
        mail: samples::text(),
        has_bounced: is,
        is_undelivered: is,
        is_expired: is,
        remarks,
    };
    let remarks = || Remarks {
        is_signing_in: true,
        is_mail_asked_for: true,
        code: vec![samples::text()],
        is_code_exhausted: true,
        resend: ResendForm::sample(),
    };
    let unknown = |remarks| UnknownPage { remarks };
    let completed = |onward| CompletedPage { address: samples::address(), onward };
    [
        Sample::of(&waiting(false, Remarks::default()), &waiting(true, remarks())),
        Sample::of(&unknown(Remarks::default()), &unknown(remarks())),
        Sample::of(&completed(None), &completed(Some("https://portal.example.com/"))),
    ]
}
