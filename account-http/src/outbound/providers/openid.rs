//! Signing in at an OpenID provider: the code flow with PKCE (OpenID Connect Core 1.0, 3.1; RFC 9700).

use std::sync::Arc;

use account_core::ports::{AuthorizationRequest, AuthorizationResponse, Clock};
use account_core::provider::{Claims, TENANT, Trust};
use account_core::timestamp::Timestamp;
use base64ct::{Base64, Encoding};
use hyper::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use tokio::time::timeout_at;
use url::Url;
use url::form_urlencoded::{Serializer, byte_serialize};
use zeroize::Zeroizing;

use super::cached::{Cached, Missing};
use super::calls::{CallError, Calls, Turn, body, object};
use super::client_secret::ClientSecret;
use super::failure::SignInError;
use super::id_token::{self, Expected, IdTokenError};
use super::metadata::{Metadata, MetadataError};
use super::signed_token::{KeySet, SignedToken, TokenError};
use crate::outbound::Target;

/// A client at an OpenID provider.
pub(super) struct OpenId {
    /// Below this address is what the provider publishes about itself.
    pub(super) discovery: String,
    pub(super) trust: Trust,
    pub(super) client_id: String,
    pub(super) secret: Arc<ClientSecret>,
    pub(super) scopes: String,
    /// Whether the answer comes as a form that another site posts.
    pub(super) form_post: bool,
    pub(super) calls: Calls,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) metadata: Cached<Metadata>,
    pub(super) keys: Cached<KeySet>,
}

/// What a code is redeemed with.
pub(super) struct Redemption<'r> {
    pub(super) code: &'r str,
    pub(super) redirect_uri: &'r str,
    pub(super) verifier: &'r str,
}

/// A successful answer of a token endpoint (RFC 6749, 5.1).
#[derive(Deserialize)]
pub(super) struct Tokens {
    #[serde(deserialize_with = "secret")]
    pub(super) access_token: Zeroizing<String>,
    token_type: String,
    id_token: Option<String>,
}

