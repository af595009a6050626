//! Accounts at providers that the person can sign in with.

use account_core::provider::{Identity, UnlinkError};
use account_core::session::SignedIn;
use account_core::translation::Translator;
use poem::http::StatusCode;
use poem::{Response, handler};
use serde::Serialize;

use super::super::form::Form;
use super::super::providers::Offer;
use super::super::samples;
use super::super::session::{Owner, Refusal};
use super::super::visit::Visit;
use super::view::{Alert, Remarks, back, page};
use crate::problem::{Problem, ProblemKind};

const REFUSED: Alert = Alert { key: "profile-identities-refused", section: "identities" };

/// A linked account as its owner sees it.
#[derive(Serialize)]
pub(super) struct IdentityView {
    id: String,
    provider_name: String,
    /// What people call the provider.
    provider: String,
    /// What the owner knows the account there by.
    account: Option<String>,
    linked: String,
    last_used: String,
    /// Whether it can be used now.
    is_offered: bool,
}

impl IdentityView {
    /// An identity in the time of a zone. A provider that is no longer offered is called by its name.
    pub(super) fn of(words: &Translator, zone: Option<&str>, offers: &[Offer], identity: &Identity) -> Self {
        let name = identity.key.provider.as_str();
        let offer = offers.iter().find(|offer| offer.name == name);
        Self {
            id: identity.id.to_string(),
            provider_name: name.to_owned(),
            provider: offer.map_or(name, |offer| &offer.title).to_owned(),
            account: identity.account.label.clone(),
            linked: words.moment(identity.linked_at, zone),
            last_used: words.moment(identity.last_used_at, zone),
            is_offered: offer.is_some(),
        }
    }

    pub(super) fn sample() -> Self {
        Self {
            id: "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f".to_owned(),
            provider_name: "google".to_owned(),
            provider: "Google".to_owned(),
            account: Some(samples::address()),
            linked: samples::moment(),
            last_used: samples::moment(),
            is_offered: true,
        }
    }
}

#[handler]
pub(in super::super) async fn submit(visit: &Visit, Form(fields): Form, Owner(owner): Owner) -> poem::Result<Response> {
    let service = &visit.pages.service;
    owner.clone().verified().map_err(Problem::from)?;
    let id = fields.text("id").parse().map_err(|_| Problem::new(ProblemKind::UnknownIdentity))?;
    let owner = match visit.authenticate_recently(&owner, fields.input("password")).await {
        Ok(owner) => owner,
        Err(Refusal::Problem(problem)) => return Err(problem.into()),
        Err(Refusal::Password(problems)) => return Ok(refused(visit, &owner, problems).await?),
    };
    let caller = owner.verified().and_then(|caller| caller.fresh(service.now())).map_err(Problem::from)?;
    match service.unlink_identity(&caller, id, &visit.context).await {
        Ok(session) => visit.keep_session(&session),
        // It was unlinked a moment ago, by a second click.
        Err(UnlinkError::Unknown) => {}
        Err(other) => return Err(Problem::from(other).into()),
    }
    Ok(back(visit, "unlinked"))
}

/// The page, which says what is wrong with the password.
pub(in super::super) async fn refused(
    visit: &Visit,
    owner: &SignedIn,
    identities: Vec<String>,
) -> Result<Response, Problem> {
    let remarks = Remarks { alert: Some(REFUSED), identities, ..Remarks::default() };
    page(visit, StatusCode::FORBIDDEN, owner, remarks).await
}
