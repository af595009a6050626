//! `cargo xtask bench`: what the service costs beside the work it cannot do without.

mod connection;
mod enumeration;
mod hashing;
mod load;
mod overload;
mod registration;
mod report;
mod service;
mod sessions;
mod statistics;

use std::env;

use clap::Subcommand;

use crate::{error::Error, process, workspace::Workspace};

/// What is measured.
#[derive(Subcommand)]
pub(crate) enum Benchmark {
    /// Registrations over HTTP against raw Argon2id, in interleaved rounds of one run on one machine.
    Registration(registration::Options),
    /// Requests of signed-in people, against a bare handler and a bare SELECT, over few and many accounts.
    Sessions(sessions::Options),
    /// Whether the time of an answer tells whether an address has an account.
    Enumeration(enumeration::Options),
    /// What becomes of sign-ins and registrations when ten times as many are asked for as can be hashed.
    Overload(overload::Options),
}

/// Runs a benchmark, always as an optimised program: a slow yardstick would flatter the service.
///
/// # Errors
/// When something does not build, or the service fails under the load.
pub(crate) fn run(workspace: &Workspace, benchmark: &Benchmark) -> Result<(), Error> {
    if cfg!(debug_assertions) {
        let mut again = workspace.cargo();
        again.args(["run", "--release", "--quiet", "--package", "xtask", "--"]);
        return process::run(again.args(env::args_os().skip(1)));
    }
    match benchmark {
        Benchmark::Registration(options) => registration::run(workspace, options),
        Benchmark::Sessions(options) => sessions::run(workspace, options),
        Benchmark::Enumeration(options) => enumeration::run(workspace, options),
        Benchmark::Overload(options) => overload::run(workspace, options),
    }
}
