//! Delivering the outbox: decide whether an email is due; then claim entries under a lease, look up what each says,
//! send it, settle the claim.

mod alarm;
mod decide;
mod deciding;
mod decision;
mod ended;
mod refused;
mod settle;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::event::EndpointName;
use super::mail::Link;
use super::{Fault, OutboxEntry, Queue, Refusal, Settlement};
use crate::error_chain::chain;
use crate::one_time_token::{Purpose, SecretToken};
use crate::ports::store::Update;
use crate::ports::{Clock, DeliveryError, Entropy, EventSender, Mailer, Store, StoreError};
use crate::provider::{ProviderName, ProviderSettings};
use crate::registration::callback::CallbackOrigins;
use crate::retry::retried;
use crate::service::{AccountService, ChannelSettings, MasterKeys};
use crate::timestamp::Timestamp;
use alarm::Alarm;
pub use deciding::{DecidedEntries, DecidedEntry};
use decision::{Decision, Due};
pub use ended::{Ended, News, Outcome};
use settle::Settlements;

/// Maximum time for sending one email or event. Shorter than the lease, so that a slow one does not lose its claim.
pub const SEND_DEADLINE: Duration = Duration::from_secs(15);
/// How many requests are looked at in one unit of work: enough to decide thousands quickly, and few enough that others
/// who write do not wait long.
pub const DECIDED_TOGETHER: u32 = 500;
/// How long a claim is valid.
pub const LEASE: Duration = Duration::from_secs(20);
/// Time until the retry after the first failure. Doubles with each further failure.
const FIRST_RETRY: Duration = Duration::from_secs(10);
/// Maximum time between two attempts.
const LAST_RETRY: Duration = Duration::from_mins(30);
/// The longest that a queued entry waits: for its next attempt, or for the end of a claim.
pub(crate) const LONGEST_WAIT: Duration = LAST_RETRY;
/// Maximum length of a note, in characters.
const MAX_NOTE: usize = 500;

/// Delivers outbox entries. One object serves many tasks. Each entry is delivered separately, so that an email that
/// cannot be delivered delays no other.
#[derive(Clone)]
pub struct Delivery {
    store: Arc<dyn Store>,
    settlements: Arc<Settlements>,
    alarm: Arc<Alarm>,
    mailer: Arc<dyn Mailer>,
    events: Option<Arc<dyn EventSender>>,
    endpoints: Vec<EndpointName>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    master_keys: MasterKeys,
    verification_ttl: Duration,
    change_ttl: Duration,
    channels: BTreeMap<String, ChannelSettings>,
    providers: BTreeMap<ProviderName, ProviderSettings>,
    callback_origins: CallbackOrigins,
    links: Links,
}

/// A claimed entry, and what was decided for it. Its `Debug` output contains no secret.
#[derive(Debug)]
pub struct ClaimedEntry {
    entry: OutboxEntry,
    /// `None` if reading failed: it is looked up again at delivery.
    decision: Option<Decision>,
}

impl ClaimedEntry {
    pub(crate) const fn undecided(entry: OutboxEntry) -> Self {
        Self { entry, decision: None }
    }

    /// Returns the entry.
    #[must_use]
    pub const fn entry(&self) -> &OutboxEntry {
        &self.entry
    }
}

/// The links in mails. Built from the configured public URL only, never from a request.
#[derive(Debug, Clone)]
pub struct Links {
    public_url: String,
    /// The base of links to tokens.
    of_tokens: String,
}

impl Links {
    /// Creates links below this URL.
    #[must_use]
    pub fn new(public_url: &str) -> Self {
        let public_url = public_url.trim_end_matches('/').to_owned();
        Self { of_tokens: public_url.clone(), public_url }
    }

    /// Has links to tokens begin with another URL, such as that of a short domain. It must lead to the service as well.
    #[must_use]
    pub fn with_short_url(self, url: &str) -> Self {
        Self { of_tokens: url.trim_end_matches('/').to_owned(), ..self }
    }

    /// Returns the short link of a token. GET on it writes nothing: it redirects to the page where the person confirms.
    fn token(&self, purpose: Purpose, token: &SecretToken) -> Link {
        let folder = match purpose {
            // The others are never emailed this way.
            Purpose::EmailVerification
            | Purpose::SuperAdmin
            | Purpose::SessionRenewal
            | Purpose::RegistrationSession => "",
            Purpose::PasswordReset => "reset/",
            Purpose::AddressChange | Purpose::SecondaryAddress => "address/",
            Purpose::Invitation => "invitation/",
        };
        Link::new(format!("{}/l/{folder}{}", self.of_tokens, *token.expose()))
    }

