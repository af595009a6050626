//! Who may use the console, and what becomes of an action.

use account_core::administration::AdminError;
use account_core::authorization::{Administrator, NotPermitted};
use account_core::session::SignedIn;
use account_core::timestamp::Timestamp;
use poem::http::{Method, StatusCode};
use poem::{FromRequest, Request, RequestBody, Response};
use serde::Serialize;

use super::super::form::{Fields, TOKEN_INPUT};
use super::super::next;
use super::super::session::Refusal;
use super::super::templates::PageTemplate;
use super::super::visit::Visit;
use super::super::words::{self, say};
use super::paths::CONSOLE;
use super::view::{Around, Said};
use crate::problem::{Problem, ProblemKind};

/// Name of the field with the password that is asked for once more.
const PASSWORD: &str = "confirm_password";
/// Name of the field that tells password managers whose password it is.
const USER_NAME: &str = "username";

/// An administrator who is signed in in this browser. Who is not signed in is sent to sign in; for everybody else there is
/// no console.
pub(super) struct Admin {
    pub(super) may: Administrator,
    pub(super) me: SignedIn,
}

impl<'a> FromRequest<'a> for Admin {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        let visit = Visit::of(request)?;
        if let Some(me) = visit.signed_in().await? {
            return Ok(Self::of(me)?);
        }
        // A form is gone with the session; the console can be had again.
        let has_ended = request.method() == Method::POST;
        let here = request.uri().path_and_query().map_or(CONSOLE, |here| here.as_str());
        let back = visit.address(if has_ended { CONSOLE } else { here });
        Err(poem::Error::from_response(visit.see_other(&next::sign_in(&back, has_ended))))
    }
}

/// Asks for the password before an action.
#[derive(Serialize)]
struct PasswordPage {
    around: Around,
    /// Where the form of the action goes, and what was typed into it.
    action: String,
    kept: Vec<(String, String)>,
    address: String,
    name: &'static str,
    problems: Vec<String>,
}

impl PageTemplate for PasswordPage {
    const NAME: &'static str = "console/password.html";

    fn here(&self) -> Option<String> {
        Some(CONSOLE.to_owned())
    }
}

/// An action that was refused: why, and the status of the answer.
pub(super) struct Refused {
    pub(super) status: StatusCode,
    pub(super) said: Said,
}

/// The form of an action: where it goes, and what was typed into it.
pub(super) struct Sent {
    pub(super) action: String,
    pub(super) fields: Fields,
}

impl Refused {
    /// A form that does not say what it has to, for the reason with that key.
    pub(super) fn because(visit: &Visit, key: &str, sent: Sent) -> Self {
        let typed = Some((sent.action, sent.fields));
        let said = Said { alerts: vec![say(visit.words(), key)], typed, ..Said::default() };
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, said }
    }
}

impl Admin {
    fn of(me: SignedIn) -> Result<Self, Problem> {
        let may = me.clone().verified().and_then(account_core::authorization::Verified::administrator);
        // What is here is no business of other people.
        Ok(Self { may: may.map_err(|_| Problem::new(ProblemKind::NotFound))?, me })
    }

    /// A moment in the administrator's time zone.
    pub(super) fn moment(&self, visit: &Visit, at: Timestamp) -> String {
        visit.words().moment(at, self.me.account.profile.time_zone.as_deref())
    }

    /// The same, abbreviated: for lists.
    pub(super) fn short_moment(&self, visit: &Visit, at: Timestamp) -> String {
        visit.words().short_moment(at, self.me.account.profile.time_zone.as_deref())
    }

    /// The same administrator, after the password was given once more if the form has it.
    pub(super) async fn confirmed(self, visit: &Visit, sent: &Sent) -> poem::Result<Self> {
        if sent.fields.find(PASSWORD).is_none() {
            return Ok(self);
        }
        match visit.authenticate_again(&self.me, sent.fields.input(PASSWORD)).await {
            Ok(me) => Ok(Self::of(me)?),
            Err(Refusal::Password(problems)) => {
                let page = self.password_page(visit, sent, StatusCode::UNPROCESSABLE_ENTITY, problems)?;
                Err(poem::Error::from_response(page))
            }
            Err(Refusal::Problem(problem)) => Err(problem.into()),
        }
    }

    /// What became of an action: its result, or why it was refused. The password is asked for where the action needs it.
    pub(super) fn outcome<T>(
        &self,
        visit: &Visit,
        sent: Sent,
        outcome: Result<T, AdminError>,
    ) -> poem::Result<Result<T, Refused>> {
        let error = match outcome {
            Ok(done) => return Ok(Ok(done)),
            Err(error) => error,
        };
        if matches!(error, AdminError::NotPermitted(NotPermitted::ReauthenticationRequired)) {
            let page = self.password_page(visit, &sent, StatusCode::FORBIDDEN, Vec::new())?;
            return Err(poem::Error::from_response(page));
        }
        let Some(alerts) = in_words(visit, &error) else { return Err(Problem::from(error).into()) };
        let is_outdated = matches!(error, AdminError::VersionMismatch);
        let said = Said { alerts, typed: Some((sent.action, sent.fields)), is_outdated, notice: None };
        Ok(Err(Refused { status: Problem::from(error).status(), said }))
    }

    fn password_page(
        &self,
        visit: &Visit,
        sent: &Sent,
        status: StatusCode,
        problems: Vec<String>,
    ) -> Result<Response, Problem> {
        let title = say(visit.words(), "console-password-title");
        let kept = sent.fields.iter().filter(|(name, _)| ![TOKEN_INPUT, PASSWORD, USER_NAME].contains(name));
        let page = PasswordPage {
            around: Around::new(visit, &self.me, title, "", &Said::default()),
            action: sent.action.clone(),
            kept: kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            address: self.me.account.address.to_string(),
            name: PASSWORD,
            problems,
        };
        visit.page(status, &page)
    }
}

/// Why an action was refused; `None` for what has a page of its own.
fn in_words(visit: &Visit, error: &AdminError) -> Option<Vec<String>> {
    let words = visit.words();
    let key = match error {
        AdminError::Invalid(violations) => return Some(words::about_others(words, violations, &[])),
        AdminError::RegistrationClosed { .. } => "console-refused-closed",
        AdminError::NotPermitted(NotPermitted::Role) => "console-refused-role",
        AdminError::NotPermitted(NotPermitted::EmailUnverified) => "console-refused-unverified",
        AdminError::VersionMismatch => "console-refused-changed",
        AdminError::AlreadyRegistered => "console-refused-registered",
        AdminError::AlreadyInvited => "console-refused-invited",
        AdminError::CodeTaken => "console-refused-code",
        AdminError::ClientTaken => "console-refused-client",
        AdminError::NotEmpty => "console-refused-not-empty",
        AdminError::WeakPassword => "console-refused-weak-password",
        AdminError::LastSuperAdmin => "console-refused-last-super-admin",
        AdminError::NotRedrivable => "console-refused-entry",
        AdminError::InvitationEnded => "console-refused-invitation",
        AdminError::NotPermitted(NotPermitted::DeletionPending | NotPermitted::ReauthenticationRequired)
        | AdminError::NotFound
        | AdminError::Cursor(_)
        | AdminError::Failed(_) => return None,
    };
    Some(vec![say(words, key)])
}
