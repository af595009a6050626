//! The templates of the pages: the built-in ones, and an operator's in place of them.
//!
//! Each is `templates/<page>.html` ([`minijinja`](https://docs.rs/minijinja)), shows the values of one type that names it
//! ([`PageTemplate`]), and has its sentences from the catalog: `t("key", name=value)` is a text, `h("key", name=value,
//! links=[address])` has the markup that the sentence has. Values are escaped. A variable that does not exist is an
//! error, and so is showing one that has no value.

mod engine;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use account_core::translation::{Catalog, Translator};
use minijinja::{Environment, Value};
use serde::Serialize;

/// The values that a page shows, by the names of its template's variables.
pub(super) trait PageTemplate: Serialize {
    /// The name of the template.
    const NAME: &'static str;

    /// Where the page can be opened again, in another language: the path and query of one of our pages. `None` if that is
    /// the path that was asked for.
    fn here(&self) -> Option<String> {
        None
    }
}

/// The files of these names in `templates/`, each with its text.
macro_rules! files {
    ($($name:literal)+) => { [$(($name, include_str!(concat!("../../templates/", $name)))),+] };
}

/// The built-in templates, names and texts.
pub(super) const BUILT_IN: [(&str, &str); 31] = files![
    "accepted.html" "address_confirmed.html" "completed.html" "confirm_address.html" "dead_link.html"
    "deletion_begun.html" "development.html" "error.html" "forgot.html" "forgot_sent.html" "invitation.html" "layout.html" "parts.html"
    "password_policy.html" "password_set.html" "profile.html" "profile_details.html" "profile_email.html"
    "profile_identities.html" "profile_password.html" "profile_privacy.html" "profile_sessions.html"
    "provider_leaving.html" "provider_return.html" "register.html" "reset.html" "sign_in.html"
    "verified.html" "verify.html" "waiting.html" "waiting_unknown.html"
];

/// The templates of the console, which are no operator's.
pub(super) const CONSOLE: [(&str, &str); 7] = files![
    "console/dashboard.html" "console/details.html" "console/features.html" "console/layout.html" "console/list.html"
    "console/parts.html" "console/password.html"
];

/// The templates of the pages. The default are the built-in ones.
#[derive(Debug, Clone)]
pub struct PageTemplates {
    environment: Environment<'static>,
    overridden: usize,
}

impl Default for PageTemplates {
    fn default() -> Self {
        static BUILT_IN_ONES: LazyLock<Environment<'static>> = LazyLock::new(|| {
            let mut environment = engine::environment();
            for (name, text) in BUILT_IN.into_iter().chain(CONSOLE) {
                // A template that cannot be parsed would be missing at rendering; a test renders all of them.
                let _ = environment.add_template(name, text);
            }
            environment
        });
        Self { environment: BUILT_IN_ONES.clone(), overridden: 0 }
    }
}

impl PageTemplates {
    /// Returns how many templates are the operator's.
    #[must_use]
    pub const fn overridden(&self) -> usize {
        self.overridden
    }

    /// Replaces the built-in template of that name.
    pub(super) fn replace(&mut self, name: &str, text: String) -> Result<(), minijinja::Error> {
        self.environment.add_template_owned(name.to_owned(), text)?;
        self.overridden += 1;
        Ok(())
    }

    /// The variables that a template names and that it does not make itself.
    pub(super) fn variables(&self, name: &str) -> Vec<String> {
        let template = self.environment.get_template(name);
        let names = template.map(|template| template.undeclared_variables(false)).unwrap_or_default();
        names.into_iter().filter(|name| !engine::FUNCTIONS.contains(&name.as_str())).collect()
    }
}

/// The templates in every language of a catalog.
pub(super) struct Renderer {
    by_language: BTreeMap<String, Environment<'static>>,
}

impl Renderer {
    pub(super) fn new(templates: &PageTemplates, catalog: &Arc<Catalog>) -> Self {
        let speaking = |words: Translator| {
            let mut environment = templates.environment.clone();
            let tag = words.tag().to_owned();
            engine::add_words(&mut environment, words);
            (tag, environment)
        };
        Self { by_language: catalog.languages().map(speaking).collect() }
    }

    /// A page in that language.
    pub(super) fn render(&self, language: &str, template: &str, values: Value) -> Result<String, minijinja::Error> {
        let missing = || minijinja::Error::new(minijinja::ErrorKind::TemplateNotFound, "no such language");
        let environment = self.by_language.get(language).ok_or_else(missing)?;
        environment.get_template(template)?.render(values)
    }
}
