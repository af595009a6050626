//! The wording of mails: templates by the names `<mail>/<locale>/{subject.txt, body.txt, body.html}`.
//!
//! Ours are compiled in from `templates/`; an operator's, from a directory, take the place of those of the same name.
//! Both are read by the same engine at the program's start, so that ours are good examples for theirs, and both are
//! checked alike: ours by tests, theirs at the start. What mails have in common is in `layout/<locale>`. What goes into a
//! `.html` template is escaped, what goes into a `.txt` one is not.
//!
//! A further language is a further folder beside `en`, a variant of [`Locale`], and its times in `time.rs`.

mod built_in;
mod check;
mod directory;
mod engine;
mod time;
mod words;

use std::path::Path;
use std::sync::Arc;

use account_core::outbox::mail::Mail;
use minijinja::Environment;

pub(crate) use built_in::export;
pub(crate) use directory::Problem;
use words::{Value, Words};

/// A language that mails are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Locale {
    /// English: also for everybody whose language there is no translation for.
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Spanish.
    Es,
}

impl Locale {
    pub(crate) const ALL: [Self; 4] = [Self::En, Self::De, Self::Fr, Self::Es];

    /// The language to write in to a person with this language (BCP 47): decided by its primary subtag.
    pub(crate) fn for_language(language: Option<&str>) -> Self {
        let primary = language.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or_default();
        Self::ALL.into_iter().find(|locale| primary.eq_ignore_ascii_case(locale.tag())).unwrap_or(Self::En)
    }

    /// Its tag, for the header `Content-Language` and the names of templates.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Es => "es",
        }
    }
}

/// A mail in words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rendered {
    /// The template's subject, on one line.
    pub(crate) subject: String,
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
    Template(#[source] minijinja::Error),
}

/// Every template of every mail.
#[derive(Debug)]
pub(crate) struct Templates {
    environment: Environment<'static>,
    /// Names and texts of those that are an operator's.
    overrides: Vec<(String, String)>,
}

impl Templates {
    /// Ours.
    pub(crate) fn built_in() -> Arc<Self> {
        built_in::templates()
    }

    /// Those of a directory, and ours where it has none.
    pub(crate) fn open(directory: &Path) -> Result<Self, Vec<Problem>> {
        let (files, mut problems) = directory::read(directory);
        let mut environment = built_in::templates().environment.clone();
        let mut overrides = Vec::new();
        for (name, text) in files {
            match environment.add_template_owned(name.clone(), text.clone()) {
                Ok(()) => overrides.push((name, text)),
                Err(error) => problems.push(Problem::of(&name, &error)),
            }
        }
        let templates = Self { environment, overrides };
        check::check(&templates, &mut problems);
        if problems.is_empty() { Ok(templates) } else { Err(problems) }
    }

    /// Names and texts of those that are an operator's.
    pub(crate) fn overrides(&self) -> &[(String, String)] {
        &self.overrides
    }

    /// Puts a mail into words. `operator` is the service's name, if it is to be named.
    pub(crate) fn render(&self, mail: &Mail, locale: Locale, operator: Option<&str>) -> Result<Rendered, RenderError> {
        self.fill(&Words::of(mail, locale, operator)?, locale).map_err(RenderError::Template)
    }

    /// Fills in the three templates of a mail.
    fn fill(&self, words: &Words, locale: Locale) -> Result<Rendered, minijinja::Error> {
        let subject = self.subject(words, locale)?;
        let text = self.body("body.txt", words, &subject, locale)?;
        let html = self.body("body.html", words, &subject, locale)?;
        Ok(Rendered { subject, text, html })
    }

    fn subject(&self, words: &Words, locale: Locale) -> Result<String, minijinja::Error> {
        // Every server on the way logs subjects: no link and no code gets into one.
        let values = words.values.iter().filter(|(name, _)| words::SUBJECT_VARIABLES.contains(name));
        let subject = self.part("subject.txt", words, locale, values.cloned())?;
        Ok(subject.trim().to_owned())
    }

    fn body(&self, part: &str, words: &Words, subject: &str, locale: Locale) -> Result<String, minijinja::Error> {
        let subject = (words::SUBJECT, subject.into());
        // The engine takes a template's last line end away: here it is put back.
        Ok(self.part(part, words, locale, words.values.iter().cloned().chain([subject]))? + "\n")
    }

    fn part(
        &self,
        part: &str,
        words: &Words,
        locale: Locale,
        values: impl Iterator<Item = (&'static str, Value)>,
    ) -> Result<String, minijinja::Error> {
        let name = format!("{}/{}/{part}", words.mail, locale.tag());
        self.environment.get_template(&name)?.render(Value::from_pairs(values))
    }
}

#[cfg(test)]
mod tests;
