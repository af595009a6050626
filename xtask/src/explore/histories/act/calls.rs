//! Calls of the service that more than one actor makes.

use account_core::{
    Proof, RegisterRequest, RegistrationDraft, RegistrationRules, Spend, VerifyRequest,
    one_time_token::SecretToken,
    password::policy::PasswordPolicy,
    ports::IdentityProvider as _,
    provider::{BeginProviderRequest, FinishProviderRequest, FinishedFlow, FlowPurpose, ProviderAnswer},
    registration::{
        activation::Activation,
        correct::{CorrectRequest, Corrected},
        draft::Spelling,
        resend::ResendTarget,
    },
    service::CallContext,
    session::{SignInRequest, SignedIn},
    testing::provider::FakePerson,
};

use super::terms::{Channel, Outcome};
use crate::explore::histories::{
    desk::{DOCUMENTED, Desk, IMMEDIATE, NATIVE},
    world::{AtProvider, Held},
};

pub(super) fn by(channel: &str) -> CallContext {
    CallContext::by(channel)
}

/// Whether it was done, or why not.
#[expect(clippy::needless_pass_by_value, reason = "it is the result of a call, and nobody else wants it")]
pub(super) fn said<T: std::fmt::Debug, E: std::fmt::Debug>(result: Result<T, E>) -> Outcome {
    Outcome::answering(format!("{result:?}"))
}

/// The rules of a channel.
fn rules(channel: Channel) -> RegistrationRules {
    match channel {
        Channel::Native => RegistrationRules::native(NATIVE),
        Channel::Documented => RegistrationRules::native(DOCUMENTED),
        Channel::Immediate => {
            RegistrationRules { activation: Activation::Immediate, ..RegistrationRules::native(IMMEDIATE) }
        }
    }
}

/// Registers; a continuation is handed out unless the channel withholds it.
pub(super) async fn register(desk: &Desk, channel: Channel, draft: RegistrationDraft) -> Outcome {
    let rules = rules(channel);
    let request = RegisterRequest { draft, rules: &rules, context: by(rules.channel), idempotency_key: None };
    match desk.service.register(request).await {
        Ok(accepted) => {
            let answer = format!("accepted at {} until {}", accepted.created_at, accepted.expires_at);
            let handed_out = Some(accepted).filter(|_| channel != Channel::Documented);
            Outcome { accepted: handed_out, ..Outcome::answering(answer) }
        }
        Err(error) => Outcome::refused(&error),
    }
}

/// Proves a mailbox.
pub(super) async fn prove(desk: &Desk, spend: Spend, proof: Proof) -> Outcome {
    let request = VerifyRequest { spend, proof, password_policy: PasswordPolicy::DEFAULT, context: by(NATIVE) };
    match desk.service.verify_email(request).await {
        Ok(completed) => {
            Outcome { opened: completed.session.map(|session| session.token), ..Outcome::answering("verified") }
        }
        Err(error) => Outcome::refused(&error),
    }
}

/// Goes to the provider, is let in with that account there, and comes back.
async fn visit(
    desk: &Desk,
    purpose: FlowPurpose<'_>,
    caller: Option<SignedIn>,
    (whose, address): (AtProvider, &str),
) -> Result<FinishedFlow, String> {
    let provider = desk.provider.name().clone();
    let (browser, app, language, context) = (None, None, None, by(NATIVE));
    let request = BeginProviderRequest { provider: provider.clone(), purpose, browser, app, language, context };
    let begun = Box::pin(desk.beginning.begin_with_provider(request)).await.map_err(|error| format!("{error:?}"))?;
    let person = FakePerson { number: whose as u32, email: Some(address), is_verified: Some(true) };
    let back = desk.provider.let_in(&begun.url, desk.provider.claims(person));
    let rules = rules(Channel::Native);
    let request = FinishProviderRequest {
        provider,
        state: back.state,
        browser: Some(begun.browser),
        answer: ProviderAnswer::Code { code: back.code, issuer: None, user: None },
        caller,
        rules: &rules,
        context: by(NATIVE),
    };
    Box::pin(desk.service.finish_with_provider(request)).await.map_err(|error| format!("{error:?}"))
}

