//! The words of pages and emails, in every language: one catalog for all of them.
//!
//! The words are in the format of [Project Fluent](https://projectfluent.org), in `translations/<tag>/*.ftl`, and are
//! compiled in. An operator's files replace single messages or add a language. A [`Catalog`] gives a [`Translator`] for
//! a language; that one gives messages as text or as HTML, and writes dates, spans of time and lists as the language
//! does. Nothing here reads a file.
//!
//! ```
//! use account_core::translation::{Arguments, Catalog};
//!
//! let german = Catalog::built_in().speaking("de-AT").unwrap();
//! assert_eq!(german.tag(), "de");
//! assert_eq!(german.text("sign-in", &Arguments::none()), "Anmelden");
//! ```
//!
//! Rules for messages, which tests hold for the built-in languages and [`Catalog::with_files`] for an operator's:
//!
//! - English has every message. A translation has the variables and the tags of the English message.
//! - A message has no markup but `<strong>` and at most two `<a>`, without attributes: the page gives the addresses.
//! - A message has no attributes and calls no functions. It may refer to other messages and to terms.

mod arguments;
mod built_in;
mod catalog;
mod check;
mod language;
mod markup;
mod moment;
mod problem;
mod translator;
mod usage;

pub use arguments::{Argument, Arguments};
pub use catalog::Catalog;
pub use moment::utc_offset;
pub use problem::CatalogProblem;
pub use translator::Translator;

#[cfg(test)]
mod tests;
