//! `cargo xtask tidy`: the rules of architecture and tidiness that no compiler knows.
//!
//! Every rule is a function from a [`Tree`] to violations, so that its tests can show it a small tree that breaks it.

mod circles;
mod core_size;
mod http_size;
mod includes;
mod limits;
mod manifests;
mod names;
mod notes;
mod rust_source;
mod size;
mod sources;
mod top_level;
mod translations;
mod tree;
mod words;

use crate::{error::Error, say::say, workspace::Workspace};

use self::tree::{Tree, Violation};

/// Checks every rule and lists what breaks one.
///
/// # Errors
/// [`Error::Untidy`] when a rule is broken; or the sources cannot be read.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Error> {
    let mut violations = violations(&Tree::read(workspace.root())?)?;
    violations.extend(core_size::violations(workspace)?);
    violations.extend(http_size::violations(workspace)?);
    for violation in &violations {
        say(violation);
    }
    match violations.len() {
        0 => Ok(()),
        broken => Err(Error::Untidy(broken)),
    }
}

/// What breaks a rule in the files of a tree.
fn violations(tree: &Tree) -> Result<Vec<Violation>, Error> {
    let sources = tree.rust_files()?;
    let mut violations = top_level::violations(tree);
    violations.extend(manifests::violations(tree)?);
    violations.extend(sources::violations(&sources));
    violations.extend(circles::violations(&sources));
    violations.extend(includes::violations(tree, &sources));
    violations.extend(names::violations(tree, &sources));
    violations.extend(notes::violations(tree, &sources));
    violations.extend(words::violations(tree));
    violations.extend(size::violations(&sources));
    violations.extend(limits::violations(tree));
    violations.extend(translations::violations(tree));
    Ok(violations)
}

#[cfg(test)]
mod tests {
    use super::{tree::Tree, violations};
    use crate::workspace::Workspace;

    #[test]
    fn the_repository_breaks_no_rule() {
        let tree = Tree::read(Workspace::locate().unwrap().root()).unwrap();
        let broken: Vec<_> = violations(&tree).unwrap().iter().map(ToString::to_string).collect();
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }

    #[test]
    fn every_rule_is_active() {
        let tree = Tree::of(&[
            ("stray.txt", ""),
            ("account-mail/Cargo.toml", "[dependencies]\naccount-store.workspace = true\n"),
            ("account-core/src/lib.rs", "fn f() { std::fs::read(p); }"),
            ("account-core/src/helpers.rs", ""),
            ("account-core/src/late.rs", "fn f() { todo!() }"),
            ("account-http/templates/a.html", "<input maxlength=\"254\">"),
            ("account-core/translations/en/mail.ftl", "mail-unused = x\n"),
            ("docs/old.md", concat!("Ask who", "ever knows.")),
            ("account-core/src/long.rs", &"fn f() {}\n".repeat(501)),
        ]);
        let found: Vec<_> = violations(&tree).unwrap().into_iter().map(|violation| violation.path).collect();
        for path in tree.files().iter().map(|file| &file.path) {
            assert!(found.contains(path), "nothing wrong with {path}?");
        }
    }
}
