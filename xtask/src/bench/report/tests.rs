//! What the table says, and what makes the benchmark fail.

use std::time::Duration;

use super::{Pair, Report};
use crate::{bench::load::Served, machine::Machine, workspace::Workspace};

fn report(mails: usize, failures: usize) -> Report {
    let pair = |hashes_a_second, registrations_a_second| Pair {
        hashes_a_second,
        served: Served {
            accepted: 2,
            latencies: vec![Duration::from_millis(40), Duration::from_millis(80)],
            registrations_a_second,
            failures,
            first_failure: (failures > 0).then(|| "503 full".to_owned()),
        },
        drained: Duration::from_millis(100),
    };
    Report {
        command: "cargo xtask bench registration".to_owned(),
        machine: Machine::describe(&Workspace::locate().unwrap()),
        workers: 2,
        peak_memory_kib: Some(2_048),
        mails,
        pairs: vec![pair(100.0, 96.0), pair(50.0, 49.0), pair(100.0, 90.0)],
    }
}

#[test]
fn the_ratio_is_the_median_of_the_pairs() {
    let text = report(6, 0).to_string();
    assert!(text.contains("| ratio, pair by pair | **0.960** | 0.960, 0.980, 0.900 |"), "{text}");
    assert!(text.contains("| latency p50 | 40.0 ms | |\n| latency p99 | 80.0 ms | |"), "{text}");
    assert!(text.contains("| peak memory of the service | 2 MiB | |"), "{text}");
    assert!(text.contains("| 6 / 6 | the last one 0.1 s after its round |"), "{text}");
}

#[test]
fn a_lost_mail_fails_the_benchmark() {
    report(6, 0).verdict().unwrap();
    let error = report(5, 0).verdict().unwrap_err().to_string();
    assert_eq!(error, "the service wrote 5 mails for 6 registrations");
}

#[test]
fn a_refused_registration_fails_the_benchmark() {
    let error = report(6, 1).verdict().unwrap_err().to_string();
    assert_eq!(error, "the service did not accept 3 registrations, the first: 503 full");
}
