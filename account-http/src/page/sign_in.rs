//! Signing in and out.

use account_core::email_address::EmailAddress;
use account_core::id::RegistrationId;
use account_core::registration::status::{Progress, RegistrationStatus};
use account_core::service::Failure;
use account_core::session::{SignInError, SignInRequest, SignedInNow};
use account_core::violation::{Field, Violations};
use poem::http::StatusCode;
use poem::{Request, Response, handler};
use serde::Serialize;

use super::challenge::{self, FormChallenge};
use super::form::{Fields, Form};
use super::next;
use super::paths::{PROFILE, SIGN_IN};
use super::providers::Offer;
use super::samples::{self, Sample};
use super::templates::PageTemplate;
use super::visit::Visit;
use super::waiting::{self, Remarks};
use super::words::say;
use crate::problem::Problem;

#[derive(Serialize)]
struct SignInPage<'a> {
    challenge: &'a FormChallenge,
    /// Where to go on afterwards.
    next: &'a str,
    email: &'a str,
    /// The address of anyone who is signed in already.
    signed_in: Option<String>,
    /// What happened before.
    notice: Option<String>,
    alert: Option<String>,
    email_problems: Vec<String>,
    password_problems: Vec<String>,
    /// The providers that people can sign in with instead.
    offers: Vec<Offer>,
}

impl PageTemplate for SignInPage<'_> {
    const NAME: &'static str = "sign_in.html";

    fn here(&self) -> Option<String> {
        Some(if self.next.is_empty() { SIGN_IN.to_owned() } else { next::sign_in(self.next, false) })
    }
}

/// What the form holds beforehand.
#[derive(Clone, Copy)]
struct Typed<'a> {
    next: &'a str,
    email: &'a str,
}

impl<'a> Typed<'a> {
    /// The same as was sent.
    fn of(fields: &'a Fields) -> Self {
        Self { next: fields.text("next"), email: fields.trimmed("email") }
    }
}

/// What the page says besides the form.
#[derive(Default)]
struct Said {
    notice: Option<&'static str>,
    alert: Option<&'static str>,
    email: Vec<String>,
    password: Vec<String>,
    challenge: Option<FormChallenge>,
}

#[handler]
pub(super) async fn show(visit: &Visit, request: &Request) -> poem::Result<Response> {
    let (next, query) = next::read(request.uri().query().unwrap_or_default());
    let notice = match (query.text("signed-out"), query.text("ended")) {
        ("1", _) => Some("sign-in-signed-out"),
        (_, "1") => Some("sign-in-ended"),
        _ => None,
    };
    let signed_in = visit.signed_in().await?.map(|known| known.account.address.to_string());
    let typed = Typed { next: &next, email: query.trimmed("email") };
    Ok(page(visit, StatusCode::OK, typed, signed_in, Said { notice, ..Said::default() })?)
}

#[handler]
pub(super) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    match visit.pages.service.sign_in(request(visit, &fields)).await {
        Ok(signed_in) => Ok(welcome(visit, &signed_in, fields.text("next")).await),
        Err(SignInError::EmailUnverified) => {
            let remarks = Remarks { is_signing_in: true, ..Remarks::default() };
            let attempt = attempted(visit, fields.trimmed("email")).await?;
            Ok(waiting::page(visit, StatusCode::FORBIDDEN, attempt, remarks).await?)
        }
        Err(SignInError::WrongCredentials) => {
            let said = Said { alert: Some("sign-in-wrong"), ..Said::default() };
            Ok(page(visit, StatusCode::UNAUTHORIZED, Typed::of(&fields), None, said)?)
        }
        Err(SignInError::Invalid(violations)) => {
            let said = Said { challenge: Some(FormChallenge::kept(visit, &fields)), ..refused(visit, &violations) };
            Ok(page(visit, StatusCode::UNPROCESSABLE_ENTITY, Typed::of(&fields), None, said)?)
        }
        Err(SignInError::Challenged(demand)) => {
            Ok(again(visit, &fields, FormChallenge::demanded(visit, &demand, &fields).await)?)
        }
        Err(SignInError::Failed(Failure::Limited(limited))) if limited.is_about_waits() => {
            Ok(again(visit, &fields, FormChallenge::full(visit, &limited, &fields))?)
        }
        Err(other) => Err(Problem::from(other).into()),
    }
}

