//! Details of an account: name, place, how to reach the person.

pub(super) mod shown;
mod table;

use account_core::account::Account;
use account_core::account::details::{ChangeDetailsError, ProfileEdits};
use account_core::input::Edit;
use account_core::violation::Field;
use poem::{Response, handler};

use self::shown::{Typed, all, text_of};
use super::super::form::{Fields, Form};
use super::super::session::Owner;
use super::super::visit::Visit;
use super::view::{Alert, Remarks, back, page};
use crate::problem::Problem;
use crate::settings::ProfileFields;

const REFUSED: Alert = Alert { key: "profile-details-refused", section: "details" };
const CHANGED_MEANWHILE: Alert = Alert { key: "profile-details-outdated", section: "details" };
const SIGN_IN_AGAIN: Alert = Alert { key: "profile-details-sign-in-again", section: "details" };

#[handler]
pub(in super::super) async fn submit(visit: &Visit, Form(fields): Form, Owner(owner): Owner) -> poem::Result<Response> {
    let caller = owner.clone().verified().map_err(Problem::from)?;
    let edits = edits(&fields, &owner.account, &visit.pages.profile_fields);
    // What is no version is none that the account ever had.
    let version = fields.find("version").map(|version| version.parse().unwrap_or(0));
    let changed = visit.pages.service.change_details(&caller, edits, version, &visit.context).await;
    let Err(error) = changed else { return Ok(back(visit, "details")) };
    let (alert, typed) = match &error {
        ChangeDetailsError::Invalid(violations) => {
            (REFUSED, Typed { violations: violations.clone(), ..Typed::of(&fields) })
        }
        ChangeDetailsError::VersionMismatch => (CHANGED_MEANWHILE, Typed { is_outdated: true, ..Typed::of(&fields) }),
        ChangeDetailsError::NotPermitted(_) => (SIGN_IN_AGAIN, Typed::of(&fields)),
        ChangeDetailsError::Failed(_) => return Err(Problem::from(error).into()),
    };
    let remarks = Remarks { alert: Some(alert), details: Some(typed), ..Remarks::default() };
    Ok(page(visit, Problem::from(error).status(), &owner, remarks).await?)
}

/// The form as edits. What was not changed stays as it is, also where it came from; what was emptied is taken away, and
/// what the page does not ask for is not changed.
fn edits(fields: &Fields, account: &Account, shown: &ProfileFields) -> ProfileEdits {
    let mut edits = ProfileEdits::default();
    for detail in all().filter(|detail| shown.has(detail.limits.field)) {
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
    let is_asked = shown.has(Field::Newsletter) && fields.find("version").is_some();
    if is_asked && wants_newsletter != account.profile.newsletter {
        edits.newsletter = Edit::Set(wants_newsletter);
    }
    edits
}
