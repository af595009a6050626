//! TypeScript clients: types by openapi-typescript, requests by openapi-fetch, and the linter of the documents.

use std::path::PathBuf;

use crate::{
    derived::Files,
    error::Error,
    npm::{install, tool},
    openapi, process,
    workspace::Workspace,
};

/// The folder of the TypeScript package.
pub(super) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("tests/clients/typescript")
}

/// The types of documents, as openapi-typescript makes them.
///
/// # Errors
/// When the packages cannot be installed, or a document is not taken.
pub(super) fn types<'a>(workspace: &Workspace, names: impl Iterator<Item = &'a str>) -> Result<Files, Error> {
    let folder = folder(workspace);
    install(&folder)?;
    let mut files = Files::new();
    for name in names {
        let document = openapi::folder(workspace).join(format!("{name}.json"));
        let mut command = tool(&folder, "openapi-typescript");
        // A member with a default may be left out of requests.
        command.args(["--default-non-nullable", "false"]).arg(document);
        files.insert(format!("{name}.d.ts"), process::capture(&mut command)?);
    }
    Ok(files)
}

/// What the client of the second generator is compiled by: its own code is written for looser types than ours.
const SECOND: [&str; 2] = ["--project", "tsconfig.hey.json"];

/// Checks the types of everything in the package but the client of the second generator, which tests compile.
///
/// # Errors
/// When anything is wrong with them.
pub(super) fn check_types(workspace: &Workspace) -> Result<(), Error> {
    process::run(tool(&folder(workspace), "tsc").args(["--strict", "--noEmit"]))
}

/// Lints the committed documents by `redocly.yaml`.
///
/// # Errors
/// When one is not clean.
pub(super) fn lint(workspace: &Workspace) -> Result<(), Error> {
    let folder = folder(workspace);
    let documents = openapi::committed(workspace)?;
    let documents = documents.keys().map(|name| openapi::folder(workspace).join(name));
    let mut command = tool(&folder, "redocly");
    command.args(["lint", "--config", "redocly.yaml"]).args(documents);
    process::run(command.env("REDOCLY_TELEMETRY", "off").env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"))
}

/// Compiles the package to what node runs, with the client that a second generator makes of the native document.
///
/// # Errors
/// When the packages cannot be installed, or it does not compile.
pub(crate) fn build(workspace: &Workspace) -> Result<(), Error> {
    let folder = folder(workspace);
    install(&folder)?;
    process::run(&mut tool(&folder, "tsc"))?;
    // By the settings in `openapi-ts.config.mjs`; it makes its client each time.
    process::capture(&mut tool(&folder, "openapi-ts"))?;
    process::run(tool(&folder, "tsc").args(SECOND))
}
