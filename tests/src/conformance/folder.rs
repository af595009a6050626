//! The data files, by folder.

use std::path::PathBuf;

use super::case::CaseFile;
use super::parser::parse;

/// A data file that was read.
#[derive(Debug, Clone)]
pub struct DataFile {
    /// Folder and file: `mikrocloud/sample.http`.
    pub name: String,
    /// What it says.
    pub content: CaseFile,
}

fn root() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "conformance"].iter().collect()
}

/// The names of the folders with data: dialects, and what concerns several of them.
#[must_use]
pub fn folders() -> Vec<String> {
    let entries = std::fs::read_dir(root()).expect("the data").map(|entry| entry.expect("an entry").path());
    let folders = entries.filter(|path| path.is_dir()).filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()));
    let mut folders: Vec<_> = folders.collect();
    folders.sort();
    folders
}

/// The data files of a folder.
#[must_use]
pub fn files(folder: &str) -> Vec<DataFile> {
    let entries = std::fs::read_dir(root().join(folder)).expect("a folder of data");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "http"));
    paths.sort();
    let read = |path: &PathBuf| {
        let name = format!("{folder}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        let text = std::fs::read_to_string(path).expect("a data file");
        let content = parse(&text).unwrap_or_else(|misread| panic!("tests/conformance/{name}: {misread}"));
        DataFile { name, content }
    };
    paths.iter().map(read).collect()
}

/// A file of a folder that is no data file, as text.
#[must_use]
pub(super) fn text(folder: &str, name: &str) -> String {
    let path = root().join(folder).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
