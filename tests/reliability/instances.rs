//! `cargo xtask instances`: three processes on one PostgreSQL, one of which is killed every ten seconds.

mod greedy;
mod wake;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use account_store::testing::Engine;
use account_tests::{Service, SmtpServer};
use futures_util::future::join_all;
use tokio::time::{sleep, sleep_until};

use crate::aftermath::{self, Aftermath};
use crate::clock::now;
use crate::crowd::Crowd;
use crate::ledger::Answers;
use crate::place::{self, Database};
use crate::readiness;
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;
use greedy::Greedy;

/// How hard.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many registrations have to be acknowledged.
    #[arg(long, default_value_t = 3_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    registrations: u32,
    /// How many kills there have to be at least, one every ten seconds.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    kills: u32,
}

const INSTANCES: usize = 3;
const KILL_EVERY: Duration = Duration::from_secs(10);
const CONNECTIONS: usize = 8;
/// Registrations of one client network: fewer than the limit, so that it stands in nobody's way but the greedy one's.
const EACH: usize = 20;
/// Emails that one instance sends at a time, at most.
const MAX_SENDS: usize = 16;
/// The clients come by a reverse proxy, which tells their addresses.
const SETTINGS: [(&str, &str); 3] = [
    ("HTTP__TRUSTED_PROXIES", "127.0.0.1/32"),
    ("LIMITS__REGISTRATIONS", greedy::LIMIT),
    ("LIMITS__VERIFICATIONS", "off"),
];

/// What was seen.
struct Run {
    kills: Vec<f64>,
    restarts: Vec<Duration>,
    answers: Answers,
    aftermath: Aftermath,
    greedy: Vec<Greedy>,
    waits: Vec<Duration>,
}

/// Runs three instances, kills them in turn, and looks at what has become of it.
pub(crate) async fn run(options: &Options) -> Report {
    let (database, mail_server) = (Database::of(Engine::Postgres).await, SmtpServer::start());
    let mut services = Vec::new();
    for _ in 0..INSTANCES {
        let mut service = place::service(&database, &mail_server, &SETTINGS);
        service.launch().await;
        services.push(service);
    }
    let ports: Vec<_> = services.iter().map(Service::port).collect();
    let crowd = Crowd::default();
    let ((kills, restarts, last_restart), (), greedy) = futures_util::join!(
        kill_in_turn(&mut services, &crowd, options),
        register(&crowd, &ports, options),
        greedy::register(&crowd, &ports)
    );
    let answers = crowd.ledger.close();
    let [first, second, third] = services.as_mut_slice() else { unreachable!("{INSTANCES} instances") };
    let store = first.open_store().await;
    let aftermath = aftermath::look(&store, &mail_server, first.port(), &answers, last_restart).await;
    store.close().await.expect("the database closes");
    third.stop().await;
    let waits = wake::measure(first, &mail_server).await;
    first.stop().await;
    second.stop().await;
    report(&Run { kills, restarts, answers, aftermath, greedy, waits }, options)
}

/// Kills one instance every ten seconds and starts it again, until everybody has registered.
async fn kill_in_turn(
    services: &mut [Service],
    crowd: &Crowd,
    options: &Options,
) -> (Vec<f64>, Vec<Duration>, Instant) {
    let (mut kills, mut restarts, mut last_restart) = (Vec::new(), Vec::new(), Instant::now());
    let mut next = tokio::time::Instant::now();
    while kills.len() < options.kills as usize || crowd.ledger.acknowledged() < options.registrations as usize {
        next += KILL_EVERY;
        sleep_until(next).await;
        let turn = kills.len() % services.len();
        let Some(service) = services.get_mut(turn) else { continue };
        service.kill().await;
        kills.push(now());
        service.launch_process();
        restarts.push(readiness::wait(service.port()).await);
        last_restart = Instant::now();
        tell(format_args!("{} kills, {} acknowledged", kills.len(), crowd.ledger.acknowledged()));
    }
    crowd.end();
    (kills, restarts, last_restart)
}

