//! The words of pages and emails.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use account_core::translation::{Catalog, CatalogProblem};

use crate::config::reader::ConfigReader;
use crate::config::values::path;

/// The setting.
pub(crate) const DIRECTORY: &str = "translations.directory";

/// Most bytes of a file.
const MAX_BYTES: u64 = 1024 * 1024;
/// Most files of a directory.
const MAX_FILES: usize = 200;
/// How the names of files end.
const ENDING: &str = "ftl";

/// Reads the operator's words, so that all errors in them are reported at start with all others.
pub(crate) fn read(reader: &mut ConfigReader) -> Arc<Catalog> {
    let Some(directory) = reader.optional(DIRECTORY, path) else { return Catalog::built_in() };
    let (files, mut problems) = files(&directory);
    let catalog = Catalog::with_files(files).unwrap_or_else(|found| {
        problems.extend(found.iter().map(CatalogProblem::to_string));
        Catalog::built_in()
    });
    for problem in problems {
        reader.object(DIRECTORY, &problem);
    }
    catalog
}

/// The files of a directory, the language of each and its text, and what cannot be one.
fn files(directory: &Path) -> (Vec<(String, String)>, Vec<String>) {
    let entries = fs::read_dir(directory).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = match entries {
        Ok(entries) => entries,
        Err(error) => return (Vec::new(), vec![format!("the folder cannot be read: {error}")]),
    };
    let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    // Version control, and how Kubernetes mounts files.
    paths.retain(|path| !name(path).starts_with('.'));
    paths.sort();
    if paths.len() > MAX_FILES {
        return (Vec::new(), vec![format!("the folder has more than {MAX_FILES} files")]);
    }
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        match file(&path) {
            Ok(file) => files.push(file),
            Err(problem) => problems.push(format!("{}: {problem}", name(&path))),
        }
    }
    (files, problems)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The language of a file by its name, and its text, with lines that end in LF.
fn file(path: &Path) -> Result<(String, String), String> {
    let tag = path.file_stem().and_then(|stem| stem.to_str());
    let tag = tag.filter(|_| path.extension().is_some_and(|ending| ending == ENDING));
    let tag = tag.ok_or("a file is called by its language: `it.ftl`, `pt-BR.ftl`")?;
    let cannot = |error: std::io::Error| format!("cannot read the file: {error}");
    let length = fs::metadata(path).map_err(cannot)?.len();
    if length > MAX_BYTES {
        return Err(format!("the file has more than {MAX_BYTES} bytes"));
    }
    let text = String::from_utf8(fs::read(path).map_err(cannot)?).map_err(|_| "this is not UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    Ok((tag.to_owned(), text.replace("\r\n", "\n")))
}
