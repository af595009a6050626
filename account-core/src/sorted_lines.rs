//! Look-ups in compiled-in lists: text with one entry per line, in ascending byte order.
//!
//! The text is searched in place, so nothing is parsed or stored at start-up. A test beside each list checks its order.

use std::cmp::Ordering;

const LINE_FEED: u8 = b'\n';

/// Returns whether `wanted` is a line of `sorted`, compared byte by byte.
///
/// The lines of `sorted` MUST be unique and in ascending byte order, each ended by a line feed.
pub(crate) fn contains_line(sorted: &str, wanted: &str) -> bool {
    let mut rest = sorted.as_bytes();
    while !rest.is_empty() {
        let (left, right) = rest.split_at(rest.len() / 2);
        let start = left.iter().rposition(|byte| *byte == LINE_FEED).map_or(0, |position| position + 1);
        let end = right.iter().position(|byte| *byte == LINE_FEED).map_or(rest.len(), |position| left.len() + position);
        let (before, from_start) = rest.split_at(start);
        let (line, after) = from_start.split_at(end - start);
        match line.cmp(wanted.as_bytes()) {
            Ordering::Equal => return true,
            Ordering::Greater => rest = before,
            Ordering::Less => rest = after.get(1..).unwrap_or_default(),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "a\nab\nb\nbeta\nz z\nß\n";

    #[test]
    fn every_line_is_found() {
        for line in LINES.lines() {
            assert!(contains_line(LINES, line), "{line}");
        }
    }

    #[test]
    fn partial_lines_are_not_found() {
        for absent in ["", "0", "be", "bet", "betas", "z", "a\nab", "\n", "a\n", "ßß", "zz"] {
            assert!(!contains_line(LINES, absent), "{absent:?}");
        }
    }

    #[test]
    fn nothing_is_found_in_an_empty_list() {
        assert!(!contains_line("", ""));
        assert!(!contains_line("", "a"));
    }
}
