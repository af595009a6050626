//! Showing that no bot sends a form: by a script, or without one by waiting.
//!
//! Whether a form is asked for a challenge depends on what was typed into it, and on what others have requested by the
//! time it is sent, so a page cannot know when it is opened. Unless challenges are off, its script therefore asks
//! beforehand each time. If no challenge is due, the form is sent at once and nothing shows. If one is, the page stays
//! as it is while the challenge is solved. The form itself is always sent by the browser, so cookies, redirects, errors
//! and password managers work as they do without a script. Asking costs no hash, query or write.
//!
//! Without a script, or if it fails, the form is sent without a proof. It is then shown again, with a ticket that counts
//! after a wait. The password must be typed again: it is not written into any page.

use std::time::Duration;

use account_core::CallContext;
use account_core::challenge::{ChallengeAnswer, ChallengeDemand};
use account_core::ports::{ChallengeFailure, ChallengePurpose};
use account_core::service::Limited;
use account_core::timestamp::Timestamp;
use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::form::{Fields, Form};
use super::samples;
use super::templates::PageTemplate;
use super::visit::Visit;
use super::words;
use crate::json::compact_json;
use crate::problem::{ChallengeBody, Problem, ProblemKind, add_limit_headers};

/// Hidden input with what the script found.
const PROOF: &str = "challenge";
/// Hidden input with the ticket of a wait.
const TICKET: &str = "ticket";
/// What does not make a form another one.
pub(super) const INPUTS: [&str; 2] = [PROOF, TICKET];
/// Stands between a ticket and when it counts. It does not occur in base64url.
const SEPARATOR: char = '.';
/// The stylesheet has waits of 5 seconds, of 10 seconds, and so on up to this one.
const LONGEST_SHOWN: u64 = 60;
const SHOWN_IN_STEPS_OF: u64 = 5;

/// What a form shows of challenges.
#[derive(Serialize)]
pub(super) struct FormChallenge {
    /// Whether challenges are asked for at all.
    is_on: bool,
    /// The ticket of a wait, to be sent with the form.
    ticket: Option<String>,
    /// How long to wait until the ticket counts, in words.
    wait: Option<String>,
    /// The class of the form that has the stylesheet show the wait.
    class: String,
    /// When to try again because too many people wait, in words.
    is_full_for: Option<String>,
    /// Whether people without a script have to wait.
    is_wait: bool,
    #[serde(skip)]
    retry_after: Option<Duration>,
}

/// A ticket, and when it counts: for the page to show, nothing depends on it.
struct Ticket {
    text: String,
    counts_from: Timestamp,
}

impl Ticket {
    fn read(fields: &Fields) -> Option<Self> {
        let (text, counts_from) = fields.text(TICKET).split_once(SEPARATOR)?;
        let counts_from = Timestamp::from_unix_micros(counts_from.parse().ok()?);
        Some(Self { text: text.to_owned(), counts_from })
    }

    fn write(&self) -> String {
        format!("{}{SEPARATOR}{}", self.text, self.counts_from.unix_micros())
    }
}

impl FormChallenge {
    /// Of a form that is shown for the first time, or whose ticket is used up.
    pub(super) fn none(visit: &Visit) -> Self {
        Self {
            is_on: visit.pages.service.asks_for_challenges(),
            ticket: None,
            wait: None,
            class: String::new(),
            is_full_for: None,
            is_wait: false,
            retry_after: None,
        }
    }

    /// Of a form that is shown again for another reason: its ticket still counts.
    pub(super) fn kept(visit: &Visit, fields: &Fields) -> Self {
        Ticket::read(fields).map_or_else(|| Self::none(visit), |ticket| Self::waiting(visit, &ticket))
    }

    /// Of a form that was sent without an answer, or with one that is not accepted.
    pub(super) async fn demanded(visit: &Visit, demand: &ChallengeDemand, fields: &Fields) -> Self {
        if let Err(limited) = visit.pages.service.refuse_known_wait(&visit.context).await {
            return Self::full(visit, &limited, fields);
        }
        let issued = Ticket { text: demand.wait.text().to_owned(), counts_from: demand.wait.not_before };
        // Who was too early keeps their ticket.
        let held = Ticket::read(fields).filter(|held| held.counts_from <= issued.counts_from);
        let ticket = held.filter(|_| demand.failure == Some(ChallengeFailure::Early)).unwrap_or(issued);
        Self::waiting(visit, &ticket)
    }

