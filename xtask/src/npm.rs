//! Packages of npm that checks and tests use, each set in the folder of its lock file.

use std::{fs, path::Path, process::Command};

use crate::{
    error::Error,
    process,
    requirements::{self, NODE},
    say::say,
};

/// Where the lock file is copied to once its packages are installed; `npm ci` removes it with them.
const INSTALLED: &str = "node_modules/.installed-lock.json";

/// Installs the packages of a folder's lock file, unless that was done before: then no network is needed.
///
/// # Errors
/// When there is no lock file, or the packages cannot be had.
pub(crate) fn install(folder: &Path) -> Result<(), Error> {
    requirements::provide(NODE)?;
    let lock_path = folder.join("package-lock.json");
    let lock = fs::read(&lock_path).map_err(Error::read(&lock_path))?;
    let installed = folder.join(INSTALLED);
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say(format_args!("installing the packages of {}", folder.display()));
    let mut command = Command::new("npm");
    command.args(["ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    process::run(&mut command)?;
    fs::write(&installed, lock).map_err(Error::write(installed))
}

/// A program of the installed packages.
pub(crate) fn tool(folder: &Path, name: &str) -> Command {
    let mut command = Command::new(folder.join("node_modules/.bin").join(name));
    command.current_dir(folder);
    command
}
