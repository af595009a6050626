//! Signing in at GitHub, which has OAuth 2.0 and an API of its own in place of ID tokens.

use std::sync::Arc;

use account_core::ports::{AuthorizationRequest, AuthorizationResponse, Clock};
use account_core::provider::Claims;
use hyper::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use tokio::time::timeout_at;
use url::Url;

use super::calls::{CallError, Calls, Turn, body};
use super::client_secret::ClientSecret;
use super::failure::SignInError;
use super::openid::{Redemption, Tokens, append, bearer, post};

/// GitHub itself. Its API has a host of its own; that of a GitHub Enterprise Server has a path.
const GITHUB: &str = "https://github.com";
const GITHUB_API: &str = "https://api.github.com";
const VERSION: HeaderName = HeaderName::from_static("x-github-api-version");

/// An OAuth app at GitHub, or at a GitHub Enterprise Server.
pub(super) struct GitHub {
    /// `https://github.com`, or the server.
    pub(super) base: String,
    pub(super) client_id: String,
    pub(super) secret: Arc<ClientSecret>,
    pub(super) scopes: String,
    pub(super) calls: Calls,
    pub(super) clock: Arc<dyn Clock>,
}

impl GitHub {
    /// Returns where to send somebody.
    pub(super) fn authorization_url(&self, request: &AuthorizationRequest) -> Result<Url, SignInError> {
        let url = format!("{}/login/oauth/authorize", self.base);
        self.calls.target(&url).map_err(SignInError::Redeeming)?;
        let mut url = Url::parse(&url).map_err(|_| SignInError::NoToken)?;
        append(&mut url, &self.client_id, &self.scopes, request);
        Ok(url)
    }

    /// Redeems a code, and returns what GitHub knows.
    pub(super) async fn claims(&self, response: &AuthorizationResponse) -> Result<Claims, SignInError> {
        // GitHub names itself since 2026 (RFC 9207), and Enterprise Servers of before do not. Another name means that the
        // code was meant for another provider.
        if response.issuer.as_ref().is_some_and(|issuer| *issuer != format!("{}/login/oauth", self.base)) {
            return Err(SignInError::AnotherIssuer);
        }
        let turn = self.calls.turn().await.map_err(SignInError::Redeeming)?;
        timeout_at(turn.deadline, self.claims_within(&turn, response)).await.map_err(|_| SignInError::Overdue)?
    }

    async fn claims_within(&self, turn: &Turn<'_>, response: &AuthorizationResponse) -> Result<Claims, SignInError> {
        let verifier = response.verifier.expose();
        let tokens = self.redeem(turn, &Redemption::of(response, &verifier)).await?;
        let headers = api_headers(bearer(&tokens.access_token)?);
        let main = self.ask(turn, "/user", headers.clone()).await?;
        let emails = self.ask(turn, "/user/emails?per_page=100", headers).await?;
        Ok(Claims { main, user_info: None, emails })
    }

    pub(super) async fn redeem(&self, turn: &Turn<'_>, code: &Redemption<'_>) -> Result<Tokens, SignInError> {
        let secret = self.secret.text(&self.client_id, &self.base, self.clock.now())?;
        let endpoint = self.calls.target(&format!("{}/login/oauth/access_token", self.base));
        let endpoint = endpoint.map_err(SignInError::Redeeming)?;
        post(turn, &endpoint, HeaderMap::new(), code.form(Some((&self.client_id, &secret)))).await
    }

    /// Where the API is.
    pub(super) fn api(&self) -> String {
        if self.base == GITHUB { GITHUB_API.to_owned() } else { format!("{}/api/v3", self.base) }
    }

    async fn ask<T: for<'d> Deserialize<'d>>(
        &self,
        turn: &Turn<'_>,
        path: &str,
        headers: HeaderMap,
    ) -> Result<T, SignInError> {
        let api = self.api();
        let asked = async {
            let answer = turn.get(&self.calls.target(&format!("{api}{path}"))?, headers).await?;
            serde_json::from_slice(&body(answer)?).map_err(|_| CallError::NotJson)
        };
        asked.await.map_err(SignInError::UserInfo)
    }
}

fn api_headers(mut headers: HeaderMap) -> HeaderMap {
    headers.insert(ACCEPT, HeaderValue::from_static("application/vnd.github+json"));
    headers.insert(VERSION, HeaderValue::from_static("2022-11-28"));
    headers
}
