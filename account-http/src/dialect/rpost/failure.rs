//! What the dialect answers when an operation fails.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use account_core::account::details::ChangeDetailsError;
use account_core::administration::AdminError;
use account_core::registration::register::RegisterError;
use account_core::registration::resend::ResendError;
use account_core::violation::{Field, Violations};
use poem::http::StatusCode;
use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::registry::{MetaResponses, Registry};
use poem_openapi::types::Type;

use super::envelope::{Envelope, Nothing, json};
use super::message::{MessageBody, MessageId};
use crate::problem::{Problem, ProblemKind, ProblemSet, add_limit_headers, documented_failure};

/// The fields as the requests spell them, in the order in which the documentation lists them: messages come in it.
const FIELDS: &[(Field, &str)] = &[
    (Field::Email, "Email"),
    (Field::Code, "Code"),
    (Field::Token, "Token"),
    (Field::Password, "Password"),
    (Field::PasswordConfirmation, "ConfirmPassword"),
    (Field::NewPassword, "NewPassword"),
    (Field::GivenName, "FirstName"),
    (Field::FamilyName, "LastName"),
    (Field::Phone, "PhoneNumber"),
    (Field::AlternateAddress, "AlternateEmail"),
    (Field::CallbackUrl, "ConfirmationCallbackUrl"),
    (Field::Application, "RegistrationApp"),
    (Field::Language, "Language"),
    (Field::TimeZone, "TimeZone"),
    (Field::NotificationAddress, "NotificationEmail"),
    (Field::Country, "Country"),
    (Field::Company, "CompanyName"),
    (Field::Industry, "Industry"),
    (Field::TermsAccepted, "RPostTermCondition"),
    (Field::RegisteredClient, "ClientId"),
    (Field::Organization, "CustomerCode"),
    (Field::Administrator, "IsAdminUser"),
    (Field::LinkToCallback, "ActivateViaCallbackUrl"),
    (Field::ClaimedAddress, "IPAddress"),
    (Field::OriginatingUrl, "OriginatingURL"),
    (Field::ApplicationSite, "RegistrationAppSite"),
];

