//! A provider on this machine, which behaves as it is told to: an OpenID provider, and at the same time GitHub's API in
//! the form that a GitHub Enterprise Server has it.

mod fault;
mod json;
mod signing;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use account_core::ports::Clock;
use account_core::provider::{ClaimNames, ProviderName};
use account_http::outbound::Reach;
use account_http::outbound::client::OutboundClient;
use account_http::outbound::providers::{ClientSecret, Provider, ProviderClientSettings};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::wire;
pub use fault::Fault;
use json::{member, with};
use signing::Signer;

/// The client that the provider knows.
pub const CLIENT_ID: &str = "this-service";
const SECRET: &str = "client-secret";
/// What tokens of access are, and what authorizes with them.
const ACCESS: &str = "access-token-of-the-provider";

/// A provider. It ends with this.
pub struct StandIn {
    port: u16,
    state: Arc<Mutex<State>>,
    _server: JoinSet<()>,
}

/// What it knows and does.
struct State {
    port: u16,
    clock: Arc<dyn Clock>,
    signer: Signer,
    /// Nobody has published its key.
    stranger: Signer,
    /// Who signs in there next: the claims of the ID token.
    person: Value,
    /// What it says besides, if it has a user info endpoint.
    user_info: Option<Value>,
    fault: Fault,
    /// Codes that were not redeemed yet.
    codes: BTreeMap<String, Request>,
    issued: u32,
    /// The paths that were asked for.
    asked: Vec<String>,
}

/// A request for a code.
struct Request {
    nonce: String,
    challenge: String,
    redirect_uri: String,
}

/// An answer: status, further head lines, body.
type Answered = (u16, String, String);

impl StandIn {
    /// Starts one whose clock is that.
    pub async fn start(clock: Arc<dyn Clock>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let state = Arc::new(Mutex::new(State {
            port,
            clock,
            signer: Signer::new("key-1"),
            stranger: Signer::new("key-1"),
            person: json!({}),
            user_info: None,
            fault: Fault::None,
            codes: BTreeMap::new(),
            issued: 0,
            asked: Vec::new(),
        }));
        let (shared, mut server) = (Arc::clone(&state), JoinSet::new());
        server.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((connection, _)) = listener.accept().await {
                connections.spawn(serve(connection, Arc::clone(&shared)));
            }
        });
        Self { port, state, _server: server }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The issuer; for GitHub, the address of the server.
    #[must_use]
    pub fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Settings of the service for a provider of that name which is this one.
    #[must_use]
    pub fn settings(&self, name: &str) -> ProviderClientSettings {
        ProviderClientSettings {
            name: ProviderName::parse(name).expect("a name"),
            issuer: Some(self.issuer()),
            client_id: CLIENT_ID.to_owned(),
            secret: Arc::new(ClientSecret::Shared(SECRET.to_owned().into())),
            scopes: Vec::new(),
            claims: ClaimNames::default(),
            form_post: false,
            reach: Reach::Private,
        }
    }

    /// The client of a provider of that name which is this one.
    #[must_use]
    pub fn client(&self, name: &str) -> Provider {
        let clock = Arc::clone(&self.state().clock);
        let client = OutboundClient::trusting(Vec::new()).expect("a client");
        self.settings(name).connect(client, clock).expect("a provider")
    }

    /// Has that person sign in next. What the ID token must have besides is added.
    pub fn person(&self, claims: Value) {
        self.state().person = claims;
    }

    /// Has the provider answer that at its user info endpoint.
    pub fn user_info(&self, claims: Value) {
        self.state().user_info = Some(claims);
    }

    /// Has the provider misbehave.
    pub fn misbehave(&self, fault: Fault) {
        self.state().fault = fault;
    }

    /// Replaces the key with which tokens are signed.
    pub fn rotate_keys(&self) {
        self.state().signer = Signer::new("key-2");
    }

    /// How often a path was asked for.
    #[must_use]
    pub fn count(&self, path: &str) -> usize {
        self.state().asked.iter().filter(|asked| asked.split('?').next() == Some(path)).count()
    }

    /// Signs the person in who was sent to that address, and returns the query with which the browser comes back.
    #[must_use]
    pub fn sign_in(&self, authorization_url: &str) -> String {
        let (_, query) = authorization_url.split_once('?').expect("a query");
        self.state().authorize(query)
    }
}

/// Serves one request.
async fn serve(mut connection: TcpStream, state: Arc<Mutex<State>>) {
    let mut bytes = Vec::new();
    let (head, body) = loop {
        if let Some((head, body)) = wire::split(&bytes) {
            let length = wire::headers(&head).get("content-length").map_or(0, |length| length.parse().unwrap_or(0));
            if body.len() >= length {
                break (head, String::from_utf8_lossy(body).into_owned());
            }
        }
        match connection.read_buf(&mut bytes).await {
            Ok(count) if count > 0 => {}
            _ => return,
        }
    };
    let (answered, is_slow) = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        state.asked.push(path.clone());
        (state.answer(&path, &head, &body), state.fault == Fault::Slow(endpoint(&path)))
    };
    if is_slow {
        std::future::pending::<()>().await;
    }
    let (status, head, body) = answered;
    let text = format!(
        "HTTP/1.1 {status} So\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{head}Connection: close\r\n\r\n{body}",
        body.len()
    );
    let _ = connection.write_all(text.as_bytes()).await;
    let _ = connection.shutdown().await;
}

