use std::net::{IpAddr, Ipv4Addr};

use super::*;

const COST: Duration = Duration::from_millis(20);
const DEADLINE: Duration = Duration::from_secs(2);

#[expect(clippy::unnecessary_wraps, reason = "as it is handed over")]
fn network(number: u8) -> Option<WideNetwork> {
    Some(WideNetwork::of(IpAddr::V4(Ipv4Addr::new(10, 0, number, 1))))
}

/// Places whose jobs are texts, on a clock that the test sets.
struct World {
    places: Places<String>,
    now: Instant,
}

impl World {
    fn new(workers: usize, queue: usize) -> Self {
        Self { places: Places::new(workers, queue, DEADLINE), now: Instant::now() }
    }

    /// The same, knowing what a hash costs.
    fn measured(workers: usize, queue: usize) -> Self {
        let mut world = Self::new(workers, queue);
        world.ask(Urgency::SignIn, None, "first");
        world.run(COST);
        world
    }

    fn admit(&mut self, urgency: Urgency, network: Option<WideNetwork>) -> Result<Admitted<String>, Refused> {
        let foreseen = self.places.foresee(urgency, network);
        let admitted = self.places.admit(urgency, network, self.now);
        assert_eq!(foreseen, admitted.as_ref().err().copied());
        admitted
    }

    fn why(&mut self, urgency: Urgency, network: Option<WideNetwork>) -> HashingRefusal {
        self.admit(urgency, network).unwrap_err().why
    }

    /// Has a job wait; says which one was displaced for it.
    fn ask(&mut self, urgency: Urgency, network: Option<WideNetwork>, job: &str) -> Option<String> {
        let admitted = self.admit(urgency, network).unwrap();
        self.places.put(admitted.place, job.to_owned()).unwrap();
        admitted.displaced.and_then(|(_, job)| job)
    }

    fn take(&mut self) -> Option<(Place, String)> {
        match self.places.take(self.now) {
            Next::Compute { place, job, .. } => Some((place, job)),
            Next::Nothing => None,
            Next::Late { job, .. } => panic!("{job} is late"),
        }
    }

    fn take_spare(&mut self) -> Option<(Place, String)> {
        match self.places.take_spare(self.now) {
            Next::Compute { place, job, .. } => Some((place, job)),
            Next::Nothing => None,
            Next::Late { job, .. } => panic!("{job} is late"),
        }
    }

    /// Computes the next job.
    fn run(&mut self, cost: Duration) -> String {
        let (place, job) = self.take().unwrap();
        self.now += cost;
        self.places.finish(place, Some(cost));
        job
    }

    /// Computes what waits, and says in which order.
    fn drain(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.take().map(|(place, job)| (self.places.finish(place, None), job).1)).collect()
    }
}

#[test]
fn sign_ins_have_every_second_turn_and_nobody_starves() {
    let mut world = World::new(1, 100);
    for number in 0..4 {
        for (urgency, name) in
            [(Urgency::Registration, "registration"), (Urgency::Completion, "completion"), (Urgency::SignIn, "sign-in")]
        {
            world.ask(urgency, network(number), name);
        }
    }
    let order = world.drain();
    let count = |name: &str, among: &[String]| among.iter().filter(|job| *job == name).count();
    assert_eq!(order[0], "sign-in");
    for turns in order[..8].chunks(4) {
        assert_eq!((count("sign-in", turns), count("completion", turns), count("registration", turns)), (2, 1, 1));
    }
    assert_eq!((count("completion", &order[8..]), count("registration", &order[8..])), (2, 2));
}

#[test]
fn the_spare_worker_does_what_is_urgent_while_registrations_have_all_others() {
    let mut world = World::new(2, 100);
    (0..4).for_each(|number| drop(world.ask(Urgency::Registration, network(number), "registration")));
    let first = world.take().unwrap().0;
    assert!(world.take_spare().is_none(), "registrations wait for a worker");
    let second = world.take().unwrap().0;
    assert!(world.take_spare().is_none(), "nothing urgent waits");
    world.ask(Urgency::Completion, network(10), "completion");
    world.ask(Urgency::SignIn, network(11), "sign-in");
    assert!(world.places.needs_spare());
    let (spare, job) = world.take_spare().unwrap();
    assert_eq!((job.as_str(), world.places.computing()), ("sign-in", 3));
    assert!(world.take_spare().is_none(), "one at a time");
    world.places.finish(spare, Some(COST));
    world.places.finish(first, Some(COST));
    assert!(!world.places.needs_spare(), "a worker is free for it");
    assert_eq!(world.drain(), ["completion", "registration", "registration"]);
    world.places.finish(second, Some(COST));
    assert_eq!((world.places.taken(), world.places.computing()), (0, 0));
}

