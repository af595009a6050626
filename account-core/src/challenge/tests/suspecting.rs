//! What arouses suspicion, and for how long.

use super::*;
use crate::client::WideNetwork;
use crate::ports::Rate;

const PERIOD: Duration = Duration::from_mins(15);
const ALL: Thresholds = Thresholds {
    in_all: Rate::new(20, PERIOD),
    per_network: Rate::new(10, PERIOD),
    per_identifier: Rate::new(3, PERIOD),
};

fn network(number: u16) -> WideNetwork {
    let [high, low] = number.to_be_bytes();
    WideNetwork::of([10, high, low, 1].into())
}

fn suspects(network: WideNetwork, identifier: &str) -> Suspects<'_> {
    Suspects { purpose: ChallengePurpose::Registration, network: Some(network), identifier }
}

#[test]
fn each_threshold_counts_for_itself_and_what_is_below_all_is_not_asked() {
    let suspicion = Suspicion::default();
    for _ in 0..3 {
        assert!(!suspicion.count(&suspects(network(0), "john"), &ALL, START));
    }
    assert!(suspicion.is_aroused(&suspects(network(9), "john"), &ALL, START), "the same address from elsewhere");
    for number in 3..10 {
        assert!(!suspicion.count(&suspects(network(0), &number.to_string()), &ALL, START));
    }
    assert!(suspicion.is_aroused(&suspects(network(0), "jane"), &ALL, START), "another address from the same network");
    let elsewhere = suspects(network(1), "jane");
    assert!(!suspicion.is_aroused(&elsewhere, &ALL, START));
    for number in 10..20 {
        assert!(!suspicion.count(&suspects(network(number), &number.to_string()), &ALL, START));
    }
    assert!(suspicion.count(&elsewhere, &ALL, START), "in all");
    let reset = Suspects { purpose: ChallengePurpose::PasswordReset, ..elsewhere };
    assert!(!suspicion.is_aroused(&reset, &ALL, START), "another purpose");
    let off = Thresholds { in_all: Rate::OFF, per_network: Rate::OFF, per_identifier: Rate::OFF };
    assert!(!suspicion.is_aroused(&elsewhere, &off, START));
    let zero = Thresholds { in_all: Rate::new(0, PERIOD), ..off };
    assert!(Suspicion::default().count(&elsewhere, &zero, START), "a threshold of 0 asks always");
}

#[test]
fn suspicion_fades() {
    let suspicion = Suspicion::default();
    let john = suspects(network(0), "john");
    for _ in 0..6 {
        suspicion.count(&john, &ALL, START);
    }
    assert!(suspicion.is_aroused(&john, &ALL, START + PERIOD), "half of them are still in the window");
    assert!(!suspicion.is_aroused(&john, &ALL, START + PERIOD + PERIOD * 2 / 3));
    assert!(!suspicion.is_aroused(&john, &ALL, START + 2 * PERIOD));
    assert!(suspicion.is_aroused(&john, &ALL, START - SECOND), "a clock that was set back forgets nothing");
}

#[test]
fn of_requests_that_come_at_once_no_more_get_through() {
    let suspicion = Suspicion::default();
    let passed: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8_u16)
            .map(|thread| {
                let suspicion = suspicion.clone();
                scope.spawn(move || {
                    let one = |number: u16| suspects(network(thread * 100 + number), "");
                    let only_in_all = Thresholds { per_identifier: Rate::OFF, ..ALL };
                    (0..100).filter(|number| !suspicion.count(&one(*number), &only_in_all, START)).count()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(passed, 20);
}

#[test]
fn unverified_registrations_are_those_accepted_less_those_completed() {
    let (suspicion, rate) = (Suspicion::default(), Rate::new(5, PERIOD));
    let now = START;
    for _ in 0..8 {
        suspicion.count_accepted(rate, now);
    }
    assert!(suspicion.has_many_unverified(rate, now));
    for _ in 0..4 {
        suspicion.count_completed(rate, now);
    }
    assert!(!suspicion.has_many_unverified(rate, now));
    for _ in 0..20 {
        suspicion.count_completed(rate, now);
    }
    assert!(!suspicion.has_many_unverified(rate, now));
    assert!(!suspicion.has_many_unverified(Rate::OFF, now));
}

#[test]
fn the_memory_is_bounded_and_keeps_what_was_counted_most() {
    let suspicion = Suspicion::default();
    let without_all = Thresholds { in_all: Rate::OFF, ..ALL };
    for _ in 0..5 {
        suspicion.count(&suspects(network(65_535), "persistent"), &without_all, START);
    }
    for number in 0..20_000_u16 {
        suspicion.count(&suspects(network(number), &number.to_string()), &without_all, START);
        assert!(suspicion.remembered(ChallengePurpose::Registration) <= 2 * 8_192);
    }
    assert!(suspicion.is_aroused(&suspects(network(20_001), "persistent"), &without_all, START));
}
