//! Imports accounts from a file.

mod arranged;
mod batch;
mod columns;
mod document;
mod line;
mod lines;
mod moment;
mod row;
mod seen;
mod skipped;
mod source;
mod system;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use account_core::account::details::ProfileEdits;
use account_core::input::{Edit, Input, Reader};
use account_core::operator::import::{ImportOutcome, ImportedAccount};
use account_core::password::PasswordHash;
use account_core::profile::{Profile, Source as Inferred};
use account_core::timestamp::Timestamp;
use account_core::violation::{Field, Rule};
use account_core::{AccountService, CallContext};
use indicatif::ProgressBar;

use super::file::{bar, beside, failed};
use super::position::{Position, Tally};
use super::record::Record;
use crate::command_line::Import;
use crate::error::CommandError;
use crate::output::{counted, print};
use arranged::Arranged;
use batch::write_batch;
use line::Line;
use lines::Lines;
use row::Place;
use seen::Seen;
use skipped::{Problem, Skipped, Spot};
use source::Source;

/// Number of accounts that are written in one commit.
const BATCH: usize = 1_000;

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
    source: Source,
    lines: Lines,
    position: Position,
    /// The file that stores the position.
    kept: PathBuf,
    skipped: Skipped,
    /// The addresses so far, without those before an interruption.
    seen: Seen,
    bar: ProgressBar,
}

impl Run {
    fn begin(options: &Import) -> Result<Self, CommandError> {
        let file = &options.file;
        let source = Source::of(options)?;
        let beginning = Position::beginning_of(file, &source::distinct(options)?).map_err(failed(file))?;
        let kept = beside(file, ".progress");
        let left = if options.restart { Ok(None) } else { beginning.left_at(&kept) };
        let left = left.map_err(|error| CommandError::Transfer(format!("{}: {error}", file.display())))?;
        let goes_on = left.is_some();
        let position = left.unwrap_or(beginning);
        let lines = source.open(file, Place { offset: position.offset, line: position.line })?;
        let skipped = Skipped::open(&beside(file, ".skipped.jsonl"), position.skipped)?;
        if !goes_on && kept.exists() {
            // It is of another file, or of an import that starts over.
            fs::remove_file(&kept).map_err(failed(&kept))?;
        }
        if goes_on {
            print(&format!("Resuming an interrupted import of this file after line {}.\n", position.line));
        }
        let length = fs::metadata(file).map_err(failed(file))?.len();
        let bar = bar(length, "{wide_bar} {percent}%  {msg}  {elapsed} of about {duration}");
        bar.set_position(position.offset);
        Ok(Self { source, lines, position, kept, skipped, seen: Seen::default(), bar })
    }

