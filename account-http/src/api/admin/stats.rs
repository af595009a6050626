//! `/account/v1/admin/stats`: figures by day.

use account_core::AccountService;
use account_core::administration::statistics::DayFigures;
use account_core::authorization::Administrator;
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::answer::{Found, admin_problems};
use crate::api::tag::Tag;
use crate::caller::Caller;
use crate::problem::Problems;
use crate::query::{DEFAULT_DAYS, Days, Parameter};

/// Figures.
pub(crate) struct StatsApi {
    pub(super) service: AccountService,
}

/// The figures of one day.
#[derive(Object)]
#[oai(rename = "DayFigures")]
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
}

impl From<DayFigures> for DayBody {
    fn from(figures: DayFigures) -> Self {
        Self {
            day: figures.day,
            registrations_started: figures.registrations_started,
            mails_handed_over: figures.mails_handed_over,
            confirmed: figures.confirmed,
            signed_in: figures.signed_in,
        }
    }
}

/// Daily figures.
#[derive(Object)]
#[oai(rename = "Statistics")]
struct StatsBody {
    /// The days, today last.
    items: Vec<DayBody>,
}

admin_problems! {
    /// Problems that reading figures can return.
    StatsProblems: reading, InvalidQuery;
}

#[OpenApi(prefix_path = "/account/v1/admin", tag = "Tag::Administration")]
impl StatsApi {
    /// Get daily statistics
    ///
    /// Registrations, emails, confirmations and sign-ins of the last days (UTC), today last.
    #[oai(path = "/stats", method = "get", operation_id = "getStats")]
    async fn read(
        &self,
        caller: Caller<Administrator>,
        /// The number of days, including today.
        days: Query<Parameter<Days>>,
    ) -> Result<Found<StatsBody>, Problems<StatsProblems>> {
        let days = days.0.read()?.unwrap_or(DEFAULT_DAYS);
        let figures = self.service.statistics(&caller.may, days).await?.into_iter();
        Ok(Found::Found(Json(StatsBody { items: figures.map(Into::into).collect() })))
    }
}
