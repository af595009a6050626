//! `cargo xtask crash`: the process is killed at any moment.

use std::time::{Duration, Instant};

use account_store::testing::Engine;
use account_tests::{Service, SmtpServer};
use tokio::time::{sleep, timeout};

use crate::aftermath::{self, Aftermath};
use crate::clock::{Chance, now};
use crate::crowd::Crowd;
use crate::ledger::Answers;
use crate::place::{self, Database};
use crate::readiness;
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;

/// How hard.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The database: `sqlite`, `postgres`, `mariadb` or `all`.
    #[arg(long, default_value = "all", value_parser = ["sqlite", "postgres", "mariadb", "all"])]
    database: String,
    /// How often the process is killed, on each database.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    kills: u32,
    /// How many registrations have to be acknowledged meanwhile, on each database.
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    registrations: u32,
    /// Chooses the moments of the kills.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// No limit stands in the way of one client that is everybody.
const SETTINGS: [(&str, &str); 2] = [("LIMITS__REGISTRATIONS", "off"), ("LIMITS__VERIFICATIONS", "off")];
const CONNECTIONS: usize = 8;
/// How long the share of one kill may take to be acknowledged.
const PATIENCE: Duration = Duration::from_mins(5);
/// Within this time after the start the process opens its database and begins to listen.
const START: Duration = Duration::from_millis(250);
/// Within this time, at so many registrations at a time, anything may be going on.
const LOAD: Duration = Duration::from_millis(100);
/// Emails that are claimed together are handed over and written down within this time.
const SENDING: Duration = Duration::from_millis(12);

/// When the process is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// While it starts, or right after.
    Starting,
    /// When its share of registrations has been acknowledged, and more are going on.
    UnderLoad,
    /// The same, just after the mail server has taken an email.
    Sending,
}

impl Moment {
    /// One after the other, the last one not while starting: then all are acknowledged by the last kill.
    const fn of(kill: u32, kills: u32) -> Self {
        match (kills - kill) % 3 {
            0 => Self::Starting,
            1 => Self::Sending,
            _ => Self::UnderLoad,
        }
    }
}

/// What was seen on one database.
struct Run {
    engine: Engine,
    kills: Vec<f64>,
    restarts: Vec<Duration>,
    answers: Answers,
    aftermath: Aftermath,
}

/// Kills services on each of the databases.
pub(crate) async fn run(options: &Options) -> Report {
    let engines = Engine::by_name(&options.database).map_or(Engine::ALL.to_vec(), |engine| vec![engine]);
    let mut runs = Vec::new();
    for engine in engines {
        runs.push(run_on(engine, options).await);
    }
    report(&runs, options)
}

async fn run_on(engine: Engine, options: &Options) -> Run {
    let (database, mail_server) = (Database::of(engine).await, SmtpServer::start());
    let mut service = place::service(&database, &mail_server, &SETTINGS);
    let (crowd, chance) = (Crowd::default(), Chance::new(options.seed));
    let (mut kills, mut restarts) = (Vec::new(), Vec::new());
    for kill in 0..options.kills {
        let share = f64::from(options.registrations) * f64::from(kill + 1) / f64::from(options.kills);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of up to a million")]
        let until = share.ceil() as usize;
        service.launch_process();
        let moment = Moment::of(kill, options.kills);
        let murder = async {
            restarts.extend(wait_for(moment, service.port(), &crowd, until, &mail_server, &chance).await);
            service.signal("KILL").await;
            kills.push(now());
            crowd.end();
        };
        futures_util::join!(crowd.run(service.port(), CONNECTIONS), murder);
        service.kill().await;
        if (kill + 1) % 20 == 0 {
            tell(format_args!("{}: {} kills, {} acknowledged", engine.name(), kill + 1, crowd.ledger.acknowledged()));
        }
    }
    service.launch_process();
    restarts.push(readiness::wait(service.port()).await);
    let (answers, last_restart) = (crowd.ledger.close(), Instant::now());
    let aftermath = settle(&service, &mail_server, &answers, last_restart).await;
    service.stop().await;
    Run { engine, kills, restarts, answers, aftermath }
}

async fn settle(service: &Service, mail_server: &SmtpServer, answers: &Answers, last_restart: Instant) -> Aftermath {
    let store = service.open_store().await;
    let aftermath = aftermath::look(&store, mail_server, service.port(), answers, last_restart).await;
    store.close().await.expect("the database closes");
    aftermath
}

