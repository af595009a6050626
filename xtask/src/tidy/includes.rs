//! A crate that is published includes files of its own folder only: others are not in its package.

use std::collections::BTreeSet;

use super::tree::{RustFile, Tree, Violation};

/// How the folders of those crates begin.
const PUBLISHED: &str = "account-";
const MACROS: [&str; 3] = ["include", "include_bytes", "include_str"];

/// Files that are included from outside the crate, or that are not there.
pub(super) fn violations(tree: &Tree, sources: &[RustFile<'_>]) -> Vec<Violation> {
    let known: BTreeSet<&str> = tree.files().iter().map(|file| file.path.as_str()).collect();
    let mut violations = Vec::new();
    for file in sources.iter().filter(|file| file.path.starts_with(PUBLISHED)) {
        let (folder, _) = file.path.rsplit_once('/').unwrap_or_default();
        let (home, _) = file.path.split_once('/').unwrap_or_default();
        let included = MACROS.iter().flat_map(|name| file.source.macro_texts(name));
        for (line, path) in included {
            let target = joined(folder, &path);
            if !target.starts_with(&format!("{home}/")) {
                let message = format!("includes {path}, which is outside the crate and so not in its package");
                violations.push(Violation::at(file.path, line, message));
            } else if !known.contains(target.as_str()) {
                violations.push(Violation::at(file.path, line, format!("includes {path}, which git does not know")));
            }
        }
    }
    violations
}

/// A path from a folder, both from the top of the repository.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::violations;
    use crate::tidy::tree::Tree;

    fn messages(text: &str) -> Vec<String> {
        let tree = Tree::of(&[("account-a/src/b.rs", text), ("account-a/data/words.txt", ""), ("docs/page.md", "")]);
        let found = violations(&tree, &tree.rust_files().unwrap());
        found.into_iter().map(|violation| violation.message).collect()
    }

    #[test]
    fn a_file_of_the_crate_may_be_included() {
        assert_eq!(messages("const A: &str = include_str!(\"../data/words.txt\");"), Vec::<String>::new());
    }

    #[test]
    fn a_file_outside_the_crate_is_not_in_its_package() {
        let expected = ["includes ../../docs/page.md, which is outside the crate and so not in its package"];
        assert_eq!(messages("#[cfg(test)] const A: &str = include_str!(\"../../docs/page.md\");"), expected);
    }

    #[test]
    fn a_file_that_git_ignores_is_not_in_the_package() {
        let expected = ["includes ../data/ignored.txt, which git does not know"];
        assert_eq!(messages("const A: &[u8] = include_bytes!(\"../data/ignored.txt\");"), expected);
    }
}
