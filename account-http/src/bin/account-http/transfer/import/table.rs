//! A table: rows of cells, with a header line or with columns that are known.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use serde_json::Value;

use super::super::formula::unescape;
use super::line::{Content, Line, Unreadable};
use super::row::{Place, Row, Rows};

/// The byte order mark of UTF-8.
const MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];
/// What the separators of cells can be, the most usual first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// How much of a file is looked at for the separator.
const HEAD: u64 = 65_536;

/// A table that is being read.
pub(super) struct Table {
    rows: Rows,
    names: Vec<String>,
    /// How many cells a row can have.
    widths: std::ops::RangeInclusive<usize>,
    /// Whether cells are read without removing apostrophes.
    is_raw: bool,
}

/// The columns of a table without a header line.
pub(super) struct KnownColumns {
    /// Their names.
    pub(super) names: &'static [&'static str],
    /// How many of them a row has at least; it can also have one empty cell more than there are names.
    pub(super) least: usize,
}

impl Table {
    /// Opens a table at the start, or where an earlier import ended.
    pub(super) fn open(mut file: File, known: Option<&KnownColumns>, is_raw: bool, place: Place) -> io::Result<Self> {
        let mut head = Vec::new();
        file.by_ref().take(HEAD).read_to_end(&mut head)?;
        file.seek(SeekFrom::Start(0))?;
        let start = if head.starts_with(&MARK) { Place { offset: 3, line: 0 } } else { Place::default() };
        let separator = if known.is_some() { b',' } else { separator(&head) };
        let mut rows = Rows::new(file, separator, start)?;
        let (names, widths) = if let Some(known) = known {
            (known.names.iter().map(|name| (*name).to_owned()).collect(), known.least..=known.names.len() + 1)
        } else {
            let names = header(&mut rows)?;
            let width = names.len();
            (names, width..=width)
        };
        if place.offset > 0 {
            rows.go_to(place)?;
        }
        Ok(Self { rows, names, widths, is_raw })
    }

    /// The names of its columns, as they are written.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns the place after what was read.
    pub(super) const fn place(&self) -> Place {
        self.rows.place()
    }

    /// Reads a row. What lies between the quotes of a broken row is never read as rows of its own: people can write
    /// lines into a cell that look like other people's accounts.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            let Some(row) = self.rows.next()? else { return Ok(None) };
            if row.is_complete && !row.is_too_long && row.is_blank() {
                continue;
            }
            return Ok(Some(Line { number: row.number, last: row.last, content: self.content(&row) }));
        }
    }

    fn content(&self, row: &Row) -> Content {
        // Where a quote is not closed, the next one, which opens another cell, seems to close it.
        if !row.is_complete || (row.has_stray_quote && row.last > row.number) {
            return Err(Unreadable::Quote);
        }
        if row.is_too_long {
            return Err(Unreadable::TooLong);
        }
        // A missing or extra separator moves all following values to the wrong columns.
        if !self.widths.contains(&row.cells.len()) {
            return Err(Unreadable::Cells { given: row.cells.len(), expected: self.names.len() });
        }
        let texts: Result<Vec<&str>, _> = row.cells.iter().map(|cell| std::str::from_utf8(cell)).collect();
        let texts = texts.map_err(|_| Unreadable::Encoding)?;
        let text = |cell| if self.is_raw { cell } else { unescape(cell) };
        let cells = self.names.iter().zip(texts);
        Ok(cells.map(|(name, cell)| (name.clone(), Value::String(text(cell).to_owned()))).collect())
    }
}

/// Reads the header line.
fn header(rows: &mut Rows) -> io::Result<Vec<String>> {
    let failed = |why| io::Error::new(io::ErrorKind::InvalidData, why);
    let row = rows.next()?.ok_or_else(|| failed("the file is empty"))?;
    if !row.is_complete {
        return Err(failed("the header line has a quote that is not closed"));
    }
    if row.is_too_long {
        return Err(failed("the header line has more than 1 MiB"));
    }
    let names = row.cells.into_iter().map(String::from_utf8);
    let names: Result<Vec<_>, _> = names.collect();
    let names = names.map_err(|_| failed("the header line is not UTF-8"))?;
    Ok(names.into_iter().map(|name| name.trim().to_owned()).collect())
}

