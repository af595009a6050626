//! `cargo xtask explore`: no order of events lets a stranger into an owner's account, or keeps the owner out.
//!
//! The core is compiled for this command alone (feature `explore`), and optimised: the other chores do not wait for it.

#[cfg(feature = "explore")]
mod histories;

use std::env;

use crate::{error::Error, process, workspace::Workspace};

#[cfg(feature = "explore")]
pub(crate) use histories::Options;

/// What is handed on to the program that explores.
#[cfg(not(feature = "explore"))]
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Options {
    /// Options of the command; `--help` lists them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    _options: Vec<std::ffi::OsString>,
}

/// Explores, and prints how far it came.
///
/// # Errors
/// When the program does not build, or when a history breaks a promise.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<(), Error> {
    #[cfg(feature = "explore")]
    if !cfg!(debug_assertions) {
        return histories::run(workspace, options);
    }
    let Options { .. } = options;
    let mut again = workspace.cargo();
    again.args(["run", "--release", "--quiet", "--package", "xtask", "--features", "explore", "--"]);
    process::run(again.args(env::args_os().skip(1)))
}
