//! Email templates, named `<mail>/<locale>/{subject.txt, body.txt, body.html}`.
//!
//! The built-in ones are compiled in from `templates/`; an operator's, from a directory, replace those with the same
//! name. Both use the same engine, so that the built-in ones are good examples, and are checked in the same way: the
//! built-in ones by tests, the operator's at start-up. `layout/<locale>` has what emails share. Values are escaped in
//! `.html` templates, not in `.txt` ones.
//!
//! To add a language, add a folder beside `en`, a variant of [`Locale`], and its times in `time.rs`.

mod built_in;
mod check;
mod directory;
mod engine;
mod locale;
mod templates;
mod time;
mod words;
mod wrap;

use std::path::Path;

pub(crate) use built_in::{export, templates as built_in};
pub(crate) use directory::Problem;
pub(crate) use locale::Locale;
pub(crate) use templates::{Rendered, Templates};
pub(crate) use words::RenderError;

/// Reads the templates in a directory, and uses built-in ones where it has none.
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
    let is_rewritten = |(name, text): &&(String, String)| {
        built_in::files().all(|(built_in, original)| built_in != name || original != text)
    };
    let rewritten = overrides.iter().filter(is_rewritten).map(|(name, _)| name.clone()).collect();
    let templates = Templates { environment, overrides, rewritten };
    check::check(&templates, &mut problems);
    if problems.is_empty() { Ok(templates) } else { Err(problems) }
}

#[cfg(test)]
mod tests;
