//! What was skipped, and why.

use std::fs::{self, File};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use account_core::violation::{Field, Rule, Violation, Violations};
use serde_json::{Value, json};

use super::super::file::{failed, open_for_owner};
use super::line::Unreadable;
use crate::error::CommandError;

/// Hashes that can be imported, and their maximum cost (`PasswordHash::parse_imported`).
const SUPPORTED_HASHES: &str = "Argon2 and scrypt up to 256 MiB, bcrypt up to cost 14, PBKDF2 up to 2,000,000 iterations, \
                                phpass up to 2^21 rounds, in the formats that docs/import.md lists";

/// Where something was skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// The number of the line, from 1.
    pub(super) line: u64,
    /// The number of its last line.
    pub(super) last: u64,
    /// The number of the account in the file, from 1: a document can have all in one line.
    pub(super) record: u64,
}

/// What is wrong with an account.
#[derive(Debug)]
pub(super) enum Problem {
    /// It was imported without some details.
    LeftOut(Violations),
    /// It was skipped.
    Refused {
        /// What is wrong with it.
        violations: Violations,
        /// Why its password hash cannot be used.
        hash: Option<String>,
    },
    /// It cannot be read.
    Unreadable(Unreadable),
    /// The store cannot keep it. Why is not said, because databases repeat values in their errors.
    NotStored,
    /// Its address occurred before in the file.
    Repeated {
        /// Where.
        earlier: Spot,
    },
}

/// Records which lines and which details were skipped and why, one JSON object for each line. Of the line itself, only
/// the name of the hash's algorithm is written: the hash is a secret.
pub(super) struct Skipped {
    path: PathBuf,
    out: BufWriter<File>,
}

