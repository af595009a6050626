//! The last check of an email before it is sent: all its lines end in CRLF.
//!
//! Some servers read a bare LF or CR as the end of a line, others do not. Between two such servers, one email becomes
//! two, and the sender controls the second (SMTP smuggling). lettre 0.11.23 lets bare LF through in bodies given as
//! bytes (RUSTSEC-2026-0561). Ours are strings, which it converts; this check holds whatever it does.

/// Maximum length of a line in bytes, without its CRLF (RFC 5322, section 2.1.1): a server may cut longer ones.
pub(crate) const MAX_LINE_BYTES: usize = 998;

/// Why an email may not be sent. Says where, but repeats nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WireError {
    /// An LF without a CR before it.
    #[error("byte {0} of the formatted email is an LF without a CR")]
    BareLf(usize),
    /// A CR without an LF after it.
    #[error("byte {0} of the formatted email is a CR without an LF")]
    BareCr(usize),
    /// NUL.
    #[error("byte {0} of the formatted email is NUL")]
    Nul(usize),
    /// A line longer than 998 bytes.
    #[error("byte {0} of the formatted email begins a line of more than 998 bytes")]
    LongLine(usize),
    /// The last line has no CRLF.
    #[error("the formatted email does not end in CRLF")]
    Unfinished,
}

/// Checks a formatted email.
pub(crate) fn check(mail: &[u8]) -> Result<(), WireError> {
    let mut line = 0;
    let mut previous = 0;
    for (at, byte) in mail.iter().copied().enumerate() {
        match byte {
            0 => return Err(WireError::Nul(at)),
            b'\n' if previous != b'\r' => return Err(WireError::BareLf(at)),
            b'\n' => line = at + 1,
            _ if previous == b'\r' => return Err(WireError::BareCr(at - 1)),
            b'\r' => {}
            _ if at - line >= MAX_LINE_BYTES => return Err(WireError::LongLine(line)),
            _ => {}
        }
        previous = byte;
    }
    if mail.ends_with(b"\r\n") { Ok(()) } else { Err(WireError::Unfinished) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_end_in_crlf_pass() {
        let longest = [&[b'a'; 998][..], b"\r\n", &[b'b'; 998], b"\r\n"].concat();
        let long = [b"a\r\n", &[b'b'; 999][..], b"\r\n"].concat();
        for (mail, verdict) in [
            (&b"a: b\r\n\r\ntext\r\n.\r\n\r\n"[..], Ok(())),
            (b"a\nb\r\n", Err(WireError::BareLf(1))),
            (b"\n", Err(WireError::BareLf(0))),
            (b"a\r\n\n", Err(WireError::BareLf(3))),
            (b"a\n.\r\nMAIL FROM:<>\r\n", Err(WireError::BareLf(1))),
            (b"a\rb\r\n", Err(WireError::BareCr(1))),
            (b"a\r\r\n", Err(WireError::BareCr(1))),
            (b"a\0b\r\n", Err(WireError::Nul(1))),
            (b"a\r", Err(WireError::Unfinished)),
            (b"a", Err(WireError::Unfinished)),
            (b"", Err(WireError::Unfinished)),
            (&longest, Ok(())),
            (&long, Err(WireError::LongLine(3))),
        ] {
            assert_eq!(check(mail), verdict, "{:?}", String::from_utf8_lossy(mail));
        }
    }

    #[test]
    fn what_lettre_leaks_is_caught() {
        use lettre::message::header::ContentTransferEncoding;
        use lettre::message::{Body, Message};

        let bytes = b"one\n.\ntwo".to_vec();
        let body = Body::new_with_encoding(bytes, ContentTransferEncoding::SevenBit).unwrap();
        let message = Message::builder()
            .from("a@x.org".parse().unwrap())
            .to("b@x.org".parse().unwrap())
            .date(std::time::UNIX_EPOCH)
            .body(body)
            .unwrap();
        assert!(matches!(check(&message.formatted()), Err(WireError::BareLf(_))));
    }
}
