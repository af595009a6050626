//! The worker on a store in memory. Where time matters it passes only when everybody waits.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::queue::{CLAIM_PAUSE, MAX_EVENTS, MAX_MAILS, POLL};
use super::*;
use crate::audit::AuditEvent;
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::id::{AccountId, OutboxId};
use crate::idempotency::IdempotencyRecord;
use crate::one_time_token::TokenDigest;
use crate::one_time_token::master_key::MasterKey;
use crate::outbox::delivery::LEASE;
use crate::outbox::event::{EndpointName, Event, EventType, Subscription};
use crate::outbox::mail::Mail;
use crate::outbox::{Intent, OutboxEntry, OutboxState, Queue};
use crate::password::argon2::{Argon2Settings, Argon2Workers};
use crate::ports::store::Insert;
use crate::ports::{Clock, DeliveryError, EventSender, Mailer, Store};
use crate::registration::resend::ResendTarget;
use crate::testing::{FakeClock, MemoryStore, SeededEntropy};
use crate::{
    AccountService, CallContext, Links, Ports, RegisterRequest, RegistrationDraft, RegistrationRules, Settings,
};

/// Keeps whom it emailed; hangs for addresses that begin with `hang` until it is let go.
struct SlowMailer {
    begun: AtomicUsize,
    sent: Mutex<BTreeSet<String>>,
    let_go: Semaphore,
    news: Notify,
}

impl Default for SlowMailer {
    fn default() -> Self {
        let (begun, sent) = (AtomicUsize::default(), Mutex::default());
        Self { begun, sent, let_go: Semaphore::new(0), news: Notify::new() }
    }
}

#[async_trait]
impl Mailer for SlowMailer {
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        self.news.notify_one();
        if mail.to.as_str().starts_with("hang") {
            self.let_go.acquire().await.unwrap().forget();
        }
        self.sent.lock().unwrap().insert(mail.to.as_str().to_owned());
        self.news.notify_one();
        Ok(())
    }
}

/// Endpoints behave as mailboxes do.
#[async_trait]
impl EventSender for SlowMailer {
    async fn send(&self, event: &Event) -> Result<(), DeliveryError> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        self.news.notify_one();
        if event.endpoint.as_str().starts_with("hang") {
            self.let_go.acquire().await.unwrap().forget();
        }
        self.sent.lock().unwrap().insert(event.id.to_string());
        self.news.notify_one();
        Ok(())
    }
}

impl SlowMailer {
    fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }

    fn sent(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    fn let_all_go(&self) {
        self.let_go.add_permits(1_000);
    }

    /// Waits until the condition holds; looks again at each event.
    async fn wait_until(&self, condition: impl Fn(&Self) -> bool) {
        while !condition(self) {
            self.news.notified().await;
        }
    }
}

struct Stage {
    service: AccountService,
    store: Arc<MemoryStore>,
    mailer: Arc<SlowMailer>,
    stop: Arc<Notify>,
}

impl Stage {
    fn new() -> Self {
        let hashing = Argon2Settings { memory_kib: 8, iterations: 1, ..Argon2Settings::default() };
        let store = Arc::new(MemoryStore::default());
        let ports = Ports::new(
            Arc::clone(&store),
            Arc::new(Argon2Workers::start(hashing).unwrap()),
            Arc::new(FakeClock::default()),
            Arc::new(SeededEntropy::new(2)),
        );
        let subscriptions = ["hanging", "working"]
            .map(|name| Subscription { endpoint: EndpointName::parse(name).unwrap(), types: EventType::ALL.to_vec() });
        let settings = Settings {
            subscriptions: subscriptions.to_vec(),
            ..Settings::new(MasterKey::generate(&SeededEntropy::new(1)))
        };
        let service = AccountService::new(ports, settings);
        Self { service, store, mailer: Arc::default(), stop: Arc::default() }
    }

    fn start(&self) -> JoinHandle<Stopped> {
        self.start_until(Duration::from_hours(1))
    }

    /// Starts a worker with that deadline to stop.
    fn start_until(&self, deadline: Duration) -> JoinHandle<Stopped> {
        let mailer = Arc::clone(&self.mailer) as Arc<dyn Mailer>;
        let delivery = Delivery::new(&self.service, mailer, Links::new("https://a.org"));
        let delivery = delivery.with_events(Arc::clone(&self.mailer) as Arc<dyn EventSender>);
        let (worker, stop) = (Worker::new(&self.service, delivery), Arc::clone(&self.stop));
        tokio::spawn(worker.run(async move { stop.notified().await }, deadline))
    }

