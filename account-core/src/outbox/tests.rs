//! Events, from the change that causes them to the endpoint.

use std::sync::Arc;
use std::time::Duration;

use super::event::{EVENT_USEFUL, EndpointName, Event, EventType, Subscription};
use super::{OutboxEntry, OutboxState, Queue};
use crate::account::{Account, Role};
use crate::administration::tests::{World, context, draft, token_in};
use crate::audit::{Actor, AuditEvent};
use crate::authorization::Administrator;
use crate::client::Client;
use crate::id::AccountId;
use crate::input::Input;
use crate::operator::import::{ImportOutcome, ImportedAccount};
use crate::outbox::delivery::{Delivery, Outcome};
use crate::password::policy::PasswordPolicy;
use crate::ports::DeliveryError;
use crate::registration::activation::Activation;
use crate::registration::draft::RegistrationRules;
use crate::registration::register::{Accepted, RegisterRequest};
use crate::registration::verify::{Proof, Spend, VerifyRequest};
use crate::testing::RecordingEventSender;

const MICROSECOND: Duration = Duration::from_micros(1);

fn name(text: &str) -> EndpointName {
    EndpointName::parse(text).unwrap()
}

fn transient() -> DeliveryError {
    DeliveryError::Transient("503".into())
}

/// A service that tells `crm` everything, and `archive` of deletions.
struct Telling {
    world: World,
    delivery: Delivery,
    sender: Arc<RecordingEventSender>,
}

impl Telling {
    fn new() -> Self {
        let world = World::with(|_, settings| {
            settings.subscriptions = vec![
                Subscription { endpoint: name("crm"), types: EventType::ALL.to_vec() },
                Subscription { endpoint: name("archive"), types: vec![EventType::AccountDeleted] },
            ];
        });
        let sender = Arc::<RecordingEventSender>::default();
        let delivery = world.delivery.clone().with_events(Arc::clone(&sender) as _);
        Self { world, delivery, sender }
    }

    /// Delivers what is due; returns the events.
    async fn events(&self) -> Vec<Event> {
        self.delivery.run_until_idle().await.unwrap();
        self.sender.take()
    }

    async fn told(&self) -> Vec<(String, EventType, AuditEvent)> {
        let told = |event: Event| (event.endpoint.to_string(), event.event_type, event.cause);
        self.events().await.into_iter().map(told).collect()
    }

    async fn disable(&self, admin: &Administrator, account: &Account) -> Account {
        self.world.service.disable_account(admin, account.id, Input::Absent, &context()).await.unwrap()
    }

    /// An account that was just disabled, and the event of it, which is due.
    async fn disabled(&self) -> (Account, OutboxEntry) {
        let (admin, account) = (self.world.admin(Role::Admin).await, self.world.account(Role::User).await);
        let account = self.disable(&admin, &account).await;
        (account, self.only_event())
    }

    fn only_event(&self) -> OutboxEntry {
        let events = self.world.store.outbox().into_iter().filter(|entry| entry.intent.queue() != Queue::Mail);
        let [entry] = <[OutboxEntry; 1]>::try_from(events.collect::<Vec<_>>()).unwrap();
        entry
    }

    async fn register(&self, email: &str, activation: Activation) -> Accepted {
        let rules = RegistrationRules { activation, ..RegistrationRules::native("native") };
        let (draft, client) = (draft(email), Client::default());
        let request = RegisterRequest { draft, rules: &rules, context: client.into(), idempotency_key: None };
        self.world.service.register(request).await.unwrap()
    }

    /// Completes the registration by the newest of the emails that have left.
    async fn complete(&self, accepted: Accepted) -> Account {
        let mail = self.world.mailer.take().pop().unwrap();
        let spend = Spend::Token(token_in(&mail, ""));
        let proof = Proof { continuations: vec![accepted.continuation], ..Proof::default() };
        let (password_policy, context) = (PasswordPolicy::DEFAULT, context());
        let request = VerifyRequest { spend, proof, password_policy, context };
        self.world.service.verify_email(request).await.unwrap().account
    }
}

#[tokio::test]
async fn each_endpoint_gets_the_events_it_subscribed_to() {
    let telling = Telling::new();
    let admin = telling.world.admin(Role::Admin).await;
    let account = telling.world.account(Role::User).await;
    telling.disable(&admin, &account).await;
    let changed = ("crm".to_owned(), EventType::AccountChanged, AuditEvent::AccountDisabled);
    assert_eq!(telling.told().await, [changed]);
    telling.world.service.delete_account(&admin, account.id, &context()).await.unwrap();
    let deleted = |endpoint: &str| (endpoint.to_owned(), EventType::AccountDeleted, AuditEvent::AccountDeleted);
    assert_eq!(telling.told().await, [deleted("crm"), deleted("archive")]);
    assert_eq!(telling.told().await, []);
}

