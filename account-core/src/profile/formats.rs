//! Formats of details: telephone numbers, dates, multi-line texts.

use crate::field_limits::{Limits, PHONE};
use crate::name::{PersonName, without_marks};
use crate::timestamp::Timestamp;
use crate::violation::Rule;

/// Minimum and maximum number of digits of an E.164 number, with the country code.
const E164_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// The earliest year of a date of birth.
const FIRST_YEAR: u32 = 1900;

/// Parses a telephone number: `+` and digits (E.164) if possible, otherwise as entered.
pub(crate) fn phone(text: &str) -> Result<String, Rule> {
    let kept = line(text, PHONE.core)?;
    Ok(e164(&kept).unwrap_or(kept))
}

/// Returns the number as E.164. A number with an area prefix in brackets, such as `+44 (0)20`, is refused: without the
/// brackets it would be another number.
fn e164(text: &str) -> Option<String> {
    let rest = text.trim().strip_prefix('+')?;
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{A0}' | '-' | '.' | '/' | '(' | ')');
    if !rest.chars().all(is_plain) || rest.contains("(0)") {
        return None;
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    (E164_DIGITS.contains(&digits.len()) && !digits.starts_with('0')).then(|| format!("+{digits}"))
}

/// Parses a single-line text, with the rules for names.
pub(crate) fn line(text: &str, limits: Limits) -> Result<String, Rule> {
    PersonName::parse(text, limits).map(|text| text.as_str().to_owned())
}

/// Parses a multi-line text, each line with the rules for names; lines may be empty. Line endings become line feeds.
pub(crate) fn lines(text: &str, limits: Limits) -> Result<String, Rule> {
    let text = without_marks(text).replace("\r\n", "\n").replace('\r', "\n");
    // The rules for names allow no line feeds: check with spaces in their place.
    PersonName::parse(&text.replace('\n', " "), limits)?;
    Ok(text)
}

/// Parses a date of birth, `YYYY-MM-DD`: a day of the calendar, from 1900 until today (UTC).
pub(crate) fn date_of_birth(text: &str, now: Timestamp) -> Result<String, Rule> {
    let (year, month, day) = date_parts(text).ok_or(Rule::Malformed)?;
    if !(1..=days_of_month(year, month)).contains(&day) {
        return Err(Rule::Malformed);
    }
    // Dates in this format sort as text, and an RFC 3339 time begins with its date.
    let is_to_come = now.to_string().get(..text.len()).is_some_and(|today| text > today);
    if year < FIRST_YEAR || is_to_come { Err(Rule::OutOfRange) } else { Ok(text.to_owned()) }
}

fn date_parts(text: &str) -> Option<(u32, u32, u32)> {
    let number = |text: &str, digits: usize| {
        let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().ok()).flatten()
    };
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    Some((number(year, 4)?, number(month, 2)?, number(day, 2)?))
}

/// Returns the number of days of a month in the Gregorian calendar; 0 for an invalid month.
const fn days_of_month(year: u32, month: u32) -> u32 {
    let is_leap_year = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap_year => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field_limits::POSTAL_ADDRESS;

    #[test]
    fn telephone_numbers_become_e164_if_possible() {
        for text in ["+49 30 123456", "+49-30-123456", " +49 (30) 123.456", "+4930/123456"] {
            assert_eq!(phone(text).unwrap(), "+4930123456", "{text}");
        }
        for kept in ["030 123456", "+44 (0)20 7946 0000", "+49 30 123456 ext. 7", "+0123456789", "+123", "0049301234"] {
            assert_eq!(phone(kept).unwrap(), kept);
        }
        assert_eq!(phone(&"1".repeat(101)), Err(Rule::TooLong { max: 100 }));
        assert_eq!(phone("+49\n30"), Err(Rule::ForbiddenCharacter));
        assert_eq!(phone(" "), Err(Rule::Blank));
    }

    #[test]
    fn a_date_of_birth_is_a_calendar_day_not_in_the_future() {
        let now = Timestamp::from_unix_micros(1_767_225_600_000_000);
        for text in ["1900-01-01", "2000-02-29", "2024-02-29", "2025-12-31", "2026-01-01"] {
            assert_eq!(date_of_birth(text, now).as_deref(), Ok(text));
        }
        for text in ["2026-01-02", "1899-12-31", "0000-01-01", "9999-12-31"] {
            assert_eq!(date_of_birth(text, now), Err(Rule::OutOfRange), "{text}");
        }
        for text in [
            "",
            "1990",
            "1990-1-1",
            "90-01-01",
            "1990-00-10",
            "1990-13-10",
            "1990-01-00",
            "1990-04-31",
            "1900-02-29",
            "2023-02-29",
            "1990-01-01T00:00:00Z",
            "+990-01-01",
            "1990/01/01",
            "１９９０-01-01",
            "1990-01-01-01",
        ] {
            assert_eq!(date_of_birth(text, now), Err(Rule::Malformed), "{text}");
        }
    }

    #[test]
    fn line_ends_are_normalized() {
        assert_eq!(
            lines("1 Main St\r\nSpringfield\r\rUSA", POSTAL_ADDRESS.core).unwrap(),
            "1 Main St\nSpringfield\n\nUSA"
        );
        assert_eq!(lines("\n \n", POSTAL_ADDRESS.core), Err(Rule::Blank));
        assert_eq!(lines("a\tb", POSTAL_ADDRESS.core), Err(Rule::ForbiddenCharacter));
        assert_eq!(lines("a\u{202E}b", POSTAL_ADDRESS.core), Err(Rule::ForbiddenCharacter));
        assert!(lines(&"ä\n".repeat(500), POSTAL_ADDRESS.core).is_ok());
        assert_eq!(lines(&"ä".repeat(1_001), POSTAL_ADDRESS.core), Err(Rule::TooLong { max: 1_000 }));
    }
}