/// Returns the separator that the first line has most often outside quotes.
fn separator(head: &[u8]) -> u8 {
    let first = head.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.is_empty()).unwrap_or_default();
    let mut is_quoted = false;
    let mut counts = [0; SEPARATORS.len()];
    for byte in first {
        is_quoted ^= *byte == b'"';
        for (separator, count) in SEPARATORS.iter().zip(&mut counts) {
            *count += usize::from(!is_quoted && byte == separator);
        }
    }
    // The first of several that are equally frequent.
    let most = counts.iter().copied().max().unwrap_or_default();
    SEPARATORS.into_iter().zip(counts).find(|(_, count)| *count == most).map_or(b',', |(separator, _)| separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn open(text: &[u8], place: Place) -> io::Result<Table> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text).unwrap();
        Table::open(file.reopen().unwrap(), None, false, place)
    }

    /// The number of each line, and its cells or what is wrong with it.
    fn all(table: &mut Table) -> Vec<(u64, String)> {
        let said = |content: Content| match content {
            Ok(object) => object.values().map(|cell| cell.as_str().unwrap()).collect::<Vec<_>>().join("|"),
            Err(why) => format!("! {why}"),
        };
        std::iter::from_fn(|| table.next().unwrap()).map(|line| (line.number, said(line.content))).collect()
    }

    fn read(text: &str) -> Vec<(u64, String)> {
        all(&mut open(text.as_bytes(), Place::default()).unwrap())
    }

    fn lines(expected: &[(u64, &str)]) -> Vec<(u64, String)> {
        expected.iter().map(|(number, text)| (*number, (*text).to_owned())).collect()
    }

    #[test]
    fn numbers_are_those_of_the_first_lines_whatever_ends_them() {
        let text = "a,b\n\n1,x\n2,\"y\n\ny\"\n\n\n3,z\n ,\n4,";
        let expected = [(3, "1|x"), (4, "2|y\n\ny"), (9, "3|z"), (11, "4|")];
        assert_eq!(read(text), lines(&expected));
        for end in ["\r\n", "\r"] {
            let expected = expected.map(|(number, text)| (number, text.replace('\n', end)));
            assert_eq!(read(&text.replace('\n', end)), expected, "{end:?}");
        }
    }

    #[test]
    fn the_separator_is_that_of_the_header_and_a_mark_is_skipped() {
        for text in
            ["\u{FEFF}A;b\r\n1;2,3\r\n", "\u{FEFF}\"A;\"\tb\r\n\"1\"\t2,3", "\r\nA,\"b;;;\"\r\n\r\n1,\"2,3\"\r\n"]
        {
            let mut table = open(text.as_bytes(), Place::default()).unwrap();
            assert_eq!(table.names().len(), 2, "{text}");
            assert_eq!(table.names()[0].trim_end_matches(';'), "A", "{text}");
            assert_eq!(all(&mut table)[0].1, "1|2,3", "{text}");
        }
    }

    #[test]
    fn quotes_are_part_of_a_cell_unless_it_starts_with_one() {
        assert_eq!(
            read("a,b\n5\" pipe,\"say \"\"hi\"\"\"\n\"x\"y,z\n"),
            lines(&[(2, "5\" pipe|say \"hi\""), (3, "xy|z")])
        );
    }

    #[test]
    fn a_quote_that_is_not_closed_costs_all_lines_up_to_its_assumed_end() {
        let quote = "! a quote is not closed";
        let read = |text: &str| {
            let mut table = open(text.as_bytes(), Place::default()).unwrap();
            let first = table.next().unwrap().unwrap();
            (first.number, first.last, format!("! {}", first.content.unwrap_err()), all(&mut table))
        };
        let broken = |last| (2, last, quote.to_owned());
        let up_to = |last: u64, text: &str| {
            let (number, found, why, rest) = read(text);
            assert_eq!((number, found, why), broken(last), "{text}");
            rest
        };
        for text in ["a,b\n1,\"x\n2,y\n3,z\n4,w\n", "a,b\r\n1,\"x\r\n2,y\r\n3,z\r\n4,w"] {
            assert_eq!(up_to(5, text), [], "the end of the file");
        }
        let rest = lines(&[(5, "4|w")]);
        assert_eq!(up_to(4, "a,b\r\n1,\"x\r\n2,y\r\n3,\"z\"\r\n4,w\r\n"), rest, "the next quote");
        assert_eq!(up_to(4, "a,b\n1,\"x\n2,y\n\"3\",z\n4,w\n"), rest, "the next quote");
        assert_eq!(up_to(2, "a,b\n1,\"x"), []);
        let long = format!("a,b\n1,\"{}\n2,y\n", "x".repeat(2 << 20));
        assert_eq!(up_to(3, &long), [], "it is reported once");
    }

    #[test]
    fn lines_within_a_quoted_cell_are_never_rows() {
        let inner = "\nvictim,hash\n";
        let long = "x".repeat(3 << 20);
        for cell in [format!("{inner}{long}"), format!("{long}{inner}"), format!("\n{long}{inner}{long}")] {
            let last = 2 + cell.matches('\n').count() as u64;
            let text = format!("a,b\n1,\"{cell}\"\n2,y\n");
            assert_eq!(read(&text), lines(&[(2, "! it has more than 1 MiB"), (last + 1, "2|y")]));
        }
        let cells = format!("a,b\n1,\"x{inner}\",y\n2,y\n");
        assert_eq!(read(&cells), lines(&[(2, "! it has 3 cells, the header has 2"), (5, "2|y")]));
        let stray = format!("a,b\n1,\"x\"y,\"{inner}\"\n2,y\n");
        assert_eq!(read(&stray), lines(&[(2, "! a quote is not closed"), (5, "2|y")]));
    }

    #[test]
    fn rows_with_too_few_or_too_many_cells_and_other_encodings_are_named() {
        let mut table = open(b"a,b\n1\n1,2,3\n\xE4,1\n1,2\n", Place::default()).unwrap();
        let expected = [
            (2, "! it has 1 cell, the header has 2"),
            (3, "! it has 3 cells, the header has 2"),
            (4, "! it is not UTF-8"),
            (5, "1|2"),
        ];
        assert_eq!(all(&mut table), lines(&expected));
    }

    #[test]
    fn reading_continues_where_it_ended() {
        let text = b"a,b\r\n1,\"x\r\nx\"\r\n\r\n2,y\r\n3,z";
        let mut table = open(text, Place::default()).unwrap();
        table.next().unwrap().unwrap();
        let place = table.place();
        assert_eq!((place.line, all(&mut table).len()), (3, 2));
        assert_eq!(all(&mut open(text, place).unwrap()), lines(&[(5, "2|y"), (6, "3|z")]));
    }

    #[test]
    fn without_a_header_there_is_nothing_to_read() {
        for text in [&b""[..], b"\n\r\n", b"\xE4,b\n", b"\"a,b\n"] {
            assert!(open(text, Place::default()).is_err());
        }
    }
}
