//! Cells that a spreadsheet would run as formulas.
//!
//! People choose their own data, and somebody else opens the file in a spreadsheet. So a cell that a spreadsheet would
//! run gets a leading apostrophe, as OWASP recommends against CSV injection; spreadsheets then treat it as text.
//! Reading removes the apostrophe. A cell that already has apostrophes before a formula gets one more, so that reading
//! always returns what was written.

/// The characters that a formula can start with, including their full-width forms, which some spreadsheets accept.
const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Returns whether the text is a formula after any number of apostrophes.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(BEGINNINGS)
}

/// Returns the cell for a text.
pub(super) fn escape(text: String) -> String {
    if is_formula(&text) { format!("'{text}") } else { text }
}

/// Returns the text of a cell.
pub(super) fn unescape(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheets_read_formulas_as_text() {
        for text in ["=1+1", "+27831234567", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"]
        {
            assert_eq!(escape(text.to_owned()), format!("'{text}"));
        }
        for text in ["", "John", "1-1", "a=b", " =1", "'s-Gravenhage", "john@acme.com", "ø"] {
            assert_eq!(escape(text.to_owned()), text);
        }
    }

    #[test]
    fn reading_returns_what_was_written() {
        for text in ["", "'", "''", "John", "=1", "'=1", "''=1", "'-", "-", "'s-Gravenhage", "+27", "'\t", "'＝"] {
            assert_eq!(unescape(&escape(text.to_owned())), text);
        }
    }
}
