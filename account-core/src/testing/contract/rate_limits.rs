//! Rate limits.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::Subject;
use super::fixtures::{MICROSECOND, MINUTE, NOW, in_parallel};
use crate::ports::{Charge, Rate, Verdict};
use crate::timestamp::Timestamp;

fn charge(limit: &'static str, key: &str, count: u32) -> Charge {
    Charge::new(limit, key.to_owned(), Rate::new(count, MINUTE))
}

async fn count(subject: &Subject, charges: &[Charge], now: Timestamp) -> Verdict {
    subject.limiter.count(charges, now).await.unwrap()
}

async fn is_allowed(subject: &Subject, charges: &[Charge], now: Timestamp) -> bool {
    count(subject, charges, now).await == Verdict::Allowed
}

fn limited(limit: &'static str, count: u32, retry_after: Duration) -> Verdict {
    Verdict::Limited { limit, rate: Rate::new(count, MINUTE), retry_after }
}

/// A limit is exact: so many in every window, and one more when the oldest has left it, to the microsecond.
pub async fn a_limit_is_exact(subject: &Subject) {
    let charges = [charge("resend", "john@acme.com", 3)];
    for second in 0..3 {
        assert!(is_allowed(subject, &charges, NOW + Duration::from_secs(second)).await);
    }
    let third = NOW + Duration::from_secs(2);
    assert_eq!(count(subject, &charges, third).await, limited("resend", 3, Duration::from_secs(58)));
    assert_eq!(count(subject, &charges, NOW + MINUTE - MICROSECOND).await, limited("resend", 3, MICROSECOND));
    assert!(is_allowed(subject, &charges, NOW + MINUTE).await);
    assert_eq!(count(subject, &charges, NOW + MINUTE).await, limited("resend", 3, Duration::from_secs(1)));
}

/// Refused events do not count: a client that keeps trying is admitted as soon as one that waits.
pub async fn a_refused_event_is_not_counted(subject: &Subject) {
    let charges = [charge("resend", "john@acme.com", 1)];
    assert!(is_allowed(subject, &charges, NOW).await);
    for second in 1..60 {
        assert!(!is_allowed(subject, &charges, NOW + Duration::from_secs(second)).await);
    }
    assert!(is_allowed(subject, &charges, NOW + MINUTE).await);
}

/// Counters are separate by limit and key, and keys are compared byte by byte.
pub async fn counters_are_separate_by_limit_and_key(subject: &Subject) {
    for key in ["a", "A", "ä", "a ", "", "b", "a:b"] {
        assert!(is_allowed(subject, &[charge("resend", key, 1)], NOW).await, "{key:?}");
        assert!(!is_allowed(subject, &[charge("resend", key, 1)], NOW).await, "{key:?}");
    }
    assert!(is_allowed(subject, &[charge("mails", "a", 1)], NOW).await);
}

/// A key may have 400 bytes, and the last one counts.
pub async fn a_long_key_is_compared_in_full(subject: &Subject) {
    let long = |last| format!("{}{last}", "é".repeat(199) + "x");
    for key in [long('1'), long('2')] {
        assert_eq!(key.len(), 400);
        assert!(is_allowed(subject, &[charge("registrations", &key, 1)], NOW).await);
        assert!(!is_allowed(subject, &[charge("registrations", &key, 1)], NOW).await);
    }
}

/// Several charges are counted together or not at all.
pub async fn charges_are_counted_all_or_none(subject: &Subject) {
    let wide = charge("registrations", "203.0.113.7", 2);
    let narrow = charge("mails", "john@acme.com", 1);
    assert!(is_allowed(subject, &[wide.clone(), narrow.clone()], NOW).await);
    let refused = count(subject, &[wide.clone(), narrow.clone()], NOW).await;
    assert_eq!(refused, limited("mails", 1, MINUTE));
    assert!(is_allowed(subject, std::slice::from_ref(&wide), NOW).await, "the refused charges were not counted");
    assert!(!is_allowed(subject, &[wide], NOW).await);
}

/// Of several charges that do not fit, the first is reported.
pub async fn the_first_charge_that_does_not_fit_is_reported(subject: &Subject) {
    let one = charge("one", "k", 1);
    let two = charge("two", "k", 1);
    assert!(is_allowed(subject, &[one.clone(), two.clone()], NOW).await);
    assert_eq!(count(subject, &[one.clone(), two.clone()], NOW).await, limited("one", 1, MINUTE));
    assert_eq!(count(subject, &[two, one], NOW).await, limited("two", 1, MINUTE));
}

/// Two charges to one counter count twice.
pub async fn one_counter_may_be_charged_twice(subject: &Subject) {
    let charge = charge("mails", "john@acme.com", 3);
    let twice = [charge.clone(), charge.clone()];
    assert!(is_allowed(subject, &twice, NOW).await);
    assert!(!is_allowed(subject, &twice, NOW).await);
    assert!(is_allowed(subject, std::slice::from_ref(&charge), NOW).await);
    assert!(!is_allowed(subject, &[charge], NOW).await);
}

