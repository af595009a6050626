//! Rendering mails.

use account_core::outbox::mail::Mail;
use minijinja::Environment;

use super::locale::Locale;
use super::words::{RenderError, SUBJECT, SUBJECT_VARIABLES, Value, Words};
use super::wrap::{Wrapped, wrap};

/// A rendered email.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rendered {
    /// The template's subject, on one line.
    pub(crate) subject: String,
    /// The plain text, lines ended by LF.
    pub(crate) text: String,
    /// The same as an HTML document.
    pub(crate) html: String,
}

/// Every template of every email.
#[derive(Debug)]
pub(crate) struct Templates {
    pub(super) environment: Environment<'static>,
    /// Names and texts of those that are an operator's.
    pub(super) overrides: Vec<(String, String)>,
    /// Names of those that say something else than the built-in ones.
    pub(super) rewritten: Vec<String>,
}

impl Templates {
    /// Names and texts of those that are an operator's.
    pub(crate) fn overrides(&self) -> &[(String, String)] {
        &self.overrides
    }

    /// Renders an email. `operator` is the name of the service, if emails should name it.
    pub(crate) fn render(&self, mail: &Mail, locale: Locale, operator: Option<&str>) -> Result<Rendered, RenderError> {
        self.fill(&Words::of(mail, locale, operator)?, locale).map_err(RenderError::Template)
    }

    /// Fills in the three templates of an email.
    pub(super) fn fill(&self, words: &Words, locale: Locale) -> Result<Rendered, minijinja::Error> {
        let subject = self.subject(words, locale)?;
        let text = wrap(&self.body("body.txt", words, &subject, locale)?, self.wrapped(words, locale));
        let html = self.body("body.html", words, &subject, locale)?;
        Ok(Rendered { subject, text, html })
    }

    /// The built-in texts are written to be wrapped; an operator's are left alone where that is possible.
    fn wrapped(&self, words: &Words, locale: Locale) -> Wrapped {
        let folders = [format!("{}/{}/", words.mail, locale.tag()), format!("layout/{}/", locale.tag())];
        let is_text = |name: &str| std::path::Path::new(name).extension().is_some_and(|extension| extension == "txt");
        let is_used = |name: &str| folders.iter().any(|folder| name.starts_with(folder)) && is_text(name);
        if self.rewritten.iter().any(|name| is_used(name)) { Wrapped::TooLong } else { Wrapped::All }
    }

    pub(super) fn subject(&self, words: &Words, locale: Locale) -> Result<String, minijinja::Error> {
        // Servers log subjects, so they must contain no link and no code.
        let values = words.values.iter().filter(|(name, _)| SUBJECT_VARIABLES.contains(name));
        let subject = self.part("subject.txt", words, locale, values.cloned())?;
        Ok(subject.trim().to_owned())
    }

    pub(super) fn body(
        &self,
        part: &str,
        words: &Words,
        subject: &str,
        locale: Locale,
    ) -> Result<String, minijinja::Error> {
        let subject = (SUBJECT, subject.into());
        // The engine removes a template's last line end: add it again.
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
