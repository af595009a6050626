//! What templates say in the reader's language: `t("key", name=value)` as text, `h("key", name=value, links=[url])` as
//! HTML.

use account_core::translation::{Argument, Arguments, Translator};
use minijinja::value::{Kwargs, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State};

use super::words::OPERATOR;

/// The functions that templates have.
pub(super) const FUNCTIONS: &[&str] = &["t", "h"];

/// The argument with the addresses of a message's links.
const LINKS: &str = "links";
/// Whether the service has a name, for messages that mention it: given to all of them.
const NAMED: &str = "named";

/// Adds the functions for a language.
pub(super) fn add_functions(environment: &mut Environment<'static>, translator: &Translator) {
    let speaker = translator.clone();
    environment.add_function("t", move |state: &State, key: String, values: Kwargs| -> Result<String, Error> {
        Ok(speaker.text(&key, &arguments(&speaker, state, &key, &values)?))
    });
    let speaker = translator.clone();
    environment.add_function("h", move |state: &State, key: String, values: Kwargs| -> Result<Value, Error> {
        if !matches!(state.auto_escape(), AutoEscape::Html) {
            return Err(invalid("`h` is for HTML; `t` is for plain text".to_owned()));
        }
        let links: Option<Vec<String>> = values.get(LINKS)?;
        let links = links.unwrap_or_default();
        let links: Vec<_> = links.iter().map(String::as_str).collect();
        let arguments = arguments(&speaker, state, &key, &values)?;
        let linked = speaker.links(&key).unwrap_or_default();
        if linked != links.len() {
            return Err(invalid(format!("the message `{key}` has {linked} links, and {} are given", links.len())));
        }
        Ok(Value::from_safe_string(speaker.html(&key, &arguments, &links)))
    });
}

/// The values for a message; an error if it does not exist or lacks one.
fn arguments(speaker: &Translator, state: &State, key: &str, values: &Kwargs) -> Result<Arguments, Error> {
    let Some(needed) = speaker.variables(key) else { return Err(invalid(format!("there is no message `{key}`"))) };
    let operator = state.lookup(OPERATOR).filter(|name| !name.is_undefined() && !name.is_none());
    let named = if operator.is_some() { "yes" } else { "no" };
    let operator = operator.map_or_else(String::new, |name| name.to_string());
    let mut arguments = Arguments::none().with(NAMED, named).with(OPERATOR, operator);
    for name in values.args().filter(|name| *name != LINKS) {
        let value: Value = values.get(name)?;
        if value.is_none() || value.is_undefined() {
            return Err(invalid(format!(
                "`{name}` of the message `{key}` has no value: use it inside of `{{% if .. %}}`"
            )));
        }
        arguments = arguments.with(name, argument(&value));
    }
    for name in needed {
        if arguments.iter().all(|(given, _)| given != name) {
            return Err(invalid(format!("the message `{key}` needs a value for `{name}`")));
        }
    }
    Ok(arguments)
}

fn argument(value: &Value) -> Argument {
    let number = value.as_usize().filter(|_| value.is_integer());
    number.map_or_else(|| value.to_string().into(), Into::into)
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, message)
}
