//! Mail servers that misbehave, each with a service of its own, side by side.

mod list;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use account_core::outbox::{OutboxEntry, OutboxState};
use account_core::ports::Store;
use account_store::DatabaseStore;
use account_tests::people::PASSWORD;
use account_tests::smtp_server::Fault;
use account_tests::{Service, SmtpServer};
use futures_util::future::join_all;
use serde_json::json;
use tokio::sync::{Barrier, Mutex};
use tokio::time::sleep;

use crate::ledger::Acknowledged;
use crate::registering::{Answer, Arrived, borrowed, register};
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;
use list::{Outcome, SCENARIOS, Scenario};

/// Registrations before the fault, and meanwhile.
const REGISTRATIONS: usize = 10;
/// A registration does not wait for a mail server: longer than this, it would have.
const SLOWEST: Duration = Duration::from_secs(1);
/// A wrong retry would come within this time.
const RETRY: Duration = Duration::from_secs(12);
/// Longest wait for anything that is to happen by itself.
const PATIENCE: Duration = Duration::from_mins(2);

/// What became of a scenario.
struct Found {
    accepted: usize,
    /// Median latency of a registration, before and meanwhile.
    latencies: [Duration; 2],
    /// Fewest attempts that an email took.
    attempts: u32,
    /// Most.
    most_attempts: u32,
    /// Whether the others came through meanwhile; nothing where there are none.
    others: Option<bool>,
    /// Emails that were given up, before any was put back.
    dead: usize,
    /// How many an administrator put back.
    put_back: usize,
    /// Refusals that the server remembers, by recipient; of what our outbox counts as one attempt it may have had more.
    refusals: usize,
    arrived: Arrived,
}

/// Runs those whose name has the text in it.
pub(super) async fn run(named: &str) -> Report {
    let scenarios: Vec<&'static Scenario> = SCENARIOS.iter().filter(|scenario| scenario.name.contains(named)).collect();
    // One at a time registers: latencies are compared, and the machine is shared.
    let turn = Arc::new((Barrier::new(scenarios.len()), Mutex::new(())));
    let found =
        join_all(scenarios.iter().map(|&scenario| tokio::spawn(run_scenario(scenario, Arc::clone(&turn))))).await;
    let mut table = Table::new([
        "the mail server",
        "required",
        "202 during the fault",
        "latency before, during",
        "attempts per email",
        "dead letters",
        "delivered after the fault",
        "duplicates, same Message-ID",
        "others delivered during the fault",
    ]);
    let all: Vec<_> = found.into_iter().map(|found| found.expect("a scenario panicked")).collect();
    for (scenario, found) in scenarios.iter().zip(&all) {
        table.row(scenario.name, cells(scenario, found));
    }
    let mut ratios: Vec<_> = all.iter().map(|found| ratio(found.latencies)).collect();
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios.get(ratios.len() / 2).copied().unwrap_or_default();
    let note = format!(
        "{REGISTRATIONS} registrations before each fault and {REGISTRATIONS} during it, on SQLite. The latency during \
         a fault is {ratio:.2} times the latency before it (median of all faults)."
    );
    Report { title: "Misbehaving mail servers".to_owned(), table, notes: vec![note] }
}

fn ratio([before, meanwhile]: [Duration; 2]) -> f64 {
    meanwhile.as_secs_f64() / before.as_secs_f64().max(f64::EPSILON)
}

fn cells(scenario: &Scenario, found: &Found) -> [Cell; 8] {
    let [before, meanwhile] = found.latencies.map(|time| format!("{:.0} ms", time.as_secs_f64() * 1_000.0));
    let delivered = REGISTRATIONS.saturating_sub(found.arrived.without);
    // An email that was delivered at once has met no fault: nothing would be shown by it.
    let was_deferred = found.attempts >= 2;
    let (required, attempts, dead, came, most) = match scenario.outcome {
        Outcome::Once => ("deferred, delivered once", was_deferred, 0, REGISTRATIONS, 1),
        Outcome::PerhapsTwice => ("deferred, at most one duplicate", was_deferred, 0, REGISTRATIONS, 2),
        Outcome::Dead => {
            let is_one = (found.attempts, found.most_attempts) == (1, 1) && found.refusals <= REGISTRATIONS;
            ("one attempt, dead letter", is_one, REGISTRATIONS, 0, 0)
        }
        Outcome::PutBack => {
            let is_one = (found.attempts, found.most_attempts) == (1, 1) && found.put_back == REGISTRATIONS;
            (
                "one attempt, dead letter; delivered once after an administrator put it back",
                is_one,
                REGISTRATIONS,
                REGISTRATIONS,
                1,
            )
        }
        Outcome::GivenUp => {
            let is_three = (found.attempts, found.most_attempts) == (3, 3);
            ("three attempts, dead letter", is_three, REGISTRATIONS, 0, 0)
        }
    };
    let others = found.others.map_or("", |came| if came { "all" } else { "not all" });
    [
        Cell::told(required),
        Cell::judged(found.accepted, found.accepted == REGISTRATIONS),
        Cell::judged(format!("{before}, {meanwhile}"), found.latencies[1] <= SLOWEST),
        Cell::judged(format!("{} to {}", found.attempts, found.most_attempts), attempts),
        Cell::judged(found.dead, found.dead == dead),
        Cell::judged(delivered, delivered == came && found.arrived.different == 0),
        Cell::judged(found.arrived.duplicates, found.arrived.most <= most),
        Cell::judged(others, found.others != Some(false)),
    ]
}

