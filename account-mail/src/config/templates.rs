//! Email templates: built-in, or an operator's.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use account_core::translation::Catalog;

use crate::template::{self, Problem, Templates};

/// The templates of all mails, and the words that they use. By default the built-in ones.
#[derive(Clone)]
pub struct MailTemplates(pub(crate) Arc<Templates>);

/// All errors in a directory of templates, each with its file and line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailTemplateErrors(Vec<Problem>);

impl MailTemplates {
    /// Reads a directory of templates, which get their words from a catalog: `<mail>/{subject.txt, body.txt, body.html}`
    /// and `layout/..` for all languages, `<mail>/<language>/..` for one. They replace built-in templates with the same
    /// name. Without a directory, the built-in ones get the catalog's words. Every email is rendered in every language
    /// as a check. Blocks briefly; call it at start-up.
    ///
    /// # Errors
    /// [`MailTemplateErrors`] with all errors: files and folders that belong to no email, syntax, unknown variables and
    /// messages, a link or code that is not shown, a subject with more than one line.
    pub fn open(directory: Option<&Path>, catalog: &Arc<Catalog>) -> Result<Self, MailTemplateErrors> {
        let templates = template::open(directory, catalog);
        templates.map(|templates| Self(Arc::new(templates))).map_err(MailTemplateErrors)
    }

    /// Writes the built-in templates to a directory, so that they can be changed there. Returns how many.
    ///
    /// # Errors
    /// If a file cannot be written or already exists.
    pub fn export(directory: &Path) -> std::io::Result<usize> {
        template::export(directory)
    }

    /// Returns how many templates are not built in.
    #[must_use]
    pub fn overridden(&self) -> usize {
        self.0.overrides().len()
    }
}

impl Default for MailTemplates {
    fn default() -> Self {
        Self(template::built_in_templates())
    }
}

impl PartialEq for MailTemplates {
    fn eq(&self, other: &Self) -> bool {
        self.0.overrides() == other.0.overrides() && self.0.catalog() == other.0.catalog()
    }
}

impl Eq for MailTemplates {}

impl fmt::Debug for MailTemplates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MailTemplates({} overridden)", self.overridden())
    }
}

impl MailTemplateErrors {
    /// Returns the errors, one per line: `verify-address/de/body.txt, line 3: ..`.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(ToString::to_string)
    }
}

impl fmt::Display for MailTemplateErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} email templates cannot be used", self.0.len())?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for MailTemplateErrors {}
