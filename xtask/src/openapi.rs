//! The committed OpenAPI documents, and what the service says they should be.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use serde::de::IgnoredAny;

use crate::{
    error::Error,
    process,
    say::say,
    workspace::{Profile, Workspace},
};

/// File name to text.
type Documents = BTreeMap<String, String>;

/// Compares the committed documents with the service's own.
///
/// # Errors
/// [`Error::OpenApi`] when any differs, is absent, or belongs to no surface of the service.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Error> {
    let differences = differences(&committed(&folder(workspace))?, &current(workspace)?);
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
    let folder = folder(workspace);
    let current = current(workspace)?;
    fs::create_dir_all(&folder).map_err(Error::write(&folder))?;
    for name in committed(&folder)?.keys() {
        if !current.contains_key(name) {
            let path = folder.join(name);
            fs::remove_file(&path).map_err(Error::write(&path))?;
            say(format_args!("removed {name}"));
        }
    }
    for (name, text) in &current {
        let path = folder.join(name);
        fs::write(&path, text).map_err(Error::write(&path))?;
        say(format_args!("wrote {name}"));
    }
    Ok(())
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("account-http").join("openapi")
}

fn committed(folder: &Path) -> Result<Documents, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Documents::new()),
        Err(error) => return Err(Error::read(folder)(error)),
    };
    let mut documents = Documents::new();
    for entry in entries {
        let path = entry.map_err(Error::read(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = fs::read_to_string(&path).map_err(Error::read(&path))?;
            let name = path.file_name().unwrap_or_default();
            documents.insert(name.to_string_lossy().into_owned(), text);
        }
    }
    Ok(documents)
}

/// One document for each surface that the service lists.
fn current(workspace: &Workspace) -> Result<Documents, Error> {
    let service = workspace.build_service(Profile::Debug)?;
    let mut list = Command::new(&service);
    list.args(["openapi", "--list"]).current_dir(workspace.root());
    let surfaces = surfaces(&process::capture(&mut list)?)
        .map_err(|what| Error::Output { command: process::line(&list), what })?;
    let mut documents = Documents::new();
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

fn differences(committed: &Documents, current: &Documents) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in current {
        match committed.get(name) {
            None => found.push(format!("{name}: not committed")),
            Some(old) if old != text => {
                let line = 1 + old.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
                found.push(format!("{name}:{line}: differs from the service"));
            }
            Some(_) => {}
        }
    }
    let strangers = committed.keys().filter(|name| !current.contains_key(*name));
    found.extend(strangers.map(|name| format!("{name}: the service has no such surface")));
    found
}

#[cfg(test)]
mod tests {
    use super::{Documents, differences, surfaces};

    fn documents(pairs: &[(&str, &str)]) -> Documents {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn equal_documents_have_no_differences() {
        let same = documents(&[("native.json", "{}\n")]);
        assert_eq!(differences(&same, &same), Vec::<String>::new());
    }

    #[test]
    fn changed_missing_and_leftover_documents_are_told_apart() {
        let committed = documents(&[("native.json", "{\n1\n}\n"), ("old.json", "{}")]);
        let current = documents(&[("native.json", "{\n2\n}\n"), ("mikrocloud.json", "{}")]);
        assert_eq!(
            differences(&committed, &current),
            [
                "mikrocloud.json: not committed",
                "native.json:2: differs from the service",
                "old.json: the service has no such surface",
            ]
        );
    }

    #[test]
    fn a_missing_final_newline_is_a_difference() {
        let found = differences(&documents(&[("a.json", "{}")]), &documents(&[("a.json", "{}\n")]));
        assert_eq!(found, ["a.json:2: differs from the service"]);
    }

    #[test]
    fn surface_names_that_could_leave_the_folder_are_refused() {
        assert_eq!(surfaces("native\nrpost\n"), Ok(vec!["native".to_owned(), "rpost".to_owned()]));
        assert!(surfaces("../native\n").is_err());
        assert!(surfaces("native\n\n").is_err());
        assert!(surfaces("").is_err());
    }
}
