//! What is required of every set-up, and the table of it.

use std::fmt::Display;
use std::time::Duration;

use super::outage::Outages;
use super::people::People;
use crate::aftermath::Aftermath;
use crate::ledger::Answers;
use crate::table::{Cell, Table};

/// Longest time from a server that takes writes to a registration that is acknowledged.
const LONGEST_RECOVERY: Duration = Duration::from_secs(5);
/// Longest time that anybody may wait for an answer: the store waits ten seconds for a connection, or twelve for a commit.
const LONGEST_ANSWER: Duration = Duration::from_secs(15);
/// Emails that one instance sends at a time, at most.
const MAX_SENDS: usize = 16;
/// The clients come by a reverse proxy, which tells their addresses: no limit stands in the way of one that is everybody.
pub(super) const SETTINGS: [(&str, &str); 2] =
    [("HTTP__TRUSTED_PROXIES", "127.0.0.1/32"), ("LIMITS__VERIFICATIONS", "off")];

/// What has become of a set-up.
pub(super) struct Seen {
    pub(super) people: People,
    pub(super) outages: Outages,
    pub(super) answers: Answers,
    pub(super) aftermath: Aftermath,
}

/// A table of figures, each with what is required.
pub(super) struct Figures(Table);

impl Figures {
    pub(super) fn of(set_up: &str) -> Self {
        Self(Table::new(["figure", "required", set_up]))
    }

    pub(super) fn into_table(self) -> Table {
        self.0
    }

    pub(super) fn told(&mut self, name: &str, figure: impl Display) {
        self.0.row(name, [Cell::told(""), Cell::told(figure)]);
    }

    pub(super) fn judged(&mut self, name: &str, must: &str, figure: impl Display, holds: bool) {
        self.0.row(name, [Cell::told(must), Cell::judged(figure, holds)]);
    }

    /// Times until the first registration that was acknowledged; `None` if there was none for a minute.
    pub(super) fn recoveries(&mut self, name: &str, times: &[Option<Duration>]) {
        let longest = times.iter().map(|time| time.unwrap_or(Duration::MAX)).max().unwrap_or_default();
        let must = format!("at most {} s", LONGEST_RECOVERY.as_secs());
        self.judged(&format!("{name}, median / longest"), &must, summary(times), longest <= LONGEST_RECOVERY);
    }

    /// What must hold of every set-up.
    pub(super) fn of_everybody(&mut self, seen: &Seen, rounds: u32) {
        let Seen { people, outages, answers, aftermath } = seen;
        let acknowledged = answers.acknowledged.len();
        self.judged("registrations acknowledged", "at least 1", acknowledged, acknowledged > 0);
        self.judged("of these lost", "0", aftermath.lost, aftermath.lost == 0);
        self.told("stored, but the answer was lost or a 503", aftermath.unacknowledged);
        let without = aftermath.without_mail;
        self.judged("stored without an email one minute after the last round", "0", without, without == 0);
        let with_two_ids = aftermath.deliveries.with_two_ids;
        self.judged("registrations with two Message-IDs", "0", with_two_ids, with_two_ids == 0);
        let duplicates = aftermath.deliveries.duplicates.len();
        let must = format!("at most the sends in flight, {MAX_SENDS} per round");
        let holds = duplicates <= MAX_SENDS * rounds as usize;
        self.judged("duplicate emails, same Message-ID", &must, duplicates, holds);
        let is_only_503 = answers.refused.keys().all(|status| *status == 503);
        self.judged("answers other than 202", "only 503", answers.refusals(), is_only_503);
        let without_reason = people.refused_outside(outages);
        let name = "of these at services whose server had taken writes for 5 s";
        self.judged(name, "0", without_reason, without_reason == 0);
        self.judged("requests without an answer", "0", answers.unanswered, answers.unanswered == 0);
        let longest = answers.longest;
        let must = format!("at most {} s", LONGEST_ANSWER.as_secs());
        self.judged("longest answer", &must, format!("{:.2} s", longest.as_secs_f64()), longest <= LONGEST_ANSWER);
    }
}

/// Median and longest of some times, in words.
pub(super) fn summary(times: &[Option<Duration>]) -> String {
    if times.is_empty() {
        return "none".to_owned();
    }
    let mut sorted: Vec<_> = times.iter().map(|time| time.unwrap_or(Duration::MAX)).collect();
    sorted.sort_unstable();
    let told = |time: Option<&Duration>| match time {
        Some(time) if *time < Duration::MAX => format!("{:.2} s", time.as_secs_f64()),
        _ => "never".to_owned(),
    };
    format!("{} / {}", told(sorted.get(sorted.len() / 2)), told(sorted.last()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Figures, summary};

    #[test]
    fn a_recovery_that_never_comes_is_missed() {
        let second = Some(Duration::from_secs(1));
        assert_eq!(summary(&[second, second, None]), "1.00 s / never");
        assert_eq!(summary(&[]), "none");
        let mut figures = Figures::of("x");
        figures.recoveries("in time", &[second]);
        figures.recoveries("late", &[second, Some(Duration::from_secs(6))]);
        figures.recoveries("never", &[None]);
        let missed = figures.0.missed();
        let expected = ["late, median / longest, x: 6.00 s / 6.00 s", "never, median / longest, x: never / never"];
        assert_eq!(missed, expected);
    }
}
