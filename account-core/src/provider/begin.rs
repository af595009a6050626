//! Sending a person to a provider.

use url::Url;

use super::ProviderName;
use crate::authorization::Fresh;
use crate::challenge::ChallengeDemand;
use crate::one_time_token::SecretToken;
use crate::ports::ProviderError;
use crate::registration::draft::{RegistrationDraft, RegistrationRules};
use crate::registration::verify::Gone;
use crate::service::{AccountService, CallContext, Failure, Unavailable};
use crate::session::SignedIn;
use crate::timestamp::Timestamp;
use crate::violation::Violations;

/// A request to send a person to a provider.
#[derive(Debug)]
pub struct BeginProviderRequest<'a> {
    /// The provider.
    pub provider: ProviderName,
    /// What the person wants.
    pub purpose: FlowPurpose<'a>,
    /// The secret of the browser from an earlier flow, if it still has one: then several flows can be under way in several
    /// tabs. `None` for an app, which gets a secret for each flow.
    pub browser: Option<SecretToken>,
    /// The app that the person comes from and goes back to; `None` for our own pages.
    pub app: Option<AppReturn>,
    /// The language of the page, BCP 47, for the provider's pages.
    pub language: Option<String>,
    /// Who sent it.
    pub context: CallContext,
}

/// An app that a person goes back to.
#[derive(Debug, Clone)]
pub struct AppReturn {
    /// The id of the registered client.
    pub client_id: String,
    /// One of its redirect URIs. The port of a loopback URI may be any (RFC 8252, section 7.3).
    pub redirect_uri: String,
}

/// What a person goes to a provider for.
#[derive(Debug)]
pub enum FlowPurpose<'a> {
    /// Register; or sign in, if the identity is linked to an account. The draft has what the person chose before: consent,
    /// organization, callback URL, what the browser says. Address and password are not read, and a name only where the
    /// provider gives none.
    Register {
        /// What was sent.
        draft: Box<RegistrationDraft>,
        /// The rules of the channel.
        rules: &'a RegistrationRules,
    },
    /// Sign in; or register, if the identity is linked to no account and nothing has to be agreed to.
    SignIn {
        /// The rules of the channel, for a person who registers.
        rules: &'a RegistrationRules,
    },
    /// Link the identity to the person's account.
    Link(Fresh),
    /// Confirm who they are, for something sensitive.
    Confirm(SignedIn),
    /// Complete a registration with the emailed token and the identity that it was made with.
    Prove {
        /// The token of the link, as received.
        token: String,
    },
}

/// A person can be sent to the provider.
#[derive(Debug, Clone)]
pub struct Begun {
    /// Where to send the person.
    pub url: Url,
    /// What the browser or app keeps, and presents with the answer. Not in a URL.
    pub browser: SecretToken,
    /// When the answer comes too late.
    pub expires_at: Timestamp,
}

/// Why a person cannot be sent to the provider. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum BeginProviderError {
    /// There is no such provider, or no longer.
    #[error("the provider is not offered")]
    UnknownProvider,
    /// Fields break rules. The list is complete, except for what the provider will say.
    #[error("the request is not valid")]
    Invalid(Violations),
    /// The client or the redirect URI is not registered.
    #[error("the app is not registered with this redirect URI")]
    UnknownApp,
    /// Registration is closed, for everyone or with providers.
    #[error("registration is closed")]
    Closed {
        /// The reason that the administrators gave.
        reason: Option<String>,
    },
    /// The emailed token is unknown.
    #[error("the token is unknown")]
    Unknown,
    /// The emailed token can no longer be used.
    #[error("the token is no longer valid")]
    Gone(Gone),
    /// The registration was not made with this provider.
    #[error("the registration has no identity of this provider")]
    OtherProvider,
    /// The account has as many identities as it can have.
    #[error("the account has too many identities")]
    TooMany,
    /// The provider must be asked first, and failed.
    #[error(transparent)]
    Provider(ProviderError),
    /// An answer to a challenge is needed. The request can be sent again with one.
    #[error("an answer to a challenge is needed")]
    Challenged(Box<ChallengeDemand>),
    /// Limited or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(BeginProviderError: Failed, Invalid, Challenged, Closed);

/// A provider that people can choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedProvider {
    /// Its name.
    pub name: ProviderName,
    /// What people call it.
    pub title: String,
}

impl AccountService {
    /// Returns the providers that people can sign in with, by name.
    #[must_use]
    pub fn offered_providers(&self) -> Vec<OfferedProvider> {
        let is_connected = |name: &ProviderName| self.ports.identity_providers.iter().any(|port| port.name() == name);
        let offered = self.settings.providers.iter().filter(|(name, _)| is_connected(name));
        offered.map(|(name, settings)| OfferedProvider { name: name.clone(), title: settings.title.clone() }).collect()
    }

    /// Returns whether people can register with a provider: while they cannot, those whose identity is linked can still
    /// sign in with it. It may be as old as the cached flags: beginning and finishing a flow check again.
    ///
    /// # Errors
    /// [`Unavailable`] if the flags cannot be read.
    pub async fn offers_registration_with_providers(&self) -> Result<bool, Unavailable> {
        todo!()
    }

    /// Begins a flow: stores what the person wants, bound to the browser or app, and returns where to send the person.
    ///
    /// # Errors
    /// [`BeginProviderError`]; nothing was stored.
    pub async fn begin_with_provider(&self, request: BeginProviderRequest<'_>) -> Result<Begun, BeginProviderError> {
        let _ = request;
        todo!()
    }

    /// Returns where the app is that the flow with this state belongs to, if it belongs to an app: the browser takes the
    /// provider's answer there, unread, and the app finishes the flow. `None` if it belongs to our own pages or is unknown.
    ///
    /// # Errors
    /// [`Failure`] if a limit was reached or the store failed.
    pub async fn find_app_of_flow(&self, state: &str, context: &CallContext) -> Result<Option<String>, Failure> {
        let _ = (state, context);
        todo!()
    }
}
