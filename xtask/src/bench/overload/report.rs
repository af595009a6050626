//! The table, and what it has to show.

use std::{fmt, time::Duration};

use crate::{bench::statistics::percentile, error::Error};

use super::{crowd::Outcome, probe::Samples};

/// The least goodput under overload, as a part of the peak.
const GOODPUT: f64 = 0.9;
/// Within this, a refusal has to come.
const REFUSAL: Duration = Duration::from_millis(50);
/// What has nothing to do with hashing may take this long, or twice as long as when nothing else is asked for.
const UNRELATED: Duration = Duration::from_millis(10);

/// All that was measured. Displayed as Markdown.
pub(super) struct Report {
    pub(super) command: String,
    pub(super) machine: String,
    pub(super) peak_memory_kib: Option<u64>,
    /// Requests a second under overload.
    pub(super) rate: f64,
    pub(super) peak: Served,
    pub(super) overload: Served,
    pub(super) idle: Samples,
    pub(super) during: Samples,
    /// Sign-ins one after the other, sorted.
    pub(super) single_before: Vec<Duration>,
    pub(super) single_after: Vec<Duration>,
}

/// What became of the crowd's requests.
#[derive(Debug, Default)]
pub(super) struct Served {
    pub(super) accepted_a_second: f64,
    accepted: Vec<Duration>,
    refused: Vec<Duration>,
    /// Refusals without a time to come again.
    without_retry_after: usize,
    /// Neither done nor refused as overloaded, and the first of it in words.
    failures: usize,
    first_failure: Option<String>,
}

impl Served {
    pub(super) fn of(outcomes: &[Outcome], length: Duration) -> Self {
        let mut served = Self::default();
        let mut in_time = 0_u32;
        for outcome in outcomes {
            match &outcome.answer {
                Ok(answer) if matches!(answer.status, 201 | 202) => {
                    served.accepted.push(outcome.took);
                    in_time += u32::from(outcome.answered < length);
                }
                Ok(answer) if answer.status == 503 => {
                    served.refused.push(outcome.took);
                    served.without_retry_after += usize::from(answer.retry_after.is_none());
                }
                Ok(answer) => served.fail(format!("{} {}", answer.status, answer.body)),
                Err(error) => served.fail(error.clone()),
            }
        }
        served.accepted_a_second = f64::from(in_time) / length.as_secs_f64();
        served.accepted.sort_unstable();
        served.refused.sort_unstable();
        served
    }

    fn fail(&mut self, what: String) {
        self.failures += 1;
        self.first_failure.get_or_insert(what);
    }
}

/// One line of the table.
struct Row {
    figure: String,
    measured: String,
    bound: String,
    holds: bool,
}

impl Report {
    /// Whether every promise was kept.
    ///
    /// # Errors
    /// [`Error::Service`] names the promises that were not.
    pub(super) fn verdict(&self) -> Result<(), Error> {
        let broken: Vec<_> = self.rows().into_iter().filter(|row| !row.holds).map(|row| row.figure).collect();
        if broken.is_empty() { Ok(()) } else { Err(Error::Service(format!("broke promises: {}", broken.join("; ")))) }
    }

