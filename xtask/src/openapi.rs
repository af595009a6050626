//! The committed OpenAPI documents, and what the service says they should be.

use std::{path::PathBuf, process::Command};

use serde::de::IgnoredAny;

use crate::{
    derived::{self, Files},
    error::Error,
    process,
    say::say,
    workspace::{Profile, Workspace},
};

/// Compares the committed documents with the service's own.
///
/// # Errors
/// [`Error::OpenApi`] when any differs, is absent, or belongs to no surface of the service.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Error> {
    let differences = derived::differences(&committed(workspace)?, &current(workspace)?, "the service");
    for difference in &differences {
        say(difference);
    }
    match differences.len() {
        0 => Ok(()),
        different => Err(Error::OpenApi(different)),
    }
}

/// Makes the committed documents equal to the service's own.
///
/// # Errors
/// When the service does not build or a file cannot be written.
pub(crate) fn rewrite(workspace: &Workspace) -> Result<(), Error> {
    derived::write(&folder(workspace), &committed(workspace)?, &current(workspace)?)
}

/// Where the committed documents are.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("account-http").join("openapi")
}

/// The committed documents, by file name.
///
/// # Errors
/// When one cannot be read.
pub(crate) fn committed(workspace: &Workspace) -> Result<Files, Error> {
    derived::read(&folder(workspace), ".json")
}

/// One document for each surface that the service lists.
fn current(workspace: &Workspace) -> Result<Files, Error> {
    let service = workspace.build_service(Profile::Debug)?;
    let mut list = Command::new(&service);
    list.args(["openapi", "--list"]).current_dir(workspace.root());
    let surfaces = surfaces(&process::capture(&mut list)?)
        .map_err(|what| Error::Output { command: process::line(&list), what })?;
    let mut documents = Files::new();
    for surface in surfaces {
        let mut show = Command::new(&service);
        show.args(["openapi", "--surface", &surface]);
        show.current_dir(workspace.root());
        let text = process::capture(&mut show)?;
        serde_json::from_str::<IgnoredAny>(&text)
            .map_err(|error| Error::Output { command: process::line(&show), what: format!("not JSON: {error}") })?;
        documents.insert(format!("{surface}.json"), text);
    }
    Ok(documents)
}

/// The surface names of a listing, one a line; each becomes a file name, so it has to look like one.
fn surfaces(listing: &str) -> Result<Vec<String>, String> {
    let names: Vec<_> = listing.lines().map(str::to_owned).collect();
    let plain = |name: &&String| {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        name.is_empty() || !name.chars().all(allowed)
    };
    match names.iter().find(plain) {
        Some(name) => Err(format!("`{name}` is no surface name")),
        None if names.is_empty() => Err("no surface".to_owned()),
        None => Ok(names),
    }
}

#[cfg(test)]
mod tests {
    use super::surfaces;

    #[test]
    fn surface_names_that_could_leave_the_folder_are_refused() {
        assert_eq!(surfaces("native\nrpost\n"), Ok(vec!["native".to_owned(), "rpost".to_owned()]));
        assert!(surfaces("../native\n").is_err());
        assert!(surfaces("native\n\n").is_err());
        assert!(surfaces("").is_err());
    }
}
