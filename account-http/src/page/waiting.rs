//! The page on which people wait for the email: its state, the code to enter, and a button for another email.

use std::time::Duration;

use account_core::id::RegistrationId;
use account_core::registration::continue_session::ContinueError;
use account_core::registration::status::{MailProgress, Progress, RegistrationStatus};
use account_core::timestamp::Timestamp;
use account_core::translation::Arguments;
use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::challenge::FormChallenge;
use super::correction_form::CorrectionForm;
use super::form::{Form, Query};
use super::paths::{PROFILE, SIGN_IN, WAITING};
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
    /// Why no other email is sent now, and when the next one can be requested.
    pub(super) resend_refused: Option<String>,
    /// What was typed to have another email sent.
    pub(super) resend: ResendForm,
    /// What was typed to correct the address.
    pub(super) correction: CorrectionForm,
    /// What the form for another address shows of challenges, if it was sent.
    #[serde(skip)]
    pub(super) challenge: Option<FormChallenge>,
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a template asks for each of them alone")]
struct WaitingPage {
    title: String,
    registration: String,
    address: String,
    /// What has become of the email.
    mail: String,
    /// When it was requested.
    requested: Option<String>,
    /// Whether the address takes no email: then no other one can be requested.
    has_bounced: bool,
    /// Whether the email was given up, or refused.
    is_undelivered: bool,
    is_expired: bool,
    /// Whether the address can still be corrected here.
    is_correctable: bool,
    /// Where the page is, which looks again by itself whether the address was verified; empty if it does not.
    again: String,
    /// What the form for another address shows of challenges.
    challenge: FormChallenge,
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
    registration: String,
    /// Whether a button opens a session.
    opens_session: bool,
    /// Whether the account is signed in here already: the address was verified in another tab.
    is_signed_in: bool,
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
    mut remarks: Remarks,
) -> Result<Response, Problem> {
    let onward = visit.pages.onboarding_url.as_deref();
    let Some(known) = find(visit, registration).await? else {
        let Some((registration, address)) = completed_here(visit, registration).await? else {
            return visit.page(status, &UnknownPage { remarks });
        };
        let page = CompletedPage { address, onward, registration, opens_session: false, is_signed_in: true };
        return visit.page(status, &page);
    };
    let address = known.address.to_string();
    let is_expired = match known.progress {
        Progress::Pending => false,
        Progress::Expired => true,
        Progress::Completed => {
            let (registration, opens_session) = (known.registration.to_string(), known.opens_session);
            let page = CompletedPage { address, onward, registration, opens_session, is_signed_in: false };
            return visit.page(status, &page);
        }
    };
    let has_bounced = known.mail == MailProgress::Bounced;
    let is_undelivered = has_bounced || (!is_expired && known.mail == MailProgress::Failed);
    let title = match (is_undelivered, is_expired) {
        (true, _) => "waiting-title-undelivered",
        (false, true) => "waiting-title-expired",
        (false, false) => "waiting-title",
    };
    let is_correctable = !is_expired && known.corrections_left > 0;
    let challenge = match remarks.challenge.take() {
        _ if !is_correctable => FormChallenge::off(),
        Some(challenge) => challenge,
        None => FormChallenge::none(visit),
    };
    let page = WaitingPage {
        title: say(visit.words(), title),
        registration: known.registration.to_string(),
        address,
        mail: say(visit.words(), words::mail(known.mail)),
        requested: known.mail_requested_at.and_then(|at| requested(visit, at)),
        has_bounced,
        is_undelivered,
        is_expired,
        is_correctable,
        // What was typed, and what is wrong with it, stays.
        again: if is_expired || status != StatusCode::OK {
            String::new()
        } else {
            visit.address(&path(known.registration))
        },
        challenge,
        remarks,
    };
    let mut response = page.challenge.looking_page(visit, status, &page)?;
    // A registration that was renewed lasts longer than the browser knew.
    let attempts = visit.attempts.ending(known.registration, known.expires_at);
    if attempts != visit.attempts {
        visit.keep_attempts(&attempts, &mut response);
    }
    Ok(response)
}

