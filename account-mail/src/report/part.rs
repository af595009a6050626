//! Just so much of MIME (RFC 2045, RFC 2046) as reports need. It looks at bytes once, keeps nothing and recurses
//! nowhere, whatever a stranger has nested.

use std::borrow::Cow;

use super::encoding::{base64, quoted_printable};

/// Most header fields of a part that are looked at.
const MAX_FIELDS: usize = 200;
/// Most parts of a body that are looked at.
const MAX_PARTS: usize = 16;

/// A part of an email, or the email itself.
#[derive(Debug, Clone)]
pub(super) struct Part<'a> {
    fields: Vec<(String, String)>,
    body: &'a [u8],
}

/// What a part holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ContentType {
    /// `multipart/report`, in lower case.
    pub(super) essence: String,
    parameters: Vec<(String, String)>,
}

impl<'a> Part<'a> {
    /// Reads the header; the rest is the body.
    pub(super) fn read(bytes: &'a [u8]) -> Self {
        let mut lines = Lines(bytes);
        let fields = fields(&mut lines);
        Self { fields, body: lines.0 }
    }

    /// What follows the header, as it stands there.
    #[cfg(test)]
    pub(super) const fn body(&self) -> &'a [u8] {
        self.body
    }

    /// What follows the header, out of its transfer encoding (RFC 2045, 6). Reports should have none, but gateways put
    /// whatever passes into one. What is not in the encoding that it names is taken as it stands there.
    pub(super) fn decoded(&self) -> Cow<'a, [u8]> {
        let encoding = self.values("content-transfer-encoding").next().unwrap_or_default();
        match encoding.split([' ', '\t', '(', ';']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "base64" => base64(self.body).map_or(Cow::Borrowed(self.body), Cow::Owned),
            "quoted-printable" => Cow::Owned(quoted_printable(self.body)),
            _ => Cow::Borrowed(self.body),
        }
    }

    /// The values of the fields of that name, unfolded.
    pub(super) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let is_named = move |(given, _): &&(String, String)| given.eq_ignore_ascii_case(name);
        self.fields.iter().filter(is_named).map(|(_, value)| value.as_str())
    }

    /// What it holds.
    pub(super) fn content_type(&self) -> ContentType {
        self.values("content-type").next().map(ContentType::read).unwrap_or_default()
    }

    /// The parts of a multipart body. The last one may be cut off; text before the first and after the last is none.
    pub(super) fn parts(&self, boundary: &str) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut lines = Lines(self.body);
        // Where the part begins that is being read.
        let mut start = None::<&[u8]>;
        loop {
            let before = lines.0;
            let delimiter = lines.next().map(|line| delimiter(line, boundary));
            if delimiter == Some(Delimiter::None) {
                continue;
            }
            let length = start.map_or(0, |start| start.len().saturating_sub(before.len()));
            parts.extend(start.and_then(|start| start.get(..length)).map(Part::read));
            if delimiter != Some(Delimiter::Next) || parts.len() == MAX_PARTS {
                return parts;
            }
            start = Some(lines.0);
        }
    }
}

impl ContentType {
    fn read(value: &str) -> Self {
        let mut parts = unquoted_split(value).into_iter();
        let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let parameter = |part: String| {
            let (name, value) = part.split_once('=')?;
            Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        };
        Self { essence, parameters: parts.filter_map(parameter).collect() }
    }

    /// A parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }
}

/// The value between its semicolons, without quotes (RFC 2045, 5.1).
fn unquoted_split(value: &str) -> Vec<String> {
    let (mut parts, mut part, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\\' if is_quoted => part.extend(characters.next()),
            ';' if !is_quoted => parts.push(std::mem::take(&mut part)),
            _ => part.push(c),
        }
    }
    parts.push(part);
    parts
}

/// What a line is to the parts of a body.
#[derive(Debug, PartialEq, Eq)]
enum Delimiter {
    None,
    Next,
    Last,
}

fn delimiter(line: &[u8], boundary: &str) -> Delimiter {
    let rest = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary.as_bytes()));
    match rest.map(<[u8]>::trim_ascii_end) {
        Some(b"") => Delimiter::Next,
        Some(b"--") => Delimiter::Last,
        _ => Delimiter::None,
    }
}

/// The fields up to the first empty line, unfolded. A first line that is none, as mailboxes begin an email with `From
/// `, is passed over, and so are others that are none.
pub(super) fn fields(lines: &mut Lines<'_>) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines.by_ref().take_while(|line| !line.is_empty()) {
        let line = String::from_utf8_lossy(line);
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = field(&line).filter(|_| fields.len() < MAX_FIELDS) {
            fields.push((name.to_owned(), value.to_owned()));
        }
    }
    fields
}

fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end();
    (!name.is_empty() && !name.contains(' ')).then_some((name, value.trim()))
}

/// Lines without their ends, be these CRLF or LF; what is left of the bytes.
pub(super) struct Lines<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.0.is_empty() {
            return None;
        }
        let end = self.0.iter().position(|byte| *byte == b'\n');
        let (line, rest) = match end.and_then(|end| self.0.split_at_checked(end)) {
            Some((line, rest)) => (line, rest.get(1..).unwrap_or_default()),
            None => (self.0, &[][..]),
        };
        self.0 = rest;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_unfolded_and_the_rest_is_the_body() {
        let part = Part::read(b"From x Mon\nSubject: a\n  b\r\n\tc\nX : y\nno field\n\nbody\n");
        assert_eq!(part.values("SUBJECT").collect::<Vec<_>>(), ["a b c"]);
        assert_eq!(part.values("x").collect::<Vec<_>>(), ["y"]);
        assert_eq!(part.body(), b"body\n");
        assert!(Part::read(b"").body().is_empty());
    }

    #[test]
    fn parameters_may_be_quoted() {
        let content = ContentType::read(r#"Multipart/Report; Boundary="a;\"b" ; report-type=Delivery-Status"#);
        assert_eq!(content.essence, "multipart/report");
        assert_eq!(content.parameter("boundary"), Some("a;\"b"));
        assert_eq!(content.parameter("report-type"), Some("Delivery-Status"));
        assert_eq!(content.parameter("charset"), None);
        assert_eq!(ContentType::read(""), ContentType { essence: String::new(), parameters: Vec::new() });
    }

    #[test]
    fn parts_are_between_their_delimiters() {
        let bodies = |body: &str| {
            let mail = format!("\n{body}");
            let parts = Part::read(mail.as_bytes()).parts("b");
            parts.iter().map(|part| String::from_utf8_lossy(part.body()).into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(bodies("before\n--b\n\none\n--b \r\n\ntwo\n--b--\n--b\n\nafter"), ["one\n", "two\n"]);
        assert_eq!(bodies("--b\n\none\n--bb\n--b\n\ncut"), ["one\n--bb\n", "cut"]);
        assert_eq!(bodies("none"), [""; 0]);
        assert_eq!(bodies(&"--b\n\n".repeat(1_000)).len(), MAX_PARTS);
    }
}
