//! `cargo xtask attack signups`: programs sign up by every API, from many networks.

mod page;

use std::time::{Duration, Instant};

use account_core::ports::Puzzle;
use account_core::testing::challenge::solve;
use account_store::testing::Engine;
use account_tests::{Service, SmtpServer, exchange, waltid};
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::flood::{ANSWER, Answers, BELIEVED, network};
use super::pace::Pace;
use crate::place::{self, Database};
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;

/// Networks of the attacker.
const NETWORKS: u32 = 1_000;
const CONNECTIONS: usize = 50;
/// `limits.challenge_after_registrations`: as many are taken before anybody is asked.
const BEFORE: u32 = 300;
/// `limits.unchallenged_registrations`.
const ALLOWANCE: u32 = 60;
/// `limits.challenge_waits_in_all`.
const WAITS: u32 = 100;
/// Longest time that a person tries: the browser is this machine, which the attacker keeps busy.
const PATIENCE: Duration = Duration::from_secs(20);
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// Where to sign up, and how.
#[derive(Clone, Copy)]
enum Channel {
    Api(&'static Api),
    Page {
        /// Whether the program waits where browsers without JavaScript do.
        waits: bool,
    },
}

impl Channel {
    fn all() -> Vec<Self> {
        let pages = [false, true].map(|waits| Self::Page { waits });
        APIS.iter().map(Self::Api).chain(pages).collect()
    }

    fn name(self) -> String {
        match self {
            Self::Api(api) => format!("{} API", api.name),
            Self::Page { waits: false } => "page".to_owned(),
            Self::Page { waits: true } => "page, waiting".to_owned(),
        }
    }

    /// The status of a registration that was taken, and the status once no more are taken.
    const fn statuses(self) -> (u16, u16) {
        match self {
            Self::Api(api) => (api.accepted, api.refused),
            Self::Page { waits: false } => (303, 403),
            // When too many wait.
            Self::Page { waits: true } => (303, 429),
        }
    }

    /// How many are taken without a solution while everybody is asked for one.
    const fn allowance(self) -> u32 {
        match self {
            Self::Api(api) => api.allowance,
            Self::Page { waits } => {
                if waits {
                    WAITS
                } else {
                    0
                }
            }
        }
    }

    /// Signs up once. Returns the status, 0 if there was no answer.
    async fn sign_up(self, port: u16, from: &str, email: &str) -> u16 {
        let status = match self {
            Self::Api(api) => post(port, api.path, api.media, from, &(api.body)(email)).await.map(|(status, _)| status),
            Self::Page { waits } => page::sign_up(port, from, email, waits).await,
        };
        status.unwrap_or_default()
    }
}

/// An API to sign up by.
struct Api {
    name: &'static str,
    path: &'static str,
    media: &'static str,
    body: fn(&str) -> String,
    /// The status of a registration that was taken.
    accepted: u16,
    /// The status once no more are taken.
    refused: u16,
    allowance: u32,
}

const NATIVE: Api = Api {
    name: "native",
    path: "/account/v1/registrations",
    media: JSON,
    body: |email| native(email, &Value::Null),
    accepted: 202,
    refused: 403,
    allowance: 0,
};

const APIS: [Api; 5] = [
    NATIVE,
    Api { path: "/user", body: mikrocloud, ..documented("mikrocloud") },
    Api { path: "/api/v1/Account/Register", body: rpost, accepted: 200, ..documented("rpost") },
    Api { path: "/v1/account/register", body: waltid::request, ..documented("waltid") },
    Api { path: "/api/v1/auth/register", media: FORM, body: form, ..documented("form") },
];

/// What the documented APIs have in common.
const fn documented(name: &'static str) -> Api {
    Api { name, accepted: 201, refused: 429, allowance: ALLOWANCE, ..NATIVE }
}

/// Runs it, on an embedded database and on a server.
pub(super) async fn run(pace: Pace) -> Report {
    let columns = [
        "sign-ups",
        "attacker's answers",
        "registrations taken",
        "allowed",
        "addresses new and just used are asked",
        "a person who solves registers, ms",
    ];
    let mut table = Table::new(columns);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for mode in ["adaptive", "always"] {
            for channel in Channel::all() {
                let name = format!("{}: {}, `{mode}`", place::name(engine), channel.name());
                table.row(&name, one(engine, channel, mode, pace).await);
                tell(format_args!("{name}: done"));
            }
        }
    }
    Report { title: format!("Sign-ups by programs from {NETWORKS} networks"), table, notes: Vec::new() }
}

