//! Tables that are compiled in.

/// The lines of a compiled-in table, each cut at its tab into key and text.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| line.split_once('\t'))
}
