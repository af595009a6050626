//! Going to a provider.

use account_core::provider::{BeginProviderError, BeginProviderRequest, FlowPurpose, ProviderName};
use poem::http::{HeaderName, HeaderValue, StatusCode};
use poem::{Response, handler};
use serde::Serialize;

use crate::page::form::{Fields, Form};
use crate::page::paths::{PROFILE, SIGN_IN};
use crate::page::profile;
use crate::page::provider_flow::Flow;
use crate::page::register;
use crate::page::samples::Sample;
use crate::page::session::Refusal;
use crate::page::templates::PageTemplate;
use crate::page::visit::Visit;
use crate::page::{next, sign_in};
use crate::problem::{Problem, ProblemKind};

/// Has browsers go on by themselves. A redirect in answer to a form would not do: the policy of our pages lets forms lead
/// to this service only, and browsers apply it to every redirect that follows, those at the provider as well.
const REFRESH: HeaderName = HeaderName::from_static("refresh");

/// A page that leads to a provider.
#[derive(Serialize)]
struct LeavingPage<'a> {
    provider: &'a str,
    address: &'a str,
}

impl PageTemplate for LeavingPage<'_> {
    const NAME: &'static str = "provider_leaving.html";

    fn here(&self) -> Option<String> {
        Some(SIGN_IN.to_owned())
    }
}

#[handler]
pub(in crate::page) async fn submit(visit: &Visit, Form(fields): Form) -> poem::Result<Response> {
    let unknown = || Problem::new(ProblemKind::UnknownProvider);
    let provider = ProviderName::parse(fields.text("provider")).map_err(|_| unknown())?;
    let title = visit.title_of(&provider).ok_or_else(unknown)?;
    let purpose = match purpose(visit, &fields).await? {
        Ok(purpose) => purpose,
        Err(instead) => return Ok(instead),
    };
    let request = BeginProviderRequest {
        provider,
        purpose,
        browser: visit.flow.as_ref().map(|flow| flow.browser.clone()),
        app: None,
        language: Some(visit.words().tag().to_owned()),
        context: visit.context.clone(),
    };
    match visit.pages.service.begin_with_provider(request).await {
        Ok(begun) => {
            let page = LeavingPage { provider: &title, address: begun.url.as_str() };
            let mut response = visit.page(StatusCode::OK, &page)?;
            let refresh = HeaderValue::try_from(format!("0;url={}", begun.url));
            response.headers_mut().insert(REFRESH, refresh.map_err(|_| Problem::new(ProblemKind::Internal))?);
            let next = next::on_this_site(fields.text("next")).unwrap_or_default().to_owned();
            visit.keep_flow(&Flow { browser: begun.browser, next }, begun.expires_at, &mut response);
            Ok(response)
        }
        Err(BeginProviderError::Invalid(violations)) => Ok(register::again_with(visit, &fields, &violations).await?),
        Err(other) => Err(Problem::from(other).into()),
    }
}

/// What the pressed form wants. `Err` is a page to show instead.
async fn purpose<'v>(visit: &'v Visit, fields: &Fields) -> poem::Result<Result<FlowPurpose<'v>, Response>> {
    match fields.text("purpose") {
        "register" => {
            Ok(Ok(FlowPurpose::Register { draft: Box::new(register::draft(visit, fields)), rules: &visit.pages.rules }))
        }
        "sign-in" => Ok(Ok(FlowPurpose::SignIn)),
        "prove" => Ok(Ok(FlowPurpose::Prove { token: fields.text("token").to_owned() })),
        purpose @ ("link" | "confirm") => {
            let Some(owner) = visit.signed_in().await? else {
                return Ok(Err(visit.see_other(&next::sign_in(&visit.address(PROFILE), true))));
            };
            if purpose == "confirm" {
                return Ok(Ok(FlowPurpose::Confirm(owner)));
            }
            owner.clone().verified().map_err(Problem::from)?;
            let owner = match visit.authenticate_recently(&owner, fields.input("password")).await {
                Ok(owner) => owner,
                Err(Refusal::Problem(problem)) => return Err(problem.into()),
                Err(Refusal::Password(problems)) => {
                    return Ok(Err(profile::identities::refused(visit, &owner, problems).await?));
                }
            };
            let now = visit.pages.service.now();
            let fresh = owner.verified().and_then(|caller| caller.fresh(now)).map_err(Problem::from)?;
            Ok(Ok(FlowPurpose::Link(fresh)))
        }
        _ => Err(Problem::new(ProblemKind::MalformedBody).into()),
    }
}

/// Ends what the browser had before somebody signs in with a provider.
pub(super) async fn end_earlier(visit: &Visit) {
    sign_in::end_earlier(visit).await;
}

pub(in crate::page) fn sample() -> Sample {
    let page = || LeavingPage { provider: "Google", address: "https://accounts.google.com/" };
    Sample::of(&page(), &page())
}
