//! Reading an operator's templates.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;

use super::built_in;
use super::names::of_language;

/// Most bytes of a template.
const MAX_BYTES: u64 = 256 * 1024;

/// Folders below the directory: `<mail>/<language>/body.txt`.
const DEPTH: usize = 2;

/// Something that is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    /// Its name: the path below the directory.
    pub(super) file: String,
    /// The line, if it is one line's fault.
    pub(super) line: Option<usize>,
    pub(super) message: String,
}

impl Problem {
    pub(super) fn new(file: &str, line: Option<usize>, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, message: message.into() }
    }

    /// What the engine says about a template, or about one that it brings in.
    pub(super) fn of(file: &str, error: &minijinja::Error) -> Self {
        // The innermost cause says where: those around it name the template that brings that one in.
        let mut innermost = error;
        while let Some(cause) = std::error::Error::source(innermost).and_then(|source| source.downcast_ref()) {
            innermost = cause;
        }
        let message = innermost.detail().map_or_else(|| innermost.kind().to_string(), str::to_owned);
        Self::new(innermost.name().unwrap_or(file), innermost.line(), message)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

/// The templates of a directory, names and texts, and what cannot be one. Each can be for all languages or for one of
/// these.
pub(super) fn read(directory: &Path, languages: &[&str]) -> (Vec<(String, String)>, Vec<Problem>) {
    let names = |(name, _): (&str, &str)| {
        let of_languages = languages.iter().map(|tag| of_language(name, tag)).collect::<Vec<_>>();
        of_languages.into_iter().chain([name.to_owned()])
    };
    let known: BTreeSet<_> = built_in::files().flat_map(names).collect();
    let mut found = Found { known, files: Vec::new(), problems: Vec::new() };
    found.folder(directory, "", 0);
    found.files.sort();
    (found.files, found.problems)
}

struct Found {
    known: BTreeSet<String>,
    files: Vec<(String, String)>,
    problems: Vec<Problem>,
}

impl Found {
    fn folder(&mut self, path: &Path, name: &str, depth: usize) {
        let entries = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                let folder = if name.is_empty() { path.display().to_string() } else { name.to_owned() };
                self.problems.push(Problem::new(&folder, None, format!("the folder cannot be read: {error}")));
                return;
            }
        };
        for entry in entries {
            let entry_name = entry.file_name().to_string_lossy().into_owned();
            // Version control, and how Kubernetes mounts files.
            if entry_name.starts_with('.') {
                continue;
            }
            let below = if name.is_empty() { entry_name } else { format!("{name}/{entry_name}") };
            // Through links: a mounted file often is one.
            if entry.path().is_dir() {
                self.subfolder(&entry.path(), &below, depth);
            } else {
                self.file(&entry.path(), &below);
            }
        }
    }

    fn subfolder(&mut self, path: &Path, name: &str, depth: usize) {
        let is_known = depth < DEPTH && self.known.iter().any(|known| known.starts_with(&format!("{name}/")));
        if is_known {
            self.folder(path, name, depth + 1);
        } else {
            self.problems.push(Problem::new(name, None, "there is no email or language with this name"));
        }
    }

    fn file(&mut self, path: &Path, name: &str) {
        if !self.known.contains(name) {
            self.problems.push(Problem::new(name, None, "no template has that name: it would never be used"));
            return;
        }
        match text(path) {
            Ok(text) => match unfit_line(&text) {
                Some(line) => self.problems.push(Problem::new(name, Some(line), "contains a control character")),
                None => self.files.push((name.to_owned(), text)),
            },
            Err(message) => self.problems.push(Problem::new(name, None, message)),
        }
    }
}

/// A file's text, its lines ended by LF.
fn text(path: &Path) -> Result<String, String> {
    let cannot = |error: std::io::Error| format!("cannot read the file: {error}");
    if fs::metadata(path).map_err(cannot)?.len() > MAX_BYTES {
        return Err(format!("the file has more than {MAX_BYTES} bytes"));
    }
    let text = String::from_utf8(fs::read(path).map_err(cannot)?).map_err(|_| "this is not UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    Ok(text.replace("\r\n", "\n"))
}

/// The first line with a character that has no place in an email.
fn unfit_line(text: &str) -> Option<usize> {
    let is_unfit = |c: char| c.is_control() && c != '\t';
    text.split('\n').position(|line| line.contains(is_unfit)).map(|at| at + 1)
}
