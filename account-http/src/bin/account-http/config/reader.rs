//! Reading settings one by one, noting what is wrong and what holds.

use std::collections::BTreeSet;
use std::fs;

use account_http::outbound::{Reach, Target};

use super::key_source::KeySource;
use super::keys::{BY_FILE, Key, Kind, by_name, variable};
use super::problem::Problem;
use super::source::{Given, Setting, Text};

/// Why a text is not what a setting takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is none of what is allowed.
    NotAllowed,
    /// A reason of its own. MUST NOT repeat the text.
    Because(String),
}

/// Reads a text of a setting.
pub(crate) type Parsed<T> = Result<T, Refusal>;

/// Something was wrong, and is noted: the others are still read, so that all problems are known in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Noted;

/// A setting's text and where it was written, if it was.
type Written = Option<(String, KeySource)>;

/// A setting that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Effective {
    /// Which.
    pub(crate) key: Key,
    /// Its value, unless it must not be shown.
    pub(crate) shown: String,
    /// Where it was written.
    pub(crate) origin: KeySource,
}

/// Hands out settings: from the environment, else from the file, else the default.
pub(crate) struct ConfigReader {
    file: Given,
    environment: Given,
    /// What was wrong so far.
    pub(crate) problems: Vec<Problem>,
    /// What was read so far.
    pub(crate) effective: Vec<Effective>,
}

impl ConfigReader {
    /// A reader of what was given; the problems are those found so far.
    pub(crate) const fn new(file: Given, environment: Given, problems: Vec<Problem>) -> Self {
        Self { file, environment, problems, effective: Vec::new() }
    }

    /// A setting that always has a value.
    pub(crate) fn value<T>(&mut self, name: &str, parse: impl Fn(&str) -> Parsed<T>) -> Result<T, Noted> {
        let key = self.key(name)?;
        match self.take(key)? {
            Some((text, origin)) => self.parse(key, &text, origin, parse),
            None => self.parse(key, key.default, KeySource::Default, parse),
        }
    }

    /// A setting that may have no value; an empty text is none.
    pub(crate) fn optional<T>(&mut self, name: &str, parse: impl Fn(&str) -> Parsed<T>) -> Result<Option<T>, Noted> {
        let key = self.key(name)?;
        match self.take(key)? {
            Some((text, origin)) if !text.is_empty() => self.parse(key, &text, origin, parse).map(Some),
            _ => {
                self.note(key, key.default.to_owned(), KeySource::Default);
                Ok(None)
            }
        }
    }

