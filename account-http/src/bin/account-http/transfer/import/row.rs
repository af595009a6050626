//! One row of a table, whatever separates its cells.
//!
//! Written for what spreadsheets and databases export (RFC 4180, and what departs from it): any line end, empty lines,
//! line ends within quotes. Every byte is counted, so that a row is named with the true number of its first line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};

/// Maximum size of a row in bytes. A longer one is read to its end, but not kept: within its quotes can be lines that
/// look like rows, which people wrote who did not make the file.
const MAX_ROW: u64 = 1 << 20;

/// The place of a byte in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// Number of bytes before it.
    pub(super) offset: u64,
    /// Number of line ends before it.
    pub(super) line: u64,
}

/// A row as it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The number of its first line, from 1.
    pub(super) number: u64,
    /// The number of its last line.
    pub(super) last: u64,
    /// Its cells; not all of them if it is too long.
    pub(super) cells: Vec<Vec<u8>>,
    /// Whether it ended, at a line end or the end of the file, with all quotes closed.
    pub(super) is_complete: bool,
    /// Whether it has more bytes than a row can have.
    pub(super) is_too_long: bool,
    /// Whether a closing quote was followed by something else than the end of the cell.
    pub(super) has_stray_quote: bool,
}

impl Row {
    /// Returns whether nothing is in it.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().flatten().all(u8::is_ascii_whitespace)
    }
}

/// Reads rows from a place on.
pub(super) struct Rows {
    reader: BufReader<File>,
    separator: u8,
    place: Place,
    /// Whether the last byte was a carriage return: a line feed after it ends no second line.
    after_return: bool,
}

/// The part of a cell that is being read.
enum Within {
    Start,
    Plain,
    Quotes,
    /// After a quote within quotes: their end, or the first of two.
    Quote,
}

impl Rows {
    /// Reads from a place on.
    pub(super) fn new(file: File, separator: u8, place: Place) -> io::Result<Self> {
        let mut rows = Self { reader: BufReader::new(file), separator, place, after_return: false };
        rows.go_to(place)?;
        Ok(rows)
    }

    /// Returns the place after what was read.
    pub(super) const fn place(&self) -> Place {
        self.place
    }

    /// Continues at another place, the start of a line.
    pub(super) fn go_to(&mut self, place: Place) -> io::Result<()> {
        self.reader.seek(SeekFrom::Start(place.offset))?;
        self.place = place;
        self.after_return = false;
        Ok(())
    }

    /// Reads a row; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Row>> {
        while matches!(self.peek()?, Some(b'\n' | b'\r')) {
            self.take()?;
        }
        if self.peek()?.is_none() {
            return Ok(None);
        }
        let start = self.place;
        let mut row = Row {
            number: start.line + 1,
            last: start.line + 1,
            cells: Vec::new(),
            is_complete: true,
            is_too_long: false,
            has_stray_quote: false,
        };
        let mut cell = Vec::new();
        let mut within = Within::Start;
        while let Some(byte) = self.take()? {
            row.is_too_long = self.place.offset - start.offset > MAX_ROW;
            let is_end = matches!(byte, b'\n' | b'\r');
            // A line end is the last byte of its line.
            row.last = self.place.line + u64::from(!is_end);
            within = match (within, byte) {
                (Within::Start, b'"') => Within::Quotes,
                (Within::Quotes, b'"') => Within::Quote,
                (Within::Quotes, _) | (Within::Quote, b'"') => {
                    cell.push(byte);
                    Within::Quotes
                }
                (_, _) if is_end => {
                    if byte == b'\r' && self.peek()? == Some(b'\n') {
                        self.take()?;
                    }
                    row.cells.push(cell);
                    return Ok(Some(row));
                }
                (_, _) if byte == self.separator => {
                    row.cells.push(std::mem::take(&mut cell));
                    Within::Start
                }
                (before, _) => {
                    row.has_stray_quote |= matches!(before, Within::Quote);
                    cell.push(byte);
                    Within::Plain
                }
            };
            if row.is_too_long {
                cell.clear();
                row.cells.clear();
            }
        }
        row.is_complete = !matches!(within, Within::Quotes);
        row.cells.push(cell);
        Ok(Some(row))
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.reader.fill_buf()?.first().copied())
    }

    fn take(&mut self) -> io::Result<Option<u8>> {
        let Some(byte) = self.peek()? else { return Ok(None) };
        self.reader.consume(1);
        self.place.offset += 1;
        let ends_line = byte == b'\r' || (byte == b'\n' && !self.after_return);
        self.place.line += u64::from(ends_line);
        self.after_return = byte == b'\r';
        Ok(Some(byte))
    }
}
