//! Licences, banned crates and sources of the dependencies, by cargo-deny.

use crate::{error::Error, process, say::say, workspace::Workspace};

/// Runs cargo-deny's checks that need no advisory database, which not every builder can reach; a scheduled workflow
/// runs that one.
///
/// # Errors
/// When a dependency breaks a rule of `deny.toml`, or cargo-deny is absent and cannot be installed.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Error> {
    install(workspace)?;
    let mut command = workspace.cargo();
    // Two versions of one crate are allowed, see `deny.toml`: here they would bury what is not.
    command.args(["deny", "check", "--hide-inclusion-graph", "--allow", "duplicate"]);
    process::run(command.args(["bans", "licenses", "sources"]))
}

fn install(workspace: &Workspace) -> Result<(), Error> {
    if process::succeeds(workspace.cargo().args(["deny", "--version"])) {
        return Ok(());
    }
    say("cargo-deny is absent: it is built once, which takes a few minutes");
    // Apart from the workspace's build folder, whose lock a build this long would hold.
    process::run(workspace.cargo().args(["install", "--locked", "cargo-deny"]).env_remove("CARGO_TARGET_DIR"))
}
