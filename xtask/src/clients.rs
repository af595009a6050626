//! `cargo xtask clients`: clients in Rust and TypeScript, derived from the committed OpenAPI documents.
//!
//! A document that is new is picked up by itself.

mod dropped;
mod reduction;
mod rust;
pub(crate) mod typescript;

use std::path::PathBuf;

use self::reduction::Reduction;
use crate::{
    derived::{self, Files},
    error::Error,
    openapi,
    workspace::Workspace,
};

/// The document of all channels together has no client of its own.
const MERGED: &str = "all.json";

const SOURCE: &str = "the documents";

/// Rewrites everything derived. The reduced documents are written below cargo's target folder, for anyone who wants to
/// generate a client with other settings.
///
/// # Errors
/// When a document is not taken by a generator, or a file cannot be written.
pub(crate) fn rewrite(workspace: &Workspace) -> Result<(), Error> {
    let reductions = reductions(workspace)?;
    for set in derive(workspace, &reductions)? {
        derived::write(&set.folder, &set.committed()?, &set.files)?;
    }
    let text = |reduction: &Reduction| format!("{:#}\n", reduction.document);
    let reduced = reductions.iter().map(|(name, reduction)| (format!("{name}.json"), text(reduction))).collect();
    derived::write(&workspace.target().join("clients"), &Files::new(), &reduced)
}

/// Compares what is committed with what is derived; compiles the TypeScript clients, and lints the documents.
///
/// # Errors
/// [`Error::Clients`] when any client differs, or the failure of a tool.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Error> {
    let mut different = 0;
    for set in derive(workspace, &reductions(workspace)?)? {
        different += derived::say_differences(&set.committed()?, &set.files, SOURCE);
    }
    typescript::check_types(workspace)?;
    typescript::lint(workspace)?;
    match different {
        0 => Ok(()),
        different => Err(Error::Clients(different)),
    }
}

/// Derived files of one folder.
struct Set {
    folder: PathBuf,
    /// How the names of all its derived files end.
    ending: &'static str,
    files: Files,
}

impl Set {
    fn committed(&self) -> Result<Files, Error> {
        derived::read(&self.folder, self.ending)
    }
}

fn derive(workspace: &Workspace, reductions: &[(String, Reduction)]) -> Result<Vec<Set>, Error> {
    let mut modules = Files::new();
    for (name, reduction) in reductions {
        modules.insert(format!("{}.rs", name.replace('-', "_")), rust::module(name, &reduction.document)?);
    }
    let list = rust::list(&modules);
    let names = reductions.iter().map(|(name, _)| name.as_str());
    let dropped =
        dropped::list(reductions.iter().map(|(name, reduction)| (name.as_str(), reduction.dropped.as_slice())));
    let (sources, notes) = (workspace.root().join("tests/src/clients"), workspace.root().join("tests/clients"));
    let one = |name: &str, text: String| Files::from([(name.to_owned(), text)]);
    Ok(vec![
        Set { folder: sources.join("generated"), ending: ".rs", files: modules },
        Set { folder: sources, ending: "generated.rs", files: one("generated.rs", list) },
        Set { folder: notes, ending: "dropped.md", files: one("dropped.md", dropped) },
        Set {
            folder: typescript::folder(workspace).join("generated"),
            ending: ".d.ts",
            files: typescript::types(workspace, names)?,
        },
    ])
}

/// The committed documents that have clients, reduced, by the names of their channels.
fn reductions(workspace: &Workspace) -> Result<Vec<(String, Reduction)>, Error> {
    let committed = openapi::committed(workspace)?;
    let own = committed.iter().filter(|(file, _)| *file != MERGED);
    own.map(|(file, text)| {
        let name = file.trim_end_matches(".json").to_owned();
        let document = serde_json::from_str(text)
            .map_err(|error| Error::Generator { document: name.clone(), what: format!("not JSON: {error}") })?;
        Ok((name, reduction::reduce(document)))
    })
    .collect()
}
