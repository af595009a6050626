//! How pages look and speak.

use std::fmt::Display;
use std::path::Path;
use std::sync::Arc;

use account_core::translation::{Catalog, Translator};
use account_http::open_page_templates;
use account_http::settings::{HttpSettings, Image, Looks, PageTemplates, Stylesheet};
use account_mail::config::{Branding, ButtonColors, FooterUrl};

use crate::config::reader::{ConfigReader, Parsed, Refusal};
use crate::config::values::{accent_color, destination, path};

/// Maximum size of a file that is read, in bytes: more than any of them may have.
const MAX_BYTES: u64 = 1024 * 1024;

/// How pages look and speak: section `pages`.
#[derive(Debug)]
pub(crate) struct Pages {
    looks: Looks,
    templates: PageTemplates,
    catalog: Arc<Catalog>,
    default_language: Translator,
    onboarding_url: Option<String>,
    /// What emails have of the looks.
    branding: Branding,
}

impl Pages {
    pub(crate) fn read(reader: &mut ConfigReader, catalog: &Arc<Catalog>) -> Self {
        let looks = Looks {
            logo: reader.optional("pages.logo_file", image),
            dark_logo: reader.optional("pages.logo_dark_file", image),
            favicon: reader.optional("pages.favicon_file", image),
            accent: reader.optional("pages.accent_color", accent_color),
            stylesheet: reader.optional("pages.stylesheet_file", |text| parsed(text, Stylesheet::parse)),
            terms_url: reader.optional("pages.terms_url", destination),
            privacy_url: reader.optional("pages.privacy_url", destination),
            support_url: reader.optional("pages.support_url", destination),
        };
        if looks.dark_logo.is_some() && looks.logo.is_none() {
            reader.object("pages.logo_dark_file", "`pages.logo_file` is missing");
        }
        Self {
            branding: branding(&looks, reader),
            looks,
            templates: read_templates(reader),
            catalog: Arc::clone(catalog),
            default_language: reader.value("pages.default_language", |text| language(catalog, text)),
            onboarding_url: reader.optional("pages.onboarding_url", destination),
        }
    }

    /// What emails have of the looks.
    pub(crate) const fn branding(&self) -> &Branding {
        &self.branding
    }

    /// Has the pages look and speak like that.
    pub(crate) fn add_to(&self, settings: &mut HttpSettings) {
        settings.looks = self.looks.clone();
        settings.catalog = Arc::clone(&self.catalog);
        settings.page_templates = self.templates.clone();
        settings.default_language = self.default_language.clone();
        settings.onboarding_url.clone_from(&self.onboarding_url);
    }
}

/// Takes over what emails can show.
fn branding(looks: &Looks, reader: &mut ConfigReader) -> Branding {
    let mut url = |key: &str, url: &Option<String>| {
        let url: Result<FooterUrl, _> = url.as_ref()?.parse();
        url.map_err(|error| reader.object(key, &error.to_string())).ok()
    };
    let [support_url, terms_url, privacy_url] = [
        url("pages.support_url", &looks.support_url),
        url("pages.terms_url", &looks.terms_url),
        url("pages.privacy_url", &looks.privacy_url),
    ];
    let button = looks.accent.and_then(|accent| {
        let (background, text) = accent.button();
        let colors = ButtonColors::new(&background, &text);
        colors.map_err(|error| reader.object("pages.accent_color", &error.to_string())).ok()
    });
    Branding { button, support_url, terms_url, privacy_url }
}

/// Templates are read and rendered here, so that all errors in them are reported at start with all others.
fn read_templates(reader: &mut ConfigReader) -> PageTemplates {
    let directory = reader.optional("pages.template_directory", path);
    let opened = directory.map_or_else(|| Ok(PageTemplates::default()), |directory| open_page_templates(&directory));
    opened.unwrap_or_else(|problems| {
        for problem in problems {
            reader.object("pages.template_directory", &problem.to_string());
        }
        PageTemplates::default()
    })
}

fn language(catalog: &Arc<Catalog>, tag: &str) -> Parsed<Translator> {
    let words = catalog.speaking(tag).filter(|words| words.tag().eq_ignore_ascii_case(tag));
    words.ok_or_else(|| {
        let known: Vec<_> = catalog.languages().map(|words| format!("`{}`", words.tag())).collect();
        Refusal::Because(format!("there are words in {} only", known.join(", ")))
    })
}

fn image(text: &str) -> Parsed<Image> {
    parsed(text, Image::parse)
}

/// Reads a file.
fn parsed<T, E: Display>(text: &str, parse: fn(Vec<u8>) -> Result<T, E>) -> Parsed<T> {
    let path = path(text)?;
    let because = |reason: &dyn Display| Refusal::Because(format!("`{text}`: {reason}"));
    let bytes = read(&path).map_err(|error| because(&format_args!("cannot read the file: {error}")))?;
    parse(bytes).map_err(|error| because(&error))
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than is read of any file tells that it is too large.
    std::io::Read::read_to_end(&mut std::io::Read::take(std::fs::File::open(path)?, MAX_BYTES), &mut bytes)?;
    Ok(bytes)
}
