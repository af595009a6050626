//! `/account/v1/admin/stats`: figures by day, of the outbox and of this process.

use std::sync::Arc;

use account_core::AccountService;
use account_core::administration::statistics::{DayFigures, QueueFigures, Waits};
use account_core::authorization::Administrator;
use account_core::timestamp::Timestamp;
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::answer::{Found, admin_problems};
use crate::api::tag::Tag;
use crate::caller::Caller;
use crate::metrics::{HashingFigures, Metrics};
use crate::problem::Problems;
use crate::query::{DEFAULT_DAYS, Days, Parameter};

/// Figures.
pub(crate) struct StatsApi {
    pub(super) service: AccountService,
    pub(super) metrics: Arc<Metrics>,
    /// Since when they count.
    pub(super) since: Timestamp,
}

/// The figures of one day.
#[derive(Object)]
#[oai(rename = "DayFigures", skip_serializing_if_is_none)]
struct DayBody {
    /// The day (UTC), YYYY-MM-DD.
    day: String,
    /// Registrations that were recorded.
    registrations_started: u64,
    /// Emails that were sent.
    mails_handed_over: u64,
    /// Registrations that became accounts.
    confirmed: u64,
    /// Sign-ins.
    signed_in: u64,
    /// How long people waited for the first email after registering, of the emails that were sent on this day. Absent
    /// if there were none.
    until_mailed: Option<WaitsBody>,
    /// How long after registering people confirmed their address, of those who did so on this day. Absent if nobody
    /// did.
    until_confirmed: Option<WaitsBody>,
}

impl From<DayFigures> for DayBody {
    fn from(figures: DayFigures) -> Self {
        Self {
            day: figures.day,
            registrations_started: figures.registrations_started,
            mails_handed_over: figures.mails_handed_over,
            confirmed: figures.confirmed,
            signed_in: figures.signed_in,
            until_mailed: figures.until_mailed.map(Into::into),
            until_confirmed: figures.until_confirmed.map(Into::into),
        }
    }
}

/// How long people waited. Of a day with more than 1,000 cases, the last 1,000 count.
#[derive(Object)]
#[oai(rename = "Waits")]
struct WaitsBody {
    /// The number of cases.
    count: u64,
    /// Half of the people waited no longer than this, in seconds.
    median_seconds: f64,
    /// 95 of 100 people waited no longer than this, in seconds.
    p95_seconds: f64,
}

impl From<Waits> for WaitsBody {
    fn from(waits: Waits) -> Self {
        Self { count: waits.count, median_seconds: waits.median.as_secs_f64(), p95_seconds: waits.p95.as_secs_f64() }
    }
}

/// What waits in a queue of the outbox.
#[derive(Object)]
#[oai(rename = "QueueFigures", skip_serializing_if_is_none)]
struct QueueBody {
    /// The queue: `deciding` (requests for which it is not decided whether an email is due), `mail`, or the name of a
    /// webhook endpoint.
    queue: String,
    /// Entries that wait.
    queued: u64,
    /// Entries that were given up: their state is `dead`.
    dead: u64,
    /// The age of the oldest waiting entry in seconds. Absent if none waits.
    oldest_queued_seconds: Option<f64>,
}

impl From<QueueFigures> for QueueBody {
    fn from(figures: QueueFigures) -> Self {
        Self {
            queue: figures.queue.to_string(),
            queued: figures.queued,
            dead: figures.dead,
            oldest_queued_seconds: figures.oldest.map(|age| age.as_secs_f64()),
        }
    }
}

/// What the instance that answers counted since its start. Other instances have their own figures.
#[derive(Object)]
#[oai(rename = "InstanceFigures")]
struct InstanceBody {
    /// When it started to count (RFC 3339, UTC).
    since: String,
    /// Requests that limits refused. Limits that refused none are left out.
    limits: Vec<LimitBody>,
    /// Passwords that were hashed, by what for.
    hashing: Vec<HashingBody>,
}

/// Requests that a limit refused.
#[derive(Object)]
#[oai(rename = "LimitFigures")]
struct LimitBody {
    /// Name of the limit.
    limit: String,
    /// How many requests it refused.
    refused: u64,
}

/// Hashes of one class.
#[derive(Object)]
#[oai(rename = "HashingFigures", skip_serializing_if_is_none)]
struct HashingBody {
    /// What the hashes are for: `sign_in`, `completion` or `registration`.
    class: String,
    /// How many were computed.
    computed: u64,
    /// How many were refused because the service was busy.
    refused: u64,
    /// How long they waited for a worker on average, in seconds. Absent if there were none.
    mean_wait_seconds: Option<f64>,
    /// 95 of 100 waited no longer than this, in seconds, rounded up to the steps of the metric
    /// `account_hashing_wait_seconds`. Absent if there were none, or if it is more than the last step.
    p95_wait_seconds: Option<f64>,
}

impl From<HashingFigures> for HashingBody {
    fn from(figures: HashingFigures) -> Self {
        Self {
            class: figures.class.name().to_owned(),
            computed: figures.computed,
            refused: figures.refused,
            mean_wait_seconds: figures.mean_wait.map(|wait| wait.as_secs_f64()),
            p95_wait_seconds: figures.p95_wait.map(|wait| wait.as_secs_f64()),
        }
    }
}

/// Figures.
#[derive(Object)]
#[oai(rename = "Statistics")]
struct StatsBody {
    /// The days, today last.
    items: Vec<DayBody>,
    /// The queues of the outbox, of all instances.
    queues: Vec<QueueBody>,
    /// The instance that answers.
    instance: InstanceBody,
}

admin_problems! {
    /// Problems that reading figures can return.
    StatsProblems: reading, InvalidQuery;
}

#[OpenApi(prefix_path = "/account/v1/admin", tag = "Tag::Administration")]
impl StatsApi {
    /// Get statistics
    ///
    /// Registrations, emails, confirmations, sign-ins and waits of the last days (UTC), today last; the outbox now; and
    /// what the instance that answers counted since its start.
    #[oai(path = "/stats", method = "get", operation_id = "getStats")]
    async fn read(
        &self,
        caller: Caller<Administrator>,
        /// The number of days, including today.
        days: Query<Parameter<Days>>,
    ) -> Result<Found<StatsBody>, Problems<StatsProblems>> {
        let days = days.0.read()?.unwrap_or(DEFAULT_DAYS);
        let statistics = self.service.statistics(&caller.may, days).await?;
        Ok(Found::Found(Json(StatsBody {
            items: statistics.days.into_iter().map(Into::into).collect(),
            queues: statistics.queues.into_iter().map(Into::into).collect(),
            instance: self.instance(),
        })))
    }
}

impl StatsApi {
    fn instance(&self) -> InstanceBody {
        let limits = self.metrics.refused_by_limit().into_iter();
        InstanceBody {
            since: self.since.to_string(),
            limits: limits.map(|(limit, refused)| LimitBody { limit, refused }).collect(),
            hashing: self.metrics.hashing().map(Into::into).into(),
        }
    }
}
