//! A shop on axum and PostgreSQL has accounts: it registers people, verifies their addresses and signs them in with the
//! core's use cases, and with its own routes, mailer and templates. The customer at the end checks that it works.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::{error::Error, fmt::Display, net::SocketAddr, sync::Arc, time::Duration};

use account_core::outbox::mail::{Mail, MailContent};
use account_core::password::argon2::{Argon2Settings, Argon2Workers};
use account_core::ports::{DeliveryError, Mailer};
use account_core::system::{SystemClock, SystemEntropy, Worker, master_key_file::MasterKeyFile};
use account_core::{
    AccountService, CallContext, Client, Delivery, Links, Ports, Proof, RegisterRequest, RegistrationDraft,
    RegistrationRules, Settings, Spend, VerifyRequest, input::Input, one_time_token::SecretToken,
    session::SignInRequest,
};
use account_store::{DatabaseStore, StoreOptions, testing::Engine, testing::ThrowawayDatabase};
use axum::{Json, Router, extract::ConnectInfo, extract::State, http::HeaderMap, http::StatusCode, routing};
use serde_json::{Value, json};
use tokio::sync::mpsc;

type Failure = Box<dyn Error + Send + Sync>;
type Shop = State<AccountService>;
type Answer = Result<Json<Value>, (StatusCode, String)>;

/// Fills in the shop's templates, and passes the emails on instead of sending them.
struct ShopMailer(minijinja::Environment<'static>, mpsc::UnboundedSender<String>);

#[async_trait::async_trait]
impl Mailer for ShopMailer {
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError> {
        let (template, link) = match &mail.content {
            MailContent::VerifyAddress { link, .. } => ("welcome.txt", link.expose()),
            MailContent::AlreadyRegistered { sign_in, .. } => ("known.txt", sign_in.expose()),
            _ => return Err(DeliveryError::Permanent("the shop has no template for this email".into())),
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

async fn register(shop: Shop, ConnectInfo(peer): ConnectInfo<SocketAddr>, Json(body): Json<Value>) -> Answer {
    let (email, password, rules) = (text(&body, "email"), text(&body, "password"), RegistrationRules::native("shop"));
    let draft = RegistrationDraft { email, password, ..RegistrationDraft::default() };
    let request = RegisterRequest::new(draft, &rules, Client::at(peer.ip()));
    let accepted = shop.register(request).await.map_err(refused(StatusCode::BAD_REQUEST))?;
    Ok(Json(json!({ "continuation": *accepted.continuation.expose() })))
}

async fn verify(shop: Shop, Json(body): Json<Value>) -> Answer {
    let proof = SecretToken::parse(&text::<String>(&body, "continuation")).map(Proof::continuation).unwrap_or_default();
    let request = VerifyRequest::new(Spend::Token(text(&body, "token")), proof, CallContext::by("shop"));
    let verified = shop.verify_email(request).await.map_err(refused(StatusCode::GONE))?;
    Ok(Json(json!({ "account": verified.account.id.to_string() })))
}

async fn sign_in(shop: Shop, Json(body): Json<Value>) -> Answer {
    let (email, password) = (text::<Input>(&body, "email"), text::<Input>(&body, "password"));
    let request = SignInRequest::new(email, password, CallContext::by("shop"));
    let signed_in = shop.sign_in(request).await.map_err(refused(StatusCode::UNAUTHORIZED))?;
    Ok(Json(json!({ "token": *signed_in.session.token.expose() })))
}

async fn basket(shop: Shop, headers: HeaderMap) -> Answer {
    let bearer = headers.get("Authorization").and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let stranger = || refused(StatusCode::UNAUTHORIZED)("sign in first");
    let token = bearer.and_then(SecretToken::parse).ok_or_else(stranger)?;
    let found = shop.check_session(&token).await.map_err(refused(StatusCode::SERVICE_UNAVAILABLE))?;
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
    templates.add_template("welcome.txt", "Welcome {{ to }}: {{ link }}")?;
    templates.add_template("known.txt", "You are already a customer, {{ to }}: {{ link }}")?;
    let (post_box, mut mails) = mpsc::unbounded_channel();
    let mailer = Arc::new(ShopMailer(templates, post_box));
    let delivery = Delivery::new(&service, mailer, Links::new("https://shop.example.com"));
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    let worker = Worker::new(&service, delivery).run(stop, Duration::from_secs(25));

    let signed_out = Router::new().route("/register", routing::post(register)).route("/verify", routing::post(verify));
    let routes = signed_out.route("/sign-in", routing::post(sign_in)).route("/basket", routing::get(basket));
    let routes = routes.with_state(service).into_make_service_with_connect_info::<SocketAddr>();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    tokio::select! {
        stopped = worker => println!("the worker has {stopped:?}"),
        ended = axum::serve(listener, routes).into_future() => ended?,
        outcome = customer(&address, &mut mails) => outcome?,
    }
    Ok(())
}

/// Registers, follows the emailed link, signs in, and looks into the basket.
async fn customer(shop: &str, mails: &mut mpsc::UnboundedReceiver<String>) -> Result<(), Failure> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    let post = async |path: &str, body: &Value| {
        http.post(format!("{shop}{path}")).json(body).send().await?.error_for_status()?.json::<Value>().await
    };
    let john = json!({ "email": "john@acme.com", "password": "velvet lantern gravel orchid" });
    let registered = post("/register", &john).await?;
    let early = post("/sign-in", &john).await.map_err(|error| error.status());
    assert_eq!(early.err(), Some(Some(StatusCode::UNAUTHORIZED)), "the address is not verified yet");
    let mail = mails.recv().await.unwrap_or_default();
    let token = mail.strip_prefix("Welcome john@acme.com: https://shop.example.com/l/").ok_or(&*mail)?;
    post("/verify", &json!({ "token": token, "continuation": registered.get("continuation") })).await?;
    let token: String = text(&post("/sign-in", &john).await?, "token");
    let basket = http.get(format!("{shop}/basket")).bearer_auth(token).send().await?.json::<Value>().await?;
    assert_eq!(basket, json!({ "of": "john@acme.com", "apples": 3 }));
    println!("john@acme.com has an account and a basket: {basket}");
    Ok(())
}
