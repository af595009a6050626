use super::*;

fn settings(workers: usize, queue: usize) -> Argon2Settings {
    Argon2Settings { memory_kib: 64, iterations: 1, workers, queue, ..Argon2Settings::default() }
}

fn workers(workers: usize, queue: usize) -> Argon2Workers {
    Argon2Workers::start(settings(workers, queue)).unwrap()
}

/// Workers that never compute anything: what is asked for waits.
fn idle(places: usize, observer: Option<Arc<dyn HashingObserver>>) -> Argon2Workers {
    let places = Places::new(1, places - 1, Duration::from_secs(2));
    let queue = Arc::new(Queue::new(places, observer));
    Argon2Workers { params: Params::new(64, 1, 1, None).unwrap(), queue, threads: Vec::new() }
}

#[expect(clippy::unnecessary_wraps, reason = "as it is handed over")]
fn network(number: u8) -> Option<WideNetwork> {
    Some(WideNetwork::of([10, 0, number, 1].into()))
}

fn password() -> Password {
    Password::new("velvet lantern gravel orchid").unwrap()
}

fn is_overloaded<T>(outcome: &Result<T, HashingError>) -> bool {
    matches!(outcome, Err(HashingError::Overloaded(_)))
}

#[tokio::test]
async fn a_slot_hashes_and_verifies() {
    let workers = workers(2, 2);
    let hash = workers.admit(Urgency::Registration, None).unwrap().hash(password(), [1; 16]).await.unwrap();
    assert!(workers.admit(Urgency::SignIn, None).unwrap().verify(password(), Some(hash)).await.unwrap());
    assert!(!workers.admit(Urgency::SignIn, None).unwrap().verify(password(), None).await.unwrap());
    assert_eq!(workers.places_taken(), 0);
}

#[tokio::test]
async fn a_full_queue_says_so_at_once_and_dropped_slots_are_free_again() {
    let workers = workers(1, 1);
    let first = workers.admit(Urgency::Registration, None).unwrap();
    let second = workers.admit(Urgency::Registration, None).unwrap();
    assert!(workers.admit(Urgency::Registration, None).is_err());
    drop(first);
    drop(second);
    assert!(workers.admit(Urgency::Registration, None).is_ok());
}

#[tokio::test]
async fn the_load_counts_what_is_computed_and_what_was_refused() {
    let workers = workers(1, 0);
    assert_eq!(workers.load(), WorkersLoad { workers: 1, ..WorkersLoad::default() });
    let slot = workers.admit(Urgency::Registration, None).unwrap();
    assert!(workers.admit(Urgency::SignIn, None).is_err());
    assert_eq!(workers.load(), WorkersLoad { workers: 1, refused: 1, ..WorkersLoad::default() });
    slot.hash(password(), [1; 16]).await.unwrap();
    while workers.load().computing > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(workers.load(), WorkersLoad { workers: 1, refused: 1, ..WorkersLoad::default() });
}

