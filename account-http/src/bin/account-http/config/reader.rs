//! Reads settings one by one, and records problems and effective values.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use account_http::outbound::{Reach, Target};

use super::key_source::KeySource;
use super::keys::{BY_FILE, Key, Kind, by_name, variable};
use super::problem::Problem;
use super::source::{Given, Setting, Text};
use crate::secret_text::bare;

/// What is shown in place of a secret.
pub(crate) const NOT_SHOWN: &str = "(set, not shown)";

/// Why a setting does not accept a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is not an allowed value.
    NotAllowed,
    /// A specific reason. MUST NOT repeat the text.
    Because(String),
}

/// Parses the text of a setting.
pub(crate) type Parsed<T> = Result<T, Refusal>;

/// An effective setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Effective {
    /// The setting.
    pub(crate) key: Key,
    /// Its value, unless it must not be shown.
    pub(crate) shown: String,
    /// Where it comes from.
    pub(crate) origin: KeySource,
}

/// Provides settings: from the environment, otherwise from the file, otherwise the default.
///
/// For a setting that is not allowed, it records a problem and returns the default, so that the other settings are still
/// read and all problems are reported at once. A configuration with problems is never used.
pub(crate) struct ConfigReader {
    file: Given,
    environment: Given,
    /// The problems found so far.
    pub(crate) problems: Vec<Problem>,
    /// The settings whose values are not allowed.
    refused: BTreeSet<&'static str>,
    /// The settings read so far.
    pub(crate) effective: Vec<Effective>,
    /// The files that secrets were read from, and of which settings.
    pub(crate) secret_files: BTreeMap<&'static str, PathBuf>,
}

impl ConfigReader {
    /// Creates a reader of the given settings; the problems are those found so far.
    pub(crate) const fn new(file: Given, environment: Given, problems: Vec<Problem>) -> Self {
        Self {
            file,
            environment,
            problems,
            refused: BTreeSet::new(),
            effective: Vec::new(),
            secret_files: BTreeMap::new(),
        }
    }

    /// Reads a setting that always has a value.
    #[expect(clippy::expect_used, reason = "the table's defaults are allowed: the program starts with them")]
    pub(crate) fn value<T>(&mut self, name: &str, parse: impl Fn(&str) -> Parsed<T>) -> T {
        let key = Self::key(name);
        let written = self.take(key).and_then(|(text, origin)| self.parse(key, &text, origin, &parse));
        written.unwrap_or_else(|| {
            let default = self.parse(key, key.default, KeySource::Default, &parse);
            default.expect("a default that is allowed")
        })
    }

    /// Reads a setting that may have no value; an empty text is none.
    pub(crate) fn optional<T>(&mut self, name: &str, parse: impl Fn(&str) -> Parsed<T>) -> Option<T> {
        let key = Self::key(name);
        if let Some((text, origin)) = self.take(key).filter(|(text, _)| !text.is_empty()) {
            return self.parse(key, &text, origin, parse);
        }
        self.note(key, key.default.to_owned(), KeySource::Default);
        None
    }

