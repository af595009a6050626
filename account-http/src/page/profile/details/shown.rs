//! The form for account details: as stored, and as typed.

use std::collections::BTreeMap;

use account_core::account::Account;
use account_core::violation::{Field, Violations};

use super::super::super::form::Fields;
use super::super::super::words;
use super::table::{Choice, Detail, GROUPS, Kind};

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
pub(in super::super) struct DetailGroup {
    pub(in super::super) legend: &'static str,
    pub(in super::super) details: Vec<DetailView>,
}

/// A field of the form.
pub(in super::super) struct DetailView {
    pub(in super::super) name: &'static str,
    pub(in super::super) label: &'static str,
    /// The input's type; empty where there are several lines.
    pub(in super::super) input: &'static str,
    pub(in super::super) autocomplete: &'static str,
    pub(in super::super) hint: String,
    /// Values to pick from, with their names; none where anything can be typed.
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

/// The form's fields: with what was typed, or else with what is saved.
pub(in super::super) fn groups(account: &Account, typed: Option<&Typed>) -> Vec<DetailGroup> {
    let view = |detail: &Detail| {
        let saved = (detail.value)(account).unwrap_or_default();
        let text = typed.and_then(|typed| typed.texts.get(detail.name()));
        let is_outdated = typed.is_some_and(|typed| typed.is_outdated) && text.is_some_and(|text| text != saved);
        let mut problems = typed.map(|typed| words::about(&typed.violations, detail.limits.field)).unwrap_or_default();
        if is_outdated {
            problems.push(if saved.is_empty() { "Now empty.".to_owned() } else { format!("Now: {saved}") });
        }
        let (input, choices) = match detail.kind {
            Kind::Line(input) => (input, Vec::new()),
            Kind::Choice(choices) => ("text", choices()),
            Kind::Lines => ("", Vec::new()),
        };
        DetailView {
            name: detail.name(),
            label: detail.label,
            input,
            autocomplete: detail.autocomplete,
            hint: hint(detail, account),
            choices,
            value: text.map_or_else(|| saved.to_owned(), Clone::clone),
            problems,
        }
    };
    let group = |(legend, details): &(&'static str, &[Detail])| DetailGroup {
        legend,
        details: details.iter().map(view).collect(),
    };
    GROUPS.iter().map(group).collect()
}

/// What is said below a field's label. Of a further address also whether it is confirmed, and of a code what it means.
fn hint(detail: &Detail, account: &Account) -> String {
    let addresses = &account.secondary_addresses;
    let secondary = match detail.limits.field {
        Field::NotificationAddress => addresses.notification.as_ref(),
        Field::AlternateAddress => addresses.alternate.as_ref(),
        _ => None,
    };
    let state = match secondary {
        Some(secondary) if secondary.verified_at.is_some() => " Verified.",
        Some(_) => " Not verified yet: open the link in the email that we sent to it.",
        None => "",
    };
    let saved = match detail.kind {
        Kind::Choice(choices) => {
            let name =
                (detail.value)(account).and_then(|saved| choices().into_iter().find(|(value, _)| *value == saved));
            name.filter(|(_, name)| !name.is_empty()).map(|(_, name)| format!(" Saved: {name}."))
        }
        Kind::Line(_) | Kind::Lines => None,
    };
    format!("{}{state}{}", detail.hint, saved.unwrap_or_default())
}

/// What is wrong with fields that the form does not show.
pub(in super::super) fn other_problems(violations: &Violations) -> Vec<String> {
    let shown: Vec<Field> = all().map(|detail| detail.limits.field).collect();
    words::about_others(violations, &shown)
}
