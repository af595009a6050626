//! `cargo xtask crash`, `faults`, `instances`, `drain`, `failover` and `attack`: what must hold of the
//! service when things go wrong.
//!
//! This builds the service as it ships and the program that puts it under stress (`tests/reliability`), and runs that.

use std::{ffi::OsString, process::Command};

use clap::Args;

use crate::{
    error::Error,
    machine::Machine,
    process,
    python::MAIL_SERVER,
    requirements,
    workspace::{Profile, Workspace},
};

/// The package that the program is in, and its name.
const PROGRAM: &str = "reliability";

/// Names the service's binary to the program.
const BINARY_VARIABLE: &str = "SERVICE_BINARY";

/// What the program is told.
#[derive(Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Options {
    /// Options of the command; `--help` lists them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<OsString>,
}

/// Runs one of the program's commands. It prints a table for `docs/reliability.md` and fails when something does not
/// hold.
///
/// # Errors
/// When something that is needed is absent or does not build, or when the program fails.
pub(crate) fn run(workspace: &Workspace, command: &str, Options { options }: &Options) -> Result<(), Error> {
    requirements::provide(requirements::TESTS)?;
    let (mail_server, python) = MAIL_SERVER.provide(workspace)?;
    let service = workspace.build_service(Profile::Release)?;
    build_program(workspace)?;
    let mut program = Command::new(workspace.artifact(Profile::Debug, PROGRAM));
    program.current_dir(workspace.root()).env(BINARY_VARIABLE, service).env(mail_server, python);
    program.arg("--machine").arg(Machine::describe(workspace).to_string()).arg(command).args(options);
    process::run(&mut program)
}

/// Built with the tests' features, so that nothing is compiled twice. It waits most of the time: only the service, in a
/// process of its own, is measured.
fn build_program(workspace: &Workspace) -> Result<(), Error> {
    let mut build = workspace.cargo();
    build.args(["build", "--workspace", "--all-features", "--bin", PROGRAM]);
    process::run(&mut build)
}
