//! Reading what the pages of the console are asked for.

use std::str::FromStr;

use super::super::form::Fields;
use super::names::Named;
use super::view::Said;
use crate::problem::{Problem, ProblemKind};

/// An id in a path. What has another form is the id of nothing.
pub(super) fn id_of<I: FromStr>(text: &str) -> Result<I, Problem> {
    text.parse().map_err(|_| Problem::new(ProblemKind::NotFound))
}

/// A value of a query or form; absent if it is empty.
pub(super) fn choice<T>(fields: &Fields, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Problem> {
    match fields.trimmed(name) {
        "" => Ok(None),
        text => read(text).map(Some).ok_or(Problem::new(ProblemKind::InvalidQuery)),
    }
}

/// A value of a closed list.
pub(super) fn named<T: Named>(fields: &Fields, name: &str) -> Result<Option<T>, Problem> {
    choice(fields, name, |text| T::VALUES.iter().copied().find(|one| one.value() == text))
}

/// Whether a switch is on.
pub(super) fn is_on(fields: &Fields, name: &str) -> bool {
    fields.text(name) == "on"
}

/// The lines of a field, without empty ones.
pub(super) fn lines(fields: &Fields, name: &str) -> Vec<String> {
    fields.text(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What was done, by its name in the query.
pub(super) fn done(query: &Fields) -> Said {
    let notice = match query.text("done") {
        "disabled" => Some("console-done-disabled"),
        "enabled" => Some("console-done-enabled"),
        "sessions-ended" => Some("console-done-sessions"),
        "role-set" => Some("console-done-role"),
        "deleted" => Some("console-done-deleted"),
        "mail-requested" => Some("console-done-mail"),
        "invited" => Some("console-done-invited"),
        "revoked" => Some("console-done-revoked"),
        "redriven" => Some("console-done-redriven"),
        "dropped" => Some("console-done-dropped"),
        "saved" => Some("console-done-saved"),
        "member" => Some("console-done-member"),
        "member-removed" => Some("console-done-member-removed"),
        _ => None,
    };
    Said { notice, ..Said::default() }
}
