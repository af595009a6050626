//! The file of an import: where its accounts come from, and which of their members are taken.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use account_core::ports::Clock;
use account_core::system::SystemClock;
use account_core::timestamp::Timestamp;
use serde_json::Value;

use super::super::file::failed;
use super::arranged::Arranged;
use super::columns;
use super::line::{Object, Unreadable};
use super::lines::{FileFormat, Lines};
use super::row::Place;
use super::system::{self, HashConfig};
use crate::command_line::{Import, OtherSystem};
use crate::error::CommandError;

/// How many names are listed.
const MAX_LISTED: usize = 30;
/// Maximum length of a name that is shown, in characters, and of the digits in it. Digests have more of both.
const MAX_SHOWN: (usize, usize) = (40, 4);

/// How a file is read.
pub(super) struct Source {
    system: Option<OtherSystem>,
    config: Option<HashConfig>,
    assumes_verified: bool,
    /// Names to ignore, as names are compared.
    ignored: BTreeSet<String>,
    format: FileFormat,
    is_raw: bool,
    now: Timestamp,
    /// Names that had no meaning.
    unused: BTreeSet<String>,
}

impl Source {
    /// Reads the options.
    ///
    /// # Errors
    /// If the name of the file tells no format, or a file of parameters cannot be read or has no use.
    pub(super) fn of(options: &Import) -> Result<Self, CommandError> {
        let named = FileFormat::of(&options.file).ok_or_else(|| {
            let known = "the name must end in .csv, .tsv, .jsonl or .json";
            CommandError::Transfer(format!("{}: {known}", options.file.display()))
        })?;
        if options.hash_config.is_some() && options.from != Some(OtherSystem::Firebase) {
            return Err(CommandError::Transfer("--hash-config is for --from firebase only".to_owned()));
        }
        Ok(Self {
            system: options.from,
            config: options.hash_config.as_deref().map(HashConfig::read).transpose()?,
            assumes_verified: options.assume_verified,
            ignored: options.ignore_column.iter().map(|name| columns::key(name)).collect(),
            format: options.from.map_or(named, |system| system::format(system, named)),
            // Only our own exports have apostrophes before formulas.
            is_raw: options.raw || options.from.is_some(),
            now: SystemClock.now(),
            unused: BTreeSet::new(),
        })
    }

    /// Opens the file at a place. At its start, checks its columns or members first.
    ///
    /// # Errors
    /// If the file cannot be read, or has no usable column, or one that is unknown.
    pub(super) fn open(&self, file: &Path, place: Place) -> Result<Lines, CommandError> {
        let known = self.system.and_then(system::known_columns);
        let open = |place| Lines::open(file, self.format, known, self.is_raw, place);
        let mut lines = open(place).map_err(failed(file))?;
        match &mut lines {
            Lines::Table(table) => {
                let names: Vec<_> = table.names().iter().map(|name| (name.clone(), 1)).collect();
                self.check(file, &names)?;
            }
            other if place.offset == 0 => {
                let names = names(other).map_err(failed(file))?;
                self.check(file, &names)?;
                return open(place).map_err(failed(file));
            }
            _ => {}
        }
        Ok(lines)
    }

    /// Checks the names that a file has, each with the line where it is first.
    fn check(&self, file: &Path, names: &[(String, u64)]) -> Result<(), CommandError> {
        let used: Vec<_> = names.iter().filter(|(name, _)| !self.ignored.contains(&columns::key(name))).collect();
        let wrong = self.find_twice(&used).or_else(|| self.find_no_address(names, &used));
        let wrong = wrong.or_else(|| self.find_unknown(&used));
        let wrong = wrong.map(|why| self.find_no_header(&used).unwrap_or(why));
        wrong.map_or(Ok(()), |why| Err(CommandError::Transfer(format!("{}: {why}", file.display()))))
    }

