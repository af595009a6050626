//! The whole HTTP side in this process.

use std::sync::Arc;

use account_core::one_time_token::master_key::MasterKey;
use account_core::outbox::mail::{Mail, MailContent};
use account_core::password::argon2::{Argon2Settings, Argon2Workers};
use account_core::provider::{ProviderName, ProviderSettings, TrustRow};
use account_core::reference_data::PublishedLists;
use account_core::testing::{FakeClock, MemoryStore, RecordingMailer, SeededEntropy};
use account_core::{AccountService, Delivery, Links, Ports, Settings};
use account_http::outbound::providers::Provider;
use account_http::provider_redirect_uri;
use account_http::settings::{HttpSettings, channels};
use account_mail::ReportReader;
use poem::endpoint::BoxEndpoint;
use poem::http::{HeaderMap, Method, StatusCode, Uri};
use poem::{Body, EndpointExt, Request, Response};
use serde_json::Value;

use crate::documented::{self, Answered};
use crate::provider::StandIn;

/// Where links of the tests lead.
pub const PUBLIC_URL: &str = "https://accounts.example.com";

/// The whole HTTP side over doubles, and the doubles.
pub struct TestApp {
    endpoint: BoxEndpoint<'static, Response>,
    /// The use cases.
    pub service: AccountService,
    /// Everything written.
    pub store: Arc<MemoryStore>,
    /// The time.
    pub clock: Arc<FakeClock>,
    /// Everything emailed.
    pub mailer: Arc<RecordingMailer>,
    pub(crate) entropy: Arc<SeededEntropy>,
    pub(crate) workers: Arc<Argon2Workers>,
    delivery: Delivery,
    switched_off: Vec<&'static str>,
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: String,
}

