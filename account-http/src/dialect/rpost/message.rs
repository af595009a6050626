//! The dialect's messages: the ids are ours, the texts are those of the original's framework.

use account_core::violation::{Field, Rule, Violation};
use poem_openapi::Object;
use serde::Serialize;

use crate::problem::{Problem, ProblemKind, try_again};

/// A message of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Object, Serialize)]
#[oai(rename = "Message", rename_all = "PascalCase")]
#[serde(rename_all = "PascalCase")]
pub(super) struct MessageBody {
    /// The message in words. English.
    message: String,
    /// Stable id of the message, for programs.
    message_id: String,
}

impl MessageBody {
    pub(super) fn new(id: MessageId, message: impl Into<String>) -> Self {
        Self { message: message.into(), message_id: id.code().to_owned() }
    }

    /// Returns the message for a broken rule, with the field as spelled in the request.
    pub(super) fn of_violation(violation: Violation, field: &str) -> Self {
        let (id, text) = describe(violation, field);
        Self::new(id, text)
    }

    /// Returns the message for a problem.
    pub(super) fn of_problem(problem: &Problem) -> Self {
        let (id, text) = of_kind(problem.kind);
        Self::new(id, try_again(problem.reason.as_deref().unwrap_or(text), problem.retry_after))
    }
}

