//! The language of a page: the one that was chosen in this browser, else the account's, else the one that the browser
//! asks for, else the operator's.

use std::time::Duration;

use account_core::translation::Translator;
use poem::http::header;
use poem::{Request, Response};

use super::pages::Pages;
use crate::cookie::{CookieStyle, LANGUAGE};

/// How long a browser keeps the language that was chosen: as long as browsers keep cookies at most (RFC 6265bis, 5.5).
const LASTS: Duration = Duration::from_hours(400 * 24);

/// The language of an answer, and where it comes from.
#[derive(Debug, Clone)]
pub(super) struct PageLanguage {
    pub(super) words: Translator,
    /// Whether somebody chose it in this browser.
    pub(super) is_chosen: bool,
    /// The languages that the browser asks for, as it says them (`Accept-Language`).
    pub(super) asked_for: Option<String>,
}

impl PageLanguage {
    /// What a request says of the language that its answer should have.
    pub(super) fn of(pages: &Pages, request: &Request) -> Self {
        let chosen = pages.cookies.find(request.headers(), LANGUAGE).and_then(|tag| pages.catalog.speaking(tag));
        let asked_for = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let is_chosen = chosen.is_some();
        let words = chosen.or_else(|| pages.catalog.for_header(asked_for?));
        let words = words.unwrap_or_else(|| pages.default_language.clone());
        Self { words, is_chosen, asked_for: asked_for.map(str::to_owned) }
    }
}

/// Has the browser keep a language.
pub(super) fn keep(cookies: &CookieStyle, words: &Translator, response: &mut Response) {
    cookies.set(response, LANGUAGE, words.tag(), Some(LASTS));
}
