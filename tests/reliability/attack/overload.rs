//! `cargo xtask attack overload`: floods of requests that each ask for a hash.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use account_store::testing::Engine;
use account_tests::people::PASSWORD;
use account_tests::{Service, SmtpServer};
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::others::{self, sign_in_during};
use super::pace::Pace;
use crate::place::{self, Database};
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;

/// How long others are watched before the attack, and how long the attack goes on before they are.
const BEFORE: Duration = Duration::from_secs(5);
const WARM_UP: Duration = Duration::from_secs(1);

/// What the attacker sends over and over, on so many connections, without a pause.
struct Flood {
    name: &'static str,
    connections: u32,
    path: &'static str,
    /// The body, and the address that it comes from.
    request: fn(u32) -> (String, String),
}

const FLOODS: [Flood; 3] = [
    Flood {
        name: "90 connections sign in to one name, one network",
        connections: 90,
        path: "/account/v1/sessions",
        request: |number| (credentials("victim@example.org", &format!("guess {number}")), "192.0.2.1".to_owned()),
    },
    Flood {
        name: "150 connections register, one network",
        connections: 150,
        path: "/account/v1/registrations",
        request: |number| (credentials(&format!("p{number}@example.org"), PASSWORD), "192.0.2.1".to_owned()),
    },
    Flood {
        name: "150 connections register, each time from another network",
        connections: 150,
        path: "/account/v1/registrations",
        request: |number| {
            let from = format!("10.{}.{}.1", number / 250 % 250, number % 250);
            (credentials(&format!("p{number}@example.org"), PASSWORD), from)
        },
    },
];

fn credentials(email: &str, password: &str) -> String {
    json!({"email": email, "password": password}).to_string()
}

/// Runs it, on an embedded database and on a server.
pub(super) async fn run(pace: Pace) -> Report {
    let mut table = Table::new([
        "attack",
        "attacker's answers",
        "others' sign-ins that succeeded (all)",
        "p50 / p99 before, ms",
        "p50 / p99 under attack, ms (p99 at most twice)",
    ]);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for flood in FLOODS {
            let row = one(engine, &flood, pace).await;
            tell(format_args!("{}, {}: done", place::name(engine), flood.name));
            table.row(format!("{}: {}", place::name(engine), flood.name), row);
        }
    }
    Report { title: format!("Floods of {} s", pace.seconds), table, notes: Vec::new() }
}

async fn one(engine: Engine, flood: &Flood, pace: Pace) -> [Cell; 4] {
    let (database, mail_server) = (Database::of(engine).await, SmtpServer::start());
    let mut service = place::service(&database, &mail_server, &[("HTTP__TRUSTED_PROXIES", "127.0.0.1/32")]);
    service.launch().await;
    others::settle(&service).await;
    let ((), before) = sign_in_during(&service, sleep(BEFORE)).await;

    let service = Arc::new(service);
    let (is_over, mut connections) = (Arc::<AtomicBool>::default(), JoinSet::new());
    for connection in 0..flood.connections {
        let (service, is_over) = (Arc::clone(&service), Arc::clone(&is_over));
        connections.spawn(attack(service, flood.path, flood.request, connection, flood.connections, is_over));
    }
    sleep(WARM_UP).await;
    let ((), during) = sign_in_during(&service, sleep(Duration::from_secs(pace.seconds.into()))).await;
    is_over.store(true, Ordering::Relaxed);
    let answers =
        connections.join_all().await.into_iter().flatten().fold(BTreeMap::new(), |mut all, (status, count)| {
            *all.entry(status).or_insert(0_u32) += count;
            all
        });
    if let Some(failure) = &during.failure {
        tell(format_args!("{}: a sign-in failed: {failure}", flood.name));
    }

    let millis = |(p50, p99): (Duration, Duration)| format!("{} / {}", p50.as_millis(), p99.as_millis());
    let answers: Vec<_> = answers.iter().map(|(status, count)| format!("{count} x {status}")).collect();
    let (tried, succeeded) = (during.tried, during.succeeded());
    [
        Cell::told(answers.join(", ")),
        Cell::judged(format!("{succeeded} of {tried}"), succeeded == tried && tried > 0),
        Cell::told(millis(before.percentiles())),
        Cell::judged(millis(during.percentiles()), during.percentiles().1 <= before.percentiles().1 * 2),
    ]
}

/// Sends one request after the other; returns how many answers had each status. One without an answer has status 0.
async fn attack(
    service: Arc<Service>,
    path: &'static str,
    request: fn(u32) -> (String, String),
    first: u32,
    step: u32,
    is_over: Arc<AtomicBool>,
) -> BTreeMap<u16, u32> {
    let mut answers = BTreeMap::new();
    let mut number = first;
    while !is_over.load(Ordering::Relaxed) {
        let (body, from) = request(number);
        let headers = [("Content-Type", "application/json"), ("X-Forwarded-For", from.as_str())];
        let reply = service.try_request("POST", path, &headers, &body).await;
        *answers.entry(reply.map_or(0, |reply| reply.status)).or_default() += 1;
        number += step;
    }
    answers
}
