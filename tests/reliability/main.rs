//! What must hold of the service when things go wrong, on the real binary: `cargo xtask crash`, `faults`, `instances`,
//! `drain`, `failover` and `attack`.
//!
//! Each command puts the service under stress, looks at what has become of everything that was acknowledged, and prints
//! a table for `docs/reliability.md`. It fails when a criterion is missed.
#![expect(
    clippy::panic,
    clippy::expect_used,
    reason = "as the harness it is made with: what cannot be done at all ends the program"
)]

mod aftermath;
mod attack;
mod clock;
mod crash;
mod crowd;
mod deliveries;
mod drain;
mod failover;
mod faults;
mod instances;
mod ledger;
mod load;
mod place;
mod readiness;
mod registering;
mod report;
mod table;
mod tell;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use report::{Heading, Report};
use tell::{say, tell};

/// What must hold of the service when things go wrong.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    /// What the figures are measured on.
    #[arg(long, hide = true, default_value = "unknown")]
    machine: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Kills the service at any moment, on each database: what was acknowledged stays, and has its email.
    Crash(crash::Options),
    /// Mail servers that misbehave, a database that goes away, a full disk.
    Faults(faults::Options),
    /// Three instances on one database, one of them killed every ten seconds.
    Instances(instances::Options),
    /// How fast a full outbox empties.
    Drain(drain::Options),
    /// A PostgreSQL primary is lost, and its standby takes over; nodes of a Galera cluster are killed and join again.
    Failover(failover::Options),
    /// Somebody attacks the service; others are served all the same.
    Attack(attack::Options),
}

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { machine, command } = Arguments::parse();
    let reports = match &command {
        Command::Crash(options) => vec![crash::run(options).await],
        Command::Faults(options) => faults::run(options).await,
        Command::Instances(options) => vec![instances::run(options).await],
        Command::Drain(options) => vec![drain::run(options).await],
        Command::Failover(options) => failover::run(options).await,
        Command::Attack(options) => attack::run(options).await,
    };
    say(Heading { command: &command_line(), machine: &machine });
    reports.iter().for_each(say);
    let missed: Vec<_> = reports.iter().flat_map(Report::missed).collect();
    for line in &missed {
        tell(format_args!("missed: {line}"));
    }
    if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The command as anyone who repeats it types it.
fn command_line() -> String {
    let mut arguments = std::env::args().skip(1).peekable();
    let mut line = "cargo xtask".to_owned();
    while let Some(argument) = arguments.next() {
        if argument == "--machine" {
            arguments.next();
            continue;
        }
        line.push(' ');
        line.push_str(&argument);
    }
    line
}