#[tokio::test]
async fn a_sign_in_waits_for_no_registration() {
    // A registration's hash takes long, a sign-in's does not.
    let deadline = Duration::from_mins(2);
    let expensive = Argon2Settings { memory_kib: 65_536, iterations: 8, deadline, ..settings(1, 8) };
    let workers = Argon2Workers::start(expensive).unwrap();
    let cheap = Argon2Workers::start(settings(1, 1)).unwrap();
    let hash = cheap.admit(Urgency::Registration, None).unwrap().hash(password(), [1; 16]).await.unwrap();
    let registrations: Vec<_> = (0..3)
        .map(|number| {
            let slot = workers.admit(Urgency::Registration, network(number)).unwrap();
            tokio::spawn(async move { slot.hash(password(), [number; 16]).await })
        })
        .collect();
    while workers.load().computing == 0 {
        tokio::task::yield_now().await;
    }
    let slot = workers.admit(Urgency::SignIn, network(9)).unwrap();
    assert!(slot.verify(password(), Some(hash)).await.unwrap());
    assert_eq!(registrations.iter().filter(|it| it.is_finished()).count(), 0);
    assert_eq!(workers.load().workers, 1);
    for registration in registrations {
        registration.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn each_worker_is_prepared_but_not_the_spare_one() {
    let prepared = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&prepared);
    let prepare = move || notes.lock().unwrap().push(thread::current().name().unwrap().to_owned());
    let workers = Argon2Workers::start_with(settings(2, 2), None, prepare).unwrap();
    workers.admit(Urgency::SignIn, None).unwrap().verify(password(), None).await.unwrap();
    // Stopping waits until every thread has run.
    drop(workers);
    let mut names = prepared.lock().unwrap().clone();
    names.sort();
    assert_eq!(names, ["argon2-0", "argon2-1"]);
}

#[tokio::test]
async fn a_caller_that_goes_away_gives_its_place_back_at_once() {
    let workers = idle(2, None);
    for _ in 0..8 {
        let slot = workers.admit(Urgency::Registration, None).unwrap();
        // Polled once, so that the job waits, then dropped.
        let hashing = slot.hash(password(), [1; 16]);
        tokio::select! { biased; _ = hashing => {}, () = std::future::ready(()) => {} }
        assert_eq!((workers.places_taken(), workers.load().waiting), (0, 0));
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_while_its_hash_is_computed_leaves_the_worker_in_order() {
    let workers = workers(1, 7);
    for _ in 0..50 {
        let slot = workers.admit(Urgency::Registration, None).unwrap();
        let hashing = tokio::spawn(slot.hash(password(), [1; 16]));
        tokio::task::yield_now().await;
        hashing.abort();
    }
    assert!(!workers.admit(Urgency::SignIn, None).unwrap().verify(password(), None).await.unwrap());
    while workers.places_taken() > 0 {
        tokio::task::yield_now().await;
    }
}

/// Writes down what it is told.
#[derive(Default)]
struct Notes(Mutex<Vec<String>>);

impl HashingObserver for Notes {
    fn waited(&self, urgency: Urgency, _: Duration) {
        self.0.lock().unwrap().push(format!("{} waited", urgency.name()));
    }

    fn refused(&self, urgency: Urgency, why: HashingRefusal) {
        self.0.lock().unwrap().push(format!("{} {}", urgency.name(), why.name()));
    }
}

#[tokio::test]
async fn those_who_lose_their_place_are_told_at_once() {
    let notes = Arc::new(Notes::default());
    let workers = idle(4, Some(Arc::clone(&notes) as _));
    let unused = workers.admit(Urgency::Registration, network(1)).unwrap();
    let used = workers.admit(Urgency::Registration, network(1)).unwrap();
    let waiting = tokio::spawn(used.hash(password(), [1; 16]));
    tokio::task::yield_now().await;
    let _others = [2, 3].map(|number| workers.admit(Urgency::Registration, network(number)).unwrap());
    assert!(workers.admit(Urgency::Registration, network(1)).is_err());
    let newcomer = workers.admit(Urgency::Registration, network(4)).unwrap();
    assert!(is_overloaded(&waiting.await.unwrap()));
    let _sign_ins = [5, 6].map(|number| workers.admit(Urgency::SignIn, network(number)).unwrap());
    assert!(workers.admit(Urgency::SignIn, network(7)).is_err());
    assert!(is_overloaded(&newcomer.hash(password(), [1; 16]).await), "a place that was not used yet is lost, too");
    drop(unused);
    assert_eq!(workers.places_taken(), 3);
    let told = notes.0.lock().unwrap().clone();
    let displaced = "registration displaced";
    assert_eq!(told, ["registration network", displaced, displaced, displaced, "sign_in full"]);
    assert_eq!(workers.load().refused, 5);
}

#[tokio::test]
async fn stopped_workers_tell_those_who_wait() {
    let workers = workers(1, 4);
    let slots: Vec<_> = (0..5).map(|_| workers.admit(Urgency::Registration, None).unwrap()).collect();
    let waiting: Vec<_> =
        slots.into_iter().map(|slot| tokio::spawn(async move { slot.hash(password(), [1; 16]).await })).collect();
    tokio::task::yield_now().await;
    drop(workers);
    for hash in waiting {
        assert!(matches!(hash.await.unwrap(), Ok(_) | Err(HashingError::Stopped)));
    }
}

#[test]
fn unusable_settings_are_refused() {
    let settings = Argon2Settings { memory_kib: 1, ..Argon2Settings::default() };
    assert!(matches!(Argon2Workers::start(settings), Err(WorkersError::Parameters(_))));
    let settings = Argon2Settings { workers: 0, ..Argon2Settings::default() };
    assert!(matches!(Argon2Workers::start(settings), Err(WorkersError::NoWorker)));
}
