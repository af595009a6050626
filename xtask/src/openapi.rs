//! The committed OpenAPI documents, and what the service says they should be.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

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
/// [`Error::OpenApi`] when any differs, is absent, or belongs to no API of the service.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Error> {
    match derived::say_differences(&committed(workspace)?, &current(workspace)?, "the service") {
        0 => Ok(()),
        different => Err(Error::OpenApi(different)),
    }
}

/// Compares the lengths in the service's documents with the table of field limits.
///
/// # Errors
/// [`Error::FieldLimits`] when any differs, or is of a member that the table does not have.
pub(crate) fn check_limits(workspace: &Workspace) -> Result<(), Error> {
    let service = workspace.build_service(Profile::Debug)?;
    let mut differing = 0;
    // The document that merges the others repeats their lengths.
    for api in listed(&service, workspace)?.iter().filter(|api| *api != "all") {
        let (_, differences) = ask(&service, &["--limit-differences", "--api", api], workspace)?;
        differences.lines().for_each(say);
        differing += differences.lines().count();
    }
    if differing == 0 { Ok(()) } else { Err(Error::FieldLimits(differing)) }
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

/// One document for each API that the service lists.
fn current(workspace: &Workspace) -> Result<Files, Error> {
    let service = workspace.build_service(Profile::Debug)?;
    let mut documents = Files::new();
    for api in listed(&service, workspace)? {
        let (command, text) = ask(&service, &["--api", &api], workspace)?;
        serde_json::from_str::<IgnoredAny>(&text)
            .map_err(|error| Error::Output { command, what: format!("not JSON: {error}") })?;
        documents.insert(format!("{api}.json"), text);
    }
    Ok(documents)
}

/// The APIs that the service lists.
fn listed(service: &Path, workspace: &Workspace) -> Result<Vec<String>, Error> {
    let (command, listing) = ask(service, &["--list"], workspace)?;
    apis(&listing).map_err(|what| Error::Output { command, what })
}

/// What `account-http openapi` prints, and how it was asked.
fn ask(service: &Path, arguments: &[&str], workspace: &Workspace) -> Result<(String, String), Error> {
    let mut command = Command::new(service);
    command.arg("openapi").args(arguments).current_dir(workspace.root());
    let printed = process::capture(&mut command)?;
    Ok((process::line(&command), printed))
}

/// The names of APIs in a listing, one per line. Each becomes a file name, so it has to look like one.
fn apis(listing: &str) -> Result<Vec<String>, String> {
    let names: Vec<_> = listing.lines().map(str::to_owned).collect();
    let plain = |name: &&String| {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        name.is_empty() || !name.chars().all(allowed)
    };
    match names.iter().find(plain) {
        Some(name) => Err(format!("`{name}` is not the name of an API")),
        None if names.is_empty() => Err("no API".to_owned()),
        None => Ok(names),
    }
}

#[cfg(test)]
mod tests {
    use super::apis;

    #[test]
    fn api_names_that_could_leave_the_folder_are_refused() {
        assert_eq!(apis("native\nrpost\n"), Ok(vec!["native".to_owned(), "rpost".to_owned()]));
        assert!(apis("../native\n").is_err());
        assert!(apis("native\n\n").is_err());
        assert!(apis("").is_err());
    }
}
