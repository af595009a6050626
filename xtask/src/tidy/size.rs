//! Files stay small enough to be read in one sitting.

use super::tree::{RustFile, Violation, test_files};

/// Lines of a Rust file without its tests and its data. The aim is 300; this is where it stops.
const MAX_LINES: usize = 500;

/// Files that are too long.
pub(super) fn violations(files: &[RustFile<'_>]) -> Vec<Violation> {
    let tests = test_files(files);
    let mut violations = Vec::new();
    let is_read = |file: &&RustFile<'_>| !is_generated(file.path) && !tests.iter().any(|test| test == file.path);
    for file in files.iter().filter(is_read) {
        let lines = file.lines.saturating_sub(file.source.test_and_data_lines());
        if lines > MAX_LINES {
            let message = format!("{lines} lines beside tests and data, the limit is {MAX_LINES}");
            violations.push(Violation::of(file.path, message));
        }
    }
    violations
}

/// Whether a file is in a folder `generated`: nobody reads it, and `cargo xtask check` holds it equal to its source.
fn is_generated(path: &str) -> bool {
    path.split('/').any(|part| part == "generated")
}

#[cfg(test)]
mod tests {
    use super::violations;
    use crate::tidy::tree::Tree;

    fn broken(files: &[(&str, &str)]) -> Vec<String> {
        let tree = Tree::of(files);
        let found = violations(&tree.rust_files().unwrap());
        found.into_iter().map(|violation| violation.path).collect()
    }

    #[test]
    fn a_file_that_is_too_long_is_refused() {
        let [fits, long] = [500, 501].map(|lines| "fn f() {}\n".repeat(lines));
        assert_eq!(broken(&[("a/src/fits.rs", &fits), ("a/src/long.rs", &long)]), ["a/src/long.rs"]);
    }

    #[test]
    fn tests_and_data_do_not_count() {
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "fn f() {}\n".repeat(600));
        let data = format!("pub(super) const WORDS: &[&str] = &[\n{}];\n", "\"word\",\n".repeat(600));
        assert_eq!(broken(&[("a/src/tests.rs", &tests), ("a/src/data.rs", &data)]), Vec::<String>::new());
    }

    #[test]
    fn what_is_generated_does_not_count() {
        let long = "fn f() {}\n".repeat(501);
        let files = [("tests/src/generated/native.rs", &*long), ("tests/src/degenerated/native.rs", &*long)];
        assert_eq!(broken(&files), ["tests/src/degenerated/native.rs"]);
    }

    #[test]
    fn a_test_module_in_its_own_file_does_not_count() {
        let long = "fn f() {}\n".repeat(600);
        let files = [
            ("a/src/lib.rs", "#[cfg(test)] mod tests;"),
            ("a/src/tests.rs", long.as_str()),
            ("a/src/foo.rs", "#[cfg(test)] mod cases;"),
            ("a/src/foo/cases.rs", long.as_str()),
            ("a/src/foo/real.rs", long.as_str()),
        ];
        assert_eq!(broken(&files), ["a/src/foo/real.rs"]);
    }
}
