//! Imports accounts from a file.

mod lines;

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use account_core::account::details::ProfileEdits;
use account_core::input::{Edit, Input, Reader};
use account_core::operator::import::{ImportOutcome, ImportedAccount};
use account_core::timestamp::Timestamp;
use account_core::violation::{Field, Rule, Violation, Violations};
use account_core::{AccountService, CallContext};
use indicatif::ProgressBar;

use super::file::{Format, bar, beside, failed};
use super::position::{Position, Tally};
use super::record::Record;
use crate::command_line::Import;
use crate::error::CommandError;
use crate::output::print;
use lines::{Line, Lines};

/// Number of accounts that are written in one commit.
const BATCH: usize = 1_000;

/// Hashes that can be imported, and their maximum cost (`PasswordHash::parse_imported`).
const SUPPORTED_HASHES: &str = "Argon2 and scrypt up to 256 MiB, bcrypt up to cost 14, PBKDF2 (SHA-256, SHA-512) up to \
                                2,000,000 iterations";

/// Imports accounts. Lines that an interrupted import of the same file has processed are skipped. Importing them again
/// would change nothing, because existing accounts stay as they are.
///
/// # Errors
/// If the file cannot be read or the store fails; the accounts imported so far are kept. [`CommandError::LinesRefused`]
/// if some lines were skipped; all others were imported.
pub(crate) async fn import(service: &AccountService, options: &Import) -> Result<(), CommandError> {
    let mut import = Run::begin(options)?;
    let context = CallContext::by("operator");
    loop {
        let batch = import.lines.next_batch(BATCH).map_err(failed(&options.file))?;
        if batch.is_empty() {
            break;
        }
        import.take(service, batch, &context).await?;
    }
    import.finish()
}

/// An import in progress.
struct Run {
    lines: Lines,
    position: Position,
    /// The file that stores the position.
    kept: PathBuf,
    refused: Refused,
    bar: ProgressBar,
}

impl Run {
    fn begin(options: &Import) -> Result<Self, CommandError> {
        let file = &options.file;
        let format = Format::of(file)?;
        let beginning = Position::beginning_of(file).map_err(failed(file))?;
        let kept = beside(file, ".progress");
        let left = if options.restart { None } else { beginning.left_at(&kept) };
        let refused = Refused::open(&beside(file, ".skipped.jsonl"), left.is_some())?;
        if let Some(left) = &left {
            print(&format!("Resuming an interrupted import of this file after line {}.\n", left.line));
        }
        let position = left.unwrap_or(beginning);
        let lines = Lines::open(file, format, options.raw, position.offset, position.line).map_err(failed(file))?;
        let length = fs::metadata(file).map_err(failed(file))?.len();
        let bar = bar(length, "{wide_bar} {percent}%  {msg}  {elapsed} of about {duration}");
        bar.set_position(position.offset);
        Ok(Self { lines, position, kept, refused, bar })
    }

    /// Imports a batch in one commit, then records that it is done.
    async fn take(
        &mut self,
        service: &AccountService,
        batch: Vec<Line>,
        context: &CallContext,
    ) -> Result<(), CommandError> {
        let mut lines = Vec::with_capacity(batch.len());
        let mut accounts = Vec::with_capacity(batch.len());
        let mut refused = Vec::new();
        for line in batch {
            match line.record.as_ref().map(imported) {
                Some(account) => {
                    lines.push((line.number, account.password_hash.as_deref().and_then(scheme)));
                    accounts.push(account);
                }
                None => refused.push((line.number, None, Problem::Unreadable)),
            }
        }
        let outcomes =
            service.import_accounts(accounts, context).await.map_err(|error| CommandError::Failed(error.into()))?;
        for ((number, scheme), outcome) in lines.into_iter().zip(outcomes) {
            match outcome {
                ImportOutcome::Imported(_) => self.position.tally.imported += 1,
                ImportOutcome::ImportedWithout(_, violations) => {
                    self.position.tally.imported += 1;
                    refused.push((number, scheme, Problem::LeftOut(violations)));
                }
                ImportOutcome::AlreadyThere => self.position.tally.already_there += 1,
                ImportOutcome::Refused(violations) => refused.push((number, scheme, Problem::Refused(violations))),
            }
        }
        refused.sort_by_key(|(number, ..)| *number);
        for (number, scheme, problem) in refused {
            match problem {
                Problem::LeftOut(_) => self.position.tally.in_part += 1,
                Problem::Refused(_) | Problem::Unreadable => self.position.tally.refused += 1,
            }
            self.refused.note(number, scheme.as_deref(), problem)?;
        }
        (self.position.offset, self.position.line) = self.lines.position();
        self.refused.flush()?;
        self.position.keep(&self.kept).map_err(failed(&self.kept))?;
        self.bar.set_position(self.position.offset);
        self.bar.set_message(in_words(self.position.tally));
        Ok(())
    }

    fn finish(self) -> Result<(), CommandError> {
        self.bar.finish_and_clear();
        let tally = self.position.tally;
        print(&format!("{}.\n", in_words(tally)));
        if self.kept.exists() {
            fs::remove_file(&self.kept).map_err(failed(&self.kept))?;
        }
        let path = self.refused.path.display().to_string();
        if tally.in_part > 0 {
            print(&format!("{} of them were imported without some details: {path} has the lines.\n", tally.in_part));
        }
        match (tally.refused, tally.in_part) {
            (0, 0) => return self.refused.remove(),
            (0, _) => return Ok(()),
            _ => {}
        }
        Err(CommandError::LinesRefused { count: tally.refused, file: path })
    }
}

