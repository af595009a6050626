//! A provider without a network: it lets in the people that a test names, and holds to the protocol.

use std::collections::BTreeMap;
use std::sync::Mutex;

use async_trait::async_trait;
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::lock;
use crate::ports::{AuthorizationRequest, AuthorizationResponse, IdentityProvider, ProviderError};
use crate::provider::{ClaimNames, Claims, Protocol, ProviderName, SubjectRule, Trust};

/// The tenant of every account at the fake Microsoft.
const TENANT_ID: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// A provider that sends people back with what a test says of them.
///
/// It exchanges each code once, for the verifier, the nonce and the redirect URI that the code was given for, and reads
/// claims by the [trust table](crate::provider::TRUST), as a provider with its name does.
pub struct FakeProvider {
    name: ProviderName,
    trust: Trust,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    granted: u64,
    grants: BTreeMap<String, Grant>,
    fails_with: Option<&'static str>,
}

/// What a code was given for.
struct Grant {
    challenge: String,
    nonce: String,
    redirect_uri: String,
    claims: Claims,
}

/// What a person comes back with.
#[derive(Debug, Clone)]
pub struct FakeReturn {
    /// The `state`.
    pub state: String,
    /// The `code`.
    pub code: String,
}

/// What a provider says of a person.
#[derive(Debug, Clone, Copy)]
pub struct FakePerson<'a> {
    /// Names the account at the provider.
    pub number: u32,
    /// The address, if the provider names one.
    pub email: Option<&'a str>,
    /// Whether the provider says that the address is the person's; `None` if it says nothing.
    pub is_verified: Option<bool>,
}

impl FakeProvider {
    /// Creates a provider with this name.
    ///
    /// # Panics
    /// If it is no name of a provider.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test double reports by panicking")]
    pub fn new(name: &str) -> Self {
        let name = ProviderName::parse(name).expect("a name");
        let issuer = match name.as_str() {
            "google" | "github" | "microsoft" | "apple" => None,
            other => Some(format!("https://{other}.example")),
        };
        let trust = Trust::new(&name, issuer, ClaimNames::default()).expect("a provider of the table");
        Self { name, trust, state: Mutex::default() }
    }

    /// Lets the person with these claims in, and sends them back.
    ///
    /// # Panics
    /// If the URL is not one that [`begin`](IdentityProvider::begin) returned.
    #[expect(clippy::expect_used, reason = "a test double reports by panicking")]
    pub fn let_in(&self, url: &Url, claims: Claims) -> FakeReturn {
        let parameters: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        let parameter = |name: &str| parameters.get(name).cloned().expect("a parameter of the protocol");
        let mut state = lock(&self.state);
        state.granted += 1;
        let code = format!("code-{}-{}", self.name, state.granted);
        let (challenge, nonce) = (parameter("code_challenge"), parameter("nonce"));
        let grant = Grant { challenge, nonce, redirect_uri: parameter("redirect_uri"), claims };
        state.grants.insert(code.clone(), grant);
        FakeReturn { state: parameter("state"), code }
    }

    /// Returns what the provider says of this person, as a provider with its name says it.
    #[must_use]
    pub fn claims(&self, person: FakePerson<'_>) -> Claims {
        let FakePerson { number, email, is_verified } = person;
        let row = self.trust.row();
        if row.protocol == Protocol::GitHub {
            let entry = |email| json!({"email": email, "primary": true, "verified": is_verified, "visibility": null});
            let main = object(json!({
                "id": number,
                "login": format!("octocat-{number}"),
                "name": format!("Person {number}"),
                "avatar_url": format!("https://avatars.githubusercontent.com/u/{number}?v=4"),
                "html_url": format!("https://github.com/octocat-{number}"),
            }));
            return Claims { main, user_info: None, emails: email.map(entry).into_iter().collect() };
        }
        let mut main = object(json!({
            "sub": format!("subject-{number}"),
            "name": format!("Person {number}"),
            "given_name": "Person",
            "family_name": number.to_string(),
            "picture": format!("https://pictures.example/{number}.png"),
            "locale": "de-AT",
        }));
        let mut add = |name: &str, value: Value| main.insert(name.to_owned(), value);
        let issuer = self.trust.issuer().unwrap_or_default().replace(crate::provider::TENANT, TENANT_ID);
        add("iss", issuer.into());
        if row.subject == SubjectRule::TenantAndObject {
            add("tid", TENANT_ID.into());
            add("oid", format!("00000000-0000-0000-0000-{number:012x}").into());
        }
        if let Some(email) = email {
            add("email", email.into());
        }
        if let Some(is_verified) = is_verified {
            let flag = if row.name == "microsoft" { "xms_edov" } else { "email_verified" };
            add(flag, is_verified.into());
        }
        Claims { main, ..Claims::default() }
    }

    /// Makes every exchange fail as unavailable from now on, for this reason; `None` makes it work again.
    pub fn fail_with(&self, why: Option<&'static str>) {
        lock(&self.state).fails_with = why;
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

#[async_trait]
impl IdentityProvider for FakeProvider {
    fn name(&self) -> &ProviderName {
        &self.name
    }

    async fn begin(&self, request: &AuthorizationRequest) -> Result<Url, ProviderError> {
        if let Some(why) = lock(&self.state).fails_with {
            return Err(ProviderError::unavailable(why));
        }
        let base = format!("https://{}.example/authorize", self.name);
        let mut url = Url::parse(&base).map_err(|_| ProviderError::unavailable("no URL"))?;
        url.query_pairs_mut()
            .append_pair("state", &request.state.expose())
            .append_pair("nonce", &request.nonce.expose())
            .append_pair("code_challenge", &request.challenge)
            .append_pair("code_challenge_method", "S256")
            .append_pair("redirect_uri", &request.redirect_uri);
        Ok(url)
    }

    async fn finish(
        &self,
        response: &AuthorizationResponse,
    ) -> Result<crate::provider::ProviderIdentity, ProviderError> {
        let grant = {
            let mut state = lock(&self.state);
            if let Some(why) = state.fails_with {
                return Err(ProviderError::unavailable(why));
            }
            state.grants.remove(&response.code).ok_or(ProviderError::Refused { why: "invalid_grant" })?
        };
        let challenge = Base64UrlUnpadded::encode_string(&Sha256::digest(response.verifier.expose().as_bytes()));
        if challenge != grant.challenge || response.redirect_uri != grant.redirect_uri {
            return Err(ProviderError::Refused { why: "invalid_grant" });
        }
        if *response.nonce.expose() != grant.nonce {
            return Err(ProviderError::Invalid { why: "the nonce is another one" });
        }
        let own = self.trust.issuer().unwrap_or_default();
        if response.issuer.as_ref().is_some_and(|issuer| issuer != own) {
            return Err(ProviderError::Invalid { why: "the issuer of the answer is another one" });
        }
        let read = self.trust.read(&self.name, &grant.claims);
        read.map_err(|untrusted| ProviderError::Invalid { why: untrusted.why() })
    }
}
