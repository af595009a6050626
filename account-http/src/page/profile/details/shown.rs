//! The form for account details: as stored, and as typed.

use std::collections::BTreeMap;

use account_core::account::Account;
use account_core::timestamp::Timestamp;
use account_core::translation::{Arguments, Translator};
use account_core::violation::{Field, Violations};
use serde::Serialize;

use super::super::super::choices::Choice;
use super::super::super::form::Fields;
use super::super::super::samples;
use super::super::super::words::{self, say};
use super::table::{Detail, GROUPS, Kind};
use crate::settings::ProfileFields;

/// A form that was not taken: what was typed, and what is wrong with it.
#[derive(Default)]
pub(in super::super) struct Typed {
    pub(super) texts: BTreeMap<&'static str, String>,
    pub(in super::super) wants_newsletter: bool,
    pub(in super::super) violations: Violations,
    /// Whether to show what is saved beside what was typed.
    pub(super) is_outdated: bool,
}

/// Details that belong together, as the page shows them.
#[derive(Serialize)]
pub(in super::super) struct DetailGroup {
    pub(in super::super) legend: String,
    pub(in super::super) details: Vec<DetailView>,
}

/// A field of the form.
#[derive(Serialize)]
pub(in super::super) struct DetailView {
    pub(in super::super) name: &'static str,
    pub(in super::super) label: String,
    /// The input's type; `list` where values are chosen, `lines` where there are several lines.
    pub(in super::super) input: &'static str,
    pub(in super::super) autocomplete: &'static str,
    pub(in super::super) hint: String,
    /// Values to choose from, with their names; none where anything can be typed.
    pub(in super::super) choices: Vec<Choice>,
    pub(in super::super) value: String,
    pub(in super::super) problems: Vec<String>,
}

impl Typed {
    /// What was typed into a form.
    pub(super) fn of(fields: &Fields) -> Self {
        Self {
            texts: all().filter_map(|detail| Some((detail.name(), text_of(fields, detail)?))).collect(),
            wants_newsletter: fields.text("newsletter") == "yes",
            ..Self::default()
        }
    }
}

pub(super) fn all() -> impl Iterator<Item = &'static Detail> {
    GROUPS.iter().flat_map(|(_, details)| details.iter())
}

/// A field's text as it would be saved: browsers end lines with CR and LF.
pub(super) fn text_of<'a>(fields: &'a Fields, detail: &Detail) -> Option<String> {
    fields.find(detail.name()).map(|text: &'a str| text.trim().replace("\r\n", "\n"))
}

/// The form's fields that an operator wants: with what was typed, or else with what is saved.
pub(in super::super) fn groups(
    words: &Translator,
    account: &Account,
    typed: Option<&Typed>,
    shown: &ProfileFields,
    now: Timestamp,
) -> Vec<DetailGroup> {
    let view = |detail: &Detail| {
        let saved = (detail.value)(account).unwrap_or_default();
        let text = typed.and_then(|typed| typed.texts.get(detail.name()));
        let is_outdated = typed.is_some_and(|typed| typed.is_outdated) && text.is_some_and(|text| text != saved);
        let mut problems =
            typed.map(|typed| words::about(words, &typed.violations, detail.limits.field)).unwrap_or_default();
        if is_outdated {
            problems.push(if saved.is_empty() {
                say(words, "profile-now-empty")
            } else {
                let name =
                    if let Kind::List(list) = detail.kind { list.name(words, saved, now) } else { saved.to_owned() };
                words.text("profile-now", &Arguments::none().with("value", name))
            });
        }
        let value = text.map_or_else(|| saved.to_owned(), Clone::clone);
        let (input, choices) = match detail.kind {
            Kind::Line(input) => (input, Vec::new()),
            Kind::List(list) => ("list", list.choices(words, &value, now)),
            Kind::Lines => ("lines", Vec::new()),
        };
        DetailView {
            name: detail.name(),
            label: say(words, detail.label),
            input,
            autocomplete: detail.autocomplete,
            hint: hint(words, detail, account),
            choices,
            value,
            problems,
        }
    };
    let group = |(legend, details): &(&'static str, &[Detail])| DetailGroup {
        legend: say(words, legend),
        details: details.iter().filter(|detail| shown.has(detail.limits.field)).map(view).collect(),
    };
    GROUPS.iter().map(group).filter(|group| !group.details.is_empty()).collect()
}

/// What is said below a field's label; of a further address also whether it is confirmed.
fn hint(words: &Translator, detail: &Detail, account: &Account) -> String {
    let addresses = &account.secondary_addresses;
    let secondary = match detail.limits.field {
        Field::NotificationAddress => addresses.notification.as_ref(),
        Field::AlternateAddress => addresses.alternate.as_ref(),
        _ => None,
    };
    let state = secondary.map(|secondary| match secondary.verified_at {
        Some(_) => "profile-address-verified",
        None => "profile-address-unverified",
    });
    [detail.hint, state].into_iter().flatten().map(|key| say(words, key)).collect::<Vec<_>>().join(" ")
}

/// What is wrong with fields that the form does not show.
pub(in super::super) fn other_problems(
    words: &Translator,
    violations: &Violations,
    shown: &ProfileFields,
) -> Vec<String> {
    let shown: Vec<Field> = all().map(|detail| detail.limits.field).filter(|field| shown.has(*field)).collect();
    words::about_others(words, violations, &shown)
}

impl DetailGroup {
    /// Of a page that checks an operator's templates: every field, with everything that can stand beside one.
    pub(in super::super) fn sample(is_full: bool) -> Self {
        let view = |detail: &Detail| {
            let (input, choices) = match detail.kind {
                Kind::Line(input) => (input, Vec::new()),
                Kind::List(_) => (
                    "list",
                    vec![("value".into(), "Germany".into(), if is_full { "Europe".into() } else { "".into() })],
                ),
                Kind::Lines => ("lines", Vec::new()),
            };
            DetailView {
                name: detail.name(),
                label: samples::text(),
                input,
                autocomplete: detail.autocomplete,
                hint: if is_full { samples::text() } else { String::new() },
                choices,
                value: if is_full { "value".to_owned() } else { String::new() },
                problems: is_full.then(samples::text).into_iter().collect(),
            }
        };
        Self { legend: samples::text(), details: all().map(view).collect() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::settings::PROFILE_FIELDS;

    #[test]
    fn every_field_of_the_page_can_be_configured() {
        let on_page: BTreeSet<Field> = all().map(|detail| detail.limits.field).chain([Field::Newsletter]).collect();
        assert_eq!(on_page, PROFILE_FIELDS.into_iter().collect());
    }
}