    fn page(&self, name: &str) -> Link {
        Link::new(format!("{}/authenticate/{name}", self.public_url))
    }
}

impl Delivery {
    /// Creates the delivery of this service's outbox with this mailer.
    #[must_use]
    pub fn new(service: &AccountService, mailer: Arc<dyn Mailer>, links: Links) -> Self {
        Self {
            store: Arc::clone(&service.ports.store),
            settlements: Arc::new(Settlements::new(
                Arc::clone(&service.ports.store),
                Arc::clone(&service.ports.entropy),
            )),
            alarm: Arc::default(),
            mailer,
            events: None,
            endpoints: service.settings.subscriptions.iter().map(|to| to.endpoint.clone()).collect(),
            clock: Arc::clone(&service.ports.clock),
            entropy: Arc::clone(&service.ports.entropy),
            master_keys: service.settings.master_keys.clone(),
            verification_ttl: service.settings.verification_ttl,
            change_ttl: service.settings.change_ttl,
            channels: service.settings.channels.clone(),
            providers: service.settings.providers.clone(),
            callback_origins: service.settings.callback_origins.clone(),
            links,
        }
    }

    /// Also sends the events of the service's subscriptions, with this sender. Without one, events wait for a process
    /// that has one.
    #[must_use]
    pub fn with_events(self, sender: Arc<dyn EventSender>) -> Self {
        Self { events: Some(sender), ..self }
    }

    /// Returns the queues to deliver, besides the one that [`decide`](Self::decide) works on: one for emails and, if
    /// there is an event sender, one per subscribed endpoint. Process them in parallel, so that a slow or dead endpoint
    /// delays only itself.
    #[must_use]
    pub fn queues(&self) -> Vec<Queue> {
        let endpoints = self.events.iter().flat_map(|_| &self.endpoints).cloned().map(Queue::Endpoint);
        std::iter::once(Queue::Mail).chain(endpoints).collect()
    }

    /// Claims up to `limit` due entries of the queue. Then looks up, in one more unit of work for all of them, what
    /// each says. That unit is read-only, so nobody who changes an account waits for it. Deliver the entries
    /// immediately: what was found is as old as the claim.
    ///
    /// # Errors
    /// [`StoreError`] if the store failed.
    pub async fn claim(&self, queue: &Queue, limit: u32) -> Result<Vec<ClaimedEntry>, StoreError> {
        let entries = self.retried(|| self.claim_entries(queue, limit)).await?;
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        match self.decide_by_reading(&entries).await {
            Ok(decisions) => {
                let decided = entries.into_iter().zip(decisions);
                Ok(decided.map(|(entry, decision)| ClaimedEntry { entry, decision: Some(decision) }).collect())
            }
            // An entry that cannot be decided must not block the others: it fails when it is delivered.
            Err(_) => Ok(entries.into_iter().map(ClaimedEntry::undecided).collect()),
        }
    }

    async fn claim_entries(&self, queue: &Queue, limit: u32) -> Result<Vec<OutboxEntry>, StoreError> {
        let mut unit = self.store.begin().await?;
        let now = self.clock.now();
        let entries = unit.claim(queue, now, now + LEASE, limit).await?;
        unit.commit().await?;
        Ok(entries)
    }

