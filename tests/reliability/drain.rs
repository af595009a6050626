//! `cargo xtask drain`: a full outbox empties.

use std::sync::Arc;
use std::time::{Duration, Instant};

use account_store::testing::{Engine, PostgresServer};
use account_tests::{Service, SmtpServer};

use crate::ledger::Acknowledged;
use crate::registering::{Answer, Arrived, borrowed, register};
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;

/// Those who register at a time.
const CLIENTS: usize = 16;
/// Emails a second that must leave.
const ENOUGH: f64 = 100.0;
/// Longest time in which no email arrives.
const PATIENCE: Duration = Duration::from_secs(30);

/// How hard.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Emails that wait.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    mails: u32,
    /// Rounds on each database.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=100))]
    rounds: u32,
}

/// One round.
struct Round {
    mails_a_second: f64,
    arrived: Arrived,
}

/// Runs it.
pub(crate) async fn run(options: &Options) -> Report {
    let mut table = Table::new([
        "database",
        "emails per second: median (at least 100)",
        "rounds",
        "without an email",
        "duplicates",
    ]);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut rounds = Vec::new();
        for number in 1..=options.rounds {
            let round = drain(engine, options.mails).await;
            tell(format_args!("{}, round {number}: {:.0} mails a second", engine.name(), round.mails_a_second));
            rounds.push(round);
        }
        let mut rates: Vec<_> = rounds.iter().map(|round| round.mails_a_second).collect();
        let in_order: Vec<_> = rates.iter().map(|rate| format!("{rate:.0}")).collect();
        rates.sort_by(f64::total_cmp);
        let median = rates.get(rates.len() / 2).copied().unwrap_or_default();
        let sum = |figure: fn(&Arrived) -> usize| rounds.iter().map(|round| figure(&round.arrived)).sum::<usize>();
        let (without, duplicates) = (sum(|arrived| arrived.without), sum(|arrived| arrived.duplicates));
        table.row(
            engine.name(),
            [
                Cell::judged(format!("{median:.0}"), median >= ENOUGH),
                Cell::told(in_order.join(", ")),
                Cell::judged(without, without == 0),
                Cell::judged(duplicates, duplicates == 0),
            ],
        );
    }
    Report { title: format!("Draining {} queued emails", options.mails), table, notes: Vec::new() }
}

/// Fills an outbox while no worker runs, then starts one.
async fn drain(engine: Engine, mails: u32) -> Round {
    let server = SmtpServer::start();
    let mut settings = server.settings();
    // What is measured begins when the outbox is full; filling it may be cheap.
    settings.extend(
        [("HASHING__MEMORY_KIB", "64"), ("HASHING__ITERATIONS", "1")]
            .map(|(key, value)| (key.to_owned(), value.to_owned())),
    );
    let database = if engine == Engine::Postgres { Some(PostgresServer::start().await) } else { None };
    settings.extend(database.as_ref().map(|database| ("STORE__URL".to_owned(), database.url())));
    let mut service = Service::prepare_as_shipped(&borrowed(&settings));
    service.launch_process_with(&["--no-worker"]);
    service.wait_until_ready().await;
    let service = Arc::new(service);
    let acknowledged = fill(&service, mails as usize).await;
    let mut service = Arc::into_inner(service).expect("the clients are done");
    service.stop().await;

    let mut worker = service.command(&["worker"]);
    let log = std::fs::File::create(service.path("worker.txt")).expect("a file for the log");
    let begun = Instant::now();
    let mut worker = worker.stderr(log).stdout(std::process::Stdio::null()).spawn().expect("the worker starts");
    wait_for(&server, acknowledged.len()).await;
    let took = begun.elapsed().as_secs_f64();
    let arrived = Arrived::of(&server.mails(), acknowledged.iter().map(|known| known.email.as_str()));
    worker.kill().await.expect("the worker ends");
    Round { mails_a_second: f64::from(mails) / took, arrived }
}

/// Registers so many addresses.
async fn fill(service: &Arc<Service>, mails: usize) -> Vec<Acknowledged> {
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let service = Arc::clone(service);
            tokio::spawn(async move {
                let mut acknowledged = Vec::new();
                for number in (client..mails).step_by(CLIENTS) {
                    match register(&service, &format!("p{number}@example.org")).await.0 {
                        Answer::Accepted(registration) => acknowledged.push(registration),
                        other => panic!("the outbox cannot be filled: {other:?}"),
                    }
                }
                acknowledged
            })
        })
        .collect();
    let mut acknowledged = Vec::new();
    for client in clients {
        acknowledged.extend(client.await.expect("a client panicked"));
    }
    acknowledged
}

/// Waits until so many emails have arrived, or none has for a while.
async fn wait_for(server: &SmtpServer, mails: usize) {
    let mut last = (0, Instant::now());
    while last.0 < mails && last.1.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let count = server.count();
        if count > last.0 {
            last = (count, Instant::now());
        }
    }
}
