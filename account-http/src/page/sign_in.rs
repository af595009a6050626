//! Signing in and out.

use account_core::email_address::EmailAddress;
use account_core::id::RegistrationId;
use account_core::registration::status::{Progress, RegistrationStatus};
use account_core::service::Failure;
use account_core::session::{SignInError, SignInRequest, SignedInNow};
use account_core::violation::{Field, Violations};
use askama::Template;
use poem::http::StatusCode;
use poem::{Request, Response, handler};

use super::challenge::{self, FormChallenge};
use super::form::{Fields, Form};
use super::paths::{PROFILE, SIGN_IN};
use super::visit::{Frame, Visit};
use super::waiting::{self, Remarks};
use super::{next, words};
use crate::problem::Problem;

const WRONG: &str = "Incorrect email, username or password. Try again or reset your password.";

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    frame: Frame<'a>,
    challenge: &'a FormChallenge,
    /// Where to go on afterwards.
    next: &'a str,
    email: &'a str,
    /// The address of anyone who is signed in already.
    signed_in: Option<String>,
    /// What happened before.
    notice: &'static str,
    alert: &'static str,
    email_problems: Vec<String>,
    password_problems: Vec<String>,
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
    notice: &'static str,
    alert: &'static str,
    email: Vec<String>,
    password: Vec<String>,
    challenge: Option<FormChallenge>,
}

#[handler]
pub(super) async fn show(visit: &Visit, request: &Request) -> poem::Result<Response> {
    let (next, query) = next::read(request.uri().query().unwrap_or_default());
    let notice = match (query.text("signed-out"), query.text("ended")) {
        ("1", _) => "You are signed out.",
        (_, "1") => "Your session has expired, and nothing was changed. Sign in again to continue.",
        _ => "",
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
            let said = Said { alert: WRONG, ..Said::default() };
            Ok(page(visit, StatusCode::UNAUTHORIZED, Typed::of(&fields), None, said)?)
        }
        Err(SignInError::Invalid(violations)) => {
            let said = Said { challenge: Some(FormChallenge::kept(visit, &fields)), ..refused(&violations) };
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
async fn end_earlier(visit: &Visit) {
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

fn refused(violations: &Violations) -> Said {
    let about = |field, text: &str| words::about(violations, field).iter().take(1).map(|_| text.to_owned()).collect();
    Said {
        alert: "Fix the errors below to sign in.",
        email: about(Field::Email, "Enter your email address or username."),
        password: about(Field::Password, "Enter your password."),
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
        frame: visit.frame(),
        challenge: &challenge,
        next: next::on_this_site(typed.next).unwrap_or_default(),
        email: typed.email,
        signed_in,
        notice: said.notice,
        alert: said.alert,
        email_problems: said.email,
        password_problems: said.password,
    };
    challenge.page(visit, status, &page)
}