fn secret<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Zeroizing<String>, D::Error> {
    String::deserialize(deserializer).map(Zeroizing::new)
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

impl OpenId {
    /// Returns where to send somebody.
    pub(super) async fn authorization_url(&self, request: &AuthorizationRequest) -> Result<Url, SignInError> {
        let turn = self.calls.turn().await.map_err(MetadataError::Call)?;
        let metadata = timeout_at(turn.deadline, self.metadata(&turn)).await.map_err(|_| SignInError::Overdue)??;
        let url = Url::parse(&metadata.authorization_endpoint);
        let mut url = url.map_err(|_| SignInError::Metadata(MetadataError::Malformed))?;
        append(&mut url, &self.client_id, &self.scopes, request);
        let mut query = url.query_pairs_mut();
        query.append_pair("nonce", &request.nonce.expose());
        if self.form_post {
            query.append_pair("response_mode", "form_post");
        }
        if let Some(language) = &request.language {
            query.append_pair("ui_locales", language);
        }
        if request.asks_again {
            query.append_pair("prompt", "login").append_pair("max_age", "0");
        }
        drop(query);
        Ok(url)
    }

    /// Redeems a code, and returns what the provider says.
    pub(super) async fn claims(&self, response: &AuthorizationResponse) -> Result<Claims, SignInError> {
        let turn = self.calls.turn().await.map_err(SignInError::Redeeming)?;
        timeout_at(turn.deadline, self.claims_within(&turn, response)).await.map_err(|_| SignInError::Overdue)?
    }

    async fn claims_within(&self, turn: &Turn<'_>, response: &AuthorizationResponse) -> Result<Claims, SignInError> {
        let metadata = self.metadata(turn).await?;
        let named = response.issuer.as_deref();
        // Before the code is sent anywhere: it may be another provider's.
        self.check_issuer(&metadata, named)?;
        let (verifier, now) = (response.verifier.expose(), self.clock.now());
        let tokens = self.redeem(turn, &metadata, &Redemption::of(response, &verifier), now).await?;
        let id_token = tokens.id_token.as_deref().ok_or(IdTokenError::Missing)?;
        let claims = self.verify(turn, &metadata, id_token).await?;
        let nonce = response.nonce.expose();
        let expected = Expected {
            trust: &self.trust,
            client_id: &self.client_id,
            nonce: &nonce,
            now,
            asked_again: response.asked_again,
        };
        id_token::check(&claims, &expected)?;
        if named.is_some() && claims.get("iss").and_then(Value::as_str) != named {
            return Err(SignInError::AnotherIssuer);
        }
        let user_info = match &metadata.user_info {
            None => None,
            Some(target) => Some(user_info(turn, target, &tokens, &claims).await?),
        };
        Ok(Claims { main: claims, user_info, emails: Vec::new() })
    }

    /// Checks the issuer that an answer names, if it names one or has to (RFC 9207, 2.4).
    fn check_issuer(&self, metadata: &Metadata, named: Option<&str>) -> Result<(), SignInError> {
        let is_right = match (named, self.trust.issuer()) {
            (None, _) => !metadata.names_issuer,
            // The tenant is known once the ID token is.
            (Some(_), Some(issuer)) if issuer.contains(TENANT) => true,
            (Some(named), issuer) => Some(named) == issuer,
        };
        if is_right { Ok(()) } else { Err(SignInError::AnotherIssuer) }
    }

    pub(super) async fn metadata(&self, turn: &Turn<'_>) -> Result<Arc<Metadata>, SignInError> {
        let issuer = self.trust.issuer().unwrap_or_default();
        let fetched = self.metadata.get(Metadata::fetch(&self.calls, turn, &self.discovery, issuer)).await;
        fetched.map_err(|missing| match missing {
            Missing::JustNow => SignInError::JustNow,
            Missing::Failed(error) => SignInError::Metadata(error),
        })
    }

    pub(super) async fn keys(&self, turn: &Turn<'_>, metadata: &Metadata) -> Result<Arc<KeySet>, SignInError> {
        self.keys.get(fetch_keys(turn, metadata)).await.map_err(keys_missing)
    }

    pub(super) async fn redeem(
        &self,
        turn: &Turn<'_>,
        metadata: &Metadata,
        code: &Redemption<'_>,
        now: Timestamp,
    ) -> Result<Tokens, SignInError> {
        // The audience that Apple asks for is its issuer.
        let issuer = self.trust.issuer().unwrap_or_default();
        let secret = self.secret.text(&self.client_id, issuer, now)?;
        let in_form = metadata.secret_in_form || matches!(*self.secret, ClientSecret::Signed(_));
        let form = code.form(in_form.then_some((&self.client_id, &secret)));
        let mut headers = HeaderMap::new();
        if !in_form {
            headers.insert(AUTHORIZATION, basic(&self.client_id, &secret)?);
        }
        post(turn, &metadata.token_endpoint, headers, form).await
    }

    /// Verifies a signature. If the key is unknown, the keys may have changed.
    async fn verify(
        &self,
        turn: &Turn<'_>,
        metadata: &Metadata,
        token: &str,
    ) -> Result<Map<String, Value>, SignInError> {
        let parse = || SignedToken::parse(token).map_err(IdTokenError::Token);
        let keys = self.keys(turn, metadata).await?;
        match parse()?.verified_by(&keys) {
            Err(TokenError::UnknownKey) => {
                let refreshed = self.keys.refreshed(&keys, fetch_keys(turn, metadata)).await;
                let keys = refreshed.ok_or(IdTokenError::Token(TokenError::UnknownKey))?.map_err(keys_missing)?;
                Ok(parse()?.verified_by(&keys).map_err(IdTokenError::Token)?)
            }
            verified => Ok(verified.map_err(IdTokenError::Token)?),
        }
    }
}

/// Asks the provider about the person of an ID token.
async fn user_info(
    turn: &Turn<'_>,
    target: &Target,
    tokens: &Tokens,
    id_token: &Map<String, Value>,
) -> Result<Map<String, Value>, SignInError> {
    let answer = turn.get(target, bearer(&tokens.access_token)?).await;
    let person = answer.and_then(object).map_err(SignInError::UserInfo)?;
    let subject = |claims: &Map<String, Value>| claims.get("sub").and_then(Value::as_str).map(str::to_owned);
    // OpenID Connect Core 1.0, 5.3.2: what is about another MUST NOT be used.
    match (subject(id_token), subject(&person)) {
        (None, _) => Err(SignInError::NoSubject),
        (expected, found) if expected == found => Ok(person),
        _ => Err(SignInError::AnotherPerson),
    }
}

/// Adds what every request for a code has.
pub(super) fn append(url: &mut Url, client_id: &str, scopes: &str, request: &AuthorizationRequest) {
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", client_id)
        .append_pair("redirect_uri", &request.redirect_uri)
        .append_pair("scope", scopes)
        .append_pair("state", &request.state.expose())
        .append_pair("code_challenge", &request.challenge)
        .append_pair("code_challenge_method", "S256");
}

impl<'r> Redemption<'r> {
    /// Returns what an answer is redeemed with.
    pub(super) fn of(response: &'r AuthorizationResponse, verifier: &'r str) -> Self {
        Self { code: &response.code, redirect_uri: &response.redirect_uri, verifier }
    }

    /// Returns the form, with the client's id and secret if they go in there.
    pub(super) fn form(&self, client: Option<(&str, &str)>) -> String {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", self.code)
            .append_pair("redirect_uri", self.redirect_uri)
            .append_pair("code_verifier", self.verifier);
        if let Some((id, secret)) = client {
            form.append_pair("client_id", id).append_pair("client_secret", secret);
        }
        form.finish()
    }
}

/// Asks a token endpoint. GitHub's answers errors with 200.
pub(super) async fn post(
    turn: &Turn<'_>,
    target: &Target,
    headers: HeaderMap,
    form: String,
) -> Result<Tokens, SignInError> {
    let answer = turn.post(target, headers, form).await.map_err(SignInError::Redeeming)?;
    if let Ok(Refusal { error }) = serde_json::from_slice(&answer.body)
        && matches!(answer.status.as_u16(), 200 | 400 | 401 | 403)
    {
        return Err(SignInError::refused(&error));
    }
    let tokens: Tokens =
        serde_json::from_slice(&body(answer).map_err(SignInError::Redeeming)?).map_err(|_| SignInError::NoToken)?;
    if tokens.token_type.eq_ignore_ascii_case("bearer") { Ok(tokens) } else { Err(SignInError::NoToken) }
}

/// The header with which a token is shown.
pub(super) fn bearer(token: &str) -> Result<HeaderMap, SignInError> {
    let mut value = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| SignInError::NoToken)?;
    value.set_sensitive(true);
    Ok(HeaderMap::from_iter([(AUTHORIZATION, value)]))
}

/// The header with which a client authenticates (RFC 6749, 2.3.1).
fn basic(client_id: &str, secret: &str) -> Result<HeaderValue, SignInError> {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let credentials = Zeroizing::new(format!("{}:{}", encoded(client_id), encoded(secret)));
    let value = format!("Basic {}", Base64::encode_string(credentials.as_bytes()));
    let mut value = HeaderValue::try_from(value).map_err(|_| SignInError::NoToken)?;
    value.set_sensitive(true);
    Ok(value)
}

async fn fetch_keys(turn: &Turn<'_>, metadata: &Metadata) -> Result<KeySet, CallError> {
    let answer = turn.get(&metadata.keys, HeaderMap::new()).await?;
    KeySet::parse(&body(answer)?).ok_or(CallError::NotJson)
}

fn keys_missing(missing: Missing<CallError>) -> SignInError {
    match missing {
        Missing::JustNow => SignInError::JustNow,
        Missing::Failed(error) => SignInError::Keys(error),
    }
}
