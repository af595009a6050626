//! The lines of a file as records, with their numbers and end positions.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use super::super::file::Format;
use super::super::formula::unescape;
use super::super::record::Record;

/// Maximum size of a JSON line in bytes; a longer one is not a record.
const MAX_LINE: u64 = 1 << 20;

/// One record of a file.
pub(super) struct Line {
    /// The number of its first line, from 1.
    pub(super) number: u64,
    /// Its content; `None` if it cannot be read.
    pub(super) record: Option<Record>,
}

/// The records of a file, from a given position.
pub(super) enum Lines {
    /// One JSON object per line.
    JsonLines {
        /// The file.
        reader: BufReader<File>,
        /// Number of bytes read.
        offset: u64,
        /// Number of lines read.
        line: u64,
    },
    /// Comma-separated values.
    Csv {
        /// The reader; a record can span several lines.
        reader: Box<csv::Reader<File>>,
        /// The names of the columns.
        names: csv::StringRecord,
        /// Whether cells are read without removing apostrophes.
        is_raw: bool,
    },
}

impl Lines {
    /// Opens a file at the position where an earlier import ended.
    pub(super) fn open(file: &Path, format: Format, is_raw: bool, offset: u64, line: u64) -> io::Result<Self> {
        let mut opened = File::open(file)?;
        match format {
            Format::JsonLines => {
                opened.seek(SeekFrom::Start(offset))?;
                Ok(Self::JsonLines { reader: BufReader::new(opened), offset, line })
            }
            Format::Csv => {
                let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(opened);
                let names = reader.headers()?.clone();
                if offset > 0 {
                    let mut position = csv::Position::new();
                    position.set_byte(offset).set_line(line + 1);
                    reader.seek(position)?;
                }
                Ok(Self::Csv { reader: Box::new(reader), names, is_raw })
            }
        }
    }

    /// Returns how many bytes and lines were read.
    pub(super) fn position(&self) -> (u64, u64) {
        match self {
            Self::JsonLines { offset, line, .. } => (*offset, *line),
            Self::Csv { reader, .. } => (reader.position().byte(), reader.position().line().saturating_sub(1)),
        }
    }

    /// Returns up to `size` records; none at the end. Skips empty lines.
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

    fn next(&mut self) -> io::Result<Option<Line>> {
        match self {
            Self::JsonLines { reader, offset, line } => loop {
                let mut bytes = Vec::new();
                let mut length = reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes)?;
                if length == 0 {
                    return Ok(None);
                }
                let is_whole = bytes.ends_with(b"\n") || length < usize::try_from(MAX_LINE).unwrap_or(usize::MAX);
                if !is_whole {
                    length += reader.skip_until(b'\n')?;
                }
                *offset += u64::try_from(length).unwrap_or(u64::MAX);
                *line += 1;
                if bytes.iter().all(u8::is_ascii_whitespace) {
                    continue;
                }
                let text = std::str::from_utf8(&bytes).ok().filter(|_| is_whole);
                return Ok(Some(Line { number: *line, record: text.and_then(Record::from_json) }));
            },
            Self::Csv { reader, names, is_raw } => {
                let mut fields = csv::ByteRecord::new();
                if !reader.read_byte_record(&mut fields)? {
                    return Ok(None);
                }
                let number = fields.position().map_or(0, csv::Position::line);
                let texts: Option<Vec<&str>> = fields.iter().map(|field| std::str::from_utf8(field).ok()).collect();
                // A missing or extra comma moves all following values to the wrong columns.
                let texts = texts.filter(|texts| texts.len() == names.len());
                let text = |cell| if *is_raw { cell } else { unescape(cell) };
                let record = texts.map(|texts| Record::from_fields(names.iter(), texts.into_iter().map(text)));
                Ok(Some(Line { number, record }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(text: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text).unwrap();
        file
    }

    fn read(lines: &mut Lines, count: usize) -> Vec<(u64, Option<String>)> {
        let batch = lines.next_batch(count).unwrap().into_iter();
        batch.map(|line| (line.number, line.record.and_then(|record| record.text("email").given()))).collect()
    }

    #[test]
    fn bad_lines_are_numbered_and_good_ones_still_read() {
        let text = b"{\"email\":\"a@x.org\"}\n\n{\"email\n\xFF\n{\"email\":\"b@x.org\"}";
        let file = file(text);
        let mut lines = Lines::open(file.path(), Format::JsonLines, false, 0, 0).unwrap();
        let [a, b] = ["a@x.org", "b@x.org"].map(|text| Some(text.to_owned()));
        assert_eq!(read(&mut lines, 10), [(1, a), (3, None), (4, None), (5, b.clone())]);
        let mut lines = Lines::open(file.path(), Format::JsonLines, false, 21, 2).unwrap();
        assert_eq!(read(&mut lines, 10), [(3, None), (4, None), (5, b)]);
    }

    #[test]
    fn csv_continues_after_the_last_record() {
        let text = b"email,name\na@x.org,\"A\nB\"\nb@x.org\nc@x.org,C\nd@x.org,D,1\ne@x.org,E\n";
        let file = file(text);
        let mut lines = Lines::open(file.path(), Format::Csv, false, 0, 0).unwrap();
        let [a, c, e] = ["a@x.org", "c@x.org", "e@x.org"].map(|text| Some(text.to_owned()));
        assert_eq!(read(&mut lines, 2), [(2, a), (4, None)]);
        let (offset, line) = lines.position();
        let mut lines = Lines::open(file.path(), Format::Csv, false, offset, line).unwrap();
        assert_eq!(read(&mut lines, 10), [(5, c), (6, None), (7, e)]);
        assert_eq!(read(&mut lines, 10), []);
    }

    #[test]
    fn an_endless_line_is_skipped() {
        let mut text = vec![b'x'; (1 << 20) + 7];
        text.extend_from_slice(b"\n{\"email\":\"a@x.org\"}\n");
        let file = file(&text);
        let mut lines = Lines::open(file.path(), Format::JsonLines, false, 0, 0).unwrap();
        assert_eq!(read(&mut lines, 10), [(1, None), (2, Some("a@x.org".to_owned()))]);
    }
}
