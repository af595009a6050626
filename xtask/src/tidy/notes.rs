//! Work left for later: it is done, or it is an issue, but it is not in the repository.

use super::tree::{RustFile, Tree, Violation};

/// Written in two parts, so that this file does not break its own rule.
const NOTES: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

/// What people write and read; other files, such as lists of words, may contain anything.
const READ_BY_PEOPLE: [&str; 10] = ["rs", "toml", "md", "html", "css", "js", "txt", "sql", "yml", "yaml"];

/// Notes to oneself, unfinished functions and tests that do not run.
pub(super) fn violations(tree: &Tree, sources: &[RustFile<'_>]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in tree.files() {
        if !file.extension().is_some_and(|extension| READ_BY_PEOPLE.contains(&extension)) {
            continue;
        }
        for (index, line) in file.text.lines().enumerate() {
            if let Some(note) = NOTES.iter().find(|note| has_word(line, note)) {
                let message = format!("{note}: do it now, or file an issue");
                violations.push(Violation::at(&file.path, index + 1, message));
            }
        }
    }
    for file in sources {
        for line in file.source.macro_lines("todo") {
            violations.push(Violation::at(file.path, line, "an unfinished function"));
        }
        for line in file.source.attribute_lines("ignore") {
            violations.push(Violation::at(file.path, line, "a test that does not run"));
        }
    }
    violations
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::{NOTES, violations};
    use crate::tidy::tree::{Tree, Violation};

    fn found(path: &str, text: &str) -> Vec<Violation> {
        let tree = Tree::of(&[(path, text)]);
        violations(&tree, &tree.rust_files().unwrap())
    }

    #[test]
    fn notes_about_later_work_are_refused() {
        for note in NOTES {
            let violations = found("README.md", &format!("fine\n- {note}: more\n"));
            assert_eq!(violations.first().and_then(|violation| violation.line), Some(2), "{note}");
        }
    }

    #[test]
    fn notes_are_whole_words_in_files_for_people() {
        let [note, ..] = NOTES;
        assert_eq!(found("README.md", &format!("MY{note}LIST")), []);
        assert_eq!(found("account-core/src/words.bin", note), []);
    }

    #[test]
    fn unfinished_functions_and_sleeping_tests_are_refused() {
        assert_eq!(found("tests/it/main.rs", "fn f() { todo!() }").len(), 1);
        assert_eq!(found("tests/it/main.rs", "#[test]\n#[ignore]\nfn f() {}").len(), 1);
        assert_eq!(found("tests/it/main.rs", "#[test]\nfn f() { ignore(); }").len(), 0);
    }
}
