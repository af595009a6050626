//! The wording of mails: templates compiled in from `templates/<mail>/<locale>/{subject.txt, body.txt, body.html}`.
//!
//! Askama escapes what goes into a `.html` template and nothing that goes into a `.txt` one. A further language is a
//! further folder beside `en`, a variant of [`Locale`] and two arms in [`render`].

use std::fmt;
use std::time::Duration;

use account_core::outbox::mail::{Link, Mail, MailContent};
use account_core::timestamp::Timestamp;
use askama::Template;

/// A language that mails are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Locale {
    /// English: also for everybody whose language there is no translation for.
    En,
}

impl Locale {
    const ALL: [Self; 1] = [Self::En];

    /// The language to write in to a person with this language (BCP 47): decided by its primary subtag.
    pub(crate) fn for_language(language: Option<&str>) -> Self {
        let primary = language.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or_default();
        Self::ALL.into_iter().find(|locale| primary.eq_ignore_ascii_case(locale.tag())).unwrap_or(Self::En)
    }

    /// Its tag, for the header `Content-Language`.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
        }
    }
}

/// A mail in words.
pub(crate) struct Rendered {
    /// The template's subject.
    pub(crate) subject: &'static str,
    /// The plain text, lines ended by LF.
    pub(crate) text: String,
    /// The same as an HTML document.
    pub(crate) html: String,
}

/// Why a mail could not be put into words. Nothing of the mail is repeated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RenderError {
    /// A link that would not survive in a line of text or an attribute.
    #[error("a link of the mail is not an absolute URL of printable ASCII characters")]
    Link,
    /// The template engine failed.
    #[error("the template could not be filled in")]
    Template(#[source] askama::Error),
}

#[derive(Template)]
#[template(path = "verify-address/en/body.txt")]
struct VerifyAddressTextEn<'a> {
    operator: Option<&'a str>,
    link: &'a str,
    code: &'a str,
    expiry: Expiry,
}

#[derive(Template)]
#[template(path = "verify-address/en/body.html")]
struct VerifyAddressHtmlEn<'a> {
    operator: Option<&'a str>,
    link: &'a str,
    code: &'a str,
    expiry: Expiry,
}

#[derive(Template)]
#[template(path = "already-registered/en/body.txt")]
struct AlreadyRegisteredTextEn<'a> {
    operator: Option<&'a str>,
    sign_in: &'a str,
    forgot: &'a str,
}

#[derive(Template)]
#[template(path = "already-registered/en/body.html")]
struct AlreadyRegisteredHtmlEn<'a> {
    operator: Option<&'a str>,
    sign_in: &'a str,
    forgot: &'a str,
}

/// Puts a mail into words. `operator` is the service's name, if it is to be named.
pub(crate) fn render(mail: &Mail, locale: Locale, operator: Option<&str>) -> Result<Rendered, RenderError> {
    match (&mail.content, locale) {
        (MailContent::VerifyAddress { link, code, expires_at }, Locale::En) => {
            let (link, code) = (checked(link)?, code.expose());
            let expiry = Expiry::of(mail.date, *expires_at);
            Ok(Rendered {
                subject: include_str!("templates/verify-address/en/subject.txt").trim_ascii_end(),
                text: fill(&VerifyAddressTextEn { operator, link, code, expiry })?,
                html: fill(&VerifyAddressHtmlEn { operator, link, code, expiry })?,
            })
        }
        (MailContent::AlreadyRegistered { sign_in, forgot }, Locale::En) => {
            let (sign_in, forgot) = (checked(sign_in)?, checked(forgot)?);
            Ok(Rendered {
                subject: include_str!("templates/already-registered/en/subject.txt").trim_ascii_end(),
                text: fill(&AlreadyRegisteredTextEn { operator, sign_in, forgot })?,
                html: fill(&AlreadyRegisteredHtmlEn { operator, sign_in, forgot })?,
            })
        }
    }
}

/// Askama takes a template's last line end away, like its models do: here it is put back.
fn fill(template: &impl Template) -> Result<String, RenderError> {
    let mut text = template.render().map_err(RenderError::Template)?;
    text.push('\n');
    Ok(text)
}

/// A link fit for a line of its own: a URL as the URL standard writes it has none of the refused characters.
fn checked(link: &Link) -> Result<&str, RenderError> {
    let url = link.expose();
    let web = url.starts_with("https://") || url.starts_with("http://");
    let fit = url.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'\\'));
    if web && fit { Ok(url) } else { Err(RenderError::Link) }
}

/// How long a link works.
#[derive(Clone, Copy)]
struct Expiry {
    words: Span,
    moment: Minute,
}

impl Expiry {
    fn of(date: Timestamp, expires_at: Timestamp) -> Self {
        Self { words: Span(expires_at.since(date)), moment: Minute(expires_at) }
    }
}

/// A span of time in English words: `24 hours`. To the nearest minute, and from there on rounded down, so that not more
/// is promised than is kept.
#[derive(Clone, Copy)]
struct Span(Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = ((self.0.as_secs() + 30) / 60).max(1);
        let (count, unit) = match minutes {
            0..60 => (minutes, "minute"),
            60..2880 => (minutes / 60, "hour"),
            _ => (minutes / 1440, "day"),
        };
        write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}

/// A moment to the minute: `2023-11-08 05:31 UTC`.
#[derive(Clone, Copy)]
struct Minute(Timestamp);

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        match text.split_once('T').and_then(|(day, time)| Some((day, time.get(..5)?))) {
            Some((day, time)) => write!(f, "{day} {time} UTC"),
            None => f.write_str(&text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_told_in_words_and_rounded_down() {
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
            assert_eq!(Span(Duration::from_secs(seconds)).to_string(), words, "{seconds} s");
        }
    }

    #[test]
    fn a_moment_is_told_to_the_minute() {
        assert_eq!(Minute(Timestamp::from_unix_micros(1_699_335_116_500_000)).to_string(), "2023-11-07 05:31 UTC");
        assert_eq!(Minute(Timestamp::from_unix_micros(i64::MAX)).to_string(), "9223372036854s");
    }

    #[test]
    fn english_is_written_to_everybody_without_a_translation() {
        for language in [None, Some("en"), Some("en-GB"), Some("EN_us"), Some("tlh"), Some(""), Some("-")] {
            assert_eq!(Locale::for_language(language), Locale::En, "{language:?}");
        }
    }

    #[test]
    fn links_that_would_break_a_line_or_an_attribute_are_refused() {
        for url in [
            "",
            "/l/token",
            "javascript:alert(1)",
            "https://x.org/\r\nBcc: a@x.org",
            "https://x.org/a b",
            "https://x.org/\0",
            "https://x.org/\u{FC}",
            "https://x.org/\">",
        ] {
            assert!(matches!(checked(&Link::new(url.to_owned())), Err(RenderError::Link)), "{url:?}");
        }
        assert!(checked(&Link::new("https://x.org/l/a?b=c&d='e'".to_owned())).is_ok());
    }
}
