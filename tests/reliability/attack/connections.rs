//! `cargo xtask attack connections`: floods of connections that never finish.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use account_tests::Service;
use account_tests::hostile::{address, half_head, send_from};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{interval, sleep};

use super::memory::{peak_during, resident_mib};
use super::others::{self, BEFORE, sign_in_during};
use super::pace::Pace;
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;

/// Maximum memory of the service, in MiB.
const MOST_MEMORY: u64 = 160;
/// Maximum memory kept after an attack in addition to that before it, in MiB.
const KEPT: u64 = 16;
/// How long the service may take to release memory.
const GIVEN_BACK: Duration = Duration::from_secs(30);
/// How long the attacker keeps the connections open.
const HELD: Duration = Duration::from_secs(5);
/// Longest time that a sign-in may take under attack.
const SLOWEST: Duration = Duration::from_secs(1);

/// What the attacker sends on each connection, and from how many addresses.
struct Attack {
    name: &'static str,
    bytes: Vec<u8>,
    addresses: u16,
}

fn attacks() -> [Attack; 7] {
    let attack = |name, bytes, addresses| Attack { name, bytes, addresses };
    let mut body = b"POST /account/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 65000\r\n\r\n".to_vec();
    body.resize(60_000, b' ');
    let unread = b"GET /docs/all HTTP/1.1\r\nHost: a\r\n\r\n".to_vec();
    [
        attack("heads of 200 bytes, unfinished, one address", half_head(200), 1),
        attack("heads of 16,000 bytes, unfinished, one address", half_head(16_000), 1),
        attack("heads of 200 bytes, unfinished, 2,000 addresses", half_head(200), 2_000),
        attack("heads of 16,000 bytes, unfinished, 2,000 addresses", half_head(16_000), 2_000),
        attack("nothing sent, 2,000 addresses", Vec::new(), 2_000),
        attack("bodies of 60,000 bytes, unfinished, 2,000 addresses", body, 2_000),
        attack("answers not read, 2,000 addresses", unread, 2_000),
    ]
}

/// Runs the attacks.
pub(super) async fn run(pace: Pace) -> Report {
    let mut table = Table::new([
        "attack",
        "others' sign-ins that succeeded (all)",
        "p50 / p99 before, ms",
        "p50 / p99 under attack, ms (p99 below 1,000)",
        "memory before, MiB",
        "peak, MiB (160 or less)",
        "30 s after, MiB (16 more than before, or less)",
    ]);
    for attack in attacks() {
        let row = one(&attack, pace).await;
        tell(format_args!("{}: done", attack.name));
        table.row(attack.name, row);
    }
    let Pace { attempts, seconds } = pace;
    Report { title: format!("{attempts} connections in {seconds} s"), table, notes: Vec::new() }
}

async fn one(attack: &Attack, pace: Pace) -> [Cell; 6] {
    let mut service = Service::prepare_as_shipped(&[]);
    service.launch().await;
    others::settle(&service).await;
    let ((), before) = sign_in_during(&service, sleep(BEFORE)).await;
    let memory = resident_mib(&service);

    let flood = async {
        let streams = open(attack, service.port(), pace).await;
        sleep(HELD).await;
        streams
    };
    let ((streams, during), peak) = peak_during(&service, sign_in_during(&service, flood)).await;
    drop(streams);
    sleep(GIVEN_BACK).await;
    let after = resident_mib(&service);
    if let Some(failure) = &during.failure {
        tell(format_args!("{}: a sign-in failed: {failure}", attack.name));
    }

    let millis = |(p50, p99): (Duration, Duration)| format!("{} / {}", p50.as_millis(), p99.as_millis());
    let (tried, succeeded) = (during.tried, during.succeeded());
    [
        Cell::judged(format!("{succeeded} of {tried}"), succeeded == tried && tried > 0),
        Cell::told(millis(before.percentiles())),
        Cell::judged(millis(during.percentiles()), during.percentiles().1 < SLOWEST),
        Cell::told(memory),
        Cell::judged(peak, peak <= MOST_MEMORY),
        Cell::judged(after, after <= memory + KEPT),
    ]
}

/// Opens the connections at an even pace, and keeps them, including those that the service has closed.
async fn open(attack: &Attack, port: u16, pace: Pace) -> Vec<TcpStream> {
    let bytes: Arc<[u8]> = attack.bytes.clone().into();
    let mut ticks = interval(Duration::from_secs(pace.seconds.into()) / pace.attempts);
    let addresses: Vec<Ipv4Addr> = (0..attack.addresses).map(address).collect();
    let mut attempts = JoinSet::new();
    let number = pace.attempts as usize;
    for address in addresses.into_iter().cycle().take(number) {
        ticks.tick().await;
        let bytes = Arc::clone(&bytes);
        attempts.spawn(async move { send_from(address, port, &bytes).await });
    }
    attempts.join_all().await.into_iter().filter_map(Result::ok).collect()
}
