//! Cells that a spreadsheet would take for formulas.
//!
//! People choose what is in their cells, and somebody else opens the file in a spreadsheet. So a cell that would be run
//! there gets an apostrophe before it, as OWASP recommends against CSV injection; spreadsheets then take it for a text.
//! Reading removes it again. A cell that has apostrophes before a formula already gets one more: what is read is always
//! what was written.

/// What a formula begins with: in spreadsheets, and in those that take wide characters for their narrow twins.
const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether the text is a formula behind any number of apostrophes.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(BEGINNINGS)
}

/// The cell for a text.
pub(super) fn escape(text: String) -> String {
    if is_formula(&text) { format!("'{text}") } else { text }
}

/// The text of a cell.
pub(super) fn unescape(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_a_text_to_a_spreadsheet() {
        for text in ["=1+1", "+27831234567", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"]
        {
            assert_eq!(escape(text.to_owned()), format!("'{text}"));
        }
        for text in ["", "John", "1-1", "a=b", " =1", "'s-Gravenhage", "john@acme.com", "ø"] {
            assert_eq!(escape(text.to_owned()), text);
        }
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        for text in ["", "'", "''", "John", "=1", "'=1", "''=1", "'-", "-", "'s-Gravenhage", "+27", "'\t", "'＝"] {
            assert_eq!(unescape(&escape(text.to_owned())), text);
        }
    }
}