/// Shows the form again because of a challenge.
fn again(visit: &Visit, fields: &Fields, challenge: FormChallenge) -> Result<Response, Problem> {
    let status = challenge.status();
    page(visit, status, Typed::of(fields), None, Said { challenge: Some(challenge), ..Said::default() })
}

fn request(visit: &Visit, fields: &Fields) -> SignInRequest {
    SignInRequest {
        identifier: fields.trimmed("email").into(),
        password: fields.input("password"),
        continuations: visit.attempts.continuations(),
        devices: visit.devices.tokens(),
        lifetime: None,
        context: challenge::answered(visit, fields),
    }
}

/// The newest pending registration of that address that was made in this browser.
async fn attempted(visit: &Visit, identifier: &str) -> Result<Option<RegistrationId>, Problem> {
    let Ok(address) = EmailAddress::parse(identifier) else { return Ok(None) };
    for (id, continuation) in visit.attempts.iter() {
        let status = visit.pages.service.registration_status(id, continuation, &visit.context.client).await?;
        let is_it =
            |known: &RegistrationStatus| known.progress == Progress::Pending && known.address.key() == address.key();
        if status.as_ref().is_some_and(is_it) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Has the browser keep the session, and sends it on. An account that is about to be deleted can do nothing elsewhere:
/// its own page says so, and how to keep it.
async fn welcome(visit: &Visit, signed_in: &SignedInNow, next: &str) -> Response {
    end_earlier(visit).await;
    visit.keep_session(&signed_in.session);
    let profile = visit.address(PROFILE);
    let next = next::on_this_site(next).filter(|_| signed_in.account.deletion_due_at.is_none());
    Visit::see_elsewhere(next.unwrap_or(&profile))
}

/// Nobody can use the session any more that this browser had before.
pub(super) async fn end_earlier(visit: &Visit) {
    let Ok(Some(earlier)) = visit.signed_in().await else { return };
    if visit.pages.service.end_session(&earlier, earlier.session.id, &visit.context).await.is_err() {
        tracing::warn!("cannot end the previous session of a browser");
    }
}

/// Ends the session of this browser.
#[handler]
pub(super) async fn sign_out(visit: &Visit, Form(_): Form) -> poem::Result<Response> {
    if let Some(known) = visit.signed_in().await? {
        let ended = visit.pages.service.end_session(&known, known.session.id, &visit.context).await;
        ended.map_err(Problem::from)?;
    }
    Ok(signed_out(visit))
}

/// The session of this browser was ended.
pub(super) fn signed_out(visit: &Visit) -> Response {
    visit.forget_session();
    visit.see_other(&format!("{SIGN_IN}?signed-out=1"))
}

fn refused(visit: &Visit, violations: &Violations) -> Said {
    let words = visit.words();
    let about = |field, key: &str| violations.concerns(field).then(|| say(words, key)).into_iter().collect();
    Said {
        email: about(Field::Email, "sign-in-identifier-required"),
        password: about(Field::Password, "enter-password"),
        ..Said::default()
    }
}

/// Shows the form, with what was typed except the password.
fn page(
    visit: &Visit,
    status: StatusCode,
    typed: Typed<'_>,
    signed_in: Option<String>,
    said: Said,
) -> Result<Response, Problem> {
    let challenge = said.challenge.unwrap_or_else(|| FormChallenge::none(visit));
    let page = SignInPage {
        challenge: &challenge,
        next: next::on_this_site(typed.next).unwrap_or_default(),
        email: typed.email,
        signed_in,
        notice: said.notice.map(|key| say(visit.words(), key)),
        alert: said.alert.map(|key| say(visit.words(), key)),
        email_problems: said.email,
        password_problems: said.password,
        offers: visit.offers(),
    };
    challenge.page(visit, status, &page)
}

pub(super) fn sample() -> Sample {
    let little = SignInPage {
        challenge: &FormChallenge::off(),
        next: "",
        email: "",
        signed_in: None,
        notice: None,
        alert: None,
        email_problems: Vec::new(),
        password_problems: Vec::new(),
        offers: Vec::new(),
    };
    let everything = SignInPage {
        challenge: &FormChallenge::everything(),
        next: "/next",
        email: "jane@example.com",
        signed_in: Some(samples::address()),
        notice: Some(samples::text()),
        alert: Some(samples::text()),
        email_problems: vec![samples::text()],
        password_problems: vec![samples::text()],
        offers: vec![Offer::sample()],
    };
    Sample::of(&little, &everything)
}
