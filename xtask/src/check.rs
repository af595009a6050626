//! `cargo xtask check`: everything that can be wrong without a test running.

use std::time::{Duration, Instant};

use crate::{
    cargo_deny, clients, configuration,
    error::Error,
    openapi, packages, process,
    say::{chain, say},
    tidy,
    workspace::Workspace,
};

struct Step {
    name: &'static str,
    run: fn(&Workspace) -> Result<(), Error>,
}

const STEPS: &[Step] = &[
    Step { name: "format", run: |workspace| process::run(workspace.cargo().args(["fmt", "--all", "--check"])) },
    Step { name: "tidy", run: tidy::run },
    Step {
        name: "lints",
        run: |workspace| {
            let mut command = workspace.cargo();
            command.args(["clippy", "--workspace", "--all-targets", "--all-features"]);
            process::run(command.args(["--", "--deny", "warnings"]))
        },
    },
    Step {
        name: "core alone",
        run: |workspace| {
            let mut command = workspace.cargo();
            command.args(["check", "--package", "account-core", "--no-default-features"]);
            process::run(&mut command)
        },
    },
    Step {
        name: "routes alone",
        run: |workspace| {
            let mut command = workspace.cargo();
            command.args(["check", "--package", "account-http", "--no-default-features", "--lib"]);
            process::run(&mut command)
        },
    },
    Step {
        name: "documentation",
        run: |workspace| {
            let mut command = workspace.cargo();
            command.args(["doc", "--workspace", "--no-deps"]);
            process::run(command.env("RUSTDOCFLAGS", "--deny warnings"))
        },
    },
    Step { name: "OpenAPI", run: openapi::check },
    Step { name: "field limits", run: openapi::check_limits },
    Step { name: "configuration", run: configuration::check },
    Step { name: "clients", run: clients::check },
    Step { name: "packages", run: packages::check },
    Step { name: "dependencies", run: cargo_deny::check },
];

/// The names of the steps, in their order.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    STEPS.iter().map(|step| step.name)
}

/// Runs the steps of these names, or all, also after one failed, and sums up.
///
/// # Errors
/// [`Error::Checks`] when any step failed.
pub(crate) fn run(workspace: &Workspace, only: &[String]) -> Result<(), Error> {
    let steps = STEPS.iter().filter(|step| only.is_empty() || only.iter().any(|name| name == step.name));
    let outcomes: Vec<Outcome> = steps.map(|step| step.perform(workspace)).collect();
    say("");
    for outcome in &outcomes {
        say(outcome.line());
    }
    match outcomes.iter().filter(|outcome| outcome.result.is_err()).count() {
        0 => Ok(()),
        failed => Err(Error::Checks(failed)),
    }
}

impl Step {
    fn perform(&self, workspace: &Workspace) -> Outcome {
        say(format_args!("\n== {}", self.name));
        let start = Instant::now();
        let result = (self.run)(workspace);
        Outcome { name: self.name, result, took: start.elapsed() }
    }
}

struct Outcome {
    name: &'static str,
    result: Result<(), Error>,
    took: Duration,
}

impl Outcome {
    fn line(&self) -> String {
        let seconds = self.took.as_secs_f64();
        let name = self.name;
        match &self.result {
            Ok(()) => format!("ok      {seconds:7.1} s  {name}"),
            Err(error) => format!("FAILED  {seconds:7.1} s  {name}: {}", chain(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Outcome, names};
    use crate::error::Error;

    #[test]
    fn a_failed_step_says_why_in_the_summary() {
        let outcome = Outcome { name: "tidy", result: Err(Error::Untidy(3)), took: Duration::from_millis(1_250) };
        assert_eq!(outcome.line(), "FAILED      1.2 s  tidy: 3 broken rules");
    }

    #[test]
    fn the_steps_have_distinct_names() {
        let mut distinct: Vec<_> = names().collect();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), names().count());
    }
}
