//! The project's chores, as `cargo xtask <command>`: one file a command, no shell scripts.

mod bench;
mod cargo_deny;
mod check;
mod clients;
mod configuration;
mod derived;
mod error;
mod explore;
mod machine;
mod npm;
mod openapi;
mod packages;
mod process;
mod python;
mod reliability;
mod requirements;
mod say;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand, builder::PossibleValuesParser};

use crate::{error::Error, say::say_error, workspace::Workspace};

/// The project's chores.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Checks format, lints, documentation, generated files, architecture, packages and dependencies.
    Check {
        /// Only these steps
        #[arg(value_name = "STEP", value_parser = PossibleValuesParser::new(check::names()))]
        steps: Vec<String>,
    },
    /// Rewrites what the service prints: `account-http/openapi/*.json` and the pages about its configuration.
    Openapi,
    /// Rewrites the Rust and TypeScript clients in `tests` from the OpenAPI documents.
    Clients,
    /// Checks the rules of architecture and tidiness that no compiler knows.
    Tidy,
    /// Sets up what the tests need and runs all of them.
    Test,
    /// Measures the service against what its work cannot do without.
    Bench {
        #[command(subcommand)]
        benchmark: bench::Benchmark,
    },
    /// Kills the service at any moment, on each database: what was acknowledged stays, and has its email.
    Crash(reliability::Options),
    /// Mail servers that misbehave, a database that goes away, a full disk.
    Faults(reliability::Options),
    /// Three instances on one database, one of them killed every ten seconds.
    Instances(reliability::Options),
    /// How fast a full outbox empties.
    Drain(reliability::Options),
    /// A PostgreSQL primary is lost, and its standby takes over; nodes of a Galera cluster are killed and join again.
    Failover(reliability::Options),
    /// Somebody attacks the service; others are served all the same.
    Attack(reliability::Options),
    /// Goes through every order of what an owner and a stranger can do: nobody gets into the owner's account.
    Explore(explore::Options),
}

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    match run(&command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say_error(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<(), Error> {
    let workspace = Workspace::locate()?;
    match command {
        Command::Check { steps } => check::run(&workspace, steps),
        Command::Openapi => openapi::rewrite(&workspace).and_then(|()| configuration::rewrite(&workspace)),
        Command::Clients => clients::rewrite(&workspace),
        Command::Tidy => tidy::run(&workspace),
        Command::Test => test::run(&workspace),
        Command::Bench { benchmark } => bench::run(&workspace, benchmark),
        Command::Crash(options) => reliability::run(&workspace, "crash", options),
        Command::Faults(options) => reliability::run(&workspace, "faults", options),
        Command::Instances(options) => reliability::run(&workspace, "instances", options),
        Command::Drain(options) => reliability::run(&workspace, "drain", options),
        Command::Failover(options) => reliability::run(&workspace, "failover", options),
        Command::Attack(options) => reliability::run(&workspace, "attack", options),
        Command::Explore(options) => explore::run(&workspace, options),
    }
}