    fn rows(&self) -> Vec<Row> {
        let (peak, overload) = (&self.peak, &self.overload);
        let info = |figure: &str, measured: String| Row {
            figure: figure.to_owned(),
            measured,
            bound: String::new(),
            holds: true,
        };
        let none = |figure: &str, count: usize, first: Option<&String>| Row {
            figure: figure.to_owned(),
            measured: first.map_or_else(|| count.to_string(), |first| format!("{count}, the first: {first}")),
            bound: "0".to_owned(),
            holds: count == 0,
        };
        let ratio = overload.accepted_a_second / peak.accepted_a_second;
        let refusal = percentile(&overload.refused, 99);
        let mut rows = vec![
            info("peak: registrations and sign-ins/s", format!("{:.1}", peak.accepted_a_second)),
            info("asked for under overload, per second", format!("{:.0}", self.rate)),
            Row {
                figure: "done under overload, per second".to_owned(),
                measured: format!("{:.1} ({ratio:.2} of the peak)", overload.accepted_a_second),
                bound: format!("at least {GOODPUT} of the peak"),
                holds: ratio >= GOODPUT,
            },
            info("what was done took, p50 / p99", two(&overload.accepted)),
            Row {
                figure: "refusals, p99".to_owned(),
                measured: format!("{} of {}", millis(refusal), overload.refused.len()),
                bound: format!("at most {}", millis(Some(REFUSAL))),
                holds: refusal.is_some_and(|refusal| refusal <= REFUSAL),
            },
            none("refusals without Retry-After", overload.without_retry_after, None),
            none("other answers, or none", overload.failures, overload.first_failure.as_ref()),
        ];
        for ((kind, idle), (_, during)) in self.idle.0.iter().zip(&self.during.0) {
            let (idle, during) = (percentile(idle, 99), percentile(during, 99));
            let bound = (idle.unwrap_or_default() * 2).max(UNRELATED);
            rows.push(Row {
                figure: format!("{kind}, p99"),
                measured: format!("{} (idle: {})", millis(during), millis(idle)),
                bound: format!("at most {}", millis(Some(bound))),
                holds: during.is_some_and(|during| during <= bound),
            });
        }
        let (before, after) = (percentile(&self.single_before, 50), percentile(&self.single_after, 50));
        rows.push(Row {
            figure: "single sign-ins 5 s after, p50".to_owned(),
            measured: format!("{} (before: {})", millis(after), millis(before)),
            bound: "at most 1.5 times as long as before, none refused".to_owned(),
            holds: after <= before.map(|before| before * 3 / 2),
        });
        let memory =
            self.peak_memory_kib.map_or_else(|| "unknown".to_owned(), |kib| format!("{} MiB", kib.div_ceil(1_024)));
        rows.push(info("peak memory of the service", memory));
        rows
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Command: `{}`\n", self.command)?;
        writeln!(f, "Machine: {}\n", self.machine)?;
        writeln!(f, "| figure | measured | promised |")?;
        write!(f, "|---|---|---|")?;
        for Row { figure, measured, bound, holds } in self.rows() {
            let broken = if holds { "" } else { " **(broken)**" };
            write!(f, "\n| {figure} | {measured} | {bound}{broken} |")?;
        }
        Ok(())
    }
}

fn two(sorted: &[Duration]) -> String {
    format!("{} / {}", millis(percentile(sorted, 50)), millis(percentile(sorted, 99)))
}

fn millis(duration: Option<Duration>) -> String {
    duration.map_or_else(|| "none".to_owned(), |duration| format!("{:.1} ms", duration.as_secs_f64() * 1_000.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::connection::Answer;

    fn outcome(status: u16, retry_after: Option<u64>, took: u64) -> Outcome {
        let answer = Ok(Answer { status, retry_after, body: "{}".to_owned() });
        Outcome { answer, took: Duration::from_millis(took), answered: Duration::from_secs(1) }
    }

    fn samples(millis: u64) -> Samples {
        Samples(vec![("session", vec![Duration::from_millis(millis)])])
    }

    fn report(overload: &[Outcome], during: u64) -> Report {
        let length = Duration::from_secs(10);
        let peak: Vec<_> = (0..100).map(|_| outcome(201, None, 30)).collect();
        let single = vec![Duration::from_millis(30)];
        Report {
            command: String::new(),
            machine: String::new(),
            peak_memory_kib: Some(100_000),
            rate: 100.0,
            peak: Served::of(&peak, length),
            overload: Served::of(overload, length),
            idle: samples(2),
            during: samples(during),
            single_before: single.clone(),
            single_after: single,
        }
    }

    fn broken(overload: &[Outcome], during: u64) -> Vec<String> {
        let rows = report(overload, during).rows();
        rows.into_iter().filter(|row| !row.holds).map(|row| row.figure).collect()
    }

    fn enough() -> Vec<Outcome> {
        let refused = (0..900).map(|_| outcome(503, Some(2), 5));
        refused.chain((0..95).map(|_| outcome(202, None, 900))).collect()
    }

    #[test]
    fn a_service_that_holds_up_keeps_every_promise() {
        assert_eq!(broken(&enough(), 9), <[String; 0]>::default());
        let text = report(&enough(), 9).to_string();
        assert!(text.contains("| done under overload, per second | 9.5 (0.95 of the peak) |"), "{text}");
    }

    #[test]
    fn each_broken_promise_is_named() {
        assert_eq!(broken(&enough()[..980], 9), ["done under overload, per second"]);
        assert_eq!(broken(&enough(), 11), ["session, p99"]);
        let with = |outcomes: Vec<Outcome>| [enough(), outcomes].concat();
        assert_eq!(broken(&with(vec![outcome(503, None, 5)]), 9), ["refusals without Retry-After"]);
        assert_eq!(broken(&with(vec![outcome(500, None, 5)]), 9), ["other answers, or none"]);
        let slow = (0..20).map(|_| outcome(503, Some(1), 51)).collect();
        assert_eq!(broken(&with(slow), 9), ["refusals, p99"]);
    }
}
