//! Lengths of fields: `account-core/src/field_limits.rs` has them, and nothing else writes their numbers.

use super::tree::{Tree, Violation};

/// What a length follows in templates and in Rust.
const KEYWORDS: [&str; 7] =
    ["maxlength=\"", "minlength=\"", "max_length: ", "min_length: ", "max_length = ", "min_length = ", "Length\": "];

/// Numbers of the API's documents and of pages that do not come from the table.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in tree.files().iter().filter(|file| is_served(&file.path)) {
        for (index, line) in file.text.lines().enumerate() {
            if KEYWORDS.iter().any(|keyword| has_number_after(line, keyword)) {
                let message = "a length in numbers: take it from account-core/src/field_limits.rs".to_owned();
                violations.push(Violation::at(&file.path, index + 1, message));
            }
        }
    }
    violations
}

/// What documents and pages are made of.
fn is_served(path: &str) -> bool {
    let of_service = path.starts_with("account-http/src/") || path.starts_with("account-http/templates/");
    // Its tests plant numbers.
    of_service && path != "account-http/src/openapi/limits.rs"
}

fn has_number_after(line: &str, keyword: &str) -> bool {
    let mut rests = line.split(keyword).skip(1).map(|rest| rest.strip_prefix("Some(").unwrap_or(rest));
    rests.any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::violations;
    use crate::tidy::tree::Tree;

    fn broken(path: &str, text: &str) -> usize {
        violations(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn a_length_in_numbers_is_refused_in_pages_and_documents() {
        assert_eq!(broken("account-http/templates/a.html", "<input maxlength=\"254\">"), 1);
        for text in
            ["max_length: 32", "max_length: Some(32)", "#[oai(validator(max_length = 32))]", "\"maxLength\": 32"]
        {
            assert_eq!(broken("account-http/src/field.rs", text), 1, "{text}");
        }
    }

    #[test]
    fn a_length_from_the_table_is_taken() {
        assert_eq!(broken("account-http/templates/a.html", "<input maxlength=\"{{ detail.max }}\">"), 0);
        assert_eq!(broken("account-http/src/field.rs", "max_length: Some(limits.max)"), 0);
        assert_eq!(broken("tests/it/http/openapi.rs", "\"maxLength\": 32"), 0);
    }
}