    /// What a name is of.
    const fn kind(&self) -> &'static str {
        if matches!(self.format, FileFormat::Table) { "column" } else { "member" }
    }

    /// A first line with something else than names: the first account perhaps, which nobody should read in a log.
    fn find_no_header(&self, used: &[&(String, u64)]) -> Option<String> {
        let strange = used.iter().position(|(name, _)| !name.is_empty() && !is_shown(name))?;
        let (count, cell) = (used.len(), strange + 1);
        (self.format == FileFormat::Table).then(|| {
            let what =
                format!("the first line does not look like a header: {count} cells, and cell {cell} is not a name");
            format!("{what} of letters, digits, spaces, `_`, `.` and `-`. Add a line with the names of the columns")
        })
    }

    /// Two columns of one name: nobody knows which is meant.
    fn find_twice(&self, used: &[&(String, u64)]) -> Option<String> {
        // What is known in advance is right.
        if self.format != FileFormat::Table || self.system.is_some_and(|it| system::known_columns(it).is_some()) {
            return None;
        }
        let mut keys = BTreeSet::new();
        let (name, _) = used.iter().find(|(name, _)| !name.is_empty() && !keys.insert(columns::key(name)))?;
        Some(format!("the column `{name}` is there twice; rename one"))
    }

    /// No column with addresses, although there are accounts.
    fn find_no_address(&self, names: &[(String, u64)], used: &[&(String, u64)]) -> Option<String> {
        let address = self.system.map_or("email", system::address);
        let is_address = |name: &str| [address, "email"].contains(&columns::key(name).as_str());
        // Django has them in a nested object.
        let is_nested = |name: &str| self.system == Some(OtherSystem::Django) && name == "fields";
        if names.is_empty() || used.iter().any(|(name, _)| is_address(name) || is_nested(name)) {
            return None;
        }
        let shown = names.iter().filter(|(name, _)| is_shown(name)).take(MAX_LISTED);
        let found: Vec<_> = shown.map(|(name, _)| format!("`{name}`")).collect();
        let (kind, found) = (self.kind(), found.join(", "));
        Some(format!("there is no {kind} `{address}` with the addresses; {kind}s found: {found}"))
    }

    /// A name that is none of ours. Other systems have many of their own, which are only listed.
    fn find_unknown(&self, used: &[&(String, u64)]) -> Option<String> {
        let (name, line) = used.iter().find(|(name, _)| self.system.is_none() && columns::known(name).is_none())?;
        let (kind, nearest) = (self.kind(), columns::nearest(name));
        if !name.is_empty() && !is_shown(name) {
            return Some(format!(
                "unknown {kind} in line {line}; it is not shown, because it does not look like a name"
            ));
        }
        Some(format!(
            "unknown {kind} `{name}` in line {line}; did you mean `{nearest}`? Rename it, or ignore it with --ignore-column \
             '{name}'"
        ))
    }

    /// Puts an account in our members.
    ///
    /// # Errors
    /// [`Unreadable::Twice`].
    pub(super) fn arrange(&mut self, mut theirs: Object) -> Result<Arranged, Unreadable> {
        theirs.retain(|name, _| !self.ignored.contains(&columns::key(name)));
        let mut arranged = if let Some(system) = self.system {
            system::arrange(system, theirs, self.config.as_ref(), self.now)
        } else {
            let count = theirs.len();
            let members: Object = theirs.into_iter().map(|(name, value)| (columns::key(&name), value)).collect();
            if members.len() < count {
                return Err(Unreadable::Twice);
            }
            Arranged { members, ..Arranged::default() }
        };
        let is_silent = |value: &Value| value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
        if self.assumes_verified && arranged.members.get("verified").is_none_or(is_silent) {
            arranged.members.insert("verified".to_owned(), Value::Bool(true));
        }
        for name in std::mem::take(&mut arranged.unused) {
            if self.unused.len() < MAX_LISTED {
                self.unused.insert(name);
            }
        }
        Ok(arranged)
    }

    /// The names that had no meaning so far.
    pub(super) const fn unused(&self) -> &BTreeSet<String> {
        &self.unused
    }
}

/// Returns whether a name can be shown, because it looks like one. In a file without a header, the names are what the
/// first account has: its address and its hash.
fn is_shown(name: &str) -> bool {
    let (most, most_digits) = MAX_SHOWN;
    let starts = name.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let is_usual = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ' ' | '.' | '-');
    starts
        && name.chars().all(is_usual)
        && name.chars().count() <= most
        && name.chars().filter(char::is_ascii_digit).count() <= most_digits
}

/// Returns bytes that are the same only for options with which a file is imported alike.
///
/// # Errors
/// If the file of parameters cannot be read.
pub(super) fn distinct(options: &Import) -> Result<Vec<u8>, CommandError> {
    let Import { file: _, from, hash_config, assume_verified, ignore_column, restart: _, raw } = options;
    let config = hash_config.as_deref().map(|path| fs::read(path).map_err(failed(path))).transpose()?;
    let ignored: BTreeSet<_> = ignore_column.iter().map(|name| columns::key(name)).collect();
    Ok(format!("{:?}", (from, config, assume_verified, ignored, raw)).into_bytes())
}