/// One message for every broken rule, in the order of the fields; `otherwise` spells fields as one operation does.
pub(super) fn messages(violations: Violations, otherwise: &[(Field, &'static str)]) -> Vec<MessageBody> {
    let place = |field: Field| FIELDS.iter().position(|(listed, _)| *listed == field).unwrap_or(FIELDS.len());
    let name = |field: Field| {
        let listed = otherwise.iter().chain(FIELDS).find(|(listed, _)| *listed == field);
        listed.map_or(field.name(), |(_, name)| name)
    };
    let mut violations: Vec<_> = violations.into_iter().collect();
    violations.sort_by_key(|violation| place(violation.field));
    violations.into_iter().map(|violation| MessageBody::of_violation(violation, name(violation.field))).collect()
}

/// What an operation answers when it fails; the set is of what the documents list.
#[derive(Debug)]
pub(super) struct Failure<S> {
    reason: Reason,
    set: PhantomData<S>,
}

#[derive(Debug)]
enum Reason {
    /// The request is wrong in the dialect's own words.
    Refused(Vec<MessageBody>),
    /// Anything else.
    Other(Problem),
}

impl<S> Failure<S> {
    /// Refused with status 400 and these messages.
    pub(super) const fn refused(messages: Vec<MessageBody>) -> Self {
        Self { reason: Reason::Refused(messages), set: PhantomData }
    }

    /// Refused with status 400 and one message.
    pub(super) fn because(id: MessageId, text: &str) -> Self {
        Self::refused(vec![MessageBody::new(id, text)])
    }
}

impl<S> From<Violations> for Failure<S> {
    fn from(violations: Violations) -> Self {
        Self::refused(messages(violations, &[]))
    }
}

impl<S: ProblemSet> From<Problem> for Failure<S> {
    fn from(problem: Problem) -> Self {
        debug_assert!(S::KINDS.contains(&problem.kind), "the documents do not list {:?} here", problem.kind);
        Self { reason: Reason::Other(problem), set: PhantomData }
    }
}

/// Errors of use cases whose broken rules are told in the dialect's words, and all else as a problem.
macro_rules! from_errors {
    ($($error:ident),+) => { $(
        impl<S: ProblemSet> From<$error> for Failure<S> {
            fn from(error: $error) -> Self {
                match error {
                    $error::Invalid(violations) => violations.into(),
                    other => Problem::from(other).into(),
                }
            }
        }
    )+ };
}

from_errors!(RegisterError, ResendError, ChangeDetailsError, AdminError);

impl<S: ProblemSet> From<account_core::service::Failure> for Failure<S> {
    fn from(error: account_core::service::Failure) -> Self {
        Problem::from(error).into()
    }
}

impl<S: Send> IntoResponse for Failure<S> {
    fn into_response(self) -> Response {
        match self.reason {
            Reason::Refused(messages) => answer(StatusCode::BAD_REQUEST, messages),
            Reason::Other(problem) => render(&problem),
        }
    }
}

impl<S: Send> From<Failure<S>> for poem::Error {
    fn from(failure: Failure<S>) -> Self {
        Self::from_response(failure.into_response())
    }
}

/// Any problem in the dialect's grammar.
pub(super) fn render(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(status_of(problem.kind)).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = answer(status, vec![MessageBody::of_problem(problem)]);
    add_limit_headers(&mut response, problem.limit, problem.retry_after);
    response
}

fn answer(status: StatusCode, messages: Vec<MessageBody>) -> Response {
    json(status, &Envelope::new(status, messages, Nothing))
}

/// The status of a problem: what is wrong with a request is 400 here, where the native API tells more apart.
fn status_of(kind: ProblemKind) -> u16 {
    match kind {
        ProblemKind::Invalid
        | ProblemKind::RegistrationClosed
        | ProblemKind::UnknownToken
        | ProblemKind::ProofRequired
        | ProblemKind::WrongProof
        | ProblemKind::Expired
        | ProblemKind::Used
        | ProblemKind::Superseded
        | ProblemKind::AlreadyRegistered => 400,
        other => other.facts().status,
    }
}

impl<S: ProblemSet> ApiResponse for Failure<S> {
    /// One entry a status.
    fn meta() -> MetaResponses {
        let mut by_status = BTreeMap::<u16, Vec<&str>>::new();
        for kind in S::KINDS {
            by_status.entry(status_of(*kind)).or_default().push(kind.facts().title);
        }
        let responses = by_status.into_iter().map(|(status, titles)| {
            let description = format!("{}.", titles.join(". "));
            documented_failure(status, description, "application/json", Envelope::<Nothing>::schema_ref())
        });
        MetaResponses { responses: responses.collect() }
    }

    fn register(registry: &mut Registry) {
        Envelope::<Nothing>::register(registry);
    }
}

#[cfg(test)]
mod tests {
    use account_core::violation::{Rule, Violation};

    use super::*;

    #[tokio::test]
    async fn every_problem_has_an_envelope_whose_status_is_that_of_the_answer() {
        for kind in ProblemKind::ALL {
            let response = render(&Problem::new(kind));
            let status = response.status();
            assert_eq!(response.content_type(), Some("application/json; charset=utf-8"));
            let body: serde_json::Value =
                serde_json::from_str(&response.into_body().into_string().await.unwrap()).unwrap();
            assert_eq!(body["StatusCode"], status.as_u16(), "{kind:?}");
            assert_eq!((&body["Status"], &body["ResultContent"]), (&"Error".into(), &serde_json::Value::Null));
            assert_eq!(body["Message"].as_array().unwrap().len(), 1);
        }
    }

    #[test]
    fn messages_come_in_the_order_of_the_fields_whatever_the_order_of_the_rules() {
        let violations: Violations =
            [(Field::Language, Rule::Required), (Field::Password, Rule::NeedsDigit), (Field::Email, Rule::Required)]
                .into_iter()
                .map(|(field, rule)| Violation::new(field, rule))
                .collect();
        let told = serde_json::to_string(&messages(violations, &[(Field::Email, "UserEmailAddress")])).unwrap();
        assert_eq!(
            told,
            r#"[{"Message":"The UserEmailAddress field is required.","MessageId":"ACCT-4001"},{"Message":"The Password field must contain at least one number.","MessageId":"ACCT-4007"},{"Message":"The Language field is required.","MessageId":"ACCT-4001"}]"#
        );
    }
}
