//! A PostgreSQL primary with a synchronous standby, which takes over, and whose name moves.

use std::time::{Duration, Instant};

use account_store::testing::{Engine, PostgresServer, Stop, TcpSwitch};
use account_tests::{Service, SmtpServer};
use tokio::task::block_in_place;
use tokio::time::sleep;

use super::figures::{Figures, SETTINGS, Seen};
use super::outage::Outages;
use super::people::People;
use crate::aftermath;
use crate::place;
use crate::report::Report;
use crate::tell::tell;

/// How long everything works before the primary is lost.
const CALM: Duration = Duration::from_secs(1);

/// How the primary is lost.
#[derive(Debug, Clone, Copy)]
enum Loss {
    /// It crashes.
    Crash,
    /// An operator stops it, and moves the name before the standby is promoted.
    Stop,
    /// Whatever is sent to it, or by it, is lost. It lives on.
    Silence,
}

impl Loss {
    const fn of(round: u32) -> Self {
        match round % 3 {
            0 => Self::Crash,
            1 => Self::Stop,
            _ => Self::Silence,
        }
    }

    /// How long it takes until somebody promotes the standby.
    const fn unnoticed(self) -> Duration {
        match self {
            Self::Crash => Duration::from_millis(500),
            Self::Stop => Duration::from_secs(1),
            Self::Silence => Duration::from_secs(3),
        }
    }
}

/// Loses the primary in each round.
pub(super) async fn run(rounds: u32) -> Report {
    let mail_server = SmtpServer::start();
    let mut primary = PostgresServer::start().await;
    let switch = TcpSwitch::to(primary.socket()).await.expect("a port");
    let url = format!("postgres://account@127.0.0.1:{}/postgres", switch.port());
    let mut service = place::service_at(&url, &mail_server, &SETTINGS);
    service.launch().await;
    let (people, mut outages, mut recoveries) = (People::default(), Outages::default(), Vec::new());
    let (ports, mut last) = ([service.port()], Instant::now());
    let losses = async {
        for round in 0..rounds {
            let standby = primary.start_synchronous_standby().await;
            sleep(CALM).await;
            let (begun, writable) = fail_over(Loss::of(round), &mut primary, &standby, &switch).await;
            outages.note(0, begun, writable);
            let recovery = people.first_after(0, writable).await;
            tell(format_args!(
                "round {} of {}, {:?}: the standby takes writes after {:?}, first registration after another {recovery:?}",
                round + 1,
                rounds,
                Loss::of(round),
                writable - begun,
            ));
            recoveries.push(recovery);
            last = writable;
            // The former primary is gone for good.
            primary = standby;
        }
        sleep(CALM).await;
        people.crowd.end();
    };
    futures_util::join!(people.register(&ports), losses);
    let seen = look(people, outages, &service, &mail_server, last).await;
    service.stop().await;
    report(rounds, &recoveries, &seen)
}

/// Loses the primary, promotes the standby and moves the name. Returns when it was lost, and when the new one took writes
/// under the name.
async fn fail_over(
    loss: Loss,
    primary: &mut PostgresServer,
    standby: &PostgresServer,
    switch: &TcpSwitch,
) -> (Instant, Instant) {
    let begun = Instant::now();
    match loss {
        Loss::Crash => block_in_place(|| primary.stop(Stop::Immediate)),
        Loss::Stop => {
            block_in_place(|| primary.stop(Stop::Fast));
            switch.move_to(standby.socket());
        }
        Loss::Silence => switch.swallow(),
    }
    sleep(loss.unnoticed()).await;
    standby.promote().await;
    if !matches!(loss, Loss::Stop) {
        switch.move_to(standby.socket());
        // A host that takes over an address knows none of the connections, and says so.
        switch.pass();
    }
    (begun, Instant::now())
}

async fn look(people: People, outages: Outages, service: &Service, mail_server: &SmtpServer, last: Instant) -> Seen {
    let (people, answers) = people.close();
    let store = service.open_store().await;
    let aftermath = aftermath::look(&store, mail_server, service.port(), &answers, last).await;
    store.close().await.expect("the database closes");
    Seen { people, outages, answers, aftermath }
}

fn report(rounds: u32, recoveries: &[Option<Duration>], seen: &Seen) -> Report {
    let mut figures = Figures::of(place::name(Engine::Postgres));
    let by = |loss: fn(Loss) -> bool| (0..rounds).filter(|round| loss(Loss::of(*round))).count();
    let crashes = by(|loss| matches!(loss, Loss::Crash));
    let stops = by(|loss| matches!(loss, Loss::Stop));
    figures.told(
        "fail-overs: crash / orderly stop / 3 s of lost packets",
        format!("{crashes} / {stops} / {}", rounds as usize - crashes - stops),
    );
    figures.recoveries("new primary takes writes to first 202", recoveries);
    figures.of_everybody(seen, rounds);
    let title = "A PostgreSQL primary is lost, and its synchronous standby takes over".to_owned();
    Report { title, table: figures.into_table(), notes: Vec::new() }
}
