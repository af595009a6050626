//! Which connection is closed for which.

use std::time::Duration;

use super::places::YOUNG;
use super::*;

/// A connection: its id, and the token that tells it to close.
type Open = (u64, CancellationToken);

/// Long enough for every closable connection.
const LATER: Duration = Duration::from_hours(1);

fn admit(places: &mut Places, network: &str, now: Instant) -> Open {
    admit_for(places, Some(network), now).0
}

fn admit_for(places: &mut Places, network: Option<&str>, now: Instant) -> (Open, Option<Limit>) {
    match places.admit(network, now) {
        Admitted::Place { id, cut, closed_for } => ((id, cut), closed_for),
        other => panic!("no place: {other:?}"),
    }
}

fn refusal(places: &mut Places, network: &str, now: Instant) -> Limit {
    match places.admit(Some(network), now) {
        Admitted::Refused(limit) => limit,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn the_longest_idle_connection_gives_its_place_to_a_new_one() {
    let (mut places, now) = (Places::new(3, 3), Instant::now());
    let [first, second, third] = ["a", "b", "c"].map(|network| admit(&mut places, network, now));
    // The first has been used since, so it has been idle for less time than the second.
    assert!(places.enter(first.0, Phase::Handling, now) && places.enter(first.0, Phase::Idle, now));
    let later = now + LATER;
    assert_eq!(admit_for(&mut places, Some("d"), later).1, Some(Limit::Total));
    assert!(second.1.is_cancelled() && !first.1.is_cancelled() && !third.1.is_cancelled());
    assert!(!places.enter(second.0, Phase::Handling, later), "it is too late for a request");
    places.leave(second.0);
    admit(&mut places, "e", later);
    assert!(third.1.is_cancelled() && !first.1.is_cancelled());
}

#[test]
fn a_young_connection_is_not_closed_for_others() {
    let (mut places, now) = (Places::new(1, 1), Instant::now());
    let new = admit(&mut places, "a", now);
    let then = now + Duration::from_millis(50);
    let Admitted::Wait(time) = places.admit(Some("b"), then) else { panic!("it waits") };
    assert!(!new.1.is_cancelled());
    admit(&mut places, "b", then + time);
    assert!(new.1.is_cancelled());
}

#[test]
fn a_young_connection_delays_nobody_while_others_are_slow() {
    let (mut places, now) = (Places::new(2, 2), Instant::now());
    let (slow, _new) = (admit(&mut places, "a", now), admit(&mut places, "b", now + Duration::from_secs(1)));
    places.enter(slow.0, Phase::Handling, now);
    places.enter(slow.0, Phase::Waiting, now);
    admit(&mut places, "c", now + Duration::from_secs(1));
    assert!(slow.1.is_cancelled());
}

#[test]
fn a_request_in_progress_is_never_closed_for_another() {
    let (mut places, now) = (Places::new(2, 2), Instant::now());
    let (first, second) = (admit(&mut places, "a", now), admit(&mut places, "b", now));
    places.enter(first.0, Phase::Handling, now);
    places.enter(second.0, Phase::Handling, now);
    let later = now + LATER;
    assert_eq!(refusal(&mut places, "c", later), Limit::Total);
    assert!(!first.1.is_cancelled() && !second.1.is_cancelled());
    places.leave(first.0);
    admit(&mut places, "c", later);
}

#[test]
fn a_client_that_leaves_a_request_unfinished_is_closed_last_and_only_when_it_is_slow() {
    let (mut places, now) = (Places::new(2, 2), Instant::now());
    let (slow, idle) = (admit(&mut places, "a", now), admit(&mut places, "b", now));
    places.enter(slow.0, Phase::Handling, now);
    places.enter(slow.0, Phase::Waiting, now);
    let new = admit(&mut places, "c", now + YOUNG);
    assert!(idle.1.is_cancelled() && !slow.1.is_cancelled(), "idle ones go first");
    places.enter(new.0, Phase::Handling, now);
    // A piece of the body arrives from time to time.
    for tenth in 3..10 {
        let then = now + Duration::from_millis(100 * tenth);
        places.enter(slow.0, Phase::Handling, then);
        places.enter(slow.0, Phase::Waiting, then);
        assert_eq!(refusal(&mut places, "d", then), Limit::Total);
    }
    admit(&mut places, "d", now + Duration::from_secs(1));
    assert!(slow.1.is_cancelled() && !new.1.is_cancelled());
}

#[test]
fn a_network_at_its_limit_closes_its_own_connections_and_no_others() {
    let (mut places, now) = (Places::new(10, 2), Instant::now());
    let other = admit(&mut places, "a", now);
    let own = [0, 1].map(|_| admit(&mut places, "b", now));
    let (newest, closed_for) = admit_for(&mut places, Some("b"), now);
    assert_eq!(closed_for, Some(Limit::PerNetwork));
    assert!(own[0].1.is_cancelled() && !own[1].1.is_cancelled() && !other.1.is_cancelled());
    places.enter(own[1].0, Phase::Handling, now);
    places.enter(newest.0, Phase::Handling, now);
    assert_eq!(refusal(&mut places, "b", now), Limit::PerNetwork);
    assert!(!other.1.is_cancelled());
    admit(&mut places, "c", now);
}

#[test]
fn exempt_networks_share_only_the_total_limit() {
    let (mut places, now) = (Places::new(3, 1), Instant::now());
    let proxy: Vec<_> = (0..3).map(|_| admit_for(&mut places, None, now).0).collect();
    assert_eq!(admit_for(&mut places, None, now + LATER).1, Some(Limit::Total));
    assert!(proxy[0].1.is_cancelled());
    assert_eq!(places.networks(), 0);
}

#[test]
fn a_closed_connection_frees_its_place_and_leaves_nothing() {
    let (mut places, now) = (Places::new(1, 1), Instant::now());
    for phase in [Phase::Idle, Phase::Handling, Phase::Waiting] {
        let (id, cut) = admit(&mut places, "a", now);
        places.enter(id, phase, now);
        places.leave(id);
        assert!(!cut.is_cancelled());
        assert_eq!(places.networks(), 0);
        assert!(!places.close_idlest(now + LATER));
    }
}

#[tokio::test]
async fn addresses_of_one_network_count_together_and_proxies_do_not() {
    let uncounted = vec!["10.0.0.0/8".parse().unwrap()];
    let admissions = Admissions::new(Ceilings { total: 100, per_network: 1, uncounted }, Arc::default());
    let admit = async |address: &str| admissions.admit(address.parse().unwrap()).await.expect("a place");
    for (first, second) in
        [("192.0.2.1", "::ffff:192.0.2.1"), ("2001:db8:1:2::1", "2001:db8:1:2:ffff::1"), ("::1", "::2")]
    {
        let (first, _second) = (admit(first).await, admit(second).await);
        first.until_cut().await;
    }
    for (first, second) in [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("192.0.2.1", "192.0.2.2"),
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
    ] {
        let (first, second) = (admit(first).await, admit(second).await);
        assert!(first.begin() && second.begin(), "both stay");
    }
}
