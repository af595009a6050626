//! What mounting the routes in another app costs: nothing that the binary alone needs.

use crate::{error::Error, process, workspace::Workspace};

use super::tree::Violation;

/// What is not built when its default features are off.
const FOR_THE_BINARY: &[&str] = &[
    "account-mail",
    "account-store",
    "clap",
    "csv",
    "indicatif",
    "maxminddb",
    "opentelemetry",
    "opentelemetry-http",
    "opentelemetry-otlp",
    "opentelemetry_sdk",
    "tor-geoip",
    "tracing-opentelemetry",
    "tracing-subscriber",
];

/// What is in the tree of the routes alone and should not be.
///
/// # Errors
/// When cargo cannot tell the tree.
pub(super) fn violations(workspace: &Workspace) -> Result<Vec<Violation>, Error> {
    let mut command = workspace.cargo();
    command.args(["tree", "--package", "account-http", "--no-default-features", "--edges", "normal"]);
    command.args(["--prefix", "none", "--format", "{p}"]);
    Ok(judge(&process::capture(&mut command)?))
}

fn judge(listing: &str) -> Vec<Violation> {
    let mut names: Vec<_> = listing.lines().filter_map(|line| line.split_whitespace().next()).collect();
    names.sort_unstable();
    names.dedup();
    let unwanted = names.into_iter().filter(|name| FOR_THE_BINARY.contains(name));
    let message = |name| format!("`{name}` is built without the feature `server`: only the binary needs it");
    unwanted.map(|name| Violation::of("account-http/Cargo.toml", message(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn what_the_binary_alone_needs_is_found_once() {
        let listing = "account-http v0.1.0 (/x)\nclap v4.0.0\nclap v4.0.0 (*)\nopentelemetry_sdk v0.33.0\n";
        let found: Vec<_> = judge(listing).into_iter().map(|violation| violation.message).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().any(|message| message.contains("`opentelemetry_sdk`")), "{found:?}");
    }

    #[test]
    fn other_files_may_exist() {
        assert_eq!(judge("account-http v0.1.0 (/x)\npoem v3.1.0\ntracing v0.1.0\n").len(), 0);
    }
}