#[test]
fn networks_take_turns_whatever_each_sends() {
    let mut world = World::new(1, 100);
    for number in 0..5 {
        world.ask(Urgency::SignIn, network(1), &format!("flood {number}"));
    }
    world.ask(Urgency::SignIn, network(2), "a");
    world.ask(Urgency::SignIn, network(2), "b");
    world.ask(Urgency::SignIn, network(3), "c");
    assert_eq!(world.drain(), ["flood 0", "a", "c", "flood 1", "b", "flood 2", "flood 3", "flood 4"]);
}

#[test]
fn a_newcomer_waits_for_no_round_of_those_who_send_many() {
    let mut world = World::measured(1, 200);
    for number in 0..10 {
        for _ in 0..9 {
            world.ask(Urgency::SignIn, network(number), "flood");
        }
    }
    (0..20).for_each(|_| assert_eq!(world.run(COST), "flood"));
    world.ask(Urgency::SignIn, network(20), "first of one");
    world.ask(Urgency::SignIn, network(20), "second of one");
    world.ask(Urgency::SignIn, network(21), "newcomer");
    let order = world.drain();
    assert_eq!(order[..3], ["first of one", "newcomer", "flood"]);
    assert_eq!(order.iter().position(|job| job == "second of one"), Some(12), "as all others from then on");
}

#[test]
fn newcomers_do_not_starve_those_who_go_on() {
    let mut world = World::new(1, 200);
    world.ask(Urgency::SignIn, network(1), "first");
    world.ask(Urgency::SignIn, network(1), "second");
    assert_eq!(world.run(COST), "first");
    for number in 10..50 {
        world.ask(Urgency::SignIn, network(number), "newcomer");
    }
    let order = world.drain();
    assert_eq!(order.iter().position(|job| job == "second"), Some(NEWCOMERS - 1), "the first was the first of them");
}

#[test]
fn a_newcomer_is_not_refused_for_the_queue_of_others() {
    let mut world = World::measured(1, 400);
    for number in 0..10 {
        for _ in 0..15 {
            if let Ok(admitted) = world.admit(Urgency::SignIn, network(number)) {
                world.places.put(admitted.place, "flood".to_owned()).unwrap();
            }
        }
    }
    (0..20).for_each(|_| assert_eq!(world.run(COST), "flood"));
    assert_eq!(world.why(Urgency::SignIn, network(1)), HashingRefusal::Deadline);
    assert!(world.admit(Urgency::SignIn, network(20)).is_ok());
}

#[test]
fn one_network_has_half_of_the_places_at_most() {
    let mut world = World::new(2, 8);
    for number in 0..5 {
        let urgency = if number % 2 == 0 { Urgency::SignIn } else { Urgency::Registration };
        world.ask(urgency, network(1), "flood");
    }
    assert_eq!(world.why(Urgency::SignIn, network(1)), HashingRefusal::Network);
    assert_eq!(world.why(Urgency::Completion, network(1)), HashingRefusal::Network);
    assert_eq!(world.ask(Urgency::SignIn, network(2), "other"), None);
    // Whose network is not known cannot be told apart: half would be all that there is for everybody.
    for _ in 0..4 {
        world.ask(Urgency::Registration, None, "unknown");
    }
    assert_eq!(world.places.taken(), 10);
}