impl Skipped {
    /// Opens the file, and keeps that many bytes of an interrupted import: those after them are of lines that are read
    /// again.
    pub(super) fn open(path: &Path, kept: u64) -> Result<Self, CommandError> {
        if kept == 0 && path.exists() {
            // Its permissions may be those of another file.
            fs::remove_file(path).map_err(failed(path))?;
        }
        let open = || {
            let mut file = open_for_owner(path)?;
            file.set_len(kept.min(file.metadata()?.len()))?;
            file.seek(SeekFrom::End(0))?;
            Ok(file)
        };
        let file = open().map_err(failed(path))?;
        Ok(Self { path: path.to_owned(), out: BufWriter::new(file) })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn note(&mut self, spot: Spot, problem: &Problem) -> Result<(), CommandError> {
        let (skipped, violations, hash) = match problem {
            Problem::LeftOut(violations) => ("details", Some(violations), None),
            Problem::Refused { violations, hash } => ("line", Some(violations), hash.as_deref()),
            Problem::Unreadable(_) | Problem::NotStored | Problem::Repeated { .. } => ("line", None, None),
        };
        let problems = violations.into_iter().flat_map(Violations::iter).map(|violation| {
            let (member, code) = (violation.field.name(), violation.rule.code());
            json!({"member": member, "code": code, "message": message(violation, hash)})
        });
        let mut problems: Vec<_> = problems.collect();
        problems.extend(about_all(problem));
        let mut entry = json!({"line": spot.line, "record": spot.record, "skipped": skipped, "problems": problems});
        let is_unread = matches!(problem, Problem::Unreadable(_)) && spot.last > spot.line;
        if let Some(members) = entry.as_object_mut().filter(|_| is_unread) {
            members.insert("last_line".to_owned(), spot.last.into());
        }
        writeln!(self.out, "{entry}").map_err(failed(&self.path))
    }

    /// Writes all to the file, and returns its length.
    pub(super) fn flush(&mut self) -> Result<u64, CommandError> {
        self.out.flush().and_then(|()| self.out.stream_position()).map_err(failed(&self.path))
    }

    pub(super) fn remove(self) -> Result<(), CommandError> {
        fs::remove_file(&self.path).map_err(failed(&self.path))
    }
}

/// Describes what is wrong with an account as a whole.
fn about_all(problem: &Problem) -> Option<Value> {
    match problem {
        Problem::LeftOut(_) | Problem::Refused { .. } => None,
        Problem::Unreadable(why) => {
            Some(json!({"code": "malformed", "message": format!("cannot read the line: {why}")}))
        }
        Problem::NotStored => {
            Some(json!({"code": "not_stored", "message": "the database does not accept the account"}))
        }
        Problem::Repeated { earlier: Spot { line, record, .. } } => {
            let message = format!("the address is in line {line} already (account {record} of the file)");
            Some(json!({"member": "email", "code": "repeated", "message": message}))
        }
    }
}

/// Describes what is wrong with a value.
fn message(violation: Violation, hash: Option<&str>) -> String {
    if violation != Violation::new(Field::PasswordHash, Rule::Unknown) {
        return violation.to_string();
    }
    let why = hash.map_or_else(String::new, |why| format!(": {why}"));
    format!("Unsupported hash{why}; supported: {SUPPORTED_HASHES}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written about a problem of lines 7 to 9.
    fn noted(problem: &Problem) -> Value {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv.skipped.jsonl");
        let mut skipped = Skipped::open(&path, 0).unwrap();
        skipped.note(Spot { line: 7, last: 9, record: 6 }, problem).unwrap();
        skipped.flush().unwrap();
        serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap()
    }

    #[test]
    fn what_an_interrupted_import_noted_after_its_position_is_noted_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv.skipped.jsonl");
        let note = |skipped: &mut Skipped, line| {
            skipped.note(Spot { line, last: line, record: line }, &Problem::NotStored).unwrap();
            skipped.flush().unwrap()
        };
        let lines = || {
            let text = fs::read_to_string(&path).unwrap();
            let number = |line| serde_json::from_str::<Value>(line).unwrap()["line"].as_u64().unwrap();
            text.lines().map(number).collect::<Vec<_>>()
        };
        let mut skipped = Skipped::open(&path, 0).unwrap();
        let kept = note(&mut skipped, 1);
        note(&mut skipped, 2);
        assert_eq!((lines(), fs::metadata(&path).unwrap().len()), (vec![1, 2], 2 * kept));
        let mut skipped = Skipped::open(&path, kept).unwrap();
        assert_eq!(note(&mut skipped, 2), 2 * kept);
        assert_eq!(lines(), [1, 2]);
        Skipped::open(&path, 0).unwrap();
        assert!(lines().is_empty());
        Skipped::open(&path, 1_000).unwrap();
        assert!(lines().is_empty(), "somebody has removed it meanwhile");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_what_was_skipped() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv.skipped.jsonl");
        fs::write(&path, "of an earlier import").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        Skipped::open(&path, 0).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_concerns_the_whole_account_is_noted_with_its_lines() {
        let unread = noted(&Problem::Unreadable(Unreadable::Quote));
        assert_eq!((&unread["line"], &unread["last_line"], &unread["record"]), (&json!(7), &json!(9), &json!(6)));
        let refused = noted(&Problem::NotStored);
        assert_eq!((&refused["problems"][0]["code"], &refused["last_line"]), (&json!("not_stored"), &Value::Null));
        let repeated = &noted(&Problem::Repeated { earlier: Spot { line: 2, last: 3, record: 1 } })["problems"][0];
        let message = "the address is in line 2 already (account 1 of the file)";
        assert_eq!(repeated, &json!({"member": "email", "code": "repeated", "message": message}));
    }

    #[test]
    fn an_unsupported_hash_is_reported_with_the_reason() {
        let violation = Violation::new(Field::PasswordHash, Rule::Unknown);
        let said = message(violation, Some("the algorithm $1$ is not supported"));
        assert!(said.starts_with("Unsupported hash: the algorithm $1$ is not supported; supported: Argon2"), "{said}");
        let other = Violation::new(Field::Email, Rule::Malformed);
        assert_eq!(message(other, None), "is not a valid email address");
    }
}
