//! No two files of a crate need each other, directly or by way of others: each can be read after what it builds on.
//!
//! A file needs another when its production code names an item of it by a path. A path through a re-export leads to
//! the file that defines the item. `mod child;` names no item, and neither does a re-export (`pub use`) alone: it
//! offers what the child has, and uses nothing of it.

mod modules;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::tree::{RustFile, Violation};

use self::modules::{Modules, Reference};

/// The root files of the crates without circles.
const CRATES: &[&str] = &[
    "account-core/src/lib.rs",
    "account-http/src/bin/account-http/main.rs",
    "account-http/src/lib.rs",
    "account-mail/src/lib.rs",
    "account-store/src/lib.rs",
    "xtask/src/main.rs",
    "tests/src/lib.rs",
    "tests/reliability/main.rs",
];

/// One violation for each circle, with the names that tie its files.
pub(super) fn violations(files: &[RustFile<'_>]) -> Vec<Violation> {
    let roots = files.iter().filter(|file| CRATES.contains(&file.path));
    roots.flat_map(|root| circles(&Modules::read(root.path, files).references())).collect()
}

/// The files that each file needs, directly or not.
type Needs<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn circles(references: &[Reference]) -> Vec<Violation> {
    let needs = needs(references);
    let needs_each_other = |a: &str, b: &str| {
        let needs = |from: &str, to: &str| needs.get(from).is_some_and(|needed| needed.contains(to));
        needs(a, b) && needs(b, a)
    };
    let mut seen = BTreeSet::new();
    let mut violations = Vec::new();
    for file in needs.keys() {
        if seen.contains(file) || !needs_each_other(file, file) {
            continue;
        }
        let circle: BTreeSet<&str> = needs.keys().filter(|other| needs_each_other(file, other)).copied().collect();
        violations.push(violation(file, &circle, references));
        seen.extend(circle);
    }
    violations
}

fn needs(references: &[Reference]) -> Needs<'_> {
    let mut direct = Needs::new();
    for reference in references {
        direct.entry(&reference.from).or_default().insert(&reference.to);
    }
    direct.keys().map(|file| (*file, reachable(file, &direct))).collect()
}

fn reachable<'a>(start: &str, direct: &Needs<'a>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut left = vec![start];
    while let Some(file) = left.pop() {
        for next in direct.get(file).into_iter().flatten() {
            if found.insert(*next) {
                left.push(next);
            }
        }
    }
    found
}

fn violation(first: &str, circle: &BTreeSet<&str>, references: &[Reference]) -> Violation {
    let mut ties: BTreeMap<(&str, &str), BTreeMap<&str, usize>> = BTreeMap::new();
    for reference in references {
        let (from, to) = (reference.from.as_str(), reference.to.as_str());
        if circle.contains(from) && circle.contains(to) {
            ties.entry((from, to)).or_default().entry(&reference.name).or_insert(reference.line);
        }
    }
    let mut message = format!("{} files need each other in a circle:", circle.len());
    for ((from, to), names) in ties {
        let line = names.values().min().copied().unwrap_or_default();
        let names = names.into_keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let _infallible = write!(message, "\n    {from}:{line} -> {to}: {names}");
    }
    Violation::of(first, message)
}

#[cfg(test)]
mod tests;
