//! The encodings that hashes are written in.

use base64ct::{Base64Unpadded, Encoding};

/// Decodes Base64, with or without padding.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let unpadded = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    Base64Unpadded::decode_vec(unpadded).ok()
}

/// Decodes the Base64 of passlib, which has `.` instead of `+` and no padding.
pub(super) fn passlib_base64(text: &str) -> Option<Vec<u8>> {
    base64(&text.replace('.', "+"))
}

/// Decodes hexadecimal digits.
pub(super) fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<_>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let (pairs, rest) = digits.as_deref()?.as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| u8::try_from(high * 16 + low).ok());
    bytes.collect::<Option<_>>().filter(|_| rest.is_empty())
}

/// Number of digits of the greatest cost, 2^32 - 1.
const MAX_DIGITS: usize = 10;

/// Parses a decimal number without sign, of at most ten digits.
pub(super) fn decimal<T: std::str::FromStr>(text: &str) -> Option<T> {
    let is_decimal = (1..=MAX_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_decimal)
}

/// Returns the value of a parameter in a list such as `ln=16,r=8`.
pub(super) fn parameter<'a>(list: &'a str, name: &str) -> Option<&'a str> {
    list.split(',').find_map(|entry| entry.strip_prefix(name)?.strip_prefix('='))
}

/// Splits a text into exactly `N` parts.
pub(super) fn parts<const N: usize>(text: &str, separator: char) -> Option<[&str; N]> {
    text.split(separator).collect::<Vec<_>>().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_complete_encodings_are_decoded() {
        assert_eq!(base64("+/8=").as_deref(), Some(&[0xFB, 0xFF][..]));
        assert_eq!(base64("+/8").as_deref(), Some(&[0xFB, 0xFF][..]));
        assert_eq!(passlib_base64("./8").as_deref(), Some(&[0xFB, 0xFF][..]));
        assert_eq!(hexadecimal("00fF").as_deref(), Some(&[0, 0xFF][..]));
        assert_eq!((base64("+/8==="), base64("+===")), (None, None));
        assert_eq!((decimal::<u64>("0000000012"), decimal::<u64>("00000000012")), (Some(12), None));
        assert_eq!((base64("é"), hexadecimal("0"), hexadecimal("0g")), (None, None, None));
        assert_eq!((decimal::<u32>("12"), decimal::<u32>("+1"), decimal::<u32>("")), (Some(12), None, None));
        assert_eq!((parameter("ln=1,r=2", "r"), parameter("ln=1", "n")), (Some("2"), None));
        assert_eq!((parts::<2>("a$b", '$'), parts::<2>("a$b$c", '$')), (Some(["a", "b"]), None));
    }
}