    /// Imports a batch in one commit, then records that it is done.
    async fn take(
        &mut self,
        service: &AccountService,
        batch: Vec<Line>,
        context: &CallContext,
    ) -> Result<(), CommandError> {
        let mut spots = Vec::with_capacity(batch.len());
        let mut accounts = Vec::with_capacity(batch.len());
        let mut problems = Vec::new();
        for (record, line) in (self.position.tally.total() + 1..).zip(batch) {
            let spot = Spot { line: line.number, last: line.last, record };
            match line.content.and_then(|object| self.source.arrange(object)) {
                Ok(arranged) => {
                    let (account, hash) = imported(arranged);
                    spots.push((spot, account.email.clone(), hash));
                    accounts.push(account);
                }
                Err(why) => problems.push((spot, Problem::Unreadable(why))),
            }
        }
        let outcomes = write_batch(accounts, async |accounts| service.import_accounts(accounts, context).await).await;
        let outcomes = outcomes.map_err(|error| CommandError::Failed(error.into()))?;
        let tally = &mut self.position.tally;
        for ((spot, email, hash), outcome) in spots.into_iter().zip(outcomes) {
            let Some(outcome) = outcome else {
                problems.push((spot, Problem::NotStored));
                continue;
            };
            let is_usable = !matches!(outcome, ImportOutcome::Refused(_));
            let earlier = if is_usable { self.seen.note(&email, spot) } else { None };
            match outcome {
                ImportOutcome::Imported(_) => tally.imported += 1,
                ImportOutcome::ImportedWithout(_, violations) => {
                    tally.imported += 1;
                    problems.push((spot, Problem::LeftOut(violations)));
                }
                ImportOutcome::AlreadyThere => {
                    tally.already_there += 1;
                    problems.extend(earlier.map(|earlier| (spot, Problem::Repeated { earlier })));
                }
                ImportOutcome::Refused(violations) => problems.push((spot, Problem::Refused { violations, hash })),
            }
        }
        problems.sort_by_key(|(spot, _)| spot.record);
        for (spot, problem) in &problems {
            match problem {
                Problem::LeftOut(_) => tally.in_part += 1,
                Problem::Repeated { .. } => tally.repeated += 1,
                Problem::Refused { .. } | Problem::NotStored => tally.refused += 1,
                Problem::Unreadable(why) => {
                    tally.refused += 1;
                    tally.unread_lines += if why.costs_others() { spot.last.saturating_sub(spot.line) } else { 0 };
                }
            }
            self.skipped.note(*spot, problem)?;
        }
        let Place { offset, line } = self.lines.place();
        (self.position.offset, self.position.line) = (offset, line);
        self.position.skipped = self.skipped.flush()?;
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
        let unused: Vec<_> = self.source.unused().iter().map(|name| format!("`{name}`")).collect();
        if !unused.is_empty() {
            print(&format!("Not imported, because they mean nothing here: {}.\n", unused.join(", ")));
        }
        let path = self.skipped.path().display().to_string();
        if tally.in_part > 0 {
            print(&format!("{} of them were imported without some details: {path} has the lines.\n", tally.in_part));
        }
        if tally.repeated > 0 {
            let lines = counted(tally.repeated, "line repeats an address", "lines repeat addresses");
            print(&format!("{lines} of the file: only the first counts; {path} has the lines.\n"));
        }
        if tally.unread_lines > 0 {
            let lines = counted(tally.unread_lines, "further line was", "further lines were");
            print(&format!("{lines} not read, because a quote or brace before is missing: {path} has the places.\n"));
        }
        match (tally.refused, tally.in_part + tally.repeated) {
            (0, 0) => return self.skipped.remove(),
            (0, _) => return Ok(()),
            _ => {}
        }
        Err(CommandError::LinesRefused { count: tally.refused, file: path })
    }
}

fn in_words(tally: Tally) -> String {
    format!("{} imported, {} already existed, {} skipped", tally.imported, tally.already_there, tally.refused)
}

/// Converts an account to the core's form, and says why its password hash cannot be used.
fn imported(arranged: Arranged) -> (ImportedAccount, Option<String>) {
    let record = Record(arranged.members);
    let mut reader = Reader::default();
    let email = reader.string(Field::Email, record.text("email")).unwrap_or_default();
    let password_hash = reader.string(Field::PasswordHash, record.text("password_hash"));
    let refused = password_hash.as_deref().and_then(|hash| PasswordHash::parse_imported(hash).err());
    if arranged.hash_problem.is_some() {
        reader.violations.push(Field::PasswordHash, Rule::Unknown);
    }
    let problem = arranged.hash_problem.or_else(|| refused.map(|why| why.to_string()));
    let organization = reader.string(Field::Organization, record.text("organization"));
    let created_at = reader.text(Field::CreatedAt, record.text("created_at"), |text| {
        Timestamp::parse_rfc3339(text).ok_or(Rule::Malformed)
    });
    let verified = reader.flag(Field::Verified, record.flag("verified"));
    // Whatever it says: an account that may be disabled must not become one that works.
    let disabled = record.text("disabled_at") != Input::Absent;
    let (details, sources, misread) = (details(&record), sources(&record), reader.violations);
    let shown_in = record.text("shown_in").given();
    let account = ImportedAccount {
        email,
        verified,
        password_hash,
        details,
        sources,
        shown_in,
        created_at,
        disabled,
        organization,
        misread,
    };
    (account, problem)
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

/// Returns the sources of values that were inferred. Without a known one, a value counts as given.
fn sources(record: &Record) -> BTreeMap<Field, Inferred> {
    let source = |field: Field| Inferred::by_name(&record.text(&format!("{}_source", field.name())).given()?);
    Profile::INFERABLE.into_iter().filter_map(|field| Some((field, source(field)?))).collect()
}

fn edit<T>(input: Input<T>) -> Edit<T> {
    match input {
        Input::Absent => Edit::Keep,
        Input::Mistyped => Edit::Mistyped,
        Input::Given(value) => Edit::Set(value),
    }
}
