//! The engine, and what templates can call.

use account_core::translation::{Arguments, Translator};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};

/// What templates can call: sentences as text, and with the markup that they have.
pub(super) const FUNCTIONS: [&str; 2] = ["t", "h"];
/// The argument with the addresses of a sentence's links.
const LINKS: &str = "links";
/// The argument that has these links open elsewhere, so that what is typed on the page stays.
const IN_NEW_TAB: &str = "in_new_tab";

/// An engine without templates. It has no functions or filters but those of [`add_words`].
pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // The default delimiters are always in order.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_formatter(|out, _, value| {
        if value.is_none() {
            let advice = "a variable that can be absent is used outside of `{% if .. %}`";
            return Err(Error::new(ErrorKind::UndefinedError, advice));
        }
        let text = value.to_string();
        out.write_str(&if value.is_safe() { text } else { escaped(&text) }).map_err(Error::from)
    });
    environment
}

/// Has templates speak a language.
pub(super) fn add_words(environment: &mut Environment<'static>, words: Translator) {
    let [text, markup] = FUNCTIONS;
    let translator = words.clone();
    environment.add_function(text, move |key: &str, given: Kwargs| -> Result<String, Error> {
        Ok(translator.text(key, &arguments(&translator, key, &given)?))
    });
    environment.add_function(markup, move |key: &str, given: Kwargs| -> Result<Value, Error> {
        let links: Option<Vec<String>> = given.get(LINKS)?;
        let links = links.unwrap_or_default();
        let links: Vec<&str> = links.iter().map(String::as_str).collect();
        let arguments = arguments(&words, key, &given)?;
        let linked = words.links(key).unwrap_or_default();
        if linked != links.len() {
            return Err(invalid(format!("the message `{key}` has {linked} links, and {} are given", links.len())));
        }
        let html = words.html(key, &arguments, &links);
        let is_elsewhere: Option<bool> = given.get(IN_NEW_TAB)?;
        Ok(Value::from_safe_string(if is_elsewhere == Some(true) { in_new_tab(&words, &html) } else { html }))
    });
}

/// Has the links of a sentence open in a new tab, and says so to people who cannot see it. The page that they open learns
/// nothing of this one. Values are escaped, so there are no other tags.
fn in_new_tab(words: &Translator, html: &str) -> String {
    let note = escaped(&words.text("link-new-tab", &Arguments::none()));
    html.replace("<a href=", "<a target=\"_blank\" rel=\"noopener\" href=")
        .replace("</a>", &format!("<span class=\"unseen\"> {note}</span></a>"))
}

/// The values for a message; an error if it does not exist or lacks one.
fn arguments(words: &Translator, key: &str, given: &Kwargs) -> Result<Arguments, Error> {
    let Some(needed) = words.variables(key) else { return Err(invalid(format!("there is no message `{key}`"))) };
    let mut arguments = Arguments::none();
    for name in given.args().filter(|name| ![LINKS, IN_NEW_TAB].contains(name)) {
        let value: Value = given.get(name)?;
        arguments = match value.kind() {
            ValueKind::String => arguments.with(name, value.to_string()),
            ValueKind::Number => arguments.with(name, u64::try_from(value)?),
            _ => {
                return Err(invalid(format!(
                    "`{name}` of the message `{key}` has no value: use it inside of `{{% if .. %}}`"
                )));
            }
        };
    }
    for name in needed {
        if arguments.iter().all(|(given, _)| given != name) {
            return Err(invalid(format!("the message `{key}` needs a value for `{name}`")));
        }
    }
    Ok(arguments)
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, message)
}

/// A text for HTML, in elements and in quoted attributes. The engine's own way escapes slashes too, so that addresses
/// could not be read.
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
