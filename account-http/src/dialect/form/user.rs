//! `/api/v1/user/..`: the account of the signed-in user.

use account_core::AccountService;
use account_core::account::details::ProfileEdits;
use account_core::authorization::{Fresh, Verified};
use account_core::field_limits::{BIO, FORM, PHONE};
use account_core::input::Edit;
use account_core::session::SignedIn;
use poem_openapi::{Object, OpenApi};
use serde::Serialize;
use uuid::Uuid;

use super::field::{AccountName, FullName, normalized};
use super::grammar::{self, Code, Codes, Failure};
use super::public_user::PublicUser;
use super::tag::Tag;
use crate::body::form_or_json::FormOrJson;
use crate::caller::Bearer;
use crate::field::{TextEdit, text_kinds};
use crate::json::OrderedJson;
use crate::problem::{answers, problem_set};

text_kinds! {
    /// A short text.
    FewWords(BIO.form) {}
    /// A telephone number.
    PhoneNumber(PHONE.form) {}
    /// Id of a picture: a UUID, or empty.
    PictureId { pattern: "^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})?$".to_owned() }
    /// A date, or empty.
    DateOrNothing { pattern: "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$".to_owned() }
}

/// The account of the signed-in user.
pub(super) struct UserApi {
    pub(super) service: AccountService,
}

/// A change of details. Members that are not sent stay the same. Role, flags, id and address cannot be changed here and
/// are ignored.
#[derive(Object)]
#[oai(rename = "UserChange", write_only_all)]
struct UserBody {
    /// The full name: 8 to 40 characters. Null leaves it as it is.
    name: TextEdit<FullName>,
    /// The name of the account: 6 to 32 characters. Null leaves it as it is.
    account: TextEdit<AccountName>,
    /// A few words: up to 200 characters. Null or an empty string removes them.
    bio: TextEdit<FewWords>,
    /// The date of birth. Null or an empty string removes it.
    dob: TextEdit<DateOrNothing>,
    /// The telephone number: up to 20 characters. Null or an empty string removes it.
    phone: TextEdit<PhoneNumber>,
    /// Id of a picture that is stored elsewhere. Null or an empty string removes it.
    avatar_photo_id: TextEdit<PictureId>,
}

impl From<UserBody> for ProfileEdits {
    fn from(body: UserBody) -> Self {
        Self {
            name: kept(body.name.into_edit()),
            user_name: change_text(kept(body.account.into_edit()), |text| Edit::Set(normalized(&text))),
            bio: emptied(body.bio.into_edit()),
            date_of_birth: emptied(body.dob.into_edit()),
            phone: emptied(body.phone.into_edit()),
            avatar_id: change_text(emptied(body.avatar_photo_id.into_edit()), |text| picture(&text)),
            lengths: FORM,
            ..Self::default()
        }
    }
}

fn change_text(edit: Edit, change: impl FnOnce(String) -> Edit) -> Edit {
    match edit {
        Edit::Set(text) => change(text),
        other => other,
    }
}

/// Null for a value that every user of the original has: ignored.
fn kept(edit: Edit) -> Edit {
    if edit == Edit::Clear { Edit::Keep } else { edit }
}

/// An empty text removes an optional value, because forms have no null.
fn emptied(edit: Edit) -> Edit {
    change_text(edit, |text| if text.is_empty() { Edit::Clear } else { Edit::Set(text) })
}

/// The id of a picture, which is a UUID on the wire.
fn picture(text: &str) -> Edit {
    Uuid::try_parse(text).map_or(Edit::Mistyped, |id| Edit::Set(id.to_string()))
}

/// A confirmation.
#[derive(Object, Serialize)]
#[oai(rename = "Message")]
struct MessageBody {
    /// `SCHEDULED_FOR_DELETION`.
    message: String,
}

answers! {
    /// The user.
    UserResponse: 200 OrderedJson<PublicUser>;
    /// The account will be deleted; all sessions were ended.
    DeletionResponse: 202 OrderedJson<MessageBody>;
}

problem_set! {
    /// Problems that reading the caller's account can return.
    WhoamiFailures: Unauthenticated, Internal, Unavailable;
    /// Problems that changing details can return.
    UpdateFailures: MalformedBody, Unauthenticated, EmailUnverified, DeletionPending, RequestTimeout, BodyTooLarge,
    UnsupportedMediaType, Invalid, RateLimited, Internal, Unavailable;
    /// Problems that requesting the account's deletion can return.
    DeleteFailures: Unauthenticated, EmailUnverified, DeletionPending, ReauthenticationRequired, LastSuperAdmin,
    RateLimited, Internal, Unavailable;
}

