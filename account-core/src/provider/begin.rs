//! Sending a person to a provider.

use std::sync::Arc;

use url::Url;

use super::flow::{FLOW_LASTS, FlowSession, FlowWish, ProviderFlow};
use super::kept_draft::KeptDraft;
use super::link::MAX_IDENTITIES;
use super::secrets::FlowSecrets;
use super::{ProviderName, ProviderSettings};
use crate::authorization::Fresh;
use crate::input::Input;
use crate::one_time_token::SecretToken;
use crate::organization::ClientId;
use crate::ports::{AuthorizationRequest, IdentityProvider, ProviderError, UseCase};
use crate::registration::draft::{RegistrationDraft, RegistrationRules};
use crate::registration::verify::{Gone, VerifyError};
use crate::service::{AccountService, CallContext, Failure, Unavailable, Way};
use crate::session::SignedIn;
use crate::timestamp::Timestamp;
use crate::violation::{Field, Rule, Violation, Violations};

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
    SignIn,
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

impl std::fmt::Debug for FlowPurpose<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Register { .. } => "Register(..)",
            Self::SignIn => "SignIn",
            Self::Link(_) => "Link(..)",
            Self::Confirm(_) => "Confirm(..)",
            Self::Prove { .. } => "Prove(..)",
        })
    }
}

/// A person can be sent to the provider.
#[derive(Clone)]
pub struct Begun {
    /// Where to send the person.
    pub url: Url,
    /// What the browser or app keeps, and presents with the answer. Not in a URL.
    pub browser: SecretToken,
    /// When the answer comes too late.
    pub expires_at: Timestamp,
}

opaque_debug!(Begun);

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
    /// Limited or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(BeginProviderError: Failed, Invalid, Closed);

/// A provider that people can choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedProvider {
    /// Its name.
    pub name: ProviderName,
    /// What people call it.
    pub title: String,
}

impl BeginProviderError {
    /// Returns the outcome for observers.
    const fn outcome(&self) -> &'static str {
        match self {
            Self::UnknownProvider => "unknown_provider",
            Self::Invalid(_) => "invalid",
            Self::UnknownApp => "unknown_app",
            Self::Closed { .. } => "closed",
            Self::Unknown => "unknown",
            Self::Gone(_) => "gone",
            Self::OtherProvider => "other_provider",
            Self::TooMany => "too_many",
            Self::Provider(_) => "provider_failed",
            Self::Failed(failure) => failure.outcome(),
        }
    }
}

impl From<VerifyError> for BeginProviderError {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Gone(gone) => Self::Gone(gone),
            VerifyError::Closed { reason } => Self::Closed { reason },
            VerifyError::Failed(failure) => Self::Failed(failure),
            // Reading a token asks for no proof.
            VerifyError::Unknown
            | VerifyError::ProofRequired
            | VerifyError::Invalid(_)
            | VerifyError::WrongProof(_)
            | VerifyError::TooManyTries => Self::Unknown,
        }
    }
}

impl AccountService {
    /// Returns the providers that people can sign in with, by name.
    #[must_use]
    pub fn offered_providers(&self) -> Vec<OfferedProvider> {
        let offered = self.settings.providers.iter().filter(|(name, _)| self.find_provider(name).is_some());
        offered.map(|(name, settings)| OfferedProvider { name: name.clone(), title: settings.title.clone() }).collect()
    }

    /// Returns whether people can register with a provider: while they cannot, those whose identity is linked can still
    /// sign in with it. It may be as old as the cached flags: beginning and finishing a flow check again.
    ///
    /// # Errors
    /// [`Unavailable`] if the flags cannot be read.
    pub async fn offers_registration_with_providers(&self) -> Result<bool, Unavailable> {
        let is_open = self.snapshot().await?.flags.closed_to_all(Way::Provider).is_ok();
        Ok(is_open && !self.offered_providers().is_empty())
    }

    /// Begins a flow: stores what the person wants, bound to the browser or app, and returns where to send the person.
    ///
    /// # Errors
    /// [`BeginProviderError`]; nothing was stored.
    pub async fn begin_with_provider(&self, request: BeginProviderRequest<'_>) -> Result<Begun, BeginProviderError> {
        let channel = request.context.channel.clone();
        let outcome = Box::pin(self.try_to_begin(request)).await;
        let word = outcome.as_ref().map_or_else(BeginProviderError::outcome, |_| "begun");
        self.observe(UseCase::ProviderStart, &channel, word);
        outcome
    }

