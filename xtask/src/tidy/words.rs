//! Words that send a reader to the dictionary, and the plain ones to write instead.

use super::tree::{Tree, Violation};

/// Written in two parts, so that this file does not break its own rule.
const UNUSUAL: [(&str, &str); 13] = [
    (concat!("an", "ew"), "again"),
    (concat!("who", "ever"), "anyone who, or who it is"),
    (concat!("me", "nd"), "fix"),
    (concat!("me", "nds"), "fixes"),
    (concat!("me", "nded"), "fixed"),
    (concat!("oc", "tet"), "byte"),
    (concat!("oc", "tets"), "bytes"),
    (concat!("taken", " down"), "received or recorded"),
    (concat!("look into your", " mailbox"), "check your email"),
    (concat!("not known", " here"), "not recognized"),
    (concat!("it is all", " of it"), "the list is complete"),
    (concat!("we hope", " you"), "hopefully you"),
    (concat!("were not", " taken"), "were skipped or not accepted"),
];

/// What people write and read.
const READ_BY_PEOPLE: [&str; 6] = ["rs", "toml", "md", "html", "http", "txt"];

/// Files that have words of others: lists, and what is generated.
const WORDS_OF_OTHERS: [&str; 3] = ["/blocklist/", "/disposable_domains/", "/generated/"];

/// Unusual words in code, comments, pages, emails and documents.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in tree.files() {
        let is_read = file.extension().is_some_and(|extension| READ_BY_PEOPLE.contains(&extension));
        if !is_read || WORDS_OF_OTHERS.iter().any(|folder| file.path.contains(folder)) {
            continue;
        }
        for (index, line) in file.text.lines().enumerate() {
            let line = line.to_lowercase();
            for (unusual, plain) in UNUSUAL.iter().filter(|(unusual, _)| has_words(&line, unusual)) {
                let message = format!("`{unusual}`: write {plain}");
                violations.push(Violation::at(&file.path, index + 1, message));
            }
        }
    }
    violations
}

/// Whether the words are in the line, whole, and are no name of code or of a media type.
fn has_words(line: &str, words: &str) -> bool {
    line.match_indices(words).any(|(start, _)| {
        let before = line.get(..start).and_then(|text| text.chars().next_back());
        let after = line.get(start + words.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(|c| c.is_alphanumeric() || "_.".contains(c))
            && !after.is_some_and(|c| c.is_alphanumeric() || "_-(".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::{UNUSUAL, violations};
    use crate::tidy::tree::{Tree, Violation};

    fn found(path: &str, text: &str) -> Vec<Violation> {
        violations(&Tree::of(&[(path, text)]))
    }

    #[test]
    fn unusual_words_are_refused_with_their_line() {
        for (unusual, _) in UNUSUAL {
            for text in [format!("fine\n// So {unusual}, then.\n"), format!("fine\n{}\n", unusual.to_uppercase())] {
                let violations = found("account-core/src/lib.rs", &text);
                assert_eq!(violations.first().and_then(|violation| violation.line), Some(2), "{unusual}");
            }
        }
    }

    #[test]
    fn names_of_code_and_longer_words_are_not_meant() {
        for text in ["address.octets()", "MAX_OCTETS", "application/octet-stream", "a recommendation", "amends"] {
            assert_eq!(found("account-core/src/lib.rs", text).len(), 0, "{text}");
        }
    }

    #[test]
    fn quoted_texts_are_left_alone() {
        let (unusual, _) = UNUSUAL[0];
        assert_eq!(found("account-core/src/password/blocklist/common_passwords.txt", unusual).len(), 0);
        assert_eq!(found("account-http/openapi/all.json", unusual).len(), 0);
    }
}
