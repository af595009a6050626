//! Settings of the dialects: sections `dialects.<name>`.

use std::collections::BTreeMap;

use account_core::registration::activation::{Activation, RequiredProof};
use account_http::settings::{DialectOption, DialectSettings, OptionKind, OptionValue};
use account_http::{DialectFacts, dialects};

use crate::config::reader::{ConfigReader, Parsed, Refusal};
use crate::config::values::{named, plain, policy};

/// Reads the settings of every dialect, by name.
pub(super) fn read_dialects(reader: &mut ConfigReader) -> BTreeMap<&'static str, DialectSettings> {
    // Reads all of them, so that all errors are reported.
    dialects().map(|dialect| (dialect.name, read_dialect(reader, &dialect))).collect()
}

fn read_dialect(reader: &mut ConfigReader, dialect: &DialectFacts) -> DialectSettings {
    let name = |key: &str| format!("dialects.{}.{key}", dialect.name);
    let mut settings = DialectSettings {
        is_enabled: reader.value(&name("enabled"), plain),
        password_policy: reader.value(&name("password_policy"), policy),
        activation: reader.value(&name("activation"), named(Activation::by_name)),
        required_proof: reader.value(&name("redeem"), named(RequiredProof::by_name)),
        discloses_existing: reader.value(&name("disclose_existing"), plain),
        options: BTreeMap::new(),
    };
    for option in dialect.options {
        settings.options.extend(read_option(reader, &name(option.name), option).map(|value| (option.name, value)));
    }
    note_halves(reader, dialect, &settings.options);
    settings
}

/// Reports missing options of a section in which others are set: a section needs all or none.
fn note_halves(reader: &mut ConfigReader, dialect: &DialectFacts, options: &BTreeMap<&'static str, OptionValue>) {
    let full = |name: &str| format!("dialects.{}.{name}", dialect.name);
    let section = |name: &'static str| name.rsplit_once('.').map(|(section, _)| section);
    let (given, absent): (Vec<_>, Vec<_>) = dialect
        .options
        .iter()
        .map(|option| option.name)
        .partition(|name| options.contains_key(name) || !reader.is_sound(&full(name)));
    for name in absent {
        let other = given.iter().find(|given| section(name).is_some() && section(given) == section(name));
        if let Some(other) = other {
            reader.object(&full(name), &format!("required because `{}` is set", full(other)));
        }
    }
}

fn read_option(reader: &mut ConfigReader, name: &str, option: &DialectOption) -> Option<OptionValue> {
    match option.kind {
        OptionKind::Flag { .. } => Some(OptionValue::Flag(reader.value(name, plain))),
        OptionKind::Text { is_allowed } => reader.optional(name, allowed(is_allowed)).map(OptionValue::Text),
        OptionKind::Secret { is_allowed } => {
            reader.optional(name, allowed(is_allowed)).map(|text| OptionValue::Secret(text.into()))
        }
    }
}

fn allowed(is_allowed: fn(&str) -> bool) -> impl Fn(&str) -> Parsed<String> {
    move |text| if is_allowed(text) { Ok(text.to_owned()) } else { Err(Refusal::NotAllowed) }
}
