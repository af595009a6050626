//! Percent-encoding and form encoding (URL Standard). Errors are not repaired.

/// Names and values of `application/x-www-form-urlencoded` bytes, in their order; `None` where they are no UTF-8.
pub(crate) fn pairs(bytes: &[u8]) -> impl Iterator<Item = (Option<String>, Option<String>)> {
    bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        let [name, value] = [halves.next(), halves.next()].map(|half| decode(half.unwrap_or_default()));
        (name, value)
    })
}

fn decode(text: &[u8]) -> Option<String> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    String::from_utf8(percent_decode(&spaced)).ok()
}

/// Percent-decoding (URL Standard, 1.3): what is no escape stays as it is.
pub(crate) fn percent_decode(mut text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    while let Some((first, rest)) = text.split_first() {
        let escaped = rest.first_chunk::<2>().filter(|_| *first == b'%').and_then(|digits| hex_byte(*digits));
        decoded.push(escaped.unwrap_or(*first));
        text = if escaped.is_some() { rest.get(2..).unwrap_or_default() } else { rest };
    }
    decoded
}

fn hex_byte(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? * 16 + low?).ok()
}
