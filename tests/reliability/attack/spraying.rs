//! `cargo xtask attack spraying`: one password is tried on many accounts.

use account_store::testing::Engine;
use account_tests::SmtpServer;
use futures_util::stream;
use tokio::time::sleep;

use super::flood::{self, BELIEVED, Request, credentials, network};
use super::others::{self, BEFORE, SIGN_IN, import, sign_in_during};
use super::pace::Pace;
use crate::place::{self, Database};
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;

const ACCOUNTS: u32 = 640;

/// Where an attack comes from.
struct Spraying {
    from: &'static str,
    /// Each tries one account after the other.
    addresses: u32,
    address: fn(u32) -> String,
    /// The most passwords that can be tested from there in an hour (`limits.sign_in_failures`, and four times as many
    /// from an IPv4 /24).
    verdicts: u32,
}

const SPRAYINGS: [Spraying; 3] = [
    Spraying { from: "one network", addresses: 1, address: |number| network(10, number), verdicts: 100 },
    Spraying { from: "10 networks", addresses: 10, address: |number| network(10, number), verdicts: 1_000 },
    Spraying {
        from: "10 addresses of one IPv4 /24",
        addresses: 10,
        address: |number| format!("10.0.0.{number}"),
        verdicts: 400,
    },
];

/// Runs it, on an embedded database and on a server.
pub(super) async fn run(pace: Pace) -> Report {
    let columns = ["attack", "attacker's answers", "accounts that the password was tested on", "allowed"];
    let mut table = Table::new(columns.into_iter().chain(others::COLUMNS));
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for spraying in SPRAYINGS {
            let name = format!("{}: from {}", place::name(engine), spraying.from);
            table.row(&name, one(engine, &spraying, pace, &name).await);
            tell(format_args!("{name}: done"));
        }
    }
    Report { title: format!("One password, {ACCOUNTS} accounts"), table, notes: Vec::new() }
}

async fn one(engine: Engine, spraying: &Spraying, pace: Pace, name: &str) -> [Cell; 6] {
    let (database, mail_server) = (Database::of(engine).await, SmtpServer::start());
    let mut service = place::service(&database, &mail_server, &[BELIEVED]);
    service.launch().await;
    import(&service, &(0..ACCOUNTS).map(email).collect::<Vec<_>>()).await;
    others::settle(&service).await;
    let ((), before) = sign_in_during(&service, sleep(BEFORE)).await;

    let &Spraying { addresses, address, verdicts: allowed, .. } = spraying;
    let tries = (0..pace.attempts).map(move |number| Request {
        path: SIGN_IN,
        body: credentials(&email(number / addresses % ACCOUNTS), "the password of the year"),
        from: address(number % addresses),
    });
    let attack = flood::send(service.port(), addresses as usize, stream::iter(tries));
    let (answers, during) = sign_in_during(&service, flood::answers(attack)).await;
    let verdicts = answers.with(401);
    let [succeeded, before, during] = others::judge(name, &before, &during);
    [
        Cell::told(answers),
        Cell::judged(verdicts, (1..=allowed).contains(&verdicts)),
        Cell::told(allowed),
        succeeded,
        before,
        during,
    ]
}

fn email(number: u32) -> String {
    format!("sprayed-{number}@example.org")
}
