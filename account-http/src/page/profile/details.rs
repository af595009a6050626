//! Details of an account: name, place, how to reach the person.

mod table;

use std::collections::BTreeMap;

use account_core::account::Account;
use account_core::account::details::{ChangeDetailsError, ProfileEdits};
use account_core::input::Edit;
use account_core::violation::{Field, Violations};
use poem::{Response, handler};

use self::table::{Detail, GROUPS, Kind};
use super::super::form::{Fields, Form};
use super::super::session::Owner;
use super::super::visit::Visit;
use super::super::words;
use super::{Alert, Remarks, back, page};
use crate::problem::Problem;

const REFUSED: Alert = Alert { text: "Your details were not saved. Fix the errors below.", section: "details" };
const CHANGED_MEANWHILE: Alert = Alert {
    text: "Your details changed in another window, and yours were not saved. The form still has what you typed, next to \
           what is saved now. Save again to overwrite it.",
    section: "details",
};

const SIGN_IN_AGAIN: Alert = Alert {
    text: "Your details were not saved. To change an email address, you must have signed in within the last five minutes. \
           Sign in again, and then save.",
    section: "details",
};

/// A form that was not taken: what was typed, and what is wrong with it.
#[derive(Default)]
pub(super) struct Typed {
    texts: BTreeMap<&'static str, String>,
    pub(super) wants_newsletter: bool,
    pub(super) violations: Violations,
    /// Whether to show what is saved beside what was typed.
    is_outdated: bool,
}

/// Details that belong together, as the page shows them.
pub(super) struct DetailGroup {
    pub(super) legend: &'static str,
    pub(super) details: Vec<DetailView>,
}

/// A field of the form.
pub(super) struct DetailView {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    /// The input's type; empty where there are several lines.
    pub(super) input: &'static str,
    pub(super) autocomplete: &'static str,
    pub(super) hint: String,
    pub(super) max: usize,
    /// Values to pick from, with their names; none where anything can be typed.
    pub(super) choices: Vec<table::Choice>,
    pub(super) value: String,
    pub(super) problems: Vec<String>,
}

#[handler]
pub(in super::super) async fn submit(visit: &Visit, Form(fields): Form, Owner(owner): Owner) -> poem::Result<Response> {
    let caller = owner.clone().verified().map_err(Problem::from)?;
    let edits = edits(&fields, &owner.account);
    // What is no version is none that the account ever had.
    let version = fields.find("version").map(|version| version.parse().unwrap_or(0));
    let changed = visit.pages.service.change_details(&caller, edits, version, &visit.context).await;
    let Err(error) = changed else { return Ok(back(visit, "details")) };
    let (alert, typed) = match &error {
        ChangeDetailsError::Invalid(violations) => {
            (REFUSED, Typed { violations: violations.clone(), ..typed(&fields) })
        }
        ChangeDetailsError::VersionMismatch => (CHANGED_MEANWHILE, Typed { is_outdated: true, ..typed(&fields) }),
        ChangeDetailsError::NotPermitted(_) => (SIGN_IN_AGAIN, typed(&fields)),
        ChangeDetailsError::Limited(_) | ChangeDetailsError::Unavailable(_) => return Err(Problem::from(error).into()),
    };
    let remarks = Remarks { alert: Some(alert), details: Some(typed), ..Remarks::default() };
    Ok(page(visit, Problem::from(error).status(), &owner, remarks).await?)
}

fn all() -> impl Iterator<Item = &'static Detail> {
    GROUPS.iter().flat_map(|(_, details)| details.iter())
}

/// A field's text as it would be saved: browsers end lines with CR and LF.
fn text_of<'a>(fields: &'a Fields, detail: &Detail) -> Option<String> {
    fields.find(detail.name).map(|text: &'a str| text.trim().replace("\r\n", "\n"))
}

/// The form as edits. What was not changed stays as it is, also where it came from; what was emptied is taken away.
fn edits(fields: &Fields, account: &Account) -> ProfileEdits {
    let mut edits = ProfileEdits::default();
    for detail in all() {
        let Some(text) = text_of(fields, detail) else { continue };
        *(detail.edit)(&mut edits) = if text == (detail.value)(account).unwrap_or_default() {
            Edit::Keep
        } else if text.is_empty() {
            Edit::Clear
        } else {
            Edit::Set(text)
        };
    }
    let wants_newsletter = fields.text("newsletter") == "yes";
    // A box that is not ticked is not sent: only a form that shows the box says no by that, and it names its version.
    if fields.find("version").is_some() && wants_newsletter != account.profile.newsletter {
        edits.newsletter = Edit::Set(wants_newsletter);
    }
    edits
}

fn typed(fields: &Fields) -> Typed {
    Typed {
        texts: all().filter_map(|detail| Some((detail.name, text_of(fields, detail)?))).collect(),
        wants_newsletter: fields.text("newsletter") == "yes",
        ..Typed::default()
    }
}

/// The form's fields: with what was typed, or else with what is saved.
pub(super) fn groups(account: &Account, typed: Option<&Typed>) -> Vec<DetailGroup> {
    let view = |detail: &Detail| {
        let saved = (detail.value)(account).unwrap_or_default();
        let text = typed.and_then(|typed| typed.texts.get(detail.name));
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
            name: detail.name,
            label: detail.label,
            input,
            autocomplete: detail.autocomplete,
            hint: hint(detail, account),
            max: detail.limits.core.max,
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

/// What is said below a field's label. Of a further address also whether it is confirmed.
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
    format!("{}{state}", detail.hint)
}

/// What is wrong with fields that the form does not show.
pub(super) fn other_problems(violations: &Violations) -> Vec<String> {
    let shown: Vec<Field> = all().map(|detail| detail.limits.field).collect();
    words::about_others(violations, &shown)
}
