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
mod locale;
mod templates;
mod time;
mod words;

use std::path::Path;

pub(crate) use built_in::{export, templates as built_in};
pub(crate) use directory::Problem;
pub(crate) use locale::Locale;
pub(crate) use templates::{Rendered, Templates};
pub(crate) use words::RenderError;

/// Those of a directory, and ours where it has none.
pub(crate) fn open(directory: &Path) -> Result<Templates, Vec<Problem>> {
    let (files, mut problems) = directory::read(directory);
    let mut environment = built_in::templates().environment.clone();
    let mut overrides = Vec::new();
    for (name, text) in files {
        match environment.add_template_owned(name.clone(), text.clone()) {
            Ok(()) => overrides.push((name, text)),
            Err(error) => problems.push(Problem::of(&name, &error)),
        }
    }
    let templates = Templates { environment, overrides };
    check::check(&templates, &mut problems);
    if problems.is_empty() { Ok(templates) } else { Err(problems) }
}

#[cfg(test)]
mod tests;
