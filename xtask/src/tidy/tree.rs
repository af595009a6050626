//! The files under the rules, and what is wrong with one.

use std::{fmt, fs, path::Path, process::Command};

use crate::{error::Error, process};

use super::rust_source::RustSource;

/// The repository's files, as git knows them: committed or not, but nothing ignored.
pub(super) struct Tree {
    files: Vec<File>,
}

/// One file.
pub(super) struct File {
    /// From the top of the repository, with forward slashes.
    pub(super) path: String,
    pub(super) text: String,
}

/// A Rust file, read into tokens.
pub(super) struct RustFile<'a> {
    pub(super) path: &'a str,
    pub(super) lines: usize,
    pub(super) source: RustSource,
}

/// One place that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Violation {
    pub(super) path: String,
    /// Counted from 1; none when the file as a whole is wrong.
    pub(super) line: Option<usize>,
    pub(super) message: String,
}

impl Tree {
    /// Reads the repository at `root`.
    ///
    /// # Errors
    /// When git does not list it or a file cannot be read.
    pub(super) fn read(root: &Path) -> Result<Self, Error> {
        let mut list = Command::new("git");
        list.current_dir(root);
        list.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let listing = process::capture(&mut list)?;
        let mut files = Vec::new();
        for path in listing.split_terminator('\0') {
            let full = root.join(path);
            // Git still lists a file that was deleted but not yet staged.
            if full.is_file() {
                let bytes = fs::read(&full).map_err(Error::read(&full))?;
                files.push(File { path: path.to_owned(), text: String::from_utf8_lossy(&bytes).into_owned() });
            }
        }
        Ok(Self { files })
    }

    pub(super) fn files(&self) -> &[File] {
        &self.files
    }

    /// Every Rust file, in tokens.
    ///
    /// # Errors
    /// When one is not Rust.
    pub(super) fn rust_files(&self) -> Result<Vec<RustFile<'_>>, Error> {
        let is_rust = |file: &&File| file.extension() == Some("rs");
        self.files.iter().filter(is_rust).map(File::parse).collect()
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File { path: (*path).to_owned(), text: (*text).to_owned() };
        Self { files: files.iter().map(file).collect() }
    }
}

impl File {
    /// What follows the last dot of the file's name.
    pub(super) fn extension(&self) -> Option<&str> {
        Path::new(&self.path).extension()?.to_str()
    }

    fn parse(&self) -> Result<RustFile<'_>, Error> {
        let source =
            RustSource::parse(&self.text).map_err(|source| Error::Source { path: self.path.clone(), source })?;
        Ok(RustFile { path: &self.path, lines: self.text.lines().count(), source })
    }
}

impl Violation {
    /// Something wrong at a line.
    pub(super) fn at(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: Some(line), message: message.into() }
    }

    /// Something wrong with a file as a whole.
    pub(super) fn of(path: &str, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, message: message.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// The paths of modules that exist for tests only: `foo/tests.rs`, where `foo.rs` says `#[cfg(test)] mod tests;`.
pub(super) fn test_files(files: &[RustFile<'_>]) -> Vec<String> {
    let paths = files.iter().flat_map(|file| {
        let folder = module_folder(file.path);
        let modules = file.source.test_modules();
        modules.into_iter().map(move |name| format!("{folder}/{name}.rs"))
    });
    paths.collect()
}

/// Where the modules of a file are.
pub(super) fn module_folder(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some((folder, "lib.rs" | "main.rs")) => folder,
        _ => path.trim_end_matches(".rs"),
    }
}
