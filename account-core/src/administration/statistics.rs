//! Daily figures.

use std::collections::HashMap;
use std::time::Duration;

use super::AdminError;
use crate::audit::AuditEvent;
use crate::authorization::Administrator;
use crate::ports::store::Measure;
use crate::service::AccountService;
use crate::timestamp::Timestamp;

/// Maximum number of days.
pub const MAX_DAYS: u32 = 31;
const DAY: Duration = Duration::from_hours(24);
const MICROSECONDS_OF_A_DAY: i64 = 86_400_000_000;

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
}

impl AccountService {
    /// Returns the figures of the last `days` days, today last. `days` is limited to 1 to [`MAX_DAYS`].
    ///
    /// # Errors
    /// [`AdminError::Failed`] if the store failed.
    pub async fn statistics(&self, _admin: &Administrator, days: u32) -> Result<Vec<DayFigures>, AdminError> {
        let days = days.clamp(1, MAX_DAYS);
        let today = self.ports.clock.now().unix_micros().div_euclid(MICROSECONDS_OF_A_DAY);
        let first = today - i64::from(days) + 1;
        let (from, until) = (start_of(first), start_of(today) + DAY);
        let mut unit = self.ports.store.begin_read_only().await?;
        let mut counted = Vec::new();
        for measure in [
            Measure::RegistrationsStarted,
            Measure::MailsHandedOver,
            Measure::Event(AuditEvent::RegistrationCompleted),
            Measure::Event(AuditEvent::SignedIn),
        ] {
            let by_day = unit.count_by_day(measure, from, until).await?;
            counted.push(by_day.into_iter().collect::<HashMap<i64, u64>>());
        }
        let figures = (first..=today).map(|day| {
            let mut of_day = counted.iter().map(|counts| counts.get(&day).copied().unwrap_or(0));
            let mut next = || of_day.next().unwrap_or(0);
            DayFigures {
                day: start_of(day).to_string().chars().take_while(|c| *c != 'T').collect(),
                registrations_started: next(),
                mails_handed_over: next(),
                confirmed: next(),
                signed_in: next(),
            }
        });
        Ok(figures.collect())
    }
}

fn start_of(day: i64) -> Timestamp {
    Timestamp::from_unix_micros(day.saturating_mul(MICROSECONDS_OF_A_DAY))
}
