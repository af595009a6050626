//! One language: its messages, ready to be filled in.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_locale_core::Locale;
use unic_langid::LanguageIdentifier;

use super::arguments::{Argument, Arguments};
use super::markup::{count_links, escaped, with_links, with_tags, without_tags};
use super::usage::Entries;

type Bundle = FluentBundle<Arc<FluentResource>>;

/// Isolates a text from the direction of what is around it (Unicode Bidirectional Algorithm, section 2.4).
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// A language of the catalog.
pub(super) struct Language {
    tag: String,
    text: Bundle,
    html: Bundle,
    /// Where the messages come from, later ones in place of earlier ones.
    resources: Vec<Arc<FluentResource>>,
    /// What every message needs: variables, and how many links.
    needs: BTreeMap<String, (BTreeSet<String>, usize)>,
    /// Variables that choose between variants: a choice would not recognize an isolated text.
    selectors: BTreeSet<String>,
    is_right_to_left: bool,
    locale: Locale,
}

/// The canonical spelling of a language's tag (BCP 47): `pt-BR`. `None` if it is not one.
pub(super) fn canonical_tag(tag: &str) -> Option<String> {
    let language = LanguageIdentifier::from_str(tag).ok()?;
    (!language.language.is_empty()).then(|| language.to_string())
}

impl Language {
    /// A language with these messages. Later resources replace messages of earlier ones.
    pub(super) fn new(tag: &str, resources: Vec<Arc<FluentResource>>) -> Self {
        let bundle = |transform: fn(&str) -> Cow<'_, str>| {
            let mut bundle = Bundle::new_concurrent(vec![LanguageIdentifier::from_str(tag).unwrap_or_default()]);
            // Done for the values that need it.
            bundle.set_use_isolating(false);
            bundle.set_transform(Some(transform));
            for resource in &resources {
                bundle.add_resource_overriding(Arc::clone(resource));
            }
            bundle
        };
        let (text, html) = (bundle(without_tags), bundle(with_tags));
        let entries = Entries::of(&resources);
        let (mut needs, mut selectors) = (BTreeMap::new(), BTreeSet::new());
        for key in entries.keys() {
            let usage = entries.usage(key);
            needs.insert(key.to_owned(), (usage.variables, count_links(&usage.tags)));
            selectors.extend(usage.selectors);
        }
        let mut language = Self {
            tag: tag.to_owned(),
            text,
            html,
            needs,
            selectors,
            is_right_to_left: false,
            locale: locale(tag),
            resources,
        };
        language.is_right_to_left = language.text("language-direction", &Arguments::none()) == "rtl";
        language
    }

    pub(super) fn tag(&self) -> &str {
        &self.tag
    }

    pub(super) const fn is_right_to_left(&self) -> bool {
        self.is_right_to_left
    }

    /// What dates are written by.
    pub(super) const fn locale(&self) -> &Locale {
        &self.locale
    }

    pub(super) fn resources(&self) -> &[Arc<FluentResource>] {
        &self.resources
    }

    /// The variables of a message. `None` if there is no such message.
    pub(super) fn variables(&self, key: &str) -> Option<&BTreeSet<String>> {
        self.needs.get(key).map(|(variables, _)| variables)
    }

    /// How many links a message has. `None` if there is no such message.
    pub(super) fn links(&self, key: &str) -> Option<usize> {
        self.needs.get(key).map(|(_, links)| *links)
    }

    /// A message as plain text.
    pub(super) fn text(&self, key: &str, arguments: &Arguments) -> String {
        let arguments = arguments.iter().map(|(name, value)| {
            let value = match value {
                Argument::Number(number) => FluentValue::from(*number),
                Argument::Text(text) => self.isolated(name, text).into(),
            };
            (name, value)
        });
        filled_in(&self.text, key, &arguments.collect())
    }

    /// A message as HTML.
    pub(super) fn html(&self, key: &str, arguments: &Arguments, links: &[&str]) -> String {
        let arguments = arguments.iter().map(|(name, value)| {
            let value = match value {
                Argument::Number(number) => FluentValue::from(*number),
                Argument::Text(text) => self.isolated(name, &escaped(text)).into(),
            };
            (name, value)
        });
        with_links(&filled_in(&self.html, key, &arguments.collect()), links)
    }

    /// A value that does not change the order of the words around it.
    fn isolated(&self, name: &str, text: &str) -> String {
        // An address is copied or followed as it is.
        let is_address = name == "url" || name.ends_with("_url");
        if self.is_right_to_left && !is_address && !self.selectors.contains(name) {
            format!("{FIRST_STRONG_ISOLATE}{text}{POP_DIRECTIONAL_ISOLATE}")
        } else {
            text.to_owned()
        }
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.tag)
    }
}

/// A message with its variables. The key itself if there is no such message, which a test finds.
fn filled_in(bundle: &Bundle, key: &str, arguments: &FluentArgs<'_>) -> String {
    let pattern = bundle.get_message(key).and_then(|message| message.value());
    debug_assert!(pattern.is_some(), "there is no message `{key}`");
    let Some(pattern) = pattern else { return key.to_owned() };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned();
    debug_assert!(errors.is_empty(), "message `{key}`: {errors:?}");
    text
}

/// How the language writes dates, with the digits that the other numbers of messages have.
fn locale(tag: &str) -> Locale {
    // English is spoken everywhere: the day comes first, and the clock has 24 hours.
    let tag = if tag == "en" { "en-GB" } else { tag };
    Locale::try_from_str(&format!("{tag}-u-nu-latn")).unwrap_or(Locale::UNKNOWN)
}
