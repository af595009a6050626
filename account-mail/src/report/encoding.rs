//! What parts of an email are packed into on their way (RFC 2045, 6.7 and 6.8).

use base64ct::{Base64Unpadded, Encoding};

/// The bytes of a text in base64. What is not of its alphabet is passed over, as the standard asks; `None` when the
/// rest is none.
pub(super) fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let is_of_alphabet = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let text = text.split(|byte| *byte == b'=').next()?;
    let text: String = text.iter().copied().filter(|byte| is_of_alphabet(byte)).map(char::from).collect();
    Base64Unpadded::decode_vec(&text).ok()
}

/// The bytes of a text in quoted-printable. What cannot be read stays as it stands there.
pub(super) fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let content = line.trim_ascii_end();
        let Some(soft) = content.strip_suffix(b"=") else {
            push_unquoted(content, &mut bytes);
            bytes.extend(line.strip_prefix(content).unwrap_or_default());
            continue;
        };
        push_unquoted(soft, &mut bytes);
    }
    bytes
}

fn push_unquoted(mut text: &[u8], bytes: &mut Vec<u8>) {
    while let Some((byte, rest)) = text.split_first() {
        let code = rest.first_chunk::<2>().filter(|_| *byte == b'=').and_then(|code| hexadecimal(*code));
        bytes.push(code.unwrap_or(*byte));
        text = rest.get(code.map_or(0, |_| 2)..).unwrap_or_default();
    }
}

fn hexadecimal(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? * 16 + low?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_over_lines_and_up_to_its_padding() {
        for (text, bytes) in [
            ("", Some("")),
            ("QQ==", Some("A")),
            ("QUI=", Some("AB")),
            ("QUJD\r\nREVG\r\n", Some("ABCDEF")),
            (" Q!U\tJ D", Some("ABC")),
            ("QUI=\nnoise", Some("AB")),
            ("Q", None),
        ] {
            let decoded = base64(text.as_bytes());
            assert_eq!(decoded.as_deref(), bytes.map(str::as_bytes), "{text:?}");
        }
    }

    #[test]
    fn quoted_printable_is_decoded_and_anything_else_kept() {
        for (text, bytes) in [
            ("", ""),
            ("a=3Db\n", "a=b\n"),
            ("a=3db\r\nc", "a=b\r\nc"),
            ("soft=\r\nly", "softly"),
            ("soft= \nly", "softly"),
            ("at the end=", "at the end"),
            ("a=3", "a=3"),
            ("a=zzb =\u{E9}9", "a=zzb =\u{E9}9"),
            ("=3D3D", "=3D"),
        ] {
            assert_eq!(quoted_printable(text.as_bytes()), bytes.as_bytes(), "{text:?}");
        }
    }
}
