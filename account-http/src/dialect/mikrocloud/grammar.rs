//! The dialect's error grammar: texts as the original's framework words them.

use account_core::violation::{Field, Rule, Violation, Violations};
use poem::Response;
use poem::http::HeaderValue;
use poem_openapi::Object;
use poem_openapi::registry::{MetaHeader, MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::Type;
use serde::Serialize;
use serde::ser::SerializeMap;

use crate::json::ordered_json;
use crate::problem::{self, Grammar, Problem, ProblemKind, ProblemSet, add_limit_headers, documented_header};

/// An error.
#[derive(Debug, Object, Serialize)]
#[oai(rename = "Error")]
pub(super) struct MessageBody {
    /// The text.
    pub(super) message: String,
}

/// The first message, and all messages by field.
#[derive(Debug, Object)]
#[oai(rename = "ValidationError")]
pub(super) struct ValidationBody {
    /// The first message, and how many more there are.
    message: String,
    /// The messages about each field.
    errors: std::collections::HashMap<String, Vec<String>>,
    /// The fields in the order in which they are reported.
    #[oai(skip)]
    order: Vec<&'static str>,
}

impl Serialize for ValidationBody {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_map(Some(2))?;
        body.serialize_entry("message", &self.message)?;
        body.serialize_entry("errors", &InOrder(self))?;
        body.end()
    }
}

/// The texts in the order of the fields.
struct InOrder<'a>(&'a ValidationBody);

impl Serialize for InOrder<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.order.iter().filter_map(|&key| Some((key, self.0.errors.get(key)?))))
    }
}

impl From<&Violations> for ValidationBody {
    fn from(violations: &Violations) -> Self {
        const ORDER: [&str; 6] = ["name", "email", "country", "password", "newsletter", "reseller_id"];
        let mut errors = std::collections::HashMap::<String, Vec<String>>::new();
        for violation in violations.iter() {
            let (key, text) = describe(violation);
            let texts = errors.entry(key.to_owned()).or_default();
            // Two rules of the policy are one sentence of the original.
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        let order: Vec<_> = ORDER.into_iter().filter(|&key| errors.contains_key(key)).collect();
        let texts = || order.iter().filter_map(|&key| errors.get(key)).flatten();
        let first = texts().next().cloned().unwrap_or_default();
        let message = match texts().count().saturating_sub(1) {
            0 => first,
            1 => format!("{first} (and 1 more error)"),
            more => format!("{first} (and {more} more errors)"),
        };
        Self { message, errors, order }
    }
}

/// The field's key and the text of the rule.
fn describe(violation: Violation) -> (&'static str, String) {
    let (key, label) = match violation.field {
        Field::Name => ("name", "name"),
        Field::Country => ("country", "country"),
        Field::Password | Field::PasswordConfirmation => ("password", "password"),
        Field::Newsletter => ("newsletter", "newsletter"),
        Field::Organization => ("reseller_id", "reseller id"),
        // The address, and whatever a guard of the embedder objects to.
        _ => ("email", "email"),
    };
    let text = match (violation.field, violation.rule) {
        (_, Rule::Required | Rule::Blank) => format!("The {label} field is required."),
        (Field::Organization, Rule::MustBeText | Rule::Malformed) => {
            format!("The {label} field must be a valid UUID.")
        }
        (_, Rule::MustBeText) => format!("The {label} field must be a string."),
        (_, Rule::MustBeBoolean) => format!("The {label} field must be true or false."),
        (Field::Email, Rule::Malformed) => format!("The {label} field must be a valid email address."),
        (Field::Email, Rule::Taken) => format!("The {label} has already been taken."),
        (_, Rule::TooShort { min }) => format!("The {label} field must be at least {min} characters."),
        (_, Rule::TooLong { max }) => format!("The {label} field must not be greater than {max} characters."),
        (_, Rule::NeedsUppercase | Rule::NeedsLowercase) => {
            format!("The {label} field must contain at least one uppercase and one lowercase letter.")
        }
        (_, Rule::NeedsDigit) => format!("The {label} field must contain at least one number."),
        (_, Rule::NeedsSpecial) => format!("The {label} field must contain at least one symbol."),
        (_, Rule::NeedsDigitOrSpecial) => {
            format!("The {label} field must contain at least one number or special character.")
        }
        (_, Rule::ConfirmationMismatch) => format!("The {label} field confirmation does not match."),
        (_, Rule::Common) => {
            format!("The given {label} has appeared in a data leak. Please choose a different {label}.")
        }
        (_, Rule::Unknown) => format!("The selected {label} is invalid."),
        (_, Rule::Malformed | Rule::ForbiddenCharacter) => format!("The {label} field format is invalid."),
        (_, rule) => format!("The {label} field {rule}."),
    };
    (key, text)
}

/// The dialect's grammar, in the documents.
pub(super) struct Mikrocloud;

/// Problems that an operation can return.
pub(super) type Failure<S> = problem::Failure<S, Mikrocloud>;

/// Any problem in the dialect's grammar.
pub(super) fn render(problem: &Problem) -> Response {
    let mut response = match problem.violations.as_deref() {
        Some(violations) => ordered_json(problem.status(), &ValidationBody::from(violations)),
        None => ordered_json(problem.status(), &message(problem)),
    };
    add_limit_headers(&mut response, problem.limit, problem.retry_after);
    if let Some((count, _)) = problem.limit.and_then(|limit| limit.rate.get()) {
        let headers = response.headers_mut();
        headers.insert("x-ratelimit-limit", HeaderValue::from(count));
        headers.insert("x-ratelimit-remaining", HeaderValue::from(0));
    }
    response
}

/// The text of a problem.
fn message(problem: &Problem) -> MessageBody {
    if let Some(reason) = &problem.reason {
        return MessageBody { message: reason.to_string() };
    }
    let text = match problem.kind {
        ProblemKind::RateLimited => "Too Many Attempts.",
        ProblemKind::Unauthenticated => "Unauthenticated.",
        ProblemKind::Internal => "Server Error",
        ProblemKind::Overloaded | ProblemKind::Unavailable => "Service Unavailable",
        ProblemKind::NotFound => "Not Found",
        ProblemKind::MethodNotAllowed => "Method Not Allowed",
        other => other.facts().title,
    };
    MessageBody { message: text.to_owned() }
}

impl<S: ProblemSet> Grammar<S> for Mikrocloud {
    /// With 422 there are texts by field, or a message alone where the key of the request was used with another body.
    fn schema(kinds: &[ProblemKind]) -> MetaSchemaRef {
        match kinds {
            [ProblemKind::Invalid] => ValidationBody::schema_ref(),
            kinds if kinds.contains(&ProblemKind::Invalid) => MetaSchemaRef::Inline(Box::new(MetaSchema {
                any_of: vec![ValidationBody::schema_ref(), MessageBody::schema_ref()],
                ..MetaSchema::ANY
            })),
            _ => MessageBody::schema_ref(),
        }
    }

