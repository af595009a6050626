//! Moments as other systems write them.

use account_core::timestamp::Timestamp;
use serde_json::Value;

/// Returns a moment in RFC 3339, as far as it can be understood; otherwise the text as it is.
///
/// Databases write a space between date and time, the offset in hours alone, or none at all: then it is UTC, as Laravel,
/// Rails and WordPress store it. Firebase and Keycloak count milliseconds since 1970, as a number or a text. Auth0
/// writes `{"$date": ..}`.
pub(super) fn rfc3339(value: &Value) -> Value {
    match value {
        Value::Object(object) => object.get("$date").map_or_else(|| value.clone(), rfc3339),
        Value::Number(number) => of_milliseconds(&number.to_string()).map_or_else(|| value.clone(), Value::String),
        Value::String(text) => {
            let text = text.trim();
            let known = of_milliseconds(text).unwrap_or_else(|| with_offset(text));
            Value::String(known)
        }
        other => other.clone(),
    }
}

/// Returns whether a moment is later than another, or cannot be understood.
pub(super) fn may_be_after(value: &Value, now: Timestamp) -> bool {
    let text = rfc3339(value);
    // `infinity` (PostgreSQL) is no moment.
    text.as_str().and_then(Timestamp::parse_rfc3339).is_none_or(|moment| moment > now)
}

fn of_milliseconds(text: &str) -> Option<String> {
    // Fewer digits would be a date.
    let is_count = text.len() > 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let milliseconds: i64 = text.parse().ok().filter(|_| is_count)?;
    let moment = Timestamp::from_unix_micros(milliseconds.checked_mul(1_000)?);
    Some(moment.to_string())
}

fn with_offset(text: &str) -> String {
    let text = text.trim_end_matches(" UTC").replacen(' ', "T", 1);
    let Some((date, time)) = text.split_once('T') else { return text };
    let time = time.replace(' ', "");
    let offset = time.rfind(['+', '-']).map(|at| time.len() - at);
    match offset {
        None if time.ends_with(['Z', 'z']) => format!("{date}T{time}"),
        None => format!("{date}T{time}Z"),
        // `+00` is PostgreSQL's.
        Some(3) => format!("{date}T{time}:00"),
        Some(_) => format!("{date}T{time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_notation_becomes_rfc_3339() {
        for (given, expected) in [
            (json!("2024-01-05T10:11:12Z"), "2024-01-05T10:11:12Z"),
            (json!("2024-01-05 10:11:12"), "2024-01-05T10:11:12Z"),
            (json!("2024-01-05 10:11:12 UTC"), "2024-01-05T10:11:12Z"),
            (json!("2024-01-05 10:11:12.123456+00"), "2024-01-05T10:11:12.123456Z"),
            (json!("2024-01-05 12:11:12 +02:00"), "2024-01-05T10:11:12Z"),
            (json!("2024-01-05T12:11:12+0200"), "2024-01-05T10:11:12Z"),
            (json!(1_704_449_472_000_i64), "2024-01-05T10:11:12Z"),
            (json!("1704449472123"), "2024-01-05T10:11:12Z"),
            (json!({"$date": "2024-01-05T10:11:12.000Z"}), "2024-01-05T10:11:12Z"),
        ] {
            let read = rfc3339(&given);
            let parse = |text: &str| Timestamp::parse_rfc3339(text).unwrap_or_else(|| panic!("{given}: {read}"));
            assert_eq!(parse(read.as_str().unwrap()), parse(expected), "{given}");
        }
        for given in [json!("yesterday"), json!("2024-01-05"), json!(true), json!("20240105")] {
            assert_eq!(rfc3339(&given), given);
        }
    }

    #[test]
    fn what_is_no_moment_may_be_later() {
        let now = Timestamp::parse_rfc3339("2024-01-05T10:11:12Z").unwrap();
        assert!(!may_be_after(&json!("2024-01-05 10:11:12"), now));
        assert!(may_be_after(&json!("9999-12-31 23:59:59+00"), now));
        assert!(may_be_after(&json!("infinity"), now));
    }
}
