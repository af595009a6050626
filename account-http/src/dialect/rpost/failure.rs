//! What the dialect answers when an operation fails.

use account_core::violation::{Field, Violations};
use poem::Response;
use poem::http::StatusCode;
use poem_openapi::registry::{MetaSchemaRef, Registry};
use poem_openapi::types::Type;

use super::envelope::{Envelope, Nothing};
use super::message::MessageBody;
use crate::json::ordered_json;
use crate::problem::{self, Grammar, Problem, ProblemKind, ProblemSet, add_limit_headers};

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
pub(super) fn messages(violations: &Violations, otherwise: &[(Field, &'static str)]) -> Vec<MessageBody> {
    let place = |field: Field| FIELDS.iter().position(|(listed, _)| *listed == field).unwrap_or(FIELDS.len());
    let name = |field: Field| {
        let listed = otherwise.iter().chain(FIELDS).find(|(listed, _)| *listed == field);
        listed.map_or(field.name(), |(_, name)| name)
    };
    let mut violations: Vec<_> = violations.iter().collect();
    violations.sort_by_key(|violation| place(violation.field));
    violations.into_iter().map(|violation| MessageBody::of_violation(violation, name(violation.field))).collect()
}

/// The dialect's grammar, in the documents.
pub(super) struct Rpost;

/// Problems that an operation can return.
pub(super) type Failure<S> = problem::Failure<S, Rpost>;

/// Refused with status 400 and these messages.
pub(super) fn refused<S>(messages: Vec<MessageBody>) -> Failure<S> {
    Failure::worded(answer(StatusCode::BAD_REQUEST, messages))
}

/// Any problem in the dialect's grammar.
pub(super) fn render(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(status_of(problem.kind)).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let told = match &problem.violations {
        Some(violations) => messages(violations, &[]),
        None => vec![MessageBody::of_problem(problem)],
    };
    let mut response = answer(status, told);
    add_limit_headers(&mut response, problem.limit, problem.retry_after);
    response
}

fn answer(status: StatusCode, messages: Vec<MessageBody>) -> Response {
    ordered_json(status, &Envelope::new(status, messages, Nothing))
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

impl<S: ProblemSet> Grammar<S> for Rpost {
    fn status_of(kind: ProblemKind) -> u16 {
        status_of(kind)
    }

    fn schema(_kinds: &[ProblemKind]) -> MetaSchemaRef {
        Envelope::<Nothing>::schema_ref()
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
        let told = serde_json::to_string(&messages(&violations, &[(Field::Email, "UserEmailAddress")])).unwrap();
        assert_eq!(
            told,
            r#"[{"Message":"The UserEmailAddress field is required.","MessageId":"ACCT-4001"},{"Message":"The Password field must contain at least one number.","MessageId":"ACCT-4007"},{"Message":"The Language field is required.","MessageId":"ACCT-4001"}]"#
        );
    }
}
