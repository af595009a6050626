//! A JSON document with an array of accounts, read one element at a time: an export can be larger than the memory.

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use super::line::{Line, Unreadable, parse};
use super::row::Place;

/// Maximum size of an element in bytes.
const MAX_ELEMENT: usize = 1 << 20;
/// How many bytes are read in search of the end of an element: one whose bracket is missing has no end.
const MAX_SEARCH: u64 = 4 << 20;
/// The member with the accounts, if the document is an object: Keycloak's and Firebase's.
const ACCOUNTS: &str = "users";

/// A document that is being read.
pub(super) struct Document {
    reader: BufReader<File>,
    place: Place,
    is_done: bool,
    /// The beginning of the line that is being read.
    beginning: Beginning,
    /// Whether the array is a member of an object.
    is_wrapped: bool,
}

/// A place to come back to.
#[derive(Debug, Clone, Copy)]
struct Mark {
    place: Place,
    beginning: Beginning,
}

/// The beginning of a line up to a place in it, which tells the level of an element: exporters indent all elements of an
/// array alike.
#[derive(Debug, Clone, Copy, Default)]
struct Beginning {
    /// Number of bytes of space.
    indent: usize,
    /// Number of bytes before the place.
    column: usize,
    /// The first byte that is no space.
    first: Option<u8>,
}

/// What comes after a broken element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Element,
    EndOfArray,
    /// Nothing that is known as an element.
    Nothing,
}

/// How a value ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// At its end.
    Whole,
    /// At a line end in a text, which no text can have: a quote is missing before it.
    InText,
    /// At a bracket that does not match the last one that is open: one is missing, or too many.
    Unmatched,
    /// Nowhere near.
    Endless,
    /// With the file.
    OfFile,
}

