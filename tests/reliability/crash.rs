//! `cargo xtask crash`.

use crate::report::Report;

/// How hard.
#[derive(clap::Args)]
pub(crate) struct Options {}

/// Runs it.
pub(crate) async fn run(_options: &Options) -> Report {
    std::future::ready(Report {
        title: "crash".to_owned(),
        table: crate::table::Table::new(["figure"]),
        notes: Vec::new(),
    })
    .await
}