    /// A setting that is a list. Every entry that is wrong is noted by its number.
    pub(crate) fn list<T>(&mut self, name: &str, parse: impl Fn(&str) -> Parsed<T>) -> Result<Vec<T>, Noted> {
        let key = self.key(name)?;
        let Some(Setting { text, origin }) = self.find(key.name) else {
            self.note(key, key.default.to_owned(), KeySource::Default);
            return Ok(Vec::new());
        };
        let entries = match text {
            Text::Many(entries) => entries,
            Text::One(text) if text.trim().is_empty() => Vec::new(),
            Text::One(text) => text.split(',').map(|entry| entry.trim().to_owned()).collect(),
            Text::Neither => {
                self.refuse(key, origin, format!("not a list; allowed: {}", key.allowed));
                return Err(Noted);
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
        let is_whole = values.len() == entries.len();
        self.note(key, if entries.is_empty() { key.default.to_owned() } else { entries.join(", ") }, origin);
        if is_whole { Ok(values) } else { Err(Noted) }
    }

    /// The names that were chosen below a section where they are free.
    pub(crate) fn free_names(&self, section: &str) -> BTreeSet<String> {
        let chosen = |name: &String| Some(name.strip_prefix(section)?.strip_prefix('.')?.split_once('.')?.0.to_owned());
        self.file.keys().chain(self.environment.keys()).filter_map(chosen).collect()
    }

    /// Notes that settings do not go together.
    pub(crate) fn object(&mut self, name: &str, message: &str) {
        let origin = self.origin_of(name);
        self.problems.push(Problem::new(name, origin, message.to_owned()));
    }

    /// Where a setting that was read is written.
    fn origin_of(&self, name: &str) -> KeySource {
        let noted = self.effective.iter().find(|effective| effective.key.name == name);
        noted.map_or(KeySource::Default, |effective| effective.origin.clone())
    }

    /// The key of that name. A name that is not in the table is a mistake in this program, told like one of the user's.
    fn key(&mut self, name: &str) -> Result<Key, Noted> {
        by_name(name).ok_or_else(|| {
            self.problems.push(Problem::new(name, KeySource::Default, "unknown setting".to_owned()));
            Noted
        })
    }

    /// Finds a setting's text.
    fn take(&mut self, key: Key) -> Result<Written, Noted> {
        if key.is_secret() {
            return self.take_secret(key);
        }
        match self.find(key.name) {
            None => Ok(None),
            Some(Setting { text: Text::One(text), origin }) => Ok(Some((text, origin))),
            Some(Setting { origin, .. }) => {
                self.refuse(key, origin, format!("not a single value; allowed: {}", key.allowed));
                Err(Noted)
            }
        }
    }

    /// A secret stands in the environment or in the file, and there as itself or as the path of a file with it.
    fn take_secret(&mut self, key: Key) -> Result<Written, Noted> {
        let by_file = format!("{}{BY_FILE}", key.name);
        let written = |given: &Given| (given.get(key.name).cloned(), given.get(&by_file).cloned());
        let (setting, is_path) = match [written(&self.environment), written(&self.file)] {
            [(Some(direct), Some(_)), _] | [(None, None), (Some(direct), Some(_))] => {
                let names = match direct.origin {
                    KeySource::Variable(_) => format!("`{}` and `{}`", variable(key.name), variable(&by_file)),
                    _ => format!("`{}` and `{by_file}`", key.name),
                };
                self.refuse(key, direct.origin, format!("both {names} are set: remove one"));
                return Err(Noted);
            }
            [(Some(direct), None), _] | [(None, None), (Some(direct), None)] => (direct, false),
            [(None, Some(path)), _] | [(None, None), (None, Some(path))] => (path, true),
            [(None, None), (None, None)] => return Ok(None),
        };
        let Setting { text: Text::One(text), origin } = setting else {
            self.refuse(key, setting.origin, format!("not a single value; allowed: {}", key.allowed));
            return Err(Noted);
        };
        if !is_path || text.is_empty() {
            return Ok(Some((text, origin)));
        }
        match fs::read_to_string(&text) {
            Ok(secret) => Ok(Some((secret.trim_end_matches(['\r', '\n']).to_owned(), origin))),
            Err(error) => {
                self.refuse(key, origin, format!("cannot read the file `{text}`: {error}"));
                Err(Noted)
            }
        }
    }

    fn find(&self, name: &str) -> Option<Setting> {
        self.environment.get(name).or_else(|| self.file.get(name)).cloned()
    }

    fn parse<T>(
        &mut self,
        key: Key,
        text: &str,
        origin: KeySource,
        parse: impl Fn(&str) -> Parsed<T>,
    ) -> Result<T, Noted> {
        match parse(text) {
            Ok(value) => {
                self.note(key, shown(&key, text), origin);
                Ok(value)
            }
            Err(refusal) => {
                self.refuse(key, origin, reason(&key, refusal));
                Err(Noted)
            }
        }
    }

    fn note(&mut self, key: Key, shown: String, origin: KeySource) {
        self.effective.push(Effective { key, shown, origin });
    }

    fn refuse(&mut self, key: Key, origin: KeySource, message: String) {
        self.problems.push(Problem::new(key.name, origin, message));
    }
}

/// A secret that is a URL is shown only if there is nothing in it where URLs have passwords, a webhook's without its
/// path; any other not at all.
fn shown(key: &Key, text: &str) -> String {
    let may_be_shown = match key.kind {
        Kind::Hidden => None,
        Kind::Webhook => Target::parse(text, Reach::Private).ok().map(|target| target.to_string()),
        Kind::Secret | Kind::OptionalSecret => (!text.contains(['@', '?'])).then(|| text.to_owned()),
        Kind::Value | Kind::Optional | Kind::List => Some(text.to_owned()),
    };
    may_be_shown.unwrap_or_else(|| "(set, not shown)".to_owned())
}

fn reason(key: &Key, refusal: Refusal) -> String {
    match refusal {
        Refusal::NotAllowed => format!("not allowed; allowed: {}", key.allowed),
        Refusal::Because(reason) => format!("{reason}; allowed: {}", key.allowed),
    }
}
