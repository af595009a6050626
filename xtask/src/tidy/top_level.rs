//! The top level of the repository is exactly the design's.

use std::collections::BTreeSet;

use super::tree::{Tree, Violation};

const ENTRIES: &[&str] = &[
    ".cargo",
    ".ci",
    ".github",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "account-core",
    "account-http",
    "account-mail",
    "account-store",
    "clippy.toml",
    "deny.toml",
    "docs",
    "rustfmt.toml",
    "tests",
    "xtask",
];

/// What is at the top and should not be, and what should be there and is not.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    let allowed: BTreeSet<&str> = ENTRIES.iter().copied().collect();
    let top = |path: &'_ str| path.split('/').next().map(str::to_owned);
    let present: BTreeSet<String> = tree.files().iter().filter_map(|file| top(&file.path)).collect();
    let strangers = present.iter().filter(|entry| !allowed.contains(entry.as_str()));
    let missing = allowed.iter().filter(|entry| !present.contains(**entry));
    strangers
        .map(|entry| Violation::of(entry, "has no place at the top level"))
        .chain(missing.map(|entry| Violation::of(entry, "is missing from the top level")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{ENTRIES, violations};
    use crate::tidy::tree::{Tree, Violation};

    #[test]
    fn unknown_and_missing_entries_are_both_reported() {
        let mut files: Vec<_> = ENTRIES.iter().map(|entry| (*entry, "")).collect();
        assert_eq!(violations(&Tree::of(&files)), []);
        files.retain(|(path, _)| *path != "README.md");
        files.push(("scripts/build.sh", ""));
        assert_eq!(
            violations(&Tree::of(&files)),
            [
                Violation::of("scripts", "has no place at the top level"),
                Violation::of("README.md", "is missing from the top level"),
            ]
        );
    }
}
