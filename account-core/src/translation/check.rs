//! Checking an operator's files, reporting all problems at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::Entry;

use super::language::Language;
use super::markup::Tag;
use super::problem::CatalogProblem;
use super::usage::{Entries, Usage};

/// What a language must say itself: English would be wrong.
const OF_EACH_LANGUAGE: [&str; 2] = ["language-name", "language-direction"];

/// What English has, which is what translations may have.
pub(super) struct Reference(BTreeMap<String, Usage>);

impl Reference {
    pub(super) fn of(english: &[Arc<FluentResource>]) -> Self {
        let entries = Entries::of(english);
        Self(entries.keys().map(|key| (key.to_owned(), entries.usage(key))).collect())
    }

    /// The keys of English that are not among these.
    pub(super) fn missing<'a>(&'a self, there: &'a BTreeSet<&str>) -> impl Iterator<Item = &'a str> {
        self.0.keys().map(String::as_str).filter(move |key| !there.contains(key))
    }
}

/// Parses a file of words.
///
/// # Errors
/// Everything that is no message, a comment or a term.
pub(super) fn parse(tag: &str, text: String) -> Result<Arc<FluentResource>, Vec<CatalogProblem>> {
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line = |at: usize| starts.partition_point(|start| *start <= at);
    FluentResource::try_new(text).map(Arc::new).map_err(|(_, errors)| {
        let errors = errors.into_iter();
        errors
            .map(|error| CatalogProblem::new(tag, Some(line(error.pos.start)), lower_case(&error.to_string())))
            .collect()
    })
}

fn lower_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Returns what is wrong with an operator's file, in a language that is made with it.
pub(super) fn problems(
    language: &Language,
    own: &FluentResource,
    english: &Reference,
    is_built_in: bool,
) -> Vec<CatalogProblem> {
    let tag = language.tag();
    let entries = Entries::of(language.resources());
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for entry in own.entries() {
        let (key, is_message) = match entry {
            Entry::Message(message) => (message.id.name, true),
            Entry::Term(term) => (term.id.name, false),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => continue,
        };
        let mut add = |message: String| problems.push(CatalogProblem::new(tag, line_of(own.source(), key), message));
        if !seen.insert((key, is_message)) {
            add(format!("`{key}` is there twice"));
        } else if let (true, Some(original)) = (is_message, english.0.get(key)) {
            let usage = entries.usage(key);
            for difference in differences(&usage, original) {
                add(format!("`{key}`: {difference}"));
            }
        } else if is_message {
            add(format!("no page and no email has a message `{key}`"));
        }
    }
    problems.extend(problems_of_terms(tag, own, &entries, english, &seen));
    for key in OF_EACH_LANGUAGE.into_iter().filter(|key| !is_built_in && !seen.contains(&(key, true))) {
        problems.push(CatalogProblem::new(
            tag,
            None,
            format!("`{key}` is missing, which every new language must have"),
        ));
    }
    let direction = language.text("language-direction", &super::arguments::Arguments::none());
    if direction != "ltr" && direction != "rtl" {
        let line = line_of(own.source(), "language-direction");
        problems.push(CatalogProblem::new(tag, line, "`language-direction` is `ltr` or `rtl`"));
    }
    problems
}

/// Returns what is wrong with messages of other files that say a term of this one: an operator's English messages stand
/// in for what the language lacks.
fn problems_of_terms(
    tag: &str,
    own: &FluentResource,
    entries: &Entries<'_>,
    english: &Reference,
    checked: &BTreeSet<(&str, bool)>,
) -> Vec<CatalogProblem> {
    let is_own = |term: &String| checked.contains(&(term.as_str(), false));
    let mut problems = Vec::new();
    for key in entries.keys().filter(|key| !checked.contains(&(*key, true))) {
        let (usage, Some(original)) = (entries.usage(key), english.0.get(key)) else { continue };
        let Some(term) = usage.terms.iter().find(|term| is_own(term)) else { continue };
        for difference in differences(&usage, original) {
            let message = format!("`-{term}` in the English `{key}`: {difference}");
            problems.push(CatalogProblem::new(tag, line_of(own.source(), term), message));
        }
    }
    problems
}

/// What a translation must not have.
fn differences(usage: &Usage, original: &Usage) -> Vec<String> {
    let mut differences = usage.problems.clone();
    for variable in usage.variables.difference(&original.variables) {
        let known: Vec<_> = original.variables.iter().map(|name| format!("`${name}`")).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        differences.push(format!("unknown variable `${variable}`; available: {known}"));
    }
    for tag in [Tag::StrongStart, Tag::LinkStart] {
        let count = |usage: &Usage| usage.tags.iter().filter(|there| **there == tag).count();
        let (there, wanted) = (count(usage), count(original));
        if there != wanted {
            differences.push(format!("`{}` is there {there} times, and {wanted} times in English", tag.text()));
        }
    }
    differences
}

/// Like [`problems`], but for a built-in language: it has all of English, with all variables.
#[cfg(test)]
pub(super) fn gaps(tag: &str, own: &[Arc<FluentResource>], english: &Reference) -> Vec<String> {
    let entries = Entries::of(own);
    let there: BTreeSet<_> = entries.keys().collect();
    let mut gaps: Vec<_> = english.missing(&there).map(|key| format!("{tag}: `{key}` is missing")).collect();
    for key in there {
        let usage = entries.usage(key);
        let Some(original) = english.0.get(key) else {
            gaps.push(format!("{tag}: English has no `{key}`"));
            continue;
        };
        gaps.extend(differences(&usage, original).into_iter().map(|gap| format!("{tag}: `{key}`: {gap}")));
        for variable in original.variables.difference(&usage.variables) {
            gaps.push(format!("{tag}: `{key}` lacks `${variable}`"));
        }
    }
    gaps
}

/// The line on which a message or term starts.
fn line_of(source: &str, key: &str) -> Option<usize> {
    let starts = |line: &str| {
        let line = line.strip_prefix('-').unwrap_or(line);
        line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    source.lines().position(starts).map(|at| at + 1)
}
