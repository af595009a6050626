//! Exports all accounts to a file.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use account_core::AccountService;
use account_core::account::Account;
use account_core::id::AccountId;

use super::file::{Format, bar, beside, failed, open_for_owner};
use super::formula::escape;
use super::record::{MEMBERS, Record};
use crate::command_line::Export;
use crate::error::CommandError;
use crate::output::{counted, print};

/// Number of accounts that are read at a time.
const BATCH: u32 = 1_000;

/// Writes every account to the file. Continues an interrupted export.
///
/// # Errors
/// If the file already exists or cannot be written, or the store fails.
pub(crate) async fn export(service: &AccountService, options: &Export) -> Result<(), CommandError> {
    let file = &options.file;
    let format = Format::of(file)?;
    if file.exists() {
        return Err(CommandError::Transfer(format!("{}: the file already exists", file.display())));
    }
    let mut writer = PartWriter::open(file, format, options)?;
    let mut written = 0;
    let bar = bar(0, "{spinner} {human_pos} accounts  {per_sec}  {elapsed}");
    loop {
        let accounts = service
            .scan_accounts_for_export(writer.last, BATCH)
            .await
            .map_err(|error| CommandError::Failed(error.into()))?;
        if accounts.is_empty() {
            break;
        }
        writer.write(&accounts).map_err(failed(&writer.part))?;
        written += accounts.len();
        bar.set_position(u64::try_from(written).unwrap_or(u64::MAX));
    }
    bar.finish_and_clear();
    writer.finish(file)?;
    print(&format!("{} exported to {}.\n", counted(written, "account was", "accounts were"), file.display()));
    Ok(())
}

/// Writes the partial file.
struct PartWriter {
    part: PathBuf,
    format: Format,
    with_hashes: bool,
    /// Whether formulas are written without escaping.
    is_raw: bool,
    out: BufWriter<File>,
    /// The last account that was written.
    last: Option<AccountId>,
}

impl PartWriter {
    fn open(file: &Path, format: Format, options: &Export) -> Result<Self, CommandError> {
        let part = beside(file, ".part");
        if options.restart && part.exists() {
            fs::remove_file(&part).map_err(failed(&part))?;
        }
        let mut opened = open_for_owner(&part).map_err(failed(&part))?;
        let (end, last) = whole_records(&opened, format).map_err(failed(&part))?;
        // The bytes after the last complete record were being written when the export was interrupted.
        opened.set_len(end).map_err(failed(&part))?;
        opened.seek(SeekFrom::End(0)).map_err(failed(&part))?;
        let mut writer = Self {
            part,
            format,
            with_hashes: options.with_hashes,
            is_raw: options.raw,
            out: BufWriter::new(opened),
            last,
        };
        if end == 0 && format == Format::Csv {
            writer.out.write_all(format!("{}\n", MEMBERS.join(",")).as_bytes()).map_err(failed(&writer.part))?;
        }
        Ok(writer)
    }

    fn write(&mut self, accounts: &[Account]) -> std::io::Result<()> {
        for account in accounts {
            let record = Record::of(account, self.with_hashes);
            match self.format {
                Format::JsonLines => writeln!(self.out, "{}", record.to_json())?,
                Format::Csv => {
                    let mut line = csv::WriterBuilder::new().from_writer(Vec::new());
                    let texts = record.to_fields().into_iter();
                    line.write_record(texts.map(|text| if self.is_raw { text } else { escape(text) }))?;
                    let line = line.into_inner().map_err(|error| std::io::Error::other(error.to_string()))?;
                    self.out.write_all(&line)?;
                }
            }
            self.last = Some(account.id);
        }
        self.out.flush()
    }

    /// Renames the file, once all of it is on disk.
    fn finish(self, file: &Path) -> Result<(), CommandError> {
        let Self { part, out, .. } = self;
        let written = out.into_inner().map_err(|error| failed(&part)(error.into_error()))?;
        written.sync_all().map_err(failed(&part))?;
        fs::rename(&part, file).map_err(failed(file))
    }
}

/// Returns where the complete records of a file end, and the account of the last one.
fn whole_records(file: &File, format: Format) -> std::io::Result<(u64, Option<AccountId>)> {
    let mut reader = BufReader::new(file);
    match format {
        Format::JsonLines => {
            let (mut end, mut last, mut line) = (0, None, String::new());
            while reader.read_line(&mut line)? > 0 {
                let record = line.ends_with('\n').then(|| Record::from_json(&line)).flatten();
                let Some(id) = record.and_then(|record| record.text("id").given()?.parse().ok()) else { break };
                end += u64::try_from(line.len()).unwrap_or(u64::MAX);
                last = Some(id);
                line.clear();
            }
            Ok((end, last))
        }
        Format::Csv => {
            let mut csv = csv::ReaderBuilder::new().has_headers(false).from_reader(reader);
            let (mut end, mut last) = (0, None);
            let mut record = csv::StringRecord::new();
            while csv.read_record(&mut record).unwrap_or(false) {
                let id = record.get(0).and_then(|id| id.parse().ok());
                let is_header = end == 0;
                if record.len() != MEMBERS.len() || !(is_header || id.is_some()) {
                    break;
                }
                (end, last) = (csv.position().byte(), id.or(last));
            }
            // A last line without a line end may be cut off and still parse, so it is written again.
            Ok(if ends_with_line(file)? { (end, last) } else { (0, None) })
        }
    }
}

fn ends_with_line(mut file: &File) -> std::io::Result<bool> {
    use std::io::Read;

    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    let mut byte = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut byte)?;
    Ok(byte == [b'\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str, format: Format) -> (u64, Option<String>) {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        let (end, last) = whole_records(&file, format).unwrap();
        (end, last.map(|id| id.to_string()))
    }

    const ID: &str = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";

    #[test]
    fn an_interrupted_line_is_written_again() {
        let line = format!("{{\"id\":\"{ID}\"}}\n");
        let length = u64::try_from(line.len()).unwrap();
        assert_eq!(whole("", Format::JsonLines), (0, None));
        assert_eq!(whole(&line, Format::JsonLines), (length, Some(ID.to_owned())));
        assert_eq!(whole(&format!("{line}{{\"id\":\"01"), Format::JsonLines), (length, Some(ID.to_owned())));
        assert_eq!(whole(line.trim_end(), Format::JsonLines), (0, None));
    }

    #[test]
    fn csv_records_can_contain_line_ends() {
        let header = format!("{}\n", MEMBERS.join(","));
        let row = format!("{ID},\"a\nb\"{}\n", ",".repeat(MEMBERS.len() - 2));
        let text = format!("{header}{row}");
        let length = u64::try_from(text.len()).unwrap();
        assert_eq!(whole(&text, Format::Csv), (length, Some(ID.to_owned())));
        assert_eq!(whole(&header, Format::Csv), (u64::try_from(header.len()).unwrap(), None));
    }
}
