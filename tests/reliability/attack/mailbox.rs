//! `cargo xtask attack mailbox`: many networks ask for mails to one mailbox, and one customer's networks register.

use std::time::{Duration, Instant};

use account_core::outbox::OutboxState;
use account_core::ports::Store;
use account_store::testing::Engine;
use account_tests::people::PASSWORD;
use account_tests::{Service, SmtpServer};
use futures_util::stream;
use serde_json::json;
use tokio::time::sleep;

use super::flood::{self, BELIEVED, Request, credentials, network};
use super::pace::Pace;
use crate::place::{self, Database};
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;

const CONNECTIONS: usize = 50;
/// IPv6 /64 of one /48 that ask for mails, and after them IPv4 /24.
const IPV6_NETWORKS: u32 = 400;
const IPV4_NETWORKS: u32 = 4_000;
/// The most mails that one mailbox gets in a day (`limits.mails_per_mailbox`).
const MOST_MAILS: usize = 40;
/// IPv6 /64 of one /48 that register, and how often each does.
const CUSTOMER_NETWORKS: u32 = 60;
const CUSTOMER_ATTEMPTS: u32 = 10;
/// The most registrations of one customer in an hour (`limits.registrations`).
const MOST_REGISTRATIONS: u32 = 30;
/// Longest wait for mails that are due.
const PATIENCE: Duration = Duration::from_mins(1);

const REGISTRATIONS: &str = "/account/v1/registrations";

/// Whose mailbox is flooded.
#[derive(Clone, Copy)]
enum Mailbox {
    /// Of somebody who has an account.
    Known,
    /// Of somebody who has none: registrations are the strangers'.
    Unknown,
}

impl Mailbox {
    const fn address(self) -> &'static str {
        match self {
            Self::Known => "known@example.org",
            Self::Unknown => "unknown@example.org",
        }
    }
}

/// Runs it, on an embedded database and on a server.
pub(super) async fn run(pace: Pace) -> Report {
    let (mut names, mut rows) = (vec!["figure", "required"], Vec::new());
    for engine in [Engine::Sqlite, Engine::Postgres] {
        names.push(place::name(engine));
        rows.push(one(engine, pace).await);
    }
    let mut table = Table::new(names);
    for (row, (name, required)) in FIGURES.into_iter().enumerate() {
        let figures = rows.iter().filter_map(|figures| figures.get(row)).cloned();
        table.row(name, std::iter::once(Cell::told(required)).chain(figures));
    }
    Report { title: "Mails to one mailbox, registrations of one customer".to_owned(), table, notes: Vec::new() }
}

/// What [`one`] has cells for, and what is required of each.
const FIGURES: [(&str, &str); 6] = [
    ("answers to requests for mails to somebody with an account", ""),
    ("mails that arrived", "1 to 40"),
    ("answers to requests for mails to somebody without an account", ""),
    ("mails that arrived", "1 to 40"),
    ("answers to registrations of 60 IPv6 /64 of one /48", ""),
    ("registrations accepted", "1 to 30"),
];

async fn one(engine: Engine, pace: Pace) -> [Cell; 6] {
    let (database, mail_server) = (Database::of(engine).await, SmtpServer::start());
    let mut service = place::service(&database, &mail_server, &[BELIEVED]);
    service.launch().await;
    service.import(&[json!({"email": Mailbox::Known.address(), "verified": true})]).await;
    let [known, mails_to_known] = flood_mailbox(&service, &mail_server, Mailbox::Known, pace).await;
    let [unknown, mails_to_unknown] = flood_mailbox(&service, &mail_server, Mailbox::Unknown, pace).await;

    let attempts = pace.attempts.min(CUSTOMER_NETWORKS * CUSTOMER_ATTEMPTS);
    let requests = stream::iter((0..attempts).map(|number| Request {
        path: REGISTRATIONS,
        body: credentials(&format!("customer-{number}@example.org"), PASSWORD),
        from: ipv6(2, number % CUSTOMER_NETWORKS),
    }));
    let answers = flood::answers(flood::send(service.port(), CONNECTIONS, requests)).await;
    let accepted = answers.with(202);
    tell(format_args!("{}: done", place::name(engine)));
    [
        known,
        mails_to_known,
        unknown,
        mails_to_unknown,
        Cell::told(answers),
        Cell::judged(accepted, (1..=MOST_REGISTRATIONS).contains(&accepted)),
    ]
}

/// Asks for mails to that mailbox: the answers, and how many arrived.
async fn flood_mailbox(service: &Service, mail_server: &SmtpServer, mailbox: Mailbox, pace: Pace) -> [Cell; 2] {
    let networks = (0..IPV6_NETWORKS).map(|number| ipv6(1, number));
    let then = (0..IPV4_NETWORKS).map(|number| network(10, number));
    let to = mailbox.address();
    let requests = networks.chain(then).zip(0..pace.attempts).map(move |(from, number)| request(to, number, from));
    let answers = flood::answers(flood::send(service.port(), CONNECTIONS, stream::iter(requests))).await;
    wait_until_sent(service).await;
    let arrived = mail_server.mails().iter().filter(|mail| mail.to.iter().any(|it| it == to)).count();
    [Cell::told(answers), Cell::judged(arrived, (1..=MOST_MAILS).contains(&arrived))]
}

/// Asks for a mail to that address, of one kind after the other.
fn request(to: &str, number: u32, from: String) -> Request {
    let (path, body) = match number % 3 {
        0 => (REGISTRATIONS, credentials(to, PASSWORD)),
        1 => ("/account/v1/verification-mails", json!({"email": to})),
        _ => ("/account/v1/password-resets", json!({"email": to})),
    };
    Request { path, body, from }
}

/// An address of an IPv6 /64 of that number, in a /48 of its own.
fn ipv6(customer: u16, number: u32) -> String {
    format!("2001:db8:{customer:x}:{number:x}::1")
}

/// Waits until every mail that is due has been handed over.
async fn wait_until_sent(service: &Service) {
    let (store, begun) = (service.open_store().await, Instant::now());
    loop {
        let mut unit = store.begin_read_only().await.expect("the database");
        let counts = unit.count_entries().await.expect("the outbox");
        if counts.iter().all(|(_, state, rows)| *state != OutboxState::Queued || *rows == 0) {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "mails are sent: {counts:?}");
        drop(unit);
        sleep(Duration::from_millis(100)).await;
    }
}
