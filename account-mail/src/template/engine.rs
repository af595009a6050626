//! The template engine, configured so that a mistake in a template is an error, not a gap in an email.

use account_core::translation::Translator;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};

use super::translate;

/// An engine without templates for one language: variables, `if`, blocks and includes, the functions `t` and `h`, and no
/// filters. A variable that does not exist is an error, and so is showing one that has no value.
pub(super) fn environment(translator: &Translator) -> Environment<'static> {
    let mut environment = Environment::empty();
    translate::add_functions(&mut environment, translator);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| {
        let is_html = std::path::Path::new(name).extension().is_some_and(|extension| extension == "html");
        if is_html { AutoEscape::Html } else { AutoEscape::None }
    });
    environment.set_formatter(|out, state, value| {
        if value.is_none() {
            let advice = "a variable that can be absent is used outside of `{% if .. %}`";
            return Err(Error::new(ErrorKind::UndefinedError, advice));
        }
        let text = value.to_string();
        let is_to_be_escaped = matches!(state.auto_escape(), AutoEscape::Html) && !value.is_safe();
        out.write_str(&if is_to_be_escaped { escaped(&text) } else { text }).map_err(Error::from)
    });
    environment
}
/// A text for HTML, in elements and in quoted attributes. The engine's own way escapes slashes too, so that a link
/// would not stand in the document as one.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
