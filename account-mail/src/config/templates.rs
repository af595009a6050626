//! The wording of mails: ours, or an operator's.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::template::{self, Problem, Templates};

/// The templates of all mails. The default is ours.
#[derive(Clone)]
pub struct MailTemplates(pub(crate) Arc<Templates>);

/// What is wrong with a directory of templates: everything that was found, each with its file and line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailTemplateErrors(Vec<Problem>);

impl MailTemplates {
    /// Reads a directory of templates: `<mail>/<locale>/{subject.txt, body.txt, body.html}` and `layout/..`. What is there
    /// takes the place of ours of the same name. Every mail is rendered in every language to see that it does what it
    /// is for. Blocks for a moment: it is for the program's start.
    ///
    /// # Errors
    /// Everything that is wrong: files and folders that no mail has, syntax, unknown variables, a link or code that is
    /// not shown, a subject of more than one line.
    pub fn open(directory: &Path) -> Result<Self, MailTemplateErrors> {
        template::open(directory).map(|templates| Self(Arc::new(templates))).map_err(MailTemplateErrors)
    }

    /// Writes our templates into a directory, to be changed there. Returns how many.
    ///
    /// # Errors
    /// When a file cannot be written, or is there already.
    pub fn export(directory: &Path) -> std::io::Result<usize> {
        template::export(directory)
    }

    /// How many templates are not ours.
    #[must_use]
    pub fn overridden(&self) -> usize {
        self.0.overrides().len()
    }
}

impl Default for MailTemplates {
    fn default() -> Self {
        Self(template::built_in())
    }
}

impl PartialEq for MailTemplates {
    fn eq(&self, other: &Self) -> bool {
        self.0.overrides() == other.0.overrides()
    }
}

impl Eq for MailTemplates {}

impl fmt::Debug for MailTemplates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MailTemplates({} overridden)", self.overridden())
    }
}

impl MailTemplateErrors {
    /// What is wrong, one a line: `verify-address/de/body.txt, line 3: ..`.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(ToString::to_string)
    }
}

impl fmt::Display for MailTemplateErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} templates of mails cannot be used", self.0.len())?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for MailTemplateErrors {}
