//! Changing the password.

use account_core::account::password::ChangePasswordError;
use account_core::violation::Field;
use poem::{Response, handler};

use super::super::form::Form;
use super::super::session::Owner;
use super::super::visit::Visit;
use super::super::words::{self, say};
use super::view::{Alert, PasswordRemarks, Remarks, back, page};
use crate::problem::Problem;

const REFUSED: Alert = Alert { key: "profile-password-refused", section: "password" };

#[handler]
pub(in super::super) async fn submit(visit: &Visit, Form(fields): Form, Owner(owner): Owner) -> poem::Result<Response> {
    let caller = owner.clone().verified().map_err(Problem::from)?;
    let (current, new) = (fields.input("current_password"), fields.input("new_password"));
    let policy = visit.pages.password_policy();
    let error = match visit.pages.service.change_password(&caller, current, new, policy, &visit.context).await {
        Ok(session) => {
            visit.keep_session(&session);
            return Ok(back(visit, "password"));
        }
        Err(error) => error,
    };
    let password = match &error {
        ChangePasswordError::Invalid(violations) => PasswordRemarks {
            current: words::about(visit.words(), violations, Field::CurrentPassword),
            new: words::about_others(visit.words(), violations, &[Field::CurrentPassword]),
        },
        ChangePasswordError::WrongPassword => {
            PasswordRemarks { current: vec![say(visit.words(), "incorrect-password")], ..PasswordRemarks::default() }
        }
        ChangePasswordError::Failed(_) => return Err(Problem::from(error).into()),
    };
    let remarks = Remarks { alert: Some(REFUSED), password, ..Remarks::default() };
    Ok(page(visit, Problem::from(error).status(), &owner, remarks).await?)
}
