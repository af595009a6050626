//! What a provider publishes about itself (OpenID Connect Discovery 1.0).

use serde::Deserialize;

use super::calls::{CallError, Calls, Turn, body};
use super::signed_token::Algorithm;
use crate::outbound::Target;

/// Where the document is, below the issuer (section 4).
const PATH: &str = "/.well-known/openid-configuration";
/// Why what a provider publishes about itself cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MetadataError {
    /// It cannot be fetched.
    #[error("cannot fetch its configuration")]
    Call(#[from] CallError),
    /// It is not such a document.
    #[error("its configuration is not a discovery document")]
    Malformed,
    /// It is about another issuer.
    #[error("its configuration is that of another issuer")]
    Issuer,
    /// An address in it must not be requested.
    #[error("its `{0}` cannot be used")]
    Endpoint(&'static str, #[source] CallError),
    /// It does not do what is needed.
    #[error("it does not support {0}")]
    Unsupported(&'static str),
}

/// A provider's own description.
#[derive(Debug)]
pub(super) struct Metadata {
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: Target,
    pub(super) keys: Target,
    pub(super) user_info: Option<Target>,
    /// Whether the client's secret goes into the form rather than into a header.
    pub(super) secret_in_form: bool,
    /// Whether answers name the issuer (RFC 9207).
    pub(super) names_issuer: bool,
    /// The scopes that it says it knows; empty if it does not say.
    pub(super) scopes: Vec<String>,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    response_types_supported: Option<Vec<String>>,
    scopes_supported: Option<Vec<String>>,
    id_token_signing_alg_values_supported: Option<Vec<String>>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    code_challenge_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    /// Fetches the document that is below an address, and checks that it is this issuer's.
    pub(super) async fn fetch(
        calls: &Calls,
        turn: &Turn<'_>,
        below: &str,
        issuer: &str,
    ) -> Result<Self, MetadataError> {
        let target = calls.target(&format!("{}{PATH}", below.trim_end_matches('/')))?;
        let answer = turn.get(&target, hyper::HeaderMap::new()).await?;
        let document: Document = serde_json::from_slice(&body(answer)?).map_err(|_| MetadataError::Malformed)?;
        document.check(issuer, calls)
    }
}

impl Document {
    fn check(self, issuer: &str, calls: &Calls) -> Result<Metadata, MetadataError> {
        // Letter for letter, `{tenantid}` too: Microsoft's documents for several tenants have it.
        if self.issuer != issuer {
            return Err(MetadataError::Issuer);
        }
        let endpoint = |name, url: &str| calls.target(url).map_err(|error| MetadataError::Endpoint(name, error));
        endpoint("authorization_endpoint", &self.authorization_endpoint)?;
        let token_endpoint = endpoint("token_endpoint", &self.token_endpoint)?;
        let keys = endpoint("jwks_uri", &self.jwks_uri)?;
        let user_info = self.userinfo_endpoint.as_deref().map(|url| endpoint("userinfo_endpoint", url)).transpose()?;
        let lacks = |list: &Option<Vec<String>>, is_wanted: fn(&str) -> bool| {
            list.as_ref().is_some_and(|listed| !listed.iter().any(|entry| is_wanted(entry)))
        };
        if lacks(&self.response_types_supported, |name| name == "code") {
            return Err(MetadataError::Unsupported("the code flow"));
        }
        // Providers that do not know PKCE ignore it. One that knows only other methods would refuse it.
        if lacks(&self.code_challenge_methods_supported, |name| name == "S256") {
            return Err(MetadataError::Unsupported("PKCE with S256"));
        }
        if lacks(&self.id_token_signing_alg_values_supported, |name| Algorithm::by_name(name).is_some()) {
            return Err(MetadataError::Unsupported("RS256, PS256, ES256 or EdDSA for signing ID tokens"));
        }
        let methods = self.token_endpoint_auth_methods_supported.unwrap_or_default();
        let knows = |method: &str| methods.iter().any(|known| known == method);
        if !methods.is_empty() && !knows("client_secret_post") && !knows("client_secret_basic") {
            return Err(MetadataError::Unsupported("client secrets"));
        }
        Ok(Metadata {
            secret_in_form: knows("client_secret_post") && !knows("client_secret_basic"),
            authorization_endpoint: self.authorization_endpoint,
            token_endpoint,
            keys,
            user_info,
            names_issuer: self.authorization_response_iss_parameter_supported,
            scopes: self.scopes_supported.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::outbound::Reach;
    use crate::outbound::client::OutboundClient;

    const ISSUER: &str = "https://id.example.com";

    fn document() -> Value {
        json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://id.example.com/authorize",
            "token_endpoint": "https://id.example.com/token",
            "jwks_uri": "https://id.example.com/keys",
            "response_types_supported": ["code", "code id_token"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "more": {"of": "this"},
        })
    }

    fn check(document: &Value, configured: &str) -> Result<Metadata, MetadataError> {
        let calls = Calls::new(OutboundClient::trusting(Vec::new()).unwrap(), Reach::Public);
        serde_json::from_value::<Document>(document.clone()).unwrap().check(configured, &calls)
    }

    #[test]
    fn the_issuer_is_compared_letter_for_letter() {
        assert!(check(&document(), ISSUER).is_ok());
        for other in
            ["https://id.example.com/", "https://ID.example.com", "https://id.example.com/a", "http://id.example.com"]
        {
            assert!(matches!(check(&document(), other), Err(MetadataError::Issuer)), "{other}");
        }
    }

    #[test]
    fn no_address_leads_into_a_private_network() {
        for name in ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"] {
            for url in ["https://169.254.169.254/", "https://[::1]/", "http://id.example.com/", "file:///etc/passwd"] {
                let mut document = document();
                document[name] = url.into();
                let refused = check(&document, ISSUER);
                assert!(matches!(refused, Err(MetadataError::Endpoint(found, _)) if found == name), "{name} {url}");
            }
        }
    }

    #[test]
    fn what_is_needed_must_be_supported_if_the_provider_says_what_is() {
        for (name, supported) in [
            ("response_types_supported", "id_token"),
            ("code_challenge_methods_supported", "plain"),
            ("id_token_signing_alg_values_supported", "HS256"),
            ("token_endpoint_auth_methods_supported", "tls_client_auth"),
        ] {
            let mut document = document();
            document[name] = json!([supported]);
            assert!(matches!(check(&document, ISSUER), Err(MetadataError::Unsupported(_))), "{name}");
        }
    }

    #[test]
    fn the_secret_is_sent_as_the_provider_wants_it() {
        let mut posting = document();
        assert!(!check(&posting, ISSUER).unwrap().secret_in_form);
        posting["token_endpoint_auth_methods_supported"] = json!(["client_secret_post"]);
        assert!(check(&posting, ISSUER).unwrap().secret_in_form);
        posting["token_endpoint_auth_methods_supported"] = json!(["client_secret_post", "client_secret_basic"]);
        assert!(!check(&posting, ISSUER).unwrap().secret_in_form);
    }
}
