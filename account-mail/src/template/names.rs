//! Names of templates: `<mail>/body.txt` for all languages, `<mail>/<language>/body.txt` for one.

/// The name of a template for one language: `<mail>/<language>/body.txt`.
pub(super) fn of_language(name: &str, tag: &str) -> String {
    name.split_once('/')
        .filter(|(_, file)| !file.contains('/'))
        .map_or_else(|| name.to_owned(), |(folder, file)| format!("{folder}/{tag}/{file}"))
}
