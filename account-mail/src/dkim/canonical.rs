//! The canonical form `relaxed` of headers and body (RFC 6376, section 3.4), which tolerates small changes by servers.

/// A header field as in the email: its lines, without the last line end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'a> {
    bytes: &'a [u8],
}

impl<'a> Field<'a> {
    pub(super) const fn of(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Name and value; the colon belongs to neither.
    fn parts(self) -> (&'a [u8], &'a [u8]) {
        let colon = self.bytes.iter().position(|byte| *byte == b':');
        colon.and_then(|at| Some((self.bytes.get(..at)?, self.bytes.get(at + 1..)?))).unwrap_or((self.bytes, &[]))
    }

    /// Whether it is a header of that name.
    pub(super) fn has_name(self, name: &str) -> bool {
        self.parts().0.trim_ascii_end().eq_ignore_ascii_case(name.as_bytes())
    }

    /// `name:value` without a line end: the name in lower case, the value unfolded, blanks as one, none around it.
    pub(super) fn canonical(self) -> Vec<u8> {
        let (name, value) = self.parts();
        let mut canonical = name.trim_ascii_end().to_ascii_lowercase();
        canonical.push(b':');
        let words = value.split(|byte| is_blank(*byte) || matches!(byte, b'\r' | b'\n'));
        for (number, word) in words.filter(|word| !word.is_empty()).enumerate() {
            if number > 0 {
                canonical.push(b' ');
            }
            canonical.extend_from_slice(word);
        }
        canonical
    }
}

/// The fields of a header, in their order. Every line ends in CRLF.
pub(super) fn fields(header: &[u8]) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let mut start = 0;
    let ends = header.windows(2).enumerate().filter(|(_, bytes)| *bytes == b"\r\n");
    for (end, _) in ends {
        // A line that begins with a blank continues the field before it.
        if !header.get(end + 2).copied().is_some_and(is_blank) {
            fields.extend(header.get(start..end).map(Field::of));
            start = end + 2;
        }
    }
    fields
}

/// The body: blanks as one, none at the end of a line, no empty lines at its end. Every line ends in CRLF.
pub(super) fn body(body: &[u8]) -> Vec<u8> {
    let mut canonical = Vec::with_capacity(body.len());
    let mut content_end = 0;
    for line in body.split(|byte| *byte == b'\n') {
        let mut is_after_blank = false;
        let line_start = canonical.len();
        for byte in line.strip_suffix(b"\r").unwrap_or(line) {
            if is_blank(*byte) {
                is_after_blank = true;
                continue;
            }
            if std::mem::take(&mut is_after_blank) {
                canonical.push(b' ');
            }
            canonical.push(*byte);
        }
        let has_content = canonical.len() > line_start;
        canonical.extend(b"\r\n");
        if has_content {
            content_end = canonical.len();
        }
    }
    canonical.truncate(content_end);
    canonical
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Vec<String> {
        fields(text.as_bytes()).iter().map(|field| String::from_utf8(field.canonical()).unwrap()).collect()
    }

    #[test]
    fn headers_match_the_standards_example() {
        // RFC 6376, 3.4.5.
        assert_eq!(header("A: X\r\nB : Y\t\r\n\tZ  \r\n"), ["a:X", "b:Y Z"]);
        assert_eq!(
            header("Subject:\r\n folded\r\n\t twice\r\nTo: a@x.org\r\n"),
            ["subject:folded twice", "to:a@x.org"]
        );
        assert_eq!(header("Empty:\r\nSubject: =?utf-8?b?w7w=?=\r\n"), ["empty:", "subject:=?utf-8?b?w7w=?="]);
    }

    #[test]
    fn bodies_match_the_standards_example() {
        for (text, canonical) in [
            (" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n"),
            ("", ""),
            ("\r\n\r\n", ""),
            (" \t\r\n", ""),
            ("a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n"),
            ("a", "a\r\n"),
        ] {
            assert_eq!(String::from_utf8(body(text.as_bytes())).unwrap(), canonical, "{text:?}");
        }
    }

    #[test]
    fn names_match_in_any_case() {
        let field = Field::of(b"From : a@x.org");
        assert!(field.has_name("from") && field.has_name("FROM") && !field.has_name("fro"));
    }
}
