//! `cargo xtask attack overload`: floods of requests that each ask for a hash.

use std::time::Duration;

use account_store::testing::Engine;
use account_tests::SmtpServer;
use account_tests::people::PASSWORD;
use futures_util::{StreamExt, stream};
use tokio::time::sleep;

use super::flood::{self, BELIEVED, Request, credentials, network};
use super::others::{self, BEFORE, sign_in_during};
use super::pace::Pace;
use crate::place::{self, Database};
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;

/// How long the attack goes on before others are watched.
const WARM_UP: Duration = Duration::from_secs(1);

/// What the attacker sends over and over, on so many connections, without a pause.
struct Flood {
    name: &'static str,
    connections: usize,
    request: fn(u32) -> Request,
}

const FLOODS: [Flood; 3] = [
    Flood {
        name: "90 connections sign in to one name, one network",
        connections: 90,
        request: |number| Request {
            path: "/account/v1/sessions",
            body: credentials("victim@example.org", &format!("guess {number}")),
            from: "192.0.2.1".to_owned(),
        },
    },
    Flood {
        name: "150 connections register, one network",
        connections: 150,
        request: |number| registration(number, "192.0.2.1".to_owned()),
    },
    Flood {
        name: "150 connections register, each time from another network",
        connections: 150,
        request: |number| registration(number, network(10, number)),
    },
];

fn registration(number: u32, from: String) -> Request {
    let body = credentials(&format!("p{number}@example.org"), PASSWORD);
    Request { path: "/account/v1/registrations", body, from }
}

/// Runs it, on an embedded database and on a server.
pub(super) async fn run(pace: Pace) -> Report {
    let mut table = Table::new(["attack", "attacker's answers"].into_iter().chain(others::COLUMNS));
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for flood in FLOODS {
            let row = one(engine, &flood, pace).await;
            tell(format_args!("{}, {}: done", place::name(engine), flood.name));
            table.row(format!("{}: {}", place::name(engine), flood.name), row);
        }
    }
    Report { title: format!("Floods of {} s", pace.seconds), table, notes: Vec::new() }
}

async fn one(engine: Engine, flood: &Flood, pace: Pace) -> [Cell; 4] {
    let (database, mail_server) = (Database::of(engine).await, SmtpServer::start());
    let mut service = place::service(&database, &mail_server, &[BELIEVED]);
    service.launch().await;
    others::settle(&service).await;
    let ((), before) = sign_in_during(&service, sleep(BEFORE)).await;

    let seconds = Duration::from_secs(pace.seconds.into());
    let requests = stream::iter((0..).map(flood.request)).take_until(sleep(WARM_UP + seconds));
    let attack = flood::send(service.port(), flood.connections, requests);
    sleep(WARM_UP).await;
    let ((), during) = sign_in_during(&service, sleep(seconds)).await;
    let [succeeded, before, during] = others::judge(flood.name, &before, &during);
    [Cell::told(flood::answers(attack).await), succeeded, before, during]
}
