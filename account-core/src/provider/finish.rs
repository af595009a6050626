//! Taking a person back from a provider.

use super::flow::{FlowWish, ProviderFlow};
use super::secrets::FlowSecrets;
use super::{Identity, ProviderIdentity, ProviderName};
use crate::email_address::EmailAddress;
use crate::id::RegistrationId;
use crate::one_time_token::{SecretToken, TokenDigest};
use crate::ports::store::Update;
use crate::ports::{AuthorizationResponse, ProviderError, UseCase};
use crate::registration::draft::RegistrationRules;
use crate::registration::register::Accepted;
use crate::registration::verify::{CompletedRegistration, Completion, Gone, VerifyError};
use crate::service::{AccountService, CallContext, Failure};
use crate::session::{OpenedSession, SignedIn, SignedInNow};
use crate::violation::Violations;

/// What a provider sent a person back with.
pub struct FinishProviderRequest<'a> {
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
    /// The rules of the channel, for a person who registers.
    pub rules: &'a RegistrationRules,
    /// Who sent it.
    pub context: CallContext,
}

impl std::fmt::Debug for FinishProviderRequest<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FinishProviderRequest").field("provider", &self.provider).finish_non_exhaustive()
    }
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
#[expect(clippy::large_enum_variant, reason = "it is handed on once, not kept")]
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

impl FinishedFlow {
    /// Returns the outcome for observers.
    const fn outcome(&self) -> &'static str {
        match self {
            Self::SignedIn(_) => "signed_in",
            Self::Registered { .. } => "registered",
            Self::Completed(_) => "completed",
            Self::Linked { .. } => "linked",
            Self::Confirmed(_) => "confirmed",
        }
    }
}

impl FinishProviderError {
    /// Returns the outcome for observers.
    const fn outcome(&self) -> &'static str {
        match self {
            Self::UnknownFlow => "unknown_flow",
            Self::UnknownProvider => "unknown_provider",
            Self::Denied => "denied",
            Self::Provider(ProviderError::Unavailable { .. }) => "provider_unavailable",
            Self::Provider(ProviderError::Refused { .. }) => "provider_refused",
            Self::Provider(ProviderError::Invalid { .. }) => "provider_invalid",
            Self::NoAddress => "no_address",
            Self::Invalid(_) => "invalid",
            Self::Closed { .. } => "closed",
            Self::Disabled => "disabled",
            Self::SessionMissing => "session_missing",
            Self::OtherIdentity => "other_identity",
            Self::LinkedElsewhere => "linked_elsewhere",
            Self::TooMany => "too_many",
            Self::Gone(_) => "gone",
            Self::Failed(failure) => failure.outcome(),
        }
    }
}

impl From<VerifyError> for FinishProviderError {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Gone(gone) => Self::Gone(gone),
            VerifyError::Closed { reason } => Self::Closed { reason },
            VerifyError::Invalid(violations) => Self::Invalid(violations),
            VerifyError::Failed(failure) => Self::Failed(failure),
            VerifyError::ProofRequired | VerifyError::WrongProof(_) | VerifyError::TooManyTries => Self::OtherIdentity,
            // The token was deleted, long after it expired.
            VerifyError::Unknown => Self::Gone(Gone::Expired),
        }
    }
}

impl AccountService {
    /// Finishes a flow: uses its state, which works once, asks the provider who came back, and does what the person wanted.
    ///
    /// No account is read by its address, unless the operator trusts the provider with addresses
    /// ([`ProviderSettings::trusts_verified_email`](super::ProviderSettings::trusts_verified_email)) and the provider
    /// vouches for this one.
    ///
    /// # Errors
    /// [`FinishProviderError`]. The state is used all the same, unless it is [`FinishProviderError::UnknownFlow`] or too many
    /// answers came from the client. Begin again otherwise, also after a limit on registrations.
    pub async fn finish_with_provider(
        &self,
        request: FinishProviderRequest<'_>,
    ) -> Result<FinishedFlow, FinishProviderError> {
        let channel = request.context.channel.clone();
        let outcome = Box::pin(self.try_to_finish(request)).await;
        let word = outcome.as_ref().map_or_else(FinishProviderError::outcome, FinishedFlow::outcome);
        self.observe(UseCase::ProviderReturn, &channel, word);
        outcome
    }