impl Codes for WhoamiFailures {}

impl Codes for UpdateFailures {
    const CODES: &'static [Code] = &[grammar::ACCOUNT_NAME_ALREADY_TAKEN];
}

impl Codes for DeleteFailures {}

#[OpenApi(prefix_path = "/api/v1/user", tag = "Tag::User")]
impl UserApi {
    /// Get your user
    ///
    /// The user whose access token is sent, even if the account is scheduled for deletion.
    #[oai(path = "/whoami", method = "get", operation_id = "formWhoami")]
    async fn whoami(&self, caller: Bearer<SignedIn>) -> Result<UserResponse, Failure<WhoamiFailures>> {
        Ok(UserResponse::Is(OrderedJson(caller.may.account.into())))
    }

    /// Change your details
    ///
    /// As JSON or as a form. All errors are returned at once, by field. The address cannot be changed here; see the
    /// native API.
    #[oai(path = "/update", method = "post", operation_id = "formUpdateUser")]
    async fn update(
        &self,
        caller: Bearer<Verified>,
        body: FormOrJson<UserBody>,
    ) -> Result<UserResponse, Failure<UpdateFailures>> {
        let account = self.service.change_details(&caller.may, body.value.into(), None, &caller.context).await?;
        Ok(UserResponse::Is(OrderedJson(account.into())))
    }

    /// Delete your account
    ///
    /// The account is deleted after seven days. All sessions end immediately; until then the user can sign in and
    /// recover the account. This needs a session in which the password was given within the last five minutes:
    /// otherwise sign in again.
    #[oai(path = "/delete", method = "post", operation_id = "formDeleteUser")]
    async fn delete(&self, caller: Bearer<Fresh>) -> Result<DeletionResponse, Failure<DeleteFailures>> {
        self.service.request_deletion(&caller.may, &caller.context).await?;
        Ok(DeletionResponse::Is(OrderedJson(MessageBody { message: "SCHEDULED_FOR_DELETION".to_owned() })))
    }

    /// Cancel the deletion of your account
    ///
    /// Cancels the deletion, in a session that was opened after it was requested. Changes nothing if no deletion was
    /// requested.
    #[oai(path = "/recover", method = "post", operation_id = "formRecoverUser")]
    async fn recover(&self, caller: Bearer<SignedIn>) -> Result<UserResponse, Failure<WhoamiFailures>> {
        let account = self.service.cancel_deletion(&caller.may, &caller.context).await?;
        Ok(UserResponse::Is(OrderedJson(account.into())))
    }
}

#[cfg(test)]
mod tests {
    use poem_openapi::types::ParseFromJSON;
    use serde_json::json;

    use super::*;

    fn edits(body: serde_json::Value) -> ProfileEdits {
        UserBody::parse_from_json(Some(body)).ok().unwrap().into()
    }

    #[test]
    fn absent_and_mandatory_values_are_kept() {
        let nothing = ProfileEdits { lengths: FORM, ..ProfileEdits::default() };
        assert!(edits(json!({})) == nothing);
        assert!(edits(json!({"name": null, "account": null})) == nothing);
        assert!(edits(json!({"email": "b@x.org", "roles": "admin", "is_superuser": true, "id": "1"})) == nothing);
    }

    #[test]
    fn null_and_empty_texts_remove_optional_values() {
        let cleared = ProfileEdits {
            bio: Edit::Clear,
            date_of_birth: Edit::Clear,
            phone: Edit::Clear,
            avatar_id: Edit::Clear,
            lengths: FORM,
            ..ProfileEdits::default()
        };
        assert!(edits(json!({"bio": null, "dob": null, "phone": null, "avatar_photo_id": null})) == cleared);
        assert!(edits(json!({"bio": "", "dob": "", "phone": "", "avatar_photo_id": ""})) == cleared);
    }

    #[test]
    fn only_the_account_name_is_normalized() {
        let edits = edits(json!({"name": " Test User ", "account": " TestUser ", "bio": " b "}));
        assert_eq!((edits.name, edits.user_name), (" Test User ".into(), "testuser".into()));
        assert_eq!(edits.bio, " b ".into());
    }

    #[test]
    fn a_picture_has_a_uuid() {
        for (id, edit) in [
            (json!("3C90C3CC-0d44-4b50-8888-8dd25736052a"), "3c90c3cc-0d44-4b50-8888-8dd25736052a".into()),
            (json!("picture-7"), Edit::Mistyped),
            (json!(7), Edit::Mistyped),
        ] {
            assert_eq!(edits(json!({"avatar_photo_id": id})).avatar_id, edit, "{id}");
        }
    }
}
