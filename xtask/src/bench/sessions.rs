//! How many requests of signed-in people a second the service answers, beside a handler that does nothing and a SELECT
//! that nobody waits for over HTTP.
//!
//! Rounds alternate over everything that is measured, so that a busy machine disturbs all alike; ratios are taken round
//! by round.

mod population;
mod reads;
mod table;

use std::{
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::{
    error::Error,
    machine::Machine,
    process,
    say::say,
    workspace::{Profile, Workspace},
};

use super::service;
use population::Population;
use reads::Reads;
use table::{Report, Round, Rounds};

/// How long, how hard, and over how many accounts.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Length of each measurement of a round.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=600))]
    seconds: u32,
    /// Rounds for each number of accounts.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100))]
    rounds: u32,
    /// Connections, each with one request at a time.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    concurrency: u32,
    /// Numbers of accounts.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 1_000_000], value_parser = clap::value_parser!(u32).range(100..=10_000_000))]
    accounts: Vec<u32>,
}

/// Measures, prints the table, and fails when an answer was not the expected one.
///
/// # Errors
/// When something does not build, start, answer or stop as it should.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<(), Error> {
    let binary = workspace.build_service(Profile::Release)?;
    let select = workspace.build_example("account-store", "bare_select")?;
    let handler = Handler::start(&workspace.build_example("account-http", "bare_handler")?)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Load)?;
    let mut populations = Vec::new();
    for &accounts in &options.accounts {
        let mut population = runtime.block_on(Population::make(&binary, accounts))?;
        let measure = Measure { handler: &handler, select: &select, population: &population, options };
        let mut rounds = Vec::new();
        for number in 1..=options.rounds {
            let round = runtime.block_on(measure.round())?;
            say(format_args!("{accounts} accounts, round {number}/{}: {}", options.rounds, round.line()));
            rounds.push(round);
        }
        population.stop()?;
        populations.push(Rounds { accounts, rounds });
    }
    let accounts: Vec<_> = options.accounts.iter().map(u32::to_string).collect();
    let report = Report {
        command: format!(
            "cargo xtask bench sessions --seconds {} --rounds {} --concurrency {} --accounts {}",
            options.seconds,
            options.rounds,
            options.concurrency,
            accounts.join(",")
        ),
        machine: Machine::describe(workspace),
        populations,
    };
    say(format_args!("\n{report}"));
    Ok(())
}

/// What is measured against each other.
struct Measure<'a> {
    handler: &'a Handler,
    select: &'a Path,
    population: &'a Population,
    options: &'a Options,
}

impl Measure<'_> {
    async fn round(&self) -> Result<Round, Error> {
        let length = Duration::from_secs(self.options.seconds.into());
        let population = self.population;
        let reads = |address, path: &'static str, expected| Reads {
            address,
            path,
            tokens: population.tokens(),
            expected,
            connections: self.options.concurrency,
        };
        Ok(Round {
            handler: reads(self.handler.address, "/", 204).run(length).await?,
            select: self.selects()?,
            me: reads(population.address(), "/account/v1/me", 200).run(length).await?,
            gate: reads(population.address(), "/account/v1/gate", 204).run(length).await?,
        })
    }

    fn selects(&self) -> Result<f64, Error> {
        let Options { seconds, concurrency, .. } = self.options;
        let mut command = Command::new(self.select);
        command.arg(self.population.database()).args([seconds.to_string(), concurrency.to_string()]);
        let printed = process::capture(&mut command)?;
        let unexpected = |_| Error::Output { command: process::line(&command), what: "no figure".to_owned() };
        printed.trim().parse().map_err(unexpected)
    }
}

/// The handler that does nothing, in a process of its own.
struct Handler {
    process: Child,
    address: SocketAddr,
}

impl Handler {
    fn start(program: &Path) -> Result<Self, Error> {
        let address = service::free_address().map_err(Error::Load)?;
        let mut command = Command::new(program);
        command.arg(address.to_string()).stdin(Stdio::null());
        let process = command.spawn().map_err(|source| Error::Start { command: process::line(&command), source })?;
        Ok(Self { process, address })
    }
}

impl Drop for Handler {
    fn drop(&mut self) {
        // It may have ended already, and then there is nothing to do.
        let _ended = self.process.kill().and_then(|()| self.process.wait());
    }
}
