//! Providers with whose accounts people register and sign in: OpenID providers, and GitHub. `docs/providers.md` describes
//! them for operators.

mod cached;
mod calls;
mod check;
mod client_secret;
mod failure;
mod github;
mod id_token;
mod metadata;
mod openid;
mod signed_token;

use std::sync::Arc;

use account_core::ports::{AuthorizationRequest, AuthorizationResponse, Clock, IdentityProvider, ProviderError};
use account_core::provider::{ClaimNames, Claims, Protocol, ProviderIdentity, ProviderName, TENANT, Trust, TrustRow};
use async_trait::async_trait;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::Reach;
use super::client::OutboundClient;
use cached::Cached;
use calls::Calls;
use github::GitHub;
use openid::OpenId;

pub use calls::CallError;
pub use check::{CheckFinding, CheckVerdict};
pub use client_secret::{ClientSecret, SigningError, SigningKey, SigningKeyError};
pub use failure::SignInError;
pub use id_token::IdTokenError;
pub use metadata::MetadataError;
pub use signed_token::TokenError;

/// GitHub itself, where no GitHub Enterprise Server is configured.
const GITHUB: &str = "https://github.com";
/// Maximum length of the name that Apple sends, as JSON, in bytes.
const MAX_USER: usize = 4 * 1_024;

/// The settings of a client at a provider.
#[derive(Debug, Clone)]
pub struct ProviderClientSettings {
    /// The provider's name.
    pub name: ProviderName,
    /// The configured issuer. For Microsoft, `common`, `organizations` or `consumers` can be in the place of the tenant;
    /// for GitHub, it is the address of a GitHub Enterprise Server.
    pub issuer: Option<String>,
    /// The client.
    pub client_id: String,
    /// The client's secret.
    pub secret: Arc<ClientSecret>,
    /// What the provider is asked for; if empty, what the trust table says.
    pub scopes: Vec<String>,
    /// The names of claims.
    pub claims: ClaimNames,
    /// Whether the answer comes as a form that the provider's page posts.
    pub form_post: bool,
    /// Where the provider may be.
    pub reach: Reach,
}

/// A provider needs an issuer and has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the provider has no issuer")]
pub struct NoIssuer;

/// A provider, as the core needs it.
pub struct Provider {
    name: ProviderName,
    trust: Trust,
    kind: Kind,
}

enum Kind {
    OpenId(Box<OpenId>),
    GitHub(GitHub),
}

/// The name that Apple's page sends the first time (nobody signs it).
#[derive(Deserialize)]
struct AppleUser {
    name: AppleName,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AppleName {
    first_name: Option<String>,
    last_name: Option<String>,
}

impl ProviderClientSettings {
    /// Returns the client. It sends nothing until it is needed.
    ///
    /// # Errors
    /// [`NoIssuer`] if the provider needs an issuer and there is none.
    pub fn connect(&self, client: OutboundClient, clock: Arc<dyn Clock>) -> Result<Provider, NoIssuer> {
        let row = TrustRow::of(self.name.as_str());
        let calls = Calls::new(client, self.reach);
        let known = || row.scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let scopes: Vec<String> = if self.scopes.is_empty() { known() } else { self.scopes.clone() };
        let (client_id, secret, scopes) = (self.client_id.clone(), Arc::clone(&self.secret), scopes.join(" "));
        let (trust, kind) = match row.protocol {
            Protocol::GitHub => {
                let base = self.issuer.as_deref().unwrap_or(GITHUB).trim_end_matches('/').to_owned();
                let trust = Trust::new(&self.name, None, self.claims.clone()).ok_or(NoIssuer)?;
                (trust, Kind::GitHub(GitHub { base, client_id, secret, scopes, calls, clock }))
            }
            Protocol::OpenId => {
                let issuer = self.issuer.as_deref().map(template_of);
                let trust = Trust::new(&self.name, issuer, self.claims.clone()).ok_or(NoIssuer)?;
                let discovery = match &self.issuer {
                    Some(configured) => configured.clone(),
                    None => trust.issuer().ok_or(NoIssuer)?.replace(TENANT, EVERYBODY),
                };
                let (form_post, metadata, keys) = (self.form_post, Cached::new(), Cached::new());
                let trusted = trust.clone();
                let client =
                    OpenId { discovery, trust, client_id, secret, scopes, form_post, calls, clock, metadata, keys };
                (trusted, Kind::OpenId(Box::new(client)))
            }
        };
        Ok(Provider { name: self.name.clone(), trust, kind })
    }
}

/// What Microsoft has in the place of a tenant in addresses for all of them.
const EVERYBODY: &str = "common";

/// Returns the issuer of ID tokens: where Microsoft's addresses name a group of tenants, tokens name the person's.
fn template_of(configured: &str) -> String {
    for group in [EVERYBODY, "organizations", "consumers"] {
        if let Some(base) = configured.strip_suffix(&format!("/{group}/v2.0")) {
            return format!("{base}/{TENANT}/v2.0");
        }
    }
    configured.to_owned()
}

#[async_trait]
impl IdentityProvider for Provider {
    fn name(&self) -> &ProviderName {
        &self.name
    }

    async fn begin(&self, request: &AuthorizationRequest) -> Result<Url, ProviderError> {
        let url = match &self.kind {
            Kind::OpenId(client) => client.authorization_url(request).await,
            Kind::GitHub(client) => client.authorization_url(request),
        };
        url.map_err(SignInError::for_core)
    }

    async fn finish(&self, response: &AuthorizationResponse) -> Result<ProviderIdentity, ProviderError> {
        let claims = match &self.kind {
            Kind::OpenId(client) => client.claims(response).await,
            Kind::GitHub(client) => client.claims(response).await,
        };
        let mut claims = claims.map_err(SignInError::for_core)?;
        if let (Kind::OpenId(client), Some(user)) = (&self.kind, &response.user)
            && client.form_post
        {
            self.add_name(&mut claims, user);
        }
        let read = self.trust.read(&self.name, &claims);
        read.map_err(|untrusted| ProviderError::Invalid { why: untrusted.why() })
    }
}

impl Provider {
    /// Adds the name that came with the answer, if the ID token has none. Nothing else is read from there: the browser
    /// could have written it.
    fn add_name(&self, claims: &mut Claims, user: &str) {
        let user = serde_json::from_str(user).ok().filter(|_| user.len() <= MAX_USER);
        let Some(AppleUser { name: AppleName { first_name, last_name } }) = user else { return };
        let names = self.trust.names();
        for (claim, value) in [(&names.given_name, first_name), (&names.family_name, last_name)] {
            if let Some(value) = value {
                claims.main.entry(claim.clone()).or_insert(Value::String(value));
            }
        }
    }
}