/// Waits until the process is to be killed; returns how long it took to become ready, unless that was not waited for.
async fn wait_for(
    moment: Moment,
    port: u16,
    crowd: &Crowd,
    until: usize,
    mail_server: &SmtpServer,
    chance: &Chance,
) -> Option<Duration> {
    if moment == Moment::Starting {
        sleep(chance.below(START)).await;
        return None;
    }
    let ready = readiness::wait(port).await;
    let share = async {
        while crowd.ledger.acknowledged() < until {
            sleep(Duration::from_millis(1)).await;
        }
        if moment == Moment::UnderLoad {
            return sleep(chance.below(LOAD)).await;
        }
        let noted = mail_server.noted_bytes();
        while mail_server.noted_bytes() == noted {
            sleep(Duration::from_millis(1)).await;
        }
        sleep(chance.below(SENDING)).await;
    };
    timeout(PATIENCE, share).await.expect("registrations are acknowledged");
    Some(ready)
}

fn report(runs: &[Run], options: &Options) -> Report {
    let names = runs.iter().map(|run| place::name(run.engine));
    let mut table = Table::new(["figure", "required"].into_iter().chain(names));
    let mut row = |name: &str, must: &str, cell: &dyn Fn(&Run) -> Cell| {
        table.row(name, std::iter::once(Cell::told(must)).chain(runs.iter().map(cell)));
    };
    let at = |moment| (0..options.kills).filter(|kill| Moment::of(*kill, options.kills) == moment).count();
    let moments = [Moment::Starting, Moment::UnderLoad, Moment::Sending].map(at).map(|count| count.to_string());
    row("kills (SIGKILL)", "", &|run| Cell::told(run.kills.len()));
    row("during start / under load / while emails are sent", "", &|_| Cell::told(moments.join(" / ")));
    let wanted = options.registrations as usize;
    row("registrations acknowledged", &format!("at least {wanted}"), &|run| {
        Cell::judged(run.answers.acknowledged.len(), run.answers.acknowledged.len() >= wanted)
    });
    row("of these lost", "0", &|run| Cell::judged(run.aftermath.lost, run.aftermath.lost == 0));
    row("registrations stored", "", &|run| Cell::told(run.aftermath.stored));
    row("stored, but the answer was lost", "", &|run| Cell::told(run.aftermath.unacknowledged));
    row("stored without an email one minute after the last restart", "0", &|run| {
        Cell::judged(run.aftermath.without_mail, run.aftermath.without_mail == 0)
    });
    row("all had their email after", "", &|run| Cell::told(format!("{:.1} s", run.aftermath.last_mail.as_secs_f64())));
    row("registrations with two Message-IDs", "0", &|run| {
        let count = run.aftermath.deliveries.with_two_ids;
        Cell::judged(count, count == 0)
    });
    row("duplicate emails, same Message-ID", "at most one per kill", &|run| {
        let count = run.aftermath.deliveries.duplicates.len();
        Cell::judged(count, count <= run.kills.len())
    });
    row("duplicates without a kill in between", "0", &|run| {
        let (_, unexplained) = run.aftermath.deliveries.by_kill(&run.kills);
        Cell::judged(unexplained, unexplained == 0)
    });
    row("kills that caused one / several duplicates; most by one kill", "", &|run| {
        let (counts, _) = run.aftermath.deliveries.by_kill(&run.kills);
        let single = counts.values().filter(|count| **count == 1).count();
        let most = counts.values().max().copied().unwrap_or_default();
        Cell::told(format!("{single} / {}; {most}", counts.len() - single))
    });
    row("emails claimed by a killed process", "", &|run| Cell::told(run.aftermath.broken_claims));
    row("answers other than 202", "only 503", &|run| {
        Cell::judged(run.answers.refusals(), run.answers.refused.keys().all(|status| *status == 503))
    });
    row("longest answer", "at most 15 s", &|run| {
        let longest = run.answers.longest;
        Cell::judged(format!("{:.2} s", longest.as_secs_f64()), longest <= Duration::from_secs(15))
    });
    row("requests without an answer or a connection", "", &|run| Cell::told(run.answers.unanswered));
    row("start to ready, median / longest", "", &|run| Cell::told(readiness::summary(&run.restarts)));
    Report { title: "Killed at any moment".to_owned(), table, notes: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn kills_are_spread_over_all_moments_and_end_while_mails_leave() {
        let moments: Vec<_> = (0..6).map(|kill| Moment::of(kill, 6)).collect();
        let three = [Moment::Starting, Moment::UnderLoad, Moment::Sending];
        assert_eq!(moments, [three, three].concat());
        assert_eq!(Moment::of(199, 200), Moment::Sending);
    }
}