    fn headers(status: u16) -> Vec<MetaHeader> {
        if status != 429 {
            return Vec::new();
        }
        vec![
            documented_header("X-RateLimit-Limit", "How many requests the limit allows.", "integer"),
            documented_header("X-RateLimit-Remaining", "How many requests are left: always 0.", "integer"),
        ]
    }

    fn register(registry: &mut Registry) {
        MessageBody::register(registry);
        ValidationBody::register(registry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(violations: &[(Field, Rule)]) -> String {
        let violations = violations.iter().map(|(field, rule)| Violation::new(*field, *rule)).collect::<Violations>();
        serde_json::to_string(&ValidationBody::from(&violations)).unwrap()
    }

    #[test]
    fn the_message_counts_the_remaining_texts() {
        assert_eq!(
            body(&[(Field::Name, Rule::Required)]),
            r#"{"message":"The name field is required.","errors":{"name":["The name field is required."]}}"#
        );
        assert_eq!(
            body(&[(Field::Name, Rule::Required), (Field::Email, Rule::Malformed)]),
            r#"{"message":"The name field is required. (and 1 more error)","errors":{"name":["The name field is required."],"email":["The email field must be a valid email address."]}}"#
        );
    }

    #[test]
    fn messages_are_grouped_by_field_without_duplicates() {
        assert_eq!(
            body(&[
                (Field::Password, Rule::TooShort { min: 8 }),
                (Field::Password, Rule::NeedsUppercase),
                (Field::Password, Rule::NeedsLowercase),
                (Field::PasswordConfirmation, Rule::ConfirmationMismatch),
            ]),
            r#"{"message":"The password field must be at least 8 characters. (and 2 more errors)","errors":{"password":["The password field must be at least 8 characters.","The password field must contain at least one uppercase and one lowercase letter.","The password field confirmation does not match."]}}"#
        );
    }

    #[test]
    fn each_field_has_its_known_texts() {
        for (field, rule, text) in [
            (Field::Newsletter, Rule::MustBeBoolean, "The newsletter field must be true or false."),
            (Field::Organization, Rule::Malformed, "The reseller id field must be a valid UUID."),
            (Field::Organization, Rule::Unknown, "The selected reseller id is invalid."),
            (Field::Name, Rule::MustBeText, "The name field must be a string."),
            (Field::Name, Rule::TooLong { max: 255 }, "The name field must not be greater than 255 characters."),
            (Field::Email, Rule::Taken, "The email has already been taken."),
            (Field::Country, Rule::Unknown, "The selected country is invalid."),
        ] {
            assert_eq!(describe(Violation::new(field, rule)).1, text);
        }
    }

    #[test]
    fn every_problem_has_a_message() {
        for kind in ProblemKind::ALL {
            let response = render(&Problem::new(kind));
            assert_eq!(response.status().as_u16(), kind.facts().status);
            assert_eq!(response.content_type(), Some("application/json; charset=utf-8"));
        }
        for (kind, text) in [
            (ProblemKind::Unauthenticated, "Unauthenticated."),
            (ProblemKind::RateLimited, "Too Many Attempts."),
            (ProblemKind::NotFound, "Not Found"),
            (ProblemKind::Expired, "Link or code expired"),
        ] {
            assert_eq!(message(&Problem::new(kind)).message, text);
        }
    }
}