    /// Reads a setting that is a list. Each wrong entry is reported with its number.
    pub(crate) fn list<T>(&mut self, name: &str, parse: impl Fn(&str) -> Parsed<T>) -> Vec<T> {
        let key = Self::key(name);
        let Some(Setting { text, origin }) = self.find(key.name) else {
            self.note(key, key.default.to_owned(), KeySource::Default);
            return Vec::new();
        };
        let entries = match text {
            Text::Many(entries) => entries,
            Text::One(text) if text.trim().is_empty() => Vec::new(),
            Text::One(text) => text.split(',').map(|entry| entry.trim().to_owned()).collect(),
            Text::Neither => {
                self.refuse(key, origin, format!("not a list; allowed: {}", key.allowed));
                return Vec::new();
            }
        };
        let mut values = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            match parse(entry) {
                Ok(value) => values.push(value),
                Err(refusal) => {
                    let message = format!("entry {}: {}", index + 1, reason(&key, refusal));
                    self.refuse(key, origin.clone(), message);
                }
            }
        }
        self.note(key, if entries.is_empty() { key.default.to_owned() } else { entries.join(", ") }, origin);
        values
    }

    /// Returns the names that the operator chose under a section.
    pub(crate) fn free_names(&self, section: &str) -> BTreeSet<String> {
        let chosen = |name: &String| Some(name.strip_prefix(section)?.strip_prefix('.')?.split_once('.')?.0.to_owned());
        self.file.keys().chain(self.environment.keys()).filter_map(chosen).collect()
    }

    /// Returns the names that the operator chose under a section, in the order of the file; those that only variables name
    /// come last.
    pub(crate) fn free_names_as_written(&self, section: &str) -> Vec<String> {
        let line_of = |name: &String| {
            let prefix = format!("{section}.{name}.");
            let settings = self.file.iter().filter(|(known, _)| known.starts_with(&prefix));
            let lines = settings.filter_map(|(_, setting)| match setting.origin {
                KeySource::File { line, .. } => Some(line),
                _ => None,
            });
            lines.min().unwrap_or(usize::MAX)
        };
        let mut names: Vec<_> = self.free_names(section).into_iter().collect();
        names.sort_by_key(line_of);
        names
    }

    /// Returns whether the settings whose names start like that have no problems.
    pub(crate) fn is_sound(&self, names: &str) -> bool {
        !self.problems.iter().any(|problem| problem.is_about(names))
    }

    /// Records that settings do not fit together, unless that setting already has a problem.
    pub(crate) fn object(&mut self, name: &str, message: &str) {
        if self.refused.contains(name) {
            return;
        }
        let origin = self.origin_of(name);
        self.problems.push(Problem::new(name, origin, message.to_owned()));
    }

    /// Returns where a setting that was read comes from.
    fn origin_of(&self, name: &str) -> KeySource {
        let noted = self.effective.iter().find(|effective| effective.key.name == name);
        noted.map_or(KeySource::Default, |effective| effective.origin.clone())
    }

    /// Returns the key of that name.
    #[expect(clippy::expect_used, reason = "the sections name settings of the table, all of which every start reads")]
    fn key(name: &str) -> Key {
        by_name(name).expect("a setting of the table")
    }

    /// Finds the text of a setting, and where it comes from.
    fn take(&mut self, key: Key) -> Option<(String, KeySource)> {
        if key.is_secret() {
            return self.take_secret(key);
        }
        let setting = self.find(key.name)?;
        self.single(key, setting)
    }

    fn single(&mut self, key: Key, Setting { text, origin }: Setting) -> Option<(String, KeySource)> {
        if let Text::One(text) = text {
            return Some((text, origin));
        }
        self.refuse(key, origin, format!("not a single value; allowed: {}", key.allowed));
        None
    }

    /// A secret is in the environment or in the file, either directly or as the path of a file that contains it.
    fn take_secret(&mut self, key: Key) -> Option<(String, KeySource)> {
        let by_file = format!("{}{BY_FILE}", key.name);
        let written = |given: &Given| (given.get(key.name).cloned(), given.get(&by_file).cloned());
        let (setting, is_path) = match [written(&self.environment), written(&self.file)] {
            [(Some(direct), Some(_)), _] | [(None, None), (Some(direct), Some(_))] => {
                let names = match direct.origin {
                    KeySource::Variable(_) => format!("`{}` and `{}`", variable(key.name), variable(&by_file)),
                    _ => format!("`{}` and `{by_file}`", key.name),
                };
                self.refuse(key, direct.origin, format!("both {names} are set: remove one"));
                return None;
            }
            [(Some(direct), None), _] | [(None, None), (Some(direct), None)] => (direct, false),
            [(None, Some(path)), _] | [(None, None), (None, Some(path))] => (path, true),
            [(None, None), (None, None)] => return None,
        };
        let (text, origin) = self.single(key, setting)?;
        if !is_path || text.is_empty() {
            return Some((text, origin));
        }
        match fs::read_to_string(&text) {
            Ok(secret) => {
                self.secret_files.insert(key.name, PathBuf::from(text));
                Some((bare(&secret).to_owned(), origin))
            }
            Err(error) => {
                self.refuse(key, origin, format!("cannot read the file `{text}`: {error}"));
                None
            }
        }
    }

    fn find(&self, name: &str) -> Option<Setting> {
        self.environment.get(name).or_else(|| self.file.get(name)).cloned()
    }

    fn parse<T>(&mut self, key: Key, text: &str, origin: KeySource, parse: impl Fn(&str) -> Parsed<T>) -> Option<T> {
        match parse(text) {
            Ok(value) => {
                self.note(key, shown(&key, text), origin);
                Some(value)
            }
            Err(refusal) => {
                self.refuse(key, origin, reason(&key, refusal));
                None
            }
        }
    }

    fn note(&mut self, key: Key, shown: String, origin: KeySource) {
        self.effective.push(Effective { key, shown, origin });
    }

    fn refuse(&mut self, key: Key, origin: KeySource, message: String) {
        self.refused.insert(key.name);
        self.problems.push(Problem::new(key.name, origin, message));
    }
}

/// Shows a secret that is a URL only if it has no part where URLs have passwords; a webhook's URL without its path. Any
/// other secret is not shown.
fn shown(key: &Key, text: &str) -> String {
    let may_be_shown = match key.kind {
        Kind::Hidden => None,
        Kind::Webhook => Target::parse(text, Reach::Private).ok().map(|target| target.to_string()),
        Kind::Secret | Kind::OptionalSecret => (!text.contains(['@', '?'])).then(|| text.to_owned()),
        Kind::Value | Kind::Optional | Kind::List => Some(text.to_owned()),
    };
    may_be_shown.unwrap_or_else(|| NOT_SHOWN.to_owned())
}

fn reason(key: &Key, refusal: Refusal) -> String {
    match refusal {
        Refusal::NotAllowed => format!("not allowed; allowed: {}", key.allowed),
        Refusal::Because(reason) => format!("{reason}; allowed: {}", key.allowed),
    }
}
