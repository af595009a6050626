//! Where the project is, and running `cargo` there.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::{error::Error, process};

/// What `cargo run` sets for the program it starts. Handed on to another cargo, they would make build scripts that
/// watch them (ring's, for one) run again on every change between `cargo` and `cargo xtask`.
const OWN_VARIABLES: [&str; 5] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];

/// The project's folders.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Asks cargo for the workspace around the current folder.
    ///
    /// # Errors
    /// When cargo cannot be run or there is no workspace.
    pub(crate) fn locate() -> Result<Self, Error> {
        let mut command = cargo();
        command.args(["metadata", "--no-deps", "--format-version=1"]);
        let metadata = process::capture(&mut command)?;
        let unexpected = |what: String| Error::Output { command: process::line(&command), what };
        let metadata: Value = serde_json::from_str(&metadata).map_err(|error| unexpected(error.to_string()))?;
        let folder = |key: &str| {
            let folder = metadata.get(key).and_then(Value::as_str);
            folder.map(PathBuf::from).ok_or_else(|| unexpected(format!("no `{key}`")))
        };
        Ok(Self { root: folder("workspace_root")?, target: folder("target_directory")? })
    }

    /// The folder of the workspace's manifest.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that cargo builds into, for what must not be committed.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// `cargo` with the workspace as its folder.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = cargo();
        command.current_dir(&self.root);
        command
    }

    /// Builds the service as it ships, alone and with its default features, and returns the binary's path.
    ///
    /// # Errors
    /// When it does not build.
    pub(crate) fn build_service(&self, profile: Profile) -> Result<PathBuf, Error> {
        let mut command = self.cargo();
        command.args(["build", "--package", "account-http"]);
        if profile == Profile::Release {
            command.arg("--release");
        }
        process::run(&mut command)?;
        Ok(self.artifact(profile, "account-http"))
    }

    /// Builds an example for measuring, and returns its path.
    ///
    /// # Errors
    /// When it does not build.
    pub(crate) fn build_example(&self, package: &str, example: &str) -> Result<PathBuf, Error> {
        let mut command = self.cargo();
        command.args(["build", "--release", "--package", package, "--example", example]);
        process::run(&mut command)?;
        Ok(self.artifact(Profile::Release, &format!("examples/{example}")))
    }

    /// The path of a built program, such as `account-http` or `examples/embed`.
    pub(crate) fn artifact(&self, profile: Profile, name: &str) -> PathBuf {
        let folder = match profile {
            Profile::Debug => "debug",
            Profile::Release => "release",
        };
        let path = self.target.join(folder).join(name);
        path.with_extension(env::consts::EXE_EXTENSION)
    }
}

/// How a program is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Debug,
    Release,
}

fn cargo() -> Command {
    let mut command = Command::new("cargo");
    for (name, _) in env::vars_os() {
        let known = name.to_string_lossy();
        if OWN_VARIABLES.iter().any(|own| known.starts_with(own)) {
            command.env_remove(&name);
        }
    }
    command
}
