//! Compiled-in tables.

/// Returns the lines of a compiled-in table, each split at its tab into key and text.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| line.split_once('\t'))
}
