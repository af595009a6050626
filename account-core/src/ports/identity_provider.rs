//! Signing in at another provider: Google, GitHub, Microsoft, or any `OpenID` provider.

use async_trait::async_trait;
use url::Url;

use crate::one_time_token::SecretToken;
use crate::provider::{PkceVerifier, ProviderIdentity, ProviderName};

/// One provider that people can sign in with.
///
/// The core makes state, nonce and PKCE verifier, stores what is under way, and uses each state once. The implementation
/// knows the protocol: where to send people, and how to get from a code to who they are.
///
/// An implementation MUST
/// 1. use the authorization code flow with PKCE (S256), and nothing else;
/// 2. return an identity only from what the provider itself sent over TLS in exchange for the code: for `OpenID` Connect,
///    an ID token whose signature, algorithm, issuer, audience, expiry and nonce it has checked (`OpenID` Connect Core 1.0,
///    section 3.1.3.7);
/// 3. refuse an answer whose `iss` parameter differs from the provider's issuer and, if the provider announces the
///    parameter, an answer without it (RFC 9207);
/// 4. read the identity with [`Trust::read`](crate::provider::Trust::read), where the rules are;
/// 5. follow no redirects, bound time and size of every answer, and connect to no private address unless the operator
///    allowed it;
/// 6. make no request before it is needed: not when it is made, and not for one of the other providers;
/// 7. keep and log no token of the provider.
#[async_trait]
pub trait IdentityProvider: Send + Sync {
    /// Its name. Of the providers of a service, each has another one.
    fn name(&self) -> &ProviderName;

    /// Returns where to send the person.
    ///
    /// # Errors
    /// [`ProviderError::Unavailable`] if the provider must be asked for that and does not answer.
    async fn begin(&self, request: &AuthorizationRequest) -> Result<Url, ProviderError>;

    /// Exchanges the code for the identity of the person who gave it.
    ///
    /// # Errors
    /// [`ProviderError`].
    async fn finish(&self, response: &AuthorizationResponse) -> Result<ProviderIdentity, ProviderError>;
}

/// What an authorization URL is made from.
#[derive(Debug, Clone)]
pub struct AuthorizationRequest {
    /// The `state`: comes back with the answer.
    pub state: SecretToken,
    /// The `nonce`, for `OpenID` Connect: comes back in the ID token.
    pub nonce: SecretToken,
    /// The `code_challenge`, for `code_challenge_method=S256`.
    pub challenge: String,
    /// Where the provider sends the person back, exactly.
    pub redirect_uri: String,
    /// The language of the page that the person comes from, BCP 47, for `ui_locales`.
    pub language: Option<String>,
    /// Whether the person has to sign in there again (`prompt=login`), because they confirm who they are.
    pub asks_again: bool,
}

/// The provider's answer, of a person whose state was right.
pub struct AuthorizationResponse {
    /// The `code`.
    pub code: String,
    /// The verifier of the request's challenge.
    pub verifier: PkceVerifier,
    /// The nonce of the request.
    pub nonce: SecretToken,
    /// The redirect URI of the request.
    pub redirect_uri: String,
    /// The `iss` parameter of the answer (RFC 9207).
    pub issuer: Option<String>,
    /// The `user` parameter of the answer, which Apple sends once: JSON with a name. Nobody signs it, so nothing but the
    /// name may be read from it.
    pub user: Option<String>,
    /// Whether the request had [`AuthorizationRequest::asks_again`].
    pub asked_again: bool,
}

opaque_debug!(AuthorizationResponse);

/// Why a provider gave no identity. The words are for logs; they contain no secret and nothing that the person or the
/// provider wrote.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// The provider cannot be reached, is too slow, or fails. The person can try again, or take another way.
    #[error("the provider is not available: {why}")]
    Unavailable {
        /// What failed.
        why: &'static str,
        /// The cause.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// The provider refuses the code or this service, with an error of the protocol.
    #[error("the provider refuses the request: {why}")]
    Refused {
        /// What it said: an error code of the protocol that the implementation knows.
        why: &'static str,
    },
    /// The answer cannot be trusted, or does not say who the person is.
    #[error("the provider's answer is not valid: {why}")]
    Invalid {
        /// What is wrong with it.
        why: &'static str,
    },
}

impl ProviderError {
    /// The provider is not available, without a cause.
    #[must_use]
    pub const fn unavailable(why: &'static str) -> Self {
        Self::Unavailable { why, source: None }
    }
}
