//! What embedding the core costs: how many crates it brings along.

use std::collections::BTreeSet;

use crate::{error::Error, process, workspace::Workspace};

use super::tree::Violation;

/// With default features the core brings fewer crates than this, itself not counted.
const LIMIT: usize = 60;

/// The core's dependency tree, when it is too big.
///
/// # Errors
/// When cargo cannot tell the tree.
pub(super) fn violations(workspace: &Workspace) -> Result<Vec<Violation>, Error> {
    let mut command = workspace.cargo();
    command.args(["tree", "--package", "account-core", "--edges", "normal,build"]);
    command.args(["--prefix", "none", "--format", "{p}"]);
    Ok(judge(&process::capture(&mut command)?))
}

fn judge(listing: &str) -> Vec<Violation> {
    // `name v1.2.3`, then ` (proc-macro)` or ` (*)` for one that was already shown.
    let name_and_version = |line: &'_ str| {
        let mut words = line.split_whitespace();
        Some((words.next()?.to_owned(), words.next()?.to_owned()))
    };
    let mut crates: BTreeSet<_> = listing.lines().filter_map(name_and_version).collect();
    crates.retain(|(name, _)| name != "account-core");
    if crates.len() < LIMIT {
        return Vec::new();
    }
    let message = format!("{} crates with default features, there must be fewer than {LIMIT}", crates.len());
    vec![Violation::of("account-core/Cargo.toml", message)]
}

#[cfg(test)]
mod tests {
    use super::judge;

    fn listing(crates: usize) -> String {
        let lines = (0..crates).map(|n| format!("crate-{n} v1.0.0\n"));
        lines.chain(["account-core v0.1.0 (/somewhere)\n".to_owned()]).collect()
    }

    #[test]
    fn too_many_crates_are_refused() {
        assert_eq!(judge(&listing(59)).len(), 0);
        assert_eq!(judge(&listing(60)).len(), 1);
    }

    #[test]
    fn a_crate_counts_once_however_often_it_is_shown() {
        assert_eq!(judge(&"serde v1.0.0 (*)\nserde v1.0.0\n".repeat(60)).len(), 0);
    }
}