#[test]
fn a_lesser_network_displaces_the_newest_of_the_one_that_holds_most() {
    let mut world = World::new(1, 9);
    for number in 0..5 {
        world.ask(Urgency::Registration, network(1), &format!("flood {number}"));
    }
    for number in 0..3 {
        world.ask(Urgency::Registration, network(2), &format!("second {number}"));
    }
    for other in 3..5 {
        world.ask(Urgency::Registration, network(other), "single");
    }
    assert_eq!(world.ask(Urgency::Registration, network(5), "newcomer").as_deref(), Some("flood 4"));
    assert_eq!(world.ask(Urgency::Registration, network(5), "again").as_deref(), Some("flood 3"));
    // Now the first two hold three each: nobody who has two may take from them, nobody new is turned away.
    assert_eq!(world.why(Urgency::Registration, network(5)), HashingRefusal::Full);
    assert_eq!(world.ask(Urgency::Registration, network(6), "new").as_deref(), Some("second 2"));
    assert_eq!(world.places.taken(), 10);
}

#[test]
fn a_place_that_is_not_used_yet_can_be_lost_and_the_one_being_computed_cannot() {
    let mut world = World::new(1, 3);
    let first = world.admit(Urgency::SignIn, network(1)).unwrap().place;
    world.places.put(first, "computed".to_owned()).unwrap();
    let (computed, _) = world.take().unwrap();
    let unused = world.admit(Urgency::SignIn, network(1)).unwrap().place;
    world.ask(Urgency::SignIn, network(2), "a");
    world.ask(Urgency::SignIn, network(3), "b");
    let admitted = world.admit(Urgency::SignIn, network(4)).unwrap();
    assert_eq!(admitted.displaced, Some((Urgency::SignIn, None)));
    assert_eq!(world.why(Urgency::SignIn, network(5)), HashingRefusal::Full, "each has one left");
    assert_eq!(world.places.put(unused, "late".to_owned()), Err("late".to_owned()));
    world.places.finish(computed, Some(COST));
    assert_eq!(world.places.taken(), 3);
}

#[test]
fn a_class_gets_its_share_back_from_one_that_used_more() {
    let mut world = World::new(1, 7);
    for number in 0..8 {
        world.ask(Urgency::Registration, network(number), &format!("registration {number}"));
    }
    // Each network holds one place: only the share makes room. Half of the places are for sign-ins.
    for number in 0..4 {
        let displaced = world.ask(Urgency::SignIn, network(100 + number), "sign-in").unwrap();
        assert_eq!(displaced, format!("registration {}", 7 - number));
    }
    assert_eq!(world.why(Urgency::SignIn, network(200)), HashingRefusal::Full);
    for number in 0..2 {
        let displaced = world.ask(Urgency::Completion, network(150 + number), "completion").unwrap();
        assert_eq!(displaced, format!("registration {}", 3 - number));
    }
    assert_eq!(world.why(Urgency::Completion, network(201)), HashingRefusal::Full);
    // What is left to registrations is their share: nobody takes that.
    assert_eq!(world.why(Urgency::Registration, network(202)), HashingRefusal::Full);
    assert_eq!(world.drain().iter().filter(|job| job.starts_with("registration")).count(), 2);
}

#[test]
fn a_flood_of_sign_ins_leaves_registrations_their_share() {
    let mut world = World::new(1, 7);
    for number in 0..8 {
        world.ask(Urgency::SignIn, network(number), "sign-in");
    }
    assert!(world.ask(Urgency::Registration, network(100), "registration").is_some());
    assert!(world.ask(Urgency::Completion, network(101), "completion").is_some());
    let order = world.drain();
    let position = |name: &str| order.iter().position(|job| job == name).unwrap();
    assert!(position("registration") < 4 && position("completion") < 4, "{order:?}");
}

#[test]
fn what_cannot_be_computed_in_time_is_refused_at_once() {
    let mut world = World::measured(2, 10_000);
    let mut admitted = 0;
    let refused = loop {
        // Networks of their own: each has its turn after all that are there.
        let network = Some(WideNetwork::of(IpAddr::V4(Ipv4Addr::from(admitted * 256))));
        match world.admit(Urgency::SignIn, network) {
            Ok(_) => admitted += 1,
            Err(refused) => break refused,
        }
    };
    // Two workers compute a hundred hashes each in two seconds.
    assert_eq!((refused.why, admitted), (HashingRefusal::Deadline, 200));
    assert_eq!(refused.overloaded.retry_after, DEADLINE);
    // Another class has turns of its own, so it is in time.
    assert!(world.admit(Urgency::Registration, network(1)).is_ok());
}