/// How long ago an email was requested: a moment would need the zone of the person, who may not have given any. Nothing in
/// the first minute.
fn requested(visit: &Visit, at: Timestamp) -> Option<String> {
    let since = visit.pages.service.now().since(at);
    let span = visit.words().span_within(since);
    let sentence = || visit.words().text("waiting-requested", &Arguments::none().with("span", span));
    (since >= Duration::from_mins(1)).then(sentence)
}

/// Opens the session of a registration that was completed in another browser, in the tab in which one registered.
#[handler]
pub(super) async fn go_on(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let held = fields.registration().and_then(|id| Some((id, visit.attempts.find(id)?.clone())));
    let Some((registration, continuation)) = held else {
        return Ok(page(visit, StatusCode::NOT_FOUND, None, Remarks::default()).await?);
    };
    match visit.pages.service.continue_registration(registration, &continuation, &visit.context).await {
        Ok(signed_in) => {
            visit.keep_session(&signed_in.session);
            let onward = visit.pages.onboarding_url.as_deref();
            let mut response = onward.map_or_else(|| visit.see_other(PROFILE), Visit::see_elsewhere);
            visit.keep_attempts(&visit.attempts.without(registration), &mut response);
            Ok(response)
        }
        Err(ContinueError::Pending) => Ok(visit.see_other(&path(registration))),
        Err(ContinueError::Gone) => Ok(visit.see_other(SIGN_IN)),
        Err(other) => Err(Problem::from(other).into()),
    }
}

async fn find(visit: &Visit, registration: Option<RegistrationId>) -> Result<Option<RegistrationStatus>, Problem> {
    let Some(id) = registration else { return Ok(None) };
    let Some(continuation) = visit.attempts.find(id) else { return Ok(None) };
    Ok(visit.pages.service.registration_status(id, continuation, &visit.context.client).await?)
}

/// The registration and the address of the account that it became, if that account is signed in here: a browser forgets
/// attempts that it has completed.
async fn completed_here(
    visit: &Visit,
    registration: Option<RegistrationId>,
) -> Result<Option<(String, String)>, Problem> {
    let Some(registration) = registration else { return Ok(None) };
    let owner = visit.signed_in().await?.filter(|owner| owner.account.id == registration.into());
    Ok(owner.map(|owner| (registration.to_string(), owner.account.address.to_string())))
}

pub(super) fn samples() -> [Sample; 3] {
    let waiting = |is: bool, remarks| WaitingPage {
        title: samples::text(),
        registration: "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f".to_owned(),
        address: samples::address(),
        mail: samples::text(),
        requested: is.then(samples::text),
        has_bounced: is,
        is_undelivered: is,
        is_expired: is,
        is_correctable: is,
        again: if is { String::new() } else { WAITING.to_owned() },
        challenge: if is { FormChallenge::everything() } else { FormChallenge::off() },
        remarks,
    };
    let remarks = || Remarks {
        is_signing_in: true,
        is_mail_asked_for: true,
        code: vec![samples::text()],
        is_code_exhausted: true,
        resend_refused: Some(samples::text()),
        resend: ResendForm::sample(),
        correction: CorrectionForm::sample(),
        challenge: None,
    };
    let unknown = |remarks| UnknownPage { remarks };
    let completed = |onward, opens_session| CompletedPage {
        address: samples::address(),
        onward,
        registration: "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f".to_owned(),
        opens_session,
        is_signed_in: opens_session,
    };
    [
        Sample::of(&waiting(false, Remarks::default()), &waiting(true, remarks())),
        Sample::of(&unknown(Remarks::default()), &unknown(remarks())),
        Sample::of(&completed(None, false), &completed(Some("https://portal.example.com/"), true)),
    ]
}
