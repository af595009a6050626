//! `cargo xtask failover`: a database loses the server that is in use, and another one takes over.

mod figures;
mod galera;
mod outage;
mod people;
mod postgres;
mod sign_out;

use crate::report::Report;

/// Which databases, and how hard.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The set-up: `postgres`, `galera` or `all`.
    #[arg(long, default_value = "all", value_parser = ["postgres", "galera", "all"])]
    database: String,
    /// How often a server is lost, in each set-up.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    rounds: u32,
    /// How many people sign out on one node and are checked on another.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    sign_outs: u32,
}

/// Loses servers of each set-up, and returns one report each.
pub(crate) async fn run(options: &Options) -> Vec<Report> {
    let mut reports = Vec::new();
    if options.database != "galera" {
        reports.push(postgres::run(options.rounds).await);
    }
    if options.database != "postgres" {
        reports.push(galera::run(options.rounds, options.sign_outs).await);
    }
    reports
}