#[tokio::test]
async fn a_completed_registration_is_sent_with_its_account() {
    let telling = Telling::new();
    let accepted = telling.register("john@acme.com", Activation::Verified).await;
    assert_eq!(telling.events().await, [], "nothing is told of what is not proven");
    let account = telling.complete(accepted).await;
    let (id, occurred_at) = (telling.only_event().id, telling.world.clock_now());
    let expected = Event {
        id,
        endpoint: name("crm"),
        event_type: EventType::RegistrationCompleted,
        cause: AuditEvent::RegistrationCompleted,
        account_id: account.id,
        occurred_at,
        account: Some(account),
    };
    assert_eq!(telling.events().await, [expected]);
}

#[tokio::test]
async fn an_event_shows_the_account_as_it_is_when_it_is_sent() {
    let telling = Telling::new();
    let (account, _) = telling.disabled().await;
    let admin = telling.world.admin(Role::Admin).await;
    telling.world.tick();
    let enabled = telling.world.service.enable_account(&admin, account.id, Input::Absent, &context()).await.unwrap();
    let [first, second] = <[Event; 2]>::try_from(telling.events().await).unwrap();
    assert_eq!((first.cause, second.cause), (AuditEvent::AccountDisabled, AuditEvent::AccountEnabled));
    assert!(first.occurred_at < second.occurred_at);
    assert_eq!((first.account.as_ref(), second.account.as_ref()), (Some(&enabled), Some(&enabled)));

    telling.disable(&admin, &account).await;
    telling.world.service.delete_account(&admin, account.id, &context()).await.unwrap();
    let last = telling.events().await;
    assert_eq!(last.len(), 3);
    assert!(last.iter().all(|event| event.account.is_none() && event.account_id == account.id));
}

#[tokio::test]
async fn an_endpoint_that_fails_delays_neither_mails_nor_other_endpoints() {
    let telling = Telling::new();
    let (account, _) = telling.disabled().await;
    let admin = telling.world.admin(Role::Admin).await;
    telling.world.service.delete_account(&admin, account.id, &context()).await.unwrap();
    telling.register("john@acme.com", Activation::Verified).await;
    for _ in 0..2 {
        telling.sender.fail_next(name("crm"), transient());
    }
    let [told] = <[Event; 1]>::try_from(telling.events().await).unwrap();
    assert_eq!(told.endpoint, name("archive"));
    assert!(telling.world.mailer.take().iter().any(|mail| mail.content.name() == "verify-address"));
}

#[tokio::test]
async fn an_event_is_tried_for_three_days_under_one_id_and_then_dead() {
    let telling = Telling::new();
    let (_, entry) = telling.disabled().await;
    let queue = Queue::Endpoint(name("crm"));
    let mut attempts = 0;
    loop {
        telling.sender.fail_next(name("crm"), transient());
        let claimed = telling.delivery.claim(&queue, 9).await.unwrap();
        let [claimed] = claimed.as_slice() else { panic!("{claimed:?}") };
        assert_eq!(claimed.entry().id, entry.id);
        attempts += 1;
        if telling.delivery.deliver(claimed).await.unwrap() == Outcome::Dead {
            break;
        }
        let wait = telling.delivery.idle_time(&queue, EVENT_USEFUL).await.unwrap();
        assert!(wait <= Duration::from_mins(30));
        telling.world.clock.advance(wait);
    }
    assert!(attempts > 144, "to the end: {attempts}");
    assert!(telling.world.clock_now() < entry.created_at + EVENT_USEFUL);
    let dead = telling.only_event();
    assert_eq!(dead.state, OutboxState::Dead);
    assert_eq!(dead.note.as_deref(), Some("out of time: the delivery failed for now: 503"));
    assert_eq!(telling.events().await, []);
}

#[tokio::test]
async fn a_dead_event_can_always_be_requeued() {
    let telling = Telling::new();
    let (_, entry) = telling.disabled().await;
    let admin = telling.world.admin(Role::Admin).await;
    let service = &telling.world.service;
    for error in [DeliveryError::Permanent("410".into()), transient()] {
        telling.sender.fail_next(name("crm"), error);
        assert_eq!(telling.events().await, []);
        assert_eq!(telling.only_event().state, OutboxState::Dead);
        // However old, it is tried once more when it was put back.
        telling.world.clock.advance(2 * EVENT_USEFUL);
        service.redrive(&admin, entry.id, &context()).await.unwrap();
        service.housekeeping().tidy().await.unwrap();
    }
    assert_eq!(telling.events().await.iter().map(|event| event.id).collect::<Vec<_>>(), [entry.id]);
}

