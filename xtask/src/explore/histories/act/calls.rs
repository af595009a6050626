//! Calls of the service that more than one actor makes.

use account_core::{
    Proof, RegisterRequest, RegistrationDraft, RegistrationRules, Spend, VerifyRequest,
    one_time_token::SecretToken,
    password::policy::PasswordPolicy,
    registration::{
        activation::Activation,
        correct::{CorrectRequest, Corrected},
        draft::Spelling,
        resend::ResendTarget,
    },
    service::CallContext,
    session::SignInRequest,
};

use super::terms::{Channel, Outcome};
use crate::explore::histories::{
    desk::{DOCUMENTED, Desk, IMMEDIATE, NATIVE},
    world::Held,
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
