//! Registering and signing in with an account at a provider, for apps (RFC 8252): the app opens the address in a
//! browser, gets the provider's answer at its redirect URI, and hands it in.

mod bodies;
mod identities;

use std::sync::Arc;

use account_core::one_time_token::SecretToken;
use account_core::password::policy::PasswordPolicy;
use account_core::provider::{
    AppReturn, BeginProviderRequest, FinishProviderRequest, FinishedFlow, FlowPurpose, ProviderAnswer, ProviderName,
};
use account_core::session::SignedIn;
use account_core::{AccountService, CallContext, RegistrationRules};
use poem_openapi::OpenApi;
use poem_openapi::payload::Json;

use super::tag::Tag;
use crate::body::JsonBody;
use crate::context::RequestContext;
use crate::problem::{Problem, ProblemKind, Problems, answers, problem_set};
use bodies::{AnswerBody, App, BegunBody, FinishedBody, OfferedBody, ProviderBody, ProvidersBody, RegisterBody};

pub(super) use identities::IdentitiesApi;

/// Registering and signing in with a provider.
pub(crate) struct ProvidersApi {
    service: AccountService,
    rules: Arc<RegistrationRules>,
}

impl ProvidersApi {
    pub(super) fn new(service: AccountService, password_policy: PasswordPolicy) -> Self {
        let rules = RegistrationRules { password_policy, ..RegistrationRules::native("native") };
        Self { service, rules: Arc::new(rules) }
    }
}

answers! {
    /// The providers.
    ProvidersResponse: 200 Json<ProvidersBody>;
    /// Open the address in the person's browser.
    BegunResponse: 201 Json<BegunBody>;
    /// The person is signed in, or has registered.
    FinishedResponse: 200 Json<FinishedBody>;
}

problem_set! {
    /// Problems that listing providers can return.
    ListProblems: Internal, Unavailable;
    /// Problems that going to a provider can return.
    BeginProblems: MalformedBody, RegistrationClosed, UnknownProvider, RequestTimeout, BodyTooLarge,
    UnsupportedMediaType, Invalid, UnknownApp, RateLimited, Internal, ProviderFailed, Overloaded, ProviderUnavailable,
    Unavailable;
    /// Problems that handing in a provider's answer can return.
    FinishProblems: MalformedBody, RegistrationClosed, ProviderDenied, AccountDisabled, WrongSession, UnknownProvider,
    UnknownFlow, RequestTimeout, OtherIdentity, IdentityTaken, TooManyIdentities, Expired, Used, Superseded,
    AlreadyRegistered, BodyTooLarge, UnsupportedMediaType, Invalid, NoProviderAddress, RateLimited, Internal,
    ProviderFailed, Overloaded, ProviderUnavailable, Unavailable;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Registration")]
impl ProvidersApi {
    /// List the providers
    ///
    /// The providers with whose accounts people can sign in, and whether they can register with them at the moment.
    #[oai(path = "/providers", method = "get", operation_id = "listProviders")]
    async fn list(&self) -> Result<ProvidersResponse, Problems<ListProblems>> {
        let providers: Vec<OfferedBody> = self.service.offered_providers().into_iter().map(Into::into).collect();
        let registration = !providers.is_empty() && self.service.offers_registration_with_providers().await?;
        Ok(ProvidersResponse::Is(Json(ProvidersBody { providers, registration })))
    }

    /// Register with a provider
    ///
    /// Only for apps of registered clients. Answers the address at the provider: open it in the person's browser. The
    /// provider sends the browser to the redirect URI with `state` and `code`; send them to
    /// `POST /account/v1/provider-answers`. A person whose account there is linked is signed in instead.
    #[oai(path = "/registrations/with-provider", method = "post", operation_id = "registerWithProvider")]
    async fn register(
        &self,
        context: RequestContext,
        body: JsonBody<RegisterBody>,
    ) -> Result<BegunResponse, Problems<BeginProblems>> {
        let (app, draft, language) = body.value.split();
        let context = context.for_channel("native");
        let purpose = FlowPurpose::Register { draft: Box::new(draft), rules: &self.rules };
        Ok(begin(&self.service, app, purpose, language, context).await?)
    }

    /// Sign in with a provider
    ///
    /// Like registering with it, for people who have an account. Somebody who has none registers.
    #[oai(path = "/sessions/with-provider", method = "post", operation_id = "signInWithProvider")]
    async fn sign_in(
        &self,
        context: RequestContext,
        body: JsonBody<ProviderBody>,
    ) -> Result<BegunResponse, Problems<BeginProblems>> {
        let context = context.for_channel("native");
        Ok(begin(&self.service, body.value.into(), FlowPurpose::SignIn, None, context).await?)
    }

    /// Hand in a provider's answer
    ///
    /// Once, from the app that began, with its `flow_token`. Opens a session if the account at the provider is linked.
    /// Otherwise records a registration and sends an email, as for registering with a password: the answer is the same
    /// whether or not the address has an account.
    #[oai(path = "/provider-answers", method = "post", operation_id = "finishWithProvider")]
    async fn finish(
        &self,
        context: RequestContext,
        body: JsonBody<AnswerBody>,
    ) -> Result<FinishedResponse, Problems<FinishProblems>> {
        let finished = finish(&self.service, &self.rules, body.value, None, context.for_channel("native")).await?;
        Ok(FinishedResponse::Is(Json(finished.into())))
    }
}

/// Begins for an app.
async fn begin(
    service: &AccountService,
    app: App,
    purpose: FlowPurpose<'_>,
    language: Option<String>,
    context: CallContext,
) -> Result<BegunResponse, Problem> {
    let provider = ProviderName::parse(&app.provider).map_err(|_| Problem::new(ProblemKind::UnknownProvider))?;
    let app = Some(AppReturn { client_id: app.client_id, redirect_uri: app.redirect_uri });
    let request = BeginProviderRequest { provider, purpose, browser: None, app, language, context };
    let begun = service.begin_with_provider(request).await?;
    Ok(BegunResponse::Is(Json(begun.into())))
}

/// Hands an answer in.
async fn finish(
    service: &AccountService,
    rules: &RegistrationRules,
    body: AnswerBody,
    caller: Option<SignedIn>,
    context: CallContext,
) -> Result<FinishedFlow, Problem> {
    let AnswerBody { provider, state, code, iss, user, error, flow_token } = body;
    let text = |input: account_core::input::Input| input.given();
    let provider = text(provider.into_input()).unwrap_or_default();
    let provider = ProviderName::parse(&provider).map_err(|_| Problem::new(ProblemKind::UnknownProvider))?;
    let answer = match (text(error.into_input()), text(code.into_input())) {
        (None, Some(code)) => {
            ProviderAnswer::Code { code, issuer: text(iss.into_input()), user: text(user.into_input()) }
        }
        (error, _) => ProviderAnswer::Error(error.unwrap_or_default()),
    };
    let request = FinishProviderRequest {
        provider,
        state: text(state.into_input()).unwrap_or_default(),
        browser: text(flow_token.into_input()).as_deref().and_then(SecretToken::parse),
        answer,
        caller,
        rules,
        context,
    };
    Ok(service.finish_with_provider(request).await?)
}
