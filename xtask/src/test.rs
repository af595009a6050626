//! `cargo xtask test`: everything the tests need, then all of them.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

mod failures;

use failures::Failures;

use crate::{
    clients::typescript,
    error::Error,
    npm, process,
    python::{self, Environment},
    requirements,
    say::say,
    workspace::{Profile, Workspace},
};

/// Names the service's binary to the tests that start the real one.
const BINARY_VARIABLE: &str = "SERVICE_BINARY";

/// Chooses the database of the services that tests start.
const DATABASE_VARIABLE: &str = "TEST_DATABASE";

/// The folder with what checks the pages in a browser: axe-core and Lighthouse.
const PAGE_CHECKS: &str = "tests/pages";

/// Where tests leave pictures of the pages, in the target folder.
const SCREENSHOTS: &str = "screenshots";

/// The databases beside the embedded one, which everything is tested on.
const DATABASES: [&str; 2] = ["postgres", "mariadb"];

/// End-to-end tests that no database makes a difference to, by the names of modules. All others run on each.
const ON_ONE_DATABASE: [&str; 9] = [
    // The HTTP side in the test's own process, over the store in memory.
    "http::",
    // Chromium and generated clients: they send what `conformance` sends, and look at what is answered.
    "browser::",
    "clients::",
    // Shapes of requests and answers.
    "documents::",
    // Starts that end before the database, or do not look at it.
    "service::environment",
    // Shows the files of emails.
    "service::development",
    // Searches the database's file for secrets. The store is handed digests, the same ones whatever it keeps them in.
    "service::secrets",
    // Brings the database that goes away.
    "service::outage",
    // What is in traces is what is asked of the store, whatever answers.
    "service::traces",
];

/// The programs that show how the core is embedded; each checks itself and fails when something is wrong.
const EXAMPLES: [&str; 3] = ["embed", "own_store", "axum_postgres"];

/// The Pythons that tests start, by the variables that name them.
type Pythons = Vec<(&'static str, PathBuf)>;

/// Installs what is missing, builds the service, runs every test and the examples.
///
/// # Errors
/// [`Error::Missing`] when something is absent that may not be installed here, else the first failure.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Error> {
    let start = Instant::now();
    requirements::provide(requirements::TESTS)?;
    typescript::build(workspace)?;
    npm::install(&workspace.root().join(PAGE_CHECKS))?;
    forget_screenshots(workspace)?;
    let provided = python::TESTS.iter().map(|environment: &Environment| environment.provide(workspace));
    let pythons: Pythons = provided.collect::<Result<_, _>>()?;
    let service = workspace.build_service(Profile::Debug)?;
    // All of it runs even when some of it fails.
    let mut failures = Failures::default();
    let mut outcomes = vec![run_tests(workspace, &service, &pythons, &mut failures)];
    outcomes.extend(DATABASES.map(|database| run_on(workspace, &service, &pythons, database, &mut failures)));
    outcomes.extend(EXAMPLES.map(|example| run_example(workspace, example)));
    // Once more at the end of a long output.
    failures.lines().for_each(say);
    outcomes.into_iter().collect::<Result<(), _>>()?;
    say(format_args!("all tests and {} examples passed in {:.0} s", EXAMPLES.len(), start.elapsed().as_secs_f64()));
    Ok(())
}

/// Removes the pictures of an earlier run: a page that is gone has none.
fn forget_screenshots(workspace: &Workspace) -> Result<(), Error> {
    let folder = workspace.target().join(SCREENSHOTS);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::write(&folder)(error)),
        _ => Ok(()),
    }
}

/// Plain `cargo test`, so that a fresh machine needs nothing more.
fn run_tests(workspace: &Workspace, service: &Path, pythons: &Pythons, failures: &mut Failures) -> Result<(), Error> {
    let mut command = workspace.cargo();
    command.args(["test", "--workspace", "--all-features", "--no-fail-fast"]);
    let command = command.env(BINARY_VARIABLE, service).envs(pythons.iter().cloned());
    process::run_reading(command, |line| failures.read(line))
}

/// The end-to-end tests that depend on how a database behaves, once more on that one. The store's own tests ran on all.
fn run_on(
    workspace: &Workspace,
    service: &Path,
    pythons: &Pythons,
    database: &str,
    failures: &mut Failures,
) -> Result<(), Error> {
    say(format_args!("end-to-end tests on {database}"));
    let mut command = workspace.cargo();
    command.args(["test", "--workspace", "--all-features", "--test", "it", "--"]);
    command.args(ON_ONE_DATABASE.iter().flat_map(|module| ["--skip", module]));
    let command = command.env(BINARY_VARIABLE, service).envs(pythons.iter().cloned());
    process::run_reading(command.env(DATABASE_VARIABLE, database), |line| failures.read(line))
}

/// Built with the tests' features, so that nothing is compiled twice; naming it makes a lost example an error.
fn run_example(workspace: &Workspace, name: &str) -> Result<(), Error> {
    let mut build = workspace.cargo();
    build.args(["build", "--workspace", "--all-features", "--example", name]);
    process::run(&mut build)?;
    let path = workspace.artifact(Profile::Debug, &format!("examples/{name}"));
    process::run(Command::new(path).current_dir(workspace.root()))
}