async fn run_scenario(scenario: &'static Scenario, turn: Arc<(Barrier, Mutex<()>)>) -> Found {
    let mut server = if scenario.tls { SmtpServer::start_with_tls() } else { SmtpServer::start() };
    let mut service = Service::prepare_as_shipped(&borrowed(&server.settings()));
    service.launch().await;
    let store = service.open_store().await;

    let (are_started, turn) = &*turn;
    // Starting is work too.
    are_started.wait().await;
    let mine = turn.lock().await;
    let (before, latency_before) = register_some(&service, |number| format!("before-{number}@example.org")).await;
    drop(mine);
    // A retry of these would be taken for one of the others.
    wait_until(&store, |entries| entries.iter().all(|entry| entry.state != OutboxState::Queued)).await;
    server.misbehave(scenario.fault);
    let mine = turn.lock().await;
    let (faulted, latency_meanwhile) = register_some(&service, scenario.recipient).await;
    let others = if scenario.spares_others {
        Some(register_some(&service, |number| format!("other-{number}@example.org")).await.0)
    } else {
        None
    };
    drop(mine);

    let addresses: BTreeSet<_> = faulted.iter().map(|known| known.email.clone()).collect();
    let is_faulted = |entry: &&OutboxEntry| entry.intent.address().is_some_and(|to| addresses.contains(to.as_str()));
    // A note is what an attempt leaves that has failed.
    wait_until(&store, |entries| entries.iter().filter(is_faulted).all(|entry| entry.note.is_some())).await;
    let others = match others {
        Some(others) => Some(all_arrive(&server, &others).await),
        None => None,
    };
    if matches!(scenario.outcome, Outcome::GivenUp) {
        wait_until(&store, |entries| entries.iter().filter(is_faulted).all(|entry| entry.state == OutboxState::Dead))
            .await;
    }
    server.misbehave(Fault::None);
    wait_until(&store, |entries| entries.iter().filter(is_faulted).all(|entry| entry.state != OutboxState::Queued))
        .await;
    if matches!(scenario.outcome, Outcome::Dead | Outcome::GivenUp | Outcome::PutBack) {
        sleep(RETRY).await;
    }
    assert_eq!(before.len(), REGISTRATIONS, "{}: all is well before the fault", scenario.name);
    let entries = list(&store).await;
    let entries: Vec<_> = entries.iter().filter(is_faulted).collect();
    let put_back = if scenario.outcome == Outcome::PutBack {
        let put_back = put_back(&service, &entries).await;
        wait_until(&store, |entries| {
            entries.iter().filter(is_faulted).all(|entry| entry.state == OutboxState::HandedOver)
        })
        .await;
        put_back
    } else {
        0
    };
    tell(format_args!("done: {}", scenario.name));
    Found {
        accepted: faulted.len(),
        latencies: [latency_before, latency_meanwhile],
        most_attempts: entries.iter().map(|entry| entry.attempts).max().unwrap_or_default(),
        attempts: entries.iter().map(|entry| entry.attempts).min().unwrap_or_default(),
        others,
        dead: entries.iter().filter(|entry| entry.state == OutboxState::Dead).count(),
        put_back,
        refusals: server.refusals().iter().filter(|refusal| addresses.contains(&refusal.to)).count(),
        arrived: Arrived::of(&server.mails(), addresses.iter().map(String::as_str)),
    }
}

/// Has an administrator put the dead emails back, by the API; returns how many were.
async fn put_back(service: &Service, entries: &[&OutboxEntry]) -> usize {
    let create = ["admin", "create", "--email", "root@example.org", "--role", "super_admin", "--password-stdin"];
    assert!(service.run_with_input(&create, PASSWORD).await.status.success(), "an administrator is created");
    let credentials = json!({"email": "root@example.org", "password": PASSWORD}).to_string();
    let session = service.post("/account/v1/sessions", &credentials).await;
    let bearer = format!("Bearer {}", session.text("/token"));
    let mut count = 0;
    for entry in entries {
        let path = format!("/account/v1/admin/outbox/{}/redrive", entry.id);
        let answer = service.request("POST", &path, &[("Authorization", &bearer)], "").await;
        count += usize::from(answer.status == 200);
    }
    count
}

/// Registers some addresses one after the other: those that were acknowledged, and the median latency.
async fn register_some(service: &Service, address: impl Fn(usize) -> String) -> (Vec<Acknowledged>, Duration) {
    let (mut acknowledged, mut latencies) = (Vec::new(), Vec::new());
    for number in 0..REGISTRATIONS {
        let (answer, took) = register(service, &address(number)).await;
        latencies.push(took);
        match answer {
            Answer::Accepted(registration) => acknowledged.push(registration),
            other => tell(format_args!("not accepted: {other:?}")),
        }
    }
    latencies.sort_unstable();
    (acknowledged, latencies.get(latencies.len() / 2).copied().unwrap_or_default())
}

/// Whether each has its email, and one, while the fault still is.
async fn all_arrive(server: &SmtpServer, others: &[Acknowledged]) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let arrived = Arrived::of(&server.mails(), others.iter().map(|known| known.email.as_str()));
        if arrived.without == 0 {
            return arrived.most == 1 && others.len() == REGISTRATIONS;
        }
        sleep(Duration::from_millis(200)).await;
    }
    false
}

/// Waits until the outbox is so. What does not come shows in the figures.
async fn wait_until(store: &DatabaseStore, holds: impl Fn(&[OutboxEntry]) -> bool) {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE && !holds(&list(store).await) {
        sleep(Duration::from_millis(300)).await;
    }
}

async fn list(store: &DatabaseStore) -> Vec<OutboxEntry> {
    let mut unit = store.begin().await.expect("the database");
    unit.list_entries(None, None, 1_000).await.expect("the outbox")
}
