//! Times in words.

use std::time::Duration;

use account_core::timestamp::Timestamp;

use super::locale::Locale;

const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "M\u{E4}rz",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const FRENCH: [&str; 12] = [
    "janvier",
    "f\u{E9}vrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "ao\u{FB}t",
    "septembre",
    "octobre",
    "novembre",
    "d\u{E9}cembre",
];
const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// A span of time: `24 hours`, `7 Tagen`. German is in the dative, behind `innerhalb von`.
///
/// To the nearest minute, and from there on rounded down, so that not more is promised than is kept.
pub(super) fn span(locale: Locale, span: Duration) -> String {
    let [minute, hour, day] = match locale {
        Locale::En => [("minute", "minutes"), ("hour", "hours"), ("day", "days")],
        Locale::De => [("Minute", "Minuten"), ("Stunde", "Stunden"), ("Tag", "Tagen")],
        Locale::Fr => [("minute", "minutes"), ("heure", "heures"), ("jour", "jours")],
        Locale::Es => [("minuto", "minutos"), ("hora", "horas"), ("d\u{ED}a", "d\u{ED}as")],
    };
    let minutes = ((span.as_secs() + 30) / 60).max(1);
    let (count, (one, many)) = match minutes {
        0..60 => (minutes, minute),
        60..2880 => (minutes / 60, hour),
        _ => (minutes / 1440, day),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A moment to the minute: `2023-11-08 05:31 UTC`, `8. November 2023 um 05:31 Uhr (UTC)`. Behind `am` or `bis zum`,
/// `le` or `jusqu'au`, `el` or `hasta el`.
pub(super) fn moment(locale: Locale, moment: Timestamp) -> String {
    let text = moment.to_string();
    // Beyond the year 9999 there is no calendar date.
    written(locale, &text).unwrap_or(text)
}

/// From RFC 3339.
fn written(locale: Locale, text: &str) -> Option<String> {
    let (date, time) = text.split_once('T')?;
    let time = time.get(..5)?;
    let mut numbers = date.split('-').map(str::parse::<usize>);
    let (year, month, day) = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
    let (hour, minute) = time.split_once(':')?;
    let hour = hour.parse::<u8>().ok()?;
    let name = |names: [&'static str; 12]| names.get(month.checked_sub(1)?).copied();
    Some(match locale {
        Locale::En => format!("{date} {time} UTC"),
        Locale::De => format!("{day}. {} {year} um {time} Uhr (UTC)", name(GERMAN)?),
        Locale::Fr => {
            let day = if day == 1 { "1er".to_owned() } else { day.to_string() };
            format!("{day} {} {year} \u{E0} {hour}\u{A0}h\u{A0}{minute} (UTC)", name(FRENCH)?)
        }
        Locale::Es => {
            let at = if hour == 1 { "a la" } else { "a las" };
            format!("{day} de {} de {year} {at} {hour}:{minute} (UTC)", name(SPANISH)?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_in_words_and_rounded_down() {
        for (seconds, words) in [
            (0, "1 minute"),
            (90, "2 minutes"),
            (59 * 60, "59 minutes"),
            (3600, "1 hour"),
            (7199, "2 hours"),
            (23 * 3600 + 3540, "23 hours"),
            (86_399, "24 hours"),
            (86_400, "24 hours"),
            (47 * 3600, "47 hours"),
            (48 * 3600, "2 days"),
            (7 * 86_400, "7 days"),
        ] {
            assert_eq!(span(Locale::En, Duration::from_secs(seconds)), words, "{seconds} s");
        }
        for (locale, words) in [
            (Locale::De, ["1 Minute", "1 Stunde", "24 Stunden", "7 Tagen"]),
            (Locale::Fr, ["1 minute", "1 heure", "24 heures", "7 jours"]),
            (Locale::Es, ["1 minuto", "1 hora", "24 horas", "7 d\u{ED}as"]),
        ] {
            let spans = [60, 3600, 86_400, 7 * 86_400].map(|seconds| span(locale, Duration::from_secs(seconds)));
            assert_eq!(spans, words);
        }
    }

    #[test]
    fn a_time_is_written_to_the_minute() {
        let told = |locale, text: &str| moment(locale, Timestamp::parse_rfc3339(text).unwrap());
        for (locale, words) in [
            (Locale::En, "2023-03-01 01:05 UTC"),
            (Locale::De, "1. M\u{E4}rz 2023 um 01:05 Uhr (UTC)"),
            (Locale::Fr, "1er mars 2023 \u{E0} 1\u{A0}h\u{A0}05 (UTC)"),
            (Locale::Es, "1 de marzo de 2023 a la 1:05 (UTC)"),
        ] {
            assert_eq!(told(locale, "2023-03-01T01:05:59Z"), words);
        }
        for (locale, words) in [
            (Locale::En, "2024-12-31 17:00 UTC"),
            (Locale::De, "31. Dezember 2024 um 17:00 Uhr (UTC)"),
            (Locale::Fr, "31 d\u{E9}cembre 2024 \u{E0} 17\u{A0}h\u{A0}00 (UTC)"),
            (Locale::Es, "31 de diciembre de 2024 a las 17:00 (UTC)"),
        ] {
            assert_eq!(told(locale, "2024-12-31T17:00:00Z"), words);
        }
        for locale in Locale::ALL {
            assert_eq!(moment(locale, Timestamp::from_unix_micros(i64::MAX)), "9223372036854s");
        }
    }
}