/// Returns every name in a file, with the line where it is first.
fn names(lines: &mut Lines) -> io::Result<Vec<(String, u64)>> {
    let mut names: Vec<(String, u64)> = Vec::new();
    let mut known = BTreeSet::new();
    while let Some(line) = lines.next()? {
        for name in line.content.into_iter().flat_map(Object::into_keys) {
            if known.insert(name.clone()) {
                names.push((name, line.number));
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    #[derive(clap::Parser)]
    struct Command {
        #[command(flatten)]
        import: Import,
    }

    /// What is said about a file when it is opened.
    fn said(name: &str, text: &str, more: &[&str]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        let words = [&["import", file.to_str().unwrap()], more].concat();
        let source = Source::of(&Command::parse_from(words).import).unwrap();
        let error = source.open(&file, Place::default()).err();
        error.map(|error| error.to_string().replace(&*folder.path().to_string_lossy(), "")).unwrap_or_default()
    }

    #[test]
    fn a_table_without_a_header_reveals_nothing_of_the_first_account() {
        let hash = "$2b$04$IDrtBkWTsclEMT08K/sfROMrjED.7cD0qfUqoTmBXXArF8p7grQKW";
        let digest = "e10adc3949ba59abbe56e057f20f883e";
        for (line, more) in [
            (format!("joe@acme.com,{hash},Sleuth"), &[][..]),
            (format!("joe@acme.com,{hash},Sleuth"), &["--from", "laravel"]),
            (format!("Sleuth,{digest},joe"), &[]),
            (format!("Sleuth,Sleuth,{hash}"), &[]),
            (format!("email,Sleuth,{hash}"), &[]),
            (format!("email,{hash},{hash}"), &[]),
        ] {
            let said = said("people.csv", &format!("{line}\na,b,c\n"), more);
            assert!(said.contains("the first line does not look like a header: 3 cells"), "{line}: {said}");
            for secret in ["acme.com", "IDrt", digest, "Sleuth"] {
                assert!(!said.contains(secret), "{said}");
            }
        }
        for name in [hash, "joe@acme.com"] {
            for text in [format!("{{\"email\":\"\",\"{name}\":1}}"), format!("{{\"{name}\":1}}")] {
                assert!(!said("people.jsonl", &text, &[]).contains(name), "{text}");
            }
        }
    }

    #[test]
    fn all_options_but_a_new_start_change_what_is_imported() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config.txt");
        let config = config.to_str().unwrap();
        let distinct = |more: &[&str]| {
            let words = [&["import", "people.csv"], more].concat();
            super::distinct(&Command::parse_from(words).import).unwrap()
        };
        std::fs::write(config, "a").unwrap();
        let all = [
            &[][..],
            &["--assume-verified"],
            &["--raw"],
            &["--from", "laravel"],
            &["--from", "django"],
            &["--ignore-column", "a"],
            &["--ignore-column", "a", "--ignore-column", "b"],
            &["--hash-config", config],
        ];
        let mut found: BTreeSet<_> = all.into_iter().map(distinct).collect();
        std::fs::write(config, "b").unwrap();
        found.insert(distinct(&["--hash-config", config]));
        assert_eq!(found.len(), all.len() + 1);
        assert_eq!(distinct(&["--restart"]), distinct(&[]));
        let [one, other] =
            [["a", "B"], ["b ", "A"]].map(|[a, b]| distinct(&["--ignore-column", a, "--ignore-column", b]));
        assert_eq!(one, other);
    }

    #[test]
    fn a_member_that_is_there_twice_is_refused_whatever_its_case() {
        let arrange = |text: &str, more: &[&str]| {
            let words = [&["import", "people.jsonl"], more].concat();
            let mut source = Source::of(&Command::parse_from(words).import).unwrap();
            source.arrange(serde_json::from_str(text).unwrap()).map(|arranged| arranged.members.len())
        };
        let text = r#"{"Email":"a@acme.com","email":"b@acme.com"}"#;
        assert_eq!(arrange(text, &[]), Err(Unreadable::Twice));
        assert_eq!(arrange(r#"{"Email":"a@acme.com","name":"A"}"#, &[]), Ok(2));
        assert_eq!(arrange(text, &["--ignore-column", "EMAIL"]), Ok(0));
    }

    #[test]
    fn names_are_listed_where_there_is_a_header() {
        let said = said("people.csv", "Mail,First name,Stra\u{DF}e,\na,b,c,\n", &[]);
        assert!(said.contains("columns found: `Mail`, `First name`, `Stra\u{DF}e`"), "{said}");
    }
}
