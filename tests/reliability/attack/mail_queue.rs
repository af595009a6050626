//! `cargo xtask attack mail-queue`: requests for mails to addresses that nobody has, within the limits.

use std::time::Duration;

use account_core::outbox::Queue;
use account_core::ports::Store;
use account_store::DatabaseStore;
use account_store::testing::Engine;
use account_tests::SmtpServer;
use futures_util::stream;
use serde_json::json;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

use super::flood::{self, BELIEVED, Request, network};
use super::pace::Pace;
use crate::clock::now;
use crate::crowd;
use crate::place::{self, Database};
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;

/// From how many networks, in each attack.
const NETWORKS: [u32; 2] = [15, 150];
/// How many mails each may ask for in an hour (`limits.mail_requests`).
const REQUESTS: u32 = 60;
const CONNECTIONS: usize = 50;
/// Between two people who register.
const PAUSE: Duration = Duration::from_secs(1);
/// Within this time after a person begins to register, the mail arrives.
const SOON: f64 = 2.0;
/// Longest wait for what is to happen by itself.
const PATIENCE: Duration = Duration::from_mins(1);

/// Runs it, on an embedded database and on a server.
pub(super) async fn run(pace: Pace) -> Report {
    let mut table = Table::new([
        "attack",
        "attacker's answers",
        "people whose mail came within 2 s (all)",
        "longest, ms",
        "outbox rows beyond theirs (0)",
        "all decided after the attack, ms",
    ]);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for networks in NETWORKS {
            let name = format!("{}: resends and resets from {networks} networks", place::name(engine));
            table.row(&name, one(engine, networks, pace).await);
            tell(format_args!("{name}: done"));
        }
    }
    Report { title: "Mails to addresses that nobody has".to_owned(), table, notes: Vec::new() }
}

async fn one(engine: Engine, networks: u32, pace: Pace) -> [Cell; 5] {
    let (database, mail_server) = (Database::of(engine).await, SmtpServer::start());
    let mut service = place::service(&database, &mail_server, &[BELIEVED]);
    service.launch().await;
    let store = service.open_store().await;

    let requests = (0..pace.attempts.min(networks * REQUESTS)).map(move |number| request(number, networks));
    let attack = flood::send(service.port(), CONNECTIONS, stream::iter(requests));
    let (at_least, mut ticks) = (Instant::now() + Duration::from_secs(pace.seconds.into()), interval(PAUSE));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut people = Vec::new();
    // They go on while the attack does.
    while Instant::now() < at_least || !attack.is_finished() {
        ticks.tick().await;
        people.push(Person::register(service.port(), people.len()).await);
    }
    let answers = flood::answers(attack).await;
    let decided = wait_until_decided(&store).await;

    let waits = waits(&mail_server, &people).await;
    let in_time = waits.iter().flatten().filter(|wait| **wait <= SOON).count();
    let longest = waits.iter().map(|wait| wait.unwrap_or(f64::INFINITY)).fold(0.0, f64::max);
    let taken = people.iter().filter(|person| person.is_accepted).count() as u64;
    let rows: u64 = count(&store).await.into_iter().map(|(_, rows)| rows).sum();
    [
        Cell::told(answers),
        Cell::judged(format!("{in_time} of {}", people.len()), in_time == people.len()),
        Cell::told(format!("{:.0}", longest * 1_000.0)),
        Cell::judged(rows.saturating_sub(taken), rows <= taken),
        decided.map_or_else(|| Cell::judged("never", false), |took| Cell::told(took.as_millis())),
    ]
}

/// Asks for a mail to an address of its own, by turns of both kinds, from one network after the other.
fn request(number: u32, networks: u32) -> Request {
    let path = match number / networks % 2 {
        0 => "/account/v1/password-resets",
        _ => "/account/v1/verification-mails",
    };
    Request {
        path,
        body: json!({"email": format!("nobody-{number}@example.org")}),
        from: network(10, number % networks),
    }
}

/// Somebody who registers meanwhile.
struct Person {
    email: String,
    /// When they began, in seconds since 1970.
    begun: f64,
    is_accepted: bool,
}

impl Person {
    async fn register(port: u16, number: usize) -> Self {
        let (email, begun) = (format!("person-{number}@example.org"), now());
        let from = network(11, u32::try_from(number).unwrap_or_default());
        let reply = crowd::register(port, &email, &[("X-Forwarded-For", &from)]).await;
        Self { email, begun, is_accepted: reply.is_ok_and(|reply| reply.status == 202) }
    }
}

/// How long each person has waited for the mail, in seconds; `None` for those who wait still.
async fn waits(mail_server: &SmtpServer, people: &[Person]) -> Vec<Option<f64>> {
    let begun = Instant::now();
    loop {
        let mails = mail_server.mails();
        let arrived = |person: &Person| {
            let mail = mails.iter().find(|mail| mail.to.contains(&person.email));
            mail.map(|mail| mail.arrived - person.begun)
        };
        let waits: Vec<_> = people.iter().map(arrived).collect();
        if waits.iter().all(Option::is_some) || begun.elapsed() > PATIENCE {
            return waits;
        }
        sleep(Duration::from_millis(200)).await;
    }
}

/// Waits until no request is left to decide; returns how long that took.
async fn wait_until_decided(store: &DatabaseStore) -> Option<Duration> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if count(store).await.iter().all(|(queue, rows)| *queue != Queue::Deciding || *rows == 0) {
            return Some(begun.elapsed());
        }
        sleep(Duration::from_millis(50)).await;
    }
    None
}

/// The rows of the outbox, by queue.
async fn count(store: &DatabaseStore) -> Vec<(Queue, u64)> {
    let mut unit = store.begin_read_only().await.expect("the database");
    let counts = unit.count_entries().await.expect("the outbox");
    counts.into_iter().map(|(queue, _, rows)| (queue, rows)).collect()
}
