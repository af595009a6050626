//! A JSON document with an array of accounts, read one element at a time: an export can be larger than the memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use super::line::{Line, Unreadable};
use super::row::Place;

/// Maximum size of an element in bytes.
const MAX_ELEMENT: usize = 1 << 20;
/// The member with the accounts, if the document is an object: Keycloak's and Firebase's.
const ACCOUNTS: &str = "users";

/// A document that is being read.
pub(super) struct Document {
    reader: BufReader<File>,
    place: Place,
    is_done: bool,
}

impl Document {
    /// Opens a document at the first element of its array, or where an earlier import ended.
    pub(super) fn open(file: File, place: Place) -> io::Result<Self> {
        let mut document = Self { reader: BufReader::new(file), place, is_done: false };
        if place.offset > 0 {
            document.reader.seek(SeekFrom::Start(place.offset))?;
            return Ok(document);
        }
        document.skip_mark()?;
        if document.find_array()? {
            return Ok(document);
        }
        let why = "the file has no array of accounts: neither is it an array, nor an object with an array `users`";
        Err(io::Error::new(io::ErrorKind::InvalidData, why))
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
                Ok(None)
            }
            None => {
                self.is_done = true;
                Ok(Some(Line { number, last: number, content: Err(Unreadable::Truncated) }))
            }
            Some(_) => {
                let mut bytes = Vec::new();
                let is_whole = self.value(Some(&mut bytes))?;
                if bytes.is_empty() {
                    // A bracket that closes nothing.
                    bytes.extend(self.take()?);
                }
                self.is_done = !is_whole;
                let content = if !is_whole {
                    Err(Unreadable::Truncated)
                } else if bytes.len() > MAX_ELEMENT {
                    Err(Unreadable::TooLong)
                } else {
                    let text = std::str::from_utf8(&bytes).map_err(|_| Unreadable::Encoding);
                    text.and_then(|text| serde_json::from_str(text).map_err(|_| Unreadable::Json))
                };
                Ok(Some(Line { number, last: self.place.line + 1, content }))
            }
        }
    }

    /// Goes to the first element of the array; returns whether there is one.
    fn find_array(&mut self) -> io::Result<bool> {
        self.skip_space_and(b' ')?;
        match self.take()? {
            Some(b'[') => return Ok(true),
            Some(b'{') => {}
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
            if !self.value(None)? {
                return Ok(false);
            }
        }
    }

    /// Reads a value up to its end, and keeps its bytes, but not many more than an element can have. Returns whether it
    /// ended.
    fn value(&mut self, mut kept: Option<&mut Vec<u8>>) -> io::Result<bool> {
        let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
        loop {
            let Some(byte) = self.peek()? else { return Ok(false) };
            // A number or a word ends before what follows it.
            if depth == 0 && !in_text && matches!(byte, b',' | b']' | b'}') {
                return Ok(true);
            }
            self.take()?;
            if let Some(kept) = kept.as_mut().filter(|kept| kept.len() <= MAX_ELEMENT) {
                kept.push(byte);
            }
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if in_text => is_escaped = true,
                b'"' => in_text = !in_text,
                b'{' | b'[' if !in_text => depth += 1,
                b'}' | b']' if !in_text => depth -= 1,
                _ => {}
            }
            if depth == 0 && !in_text && matches!(byte, b'"' | b'}' | b']') {
                return Ok(true);
            }
        }
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
        Ok(Some(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn open(text: &str, place: Place) -> io::Result<Document> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        Document::open(file.reopen().unwrap(), place)
    }

    fn all(document: &mut Document) -> Vec<(u64, Result<String, Unreadable>)> {
        let gist = |line: Line| {
            (line.number, line.content.map(|object| object.get("n").map(ToString::to_string).unwrap_or_default()))
        };
        std::iter::from_fn(|| document.next().unwrap()).map(gist).collect()
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is compared with what was read")]
    fn number(n: u32) -> Result<String, Unreadable> {
        Ok(n.to_string())
    }

    #[test]
    fn elements_have_the_numbers_of_their_first_lines() {
        let text = "[\r\n{\"n\":1},\n\n {\"n\": 2,\n \"x\": [\"]}\\\"\"]},3, {\"n\":4}\n]\n trailing";
        let expected = [(2, number(1)), (4, number(2)), (5, Err(Unreadable::Json)), (5, number(4))];
        assert_eq!(all(&mut open(text, Place::default()).unwrap()), expected);
        let wrapped =
            format!("\u{FEFF}{{\"realm\":\"x]\",\"n\":{{\"users\":[{{}}]}},\"t\":true,\n\"users\" : {text}}}");
        let expected = expected.map(|(line, content)| (line + 1, content));
        assert_eq!(all(&mut open(&wrapped, Place::default()).unwrap()), expected);
    }

    #[test]
    fn reading_continues_where_it_ended() {
        let text = "{\"users\":[{\"n\":1},\n{\"n\":2}\n]}";
        let mut document = open(text, Place::default()).unwrap();
        document.next().unwrap().unwrap();
        assert_eq!(all(&mut open(text, document.place()).unwrap()), [(2, number(2))]);
        assert_eq!(all(&mut document), [(2, number(2))]);
        assert_eq!(all(&mut open(text, document.place()).unwrap()), []);
    }

    #[test]
    fn broken_elements_cost_nothing_else_and_a_truncated_file_is_told() {
        let mut document = open("[{\"n\":1},\n{\"n\" 2},\n},{\"n\":3},\n{\"n\":", Place::default()).unwrap();
        let json = Err(Unreadable::Json);
        let expected = [(1, number(1)), (2, json.clone()), (3, json), (3, number(3)), (4, Err(Unreadable::Truncated))];
        assert_eq!(all(&mut document), expected);
        let mut document = open("[{\"n\":1},\n", Place::default()).unwrap();
        assert_eq!(all(&mut document), [(1, number(1)), (2, Err(Unreadable::Truncated))]);
        let long = format!("[{{\"n\":\"{}\"}},\n{{\"n\":2}}]", "x".repeat(2 << 20));
        let expected = [(1, Err(Unreadable::TooLong)), (2, number(2))];
        assert_eq!(all(&mut open(&long, Place::default()).unwrap()), expected);
    }

    #[test]
    fn a_document_without_an_array_is_refused() {
        for text in ["", "{}", "{\"users\":{}}", "{\"user\":[]}", "3", "{\"users\"", "{\"a\":[1"] {
            assert!(open(text, Place::default()).is_err(), "{text}");
        }
    }
}