/// Declares the ids.
macro_rules! message_ids {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)+) => {
        /// Every message, by what it says.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum MessageId {
            $($(#[$doc])* $name,)+
        }

        impl MessageId {
            /// Every id.
            #[cfg(test)]
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns the id as answered.
            pub(super) const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}

message_ids! {
    /// Done.
    Done = "ACCT-1001",
    /// The request cannot be read.
    MalformedRequest = "ACCT-4000",
    /// A field is missing.
    Required = "ACCT-4001",
    /// A field is of another type.
    Mistyped = "ACCT-4002",
    /// A text is too long.
    TooLong = "ACCT-4003",
    /// A text is too short.
    TooShort = "ACCT-4004",
    /// An email address is not valid.
    NotAnAddress = "ACCT-4005",
    /// A code is not on the list.
    Unknown = "ACCT-4006",
    /// A password breaks a rule of the policy.
    PasswordRule = "ACCT-4007",
    /// The confirmation differs.
    ConfirmationMismatch = "ACCT-4008",
    /// A callback is not a URL, or its origin is not registered.
    Callback = "ACCT-4009",
    /// The request to administer a customer is not granted.
    NotGranted = "ACCT-4010",
    /// The address has an account.
    AddressTaken = "ACCT-4011",
    /// Registration is closed.
    RegistrationClosed = "ACCT-4012",
    /// The body is not a JSON object.
    MalformedBody = "ACCT-4013",
    /// An activation code came without a proof of who registered.
    ProofRequired = "ACCT-4014",
    /// There is no such activation code for the address.
    UnknownCode = "ACCT-4015",
    /// The password is not the registration's.
    WrongPassword = "ACCT-4016",
    /// The token of a password reset email is not valid.
    UnknownToken = "ACCT-4017",
    /// The activation code has expired.
    CodeExpired = "ACCT-4018",
    /// The activation code was redeemed.
    CodeUsed = "ACCT-4019",
    /// A newer activation code was emailed.
    CodeSuperseded = "ACCT-4020",
    /// The address already has an account.
    AlreadyRegistered = "ACCT-4021",
    /// The token of a password reset email has expired.
    TokenExpired = "ACCT-4022",
    /// A text does not have the field's format.
    Malformed = "ACCT-4023",
    /// The address is of a domain that may not register here.
    DomainRefused = "ACCT-4024",
    /// The idempotency key is not valid.
    MalformedKey = "ACCT-4025",
    /// There is no session.
    Unauthenticated = "ACCT-4101",
    /// The account may not do this.
    Forbidden = "ACCT-4301",
    /// The account's address is not verified.
    EmailUnverified = "ACCT-4302",
    /// The account is scheduled for deletion.
    DeletionPending = "ACCT-4303",
    /// The password must be confirmed again.
    ReauthenticationRequired = "ACCT-4304",
    /// There is nothing at that path.
    NotFound = "ACCT-4401",
    /// The path has other methods.
    MethodNotAllowed = "ACCT-4501",
    /// The request took too long to arrive.
    RequestTimeout = "ACCT-4801",
    /// A request with the same idempotency key is running.
    KeyInProgress = "ACCT-4901",
    /// The body is too large.
    BodyTooLarge = "ACCT-4131",
    /// The body is of another media type.
    MediaType = "ACCT-4151",
    /// The idempotency key was used with another body.
    KeyMismatch = "ACCT-4221",
    /// A limit was reached.
    RateLimited = "ACCT-4291",
    /// Something went wrong in the service.
    Internal = "ACCT-5001",
    /// The service is overloaded.
    Overloaded = "ACCT-5031",
    /// The service is unavailable.
    Unavailable = "ACCT-5032",
}

fn describe(Violation { field: of, rule, .. }: Violation, field: &str) -> (MessageId, String) {
    use MessageId as Id;

    let is_password = matches!(of, Field::Password | Field::NewPassword);
    let is_address = matches!(of, Field::Email | Field::AlternateAddress | Field::NotificationAddress);
    match rule {
        Rule::Required | Rule::Blank => (Id::Required, format!("The {field} field is required.")),
        Rule::MustBeText => (Id::Mistyped, format!("The {field} field must be a string.")),
        Rule::MustBeBoolean => (Id::Mistyped, format!("The {field} field must be true or false.")),
        Rule::TooLong { max } => {
            (Id::TooLong, format!("The field {field} must be a string with a maximum length of {max}."))
        }
        Rule::TooShort { min } => {
            (Id::TooShort, format!("The field {field} must be a string with a minimum length of {min}."))
        }
        Rule::Malformed if is_address => {
            (Id::NotAnAddress, format!("The {field} field is not a valid e-mail address."))
        }
        Rule::Malformed if of == Field::CallbackUrl => (Id::Callback, format!("The {field} field is not a valid URL.")),
        Rule::OriginNotAllowed => (Id::Callback, format!("The {field} field has an origin that is not registered.")),
        Rule::Unknown => (Id::Unknown, format!("The {field} field has an unknown value.")),
        Rule::ConfirmationMismatch => {
            (Id::ConfirmationMismatch, "The password and confirmation password do not match.".to_owned())
        }
        Rule::NotGranted => (Id::NotGranted, format!("The {field} field is not allowed for this customer.")),
        Rule::Taken => (Id::AddressTaken, format!("The {field} is already registered.")),
        Rule::DomainDenied | Rule::DomainDisposable => (Id::DomainRefused, format!("The {field} field {rule}.")),
        Rule::NeedsUppercase => {
            (Id::PasswordRule, format!("The {field} field must contain at least one uppercase letter."))
        }
        Rule::NeedsLowercase => {
            (Id::PasswordRule, format!("The {field} field must contain at least one lowercase letter."))
        }
        Rule::NeedsDigit => (Id::PasswordRule, format!("The {field} field must contain at least one number.")),
        rule if is_password => (Id::PasswordRule, format!("The {field} field {rule}.")),
        rule => (Id::Malformed, format!("The {field} field {rule}.")),
    }
}

/// Returns the message of a problem. Problems that no operation of the dialect answers get a general one.
fn of_kind(kind: ProblemKind) -> (MessageId, &'static str) {
    use MessageId as Id;

    match kind {
        ProblemKind::MalformedBody => (Id::MalformedBody, "The request body is not valid JSON."),
        ProblemKind::MalformedIdempotencyKey => {
            (Id::MalformedKey, "The Idempotency-Key header must have 16 to 255 visible ASCII characters.")
        }
        ProblemKind::UnknownToken => (Id::UnknownCode, "The activation code is not valid."),
        ProblemKind::Expired => (Id::CodeExpired, "The activation code has expired."),
        ProblemKind::Used => (Id::CodeUsed, "The activation code was already used."),
        ProblemKind::Superseded => (Id::CodeSuperseded, "A newer activation code was sent. Use that one."),
        ProblemKind::AlreadyRegistered => (Id::AlreadyRegistered, "The email address already has an account."),
        ProblemKind::ProofRequired => (Id::ProofRequired, "The Password or NewPassword field is required."),
        ProblemKind::WrongProof => (Id::WrongPassword, "The password does not match the registration."),
        ProblemKind::RegistrationClosed => (Id::RegistrationClosed, "Registration is closed."),
        ProblemKind::Unauthenticated => (Id::Unauthenticated, "Authorization has been denied for this request."),
        ProblemKind::Forbidden => (Id::Forbidden, "Your account does not have permission to do this."),
        ProblemKind::EmailUnverified => (Id::EmailUnverified, "The email address is not confirmed."),
        ProblemKind::DeletionPending => (Id::DeletionPending, "The account is scheduled for deletion."),
        ProblemKind::ReauthenticationRequired => {
            (Id::ReauthenticationRequired, "Get a new token from /Token. It allows this change for five minutes.")
        }
        ProblemKind::NotFound => (Id::NotFound, "No HTTP resource was found that matches the request URI."),
        ProblemKind::MethodNotAllowed => {
            (Id::MethodNotAllowed, "The requested resource does not support this http method.")
        }
        ProblemKind::RequestTimeout => (Id::RequestTimeout, "The request took too long to arrive."),
        ProblemKind::IdempotencyInProgress => {
            (Id::KeyInProgress, "A request with this Idempotency-Key is still running.")
        }
        ProblemKind::BodyTooLarge => (Id::BodyTooLarge, "The request body has more than 65,536 bytes."),
        ProblemKind::UnsupportedMediaType => {
            (Id::MediaType, "The request entity's media type is not supported for this resource.")
        }
        ProblemKind::IdempotencyMismatch => {
            (Id::KeyMismatch, "This Idempotency-Key was used with another request body.")
        }
        ProblemKind::RateLimited => (Id::RateLimited, "Too many requests."),
        ProblemKind::Internal => (Id::Internal, "An error has occurred."),
        ProblemKind::Overloaded => (Id::Overloaded, "The service is overloaded."),
        ProblemKind::Unavailable => (Id::Unavailable, "The service is unavailable."),
        other => (Id::MalformedRequest, other.facts().title),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_message_id_is_unique_and_documented() {
        // Read, not included: a packaged crate is without the documentation.
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/dialects/rpost.md");
        let page = std::fs::read_to_string(page).unwrap();
        let codes: BTreeSet<_> = MessageId::ALL.iter().map(|id| id.code()).collect();
        assert_eq!(codes.len(), MessageId::ALL.len());
        for code in codes {
            assert!(code.len() == 9 && code.starts_with("ACCT-"), "{code}");
            assert!(page.contains(&format!("| `{code}` |")), "{code}");
        }
    }

    #[test]
    fn broken_rules_are_worded_as_the_original_words_them() {
        for (of, rule, field, code, text) in [
            (Field::Email, Rule::Required, "Email", "4001", "The Email field is required."),
            (Field::GivenName, Rule::Blank, "FirstName", "4001", "The FirstName field is required."),
            (Field::Phone, Rule::MustBeText, "PhoneNumber", "4002", "The PhoneNumber field must be a string."),
            (Field::Administrator, Rule::MustBeBoolean, "A", "4002", "The A field must be true or false."),
            (
                Field::GivenName,
                Rule::TooLong { max: 255 },
                "FirstName",
                "4003",
                "The field FirstName must be a string with a maximum length of 255.",
            ),
            (
                Field::Password,
                Rule::TooShort { min: 8 },
                "Password",
                "4004",
                "The field Password must be a string with a minimum length of 8.",
            ),
            (Field::Email, Rule::Malformed, "Email", "4005", "The Email field is not a valid e-mail address."),
            (Field::Country, Rule::Unknown, "Country", "4006", "The Country field has an unknown value."),
            (
                Field::NewPassword,
                Rule::NeedsDigit,
                "NewPassword",
                "4007",
                "The NewPassword field must contain at least one number.",
            ),
            (Field::Password, Rule::ContainsSpace, "Password", "4007", "The Password field must not contain spaces."),
            (
                Field::Password,
                Rule::Common,
                "Password",
                "4007",
                "The Password field is too common, or appeared in a data breach.",
            ),
            (Field::CallbackUrl, Rule::Malformed, "CallbackUrl", "4009", "The CallbackUrl field is not a valid URL."),
            (Field::Email, Rule::Taken, "Email", "4011", "The Email is already registered."),
            (
                Field::Company,
                Rule::ForbiddenCharacter,
                "CompanyName",
                "4023",
                "The CompanyName field must not contain control or invisible characters.",
            ),
        ] {
            let told = MessageBody::of_violation(Violation::new(of, rule), field);
            assert_eq!((told.message_id, told.message.as_str()), (format!("ACCT-{code}"), text));
        }
    }
}