#[test]
fn the_promise_of_when_to_come_again_is_kept() {
    for workers in 1..4 {
        let mut world = World::measured(workers, 61);
        let mut number = 0;
        let retry_after = loop {
            number += 1;
            let urgency = Urgency::ALL[usize::from(number % 3)];
            match world.admit(urgency, network(number)) {
                Ok(admitted) => drop(world.places.put(admitted.place, "job".to_owned())),
                Err(refused) => break refused.overloaded.retry_after,
            }
        };
        // All workers compute side by side.
        let start = world.now;
        while world.places.taken() > 0 {
            let running: Vec<_> = (0..workers).map_while(|_| world.take()).collect();
            world.now += COST;
            for (place, _) in running {
                world.places.finish(place, Some(COST));
            }
        }
        assert_eq!(world.now - start, retry_after, "{workers} workers");
        assert!(world.admit(Urgency::Registration, network(number)).is_ok());
    }
}

#[test]
fn the_cost_follows_what_is_measured() {
    let mut world = World::measured(1, 1_000);
    let waits = |world: &mut World| world.admit(Urgency::SignIn, None).map(|it| world.places.leave(it.place)).is_ok();
    for _ in 0..60 {
        world.ask(Urgency::SignIn, None, "job");
    }
    assert!(waits(&mut world), "60 hashes of 20 ms are 1.2 s");
    for _ in 0..10 {
        world.run(5 * COST);
    }
    assert!(!waits(&mut world), "50 hashes of some 80 ms are 4 s");
}

#[test]
fn whoever_need_not_wait_is_not_refused_however_slow_a_hash_is() {
    let mut world = World::new(1, 10);
    world.ask(Urgency::SignIn, None, "first");
    world.run(3 * DEADLINE);
    world.ask(Urgency::SignIn, network(1), "alone");
    assert_eq!(world.why(Urgency::SignIn, network(2)), HashingRefusal::Deadline);
    world.run(3 * DEADLINE);
    assert!(world.admit(Urgency::SignIn, network(2)).is_ok());
}

#[test]
fn what_waited_beyond_the_deadline_is_not_computed() {
    let mut world = World::new(1, 10);
    world.ask(Urgency::SignIn, network(1), "old");
    world.now += DEADLINE + Duration::from_millis(1);
    world.ask(Urgency::SignIn, network(1), "new");
    assert!(matches!(world.places.take(world.now), Next::Late { urgency: Urgency::SignIn, job } if job == "old"));
    assert_eq!(world.drain(), ["new"]);
    assert_eq!(world.places.taken(), 0);
}

#[test]
fn whoever_leaves_gives_the_place_back_at_once() {
    let mut world = World::new(1, 3);
    let unused = world.admit(Urgency::SignIn, network(1)).unwrap().place;
    let waits = world.admit(Urgency::SignIn, network(2)).unwrap().place;
    world.places.put(waits, "waits".to_owned()).unwrap();
    assert_eq!(world.places.leave(waits).as_deref(), Some("waits"));
    assert_eq!((world.places.leave(unused), world.places.leave(unused)), (None, None));
    assert_eq!((world.places.taken(), world.places.waiting()), (0, 0));
    assert!(world.take().is_none());
    let computed = world.admit(Urgency::SignIn, network(1)).unwrap().place;
    world.places.put(computed, "computed".to_owned()).unwrap();
    world.take().unwrap();
    assert_eq!(world.places.leave(computed), None);
    assert_eq!(world.places.taken(), 1, "as long as it is computed");
    world.places.finish(computed, None);
    assert_eq!(world.places.taken(), 0);
    assert!(world.places.classes.iter().all(|class| class.held.is_empty() && class.turns.is_empty()));
}

#[test]
fn what_waits_is_taken_out_when_the_workers_stop() {
    let mut world = World::new(1, 9);
    for urgency in Urgency::ALL {
        world.ask(urgency, network(1), "job");
    }
    assert_eq!((world.places.clear().len(), world.places.taken()), (3, 0));
}