async fn one(engine: Engine, channel: Channel, mode: &str, pace: Pace) -> [Cell; 5] {
    let (database, mail_server) = (Database::of(engine).await, SmtpServer::start());
    // Places in the hashing queue are for another scenario: without enough of them, fewer would be taken anyway.
    let wait = format!("{}s", page::WAIT.as_secs());
    let settings = [
        BELIEVED,
        ("REGISTRATION__CHALLENGE", mode),
        ("REGISTRATION__CHALLENGE_WAIT", &wait),
        ("HASHING__QUEUE", "1000"),
        ("HASHING__DEADLINE", "1h"),
    ];
    let mut service = place::service(&database, &mail_server, &settings);
    service.launch().await;
    let (answers, person) = tokio::join!(sign_ups(service.port(), channel, pace.attempts), person(&service));
    let before = if mode == "always" { 0 } else { BEFORE };
    let (accepted, refused) = channel.statuses();
    let (taken, allowed) = (answers.with(accepted), before + channel.allowance());
    let is_alike = asks_alike(&service).await;
    [
        Cell::told(&answers),
        Cell::judged(taken, taken <= allowed && (taken == pace.attempts || answers.with(refused) > 0)),
        Cell::told(allowed),
        Cell::judged(if is_alike { "alike" } else { "not alike" }, is_alike),
        Cell::judged(person.map_or("never".to_owned(), |took| took.as_millis().to_string()), person.is_some()),
    ]
}

/// Signs up again and again, each time from the next network.
async fn sign_ups(port: u16, channel: Channel, attempts: u32) -> Answers {
    let sign_ups = (0..attempts).map(|number| {
        let (from, email) = (network(10, number % NETWORKS), format!("program-{number}@example.org"));
        // A task for each, so that the attacker is not held up by one core.
        tokio::spawn(async move { channel.sign_up(port, &from, &email).await })
    });
    let answers = stream::iter(sign_ups).buffer_unordered(CONNECTIONS);
    let count = async |mut answers: Answers, status: Result<u16, _>| {
        answers.count(status.unwrap_or_default());
        answers
    };
    answers.fold(Answers::default(), count).await
}

async fn post(port: u16, path: &str, media: &str, from: &str, body: &str) -> Option<(u16, Value)> {
    let headers = [("Content-Type", media), ("X-Forwarded-For", from)];
    let reply = timeout(ANSWER, exchange(port, "POST", path, &headers, body)).await.ok()?.ok()?;
    Some((reply.status, serde_json::from_str(&reply.body).unwrap_or_default()))
}

/// Somebody who registers in the middle of it, and does what is asked for. Returns how long it took in all.
async fn person(service: &Service) -> Option<Duration> {
    tokio::time::sleep(Duration::from_secs(2)).await;
    let begun = Instant::now();
    let mut response = Value::Null;
    while begun.elapsed() < PATIENCE {
        let (status, answer) = register(service, "person@example.org", &response).await?;
        match status {
            202 => return Some(begun.elapsed()),
            403 => response = solution(answer.get("challenge")?).await?.into(),
            _ => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    None
}

/// Whether addresses that have just been used are asked like those that have not.
async fn asks_alike(service: &Service) -> bool {
    let mut seen = Vec::new();
    for email in ["unused@example.org", "program-1@example.org", "person@example.org"] {
        let Some((status, answer)) = register(service, email, &Value::Null).await else { return false };
        let text = |pointer: &str| answer.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let texts = ["/code", "/title", "/detail", "/challenge_failure", "/challenge/algorithm"].map(text);
        let lengths = ["/challenge/challenge", "/challenge/salt", "/challenge/signature"].map(|it| text(it).len());
        seen.push((status, texts, lengths, answer.pointer("/challenge/maxnumber").cloned()));
    }
    seen.first().is_some_and(|first| first.0 == 403 && seen.iter().all(|one| one == first))
}

async fn register(service: &Service, email: &str, response: &Value) -> Option<(u16, Value)> {
    post(service.port(), NATIVE.path, JSON, "203.0.113.7", &native(email, response)).await
}

/// Solves a challenge on a thread of its own, as a browser does.
async fn solution(challenge: &Value) -> Option<String> {
    let text = |member: &str| challenge.get(member)?.as_str().map(str::to_owned);
    let puzzle = Puzzle {
        challenge: text("challenge")?,
        salt: text("salt")?,
        max_number: u32::try_from(challenge.get("maxnumber")?.as_u64()?).ok()?,
        signature: text("signature")?,
    };
    tokio::task::spawn_blocking(move || solve(&puzzle)).await.ok()?
}

fn native(email: &str, response: &Value) -> String {
    json!({"email": email, "password": "nine violet otters sail past", "challenge_response": response}).to_string()
}

fn mikrocloud(email: &str) -> String {
    let password = "SDf345FCe";
    json!({"name": "John", "email": email, "country": "ZA", "password": password, "password_confirmation": password})
        .to_string()
}

fn rpost(email: &str) -> String {
    json!({"Email": email, "Password": "Secret007", "ConfirmPassword": "Secret007", "FirstName": "John",
           "LastName": "Smith", "PhoneNumber": "3102100990", "Language": "en-us", "TimeZone": "UTC",
           "RegistrationApp": "App"})
    .to_string()
}

fn form(email: &str) -> String {
    let (email, password) = (email.replace('@', "%40"), "yourpassword");
    format!("name=Test%20User&account=testuser&email={email}&password={password}&password_confirm={password}")
}
