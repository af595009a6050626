//! `cargo xtask test`: everything the tests need, then all of them.

mod verifier;

use std::{path::Path, process::Command, time::Instant};

use crate::{
    clients::typescript,
    error::Error,
    process, requirements,
    say::say,
    workspace::{Profile, Workspace},
};

/// Names the service's binary to the tests that start the real one.
const BINARY_VARIABLE: &str = "SERVICE_BINARY";

/// Names the Python that has the verifiers of signatures.
const VERIFIER_VARIABLE: &str = "VERIFIERS";

/// Chooses the database of the services that tests start.
const DATABASE_VARIABLE: &str = "TEST_DATABASE";

/// The databases beside the embedded one, which everything is tested on.
const DATABASES: [&str; 2] = ["postgres", "mariadb"];

/// What is run on each of these, by the names of modules.
const ON_EVERY_DATABASE: [&str; 9] = [
    "service::commands",
    "service::crash",
    "service::guessing",
    "service::holding",
    "service::races",
    "service::seed",
    "service::takeover",
    "service::webhooks",
    "conformance::native",
];

/// The programs that show how the core is embedded; each checks itself and fails when something is wrong.
const EXAMPLES: [&str; 2] = ["embed", "own_store"];

/// Installs what is missing, builds the service, runs every test and the examples.
///
/// # Errors
/// [`Error::Missing`] when something is absent that may not be installed here, else the first failure.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Error> {
    let start = Instant::now();
    requirements::provide(requirements::TESTS)?;
    typescript::build(workspace)?;
    let verifier = verifier::provide(workspace)?;
    let service = workspace.build_service(Profile::Debug)?;
    run_tests(workspace, &service, &verifier)?;
    for database in DATABASES {
        run_on(workspace, &service, database)?;
    }
    for example in EXAMPLES {
        run_example(workspace, example)?;
    }
    say(format_args!("all tests and {} examples passed in {:.0} s", EXAMPLES.len(), start.elapsed().as_secs_f64()));
    Ok(())
}

/// Plain `cargo test`, so that a fresh machine needs nothing more. All of it runs even when some of it fails.
fn run_tests(workspace: &Workspace, service: &Path, verifier: &Path) -> Result<(), Error> {
    let mut command = workspace.cargo();
    command.args(["test", "--workspace", "--all-features", "--no-fail-fast"]);
    process::run(command.env(BINARY_VARIABLE, service).env(VERIFIER_VARIABLE, verifier))
}

/// The end-to-end tests that depend on how a database behaves, once more on that one. The store's own tests ran on all.
fn run_on(workspace: &Workspace, service: &Path, database: &str) -> Result<(), Error> {
    say(format_args!("end-to-end tests on {database}"));
    let mut command = workspace.cargo();
    command.args(["test", "--workspace", "--all-features", "--test", "it", "--"]).args(ON_EVERY_DATABASE);
    process::run(command.env(BINARY_VARIABLE, service).env(DATABASE_VARIABLE, database))
}

/// Built with the tests' features, so that nothing is compiled twice; naming it makes a lost example an error.
fn run_example(workspace: &Workspace, name: &str) -> Result<(), Error> {
    let mut build = workspace.cargo();
    build.args(["build", "--workspace", "--all-features", "--example", name]);
    process::run(&mut build)?;
    let path = workspace.artifact(Profile::Debug, &format!("examples/{name}"));
    process::run(Command::new(path).current_dir(workspace.root()))
}