    async fn try_to_begin(&self, request: BeginProviderRequest<'_>) -> Result<Begun, BeginProviderError> {
        let BeginProviderRequest { provider, purpose, browser, app, language, context } = request;
        let (port, settings) = self.find_provider(&provider).ok_or(BeginProviderError::UnknownProvider)?;
        let starts = self.settings.limits.provider_starts;
        self.count(&self.client_charges("provider_starts", starts, &context.client).await).await?;
        let asks_again = matches!(purpose, FlowPurpose::Confirm(_));
        let wish = self.read_purpose(purpose, &provider, &context).await?;
        let app = match app {
            Some(app) => Some(self.find_app(&app).await?),
            None => None,
        };
        let state = SecretToken::generate(&*self.ports.entropy);
        let browser = browser.unwrap_or_else(|| SecretToken::generate(&*self.ports.entropy));
        let secrets = FlowSecrets::of(&state, &browser);
        let request = AuthorizationRequest {
            state: state.clone(),
            challenge: secrets.verifier.challenge(),
            nonce: secrets.nonce,
            redirect_uri: settings.redirect_uri.clone(),
            language,
            asks_again,
        };
        // The provider may have to be asked first: before anything is stored, and outside a unit of work.
        let url = port.begin(&request).await.map_err(BeginProviderError::Provider)?;
        let expires_at = self.ports.clock.now() + FLOW_LASTS;
        let flow = ProviderFlow { state: state.digest(), browser: browser.digest(), provider, wish, app, expires_at };
        self.retried(|| async {
            let mut unit = self.ports.store.begin().await?;
            unit.insert_flow(&flow).await?;
            unit.commit().await
        })
        .await?;
        Ok(Begun { url, browser, expires_at })
    }

    /// Checks what the person wants, and returns how it is stored.
    async fn read_purpose(
        &self,
        purpose: FlowPurpose<'_>,
        provider: &ProviderName,
        context: &CallContext,
    ) -> Result<FlowWish, BeginProviderError> {
        Ok(match purpose {
            FlowPurpose::Register { draft, rules } => {
                self.snapshot().await?.flags.closed_to_all(Way::Provider)?;
                FlowWish::Enter(Box::new(self.check_draft(*draft, rules, context).await?))
            }
            FlowPurpose::SignIn => FlowWish::Enter(Box::default()),
            FlowPurpose::Link(caller) => {
                let account = caller.account().id;
                self.count_change(account).await?;
                let mut unit = self.ports.store.begin_read_only().await?;
                if unit.find_identities_of_account(account).await?.len() >= MAX_IDENTITIES {
                    return Err(BeginProviderError::TooMany);
                }
                FlowWish::Link(FlowSession::of(caller.verified().signed_in()))
            }
            FlowPurpose::Confirm(caller) => FlowWish::Confirm(FlowSession::of(&caller)),
            FlowPurpose::Prove { token } => {
                let mut unit = self.ports.store.begin_read_only().await?;
                let (token, registration) = self.find_live(&mut *unit, &token).await?;
                drop(unit);
                let identity = registration.choices.identity.as_ref();
                if identity.is_none_or(|identity| identity.key.provider != *provider) {
                    return Err(BeginProviderError::OtherProvider);
                }
                self.refuse_while_closed(&registration).await?;
                FlowWish::Prove(token.digest)
            }
        })
    }

    /// Checks everything of a draft that the provider does not know.
    async fn check_draft(
        &self,
        draft: RegistrationDraft,
        rules: &RegistrationRules,
        context: &CallContext,
    ) -> Result<KeptDraft, BeginProviderError> {
        let draft = RegistrationDraft { email: Input::Absent, password: Input::Absent, ..draft };
        if draft.names_by_code() {
            let limit = self.settings.limits.registrations;
            self.count(&self.client_charges("named_codes", limit, &context.client).await).await?;
        }
        let kept = KeptDraft::of(&draft);
        let examined = self.examine_fields(draft, rules, &context.client, Way::Provider).await?;
        let mut violations = Violations::default();
        // The provider names the address, and usually the person.
        let is_ours =
            |field: Field| !matches!(field, Field::Email | Field::Name | Field::GivenName | Field::FamilyName);
        let counts = |violation: &Violation| violation.rule != Rule::Required || is_ours(violation.field);
        violations.extend(examined.reading.violations.iter().filter(counts));
        violations.into_result()?;
        Ok(kept)
    }

