//! The templates of all emails, in all languages.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use account_core::translation::Catalog;

use super::directory::Problem;
use super::edition::Edition;

/// Every template of every email, in every language of a catalog.
#[derive(Debug)]
pub(crate) struct Templates {
    catalog: Arc<Catalog>,
    english: Edition,
    others: Vec<Edition>,
    /// Names and texts of those that are an operator's.
    overrides: Vec<(String, String)>,
}

impl Templates {
    /// Makes templates of a catalog and of an operator's files. Errors in these are added to the problems.
    pub(super) fn new(
        catalog: &Arc<Catalog>,
        overrides: Vec<(String, String)>,
        problems: &mut BTreeSet<Problem>,
    ) -> Self {
        let english = Edition::new(catalog.english(), &overrides, problems);
        let others = catalog.languages().filter(|language| language.tag() != english.translator().tag());
        let others = others.map(|language| Edition::new(language, &overrides, problems)).collect();
        Self { catalog: Arc::clone(catalog), english, others, overrides }
    }

    /// Names and texts of those that are an operator's.
    pub(crate) fn overrides(&self) -> &[(String, String)] {
        &self.overrides
    }

    pub(crate) const fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    /// All languages, English first.
    pub(super) fn editions(&self) -> impl Iterator<Item = &Edition> {
        std::iter::once(&self.english).chain(&self.others)
    }

    /// Returns the edition for a person with this language (BCP 47): English if there is no translation.
    pub(crate) fn for_language(&self, language: Option<&str>) -> &Edition {
        let spoken = language.and_then(|tag| self.catalog.speaking(tag));
        let edition =
            spoken.and_then(|spoken| self.editions().find(|edition| edition.translator().tag() == spoken.tag()));
        edition.unwrap_or(&self.english)
    }
}

/// Returns the built-in templates in the built-in languages, parsed once.
pub(crate) fn built_in_templates() -> Arc<Templates> {
    static TEMPLATES: LazyLock<Arc<Templates>> =
        LazyLock::new(|| Arc::new(Templates::new(&Catalog::built_in(), Vec::new(), &mut BTreeSet::new())));
    Arc::clone(&TEMPLATES)
}
