//! Why nobody could be identified.

use account_core::ports::ProviderError;

use super::calls::CallError;
use super::client_secret::SigningError;
use super::id_token::IdTokenError;
use super::metadata::MetadataError;

/// Why a provider did not say who somebody is. Contains nothing of its answers, and no secret.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// It is not reachable now, and was tried a moment ago.
    #[error("it failed a moment ago")]
    JustNow,
    /// It took too long in all.
    #[error("it took longer than {} s", super::calls::DEADLINE.as_secs())]
    Overdue,
    /// What it publishes about itself cannot be used.
    #[error("its configuration cannot be used")]
    Metadata(#[from] MetadataError),
    /// Its keys cannot be used.
    #[error("its keys cannot be used")]
    Keys(#[source] CallError),
    /// Our secret could not be signed.
    #[error("the client has no secret")]
    Secret(#[from] SigningError),
    /// The code could not be redeemed.
    #[error("the code could not be redeemed")]
    Redeeming(#[source] CallError),
    /// It refused the code.
    #[error("it refused the code: {0}")]
    Refused(&'static str),
    /// It did not answer with tokens.
    #[error("its answer has no token")]
    NoToken,
    /// The answer that the browser brought names another issuer, or none (RFC 9207).
    #[error("the answer comes from another issuer")]
    AnotherIssuer,
    /// The ID token is refused.
    #[error("the ID token is refused")]
    IdToken(#[from] IdTokenError),
    /// What it knows of the person could not be fetched.
    #[error("cannot fetch what it knows about the person")]
    UserInfo(#[source] CallError),
    /// What it knows of the person is about another.
    #[error("what it knows is about another person")]
    AnotherPerson,
    /// There is no subject.
    #[error("it does not say who it is")]
    NoSubject,
}

/// The errors of a token endpoint that are repeated in messages (RFC 6749, 5.2; GitHub's own). Texts of strangers are not.
const KNOWN: [&str; 10] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "bad_verification_code",
    "incorrect_client_credentials",
    "redirect_uri_mismatch",
    "unverified_user_email",
];

impl SignInError {
    /// The refusal with that error code.
    pub(super) fn refused(code: &str) -> Self {
        Self::Refused(KNOWN.into_iter().find(|known| *known == code).unwrap_or("an unknown error"))
    }

    /// Whether another attempt at the provider may succeed without anything being changed there or here.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        let is_outage = |error: &CallError| match error {
            CallError::Busy | CallError::Exchange(_) | CallError::Incomplete => true,
            CallError::Status(status) => *status >= 500 || *status == 429,
            CallError::Address(_) | CallError::NotJson => false,
        };
        match self {
            Self::JustNow | Self::Overdue => true,
            Self::Metadata(MetadataError::Call(error))
            | Self::Keys(error)
            | Self::Redeeming(error)
            | Self::UserInfo(error) => is_outage(error),
            _ => false,
        }
    }

    /// Returns the error as the core has it.
    pub(super) fn for_core(self) -> ProviderError {
        match self {
            Self::Refused(why) => ProviderError::Refused { why },
            error if error.is_outage() => {
                ProviderError::Unavailable { why: "no usable answer", source: Some(Box::new(error)) }
            }
            error => ProviderError::Invalid { why: error.why() },
        }
    }

    /// What is wrong with an answer.
    fn why(&self) -> &'static str {
        match self {
            Self::JustNow | Self::Overdue => "no answer in time",
            Self::Metadata(_) => "its configuration cannot be used",
            Self::Keys(_) => "its keys cannot be used",
            Self::Secret(_) => "the client secret could not be signed",
            Self::Redeeming(_) => "the code could not be redeemed",
            Self::Refused(why) => why,
            Self::NoToken => "no token for the code",
            Self::AnotherIssuer => "the answer comes from another issuer",
            Self::IdToken(error) => error.why(),
            Self::UserInfo(_) => "no usable answer about the person",
            Self::AnotherPerson => "the user info is about another person",
            Self::NoSubject => "no subject",
        }
    }
}
