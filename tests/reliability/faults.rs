//! `cargo xtask faults`: what the service depends on goes wrong, and comes right again.

mod database;
mod disk;
mod smtp;

use clap::ValueEnum;

use crate::report::Report;

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Smtp,
    Database,
    Disk,
}

/// How hard.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only that goes wrong.
    #[arg(long)]
    only: Option<Part>,
    /// Only mail servers whose name in the table has this in it.
    #[arg(long, default_value = "")]
    mail_server: String,
    /// How often the database is stopped.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    stops: u32,
}

/// Runs it: a report for mail servers, one for the database, one for the disk.
pub(crate) async fn run(options: &Options) -> Vec<Report> {
    let is_due = |part| options.only.is_none_or(|only| only == part);
    let mut reports = Vec::new();
    if is_due(Part::Smtp) {
        reports.push(smtp::run(&options.mail_server).await);
    }
    if is_due(Part::Database) {
        reports.push(database::run(options.stops).await);
    }
    if is_due(Part::Disk) {
        reports.push(disk::run().await);
    }
    reports
}
