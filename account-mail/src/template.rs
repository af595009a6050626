//! Email templates, named `<mail>/{subject.txt, body.txt, body.html}`: one set for all languages.
//!
//! The words are in the catalog ([`account_core::translation`]), and templates get them with the functions `t` and `h`.
//! The built-in ones are compiled in from `templates/`; an operator's, from a directory, replace those with the same
//! name, in all languages or in one (`<mail>/<language>/body.txt`). Both use the same engine, so that the built-in ones
//! are good examples, and are checked in the same way: the built-in ones by tests, the operator's at start-up. `layout`
//! has what emails share. Values are escaped in `.html` templates, not in the others.

mod built_in;
mod check;
mod directory;
mod edition;
mod engine;
mod names;
mod templates;
mod translate;
mod words;
mod wrap;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use account_core::translation::{Catalog, Translator};

pub(crate) use built_in::export;
pub(crate) use directory::Problem;
pub(crate) use edition::Rendered;
pub(crate) use templates::{Templates, built_in_templates};
pub(crate) use words::{Letterhead, RenderError};

/// Reads the templates in a directory, and uses built-in ones where it has none. The words are those of a catalog.
pub(crate) fn open(directory: Option<&Path>, catalog: &Arc<Catalog>) -> Result<Templates, Vec<Problem>> {
    let languages: Vec<_> = catalog.languages().collect();
    let tags: Vec<_> = languages.iter().map(Translator::tag).collect();
    let (files, problems) = directory.map(|directory| directory::read(directory, &tags)).unwrap_or_default();
    let mut problems: BTreeSet<_> = problems.into_iter().collect();
    let templates = Templates::new(catalog, files, &mut problems);
    check::check(&templates, &mut problems);
    if problems.is_empty() { Ok(templates) } else { Err(problems.into_iter().collect()) }
}

#[cfg(test)]
mod tests;
