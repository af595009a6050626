//! The written settings, from the file and the environment, as texts by dotted name.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::key_source::KeySource;
use super::keys::{KEYS, Key, PREFIX, is_known, misnamed, named_of_variable, nearest, variable};
use super::problem::Problem;
use super::service_link::ServiceLinks;

/// The written settings, by dotted name.
pub(crate) type Given = BTreeMap<String, Setting>;

/// A written setting.
#[derive(Clone)]
pub(crate) struct Setting {
    pub(crate) text: Text,
    pub(crate) origin: KeySource,
}

/// The value of a written setting.
#[derive(Clone)]
pub(crate) enum Text {
    /// One value.
    One(String),
    /// A list.
    Many(Vec<String>),
    /// Something that no setting accepts.
    Neither,
}

/// Parses the text of a configuration file.
pub(crate) fn from_file(path: &Path, text: &str, problems: &mut Vec<Problem>) -> Given {
    let (table, errors) = DeTable::parse_recoverable(text);
    let origin = |at: usize| KeySource::File { path: path.display().to_string(), line: line_of(text, at) };
    // Only the parser's message: its `Display` repeats the line, which can contain a password.
    problems.extend(errors.iter().map(|error| {
        let message = format!("not valid TOML: {}", error.message());
        Problem::new("the file", origin(error.span().map_or(0, |span| span.start)), message)
    }));
    let mut given = Given::new();
    if errors.is_empty() {
        flatten(table.get_ref(), "", &origin, &mut given);
    }
    let unknown: Vec<_> = given.keys().filter(|name| !is_known(name)).cloned().collect();
    for name in unknown {
        if let Some(setting) = given.remove(&name) {
            let message = || format!("unknown setting; did you mean `{}`?", nearest(&name));
            problems.push(Problem::new(&name, setting.origin, misnamed(&name).unwrap_or_else(message)));
        }
    }
    given
}

/// Reads the variables that start with `ACCOUNT_`. Those that a platform sets are not settings: their names go to
/// `left_alone`.
pub(crate) fn from_environment(
    variables: impl IntoIterator<Item = (OsString, OsString)>,
    left_alone: &mut Vec<String>,
    problems: &mut Vec<Problem>,
) -> Given {
    let known: BTreeMap<_, _> = KEYS.iter().flat_map(Key::names).map(|name| (variable(&name), name)).collect();
    let variables = variables.into_iter().map(|(name, value)| (name.to_string_lossy().into_owned(), value));
    let variables: Vec<_> = variables.filter(|(name, _)| name.starts_with(PREFIX)).collect();
    let links = ServiceLinks::of(variables.iter().filter_map(|(name, value)| Some((&**name, value.to_str()?))));
    let mut given = Given::new();
    for (name, value) in variables {
        let origin = KeySource::Variable(name.clone());
        let Some(key) = known.get(&name).cloned().or_else(|| named_of_variable(&name)) else {
            if value.to_str().is_some_and(|value| links.include(&name, value)) {
                left_alone.push(name);
                continue;
            }
            let dotted = name.trim_start_matches(PREFIX).to_lowercase().replace("__", ".");
            let nearest = nearest(&dotted);
            let message = format!("unknown setting; did you mean `{}` (`{nearest}`)?", variable(&nearest));
            problems.push(Problem::new(&name, origin, message));
            continue;
        };
        match value.into_string() {
            Ok(value) => {
                given.insert(key, Setting { text: Text::One(value), origin });
            }
            Err(_) => problems.push(Problem::new(&key, origin, "the value is not UTF-8".to_owned())),
        }
    }
    given
}

/// Flattens nested tables: `[mail.smtp] url = ..` becomes `mail.smtp.url`.
fn flatten(table: &DeTable<'_>, prefix: &str, origin: &dyn Fn(usize) -> KeySource, given: &mut Given) {
    for (key, value) in table {
        let name = format!("{prefix}{}", key.get_ref());
        match value.get_ref() {
            DeValue::Table(table) if !is_known(&name) => flatten(table, &format!("{name}."), origin, given),
            value => {
                let setting = Setting { text: text_of(value), origin: origin(key.span().start) };
                given.insert(name, setting);
            }
        }
    }
}

fn text_of(value: &DeValue<'_>) -> Text {
    match value {
        DeValue::Array(values) => {
            let texts = values.iter().map(Spanned::get_ref).map(scalar).collect::<Option<_>>();
            texts.map_or(Text::Neither, Text::Many)
        }
        value => scalar(value).map_or(Text::Neither, Text::One),
    }
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1
}
