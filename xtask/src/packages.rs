//! The crates that are published: what each has to say of itself, and whether all of it is in its package.
//!
//! Packages are made but not built: that would compile the same sources again, apart from the workspace. What a build
//! would find is looked for instead: every file that git knows is in the package, and no source includes a file from
//! outside (`tidy::includes`).

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

use crate::{error::Error, process, say::say, workspace::Workspace};

/// What crates.io shows of a crate.
const FACTS: [&str; 6] = ["description", "documentation", "keywords", "categories", "readme", "license"];
/// What else is in every package.
const FILES: [&str; 3] = ["README.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// Makes a package of each crate that is published.
///
/// # Errors
/// [`Error::Packages`] when a crate says too little of itself, or its package lacks a file; or cargo makes none of it,
/// or warns.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Error> {
    let mut faults = Vec::new();
    let packages = packages(workspace)?;
    for package in &packages {
        let name = text(package, "name");
        faults.extend(lacking(package).into_iter().map(|fact| format!("{name}: its Cargo.toml has no {fact}")));
        let (known, packed) = (known(workspace, name)?, packed(workspace, name)?);
        faults.extend(unpacked(&known, &packed).into_iter().map(|file| format!("{name}: {file} is not packaged")));
    }
    faults.extend(warnings(workspace, &packages)?);
    for fault in &faults {
        say(fault);
    }
    match faults.len() {
        0 => Ok(()),
        found => Err(Error::Packages(found)),
    }
}

/// The crates of the workspace that are published, as cargo describes them.
fn packages(workspace: &Workspace) -> Result<Vec<Value>, Error> {
    let mut command = workspace.cargo();
    let metadata = process::capture(command.args(["metadata", "--no-deps", "--format-version=1"]))?;
    let unexpected = |what: String| Error::Output { command: process::line(&command), what };
    let mut metadata: Value = serde_json::from_str(&metadata).map_err(|error| unexpected(error.to_string()))?;
    let packages = metadata.get_mut("packages").and_then(Value::as_array_mut).map(std::mem::take);
    let mut packages = packages.ok_or_else(|| unexpected("no `packages`".to_owned()))?;
    packages.retain(is_published);
    Ok(packages)
}

/// `publish = false` is an empty list of registries.
fn is_published(package: &Value) -> bool {
    package.get("publish").and_then(Value::as_array).is_none_or(|registries| !registries.is_empty())
}

fn text<'a>(package: &'a Value, member: &str) -> &'a str {
    package.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// What a crate does not say of itself.
fn lacking(package: &Value) -> Vec<&'static str> {
    let is_empty = |fact: &&str| match package.get(*fact) {
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(list)) => list.is_empty(),
        _ => true,
    };
    FACTS.into_iter().filter(is_empty).collect()
}

/// The files of a crate that git knows, and those that every crate has to have.
fn known(workspace: &Workspace, name: &str) -> Result<BTreeSet<String>, Error> {
    let mut list = Command::new("git");
    list.current_dir(workspace.root().join(name)).args(["ls-files", "-z"]);
    let listing = process::capture(&mut list)?;
    let known = listing.split_terminator('\0').map(str::to_owned);
    Ok(known.chain(FILES.map(str::to_owned)).collect())
}

/// The files of a crate's package.
fn packed(workspace: &Workspace, name: &str) -> Result<BTreeSet<String>, Error> {
    let mut list = workspace.cargo();
    list.args(["package", "--list", "--allow-dirty", "--package", name]);
    Ok(process::capture(&mut list)?.lines().map(str::to_owned).collect())
}

fn unpacked<'a>(known: &'a BTreeSet<String>, packed: &BTreeSet<String>) -> Vec<&'a String> {
    known.iter().filter(|file| !packed.contains(*file)).collect()
}

/// What cargo finds fault with when it makes the packages.
fn warnings(workspace: &Workspace, packages: &[Value]) -> Result<Vec<String>, Error> {
    let mut command = workspace.cargo();
    command.args(["package", "--no-verify", "--allow-dirty", "--color=never"]);
    for package in packages {
        command.args(["--package", text(package, "name")]);
    }
    let told = process::capture_errors(&mut command)?;
    Ok(told.lines().filter(|line| line.starts_with("warning:")).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::{is_published, lacking, packages, unpacked};
    use crate::workspace::Workspace;

    #[test]
    fn missing_metadata_is_listed() {
        let package = json!({
            "description": null, "documentation": "https://docs.rs/a", "keywords": ["a"], "categories": [],
            "readme": "README.md", "license": "MIT",
        });
        assert_eq!(lacking(&package), ["description", "categories"]);
    }

    #[test]
    fn a_file_that_is_left_out_of_the_package_is_found() {
        let files = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        let (known, packed) = (files(&["src/lib.rs", "src/words.txt"]), files(&["Cargo.lock", "src/lib.rs"]));
        assert_eq!(unpacked(&known, &packed), ["src/words.txt"]);
    }

    #[test]
    fn the_four_crates_of_the_design_are_published_and_nothing_else() {
        assert!(!is_published(&json!({"publish": []})));
        let packages = packages(&Workspace::locate().unwrap()).unwrap();
        let mut names: Vec<_> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["account-core", "account-http", "account-mail", "account-store"]);
    }
}
