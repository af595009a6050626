//! How the dialects are served: sections `dialects.<name>`.

use std::collections::BTreeMap;

use account_core::registration::activation::{Activation, RequiredProof};
use account_http::settings::{DialectOption, DialectSettings, OptionKind, OptionValue};
use account_http::{DialectFacts, dialects};

use crate::config::reader::{ConfigReader, Noted, Parsed, Refusal};
use crate::config::values::{plain, policy};

/// The settings of every dialect, by its name.
pub(super) fn read_dialects(reader: &mut ConfigReader) -> Result<BTreeMap<&'static str, DialectSettings>, Noted> {
    // All of them, before the first that is wrong ends it.
    let read: Vec<_> = dialects().map(|dialect| (dialect.name, read_dialect(reader, &dialect))).collect();
    read.into_iter().map(|(name, settings)| Ok((name, settings?))).collect()
}

fn read_dialect(reader: &mut ConfigReader, dialect: &DialectFacts) -> Result<DialectSettings, Noted> {
    let name = |key: &str| format!("dialects.{}.{key}", dialect.name);
    let is_enabled = reader.value(&name("enabled"), plain);
    let password_policy = reader.value(&name("password_policy"), policy);
    let activation = reader.value(&name("activation"), named(Activation::by_name));
    let redeem = reader.value(&name("redeem"), named(RequiredProof::by_name));
    let discloses_existing = reader.value(&name("disclose_existing"), plain);
    let options: Vec<_> =
        dialect.options.iter().map(|option| (option.name, read_option(reader, &name(option.name), option))).collect();
    note_halves(reader, dialect, &options);
    let given = options.into_iter().filter_map(|(name, value)| Some(value.transpose()?.map(|value| (name, value))));
    Ok(DialectSettings {
        is_enabled: is_enabled?,
        password_policy: password_policy?,
        activation: activation?,
        required_proof: redeem?,
        discloses_existing: discloses_existing?,
        options: given.collect::<Result<_, _>>()?,
    })
}

/// Notes options of a section of which others are given: they are given all, or none.
fn note_halves(
    reader: &mut ConfigReader,
    dialect: &DialectFacts,
    options: &[(&str, Result<Option<OptionValue>, Noted>)],
) {
    let section = |name: &str| name.rsplit_once('.').map(|(section, _)| section.to_owned());
    let is_absent = |value: &Result<Option<OptionValue>, Noted>| matches!(value, Ok(None));
    for (absent, _) in options.iter().filter(|(_, value)| is_absent(value)) {
        let Some(own) = section(absent) else { continue };
        let given = options.iter().find(|(name, value)| section(name).as_ref() == Some(&own) && !is_absent(value));
        if let Some((given, _)) = given {
            let full = |name: &str| format!("dialects.{}.{name}", dialect.name);
            reader.object(&full(absent), &format!("required because `{}` is set", full(given)));
        }
    }
}

fn read_option(reader: &mut ConfigReader, name: &str, option: &DialectOption) -> Result<Option<OptionValue>, Noted> {
    match option.kind {
        OptionKind::Flag { .. } => reader.value(name, plain).map(|value| Some(OptionValue::Flag(value))),
        OptionKind::Text { is_allowed } => {
            reader.optional(name, allowed(is_allowed)).map(|text| text.map(OptionValue::Text))
        }
        OptionKind::Secret { is_allowed } => {
            reader.optional(name, allowed(is_allowed)).map(|text| text.map(|text| OptionValue::Secret(text.into())))
        }
    }
}

fn named<T>(by_name: impl Fn(&str) -> Option<T>) -> impl Fn(&str) -> Parsed<T> {
    move |text| by_name(text).ok_or(Refusal::NotAllowed)
}

fn allowed(is_allowed: fn(&str) -> bool) -> impl Fn(&str) -> Parsed<String> {
    move |text| if is_allowed(text) { Ok(text.to_owned()) } else { Err(Refusal::NotAllowed) }
}