    async fn try_to_finish(&self, request: FinishProviderRequest<'_>) -> Result<FinishedFlow, FinishProviderError> {
        let FinishProviderRequest { provider, state, browser, answer, caller, rules, context } = request;
        self.count_verification(&context.client).await?;
        let secrets = SecretToken::parse(&state).zip(browser).ok_or(FinishProviderError::UnknownFlow)?;
        let flow = self.take_flow(&provider, &secrets.0, &secrets.1).await?;
        let identity = self.ask_provider(&provider, &secrets, answer, &flow).await?;
        match flow.wish {
            FlowWish::Enter(kept) => Box::pin(self.enter(identity, *kept, rules, &context)).await,
            FlowWish::Link(session) => self.link(&identity, session, caller, &context).await,
            FlowWish::Confirm(session) => self.confirm(&identity, session, caller, &context).await,
            FlowWish::Prove(token) => self.prove_by_identity(&identity, &token, &context).await,
        }
    }

    /// Returns the flow with this state, which ends it: of parallel requests, one gets it. It must have begun with this
    /// provider, in this browser.
    async fn take_flow(
        &self,
        provider: &ProviderName,
        state: &SecretToken,
        browser: &SecretToken,
    ) -> Result<ProviderFlow, FinishProviderError> {
        let state = state.digest();
        let found = self.ports.store.begin_read_only().await?.find_flow(&state).await?;
        // In another browser it goes on: nobody else can end it.
        let is_its_browser = |flow: &ProviderFlow| flow.browser == browser.digest();
        let flow = found.filter(is_its_browser).ok_or(FinishProviderError::UnknownFlow)?;
        let taken = self.retried(|| async {
            let mut unit = self.ports.store.begin().await?;
            let taken = unit.delete_flow(&state).await?;
            unit.commit().await?;
            Ok::<_, Failure>(taken)
        });
        // What another provider sends for the flow ends it too: its state is in the wrong hands.
        let is_in_time = self.ports.clock.now() < flow.expires_at;
        if taken.await? == Update::Missed || flow.provider != *provider || !is_in_time {
            return Err(FinishProviderError::UnknownFlow);
        }
        Ok(flow)
    }

    /// Asks the provider who came back.
    async fn ask_provider(
        &self,
        provider: &ProviderName,
        (state, browser): &(SecretToken, SecretToken),
        answer: ProviderAnswer,
        flow: &ProviderFlow,
    ) -> Result<ProviderIdentity, FinishProviderError> {
        // It may have been switched off meanwhile.
        let (port, settings) = self.find_provider(provider).ok_or(FinishProviderError::UnknownProvider)?;
        let ProviderAnswer::Code { code, issuer, user } = answer else { return Err(FinishProviderError::Denied) };
        let FlowSecrets { nonce, verifier } = FlowSecrets::of(state, browser);
        let redirect_uri = settings.redirect_uri.clone();
        let asked_again = matches!(flow.wish, FlowWish::Confirm(_));
        let response = AuthorizationResponse { code, verifier, nonce, redirect_uri, issuer, user, asked_again };
        let identity = port.finish(&response).await.map_err(FinishProviderError::Provider)?;
        if identity.key.provider != *provider {
            return Err(FinishProviderError::Provider(ProviderError::Invalid {
                why: "the identity is of another provider",
            }));
        }
        Ok(identity)
    }

    /// Completes a registration with the identity that it was made with, and the token that was emailed for it.
    async fn prove_by_identity(
        &self,
        identity: &ProviderIdentity,
        token: &TokenDigest,
        context: &CallContext,
    ) -> Result<FinishedFlow, FinishProviderError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        let token = self.find_redeemable(&mut *unit, token).await?;
        let registration = unit.find_registration(RegistrationId::from_uuid(token.subject)).await?;
        drop(unit);
        let registration = registration.ok_or(FinishProviderError::Gone(Gone::Expired))?;
        if registration.choices.identity.as_ref().is_none_or(|own| own.key != identity.key) {
            return Err(FinishProviderError::OtherIdentity);
        }
        self.refuse_while_closed(&registration).await?;
        let completed = self.complete(&Completion::by_provider(registration, token), context).await?;
        self.note_completed();
        Ok(FinishedFlow::Completed(Box::new(completed)))
    }
}