    /// Does the work, and repeats it a few times while the store aborts it.
    async fn retried<T, F>(&self, work: impl Fn() -> F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, StoreError>>,
    {
        retried(&*self.store, &*self.entropy, work).await
    }

    /// Delivers one claimed entry and settles it. No unit of work is open while the mailer works. Deliveries that end
    /// at the same time are settled together; if that fails, each is settled separately.
    ///
    /// # Errors
    /// [`StoreError`]. The entry is then claimed again when its lease ends, and its email has the same Message-ID.
    pub async fn deliver(&self, claimed: &ClaimedEntry) -> Result<Ended, StoreError> {
        let entry = &claimed.entry;
        let decided_now;
        let decision = if let Some(decision) = &claimed.decision {
            decision
        } else {
            decided_now = self.decide_one_by_reading(entry).await?;
            &decided_now
        };
        let settlement = match decision {
            Decision::Drop(note) => Settlement::Dropped { at: self.clock.now(), note: (*note).to_owned() },
            Decision::GiveUp(note) => {
                Settlement::Dead { at: self.clock.now(), note: (*note).to_owned(), refusal: None }
            }
            // If the claim could expire during sending, leave the entry to the next claim, so that no other worker
            // sends it at the same time.
            Decision::Send { .. }
                if entry.leased_until.is_none_or(|lease| lease < self.clock.now() + SEND_DEADLINE) =>
            {
                return Ok(Outcome::Lost.into());
            }
            Decision::Send { what, useful_until } => match self.send(what).await {
                Ok(()) => Settlement::HandedOver { at: self.clock.now() },
                Err(error) if error.fault() == Some(Fault::Sender) => {
                    return self.settle_refused(entry, &error, *useful_until).await;
                }
                Err(error) => self.after_failure(entry, &error, *useful_until),
            },
        };
        if self.settlements.settle(entry, &settlement).await? == Update::Missed {
            return Ok(Outcome::Lost.into());
        }
        let mut ended = Ended::of(&settlement);
        let was_refused = entry.refusal.is_some_and(|refusal| refusal.fault == Fault::Sender);
        if was_refused && ended.outcome == Outcome::HandedOver {
            // This entry is settled. If the store fails now, the others wait until they are due.
            ended.news = self.pull_forward().await.ok().flatten();
        }
        Ok(ended)
    }

    async fn send(&self, what: &Due) -> Result<(), DeliveryError> {
        match (what, &self.events) {
            (Due::Mail(mail), _) => self.mailer.send(mail).await,
            (Due::Event(event), Some(sender)) => sender.send(event).await,
            (Due::Event(_), None) => Err(DeliveryError::Transient("this process does not send events".into())),
        }
    }

    /// Decides all due requests, then delivers one entry after another, queue by queue, until nothing is due; returns
    /// how many were delivered. For embedders and tests. The worker delivers several in parallel.
    ///
    /// # Errors
    /// [`StoreError`] if the store failed.
    pub async fn run_until_idle(&self) -> Result<usize, StoreError> {
        let mut count = 0;
        loop {
            let decided = self.decide(DECIDED_TOGETHER).await?;
            let has_more = decided.has_more();
            for request in decided.entries {
                request.is_mail_due?;
            }
            if !has_more {
                break;
            }
        }
        for queue in self.queues() {
            while let [claimed] = self.claim(&queue, 1).await?.as_slice() {
                self.deliver(claimed).await?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Returns the time until an entry of the queue is due, at most `at_most`.
    ///
    /// # Errors
    /// [`StoreError`] if the store failed.
    pub async fn idle_time(&self, queue: &Queue, at_most: Duration) -> Result<Duration, StoreError> {
        let mut unit = self.store.begin_read_only().await?;
        let due = unit.next_due(queue).await?;
        Ok(due.map_or(at_most, |due| due.since(self.clock.now()).min(at_most)))
    }

    /// Gives up a refused entry. Schedules a retry after a transient failure, with increasing waits, for as long as the
    /// email is useful.
    fn after_failure(&self, entry: &OutboxEntry, error: &DeliveryError, useful_until: Timestamp) -> Settlement {
        let now = self.clock.now();
        let due_at = now + self.retry_wait(entry.attempts);
        let note = note_of(error);
        let refusal = error.fault().map(|fault| Refusal { fault, at: now });
        match refusal {
            None if due_at < useful_until => Settlement::Deferred { due_at, note, refusal },
            None => Settlement::Dead { at: now, note: format!("out of time: {note}"), refusal },
            Some(_) => Settlement::Dead { at: now, note, refusal },
        }
    }

    /// 10 s, 20 s, 40 s .. 30 min, less a random part of up to a fifth, so that entries that failed together are not
    /// retried together.
    fn retry_wait(&self, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1).min(16);
        let wait = FIRST_RETRY.saturating_mul(1 << doublings).min(LAST_RETRY);
        let mut byte = [0];
        self.entropy.fill(&mut byte);
        wait.saturating_sub(wait / 5 * u32::from(byte[0]) / 255)
    }
}

/// Returns the failure with its causes on one line.
fn note_of(error: &DeliveryError) -> String {
    chain(error).chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_NOTE).collect()
}
