//! `cargo xtask attack`: attacks the service while other people use it.
//!
//! A scenario is a file in `attack/` and a line in [`SCENARIOS`].

mod connections;
mod flood;
mod lockout;
mod mail_queue;
mod mailbox;
mod memory;
mod others;
mod overload;
mod pace;
mod reset_link;
mod signups;
mod spraying;

use clap::builder::PossibleValuesParser;
use futures_util::future::{BoxFuture, FutureExt};

use crate::report::Report;
pub(crate) use others::import;
use pace::Pace;

/// An attack.
struct Scenario {
    name: &'static str,
    run: fn(Pace) -> BoxFuture<'static, Report>,
}

const SCENARIOS: [Scenario; 8] = [
    Scenario { name: "connections", run: |pace| connections::run(pace).boxed() },
    Scenario { name: "overload", run: |pace| overload::run(pace).boxed() },
    Scenario { name: "mail-queue", run: |pace| mail_queue::run(pace).boxed() },
    Scenario { name: "mailbox", run: |pace| mailbox::run(pace).boxed() },
    Scenario { name: "lockout", run: |pace| lockout::run(pace).boxed() },
    Scenario { name: "spraying", run: |pace| spraying::run(pace).boxed() },
    Scenario { name: "reset-link", run: |pace| reset_link::run(pace).boxed() },
    Scenario { name: "signups", run: |pace| signups::run(pace).boxed() },
];

/// Which attacks, and how hard.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only these scenarios; all if none is named
    #[arg(value_name = "SCENARIO", value_parser = PossibleValuesParser::new(SCENARIOS.map(|scenario| scenario.name)))]
    scenarios: Vec<String>,
    #[command(flatten)]
    pace: Pace,
}

/// Runs the scenarios, and returns one report each.
pub(crate) async fn run(options: &Options) -> Vec<Report> {
    let is_due = |name| options.scenarios.is_empty() || options.scenarios.iter().any(|due| due == name);
    let mut reports = Vec::new();
    for scenario in SCENARIOS.iter().filter(|scenario| is_due(scenario.name)) {
        reports.push((scenario.run)(options.pace).await);
    }
    reports
}
