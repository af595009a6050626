//! How many registrations a second the service answers, beside how many passwords the machine can hash at all.
//!
//! Rounds alternate (hash, serve, hash, serve ..), so that a machine that gets warmer, or busier with something else,
//! disturbs both alike; the ratio is taken pair by pair.

use std::{num::NonZero, thread, time::Duration};

use crate::{
    error::Error,
    machine::Machine,
    say::say,
    workspace::{Profile, Workspace},
};

use super::{
    hashing,
    load::Load,
    report::{Pair, Report},
    service::Service,
};

/// How long and how hard.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Length of each half of a round.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=600))]
    seconds: u32,
    /// Pairs of one round of hashing and one of serving.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100))]
    rounds: u32,
    /// Connections, each with one request at a time. Twice the cores when not given, 8 at most.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    concurrency: Option<u32>,
}

/// Measures, prints the table, and fails when an answer was not 202 or an email is missing.
///
/// # Errors
/// When the service does not build, start, answer or stop as it should.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<(), Error> {
    let binary = workspace.build_service(Profile::Release)?;
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let default = u32::try_from(workers * 2).unwrap_or(u32::MAX).min(8);
    let concurrency = options.concurrency.unwrap_or(default);
    let length = Duration::from_secs(options.seconds.into());

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Load)?;
    let mut service = Service::start(&binary)?;
    runtime.block_on(service.wait_until_ready())?;
    let load = Load::new(service.address(), concurrency);

    let mut pairs = Vec::new();
    let mut accepted = 0;
    for round in 1..=options.rounds {
        let hashes_a_second = hashing::measure(workers, length).map_err(Error::Hashing)?;
        let served = runtime.block_on(load.run(length));
        accepted += served.accepted;
        // The next round of hashing must not share the machine with emails of this one.
        let drained = service.wait_for_mails(accepted)?;
        let pair = Pair { hashes_a_second, served, drained };
        say(format_args!("round {round}/{}: {}", options.rounds, pair.line()));
        pairs.push(pair);
    }

    let report = Report {
        command: format!(
            "cargo xtask bench registration --seconds {} --rounds {} --concurrency {concurrency}",
            options.seconds, options.rounds
        ),
        machine: Machine::describe(workspace),
        workers,
        peak_memory_kib: service.peak_memory_kib(),
        mails: service.mails()?,
        pairs,
    };
    service.stop()?;
    say(format_args!("\n{report}"));
    report.verdict()
}
