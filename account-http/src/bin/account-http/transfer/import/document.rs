//! A JSON document with an array of accounts, read one element at a time: an export can be larger than the memory.
//!
//! Within an account can be objects that look like one, which people wrote who did not make the file. So what stands
//! before the place where an element breaks the rules of JSON is always its own, and after it only what has the level of the
//! elements is another account.

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use super::line::{Line, Unreadable, parse};
use super::row::Place;

/// Maximum size of an element in bytes.
const MAX_ELEMENT: usize = 1 << 20;
/// How many bytes of a document are read in vain in search of elements after broken ones.
const MAX_SEARCH: u64 = 16 << 20;
/// How many bytes are read at a time in search of the beginning of a line.
const CHUNK: usize = 8 * 1024;
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
    /// The offset of its first byte, after a byte order mark.
    first: u64,
    /// How many more bytes may be read in vain.
    search: u64,
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
    /// Before a brace in place of a member's name: one is missing before it, or too many.
    Misplaced,
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
            first: 0,
            search: MAX_SEARCH,
        };
        document.skip_mark()?;
        document.first = document.place.offset;
        if !document.find_array()? {
            let why = "the file has no array of accounts: neither is it an array, nor an object with an array `users`";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        if place.offset > 0 {
            let beginning = document.beginning_of_line_at(place.offset)?;
            document.go_to(Mark { place, beginning })?;
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
        let end = self.value(Some(&mut bytes), true)?;
        if bytes.is_empty() {
            // A bracket that closes nothing.
            bytes.extend(self.take()?);
        }
        let content = match end {
            End::OfFile => Err(Unreadable::Truncated),
            End::InText => Err(Unreadable::Text),
            End::Unmatched | End::Misplaced => Err(Unreadable::Bracket),
            End::Whole if bytes.len() > MAX_ELEMENT => Err(Unreadable::TooLong),
            End::Whole => parse(&bytes),
        };
        match content {
            Err(why) if end != End::Whole => self.recover(number, start, end, why),
            content => Ok(Line { number, last: self.place.line + 1, content }),
        }
    }

    /// Goes to the next element after a broken one: the first line after the place where it breaks the rules that looks like
    /// one. If there is none, to where the broken one seems to end.
    fn recover(&mut self, number: u64, start: Mark, end: End, why: Unreadable) -> io::Result<Line> {
        let broken = self.mark();
        let from = broken.place.offset - u64::from(end == End::Unmatched);
        let until = match end {
            End::Unmatched => broken.place.offset,
            End::Misplaced => broken.place.offset.saturating_add(self.search),
            End::InText | End::OfFile | End::Whole => u64::MAX,
        };
        self.go_to(start)?;
        let next = self.find_next(start.beginning, from, until)?;
        let content = match (next, end) {
            (Next::Element, _) => Err(why),
            // Only these two can break where the array ends.
            (Next::EndOfArray, End::InText | End::Unmatched) => {
                // A bracket too many looks alike: what follows it is looked at.
                self.is_done = self.peek()? != Some(b']');
                Err(why)
            }
            (_, End::Unmatched | End::Whole) => {
                self.go_to(broken)?;
                return Ok(Line { number, last: self.place.line + 1, content: Err(why) });
            }
            (_, End::Misplaced) => {
                self.search = self.search.saturating_sub(self.place.offset.saturating_sub(from));
                self.go_to(start)?;
                if matches!(self.value(None, false)?, End::Whole | End::Unmatched) {
                    return Ok(Line { number, last: self.place.line + 1, content: Err(why) });
                }
                self.skip_rest()?
            }
            (_, End::InText | End::OfFile) => self.skip_rest()?,
        };
        // The next element is in a line of its own.
        let last = self.place.line + u64::from(self.is_done && self.beginning.column > 0);
        Ok(Line { number, last, content })
    }

    /// Gives up: nobody knows what the rest of the file is.
    fn skip_rest<T>(&mut self) -> io::Result<Result<T, Unreadable>> {
        self.is_done = true;
        while self.take()?.is_some() {}
        Ok(Err(Unreadable::Truncated))
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
            self.value(Some(&mut name), false)?;
            self.skip_space_and(b':')?;
            let is_accounts = serde_json::from_slice::<String>(&name).is_ok_and(|name| name == ACCOUNTS);
            if is_accounts && self.peek()? == Some(b'[') {
                self.take()?;
                return Ok(true);
            }
            if self.value(None, false)? != End::Whole {
                return Ok(false);
            }
        }
    }

    /// Reads a value up to its end, and keeps its bytes, but not many more than an element can have. A line end
    /// in a text is never legal (RFC 8259, section 7). If `is_strict`, stops before a brace in place of a member's name.
    fn value(&mut self, mut kept: Option<&mut Vec<u8>>, is_strict: bool) -> io::Result<End> {
        // The brackets that close those that are open.
        let mut open: Vec<u8> = Vec::new();
        let (mut in_text, mut is_escaped, mut before_name) = (false, false, false);
        loop {
            let Some(byte) = self.peek()? else { return Ok(End::OfFile) };
            if in_text && matches!(byte, b'\n' | b'\r') {
                return Ok(End::InText);
            }
            // A number or a word ends before what follows it.
            if open.is_empty() && !in_text && matches!(byte, b',' | b']' | b'}') {
                return Ok(End::Whole);
            }
            if is_strict && before_name && byte == b'{' {
                return Ok(End::Misplaced);
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
            let is_space = !in_text && byte.is_ascii_whitespace();
            before_name =
                !in_text && open.last() == Some(&b'}') && matches!(byte, b'{' | b',') || before_name && is_space;
        }
    }

    /// Goes to the next line that starts an element at the level of the one that started at `start`, from one place on and
    /// not beyond another. Between them, nobody knows what is a text and what is not.
    fn find_next(&mut self, start: Beginning, from: u64, until: u64) -> io::Result<Next> {
        // As in `[{`, where the lines of the other elements may be indented by one, unless members are.
        let mut has_column = start.first == Some(b'[');
        loop {
            while self.peek()?.is_some_and(|byte| byte != b'\n') {
                self.take()?;
            }
            if self.take()?.is_none() || self.place.offset >= until {
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
            let is_after = self.place.offset >= from;
            let in_column = has_column && !closes;
            // Where a member of what the array is in begins, if not of an element.
            let is_of_other = (1..=start.indent).contains(&indent) && matches!(start.first, Some(b'"' | b'}'));
            match self.peek()? {
                _ if self.place.offset >= until => return Ok(Next::Nothing),
                Some(b'{') if is_after && (indent == start.indent || in_column && indent == start.column) => {
                    return Ok(Next::Element);
                }
                Some(b']') if is_after && (indent <= start.indent || in_column && indent <= start.column) => {
                    return Ok(Next::EndOfArray);
                }
                // As in `"clients" : [ {`.
                Some(b'"') if is_of_other && is_after => return Ok(Next::EndOfArray),
                // Lines do not tell the level: those of members begin where those of elements do.
                Some(b'"') if indent <= start.indent && !is_of_other => return Ok(Next::Nothing),
                Some(b'"') if indent == start.column => has_column = false,
                _ => {}
            }
        }
    }

    /// Returns the beginning of the line that has a place.
    fn beginning_of_line_at(&mut self, offset: u64) -> io::Result<Beginning> {
        // The first line begins after the mark.
        let (first, mut start, mut end) = (self.first, self.first, offset);
        let mut chunk = vec![0; CHUNK];
        while end > first {
            let begin = end.saturating_sub(CHUNK as u64).max(first);
            self.reader.seek(SeekFrom::Start(begin))?;
            let chunk = chunk.get_mut(..usize::try_from(end - begin).unwrap_or(CHUNK)).unwrap_or_default();
            self.reader.read_exact(chunk)?;
            if let Some(line_end) = chunk.iter().rposition(|byte| *byte == b'\n') {
                start = begin + line_end as u64 + 1;
                break;
            }
            end = begin;
        }
        self.go_to(Mark { place: Place { offset: start, line: 0 }, beginning: Beginning::default() })?;
        while self.place.offset < offset && self.beginning.first.is_none() && self.take()?.is_some() {}
        Ok(Beginning { column: usize::try_from(offset - start).unwrap_or(usize::MAX), ..self.beginning })
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