#[tokio::test]
async fn a_queued_event_can_be_dropped() {
    let telling = Telling::new();
    let (_, waiting) = telling.disabled().await;
    let admin = telling.world.admin(Role::Admin).await;
    let dropped = telling.world.service.drop_entry(&admin, waiting.id, &context()).await.unwrap();
    assert_eq!((waiting.state, dropped.state), (OutboxState::Queued, OutboxState::Dropped));
    assert_eq!(telling.events().await, []);
}

#[tokio::test]
async fn without_a_sender_events_wait_and_mails_are_sent() {
    let telling = Telling::new();
    telling.disabled().await;
    assert_eq!(telling.world.delivery.queues(), [Queue::Mail]);
    assert_eq!(telling.world.mails().await.len(), 1, "the notice");
    assert_eq!(telling.only_event().state, OutboxState::Queued);
    let endpoints = ["crm", "archive"].map(|endpoint| Queue::Endpoint(name(endpoint)));
    assert_eq!(telling.delivery.queues()[1..], endpoints);
    assert_eq!(telling.events().await.len(), 1);
}

#[tokio::test]
async fn an_event_without_a_worker_is_given_up_after_twice_its_lifetime() {
    let telling = Telling::new();
    let (_, entry) = telling.disabled().await;
    let housekeeping = telling.world.service.housekeeping();
    telling.world.clock.advance(2 * EVENT_USEFUL);
    assert_eq!(housekeeping.tidy().await.unwrap().count("unclaimed_events"), 0);
    telling.world.clock.advance(MICROSECOND);
    assert_eq!(housekeeping.preview().await.unwrap().count("unclaimed_events"), 1);
    assert_eq!(housekeeping.tidy().await.unwrap().count("unclaimed_events"), 1);
    let dead = telling.only_event();
    assert_eq!((dead.id, dead.state), (entry.id, OutboxState::Dead));
    assert_eq!(dead.note.as_deref(), Some("no process sent it in time"));
    let mails = telling.world.store.outbox().into_iter().filter(|entry| entry.intent.queue() == Queue::Mail);
    assert!(mails.into_iter().all(|mail| mail.state == OutboxState::Queued), "mails are not events");
}

#[tokio::test]
async fn an_import_sends_events_only_for_accounts_it_ends() {
    let telling = Telling::new();
    let made_at_once = telling.register("john@acme.com", Activation::Immediate).await;
    let unproven = AccountId::from(made_at_once.registration);
    let created = ("crm".to_owned(), EventType::AccountCreated, AuditEvent::AccountCreated);
    assert_eq!(telling.told().await, [created]);
    let imported =
        |email: &str| ImportedAccount { email: email.to_owned(), verified: true, ..ImportedAccount::default() };
    let batch = vec![imported("jane@acme.com"), imported("john@acme.com")];
    let outcomes = telling.world.service.import_accounts(batch, &context()).await.unwrap();
    assert!(outcomes.iter().all(|outcome| matches!(outcome, ImportOutcome::Imported(_))));
    let events = telling.events().await;
    let ended = |event: &Event| (event.endpoint.to_string(), event.event_type, event.account_id);
    let deleted = |endpoint: &str| (endpoint.to_owned(), EventType::AccountDeleted, unproven);
    assert_eq!(events.iter().map(ended).collect::<Vec<_>>(), [deleted("crm"), deleted("archive")]);
}

#[tokio::test]
async fn a_replaced_unverified_account_is_recorded_and_sent() {
    let telling = Telling::new();
    let unproven = telling.register("john@acme.com", Activation::Immediate).await;
    telling.world.tick();
    let proven = telling.register("john@acme.com", Activation::Verified).await;
    telling.told().await;
    let account = telling.complete(proven).await;
    let gone = AccountId::from(unproven.registration);
    let (by, words) = (Actor::Account(account.id), Some("unverified".to_owned()));
    let expected = (AuditEvent::AccountDeleted, by, Some(gone), words);
    assert!(telling.world.trail().contains(&expected), "{:?}", telling.world.trail());
    let told: Vec<_> = telling.events().await.into_iter().map(|event| (event.event_type, event.account_id)).collect();
    assert!(told.contains(&(EventType::AccountDeleted, gone)), "{told:?}");
    assert!(told.contains(&(EventType::RegistrationCompleted, account.id)), "{told:?}");
}

#[tokio::test]
async fn rolled_back_events_are_not_sent() {
    let telling = Telling::new();
    let (context, account) = (context(), telling.world.account(Role::User).await);
    let mut change = telling.world.service.change(&context, Actor::Service).await.unwrap();
    change.record(AuditEvent::ProfileChanged, Some(account.id), None).await.unwrap();
    drop(change);
    assert_eq!(telling.events().await, []);
}