/// Registers people at all instances, evenly over the time that the kills take.
async fn register(crowd: &Crowd, ports: &[u16], options: &Options) {
    let (begun, turn) = (tokio::time::Instant::now(), AtomicUsize::new(0));
    let pace = KILL_EVERY * options.kills / options.registrations;
    let client = || async {
        while !crowd.is_over() {
            let number = turn.fetch_add(1, Ordering::Relaxed);
            sleep_until(begun + pace * u32::try_from(number).unwrap_or(u32::MAX)).await;
            let port = ports.get(number % ports.len()).copied().unwrap_or_default();
            let network = number / EACH;
            let address = format!("10.{}.{}.1", network / 256 % 256, network % 256);
            if crowd.register(port, &[("X-Forwarded-For", &address)]).await.is_none() {
                sleep(Duration::from_millis(5)).await;
            }
        }
    };
    join_all((0..CONNECTIONS).map(|_| client())).await;
}

fn report(run: &Run, options: &Options) -> Report {
    let Run { kills, restarts, answers, aftermath, greedy, waits } = run;
    let mut table = Table::new(["figure", "required", "measured"]);
    let mut row = |name: &str, must: &str, cell: Cell| table.row(name, [Cell::told(must), cell]);
    let wanted = options.registrations as usize;
    let acknowledged = answers.acknowledged.len();
    row("kills (SIGKILL), one every 10 s", "", Cell::told(kills.len()));
    row(
        "registrations acknowledged",
        &format!("at least {wanted}"),
        Cell::judged(acknowledged, acknowledged >= wanted),
    );
    row("of these lost", "0", Cell::judged(aftermath.lost, aftermath.lost == 0));
    row("registrations stored", "", Cell::told(aftermath.stored));
    row("stored, but the answer was lost", "", Cell::told(aftermath.unacknowledged));
    let without = aftermath.without_mail;
    row("stored without an email one minute after the last restart", "0", Cell::judged(without, without == 0));
    row("all had their email after", "", Cell::told(format!("{:.1} s", aftermath.last_mail.as_secs_f64())));
    let deliveries = &aftermath.deliveries;
    row("registrations with two Message-IDs", "0", Cell::judged(deliveries.with_two_ids, deliveries.with_two_ids == 0));
    let (duplicates, in_flight) = (deliveries.duplicates.len(), aftermath.broken_claims);
    let most = kills.len() * MAX_SENDS;
    row(
        "sends in flight at the kills",
        &format!("at most {MAX_SENDS} per kill"),
        Cell::judged(in_flight, in_flight <= most as u64),
    );
    row(
        "duplicate emails, same Message-ID",
        "at most the sends in flight",
        Cell::judged(duplicates, duplicates as u64 <= in_flight),
    );
    let (_, unexplained) = deliveries.by_kill(kills);
    row("duplicates without a kill in between", "0", Cell::judged(unexplained, unexplained == 0));
    row(
        &format!("registrations accepted from {} clients that try more than {} times", greedy.len(), greedy::ALLOWED),
        &format!("{} each, minus those without an answer", greedy::ALLOWED),
        greedy::cell(greedy),
    );
    let is_only_overload = answers.refused.keys().all(|status| *status == 503);
    row("answers other than 202", "only 503", Cell::judged(answers.refusals(), is_only_overload));
    let longest = answers.longest;
    let is_in_time = longest <= Duration::from_secs(15);
    row("longest answer", "at most 15 s", Cell::judged(format!("{:.2} s", longest.as_secs_f64()), is_in_time));
    row("requests without an answer or a connection", "", Cell::told(answers.unanswered));
    row("start to ready, median / longest", "", Cell::told(readiness::summary(restarts)));
    let is_prompt = waits.iter().all(|wait| *wait <= wake::AT_MOST);
    row(
        "answer of an instance without a worker to email from another, median / longest",
        "at most 1000 ms",
        Cell::judged(readiness::summary(waits), is_prompt),
    );
    Report { title: "Several instances".to_owned(), table, notes: Vec::new() }
}
