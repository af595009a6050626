//! What every page shows around its content.

use std::sync::Arc;

use account_core::translation::{Catalog, Translator};
use serde::Serialize;

use crate::settings::Looks;

/// What every page shows around its content: whose it is, in which language, where addresses begin.
#[derive(Serialize)]
pub(super) struct Frame<'a> {
    operator: &'a str,
    /// The path of the public URL, which every address begins with.
    base: &'a str,
    /// The token of the page's forms.
    csrf: String,
    /// The page's language, BCP 47.
    language: &'a str,
    /// `ltr` or `rtl`.
    direction: &'static str,
    /// The languages to choose from.
    languages: &'a [LanguageChoice],
    /// Where the page can be opened again, in another language.
    here: String,
    has_logo: bool,
    has_dark_logo: bool,
    has_stylesheet: bool,
    terms: Option<&'a str>,
    privacy: Option<&'a str>,
    support: Option<&'a str>,
}

/// A language that a page can have.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LanguageChoice {
    tag: String,
    /// What the language calls itself.
    name: String,
}

/// Whose the pages are, and what they offer.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    pub(super) operator: &'a str,
    pub(super) base: &'a str,
    pub(super) looks: &'a Looks,
    pub(super) languages: &'a [LanguageChoice],
}

impl LanguageChoice {
    /// The languages of a catalog.
    pub(super) fn of(catalog: &Arc<Catalog>) -> Vec<Self> {
        catalog.languages().map(|words| Self { tag: words.tag().to_owned(), name: words.name() }).collect()
    }
}

impl<'a> Frame<'a> {
    /// The frame of a page of that site in that language.
    pub(super) fn new(site: Site<'a>, words: &'a Translator, csrf: String, here: String) -> Self {
        let Site { operator, base, looks, languages } = site;
        Self {
            operator,
            base,
            csrf,
            language: words.tag(),
            direction: if words.is_right_to_left() { "rtl" } else { "ltr" },
            languages,
            here,
            has_logo: looks.logo.is_some(),
            has_dark_logo: looks.logo.is_some() && looks.dark_logo.is_some(),
            has_stylesheet: looks.stylesheet.is_some(),
            terms: looks.terms_url.as_deref(),
            privacy: looks.privacy_url.as_deref(),
            support: looks.support_url.as_deref(),
        }
    }
}

impl<'a> Frame<'a> {
    /// The frame of a page that checks an operator's templates.
    pub(super) fn sample(words: &'a Translator, languages: &'a [LanguageChoice], is_full: bool) -> Self {
        let link = |address| is_full.then_some(address);
        Self {
            operator: "Example",
            base: "/accounts",
            csrf: "csrf".to_owned(),
            language: words.tag(),
            direction: "ltr",
            languages,
            here: "/accounts/here".to_owned(),
            has_logo: is_full,
            has_dark_logo: is_full,
            has_stylesheet: is_full,
            terms: link("https://example.com/terms"),
            privacy: link("https://example.com/privacy"),
            support: link("https://example.com/support"),
        }
    }
}
