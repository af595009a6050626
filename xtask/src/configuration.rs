//! The committed pages about the configuration, and what the service says they should be.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    derived::{self, Files},
    error::Error,
    process,
    workspace::{Profile, Workspace},
};

/// The files in `docs`, and what prints each.
const PAGES: [(&str, [&str; 2]); 2] =
    [("account.example.toml", ["config", "example"]), ("configuration.md", ["config", "reference"])];

/// Compares the committed pages with the service's own.
///
/// # Errors
/// [`Error::Configuration`] when one differs or is absent.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Error> {
    match derived::say_differences(&committed(workspace)?, &current(workspace)?, "the service") {
        0 => Ok(()),
        different => Err(Error::Configuration(different)),
    }
}

/// Makes the committed pages equal to the service's own.
///
/// # Errors
/// When the service does not build or a file cannot be written.
pub(crate) fn rewrite(workspace: &Workspace) -> Result<(), Error> {
    derived::write(&folder(workspace.root()), &committed(workspace)?, &current(workspace)?)
}

fn folder(root: &Path) -> PathBuf {
    root.join("docs")
}

fn committed(workspace: &Workspace) -> Result<Files, Error> {
    let mut files = Files::new();
    for (page, _) in PAGES {
        files.extend(derived::read(&folder(workspace.root()), page)?);
    }
    Ok(files)
}

fn current(workspace: &Workspace) -> Result<Files, Error> {
    let service = workspace.build_service(Profile::Debug)?;
    let print = |(page, arguments): (&str, [&str; 2])| {
        let mut command = Command::new(&service);
        let text = process::capture(command.args(arguments).current_dir(workspace.root()))?;
        Ok((page.to_owned(), text))
    };
    PAGES.into_iter().map(print).collect()
}
