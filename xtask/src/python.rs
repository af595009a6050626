//! Python programs that tests start, each in an environment of its own in the target folder.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{error::Error, process, say::say, workspace::Workspace};

/// What has to be in an environment, and what for.
pub(crate) struct Environment {
    /// Its folder's name; anyone who starts tests without xtask finds it by that.
    name: &'static str,
    /// The file that says which packages.
    requirements: &'static str,
    /// Names its Python to the tests.
    variable: &'static str,
    purpose: &'static str,
}

/// The verifiers of our signatures, of emails (dkimpy) and of webhooks, and the solver of our challenges (altcha).
const VERIFIERS: Environment = Environment {
    name: "verifiers",
    requirements: "tests/verifiers/requirements.txt",
    variable: "VERIFIERS",
    purpose: "the verifiers of signatures",
};

/// The mail server of the end-to-end tests: aiosmtpd.
pub(crate) const MAIL_SERVER: Environment = Environment {
    name: "mail-server",
    requirements: "tests/smtp/requirements.txt",
    variable: "MAIL_SERVER",
    purpose: "the mail server of the tests",
};

/// What holds the OpenAPI documents against the service: Schemathesis.
const EXPLORER: Environment = Environment {
    name: "explorer",
    requirements: "tests/documents/requirements.txt",
    variable: "EXPLORER",
    purpose: "the explorer of the OpenAPI documents",
};

/// The generator of Python clients: openapi-python-client.
const PYTHON_CLIENTS: Environment = Environment {
    name: "python-clients",
    requirements: "tests/clients/python/requirements.txt",
    variable: "PYTHON_CLIENTS",
    purpose: "the generator of Python clients",
};

/// The libraries of the systems that people move in from: Django, passlib, ..
const OTHER_SYSTEMS: Environment = Environment {
    name: "other-systems",
    requirements: "tests/moving-in/requirements.txt",
    variable: "OTHER_SYSTEMS",
    purpose: "the libraries of other systems",
};

/// All that the tests need.
pub(crate) const TESTS: [Environment; 5] = [VERIFIERS, MAIL_SERVER, EXPLORER, PYTHON_CLIENTS, OTHER_SYSTEMS];

impl Environment {
    /// Sees to it that the environment is there, with what is required now, and returns its Python beside the name of
    /// the variable that tests find it by.
    ///
    /// # Errors
    /// When it cannot be made, or the packages cannot be had.
    pub(crate) fn provide(&self, workspace: &Workspace) -> Result<(&'static str, PathBuf), Error> {
        let requirements = workspace.root().join(self.requirements);
        let environment = workspace.target().join(self.name);
        let python = environment.join("bin/python");
        let installed = environment.join("installed.txt");
        if python.is_file() && is_same(&requirements, &installed) {
            return Ok((self.variable, python));
        }
        say(format_args!("{} is absent: installing it", self.purpose));
        process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment))?;
        let mut install = Command::new(&python);
        install
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(&requirements);
        process::run(&mut install)?;
        // Written last: an installation that was interrupted starts over.
        fs::copy(&requirements, &installed).map_err(Error::write(&installed))?;
        Ok((self.variable, python))
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use super::TESTS;

    #[test]
    fn environments_are_separate_and_their_requirements_pinned() {
        let names: BTreeSet<_> =
            TESTS.iter().flat_map(|environment| [environment.name, environment.variable]).collect();
        assert_eq!(names.len(), TESTS.len() * 2);
        for environment in &TESTS {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(environment.requirements);
            let text = std::fs::read_to_string(path).unwrap();
            let packages: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
            assert!(!packages.is_empty() && packages.iter().all(|line| line.contains("==")), "{packages:?}");
        }
    }
}