/// A charge that does not fit is made to its substitute; if that does not fit either, the charge itself is reported.
pub async fn a_charge_can_have_a_substitute(subject: &Subject) {
    let mail = |network: &str| Charge {
        otherwise: Some(Box::new(charge("mails-by-network", network, 1))),
        ..charge("mails", "john@acme.com", 1)
    };
    let later = NOW + Duration::from_secs(10);
    assert!(is_allowed(subject, &[mail("net-1")], NOW).await);
    assert!(is_allowed(subject, &[mail("net-1")], later).await);
    assert!(is_allowed(subject, &[mail("net-2")], later).await);
    assert_eq!(count(subject, &[mail("net-1")], later).await, limited("mails", 1, Duration::from_secs(50)));
    assert!(is_allowed(subject, &[mail("net-1")], NOW + MINUTE).await);
}

/// A substitute is not counted if the charge itself fits, or if another charge fails.
pub async fn a_substitute_is_counted_only_when_it_is_used(subject: &Subject) {
    let substitute = charge("mails-by-network", "net-1", 1);
    let mail = Charge { otherwise: Some(Box::new(substitute.clone())), ..charge("mails", "john@acme.com", 1) };
    let full = charge("full", "k", 0);
    assert!(is_allowed(subject, std::slice::from_ref(&mail), NOW).await);
    assert_eq!(count(subject, &[mail, full], NOW).await, limited("full", 0, MINUTE));
    assert!(is_allowed(subject, &[substitute], NOW).await);
}

/// A limit that is off allows everything, one of zero allows nothing, and no charges are always allowed.
pub async fn off_allows_everything_and_zero_nothing(subject: &Subject) {
    let off = Charge { rate: Rate::OFF, ..charge("off", "k", 0) };
    for _ in 0..3 {
        assert!(is_allowed(subject, std::slice::from_ref(&off), NOW).await);
        assert!(is_allowed(subject, &[], NOW).await);
    }
    assert_eq!(count(subject, &[charge("zero", "k", 0)], NOW).await, limited("zero", 0, MINUTE));
}

/// However many parallel requests there are, exactly as many as allowed pass.
pub async fn a_limit_holds_for_parallel_requests(subject: &Subject) {
    let verdicts = in_parallel(60, |number| {
        let limiter = Arc::clone(&subject.limiter);
        async move {
            let own = charge("own", &number.to_string(), 1);
            limiter.count(&[own, charge("registrations", "203.0.113.7", 17)], NOW).await.unwrap()
        }
    });
    assert_eq!(verdicts.await.into_iter().filter(|verdict| *verdict == Verdict::Allowed).count(), 17);
}

/// Charges that name their counters in opposite orders do not deadlock.
pub async fn counters_named_in_opposite_orders_do_not_deadlock(subject: &Subject) {
    let verdicts = in_parallel(40, |number| {
        let limiter = Arc::clone(&subject.limiter);
        let mut charges = [charge("one", "k", 1_000), charge("two", "k", 1_000), charge("three", "k", 1_000)];
        if number % 2 == 0 {
            charges.reverse();
        }
        async move { limiter.count(&charges, NOW).await.unwrap() }
    });
    assert!(verdicts.await.into_iter().all(|verdict| verdict == Verdict::Allowed));
}

/// High limits are exact, too.
pub async fn a_high_limit_holds(subject: &Subject) {
    let charges = vec![charge("verifications", "203.0.113.7", 600); 30];
    for _ in 0..20 {
        assert!(is_allowed(subject, &charges, NOW).await);
    }
    assert!(!is_allowed(subject, &charges[..1], NOW).await);
    assert!(is_allowed(subject, &charges[..1], NOW + MINUTE).await);
}

async fn forget(subject: &Subject, counters: &[String]) {
    let forgotten = counters.iter().cloned().collect();
    subject.limiter.take_back(&BTreeSet::new(), NOW, &forgotten).await.unwrap();
}

/// Clearing a counter removes its events and nothing else; an unknown counter is not an error.
pub async fn a_cleared_counter_starts_again(subject: &Subject) {
    let failures = |key: &str| charge("sign-in", key, 2);
    let both = [failures("john@acme.com"), failures("net-1")];
    let elsewhere = charge("other", "john@acme.com", 2);
    for _ in 0..2 {
        assert!(is_allowed(subject, &both, NOW).await);
        assert!(is_allowed(subject, std::slice::from_ref(&elsewhere), NOW).await);
    }
    assert!(!is_allowed(subject, &both[..1], NOW).await);
    forget(subject, &[]).await;
    forget(subject, &[failures("nobody").counter(), failures("john").counter()]).await;
    assert!(!is_allowed(subject, &both[..1], NOW).await);
    forget(subject, &[both[0].counter(), failures("nobody").counter()]).await;
    for _ in 0..2 {
        assert!(is_allowed(subject, &both[..1], NOW).await);
    }
    assert!(!is_allowed(subject, &both[..1], NOW).await);
    assert!(!is_allowed(subject, &both[1..], NOW).await);
    assert!(!is_allowed(subject, &[elsewhere], NOW).await);
    forget(subject, &both.map(|charge| charge.counter())).await;
    assert!(is_allowed(subject, &[failures("john@acme.com"), failures("net-1")], NOW).await);
}

