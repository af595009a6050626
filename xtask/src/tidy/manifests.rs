//! Which crate may depend on which, by the manifests.

use toml::Table;

use crate::error::Error;

use super::tree::{Tree, Violation};

/// The folders of the workspace's crates, and which of the workspace's crates each may depend on.
const MEMBERS: &[(&str, &[&str])] = &[
    ("account-core", &[]),
    ("account-store", &["account-core"]),
    ("account-mail", &["account-core"]),
    // The library uses the core only; the binary beside it, all three. The sources tell which is which.
    ("account-http", &["account-core", "account-mail", "account-store"]),
    ("tests", &["account-core", "account-http", "account-mail", "account-store"]),
    ("xtask", &["account-core"]),
];

/// Foreign crates (with those whose names go on from theirs: `sea-orm-migration`) and who may depend on them.
const HOMES: &[(&str, &[&str])] = &[
    ("sea-orm", &["account-store"]),
    ("sea-query", &["account-store"]),
    ("sqlx", &["account-store"]),
    ("lettre", &["account-mail"]),
    ("poem", &["account-http", "tests"]),
    // Another framework, in the example of embedding.
    ("axum", &["tests"]),
    ("hyper", &["account-http", "tests"]),
    ("reqwest", &["account-http", "tests"]),
    ("maxminddb", &["account-http"]),
    ("tor-geoip", &["account-http"]),
    // Entropy is a port: the core fills it in one folder, behind a feature (`sources.rs` has the exception).
    ("getrandom", &["account-core", "account-http", "tests"]),
];

/// Dependencies that break the direction `core <- adapters <- binary` or leave their home.
///
/// # Errors
/// When a manifest is not TOML.
pub(super) fn violations(tree: &Tree) -> Result<Vec<Violation>, Error> {
    let mut violations = Vec::new();
    for file in tree.files() {
        let Some(folder) = file.path.strip_suffix("/Cargo.toml") else {
            continue;
        };
        let manifest: Table =
            toml::from_str(&file.text).map_err(|source| Error::Manifest { path: file.path.clone(), source })?;
        let Some((_, allowed)) = MEMBERS.iter().find(|(member, _)| *member == folder) else {
            violations.push(Violation::of(&file.path, "no crate of the design"));
            continue;
        };
        for dependency in dependencies(&manifest) {
            if let Some(reason) = objection(folder, allowed, &dependency) {
                let message = format!("dependency `{dependency}`: {reason}");
                violations.push(Violation::of(&file.path, message));
            }
        }
    }
    Ok(violations)
}

fn objection(folder: &str, allowed: &[&str], dependency: &str) -> Option<String> {
    let is_ours = dependency == "xtask" || dependency.starts_with("account-");
    // A crate may name itself, to switch on a feature of its own for its tests.
    if is_ours && dependency != folder && !allowed.contains(&dependency) {
        return Some(match allowed {
            [] => format!("{folder} depends on no crate of the workspace"),
            allowed => format!("{folder} may depend only on {}", allowed.join(", ")),
        });
    }
    let (name, homes) = HOMES.iter().find(|(name, _)| is_family(dependency, name))?;
    (!homes.contains(&folder)).then(|| format!("{name} belongs to {}", homes.join(", ")))
}

fn is_family(dependency: &str, name: &str) -> bool {
    dependency.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The packages of all dependency tables: normal, dev and build, for every target and under their real names.
fn dependencies(manifest: &Table) -> Vec<String> {
    const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let scopes = targets.into_iter().flat_map(Table::values).filter_map(toml::Value::as_table);
    let mut packages = Vec::new();
    for scope in scopes.chain([manifest]) {
        for table in KINDS.iter().filter_map(|kind| scope.get(*kind)?.as_table()) {
            packages.extend(table.iter().map(|(key, value)| {
                let renamed = value.get("package").and_then(toml::Value::as_str);
                renamed.unwrap_or(key).to_owned()
            }));
        }
    }
    packages
}

#[cfg(test)]
mod tests {
    use super::violations;
    use crate::tidy::tree::Tree;

    fn messages(path: &str, text: &str) -> Vec<String> {
        let found = violations(&Tree::of(&[(path, text)])).unwrap();
        found.into_iter().map(|violation| violation.message).collect()
    }

    #[test]
    fn the_core_depends_on_no_crate_of_the_workspace() {
        assert_eq!(
            messages("account-core/Cargo.toml", "[dev-dependencies]\naccount-store.workspace = true"),
            ["dependency `account-store`: account-core depends on no crate of the workspace"]
        );
    }

    #[test]
    fn adapters_do_not_know_each_other() {
        assert_eq!(
            messages(
                "account-mail/Cargo.toml",
                "[dependencies]\naccount-core.workspace = true\naccount-store.workspace = true"
            ),
            ["dependency `account-store`: account-mail may depend only on account-core"]
        );
    }

    #[test]
    fn a_crate_may_name_itself() {
        let text = "[dev-dependencies]\naccount-mail = { path = \".\", features = [\"testing\"] }";
        assert_eq!(messages("account-mail/Cargo.toml", text), Vec::<String>::new());
    }

    #[test]
    fn a_dependency_hidden_by_target_or_name_is_found() {
        let text = "[target.'cfg(unix)'.dependencies]\ndatabase = { package = \"sea-orm\", version = \"2\" }";
        assert_eq!(
            messages("account-http/Cargo.toml", text),
            ["dependency `sea-orm`: sea-orm belongs to account-store"]
        );
    }

    #[test]
    fn a_crate_of_a_similar_name_is_another_crate() {
        assert_eq!(messages("account-core/Cargo.toml", "[dependencies]\npoems = \"1\""), Vec::<String>::new());
    }

    #[test]
    fn a_new_crate_needs_a_place_in_the_design() {
        assert_eq!(messages("account-extra/Cargo.toml", ""), ["no crate of the design"]);
    }
}
