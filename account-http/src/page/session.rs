//! The session of a browser: finding it, keeping its cookie, and asking for the password once more.

use std::time::Duration;

use account_core::input::Input;
use account_core::session::{OpenedSession, ReauthenticateError, SignedIn};
use poem::http::Method;
use poem::{FromRequest, Request, RequestBody, Response};

use super::renewal::Told;
use super::visit::Visit;
use super::words::say;
use super::{next, paths};
use crate::cookie::SESSION;
use crate::problem::{Problem, ProblemKind};

/// Why a password that was given once more did not do.
pub(super) enum Refusal {
    /// What is wrong with it.
    Password(Vec<String>),
    /// It could not be looked at.
    Problem(Problem),
}

impl Visit {
    /// Has the browser keep a session's token.
    pub(super) fn keep_session(&self, session: &OpenedSession) {
        self.renewal.put(Told::Token(session.clone()));
    }

    /// Has the browser forget its session.
    pub(super) fn forget_session(&self) {
        self.renewal.put(Told::Ended);
    }

    /// Tells the browser what there is to tell of its session.
    pub(super) fn renew_session(&self, response: &mut Response) {
        let cookies = &self.pages.cookies;
        match self.renewal.take() {
            Some(Told::Token(session)) => {
                let lifetime = session.expires_at.since(self.pages.service.now());
                cookies.set(response, SESSION, &session.token.expose(), Some(lifetime));
                self.devices.keep(&session.device, cookies, response);
            }
            Some(Told::Ended) => cookies.set(response, SESSION, "", Some(Duration::ZERO)),
            None => {}
        }
    }

    /// Takes the password once more, unless it was given within the last minutes.
    pub(super) async fn authenticate_recently(&self, known: &SignedIn, password: Input) -> Result<SignedIn, Refusal> {
        if known.is_fresh(self.pages.service.now()) {
            return Ok(known.clone());
        }
        self.authenticate_again(known, password).await
    }

    /// Takes the password once more. The session goes on under a new token.
    pub(super) async fn authenticate_again(&self, known: &SignedIn, password: Input) -> Result<SignedIn, Refusal> {
        let service = &self.pages.service;
        let session = match service.reauthenticate(known, password, &self.context).await {
            Ok(session) => session,
            Err(ReauthenticateError::WrongPassword) => {
                return Err(Refusal::Password(vec![say(self.words(), "incorrect-password")]));
            }
            Err(ReauthenticateError::Invalid(_)) => {
                return Err(Refusal::Password(vec![say(self.words(), "enter-password")]));
            }
            Err(other) => return Err(Refusal::Problem(other.into())),
        };
        self.keep_session(&session);
        let signed_in = service.check_session(&session.token).await.map_err(|error| Refusal::Problem(error.into()))?;
        signed_in.ok_or(Refusal::Problem(Problem::new(ProblemKind::Unauthenticated)))
    }
}

/// Somebody who is signed in in this browser. Anybody else is sent to sign in.
pub(super) struct Owner(pub(super) SignedIn);

impl<'a> FromRequest<'a> for Owner {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        let visit = Visit::of(request)?;
        if let Some(signed_in) = visit.signed_in().await? {
            return Ok(Self(signed_in));
        }
        // A form is gone with the session; its page can be had again.
        let has_ended = request.method() == Method::POST;
        let here = request.uri().path_and_query().map_or(paths::PROFILE, |here| here.as_str());
        let back = visit.address(if has_ended { paths::PROFILE } else { here });
        Err(poem::Error::from_response(visit.see_other(&next::sign_in(&back, has_ended))))
    }
}