impl Answer {
    /// The body as JSON; null when it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// A text of the JSON body, by JSON pointer; empty when there is none.
    #[must_use]
    pub fn text(&self, pointer: &str) -> String {
        self.json().pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// The status, and the code of the problem document; the code is empty when it is none.
    #[must_use]
    pub fn code(&self) -> (u16, String) {
        (self.status.as_u16(), self.text("/code"))
    }

    /// A header's text; empty when there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl TestApp {
    /// The HTTP side with default settings.
    #[must_use]
    pub fn new() -> Self {
        Self::with(|_, _| ())
    }

    /// The HTTP side with settings changed.
    #[must_use]
    pub fn with(change: impl FnOnce(&mut Settings, &mut HttpSettings)) -> Self {
        Self::with_hashing(Self::cheap_hashing(), change)
    }

    /// The HTTP side with providers that are one stand-in, under these names, and settings changed.
    pub async fn with_providers(
        names: &[&str],
        change: impl FnOnce(&mut Settings, &mut HttpSettings),
    ) -> (Self, StandIn) {
        let clock = Arc::new(FakeClock::default());
        let stand_in = StandIn::start(Arc::clone(&clock) as _).await;
        let clients = names.iter().map(|name| stand_in.client(name)).collect();
        let settings = |settings: &mut Settings, http: &mut HttpSettings| {
            for name in names {
                let name = ProviderName::parse(name).expect("a name");
                let provider = ProviderSettings {
                    title: TrustRow::of(name.as_str()).title.to_owned(),
                    redirect_uri: provider_redirect_uri(&http.public_url, &name),
                    trusts_verified_email: false,
                };
                settings.providers.insert(name, provider);
            }
            change(settings, http);
        };
        (Self::build(Self::cheap_hashing(), clock, clients, settings), stand_in)
    }

    fn cheap_hashing() -> Argon2Settings {
        Argon2Settings { memory_kib: 64, iterations: 1, workers: 2, queue: 256, ..Argon2Settings::default() }
    }

    /// The HTTP side with settings of hashing, and others changed.
    #[must_use]
    pub fn with_hashing(hashing: Argon2Settings, change: impl FnOnce(&mut Settings, &mut HttpSettings)) -> Self {
        Self::build(hashing, Arc::new(FakeClock::default()), Vec::new(), change)
    }

    fn build(
        hashing: Argon2Settings,
        clock: Arc<FakeClock>,
        providers: Vec<Provider>,
        change: impl FnOnce(&mut Settings, &mut HttpSettings),
    ) -> Self {
        let entropy = Arc::new(SeededEntropy::new(7));
        let master_key = MasterKey::generate(&*entropy);
        let store = Arc::new(MemoryStore::default());
        let mailer = Arc::new(RecordingMailer::default());
        let workers = Arc::new(Argon2Workers::start(hashing).expect("workers"));
        let mut settings = Settings::new(master_key.clone());
        let mut http = HttpSettings::new(PUBLIC_URL.parse().expect("a URL"));
        change(&mut settings, &mut http);
        settings.channels = channels(&http.dialects);
        let mut ports = Ports::new(
            Arc::clone(&store),
            Arc::clone(&workers) as _,
            Arc::clone(&clock) as _,
            Arc::clone(&entropy) as _,
        );
        ports.reference_data = Arc::new(PublishedLists);
        ports.delivery_reports = Arc::new(ReportReader);
        ports.identity_providers = providers.into_iter().map(|provider| Arc::new(provider) as _).collect();
        let service = AccountService::new(ports, settings);
        let links = match &http.link_url {
            Some(link_url) => Links::new(PUBLIC_URL).with_short_url(link_url.as_str()),
            None => Links::new(PUBLIC_URL),
        };
        let delivery = Delivery::new(&service, Arc::clone(&mailer) as _, links);
        let app = account_http::app(&service, Arc::clone(&store) as _, &master_key, &http);
        let endpoint = app.map_to_response().boxed();
        let is_off = |name: &&str| !http.dialect(name).is_some_and(|dialect| dialect.is_enabled);
        let switched_off = account_http::dialects().map(|dialect| dialect.name).filter(is_off).collect();
        Self { endpoint, service, store, clock, mailer, entropy, workers, delivery, switched_off }
    }

    /// Sends a request. It comes from nowhere: limits per client network are for tests of the real service.
    ///
    /// An answer that the OpenAPI documents do not list fails the test.
    pub async fn send(&self, request: Request) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = poem::Endpoint::get_response(&self.endpoint, request).await;
        let (parts, body) = response.into_parts();
        let body = body.into_vec().await.expect("a body");
        let answer =
            Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() };
        let (status, content_type, body) = (answer.status, answer.header("content-type"), answer.body.as_str());
        documented::check(&method, &path, &Answered { status, content_type, body }, &self.switched_off);
        answer
    }

    /// Sends a request with a method, headers and a body.
    pub async fn call(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let uri: Uri = path.parse().expect("a path");
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(body)).await
    }

    /// Gets a path.
    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, &[], ()).await
    }

    /// Posts JSON, given as text.
    pub async fn post(&self, path: &str, json: &str) -> Answer {
        self.call(Method::POST, path, &[("content-type", "application/json")], json.to_owned()).await
    }

    /// Registers an address with the standard password.
    pub async fn register(&self, email: &str) -> Answer {
        let body = serde_json::json!({"email": email, "password": "velvet lantern gravel orchid"});
        self.post("/account/v1/registrations", &body.to_string()).await
    }

    /// Delivers everything that is due and takes the mails.
    pub async fn mails(&self) -> Vec<Mail> {
        self.delivery.run_until_idle().await.expect("delivery");
        self.mailer.take()
    }

    /// Delivers everything that is due; the token in the last email.
    pub async fn mailed_token(&self) -> String {
        let mails = self.mails().await;
        match mails.last().map(|mail| &mail.content) {
            Some(
                MailContent::VerifyAddress { link, .. }
                | MailContent::ResetPassword { link, .. }
                | MailContent::ConfirmNewAddress { link, .. }
                | MailContent::ConfirmSecondaryAddress { link, .. }
                | MailContent::Invitation { link, .. },
            ) => link.expose().rsplit('/').next().unwrap_or_default().to_owned(),
            other => panic!("the last mail has no token: {other:?}"),
        }
    }

    /// Redeems with a JSON body.
    pub async fn verify(&self, body: &Value) -> Answer {
        self.post("/account/v1/email-verifications", &body.to_string()).await
    }
}

impl Default for TestApp {
    fn default() -> Self {
        Self::new()
    }
}
