//! Floods: one client, or many that register, keep nobody else from signing in.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use account_tests::people::PASSWORD;
use account_tests::{Reply, Service};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const SESSIONS: &str = "/account/v1/sessions";
const REGISTRATIONS: &str = "/account/v1/registrations";

/// A queue that a flood fills, hashes that cost something, and a proxy that names clients.
const SETTINGS: [(&str, &str); 6] = [
    ("HTTP__TRUSTED_PROXIES", "127.0.0.1/32"),
    ("HASHING__MEMORY_KIB", "19456"),
    ("HASHING__WORKERS", "2"),
    ("HASHING__QUEUE", "14"),
    ("LIMITS__SIGN_INS", "10/15min"),
    ("LIMITS__REGISTRATIONS", "30/h"),
];

/// Argon2id of the standard password, with parameters that cost nothing here.
const HASH: &str = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$Drxnei0F+poTIrlMHOneGVzPNVlg2TfYaazxIVreD5Y";

fn member(number: u32) -> Value {
    json!({"email": format!("member-{number}@acme.com"), "verified": true, "password_hash": HASH})
}

async fn post(service: &Service, path: &str, body: &Value, from: &str) -> Reply {
    let headers = [("Content-Type", "application/json"), ("X-Forwarded-For", from)];
    service.request("POST", path, &headers, &body.to_string()).await
}

/// Sends on so many connections without a pause, until told to stop; returns how many answers had each status.
struct Flood {
    is_over: Arc<AtomicBool>,
    connections: JoinSet<BTreeMap<u16, usize>>,
}

impl Flood {
    fn start(
        service: &Arc<Service>,
        connections: u32,
        path: &'static str,
        request: fn(u32) -> (Value, String),
    ) -> Self {
        let is_over = Arc::<AtomicBool>::default();
        let mut flood = JoinSet::new();
        for connection in 0..connections {
            let (service, is_over) = (Arc::clone(service), Arc::clone(&is_over));
            flood.spawn(async move {
                let mut answers = BTreeMap::new();
                let mut number = connection;
                while !is_over.load(Ordering::Relaxed) {
                    let (body, from) = request(number);
                    let reply = post(&service, path, &body, &from).await;
                    if reply.status == 503 {
                        assert!(reply.header("retry-after").parse::<u64>().is_ok_and(|wait| (1..=10).contains(&wait)));
                    }
                    *answers.entry(reply.status).or_default() += 1;
                    number += connections;
                }
                answers
            });
        }
        Self { is_over, connections: flood }
    }

    async fn stop(self) -> BTreeMap<u16, usize> {
        self.is_over.store(true, Ordering::Relaxed);
        let mut all = BTreeMap::new();
        for (status, count) in self.connections.join_all().await.into_iter().flatten() {
            *all.entry(status).or_default() += count;
        }
        all
    }
}

/// Signs twenty people in, each from a network of their own, while the flood is on.
async fn sign_in_meanwhile(service: &Service) -> Vec<u16> {
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut statuses = Vec::new();
    for number in 0..20 {
        let body = json!({"email": format!("member-{number}@acme.com"), "password": PASSWORD});
        let begun = Instant::now();
        let reply = post(service, SESSIONS, &body, &format!("203.0.{number}.7")).await;
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
        statuses.push(reply.status);
    }
    statuses
}

async fn service() -> Arc<Service> {
    let service = Service::start_with(&SETTINGS).await;
    service.import(&(0..20).map(member).collect::<Vec<_>>()).await;
    Arc::new(service)
}

#[tokio::test]
async fn a_client_that_guesses_on_many_connections_keeps_nobody_from_signing_in() {
    let service = service().await;
    let guess =
        |number| (json!({"email": "member-0@acme.com", "password": format!("guess {number}")}), "192.0.2.1".into());
    let flood = Flood::start(&service, 60, SESSIONS, guess);
    let others = sign_in_meanwhile(&service).await;
    let answers = flood.stop().await;
    assert!(others.iter().all(|status| *status == 201), "{others:?} {answers:?}");
    assert!(answers.get(&401).is_none_or(|verdicts| *verdicts <= 10), "{answers:?}");
    assert!(answers.keys().all(|status| [401, 429, 503].contains(status)), "{answers:?}");
}

#[tokio::test]
async fn a_flood_of_registrations_from_many_networks_keeps_nobody_from_signing_in() {
    let service = service().await;
    let register = |number| {
        let body = json!({"email": format!("p{number}@acme.com"), "password": PASSWORD});
        (body, format!("10.{}.{}.1", number / 250 % 250, number % 250))
    };
    let flood = Flood::start(&service, 60, REGISTRATIONS, register);
    let others = sign_in_meanwhile(&service).await;
    let answers = flood.stop().await;
    assert!(others.iter().all(|status| *status == 201), "{others:?} {answers:?}");
    assert!(answers.get(&202).is_some_and(|accepted| *accepted > 0), "{answers:?}");
    assert!(answers.keys().all(|status| [202, 503].contains(status)), "{answers:?}");
}
