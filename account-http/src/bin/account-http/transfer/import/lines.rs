//! The accounts of a file, with the numbers of their lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use super::document::Document;
use super::line::{Line, Unreadable, parse};
use super::row::Place;
use super::table::{KnownColumns, Table};

/// Maximum size of a JSON line in bytes; a longer one is not a record.
const MAX_LINE: u64 = 1 << 20;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileFormat {
    /// Rows of cells with a header line (RFC 4180).
    Table,
    /// One JSON object per line.
    JsonLines,
    /// A JSON document with an array of accounts.
    Document,
}

impl FileFormat {
    /// Returns the format that the file's name indicates; `None` if it indicates none.
    pub(super) fn of(file: &Path) -> Option<Self> {
        let extension = file.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
        match extension.as_deref()? {
            "csv" | "tsv" => Some(Self::Table),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "json" => Some(Self::Document),
            _ => None,
        }
    }
}

/// The accounts of a file, from a given place.
pub(super) enum Lines {
    /// One JSON object per line.
    JsonLines(JsonLines),
    /// Rows of cells.
    Table(Box<Table>),
    /// A JSON document.
    Document(Document),
}

/// A file with one JSON object per line.
pub(super) struct JsonLines {
    reader: BufReader<File>,
    place: Place,
}

impl Lines {
    /// Opens a file at the place where an earlier import ended.
    pub(super) fn open(
        file: &Path,
        format: FileFormat,
        known: Option<&KnownColumns>,
        is_raw: bool,
        place: Place,
    ) -> io::Result<Self> {
        let mut opened = File::open(file)?;
        let mut head = Vec::new();
        opened.by_ref().take(2).read_to_end(&mut head)?;
        if matches!(head.as_slice(), [0xFF, 0xFE] | [0xFE, 0xFF]) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the file is UTF-16; save it as UTF-8"));
        }
        opened.seek(SeekFrom::Start(0))?;
        match format {
            FileFormat::JsonLines => JsonLines::open(opened, place).map(Self::JsonLines),
            FileFormat::Table => Table::open(opened, known, is_raw, place).map(Box::new).map(Self::Table),
            FileFormat::Document => Document::open(opened, place).map(Self::Document),
        }
    }

    /// Returns the place after what was read.
    pub(super) const fn place(&self) -> Place {
        match self {
            Self::JsonLines(lines) => lines.place,
            Self::Table(table) => table.place(),
            Self::Document(document) => document.place(),
        }
    }

    /// Returns up to `size` accounts; none at the end. Skips empty lines.
    pub(super) fn next_batch(&mut self, size: usize) -> io::Result<Vec<Line>> {
        let mut batch = Vec::with_capacity(size);
        while batch.len() < size {
            match self.next()? {
                Some(line) => batch.push(line),
                None => break,
            }
        }
        Ok(batch)
    }

    /// Returns the next account.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        match self {
            Self::JsonLines(lines) => lines.next(),
            Self::Table(table) => table.next(),
            Self::Document(document) => document.next(),
        }
    }
}

impl JsonLines {
    fn open(mut file: File, mut place: Place) -> io::Result<Self> {
        let mut head = Vec::new();
        file.by_ref().take(3).read_to_end(&mut head)?;
        // The byte order mark of UTF-8.
        if place.offset == 0 && head == [0xEF, 0xBB, 0xBF] {
            place.offset = 3;
        }
        file.seek(SeekFrom::Start(place.offset))?;
        Ok(Self { reader: BufReader::new(file), place })
    }

    fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            let mut bytes = Vec::new();
            let mut length = self.reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes)?;
            if length == 0 {
                return Ok(None);
            }
            let is_whole = bytes.ends_with(b"\n") || length < usize::try_from(MAX_LINE).unwrap_or(usize::MAX);
            if !is_whole {
                length += self.reader.skip_until(b'\n')?;
            }
            self.place.offset += u64::try_from(length).unwrap_or(u64::MAX);
            self.place.line += 1;
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let content = if is_whole { parse(&bytes) } else { Err(Unreadable::TooLong) };
            return Ok(Some(Line { number: self.place.line, last: self.place.line, content }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn open(text: &[u8], place: Place) -> Lines {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text).unwrap();
        Lines::open(file.path(), FileFormat::JsonLines, None, false, place).unwrap()
    }

    fn read(lines: &mut Lines) -> Vec<(u64, Result<String, Unreadable>)> {
        let batch = lines.next_batch(10).unwrap().into_iter();
        batch.map(|line| (line.number, line.content.map(|it| it["email"].as_str().unwrap().to_owned()))).collect()
    }

    #[test]
    fn bad_lines_are_numbered_and_good_ones_still_read() {
        let text = b"\xEF\xBB\xBF{\"email\":\"a@x.org\"}\r\n\r\n{\"email\r\n\xFF\n{\"email\":\"b@x.org\"}";
        let [a, b] = ["a@x.org", "b@x.org"].map(|text| Ok(text.to_owned()));
        let rest = [(3, Err(Unreadable::Json)), (4, Err(Unreadable::Encoding)), (5, b)];
        let mut lines = open(text, Place::default());
        let all = read(&mut lines);
        assert_eq!((&all[0], &all[1..]), (&(1, a), &rest[..]));
        assert_eq!(read(&mut open(text, Place { offset: 26, line: 2 })), rest);
    }

    #[test]
    fn an_endless_line_is_skipped() {
        let mut text = vec![b'x'; (1 << 20) + 7];
        text.extend_from_slice(b"\n{\"email\":\"a@x.org\"}\n");
        let all = read(&mut open(&text, Place::default()));
        assert_eq!(all, [(1, Err(Unreadable::TooLong)), (2, Ok("a@x.org".to_owned()))]);
    }

    #[test]
    fn other_encodings_are_refused_at_once() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"\xFF\xFEe\0m\0").unwrap();
        for format in [FileFormat::JsonLines, FileFormat::Table, FileFormat::Document] {
            let refused = Lines::open(file.path(), format, None, false, Place::default()).err().unwrap();
            assert!(refused.to_string().contains("UTF-16"), "{format:?}");
        }
    }
}
