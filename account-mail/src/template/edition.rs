//! The templates in one language.

use std::collections::{BTreeMap, BTreeSet};

use account_core::outbox::mail::Mail;
use account_core::translation::Translator;
use minijinja::Environment;

use super::built_in;
use super::directory::Problem;
use super::engine::environment;
use super::names::of_language;
use super::words::{Letterhead, RenderError, SUBJECT, SUBJECT_VARIABLES, Value, Words};
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

/// Every template, in one language. They are named `<mail>/body.txt`, and `<mail>/<language>/body.txt` too.
#[derive(Debug)]
pub(crate) struct Edition {
    translator: Translator,
    environment: Environment<'static>,
    /// The operator's file that a template comes from, by the template's name.
    files: BTreeMap<String, String>,
    /// Names of templates that say something else than the built-in ones.
    rewritten: BTreeSet<String>,
}

impl Edition {
    /// The templates in this language: the operator's for this language, else the operator's for all, else the built-in
    /// ones. Errors in the operator's are added to the problems.
    pub(super) fn new(
        translator: Translator,
        overrides: &[(String, String)],
        problems: &mut BTreeSet<Problem>,
    ) -> Self {
        let environment = environment(&translator);
        let (files, rewritten) = (BTreeMap::new(), BTreeSet::new());
        let mut edition = Self { translator, environment, files, rewritten };
        for (name, built_in) in built_in::files() {
            let special = of_language(name, edition.translator.tag());
            let find = |wanted: &str| overrides.iter().find(|(own, _)| own == wanted);
            let own = find(&special).or_else(|| find(name));
            // A template that cannot be parsed would be missing at rendering; a test renders all of ours.
            let Some((file, text)) = own else {
                let _ = edition.environment.add_template(name, built_in);
                if !overrides.is_empty() {
                    // An operator's template may still extend it by this name.
                    let _ = edition.environment.add_template_owned(special, built_in);
                }
                continue;
            };
            edition.files.extend([(name.to_owned(), file.clone()), (special.clone(), file.clone())]);
            if text != built_in {
                edition.rewritten.insert(name.to_owned());
            }
            for name in [name.to_owned(), special] {
                if let Err(error) = edition.environment.add_template_owned(name.clone(), text.clone()) {
                    problems.insert(edition.problem(&name, &error));
                }
            }
        }
        edition
    }

    pub(crate) const fn translator(&self) -> &Translator {
        &self.translator
    }

    /// Renders an email.
    pub(crate) fn render(&self, mail: &Mail, letterhead: &Letterhead) -> Result<Rendered, RenderError> {
        self.fill(&Words::of(mail, &self.translator, letterhead)?).map_err(RenderError::Template)
    }

    /// Fills in the three templates of an email.
    pub(super) fn fill(&self, words: &Words) -> Result<Rendered, minijinja::Error> {
        let subject = self.subject(words)?;
        let text = wrap(&self.body("body.txt", words, &subject)?, self.wrapped(words));
        let html = self.body("body.html", words, &subject)?;
        Ok(Rendered { subject, text, html })
    }

    /// The built-in texts are written to be wrapped; an operator's are left alone where that is possible.
    fn wrapped(&self, words: &Words) -> Wrapped {
        let is_used = |name: &String| {
            let folder = name.split('/').next().unwrap_or_default();
            let is_text = std::path::Path::new(name).extension().is_some_and(|extension| extension == "txt");
            is_text && (folder == words.mail || folder == "layout")
        };
        if self.rewritten.iter().any(is_used) { Wrapped::TooLong } else { Wrapped::All }
    }

    pub(super) fn subject(&self, words: &Words) -> Result<String, minijinja::Error> {
        // Servers log subjects, so they must contain no link and no code.
        let values = words.values.iter().filter(|(name, _)| SUBJECT_VARIABLES.contains(name));
        Ok(self.part("subject.txt", words, values.cloned())?.trim().to_owned())
    }

    pub(super) fn body(&self, part: &str, words: &Words, subject: &str) -> Result<String, minijinja::Error> {
        let subject = (SUBJECT, subject.into());
        // The engine removes a template's last line end: add it again.
        Ok(self.part(part, words, words.values.iter().cloned().chain([subject]))? + "\n")
    }

    fn part(
        &self,
        part: &str,
        words: &Words,
        values: impl Iterator<Item = (&'static str, Value)>,
    ) -> Result<String, minijinja::Error> {
        self.environment.get_template(&format!("{}/{part}", words.mail))?.render(Value::from_pairs(values))
    }

    /// What the engine says about a template, or about one that it brings in.
    pub(super) fn problem(&self, name: &str, error: &minijinja::Error) -> Problem {
        let problem = Problem::of(name, error);
        Problem { file: self.file(&problem.file), ..problem }
    }

    /// The file that a template comes from; if it is built in, the one that would replace it in this language.
    pub(super) fn file(&self, name: &str) -> String {
        let built_in = || of_language(name, self.translator.tag());
        self.files.get(name).cloned().unwrap_or_else(built_in)
    }
}
