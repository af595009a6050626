//! What can be found out about a provider before anybody signs in with it.

use std::fmt;

use account_core::error_chain::chain;
use account_core::one_time_token::SecretToken;
use account_core::ports::{AuthorizationRequest, Entropy};
use account_core::timestamp::Timestamp;
use base64ct::{Base64UrlUnpadded, Encoding};
use hyper::header::{DATE, HeaderMap};
use sha2::{Digest, Sha256};
use url::Url;

use super::calls::{CallError, Turn};
use super::failure::SignInError;
use super::github::GitHub;
use super::openid::{OpenId, Redemption};
use super::{Kind, Provider};
use crate::outbound::Target;

/// How far the clocks may differ, in seconds.
const MAX_DIFFERENCE: u64 = 30;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckVerdict {
    /// As it should be.
    Ok,
    /// It works, but not well, or it could not be found out.
    Warning,
    /// People cannot sign in.
    Failed,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckFinding {
    /// How it is.
    pub verdict: CheckVerdict,
    /// What was checked.
    pub what: &'static str,
    /// What was found, in words.
    pub why: String,
}

impl fmt::Display for CheckVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
        })
    }
}

fn ok(what: &'static str, why: impl Into<String>) -> CheckFinding {
    CheckFinding { verdict: CheckVerdict::Ok, what, why: why.into() }
}

fn warning(what: &'static str, why: impl Into<String>) -> CheckFinding {
    CheckFinding { verdict: CheckVerdict::Warning, what, why: why.into() }
}

fn failed(what: &'static str, why: impl Into<String>) -> CheckFinding {
    CheckFinding { verdict: CheckVerdict::Failed, what, why: why.into() }
}

impl Provider {
    /// Checks configuration, keys, scopes, clock, redirect URI and secret, with a code that the provider never made.
    ///
    /// What the provider's page says to people about a redirect URI that it does not know cannot be seen from here.
    pub async fn check(&self, redirect_uri: &str, now: Timestamp, entropy: &dyn Entropy) -> Vec<CheckFinding> {
        let [state, nonce, verifier] = [(); 3].map(|()| SecretToken::generate(entropy));
        let verifier = verifier.expose();
        let request = AuthorizationRequest {
            state,
            nonce,
            challenge: Base64UrlUnpadded::encode_string(&Sha256::digest(verifier.as_bytes())),
            redirect_uri: redirect_uri.to_owned(),
            language: None,
            asks_again: false,
        };
        let code = Redemption { code: "check", redirect_uri, verifier: &verifier };
        match &self.kind {
            Kind::OpenId(client) => client.check(&request, &code, now).await,
            Kind::GitHub(client) => client.check(&request, &code, now).await,
        }
    }
}

impl OpenId {
    async fn check(&self, request: &AuthorizationRequest, code: &Redemption<'_>, now: Timestamp) -> Vec<CheckFinding> {
        let turn = self.calls.uncounted_turn();
        let metadata = match self.metadata(&turn).await {
            Ok(metadata) => metadata,
            Err(error) => return vec![failed("discovery", chain(&error))],
        };
        let issuer = self.trust.issuer().unwrap_or_default();
        let mut findings = vec![ok("discovery", format!("the issuer is {issuer}"))];
        findings.push(match self.keys(&turn, &metadata).await {
            Ok(keys) if keys.len() == 0 => failed("keys", "none that ID tokens can be signed with"),
            Ok(keys) => ok("keys", format!("{} for signing", keys.len())),
            Err(error) => failed("keys", chain(&error)),
        });
        let unknown: Vec<_> =
            self.scopes.split(' ').filter(|scope| !metadata.scopes.iter().any(|s| s == scope)).collect();
        findings.push(if metadata.scopes.is_empty() || unknown.is_empty() {
            ok("scopes", self.scopes.clone())
        } else {
            warning("scopes", format!("the provider does not list `{}`", unknown.join(" ")))
        });
        findings.push(clock(&turn, &metadata.keys, now).await);
        findings.push(match self.authorization_url(request).await {
            Ok(url) => redirect_uri(&turn, &url, &request.redirect_uri).await,
            Err(error) => failed("redirect URI", chain(&error)),
        });
        findings.push(secret(self.redeem(&turn, &metadata, code, now).await.map(drop)));
        findings
    }
}

