//! All languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, LazyLock};

use fluent_bundle::FluentResource;

use super::built_in::{self, ENGLISH};
use super::check::{self, Reference};
use super::language::{Language, canonical_tag};
use super::problem::CatalogProblem;
use super::translator::Translator;
use super::usage::Entries;
use crate::accept_language;

/// Longest tag that is looked up. A browser can send any.
const MAX_TAG_BYTES: usize = 64;

/// The words of pages and emails, in every language. By default the built-in ones.
#[derive(Clone)]
pub struct Catalog {
    /// English is the first.
    languages: Vec<Arc<Language>>,
    english: Arc<Language>,
    /// The operator's files, by tag.
    own: BTreeMap<String, Arc<FluentResource>>,
}

/// What is compiled in, parsed once.
struct BuiltIn {
    resources: BTreeMap<&'static str, Vec<Arc<FluentResource>>>,
    reference: Reference,
    catalog: Arc<Catalog>,
}

static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    let resources: BTreeMap<_, _> = built_in::LANGUAGES.into_iter().map(|(tag, files)| (tag, parsed(&files))).collect();
    let english = resources.get(ENGLISH).cloned().unwrap_or_default();
    let catalog = Arc::new(Catalog::of(&resources, BTreeMap::new()));
    BuiltIn { reference: Reference::of(&english), resources, catalog }
});

/// The files of a built-in language. What cannot be parsed would be missing; a test parses all of them.
fn parsed(files: &[(&str, &str)]) -> Vec<Arc<FluentResource>> {
    let resource = |text: &str| FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    files.iter().map(|(_, text)| Arc::new(resource(text))).collect()
}

impl Catalog {
    /// Returns the built-in languages.
    #[must_use]
    pub fn built_in() -> Arc<Self> {
        Arc::clone(&BUILT_IN.catalog)
    }

    /// Returns the built-in languages with an operator's files, each with its tag. The file of a built-in language
    /// replaces single messages. That of another language adds it; English stands in for what it lacks.
    ///
    /// # Errors
    /// All problems of all files: no valid tag, syntax, unknown messages and variables, other tags than in English.
    pub fn with_files(files: impl IntoIterator<Item = (String, String)>) -> Result<Arc<Self>, Vec<CatalogProblem>> {
        let mut problems = Vec::new();
        let mut own = BTreeMap::new();
        for (tag, text) in files {
            let Some(canonical) = canonical_tag(&tag) else {
                problems.push(CatalogProblem::new(
                    tag,
                    None,
                    "the name is not a language's tag, as in `it` or `pt-BR`",
                ));
                continue;
            };
            match check::parse(&tag, text) {
                Ok(resource) => {
                    if own.insert(canonical, resource).is_some() {
                        problems.push(CatalogProblem::new(tag, None, "another file has the same language"));
                    }
                }
                Err(found) => problems.extend(found),
            }
        }
        let catalog = Self::of(&BUILT_IN.resources, own);
        for language in &catalog.languages {
            if let Some(own) = catalog.own.get(language.tag()) {
                let is_built_in = BUILT_IN.resources.contains_key(language.tag());
                problems.extend(check::problems(language, own, &BUILT_IN.reference, is_built_in));
            }
        }
        problems.sort();
        if problems.is_empty() { Ok(Arc::new(catalog)) } else { Err(problems) }
    }

    /// Makes all languages of what is built in and of an operator's files.
    fn of(
        built_in: &BTreeMap<&'static str, Vec<Arc<FluentResource>>>,
        own: BTreeMap<String, Arc<FluentResource>>,
    ) -> Self {
        let files = |tag: &str| built_in.get(tag).into_iter().flatten().chain(own.get(tag)).cloned();
        // An operator's English stands in for other languages, too.
        let language = |tag: &str| {
            let rest = files(tag).filter(|_| tag != ENGLISH);
            Arc::new(Language::new(tag, files(ENGLISH).chain(rest).collect()))
        };
        let english = language(ENGLISH);
        let tags: BTreeSet<&str> = built_in.keys().copied().chain(own.keys().map(String::as_str)).collect();
        let mut others: Vec<_> = tags.into_iter().filter(|tag| *tag != ENGLISH).map(language).collect();
        others.sort_by_cached_key(|language| Translator::new(Arc::clone(language)).name().to_lowercase());
        let languages = std::iter::once(Arc::clone(&english)).chain(others).collect();
        Self { languages, english, own }
    }

    /// Returns the keys of the messages that an operator's languages lack, by language. English stands in for them.
    #[must_use]
    pub fn missing(&self) -> Vec<(String, Vec<String>)> {
        let added = self.own.iter().filter(|(tag, _)| !BUILT_IN.resources.contains_key(tag.as_str()));
        let missing = added.map(|(tag, resource)| {
            let own = [Arc::clone(resource)];
            let there = Entries::of(&own).keys().collect();
            (tag.clone(), BUILT_IN.reference.missing(&there).map(str::to_owned).collect())
        });
        missing.filter(|(_, keys): &(String, Vec<String>)| !keys.is_empty()).collect()
    }

    /// Returns how many messages of built-in and new languages are an operator's.
    #[must_use]
    pub fn own_messages(&self) -> usize {
        self.own.values().map(|resource| Entries::of(std::slice::from_ref(resource)).keys().count()).sum()
    }

    /// Returns all languages: English first, then by their own names.
    pub fn languages(&self) -> impl Iterator<Item = Translator> {
        self.languages.iter().map(|language| Translator::new(Arc::clone(language)))
    }

    /// Returns the language with this tag, or the one that it is a variety of: `de` for `de-AT` (RFC 4647, section
    /// 3.4). `None` if there is no such language.
    #[must_use]
    pub fn speaking(&self, tag: &str) -> Option<Translator> {
        if tag.len() > MAX_TAG_BYTES {
            return None;
        }
        let tag = tag.trim().replace('_', "-");
        let mut wanted = tag.as_str();
        loop {
            let language = self.languages.iter().find(|language| language.tag().eq_ignore_ascii_case(wanted));
            if let Some(language) = language {
                return Some(Translator::new(Arc::clone(language)));
            }
            (wanted, _) = wanted.rsplit_once('-')?;
        }
    }

    /// Returns the language that a browser prefers, by its header `Accept-Language`. `None` if there is none of those.
    #[must_use]
    pub fn for_header(&self, accept_language: &str) -> Option<Translator> {
        accept_language::first_known(accept_language, |tag| self.speaking(tag))
    }

    /// Returns English.
    #[must_use]
    pub fn english(&self) -> Translator {
        Translator::new(Arc::clone(&self.english))
    }

    /// Returns all messages in English as one file, from which a translation can start.
    #[must_use]
    pub fn english_file() -> String {
        let files = built_in::LANGUAGES.iter().filter(|(tag, _)| *tag == ENGLISH).flat_map(|(_, files)| files);
        files.map(|(_, text)| text.trim()).collect::<Vec<_>>().join("\n\n") + "\n"
    }
}

impl Default for Catalog {
    fn default() -> Self {
        (*BUILT_IN.catalog).clone()
    }
}

/// Two catalogs are equal if their words are.
impl PartialEq for Catalog {
    fn eq(&self, other: &Self) -> bool {
        let words = |catalog: &Self| -> Vec<(String, String)> {
            catalog.own.iter().map(|(tag, resource)| (tag.clone(), resource.source().to_owned())).collect()
        };
        words(self) == words(other)
    }
}

impl Eq for Catalog {}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tags: Vec<_> = self.languages.iter().map(|language| language.tag()).collect();
        write!(f, "Catalog({})", tags.join(", "))
    }
}