    /// Of a form that cannot be sent by waiting, because too many people wait. A ticket that was not used can be later.
    pub(super) fn full(visit: &Visit, limited: &Limited, fields: &Fields) -> Self {
        let ticket = Ticket::read(fields).map(|ticket| ticket.write());
        let time = limited.retry_after;
        let is_full_for = Some(words::wait(visit.words(), time));
        Self { ticket, is_full_for, is_wait: true, retry_after: Some(time), ..Self::none(visit) }
    }

    fn waiting(visit: &Visit, ticket: &Ticket) -> Self {
        let wait = ticket.counts_from.since(visit.pages.service.now());
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let shown = seconds.next_multiple_of(SHOWN_IN_STEPS_OF);
        Self {
            ticket: Some(ticket.write()),
            wait: (seconds > 0).then(|| words::wait(visit.words(), wait)),
            is_wait: seconds > 0,
            class: if (1..=LONGEST_SHOWN).contains(&shown) { format!("wait-{shown}") } else { String::new() },
            ..Self::none(visit)
        }
    }

    /// The page with the form.
    pub(super) fn page<P: PageTemplate>(
        &self,
        visit: &Visit,
        status: StatusCode,
        page: &P,
    ) -> Result<Response, Problem> {
        self.noted(if self.is_on { visit.challenging_page(status, page) } else { visit.page(status, page) })
    }

    /// The page with the form, which looks whether it has changed.
    pub(super) fn looking_page<P: PageTemplate>(
        &self,
        visit: &Visit,
        status: StatusCode,
        page: &P,
    ) -> Result<Response, Problem> {
        // What challenges need is more.
        self.noted(if self.is_on { visit.challenging_page(status, page) } else { visit.looking_page(status, page) })
    }

    /// The page, which says when to try again.
    fn noted(&self, page: Result<Response, Problem>) -> Result<Response, Problem> {
        let mut response = page?;
        if let Some(wait) = self.retry_after {
            add_limit_headers(&mut response, None, Some(wait));
        }
        Ok(response)
    }

    /// Of a form that is asked for none.
    pub(super) const fn off() -> Self {
        Self {
            is_on: false,
            ticket: None,
            wait: None,
            class: String::new(),
            is_full_for: None,
            is_wait: false,
            retry_after: None,
        }
    }

    /// Of a form whose page checks an operator's templates, with everything.
    pub(super) fn everything() -> Self {
        Self {
            is_on: true,
            ticket: Some("ticket".to_owned()),
            wait: Some(samples::text()),
            class: "wait-5".to_owned(),
            is_full_for: Some(samples::text()),
            is_wait: true,
            retry_after: None,
        }
    }

    /// The status of a page that shows the form again.
    pub(super) fn status(&self) -> StatusCode {
        let kind = if self.is_full_for.is_some() { ProblemKind::RateLimited } else { ProblemKind::ChallengeRequired };
        Problem::new(kind).status()
    }
}

/// The context of a form's use case, with the answer to a challenge.
pub(super) fn answered(visit: &Visit, fields: &Fields) -> CallContext {
    let proof = Some(fields.text(PROOF)).filter(|proof| !proof.is_empty());
    let answer = match proof {
        Some(proof) => Some(ChallengeAnswer::Proof(proof.to_owned())),
        None => Ticket::read(fields).map(|ticket| ChallengeAnswer::Wait(ticket.text)),
    };
    CallContext { challenge_answer: answer, ..visit.context.clone() }
}

/// Answers which challenge registering, or correcting the address of a registration, would be asked for.
#[handler]
pub(super) async fn of_registration(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    Ok(ahead(visit, ChallengePurpose::Registration, &fields).await?)
}

/// Answers which challenge requesting a reset would be asked for.
#[handler]
pub(super) async fn of_reset(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    Ok(ahead(visit, ChallengePurpose::PasswordReset, &fields).await?)
}

/// Answers which challenge signing in would be asked for.
#[handler]
pub(super) async fn of_sign_in(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    Ok(ahead(visit, ChallengePurpose::SignIn, &fields).await?)
}

/// 204 if none is due.
async fn ahead(visit: &Visit, purpose: ChallengePurpose, fields: &Fields) -> Result<Response, Problem> {
    visit.pages.challenge_limit.count_client(&visit.context.client)?;
    let challenge = visit.pages.service.challenge_ahead(purpose, fields.trimmed("email"), &visit.context).await?;
    let response = Response::builder();
    Ok(match challenge.map(ChallengeBody::from) {
        None => response.status(StatusCode::NO_CONTENT).finish(),
        Some(challenge) => response.content_type("application/json; charset=utf-8").body(compact_json(&challenge)),
    })
}