/// What a way to the provider and back came to.
fn returned(result: Result<FinishedFlow, String>) -> Outcome {
    match result {
        Ok(FinishedFlow::SignedIn(signed_in)) => {
            Outcome { opened: Some(signed_in.session.token), ..Outcome::answering("signed in") }
        }
        Ok(FinishedFlow::Registered { accepted, .. }) => {
            let answer = format!("accepted at {} until {}", accepted.created_at, accepted.expires_at);
            Outcome { accepted: Some(accepted), ..Outcome::answering(answer) }
        }
        Ok(FinishedFlow::Completed(completed)) => {
            Outcome { opened: completed.session.map(|session| session.token), ..Outcome::answering("verified") }
        }
        Ok(FinishedFlow::Linked { session, .. } | FinishedFlow::Confirmed(session)) => {
            Outcome { opened: Some(session.token), ..Outcome::answering("linked") }
        }
        Err(why) => Outcome::answering(why),
    }
}

/// Registers or signs in by the provider.
pub(super) async fn enter(desk: &Desk, who: (AtProvider, &str)) -> Outcome {
    let (draft, rules) = (Box::default(), rules(Channel::Native));
    returned(visit(desk, FlowPurpose::Register { draft, rules: &rules }, None, who).await)
}

/// Completes a registration by the provider.
pub(super) async fn prove_by_provider(desk: &Desk, token: String, who: (AtProvider, &str)) -> Outcome {
    returned(visit(desk, FlowPurpose::Prove { token }, None, who).await)
}

/// Links the account at the provider in a session.
pub(super) async fn link(desk: &Desk, token: Option<&SecretToken>, who: (AtProvider, &str)) -> Outcome {
    let Some(token) = token else { return Outcome::default() };
    let Ok(Some(caller)) = desk.service.check_session(token).await else { return Outcome::answering("not signed in") };
    let Ok(Ok(fresh)) = caller.clone().verified().map(|verified| verified.fresh(desk.now)) else {
        return Outcome::answering("not permitted");
    };
    let linked = returned(visit(desk, FlowPurpose::Link(fresh), Some(caller), who).await);
    let renewed = linked.opened.clone().map(|new| (token.clone(), new));
    Outcome { opened: None, renewed, ..linked }
}

/// Corrects the address of a registration.
pub(super) async fn correct(desk: &Desk, held: &Held, address: &str) -> Outcome {
    let request = CorrectRequest {
        registration: held.registration,
        continuation: held.continuation.clone(),
        email: address.into(),
        spelling: Spelling::AsTyped,
        context: by(NATIVE),
    };
    match desk.service.correct_address(request).await {
        Ok(Corrected { address, expires_at, corrections_left, .. }) => {
            Outcome::answering(format!("corrected to {address} until {expires_at}, {corrections_left} left"))
        }
        Err(error) => Outcome::refused(&error),
    }
}

/// Goes on where one registered, after the registration was completed elsewhere.
pub(super) async fn go_on(desk: &Desk, held: &Held) -> Outcome {
    match desk.service.continue_registration(held.registration, &held.continuation, &by(NATIVE)).await {
        Ok(signed_in) => Outcome { opened: Some(signed_in.session.token), ..Outcome::answering("signed in") },
        Err(error) => Outcome::refused(&error),
    }
}

pub(super) fn of(held: &Held) -> ResendTarget {
    ResendTarget::Registration { registration: held.registration, continuation: held.continuation.clone() }
}

pub(super) async fn resend(desk: &Desk, target: ResendTarget) -> Outcome {
    said(desk.service.resend_verification(target, &by(NATIVE).client).await)
}

pub(super) async fn ask_for_reset(desk: &Desk, address: &str) -> Outcome {
    said(desk.service.request_password_reset(address.into(), &by(NATIVE)).await)
}

/// Signs in by address.
pub(super) async fn sign_in(desk: &Desk, address: &str, password: &str, continuations: Vec<SecretToken>) -> Outcome {
    let request = SignInRequest {
        identifier: address.into(),
        password: password.into(),
        continuations,
        devices: Vec::new(),
        lifetime: None,
        context: by(NATIVE),
    };
    match desk.service.sign_in(request).await {
        Ok(signed_in) => Outcome { opened: Some(signed_in.session.token), ..Outcome::answering("signed in") },
        Err(error) => Outcome::refused(&error),
    }
}