/// A returned event no longer counts: its place is free again, and no other.
pub async fn a_returned_event_no_longer_counts(subject: &Subject) {
    let (total, own, other) = (charge("total", "john", 2), charge("own", "john", 1), charge("total", "jane", 1));
    let later = NOW + Duration::from_secs(1);
    assert!(is_allowed(subject, &[total.clone(), other.clone()], NOW).await);
    assert!(is_allowed(subject, &[total.clone(), own.clone()], later).await);
    assert!(!is_allowed(subject, std::slice::from_ref(&total), later).await);
    let take_back = async |events: &[&Charge], counted_at, forgotten: &[&Charge]| {
        let counters = |charges: &[&Charge]| charges.iter().map(|charge| charge.counter()).collect();
        subject.limiter.take_back(&counters(events), counted_at, &counters(forgotten)).await.unwrap();
    };
    take_back(&[&total, &charge("total", "nobody", 1)], later + MICROSECOND, &[]).await;
    assert!(!is_allowed(subject, std::slice::from_ref(&total), later).await, "nothing was counted at that moment");
    take_back(&[&total], later, &[&own]).await;
    assert!(is_allowed(subject, &[own, total.clone()], later).await);
    assert!(!is_allowed(subject, &[total], later).await);
    assert!(!is_allowed(subject, &[other], later).await);
}

/// Parallel returns remove one event each.
pub async fn parallel_returns_remove_one_event_each(subject: &Subject) {
    let total = charge("total", "john", 20);
    for number in 0..20 {
        assert!(is_allowed(subject, std::slice::from_ref(&total), NOW + MICROSECOND * number).await);
    }
    let limiter = &subject.limiter;
    let counters: BTreeSet<String> = [total.counter()].into();
    let taken_back = in_parallel(10, |number| {
        let (limiter, counters) = (Arc::clone(limiter), counters.clone());
        let counted_at = NOW + MICROSECOND * u32::from(number);
        async move { limiter.take_back(&counters, counted_at, &BTreeSet::new()).await.unwrap() }
    });
    taken_back.await;
    for _ in 0..10 {
        assert!(is_allowed(subject, std::slice::from_ref(&total), NOW + MINUTE / 2).await);
    }
    assert!(!is_allowed(subject, std::slice::from_ref(&total), NOW + MINUTE / 2).await);
}

/// Only counters without events are purged, up to the limit: purging loosens no limit.
pub async fn only_empty_counters_are_purged(subject: &Subject) {
    let hourly = Charge { rate: Rate::new(1, MINUTE * 60), ..charge("hourly", "k", 1) };
    for number in 0..5 {
        assert!(is_allowed(subject, &[charge("minutely", &number.to_string(), 1)], NOW).await);
    }
    assert!(is_allowed(subject, std::slice::from_ref(&hourly), NOW).await);
    let late = charge("minutely", "late", 1);
    assert!(is_allowed(subject, std::slice::from_ref(&late), NOW + MICROSECOND).await);

    assert_eq!(subject.limiter.purge(NOW + MINUTE - MICROSECOND, 100).await.unwrap(), 0);
    for number in 0..5 {
        let charge = charge("minutely", &number.to_string(), 1);
        assert!(!is_allowed(subject, &[charge], NOW + MINUTE - MICROSECOND).await);
    }
    assert_eq!(subject.limiter.purge(NOW + MINUTE, 0).await.unwrap(), 0);
    // A limiter whose counters go by themselves has none to remove.
    let first = subject.limiter.purge(NOW + MINUTE, 2).await.unwrap();
    let rest = subject.limiter.purge(NOW + MINUTE, 100).await.unwrap();
    assert!((first, rest) == (2, 3) || (first, rest) == (0, 0), "{first} and {rest}");
    assert_eq!(subject.limiter.purge(NOW + MINUTE, 100).await.unwrap(), 0);
    assert!(!is_allowed(subject, &[late], NOW + MINUTE).await);
    assert!(!is_allowed(subject, &[hourly], NOW + MINUTE).await);
    for number in 0..5 {
        assert!(is_allowed(subject, &[charge("minutely", &number.to_string(), 1)], NOW + MINUTE).await);
    }
}

/// A counter that is used again before it is purged stays as long as it counts.
pub async fn a_counter_in_use_is_not_purged(subject: &Subject) {
    let charges = [charge("minutely", "k", 2)];
    assert!(is_allowed(subject, &charges, NOW).await);
    assert!(is_allowed(subject, &charges, NOW + MICROSECOND).await);
    assert_eq!(subject.limiter.purge(NOW + MINUTE, 100).await.unwrap(), 0);
    assert!(is_allowed(subject, &charges, NOW + MINUTE).await);
    assert!(!is_allowed(subject, &charges, NOW + MINUTE).await);
}
