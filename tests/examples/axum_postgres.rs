//! A shop on axum and PostgreSQL has accounts: it registers people, verifies their addresses and signs them in by the
//! core's use cases, with routes, a mailer and templates of its own. The customer at the end sees that it works.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::{error::Error, fmt::Display, net::SocketAddr, sync::Arc, time::Duration};

use account_core::one_time_token::SecretToken;
use account_core::outbox::mail::{Mail, MailContent};
use account_core::password::argon2::{Argon2Settings, Argon2Workers};
use account_core::password::policy::PasswordPolicy;
use account_core::ports::{DeliveryError, Mailer};
use account_core::session::SignInRequest;
use account_core::system::{SystemClock, SystemEntropy, Worker, master_key_file::MasterKeyFile};
use account_core::{
    AccountService, CallContext, Client, Delivery, Links, Ports, Proof, RegisterRequest, RegistrationDraft,
    RegistrationRules, Settings, Spend, VerifyRequest,
};
use account_store::testing::{Engine, ThrowawayDatabase};
use account_store::{DatabaseStore, StoreOptions};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::{Json, Router, routing};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

type Failure = Box<dyn Error + Send + Sync>;
type Answer = Result<Json<Value>, (StatusCode, String)>;

/// The shop's mailer fills in the shop's templates, and hands on what another one would send.
struct ShopMailer(minijinja::Environment<'static>, mpsc::UnboundedSender<String>);

#[async_trait::async_trait]
impl Mailer for ShopMailer {
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError> {
        let (template, link) = match &mail.content {
            MailContent::VerifyAddress { link, .. } => ("welcome.txt", link.expose()),
            MailContent::AlreadyRegistered { sign_in, .. } => ("known.txt", sign_in.expose()),
            _ => return Err(DeliveryError::Permanent("the shop has no template for this mail".into())),
        };
        let context = minijinja::context! { to => mail.to.as_str(), link };
        let text = self.0.get_template(template).and_then(|template| template.render(context));
        let text = text.map_err(|error| DeliveryError::Permanent(Box::new(error)))?;
        self.1.send(text).map_err(|error| DeliveryError::Transient(Box::new(error)))
    }
}

fn refused<E: Display>(status: StatusCode) -> impl Fn(E) -> (StatusCode, String) {
    move |error| (status, error.to_string())
}

fn text<T: for<'a> From<&'a str>>(body: &Value, member: &str) -> T {
    body.get(member).and_then(Value::as_str).unwrap_or_default().into()
}

async fn register(
    State(service): State<AccountService>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Json(body): Json<Value>,
) -> Answer {
    let rules = RegistrationRules::native("shop");
    let (email, password) = (text(&body, "email"), text(&body, "password"));
    let draft = RegistrationDraft { email, password, ..RegistrationDraft::default() };
    let request =
        RegisterRequest { draft, rules: &rules, context: Client::at(peer.ip()).into(), idempotency_key: None };
    let accepted = service.register(request).await.map_err(refused(StatusCode::BAD_REQUEST))?;
    Ok(Json(json!({ "continuation": *accepted.continuation.expose() })))
}

async fn verify(State(service): State<AccountService>, Json(body): Json<Value>) -> Answer {
    let continuations = SecretToken::parse(&text::<String>(&body, "continuation")).into_iter().collect();
    let proof = Proof { continuations, ..Proof::default() };
    let (spend, context) = (Spend::Token(text(&body, "token")), CallContext::by("shop"));
    let request = VerifyRequest { spend, proof, password_policy: PasswordPolicy::DEFAULT, context };
    let verified = service.verify_email(request).await.map_err(refused(StatusCode::GONE))?;
    Ok(Json(json!({ "account": verified.account.id.to_string() })))
}

async fn sign_in(State(service): State<AccountService>, Json(body): Json<Value>) -> Answer {
    let (identifier, password, context) =
        (text::<String>(&body, "email"), text(&body, "password"), CallContext::by("shop"));
    let request = SignInRequest {
        identifier: identifier.into(),
        password,
        continuations: Vec::new(),
        devices: Vec::new(),
        lifetime: None,
        context,
    };
    let signed_in = service.sign_in(request).await.map_err(refused(StatusCode::UNAUTHORIZED))?;
    Ok(Json(json!({ "token": *signed_in.session.token.expose() })))
}

async fn basket(State(service): State<AccountService>, headers: HeaderMap) -> Answer {
    let bearer = headers.get("Authorization").and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let stranger = || refused(StatusCode::UNAUTHORIZED)("sign in first");
    let token = bearer.and_then(SecretToken::parse).ok_or_else(stranger)?;
    let found = service.check_session(&token).await.map_err(refused(StatusCode::SERVICE_UNAVAILABLE))?;
    Ok(Json(json!({ "of": found.ok_or_else(stranger)?.account.address.as_str(), "apples": 3 })))
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let (database, directory) = (ThrowawayDatabase::new(Engine::Postgres).await, tempfile::tempdir()?);
    let options = StoreOptions { schema: Some("accounts".parse()?), ..StoreOptions::new(database.url()) };
    let store = DatabaseStore::connect(&options).await?;
    store.migrate().await?;
    let key_file = MasterKeyFile::MadeWhenMissing(directory.path().join("master.key"));
    let master_keys = key_file.load(&SystemEntropy::new())?.keys;
    let settings = Settings { master_keys: master_keys.clone(), ..Settings::new(master_keys.current) };
    let hasher = Arc::new(Argon2Workers::start(Argon2Settings::default())?);
    let ports = Ports::new(Arc::new(store), hasher, Arc::new(SystemClock), Arc::new(SystemEntropy::new()));
    let service = AccountService::new(ports, settings);

    let mut templates = minijinja::Environment::new();
    templates.add_template("welcome.txt", "Hello {{ to }}, the shop is yours: {{ link }}")?;
    templates.add_template("known.txt", "Hello {{ to }}, you are a customer already: {{ link }}")?;
    let ((post_box, mut mails), (stop, stop_asked)) = (mpsc::unbounded_channel(), oneshot::channel::<()>());
    let mailer = Arc::new(ShopMailer(templates, post_box));
    let delivery = Delivery::new(&service, mailer, Links::new("https://shop.example.com"));
    let shutdown = async { drop(stop_asked.await) };
    let worker = Worker::new(&service, delivery).run(shutdown, Duration::from_secs(25));
    let worker = tokio::spawn(worker);

    let routes = Router::new()
        .route("/register", routing::post(register))
        .route("/verify", routing::post(verify))
        .route("/sign-in", routing::post(sign_in))
        .route("/basket", routing::get(basket))
        .with_state(service);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    let server = axum::serve(listener, routes.into_make_service_with_connect_info::<SocketAddr>());
    tokio::select! {
        ended = server.into_future() => ended?,
        outcome = customer(&address, &mut mails) => outcome?,
    }
    drop(stop);
    println!("the worker has {:?}", worker.await?);
    Ok(())
}

/// Registers, follows the mailed link, signs in, and looks into the basket.
async fn customer(shop: &str, mails: &mut mpsc::UnboundedReceiver<String>) -> Result<(), Failure> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    let post = async |path: &str, body: &Value| -> Result<(u16, Value), Failure> {
        let request = http.post(format!("{shop}{path}")).header("Content-Type", "application/json");
        let answer = request.body(body.to_string()).send().await?;
        Ok((answer.status().as_u16(), serde_json::from_str(&answer.text().await?).unwrap_or_default()))
    };
    let john = json!({ "email": "john@acme.com", "password": "correct horse battery staple" });
    assert_eq!(post("/register", &json!({ "email": "nobody", "password": "short" })).await?.0, 400);
    let (status, registered) = post("/register", &john).await?;
    assert_eq!(status, 200);
    assert_eq!(post("/sign-in", &john).await?.0, 401, "the address is not proven yet");
    let mail = mails.recv().await.unwrap_or_default();
    assert!(mail.starts_with("Hello john@acme.com, the shop is yours: https://shop.example.com/l/"), "{mail}");
    let token = mail.rsplit('/').next();
    let proof = json!({ "token": token, "continuation": registered.get("continuation") });
    assert_eq!(post("/verify", &proof).await?.0, 200);
    let (status, session) = post("/sign-in", &john).await?;
    assert_eq!(status, 200);
    let basket = http.get(format!("{shop}/basket")).bearer_auth(text::<String>(&session, "token")).send().await?;
    let basket: Value = serde_json::from_str(&basket.text().await?)?;
    assert_eq!(basket, json!({ "of": "john@acme.com", "apples": 3 }));
    println!("john@acme.com has an account and a basket: {basket}");
    Ok(())
}
