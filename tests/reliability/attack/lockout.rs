//! `cargo xtask attack lockout`: strangers guess at one account; its owner signs in at home all the while.

use std::time::Duration;

use account_store::testing::Engine;
use account_tests::people::PASSWORD;
use account_tests::{Service, SmtpServer};
use futures_util::stream;
use serde_json::json;
use tokio::time::{Instant, interval};

use super::flood::{self, BELIEVED, Request, credentials, network};
use super::others::{SIGN_IN, import};
use super::pace::Pace;
use crate::place::{self, Database};
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;

/// From how many networks strangers guess, in each attack.
const NETWORKS: [u32; 2] = [13, 1_000];
const CONNECTIONS: usize = 50;
/// Verdicts that strangers get in a day, beside one for each wide network (`limits.sign_ins_per_account`).
const VERDICTS: u32 = 100;
/// Between two moments at which the owner signs in.
const PAUSE: Duration = Duration::from_millis(500);
/// How often the owner tries at each of them.
const TRIES: usize = 3;
/// At so many moments the owner's first password is wrong, if the device is known: it has 20 wrong ones a day.
const SLIPS: usize = 15;
/// Right sign-ins one after the other: more than an account has tries in a day.
const RIGHT: usize = 120;

const VICTIM: &str = "victim@example.org";
const HOME: &str = "203.0.113.7";

/// Runs it, on an embedded database and on a server.
pub(super) async fn run(pace: Pace) -> Report {
    let mut table = Table::new([
        "attack",
        "attacker's answers",
        "passwords that strangers could test (100, and one for each network, or fewer)",
        "moments at which the owner got in within 3 tries (all)",
        "with a known device and a wrong password first (all)",
        "right sign-ins one after the other that succeeded (all)",
    ]);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for networks in NETWORKS {
            let name = format!("{}: guesses from {networks} networks", place::name(engine));
            table.row(&name, one(engine, networks, pace).await);
            tell(format_args!("{name}: done"));
        }
    }
    Report { title: "Guesses at one account".to_owned(), table, notes: Vec::new() }
}

async fn one(engine: Engine, networks: u32, pace: Pace) -> [Cell; 5] {
    let (database, mail_server) = (Database::of(engine).await, SmtpServer::start());
    let mut service = place::service(&database, &mail_server, &[BELIEVED]);
    service.launch().await;
    import(&service, &[VICTIM.to_owned()]).await;
    let device = sign_in(&service, PASSWORD, None).await.unwrap_or_default();

    let guesses = (0..pace.attempts).map(move |number| Request {
        path: SIGN_IN,
        body: credentials(VICTIM, &format!("guess {number}")),
        from: network(10, number % networks),
    });
    let attack = flood::send(service.port(), CONNECTIONS, stream::iter(guesses));
    let (at_least, mut ticks) = (Instant::now() + Duration::from_secs(pace.seconds.into()), interval(PAUSE));
    let (mut without_device, mut with_device) = (Moments::default(), Moments::default());
    // It goes on while the attack does.
    while Instant::now() < at_least || !attack.is_finished() {
        ticks.tick().await;
        without_device.note(gets_in(&service, &[PASSWORD; TRIES], None).await);
        let slips = if with_device.seen < SLIPS { ["a slip", PASSWORD, PASSWORD] } else { [PASSWORD; TRIES] };
        with_device.note(gets_in(&service, &slips, Some(&device)).await);
    }
    let mut right = Moments::default();
    for _ in 0..RIGHT {
        right.note(gets_in(&service, &[PASSWORD], None).await);
    }
    let answers = flood::answers(attack).await;
    let verdicts = answers.with(401);
    [
        Cell::told(answers),
        Cell::judged(verdicts, verdicts <= VERDICTS + networks),
        without_device.judge(),
        with_device.judge(),
        right.judge(),
    ]
}

/// Moments at which the owner tried to sign in.
#[derive(Debug, Default)]
struct Moments {
    seen: usize,
    good: usize,
}

impl Moments {
    fn note(&mut self, is_in: bool) {
        self.seen += 1;
        self.good += usize::from(is_in);
    }

    fn judge(&self) -> Cell {
        Cell::judged(format!("{} of {}", self.good, self.seen), self.good == self.seen && self.seen > 0)
    }
}

/// Whether one of these passwords, tried one after the other, opens a session.
async fn gets_in(service: &Service, passwords: &[&str], device: Option<&str>) -> bool {
    for password in passwords {
        if sign_in(service, password, device).await.is_some() {
            return true;
        }
    }
    false
}

/// Signs in at home; returns the device token if a session was opened.
async fn sign_in(service: &Service, password: &str, device: Option<&str>) -> Option<String> {
    let body = json!({"email": VICTIM, "password": password, "device_token": device}).to_string();
    let headers = [("Content-Type", "application/json"), ("X-Forwarded-For", HOME)];
    let reply = service.try_request("POST", SIGN_IN, &headers, &body).await.ok()?;
    (reply.status == 201).then(|| reply.text("/device_token"))
}