fn in_words(tally: Tally) -> String {
    format!("{} imported, {} already existed, {} skipped", tally.imported, tally.already_there, tally.refused)
}

/// Returns the scheme of a hash, such as `$2b$`: the part that reveals nothing.
fn scheme(hash: &str) -> Option<String> {
    let (scheme, _) = hash.strip_prefix('$')?.split_once('$')?;
    let is_name = scheme.len() <= 20 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then(|| format!("${scheme}$"))
}

/// Describes what is wrong with a value.
fn message(violation: Violation, scheme: Option<&str>) -> String {
    if violation != Violation::new(Field::PasswordHash, Rule::Unknown) {
        return violation.to_string();
    }
    let hash = scheme.map_or_else(|| "Unsupported hash".to_owned(), |scheme| format!("Unsupported hash `{scheme}..`"));
    format!("{hash}; supported: {SUPPORTED_HASHES}")
}

/// Converts a record to the core's form.
fn imported(record: &Record) -> ImportedAccount {
    let mut reader = Reader::default();
    let email = reader.string(Field::Email, record.text("email")).unwrap_or_default();
    let password_hash = reader.string(Field::PasswordHash, record.text("password_hash"));
    let organization = reader.string(Field::Organization, record.text("organization"));
    let created_at = reader.text(Field::CreatedAt, record.text("created_at"), |text| {
        Timestamp::parse_rfc3339(text).ok_or(Rule::Malformed)
    });
    let verified = reader.flag(Field::Verified, record.flag("verified"));
    let (details, misread) = (details(record), reader.violations);
    ImportedAccount { email, verified, password_hash, details, created_at, organization, misread }
}

/// Returns the details of a record. An additional address must be confirmed by its owner, so it is not imported.
fn details(record: &Record) -> ProfileEdits {
    let text = |member| edit(record.text(member));
    ProfileEdits {
        name: text("name"),
        given_name: text("given_name"),
        family_name: text("family_name"),
        user_name: text("username"),
        country: text("country"),
        language: text("language"),
        time_zone: text("time_zone"),
        phone: text("phone"),
        postal_address: text("postal_address"),
        company: text("company"),
        industry: text("industry"),
        date_of_birth: text("date_of_birth"),
        bio: text("bio"),
        avatar_id: text("avatar_id"),
        newsletter: edit(record.flag("newsletter")),
        ..ProfileEdits::default()
    }
}

fn edit<T>(input: Input<T>) -> Edit<T> {
    match input {
        Input::Absent => Edit::Keep,
        Input::Mistyped => Edit::Mistyped,
        Input::Given(value) => Edit::Set(value),
    }
}

/// What is wrong with a line.
enum Problem {
    /// It was imported without some details.
    LeftOut(Violations),
    /// It was skipped.
    Refused(Violations),
    /// It is no record.
    Unreadable,
}

/// Records which lines and which details were skipped and why, one JSON object for each line. Of the line itself, only the scheme of the hash is
/// written: the hash is a secret.
struct Refused {
    path: PathBuf,
    out: std::io::BufWriter<File>,
}

impl Refused {
    fn open(path: &Path, goes_on: bool) -> Result<Self, CommandError> {
        let mut options = OpenOptions::new();
        options.create(true).write(true).append(goes_on).truncate(!goes_on);
        let file = options.open(path).map_err(failed(path))?;
        Ok(Self { path: path.to_owned(), out: std::io::BufWriter::new(file) })
    }

    fn note(&mut self, line: u64, scheme: Option<&str>, problem: Problem) -> Result<(), CommandError> {
        let (skipped, violations) = match problem {
            Problem::LeftOut(violations) => ("details", Some(violations)),
            Problem::Refused(violations) => ("line", Some(violations)),
            Problem::Unreadable => ("line", None),
        };
        let problems = violations.into_iter().flatten().map(|violation| {
            let (member, code) = (violation.field.name(), violation.rule.code());
            serde_json::json!({"member": member, "code": code, "message": message(violation, scheme)})
        });
        let mut problems: Vec<_> = problems.collect();
        if problems.is_empty() {
            problems.push(serde_json::json!({"code": "malformed", "message": "cannot read the line"}));
        }
        let entry = serde_json::json!({"line": line, "skipped": skipped, "problems": problems});
        writeln!(self.out, "{entry}").map_err(failed(&self.path))
    }

    fn flush(&mut self) -> Result<(), CommandError> {
        self.out.flush().map_err(failed(&self.path))
    }

    fn remove(self) -> Result<(), CommandError> {
        fs::remove_file(&self.path).map_err(failed(&self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unsupported_hash_is_reported_by_scheme_only() {
        let violation = Violation::new(Field::PasswordHash, Rule::Unknown);
        let said = |hash| message(violation, scheme(hash).as_deref());
        assert!(said("$1$salt$hash").starts_with("Unsupported hash `$1$..`; supported: Argon2"));
        for hash in ["5f4dcc3b5aa765d61d8327deb882cf99", "$a secret$x", "$unfinished", "plain$text$x"] {
            assert!(said(hash).starts_with("Unsupported hash; supported: Argon2"), "{hash}");
        }
        let other = Violation::new(Field::Email, Rule::Malformed);
        assert_eq!(message(other, None), "is not a valid email address");
    }
}
