//! PostgreSQL is stopped and started under load.

use std::sync::Arc;
use std::time::{Duration, Instant};

use account_store::testing::{PostgresServer, Stop};
use account_tests::{Service, SmtpServer};
use tokio::task::block_in_place;
use tokio::time::sleep;

use crate::load::Load;
use crate::registering::{borrowed, count_lost, wait_for_mails};
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;

/// Those who register at a time.
const CLIENTS: u32 = 8;
/// Emails that are sent at a time, at most.
const MAX_SENDS: usize = 16;
/// Longest time that anybody may wait for an answer: the store waits ten seconds for a connection.
const LONGEST_ANSWER: Duration = Duration::from_secs(15);
/// Longest time from a database that answers to a registration that is acknowledged.
const LONGEST_RECOVERY: Duration = Duration::from_secs(10);

/// Stops it so many times, by turns in both ways.
pub(super) async fn run(stops: u32) -> Report {
    let (mut database, mail_server) = (PostgresServer::start().await, SmtpServer::start());
    let mut settings = mail_server.settings();
    settings.push(("STORE__URL".to_owned(), database.url()));
    let mut service = Service::prepare_as_shipped(&borrowed(&settings));
    service.launch().await;
    let service = Arc::new(service);
    let load = Load::start(&service, CLIENTS);
    let mut recoveries = Vec::new();
    for number in 0..stops {
        // Other moments each time, and outages short and long.
        sleep(Duration::from_millis(1_000 + u64::from(number) * 397 % 1_000)).await;
        let how = if number % 2 == 0 { Stop::Fast } else { Stop::Immediate };
        block_in_place(|| database.stop(how));
        sleep(Duration::from_millis(500 + u64::from(number) * 701 % 2_500)).await;
        database.start_again().await;
        let recovery = load.first_after(Instant::now()).await;
        tell(format_args!("stop {} of {stops}, {how:?}: first registration after {recovery:?}", number + 1));
        recoveries.push(recovery.unwrap_or(Duration::MAX));
    }
    let seen = load.stop().await;
    let acknowledged = seen.registrations();
    let arrived = wait_for_mails(&mail_server, &acknowledged).await;
    let lost = count_lost(&service, &acknowledged).await;

    recoveries.sort_unstable();
    let median = recoveries.get(recoveries.len() / 2).copied().unwrap_or_default();
    let worst = recoveries.last().copied().unwrap_or_default();
    let mut table = Table::new(["figure", "required", "PostgreSQL"]);
    let mut row = |name: &str, must: &str, cell| table.row(name, [Cell::told(must), cell]);
    row("stops, alternating fast and immediate", "", Cell::told(stops));
    row("registrations acknowledged", "at least 1", Cell::judged(acknowledged.len(), !acknowledged.is_empty()));
    row("of these lost", "0", Cell::judged(lost, lost == 0));
    row("of these without an email", "0", Cell::judged(arrived.without, arrived.without == 0));
    row("of these with several Message-IDs", "0", Cell::judged(arrived.different, arrived.different == 0));
    let most = stops as usize * MAX_SENDS;
    row(
        "duplicate emails, same Message-ID",
        "at most the sends in flight, 16 per stop",
        Cell::judged(arrived.duplicates, arrived.duplicates <= most),
    );
    row("answers other than 202", "", Cell::told(seen.refusals.len()));
    row(
        "of these not a 5xx problem, or a 503 without Retry-After",
        "0",
        Cell::judged(seen.improper(), seen.improper() == 0),
    );
    row("requests without an answer", "0", Cell::judged(seen.unanswered, seen.unanswered == 0));
    row("longest answer", "15 s", Cell::judged(seconds(seen.longest), seen.longest <= LONGEST_ANSWER));
    row("database available to first 202: median", "", Cell::told(seconds(median)));
    row("database available to first 202: longest", "10 s", Cell::judged(seconds(worst), worst <= LONGEST_RECOVERY));
    if let Some(reply) = seen.refusals.iter().find(|reply| !crate::registering::is_proper_failure(reply)) {
        tell(format_args!("an improper answer: {reply:?}"));
    }
    Report { title: "PostgreSQL stopped and started under load".to_owned(), table, notes: Vec::new() }
}

fn seconds(duration: Duration) -> String {
    if duration == Duration::MAX { "never".to_owned() } else { format!("{:.2} s", duration.as_secs_f64()) }
}