    async fn register(&self, email: &str) {
        let rules = RegistrationRules::native("test");
        let (email, password) = (email.into(), "velvet lantern gravel orchid".into());
        let draft = RegistrationDraft { email, password, ..RegistrationDraft::default() };
        let request = RegisterRequest { draft, rules: &rules, context: CallContext::default(), idempotency_key: None };
        self.service.register(request).await.unwrap();
    }

    /// Puts an entry into the outbox that comes to nothing, and rings no bell.
    async fn enqueue_by_another_process(&self) {
        let address = EmailAddress::parse("jane@acme.com").unwrap();
        let intent = Intent::Resend { registration: None, address, generation: None };
        let id = OutboxId::from_uuid(uuid::Uuid::from_u128(7));
        let mut unit = self.store.begin().await.unwrap();
        unit.enqueue(&OutboxEntry::new(id, intent, FakeClock::default().now())).await.unwrap();
        unit.commit().await.unwrap();
    }

    /// Puts that many events for an endpoint into the outbox.
    async fn enqueue_events(&self, endpoint: &str, count: u8) {
        let mut unit = self.store.begin().await.unwrap();
        for number in 0..count {
            let account = AccountId::from_uuid(uuid::Uuid::from_u128(8));
            let name = EndpointName::parse(endpoint).unwrap();
            let intent = Intent::Event { account, endpoint: name, event: AuditEvent::AccountDeleted };
            let id = uuid::Uuid::from_bytes([endpoint.as_bytes()[0], number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            let entry = OutboxEntry::new(OutboxId::from_uuid(id), intent, FakeClock::default().now());
            unit.enqueue(&entry).await.unwrap();
        }
        unit.commit().await.unwrap();
    }

    async fn has_queued(&self) -> bool {
        let mut unit = self.store.begin_read_only().await.unwrap();
        let (request, mail) = (unit.next_due(&Queue::Deciding).await, unit.next_due(&Queue::Mail).await);
        request.unwrap().is_some() || mail.unwrap().is_some()
    }

    async fn wait_until_settled(&self) {
        while self.has_queued().await {
            sleep(Duration::from_millis(1)).await;
        }
    }
}

#[tokio::test]
async fn hanging_mails_delay_no_others() {
    let stage = Stage::new();
    for number in 0..MAX_MAILS - 1 {
        stage.register(&format!("hang{number}@acme.com")).await;
    }
    let worker = stage.start();
    stage.mailer.wait_until(|mailer| mailer.begun() == MAX_MAILS - 1).await;
    for number in 0..40 {
        stage.register(&format!("john{number}@acme.com")).await;
    }
    stage.mailer.wait_until(|mailer| mailer.sent() == 40).await;
    stage.stop.notify_one();
    stage.mailer.let_all_go();
    assert_eq!(worker.await.unwrap(), Stopped::Finished);
    assert_eq!(stage.mailer.sent(), 40 + MAX_MAILS - 1);
}

#[tokio::test]
async fn a_hanging_endpoint_delays_nothing_else_and_is_not_flooded() {
    let stage = Stage::new();
    stage.enqueue_events("hanging", 20).await;
    let worker = stage.start();
    stage.mailer.wait_until(|mailer| mailer.begun() == MAX_EVENTS).await;
    stage.enqueue_events("working", 20).await;
    for number in 0..20 {
        stage.register(&format!("john{number}@acme.com")).await;
    }
    stage.mailer.wait_until(|mailer| mailer.sent() == 40).await;
    assert_eq!(stage.mailer.begun(), MAX_EVENTS + 40);
    stage.stop.notify_one();
    stage.mailer.let_all_go();
    assert_eq!(worker.await.unwrap(), Stopped::Finished);
    assert_eq!(stage.mailer.sent(), MAX_EVENTS + 40);
}

#[tokio::test]
async fn no_more_is_claimed_than_can_leave_at_once() {
    let stage = Stage::new();
    for number in 0..2 * MAX_MAILS {
        stage.register(&format!("hang{number}@acme.com")).await;
    }
    let worker = stage.start();
    stage.mailer.wait_until(|mailer| mailer.begun() == MAX_MAILS).await;
    let mut unit = stage.store.begin().await.unwrap();
    let now = FakeClock::default().now();
    assert_eq!(unit.claim(&Queue::Mail, now, now + LEASE, 100).await.unwrap().len(), MAX_MAILS, "the others are free");
    drop(unit);
    stage.stop.notify_one();
    stage.mailer.let_all_go();
    assert_eq!(worker.await.unwrap(), Stopped::Finished);
    assert_eq!(stage.mailer.sent(), MAX_MAILS);
}

#[tokio::test(start_paused = true)]
async fn the_bell_wakes_the_worker_at_once() {
    let stage = Stage::new();
    let worker = stage.start();
    // Between two looks: the first was at the start, the next would come a second after it.
    sleep(POLL / 2).await;
    let begin = Instant::now();
    stage.enqueue_by_another_process().await;
    stage.service.outbox_bell().ring();
    stage.wait_until_settled().await;
    assert!(begin.elapsed() < Duration::from_millis(10), "{:?}", begin.elapsed());
    stage.stop.notify_one();
    assert_eq!(worker.await.unwrap(), Stopped::Finished);
}

#[tokio::test(start_paused = true)]
async fn entries_of_other_processes_are_found_within_a_second() {
    let stage = Stage::new();
    let worker = stage.start();
    sleep(POLL / 2).await;
    let begin = Instant::now();
    stage.enqueue_by_another_process().await;
    stage.wait_until_settled().await;
    assert!(begin.elapsed() <= POLL + CLAIM_PAUSE, "{:?}", begin.elapsed());
    stage.stop.notify_one();
    assert_eq!(worker.await.unwrap(), Stopped::Finished);
}

#[tokio::test]
async fn stopping_finishes_deliveries_and_starts_none() {
    let stage = Stage::new();
    stage.register("hang@acme.com").await;
    let worker = stage.start();
    stage.mailer.wait_until(|mailer| mailer.begun() == 1).await;
    stage.stop.notify_one();
    stage.register("john@acme.com").await;
    assert!(!worker.is_finished());
    stage.mailer.let_all_go();
    assert_eq!(worker.await.unwrap(), Stopped::Finished);
    assert_eq!(*stage.mailer.sent.lock().unwrap(), BTreeSet::from(["hang@acme.com".to_owned()]));
    assert!(stage.has_queued().await, "the other one waits for the next start");
}

#[tokio::test(start_paused = true)]
async fn a_mailer_that_never_returns_loses_its_place() {
    let stage = Stage::new();
    stage.register("hang@acme.com").await;
    let begin = Instant::now();
    let worker = stage.start();
    stage.mailer.wait_until(|mailer| mailer.begun() == 1).await;
    stage.stop.notify_one();
    assert_eq!(worker.await.unwrap(), Stopped::Finished);
    assert!((LEASE..2 * LEASE).contains(&begin.elapsed()), "{:?}", begin.elapsed());
    assert_eq!(stage.mailer.sent(), 0);
}

#[tokio::test(start_paused = true)]
async fn unfinished_deliveries_are_left_to_others_at_the_deadline() {
    let stage = Stage::new();
    stage.register("hang@acme.com").await;
    let worker = stage.start_until(Duration::from_secs(2));
    stage.mailer.wait_until(|mailer| mailer.begun() == 1).await;
    let begin = Instant::now();
    stage.stop.notify_one();
    assert_eq!(worker.await.unwrap(), Stopped::Abandoned);
    assert_eq!(begin.elapsed().as_secs(), 2);
    stage.mailer.let_all_go();
    tokio::task::yield_now().await;
    assert_eq!(stage.mailer.sent(), 0, "the send has ended with its worker");
    assert!(stage.has_queued().await);
}

/// Keeps the names of what it is told of.
#[derive(Default)]
struct Diary(Mutex<Vec<String>>);

impl WorkerObserver for Diary {
    fn observe(&self, event: &WorkerEvent<'_>) {
        self.0.lock().unwrap().push(match event {
            WorkerEvent::Delivered { delivered, .. } => delivered.name().to_owned(),
            WorkerEvent::Removed { intent, count } => format!("removed {count} {intent}"),
            WorkerEvent::Tidied(tidied) => format!("tidied {tidied}"),
            event => format!("{event:?}").split([' ', '(']).next().unwrap_or_default().to_owned(),
        });
    }
}

#[tokio::test(start_paused = true)]
async fn the_observer_gets_every_event() {
    let stage = Stage::new();
    let (mailer, diary) = (Arc::clone(&stage.mailer) as Arc<dyn Mailer>, Arc::new(Diary::default()));
    let delivery = Delivery::new(&stage.service, mailer, Links::new("https://a.org"));
    let worker = Worker::new(&stage.service, delivery).observed_by(Arc::clone(&diary) as Arc<dyn WorkerObserver>);
    stage.register("john@acme.com").await;
    worker.run(sleep(HOUSEKEEPING_PAUSE + POLL), POLL).await;
    let told = diary.0.lock().unwrap();
    assert_eq!(*told, ["Started", "handed_over", "tidied nothing", "Stopping", "Stopping", "Stopped"]);
}

#[tokio::test]
async fn thousands_of_requests_for_addresses_that_nobody_has_delay_no_mail() {
    let stage = Stage::new();
    let mut unit = stage.store.begin().await.unwrap();
    for number in 0..10_000 {
        let address = EmailAddress::parse(&format!("nobody{number}@acme.com")).unwrap();
        let intent = Intent::PasswordReset { address, decided: None };
        let id = OutboxId::from_uuid(uuid::Uuid::from_u128(number + 1));
        unit.enqueue(&OutboxEntry::new(id, intent, FakeClock::default().now())).await.unwrap();
    }
    unit.commit().await.unwrap();
    stage.register("john@acme.com").await;
    let worker = stage.start();
    stage.mailer.wait_until(|mailer| mailer.sent() == 1).await;
    let waiting = stage.store.outbox().iter().filter(|entry| entry.state == OutboxState::Queued).count();
    assert!(waiting > 5_000, "it left before them: {waiting}");
    stage.wait_until_settled().await;
    stage.stop.notify_one();
    assert_eq!(worker.await.unwrap(), Stopped::Finished);
    assert_eq!(stage.store.outbox().len(), 1, "nothing is left of them");
}

#[tokio::test(start_paused = true)]
async fn a_decided_mail_is_sent_at_once() {
    let stage = Stage::new();
    stage.register("john@acme.com").await;
    let worker = stage.start();
    stage.wait_until_settled().await;
    sleep(POLL / 2).await;
    let begin = Instant::now();
    let target = ResendTarget::Address("john@acme.com".into());
    stage.service.resend_verification(target, &Client::default()).await.unwrap();
    stage.mailer.wait_until(|mailer| mailer.begun() == 2).await;
    assert!(begin.elapsed() <= CLAIM_PAUSE, "{:?}", begin.elapsed());
    stage.stop.notify_one();
    assert_eq!(worker.await.unwrap(), Stopped::Finished);
}

#[tokio::test(start_paused = true)]
async fn requests_are_counted_when_they_are_removed() {
    let stage = Stage::new();
    let (mailer, diary) = (Arc::clone(&stage.mailer) as Arc<dyn Mailer>, Arc::new(Diary::default()));
    let delivery = Delivery::new(&stage.service, mailer, Links::new("https://a.org"));
    let worker = Worker::new(&stage.service, delivery).observed_by(Arc::clone(&diary) as Arc<dyn WorkerObserver>);
    stage.enqueue_by_another_process().await;
    worker.run(sleep(POLL), POLL).await;
    let told = diary.0.lock().unwrap();
    assert_eq!(*told, ["Started", "removed 1 resend", "Stopping", "Stopping", "Stopped"]);
}

/// Puts that many records into the store that have expired.
async fn expired_records(store: &MemoryStore, count: u32) {
    let mut unit = store.begin().await.unwrap();
    let now = FakeClock::default().now();
    for number in 0..count {
        let mut key = [0; 32];
        key[..4].copy_from_slice(&number.to_be_bytes());
        let (key, fingerprint) = (TokenDigest::from_bytes(key), TokenDigest::from_bytes([7; 32]));
        let expires_at = now - Duration::from_secs(1);
        let record = IdempotencyRecord { key, fingerprint, started_at: now, expires_at, answer: None };
        assert_eq!(unit.insert_idempotency_record(&record).await.unwrap(), Insert::Done);
    }
    unit.commit().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn housekeeping_continues_while_there_is_more_without_blocking_others() {
    let stage = Stage::new();
    // Ten thousand go in one run.
    expired_records(&stage.store, 25_000).await;
    let (mailer, diary) = (Arc::clone(&stage.mailer) as Arc<dyn Mailer>, Arc::new(Diary::default()));
    let delivery = Delivery::new(&stage.service, mailer, Links::new("https://a.org"));
    let worker = Worker::new(&stage.service, delivery).observed_by(Arc::clone(&diary) as Arc<dyn WorkerObserver>);
    let running = tokio::spawn(worker.run(sleep(HOUSEKEEPING_PAUSE + HOUSEKEEPING_BREATH * 5), POLL));
    sleep(HOUSEKEEPING_PAUSE + HOUSEKEEPING_BREATH / 2).await;
    stage.enqueue_by_another_process().await;
    stage.service.outbox_bell().ring();
    running.await.unwrap();
    let told = diary.0.lock().unwrap();
    let tidied: Vec<&str> = told.iter().filter_map(|event| event.strip_prefix("tidied ")).collect();
    let removed = |count| format!("idempotency_records: {count}");
    assert_eq!(tidied[..3], [removed(10_000), removed(10_000), removed(5_000)]);
    let place = |sought: &str| told.iter().position(|event| event == sought).unwrap();
    assert!(place("removed 1 resend") < place(&format!("tidied {}", removed(5_000))), "{told:?}");
}
