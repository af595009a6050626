//! Coming back from a provider.
//!
//! The provider sends the browser here by GET, or has it post a form (Apple does), which browsers send without our
//! cookies. Neither writes anything: the first shows a page whose form a script sends at once, the second leads to that
//! page. That form is ours, and carries the answer on.

use account_core::one_time_token::SecretToken;
use account_core::provider::{FinishProviderError, FinishProviderRequest, FinishedFlow, ProviderAnswer, ProviderName};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, handler};
use serde::Serialize;
use url::Url;
use url::form_urlencoded::Serializer;

use super::start::end_earlier;
use crate::page::form::{AnyForm, Fields, Query};
use crate::page::paths::{PROFILE, SIGN_IN};
use crate::page::samples::Sample;
use crate::page::templates::PageTemplate;
use crate::page::visit::Visit;
use crate::page::{next, register, verify, waiting};
use crate::problem::{Problem, ProblemKind};

/// What is carried on of an answer. Whatever else a provider sends is dropped.
const ANSWER: [&str; 5] = ["state", "code", "iss", "user", "error"];

/// A page whose form carries a provider's answer on.
#[derive(Serialize)]
struct ReturnPage<'a> {
    provider: String,
    name: &'a str,
    answer: Vec<(&'static str, &'a str)>,
}

impl PageTemplate for ReturnPage<'_> {
    const NAME: &'static str = "provider_return.html";

    fn here(&self) -> Option<String> {
        Some(SIGN_IN.to_owned())
    }
}

/// The provider of the address, and what people call it.
fn find(visit: &Visit, name: &str) -> Result<(ProviderName, String), Problem> {
    let name = ProviderName::parse(name).map_err(|_| Problem::new(ProblemKind::NotFound))?;
    let title = visit.title_of(&name).ok_or(Problem::new(ProblemKind::UnknownProvider))?;
    Ok((name, title))
}

#[handler]
pub(in crate::page) async fn show(
    visit: &Visit,
    Path(name): Path<String>,
    Query(query): Query,
) -> poem::Result<Response> {
    let (name, provider) = find(visit, &name)?;
    let answer: Vec<_> = ANSWER.into_iter().filter_map(|field| Some((field, query.find(field)?))).collect();
    if query.find("state").is_none() {
        return Err(Problem::new(ProblemKind::UnknownFlow).into());
    }
    let app = visit.pages.service.find_app_of_flow(query.text("state"), &name, &visit.context).await;
    if let Some(app) = app.map_err(Problem::from)? {
        return Ok(Visit::see_elsewhere(&with_answer(&app, &answer)?));
    }
    let page = ReturnPage { provider, name: name.as_str(), answer };
    Ok(visit.page(StatusCode::OK, &page)?)
}

/// The address of an app with a provider's answer.
fn with_answer(app: &str, answer: &[(&str, &str)]) -> Result<String, Problem> {
    let mut app = Url::parse(app).map_err(|_| Problem::new(ProblemKind::Internal))?;
    app.query_pairs_mut().extend_pairs(answer);
    Ok(app.into())
}

#[handler]
pub(in crate::page) async fn submit(
    visit: &Visit,
    Path(name): Path<String>,
    AnyForm { fields, is_ours }: AnyForm,
) -> poem::Result<Response> {
    let (provider, _) = find(visit, &name)?;
    if !is_ours {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(ANSWER.into_iter().filter_map(|field| Some((field, fields.find(field)?))));
        return Ok(visit.see_other(&format!("/authenticate/providers/{provider}/callback?{}", query.finish())));
    }
    let request = FinishProviderRequest {
        provider: provider.clone(),
        state: fields.text("state").to_owned(),
        browser: visit.flow.as_ref().map(|flow| flow.browser.clone()),
        answer: answer(&fields),
        caller: visit.signed_in().await?,
        rules: &visit.pages.rules,
        context: visit.context.clone(),
    };
    let finished = match visit.pages.service.finish_with_provider(request).await {
        Ok(finished) => finished,
        Err(FinishProviderError::Invalid(violations)) => {
            return Ok(register::again_with(visit, &Fields::default(), &violations).await?);
        }
        Err(other) => return Err(Problem::from(other).into()),
    };
    let mut response = go_on(visit, finished).await?;
    visit.keep_provider(&provider, &mut response);
    Ok(response)
}

fn answer(fields: &Fields) -> ProviderAnswer {
    let owned = |name: &str| fields.find(name).map(str::to_owned);
    match (owned("error"), owned("code")) {
        (None, Some(code)) => ProviderAnswer::Code { code, issuer: owned("iss"), user: owned("user") },
        (error, _) => ProviderAnswer::Error(error.unwrap_or_default()),
    }
}

/// What the person sees once it is done.
async fn go_on(visit: &Visit, finished: FinishedFlow) -> Result<Response, Problem> {
    let back_to_profile = |done: &str| visit.see_other(&format!("{PROFILE}?done={done}"));
    Ok(match finished {
        FinishedFlow::SignedIn(signed_in) => {
            end_earlier(visit).await;
            visit.keep_session(&signed_in.session);
            let profile = visit.address(PROFILE);
            let next = visit.flow.as_ref().map(|flow| &*flow.next).and_then(next::on_this_site);
            Visit::see_elsewhere(next.filter(|_| signed_in.account.deletion_due_at.is_none()).unwrap_or(&profile))
        }
        FinishedFlow::Registered { accepted, .. } => {
            let mut response = visit.see_other(&waiting::path(accepted.registration));
            let continuation: SecretToken = accepted.continuation;
            let attempts = visit.attempts.with(accepted.registration, continuation, accepted.expires_at);
            visit.keep_attempts(&attempts, &mut response);
            response
        }
        FinishedFlow::Completed(completed) => {
            end_earlier(visit).await;
            verify::verified(visit, *completed)?
        }
        FinishedFlow::Linked { session, .. } => {
            visit.keep_session(&session);
            back_to_profile("linked")
        }
        FinishedFlow::Confirmed(session) => {
            visit.keep_session(&session);
            back_to_profile("confirmed")
        }
    })
}

pub(in crate::page) fn sample() -> Sample {
    let page = || ReturnPage { provider: "Google".to_owned(), name: "google", answer: vec![("state", "state")] };
    Sample::of(&page(), &page())
}
