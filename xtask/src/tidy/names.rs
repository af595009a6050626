//! Names that say nothing, and the one file name the module layout does without.

use super::tree::{RustFile, Tree, Violation};

/// A file, folder, module or type is not called one of these, nor anything that ends in one: `StoreImpl`.
const EMPTY_WORDS: [&str; 10] =
    ["util", "utils", "utility", "utilities", "helper", "helpers", "common", "manager", "managers", "impl"];

/// Badly named files, folders, modules and types.
pub(super) fn violations(tree: &Tree, sources: &[RustFile<'_>]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in tree.files() {
        if file.path.split('/').any(|part| is_empty_name(stem(part))) {
            violations.push(Violation::of(&file.path, "the name says nothing"));
        }
        if file.path.ends_with("/mod.rs") {
            violations.push(Violation::of(&file.path, "a module `foo` is `foo.rs` beside `foo/`"));
        }
    }
    for file in sources {
        for declared in file.source.declared_names() {
            if is_empty_name(&declared.name) {
                let message = format!("the name `{}` says nothing", declared.name);
                violations.push(Violation::at(file.path, declared.line, message));
            }
        }
    }
    violations
}

fn stem(file: &str) -> &str {
    file.split_once('.').map_or(file, |(stem, _)| stem)
}

fn is_empty_name(name: &str) -> bool {
    let last = last_word(name).to_lowercase();
    EMPTY_WORDS.contains(&last.as_str())
}

/// The last word of `a_name`, `a-name` or `AName`.
fn last_word(name: &str) -> &str {
    let start = |(at, c): (usize, char)| match c {
        '_' | '-' => Some(at + 1),
        c if c.is_uppercase() => Some(at),
        _ => None,
    };
    let start = name.char_indices().rev().find_map(start).unwrap_or(0);
    name.get(start..).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::violations;
    use crate::tidy::tree::Tree;

    fn broken(path: &str, text: &str) -> usize {
        let tree = Tree::of(&[(path, text)]);
        violations(&tree, &tree.rust_files().unwrap()).len()
    }

    #[test]
    fn names_that_say_nothing_are_refused() {
        for (path, text) in [
            ("account-core/src/utils.rs", ""),
            ("account-core/src/test_helpers.rs", ""),
            ("account-core/src/common/clock.rs", ""),
            ("account-core/src/store_impl.rs", ""),
            ("account-http/src/page/common.html", ""),
            ("account-core/src/session.rs", "struct SessionManager;"),
            ("account-core/src/session.rs", "mod helpers {}"),
            ("account-core/src/session.rs", "trait Utils {}"),
        ] {
            assert_eq!(broken(path, text), 1, "{path} {text}");
        }
    }

    #[test]
    fn names_that_use_such_a_word_to_say_something_stay() {
        for (path, text) in [
            ("account-core/src/password/common_passwords.rs", "struct CommonPasswords;"),
            ("account-core/src/session.rs", "impl Session { fn manager(&self) {} }"),
        ] {
            assert_eq!(broken(path, text), 0, "{path} {text}");
        }
    }

    #[test]
    fn modules_have_distinct_names() {
        assert_eq!(broken("account-core/src/password/mod.rs", ""), 1);
    }
}