/// The path without its query, as faults name it.
fn endpoint(path: &str) -> &'static str {
    let path = path.split('?').next().unwrap_or_default();
    let known = ["/.well-known/openid-configuration", "/keys", "/token", "/me", "/user", "/emails"];
    known.into_iter().find(|known| path.ends_with(known)).unwrap_or("/other")
}

impl State {
    fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn answer(&mut self, path: &str, head: &str, body: &str) -> Answered {
        let json = |value: &Value| (200, String::new(), value.to_string());
        let here = endpoint(path);
        match self.fault {
            Fault::Status(at, status) if at == here => return (status, String::new(), "{}".to_owned()),
            Fault::Huge(at) if at == here => {
                return (200, String::new(), format!("{{\"a\":\"{}\"}}", "a".repeat(1_000_000)));
            }
            Fault::Redirect(at) if at == here => {
                return (307, format!("Location: {}/elsewhere\r\n", self.issuer()), String::new());
            }
            _ => {}
        }
        let is_authorized =
            || wire::headers(head).get("authorization").is_some_and(|it| it == &format!("Bearer {ACCESS}"));
        match path.split('?').next().unwrap_or_default() {
            "/.well-known/openid-configuration" => json(&self.discovery()),
            "/keys" => json(&json!({ "keys": [self.signer.published()] })),
            "/authorize" | "/login/oauth/authorize" => {
                let query = path.split_once('?').map_or("", |(_, query)| query);
                let back = form(query).remove("redirect_uri").unwrap_or_default();
                (303, format!("Location: {back}?{}\r\n", self.authorize(query)), String::new())
            }
            "/token" | "/login/oauth/access_token" => self.token(body),
            "/me" if is_authorized() => {
                let about = self.user_info.clone().unwrap_or_default();
                json(&self.fault.in_user_info(about))
            }
            "/api/v3/user" if is_authorized() => json(&member(&self.person, "user")),
            "/api/v3/user/emails" if is_authorized() => json(&member(&self.person, "emails")),
            _ => (404, String::new(), "{}".to_owned()),
        }
    }

    fn discovery(&self) -> Value {
        let issuer = self.issuer();
        let mut document = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "authorization_response_iss_parameter_supported": true,
        });
        if self.user_info.is_some() {
            document = with(document, "userinfo_endpoint", format!("{issuer}/me").into());
        }
        self.fault.in_discovery(document)
    }

    /// Keeps a request, and returns the query of the answer.
    fn authorize(&mut self, query: &str) -> String {
        let mut asked = form(query);
        let mut take = |name: &str| asked.remove(name).unwrap_or_default();
        self.issued += 1;
        let (code, state) = (format!("code-{}", self.issued), take("state"));
        let request =
            Request { nonce: take("nonce"), challenge: take("code_challenge"), redirect_uri: take("redirect_uri") };
        self.codes.insert(code.clone(), request);
        // GitHub asks for no nonce.
        let is_openid = self.codes.get(&code).is_some_and(|request| !request.nonce.is_empty());
        let issuer = if is_openid { self.issuer() } else { format!("{}/login/oauth", self.issuer()) };
        let issuer = self.fault.in_answer(&issuer);
        let iss = issuer.map_or_else(String::new, |issuer| format!("&iss={}", encoded(&issuer)));
        format!("code={code}&state={state}{iss}")
    }

    /// Redeems a code, once, with the right verifier and address.
    fn token(&mut self, body: &str) -> Answered {
        let refused = || (400, String::new(), json!({"error": "invalid_grant"}).to_string());
        let form = form(body);
        let text = |name: &str| form.get(name).map_or("", String::as_str);
        let Some(request) = self.codes.remove(text("code")) else { return refused() };
        let challenge = signing::challenge(text("code_verifier"));
        if challenge != request.challenge || text("redirect_uri") != request.redirect_uri {
            return refused();
        }
        let mut tokens = json!({"access_token": ACCESS, "token_type": "Bearer", "expires_in": 3600});
        if !request.nonce.is_empty() && self.fault != Fault::NoIdToken {
            tokens = with(tokens, "id_token", self.id_token(&request.nonce).into());
        }
        (200, String::new(), tokens.to_string())
    }

    fn id_token(&self, nonce: &str) -> String {
        let now = self.clock.now().unix_micros().div_euclid(1_000_000);
        let mut claims = json!({
            "iss": self.issuer(), "aud": CLIENT_ID, "sub": "1", "nonce": nonce, "iat": now, "exp": now + 300,
        });
        if let (Some(claims), Some(person)) = (claims.as_object_mut(), self.person.as_object()) {
            claims.extend(person.clone());
        }
        let claims = self.fault.in_claims(claims, now);
        self.fault.sign(&claims, &self.signer, &self.stranger)
    }
}

/// Reads a form or a query.
fn form(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits: String = rest.by_ref().take(2).map(char::from).collect();
                u8::from_str_radix(&digits, 16).unwrap_or(b'?')
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(encode).collect()
}
