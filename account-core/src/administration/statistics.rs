//! Figures: by day, and of the outbox.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use super::AdminError;
use crate::audit::AuditEvent;
use crate::authorization::Administrator;
use crate::outbox::{OutboxState, Queue};
use crate::ports::store::{Measure, Wait};
use crate::ports::{StoreError, UnitOfWork};
use crate::service::AccountService;
use crate::timestamp::Timestamp;

/// Maximum number of days.
pub const MAX_DAYS: u32 = 31;
/// How many waits of a day are looked at: those that ended last.
pub const MAX_WAITS: u32 = 1_000;
const DAY: Duration = Duration::from_hours(24);
const MICROSECONDS_OF_A_DAY: i64 = 86_400_000_000;

/// Figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// The days, today last.
    pub days: Vec<DayFigures>,
    /// The queues of the outbox: undecided requests, emails, then every endpoint with entries, by name.
    pub queues: Vec<QueueFigures>,
}

/// The figures of one day (UTC).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayFigures {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// Registrations recorded.
    pub registrations_started: u64,
    /// Emails that a mail server accepted.
    pub mails_handed_over: u64,
    /// Registrations that became an account.
    pub confirmed: u64,
    /// Sign-ins.
    pub signed_in: u64,
    /// How long registering people waited for their email, of the emails that were sent on this day.
    pub until_mailed: Option<Waits>,
    /// How long after registering they confirmed, of those who confirmed on this day.
    pub until_confirmed: Option<Waits>,
}

/// How long people waited. Of a day with more than [`MAX_WAITS`], only the last ones count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    /// How many were looked at.
    pub count: u64,
    /// Half of them waited no longer.
    pub median: Duration,
    /// 95 of 100 waited no longer.
    pub p95: Duration,
}

/// What waits in one queue of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueFigures {
    /// The queue.
    pub queue: Queue,
    /// Entries that wait.
    pub queued: u64,
    /// Entries that were given up.
    pub dead: u64,
    /// How long the oldest waiting entry has been there.
    pub oldest: Option<Duration>,
}

impl AccountService {
    /// Returns the figures of the last `days` days, today last, and of the outbox. `days` is limited to 1 to [`MAX_DAYS`].
    ///
    /// # Errors
    /// [`AdminError::Failed`] if the store failed.
    pub async fn statistics(&self, _admin: &Administrator, days: u32) -> Result<Statistics, AdminError> {
        let days = days.clamp(1, MAX_DAYS);
        let now = self.ports.clock.now();
        let today = now.unix_micros().div_euclid(MICROSECONDS_OF_A_DAY);
        let first = today - i64::from(days) + 1;
        let mut unit = self.ports.store.begin_read_only().await?;
        let counted = count(&mut *unit, start_of(first), start_of(today) + DAY).await?;
        let mut figures = Vec::new();
        for day in first..=today {
            let mut of_day = counted.iter().map(|counts| counts.get(&day).copied().unwrap_or(0));
            let mut next = || of_day.next().unwrap_or(0);
            figures.push(DayFigures {
                day: start_of(day).to_string().chars().take_while(|c| *c != 'T').collect(),
                registrations_started: next(),
                mails_handed_over: next(),
                confirmed: next(),
                signed_in: next(),
                until_mailed: waits(&mut *unit, Wait::UntilMailed, day).await?,
                until_confirmed: waits(&mut *unit, Wait::UntilConfirmed, day).await?,
            });
        }
        Ok(Statistics { days: figures, queues: queues(&mut *unit, now).await? })
    }
}

/// Counts by day what [`DayFigures`] begins with, in its order.
async fn count(
    unit: &mut dyn UnitOfWork,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<HashMap<i64, u64>>, StoreError> {
    let mut counted = Vec::new();
    for measure in [
        Measure::RegistrationsStarted,
        Measure::MailsHandedOver,
        Measure::Event(AuditEvent::RegistrationCompleted),
        Measure::Event(AuditEvent::SignedIn),
    ] {
        counted.push(unit.count_by_day(measure, from, until).await?.into_iter().collect());
    }
    Ok(counted)
}

async fn waits(unit: &mut dyn UnitOfWork, wait: Wait, day: i64) -> Result<Option<Waits>, StoreError> {
    let from = start_of(day);
    let mut waited = unit.find_waits(wait, from, from + DAY, MAX_WAITS).await?;
    waited.sort_unstable();
    let percentile =
        |hundredths: usize| waited.get((waited.len() * hundredths).div_ceil(100).saturating_sub(1)).copied();
    let of = |(median, p95)| Waits { count: waited.len() as u64, median, p95 };
    Ok(percentile(50).zip(percentile(95)).map(of))
}

async fn queues(unit: &mut dyn UnitOfWork, now: Timestamp) -> Result<Vec<QueueFigures>, StoreError> {
    let none = |queue| QueueFigures { queue, queued: 0, dead: 0, oldest: None };
    let mut queues: BTreeMap<Queue, QueueFigures> =
        [Queue::Mail, Queue::Deciding].map(|queue| (queue.clone(), none(queue))).into();
    for (queue, state, count) in unit.count_entries().await? {
        let figures = queues.entry(queue.clone()).or_insert_with(|| none(queue));
        match state {
            OutboxState::Queued => figures.queued = count,
            OutboxState::Dead => figures.dead = count,
            OutboxState::HandedOver | OutboxState::Dropped | OutboxState::Bounced => {}
        }
    }
    for (queue, oldest) in unit.find_oldest_queued().await? {
        queues.entry(queue.clone()).or_insert_with(|| none(queue)).oldest = Some(now.since(oldest));
    }
    Ok(queues.into_values().collect())
}

fn start_of(day: i64) -> Timestamp {
    Timestamp::from_unix_micros(day.saturating_mul(MICROSECONDS_OF_A_DAY))
}
