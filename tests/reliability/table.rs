//! Tables in Markdown, whose cells know whether what they say is as it must be.

use std::fmt;

/// A table: a line of names, then rows whose first cell is the row's name.
#[derive(Debug)]
pub(crate) struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

/// What a cell says, and whether it must not say that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    text: String,
    is_missed: bool,
}

impl Cell {
    /// A figure that is told and decides nothing.
    pub(crate) fn told(figure: impl fmt::Display) -> Self {
        Self { text: figure.to_string(), is_missed: false }
    }

    /// A figure that a criterion is about.
    pub(crate) fn judged(figure: impl fmt::Display, holds: bool) -> Self {
        Self { text: figure.to_string(), is_missed: !holds }
    }
}

impl Table {
    /// A table with these columns, the first of which has the rows' names.
    pub(crate) fn new(columns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { columns: columns.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row; the first cell is its name.
    pub(crate) fn row(&mut self, name: impl fmt::Display, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(std::iter::once(Cell::told(name)).chain(cells).collect());
    }

    /// What is not as it must be: the row's name, the column's, and what is there.
    pub(crate) fn missed(&self) -> Vec<String> {
        let mut missed = Vec::new();
        for row in &self.rows {
            let name = row.first().map_or("", |cell| &cell.text);
            for (column, cell) in self.columns.iter().zip(row).filter(|(_, cell)| cell.is_missed) {
                missed.push(format!("{name}, {column}: {}", cell.text));
            }
        }
        missed
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| {} |", self.columns.join(" | "))?;
        writeln!(f, "|{}", "---|".repeat(self.columns.len()))?;
        for row in &self.rows {
            f.write_str("|")?;
            for cell in row {
                let mark = if cell.is_missed { " **missed**" } else { "" };
                write!(f, " {}{mark} |", cell.text)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Table};

    #[test]
    fn a_table_is_markdown_and_marks_failures() {
        let mut table = Table::new(["figure", "required", "SQLite"]);
        table.row("kills", [Cell::told(""), Cell::told(200)]);
        table.row("lost", [Cell::told(0), Cell::judged(3, false)]);
        let lines = [
            "| figure | required | SQLite |",
            "|---|---|---|",
            "| kills |  | 200 |",
            "| lost | 0 | 3 **missed** |",
            "",
        ];
        assert_eq!(table.to_string(), lines.join("\n"));
        assert_eq!(table.missed(), ["lost, SQLite: 3"]);
    }

    #[test]
    fn figures_without_a_requirement_do_not_fail() {
        let mut table = Table::new(["figure", "SQLite"]);
        table.row("lost", [Cell::judged(0, true)]);
        table.row("restarts", [Cell::told(9)]);
        assert_eq!(table.missed(), Vec::<String>::new());
    }
}
