//! The verifiers of our signatures, of mails (dkimpy) and of webhooks, in a Python environment of their own in the
//! target folder.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{error::Error, process, say::say, workspace::Workspace};

/// What has to be in the environment.
const REQUIREMENTS: &str = "tests/verifiers/requirements.txt";

/// Sees to it that the environment is there, with what is required now, and returns its Python.
///
/// # Errors
/// When it cannot be made, or the packages cannot be had.
pub(crate) fn provide(workspace: &Workspace) -> Result<PathBuf, Error> {
    let requirements = workspace.root().join(REQUIREMENTS);
    let environment = workspace.target().join("verifiers");
    let python = environment.join("bin/python");
    let installed = environment.join("installed.txt");
    if python.is_file() && is_same(&requirements, &installed) {
        return Ok(python);
    }
    say(format_args!("the verifiers of signatures are absent: installing them"));
    process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment))?;
    let mut install = Command::new(&python);
    install
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(&requirements);
    process::run(&mut install)?;
    // Written last: an installation that was interrupted begins anew.
    fs::copy(&requirements, &installed).map_err(Error::write(&installed))?;
    Ok(python)
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
}