impl Document {
    /// Opens a document at the first element of its array, or where an earlier import ended.
    pub(super) fn open(file: File, place: Place) -> io::Result<Self> {
        let mut document = Self {
            reader: BufReader::new(file),
            place: Place::default(),
            is_done: false,
            beginning: Beginning::default(),
            is_wrapped: false,
        };
        document.skip_mark()?;
        if !document.find_array()? {
            let why = "the file has no array of accounts: neither is it an array, nor an object with an array `users`";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        if place.offset > 0 {
            document.go_to(Mark { place, beginning: Beginning::default() })?;
        }
        Ok(document)
    }

    /// Returns the place after what was read.
    pub(super) const fn place(&self) -> Place {
        self.place
    }

    /// Reads an element.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        if self.is_done {
            return Ok(None);
        }
        self.skip_space_and(b',')?;
        let number = self.place.line + 1;
        match self.peek()? {
            Some(b']') => {
                self.is_done = true;
                self.look_beyond()
            }
            None => {
                self.is_done = true;
                Ok(Some(Line { number, last: number, content: Err(Unreadable::Truncated) }))
            }
            Some(_) => self.element(number).map(Some),
        }
    }

    fn element(&mut self, number: u64) -> io::Result<Line> {
        let start = self.mark();
        let mut bytes = Vec::new();
        let end = self.value(Some(&mut bytes))?;
        if bytes.is_empty() {
            // A bracket that closes nothing.
            bytes.extend(self.take()?);
        }
        let content = match end {
            End::OfFile => Err(Unreadable::Truncated),
            End::InText => Err(Unreadable::Text),
            End::Unmatched => Err(Unreadable::Bracket),
            End::Endless => Err(Unreadable::TooLong),
            End::Whole if bytes.len() > MAX_ELEMENT => Err(Unreadable::TooLong),
            End::Whole => parse(&bytes),
        };
        let last = self.place.line + 1;
        match content {
            // What is read as one element may be several, if a bracket is missing in one of them and too many in another.
            Err(why) if end != End::Whole || last > number => self.recover(number, start, end, why),
            content => Ok(Line { number, last, content }),
        }
    }

    /// Goes to the next element after a broken one: the first line after its start, or after the line end in a text, that
    /// looks like one. If there is none, to where the broken one seems to end.
    fn recover(&mut self, number: u64, start: Mark, end: End, why: Unreadable) -> io::Result<Line> {
        let seeming_end = self.mark();
        let until = match end {
            End::Whole | End::Unmatched => Some(seeming_end.place.offset),
            End::InText | End::Endless | End::OfFile => None,
        };
        if end != End::InText {
            self.go_to(start)?;
        }
        let next = self.find_next(start.beginning, until)?;
        // Only these two end nowhere else than where the array can end.
        let is_end_of_array = next == Next::EndOfArray
            && (end == End::InText || end == End::Unmatched && self.place.offset + 1 == seeming_end.place.offset);
        let content = match end {
            _ if next == Next::Element => Err(if end == End::OfFile { Unreadable::Bracket } else { why }),
            _ if is_end_of_array => {
                // A bracket too many looks alike: what follows it is looked at.
                self.is_done = self.peek()? != Some(b']');
                Err(why)
            }
            End::Whole | End::Unmatched => {
                self.go_to(seeming_end)?;
                return Ok(Line { number, last: self.place.line + 1, content: Err(why) });
            }
            End::InText | End::Endless | End::OfFile => {
                self.is_done = true;
                while self.take()?.is_some() {}
                Err(Unreadable::Truncated)
            }
        };
        // The next element is in a line of its own.
        let last = self.place.line + u64::from(self.is_done && self.beginning.column > 0);
        Ok(Line { number, last, content })
    }

    /// Looks at what follows the array. If it is no end of the document, a bracket is too many, and it may be accounts.
    fn look_beyond(&mut self) -> io::Result<Option<Line>> {
        let end = self.mark();
        self.take()?;
        self.skip_space_and(b' ')?;
        let is_end = match self.peek()? {
            None => true,
            Some(b',') if self.is_wrapped => {
                self.skip_space_and(b',')?;
                self.peek()?.is_none_or(|byte| byte == b'"')
            }
            Some(byte) => self.is_wrapped && byte == b'}',
        };
        if is_end {
            // An import that is continued here has to find the end again.
            self.go_to(end)?;
            return Ok(None);
        }
        let number = self.place.line + 1;
        while self.take()?.is_some() {}
        let last = self.place.line + u64::from(self.beginning.column > 0);
        Ok(Some(Line { number, last, content: Err(Unreadable::Beyond) }))
    }

    /// Goes to the first element of the array; returns whether there is one.
    fn find_array(&mut self) -> io::Result<bool> {
        self.skip_space_and(b' ')?;
        match self.take()? {
            Some(b'[') => return Ok(true),
            Some(b'{') => self.is_wrapped = true,
            _ => return Ok(false),
        }
        loop {
            self.skip_space_and(b',')?;
            if self.peek()? != Some(b'"') {
                return Ok(false);
            }
            let mut name = Vec::new();
            self.value(Some(&mut name))?;
            self.skip_space_and(b':')?;
            let is_accounts = serde_json::from_slice::<String>(&name).is_ok_and(|name| name == ACCOUNTS);
            if is_accounts && self.peek()? == Some(b'[') {
                self.take()?;
                return Ok(true);
            }
            if self.value(None)? != End::Whole {
                return Ok(false);
            }
        }
    }

    /// Reads a value up to its end, and keeps its bytes, but not many more than an element can have. A line end
    /// in a text is never legal (RFC 8259, section 7).
    fn value(&mut self, mut kept: Option<&mut Vec<u8>>) -> io::Result<End> {
        // The brackets that close those that are open.
        let mut open: Vec<u8> = Vec::new();
        let (mut in_text, mut is_escaped, start) = (false, false, self.place.offset);
        loop {
            let Some(byte) = self.peek()? else { return Ok(End::OfFile) };
            if kept.is_some() && self.place.offset - start > MAX_SEARCH {
                return Ok(End::Endless);
            }
            if in_text && matches!(byte, b'\n' | b'\r') {
                return Ok(End::InText);
            }
            // A number or a word ends before what follows it.
            if open.is_empty() && !in_text && matches!(byte, b',' | b']' | b'}') {
                return Ok(End::Whole);
            }
            self.take()?;
            if let Some(kept) = kept.as_mut().filter(|kept| kept.len() <= MAX_ELEMENT) {
                kept.push(byte);
            }
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if in_text => is_escaped = true,
                b'"' => in_text = !in_text,
                b'{' if !in_text => open.push(b'}'),
                b'[' if !in_text => open.push(b']'),
                b'}' | b']' if !in_text && open.pop() != Some(byte) => return Ok(End::Unmatched),
                _ => {}
            }
            if open.is_empty() && !in_text && matches!(byte, b'"' | b'}' | b']') {
                return Ok(End::Whole);
            }
        }
    }

    /// Goes to the next line that starts an element at the level of the one that started at `start`, but not beyond a
    /// place. Between them, nobody knows what is a text and what is not.
    fn find_next(&mut self, start: Beginning, until: Option<u64>) -> io::Result<Next> {
        loop {
            while self.peek()?.is_some_and(|byte| byte != b'\n') {
                self.take()?;
            }
            if self.take()?.is_none() || until.is_some_and(|until| self.place.offset >= until) {
                return Ok(Next::Nothing);
            }
            self.skip_space_in_line()?;
            let indent = self.beginning.column;
            // As in `  }, {`, where the element has the level of its line.
            let closes = self.peek()? == Some(b'}');
            for separator in [b'}', b','] {
                if self.peek()? == Some(separator) {
                    self.take()?;
                    self.skip_space_in_line()?;
                }
            }
            let is_level = indent == start.indent || (!closes && indent == start.column);
            match self.peek()? {
                _ if until.is_some_and(|until| self.place.offset >= until) => return Ok(Next::Nothing),
                Some(b'{') if is_level => return Ok(Next::Element),
                Some(b']') if indent <= start.column && !closes || indent <= start.indent => {
                    return Ok(Next::EndOfArray);
                }
                // As in `"clients" : [ {`: a member of what the array is in, not of an element.
                Some(b'"') if indent <= start.indent && matches!(start.first, Some(b'"' | b'}')) => {
                    return Ok(if indent > 0 { Next::EndOfArray } else { Next::Nothing });
                }
                _ => {}
            }
        }
    }

    const fn mark(&self) -> Mark {
        Mark { place: self.place, beginning: self.beginning }
    }

    fn go_to(&mut self, mark: Mark) -> io::Result<()> {
        self.reader.seek(SeekFrom::Start(mark.place.offset))?;
        Mark { place: self.place, beginning: self.beginning } = mark;
        Ok(())
    }

    fn skip_space_in_line(&mut self) -> io::Result<()> {
        while self.peek()?.is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\r')) {
            self.take()?;
        }
        Ok(())
    }

    fn skip_mark(&mut self) -> io::Result<()> {
        if self.reader.fill_buf()?.starts_with(&[0xEF, 0xBB, 0xBF]) {
            self.reader.by_ref().take(3).read_to_end(&mut Vec::new())?;
            self.place.offset = 3;
        }
        Ok(())
    }

    fn skip_space_and(&mut self, also: u8) -> io::Result<()> {
        while self.peek()?.is_some_and(|byte| byte.is_ascii_whitespace() || byte == also) {
            self.take()?;
        }
        Ok(())
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.reader.fill_buf()?.first().copied())
    }

    fn take(&mut self) -> io::Result<Option<u8>> {
        let Some(byte) = self.peek()? else { return Ok(None) };
        self.reader.consume(1);
        self.place.offset += 1;
        self.place.line += u64::from(byte == b'\n');
        if byte == b'\n' {
            self.beginning = Beginning::default();
        } else {
            let Beginning { indent, column, first } = &mut self.beginning;
            *column += 1;
            if first.is_none() && matches!(byte, b' ' | b'\t' | b'\r') {
                *indent += 1;
            } else {
                first.get_or_insert(byte);
            }
        }
        Ok(Some(byte))
    }
}