    /// Returns the redirect URI of the app, if it is registered.
    async fn find_app(&self, app: &AppReturn) -> Result<String, BeginProviderError> {
        let id = ClientId::parse(&app.client_id).ok_or(BeginProviderError::UnknownApp)?;
        let mut unit = self.ports.store.begin_read_only().await?;
        let client = unit.find_client(&id).await?.ok_or(BeginProviderError::UnknownApp)?;
        let is_registered = client.redirect_uris.iter().any(|registered| is_redirect(&app.redirect_uri, registered));
        is_registered.then(|| app.redirect_uri.clone()).ok_or(BeginProviderError::UnknownApp)
    }

    /// Returns where the app is that the flow with this state belongs to, if it belongs to an app: the browser takes the
    /// provider's answer there, unread, and the app finishes the flow. `None` if it belongs to our own pages, is unknown or is
    /// of another provider than the one at whose redirect URI the answer came: an app that got it would finish the flow with
    /// the wrong provider, which would learn the code.
    ///
    /// # Errors
    /// [`Failure`] if a limit was reached or the store failed.
    pub async fn find_app_of_flow(
        &self,
        state: &str,
        provider: &ProviderName,
        context: &CallContext,
    ) -> Result<Option<String>, Failure> {
        self.count_verification(&context.client).await?;
        let Some(state) = SecretToken::parse(state) else { return Ok(None) };
        let found = self.ports.store.begin_read_only().await?.find_flow(&state.digest()).await?;
        let now = self.ports.clock.now();
        let found = found.filter(|flow| now < flow.expires_at && flow.provider == *provider);
        Ok(found.and_then(|flow| flow.app))
    }

    /// Returns the provider with its settings, if it is offered.
    pub(crate) fn find_provider(&self, name: &ProviderName) -> Option<(&Arc<dyn IdentityProvider>, &ProviderSettings)> {
        let port = self.ports.identity_providers.iter().find(|port| port.name() == name);
        port.zip(self.settings.providers.get(name))
    }
}

/// Returns whether the URI is the registered one. The port of a loopback address may differ: apps listen on one that is
/// free (RFC 8252, section 7.3).
fn is_redirect(uri: &str, registered: &str) -> bool {
    if uri == registered {
        return true;
    }
    let (Ok(mut uri), Ok(mut registered)) = (Url::parse(uri), Url::parse(registered)) else { return false };
    let is_loopback =
        |url: &Url| url.scheme() == "http" && matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
    is_loopback(&registered)
        && is_loopback(&uri)
        && uri.set_port(None).is_ok()
        && registered.set_port(None).is_ok()
        && uri == registered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_port_of_a_loopback_redirect_may_differ() {
        for (uri, registered, is_same) in [
            ("https://app.example.com/cb", "https://app.example.com/cb", true),
            ("http://127.0.0.1:51004/cb", "http://127.0.0.1/cb", true),
            ("http://[::1]:51004/cb", "http://[::1]:1/cb", true),
            ("http://127.0.0.1:51004/cb?a=b", "http://127.0.0.1/cb", false),
            ("http://127.0.0.1:51004/other", "http://127.0.0.1/cb", false),
            ("http://localhost:51004/cb", "http://127.0.0.1/cb", false),
            ("http://u@127.0.0.1/cb", "http://127.0.0.1/cb", false),
            ("https://app.example.com:8443/cb", "https://app.example.com/cb", false),
            ("https://app.example.com/cb/", "https://app.example.com/cb", false),
            ("HTTPS://app.example.com/cb", "https://app.example.com/cb", false),
            ("", "https://app.example.com/cb", false),
        ] {
            assert_eq!(is_redirect(uri, registered), is_same, "{uri}");
        }
    }
}
