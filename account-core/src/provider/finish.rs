//! Taking a person back from a provider.

use super::{Identity, ProviderName};
use crate::email_address::EmailAddress;
use crate::one_time_token::SecretToken;
use crate::ports::ProviderError;
use crate::registration::register::Accepted;
use crate::registration::verify::{CompletedRegistration, Gone};
use crate::service::{AccountService, CallContext, Failure};
use crate::session::{OpenedSession, SignedIn, SignedInNow};
use crate::violation::Violations;

/// What a provider sent a person back with.
#[derive(Debug)]
pub struct FinishProviderRequest {
    /// The provider whose redirect URI was called.
    pub provider: ProviderName,
    /// The `state`, as received.
    pub state: String,
    /// What the browser or app has kept ([`Begun::browser`](super::Begun::browser)).
    pub browser: Option<SecretToken>,
    /// The provider's answer.
    pub answer: ProviderAnswer,
    /// The session of the request, if there is one: needed for what only the session that began the flow can finish.
    pub caller: Option<SignedIn>,
    /// Who sent it.
    pub context: CallContext,
}

/// A provider's answer, as received. Its `Debug` output hides it.
pub enum ProviderAnswer {
    /// It let the person in.
    Code {
        /// The `code`.
        code: String,
        /// The `iss` (RFC 9207).
        issuer: Option<String>,
        /// The `user`, which Apple sends.
        user: Option<String>,
    },
    /// It did not, or the person changed their mind: the `error`.
    Error(String),
}

opaque_debug!(ProviderAnswer);

/// What became of a flow.
#[derive(Debug, Clone)]
pub enum FinishedFlow {
    /// The identity is linked to an account: the person is signed in.
    SignedIn(SignedInNow),
    /// The person has registered, and an email is on its way: the same whether the address is new, pending or taken.
    Registered {
        /// The registration.
        accepted: Accepted,
        /// The address, as the provider wrote it.
        address: EmailAddress,
    },
    /// The person has an account now, and is signed in.
    Completed(Box<CompletedRegistration>),
    /// The identity is linked to the person's account. The session has new tokens.
    Linked {
        /// The identity.
        identity: Identity,
        /// The session.
        session: OpenedSession,
    },
    /// The person has confirmed who they are. The session counts as fresh and has new tokens.
    Confirmed(OpenedSession),
}

/// Why a flow led to nothing.
#[derive(Debug, thiserror::Error)]
pub enum FinishProviderError {
    /// There is no such flow: it was finished before, has expired, began in another browser or app, or with another
    /// provider. The person begins again.
    #[error("the flow is unknown")]
    UnknownFlow,
    /// The provider is no longer offered.
    #[error("the provider is not offered")]
    UnknownProvider,
    /// The person changed their mind at the provider, or the provider did not let them in.
    #[error("the provider did not let the person in")]
    Denied,
    /// The provider failed, or its answer is not valid.
    #[error(transparent)]
    Provider(ProviderError),
    /// The provider names no address that can be read, so the person cannot register with it.
    #[error("the provider names no address")]
    NoAddress,
    /// The person cannot register like this. The list is complete.
    #[error("the registration is not valid")]
    Invalid(Violations),
    /// Registration is closed, for everyone, with providers, or for this address and organization.
    #[error("registration is closed")]
    Closed {
        /// The reason that the administrators gave.
        reason: Option<String>,
    },
    /// The account of the identity cannot be signed in to: an administrator disabled it.
    #[error("the account cannot be signed in to")]
    Disabled,
    /// The session that began the flow has ended, is another one, or its credentials have changed since.
    #[error("the session that began the flow is not there")]
    SessionMissing,
    /// The identity is not the one that is needed: not one of the account's, or not the registration's.
    #[error("the identity is another one")]
    OtherIdentity,
    /// The identity is linked to another account.
    #[error("the identity is linked to another account")]
    LinkedElsewhere,
    /// The account has as many identities as it can have.
    #[error("the account has too many identities")]
    TooMany,
    /// The emailed token can no longer be used.
    #[error("the token is no longer valid")]
    Gone(Gone),
    /// Limited or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(FinishProviderError: Failed, Invalid, Closed);

impl AccountService {
    /// Finishes a flow: uses its state, which works once, asks the provider who came back, and does what the person wanted.
    ///
    /// No account is read by its address, unless the operator trusts the provider with addresses
    /// ([`ProviderSettings::trusts_verified_email`](super::ProviderSettings::trusts_verified_email)) and the provider
    /// vouches for this one.
    ///
    /// # Errors
    /// [`FinishProviderError`]. The state is used all the same, unless it is [`FinishProviderError::UnknownFlow`].
    pub async fn finish_with_provider(
        &self,
        request: FinishProviderRequest,
    ) -> Result<FinishedFlow, FinishProviderError> {
        let _ = request;
        todo!()
    }
}
