//! What a command found.

use std::fmt;

use crate::table::Table;

/// A part of what was found: a table, and what has to be said beside it.
#[derive(Debug)]
pub(crate) struct Report {
    /// What was put to the test.
    pub(crate) title: String,
    pub(crate) table: Table,
    /// Sentences below the table.
    pub(crate) notes: Vec<String>,
}

/// How the figures were come by.
pub(crate) struct Heading<'a> {
    pub(crate) command: &'a str,
    pub(crate) machine: &'a str,
}

impl Report {
    /// What was not as it must be.
    pub(crate) fn missed(&self) -> Vec<String> {
        self.table.missed().into_iter().map(|line| format!("{}: {line}", self.title)).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}:\n\n{}", self.title, self.table)?;
        self.notes.iter().try_for_each(|note| writeln!(f, "{note}"))
    }
}

impl fmt::Display for Heading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Command: `{}`\n\nMachine: {}", self.command, self.machine)
    }
}

#[cfg(test)]
mod tests {
    use super::{Heading, Report};
    use crate::table::{Cell, Table};

    #[test]
    fn a_report_names_failed_requirements() {
        let mut table = Table::new(["figure", "SQLite"]);
        table.row("lost", [Cell::judged(1, false)]);
        let report = Report { title: "Killed".to_owned(), table, notes: vec!["Seed 1.".to_owned()] };
        assert_eq!(report.missed(), ["Killed: lost, SQLite: 1"]);
        assert!(report.to_string().ends_with("| lost | 1 **missed** |\n\nSeed 1.\n"), "{report}");
    }

    #[test]
    fn the_heading_names_command_and_machine() {
        let heading = Heading { command: "cargo xtask crash", machine: "2 cores" };
        assert_eq!(heading.to_string(), "Command: `cargo xtask crash`\n\nMachine: 2 cores\n");
    }
}