impl GitHub {
    async fn check(&self, request: &AuthorizationRequest, code: &Redemption<'_>, now: Timestamp) -> Vec<CheckFinding> {
        let turn = self.calls.uncounted_turn();
        let mut findings = vec![ok("scopes", self.scopes.clone())];
        findings.push(match self.calls.target(&self.api()) {
            Ok(target) => clock(&turn, &target, now).await,
            Err(error) => failed("clock", chain(&error)),
        });
        findings.push(match self.authorization_url(request) {
            Ok(url) => redirect_uri(&turn, &url, &request.redirect_uri).await,
            Err(error) => failed("redirect URI", chain(&error)),
        });
        findings.push(secret(self.redeem(&turn, code).await.map(drop)));
        findings
    }
}

/// Compares the clocks: tokens that seem to come from another time are refused.
async fn clock(turn: &Turn<'_>, target: &Target, now: Timestamp) -> CheckFinding {
    let answer = match turn.get(target, HeaderMap::new()).await {
        Ok(answer) => answer,
        Err(error) => return failed("clock", chain(&error)),
    };
    let date = answer.headers.get(DATE).and_then(|date| date.to_str().ok()).and_then(Timestamp::parse_http_date);
    let Some(date) = date else { return warning("clock", "the provider does not say what time it is") };
    let seconds = now.since(date).max(date.since(now)).as_secs();
    if seconds <= MAX_DIFFERENCE {
        ok("clock", format!("{seconds} s apart"))
    } else {
        failed("clock", format!("{seconds} s apart: set this machine's clock, or ID tokens are refused"))
    }
}

/// Opens the page to which people are sent, as far as it can be seen without a browser.
async fn redirect_uri(turn: &Turn<'_>, url: &Url, redirect_uri: &str) -> CheckFinding {
    let what = "redirect URI";
    let asked = async { turn.get(&turn.target(url.as_str())?, HeaderMap::new()).await };
    match asked.await {
        Ok(answer) if answer.status.is_client_error() => {
            let status = answer.status.as_u16();
            let why =
                format!("the provider refuses the client or {redirect_uri} with status {status}: register both there");
            failed(what, why)
        }
        // Pages can be longer than what is read.
        Ok(_) | Err(CallError::Incomplete) => {
            ok(what, format!("{redirect_uri}: the provider does not refuse it at once; its page may still do so"))
        }
        Err(error) => failed(what, chain(&error)),
    }
}

/// Judges the secret by how a code that does not exist is refused.
fn secret(redeemed: Result<(), SignInError>) -> CheckFinding {
    let what = "client secret";
    match redeemed {
        Err(SignInError::Refused("invalid_grant" | "bad_verification_code")) => ok(what, "the provider knows it"),
        Err(SignInError::Refused(
            why @ ("invalid_client" | "unauthorized_client" | "incorrect_client_credentials"),
        )) => failed(what, format!("the provider refuses the client or its secret: {why}")),
        Ok(()) => failed(what, "the provider accepts a code that it has not made"),
        Err(error) => warning(what, format!("could not be found out: {}", chain(&error))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_does_not_exist_tells_whether_the_secret_is_right() {
        for (refusal, verdict) in [
            ("invalid_grant", CheckVerdict::Ok),
            ("bad_verification_code", CheckVerdict::Ok),
            ("invalid_client", CheckVerdict::Failed),
            ("incorrect_client_credentials", CheckVerdict::Failed),
            ("invalid_request", CheckVerdict::Warning),
            ("anything else", CheckVerdict::Warning),
        ] {
            assert_eq!(secret(Err(SignInError::refused(refusal))).verdict, verdict, "{refusal}");
        }
        assert_eq!(secret(Ok(())).verdict, CheckVerdict::Failed);
    }
}
