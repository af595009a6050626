//! The table that a benchmark prints.

use std::{fmt, time::Duration};

use crate::{error::Error, machine::Machine};

use super::{
    load::Served,
    statistics::{median, percentile},
};

/// One round of hashing and the round of serving after it.
pub(super) struct Pair {
    pub(super) hashes_a_second: f64,
    pub(super) served: Served,
    /// How long the emails took that were still due when the last answer had come.
    pub(super) drained: Duration,
}

/// All that was measured. Displayed as Markdown.
pub(super) struct Report {
    pub(super) command: String,
    pub(super) machine: Machine,
    pub(super) workers: usize,
    pub(super) peak_memory_kib: Option<u64>,
    pub(super) mails: usize,
    pub(super) pairs: Vec<Pair>,
}

impl Pair {
    fn ratio(&self) -> f64 {
        self.served.registrations_a_second / self.hashes_a_second
    }

    /// The pair in one line, for those who wait.
    pub(super) fn line(&self) -> String {
        format!(
            "{:.1} hashes/s, {:.1} registrations/s, ratio {:.3}",
            self.hashes_a_second,
            self.served.registrations_a_second,
            self.ratio()
        )
    }
}

impl Report {
    /// Whether every answer was 202 and every 202 has its email.
    ///
    /// # Errors
    /// [`Error::Service`] says what is wrong.
    pub(super) fn verdict(&self) -> Result<(), Error> {
        let failures = self.failures();
        if failures > 0 {
            let first = self.pairs.iter().find_map(|pair| pair.served.first_failure.as_deref());
            let first = first.unwrap_or_default();
            return Err(Error::Service(format!("did not accept {failures} registrations, the first: {first}")));
        }
        let (mails, accepted) = (self.mails, self.accepted());
        if mails == accepted {
            Ok(())
        } else {
            Err(Error::Service(format!("wrote {mails} mails for {accepted} registrations")))
        }
    }

    fn accepted(&self) -> usize {
        self.pairs.iter().map(|pair| pair.served.accepted).sum()
    }

    fn failures(&self) -> usize {
        self.pairs.iter().map(|pair| pair.served.failures).sum()
    }

    fn latencies(&self) -> Vec<Duration> {
        let all = self.pairs.iter().flat_map(|pair| &pair.served.latencies);
        let mut sorted: Vec<_> = all.copied().collect();
        sorted.sort_unstable();
        sorted
    }

    /// The figures of all rounds, then their middle.
    fn row(&self, figure: fn(&Pair) -> f64, digits: usize) -> String {
        let figures: Vec<_> = self.pairs.iter().map(figure).collect();
        let rounds: Vec<_> = figures.iter().map(|figure| format!("{figure:.digits$}")).collect();
        format!("**{:.digits$}** | {}", median(&figures), rounds.join(", "))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let latencies = self.latencies();
        let latency = |percent| match percentile(&latencies, percent) {
            Some(latency) => format!("{:.1} ms", latency.as_secs_f64() * 1_000.0),
            None => "unknown".to_owned(),
        };
        let memory = match self.peak_memory_kib {
            Some(kib) => format!("{} MiB", kib.div_ceil(1_024)),
            None => "unknown".to_owned(),
        };
        let drained = self.pairs.iter().map(|pair| pair.drained).max().unwrap_or_default();
        writeln!(f, "Command: `{}`\n", self.command)?;
        writeln!(f, "Machine: {}\n", self.machine)?;
        writeln!(f, "| figure | median | rounds |")?;
        writeln!(f, "|---|---|---|")?;
        let hashes = self.row(|pair| pair.hashes_a_second, 1);
        writeln!(f, "| raw Argon2id, {} workers: hashes/s | {hashes} |", self.workers)?;
        let registrations = self.row(|pair| pair.served.registrations_a_second, 1);
        writeln!(f, "| registrations/s over HTTP | {registrations} |")?;
        writeln!(f, "| ratio, pair by pair | {} |", self.row(Pair::ratio, 3))?;
        writeln!(f, "| latency p50 | {} | |", latency(50))?;
        writeln!(f, "| latency p99 | {} | |", latency(99))?;
        writeln!(f, "| peak memory of the service | {memory} | |")?;
        writeln!(f, "| answers other than 202 | {} | |", self.failures())?;
        let due = format!("the last one {:.1} s after its round", drained.as_secs_f64());
        write!(f, "| emails written / registrations accepted | {} / {} | {due} |", self.mails, self.accepted())
    }
}

#[cfg(test)]
mod tests;
