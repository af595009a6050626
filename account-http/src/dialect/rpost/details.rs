//! `GET` and `PUT /api/v1/Account/Details`.

use account_core::AccountService;
use account_core::account::Account;
use account_core::account::details::ProfileEdits;
use account_core::authorization::Verified;
use account_core::reference_data::windows_id;
use poem_openapi::{Object, OpenApi};
use serde::Serialize;

use super::body::{Body, edit, object};
use super::envelope::{Nullable, ResultContent, Success};
use super::failure::Failure;
use super::field::{LanguageCode, NotificationAddress, PersonName, PhoneNumber, TimeZoneCode};
use super::lookups::language_code;
use super::tag::Tag;
use crate::caller::Bearer;
use crate::field::TextEdit;
use crate::problem::problem_set;

/// One's details.
pub(super) struct DetailsApi {
    pub(super) service: AccountService,
}

/// The details of an account.
#[derive(Debug, Object, Serialize)]
#[oai(rename = "Details", rename_all = "PascalCase")]
#[serde(rename_all = "PascalCase")]
struct DetailsBody {
    /// Windows' id of the time zone, or its name in the IANA database where Windows has no id for it.
    time_zone: Nullable,
    /// Code of the language.
    language: Nullable,
    /// First name.
    first_name: Nullable,
    /// Last name.
    last_name: Nullable,
    /// Phone number, as E.164 if possible.
    phone_number: Nullable,
    /// The account's address.
    user_name: String,
    /// An additional address for notices, used once it is verified.
    notification_email: Nullable,
}

impl ResultContent for DetailsBody {
    const ENVELOPE: &'static str = "DetailsAnswer";
}

impl From<Account> for DetailsBody {
    fn from(account: Account) -> Self {
        let profile = account.profile;
        let notification = account.secondary_addresses.notification;
        Self {
            time_zone: Nullable(profile.time_zone.map(|zone| windows_id(&zone).map_or(zone, str::to_owned))),
            language: Nullable(profile.language.as_deref().map(language_code)),
            first_name: Nullable(profile.given_name),
            last_name: Nullable(profile.family_name),
            phone_number: Nullable(profile.phone),
            user_name: account.address.to_string(),
            notification_email: Nullable(notification.map(|notification| notification.address.to_string())),
        }
    }
}

/// A change of details: members that are not sent stay the same, null removes a value. `UserName` is not changed here,
/// and ignored.
#[derive(Object)]
#[oai(rename = "DetailsChange", rename_all = "PascalCase", write_only_all)]
struct ChangeBody {
    /// Code of the time zone.
    time_zone: TextEdit<TimeZoneCode>,
    /// Code of the language.
    language: TextEdit<LanguageCode>,
    /// First name.
    first_name: TextEdit<PersonName>,
    /// Last name.
    last_name: TextEdit<PersonName>,
    /// Phone number.
    phone_number: TextEdit<PhoneNumber>,
    /// An additional address for notices. To change it, the token must be at most five minutes old, and the new
    /// address must be verified.
    notification_email: TextEdit<NotificationAddress>,
}

impl From<ChangeBody> for ProfileEdits {
    fn from(body: ChangeBody) -> Self {
        Self {
            time_zone: edit(body.time_zone),
            language: edit(body.language),
            given_name: edit(body.first_name),
            family_name: edit(body.last_name),
            phone: edit(body.phone_number),
            notification_address: edit(body.notification_email),
            ..Self::default()
        }
    }
}

problem_set! {
    /// Problems that reading details can return.
    ReadFailures: Unauthenticated, EmailUnverified, DeletionPending, Internal, Unavailable;
    /// Problems that changing details can return.
    ChangeFailures: MalformedBody, Invalid, Unauthenticated, EmailUnverified, DeletionPending, ReauthenticationRequired,
    RequestTimeout, BodyTooLarge, UnsupportedMediaType, RateLimited, Internal, Unavailable;
}

#[OpenApi(tag = "Tag::Account")]
impl DetailsApi {
    /// Get your details
    ///
    /// Codes as the lists have them: see `/api/v1/Lookup`.
    #[oai(path = "/api/v1/Account/Details", method = "get", operation_id = "rpostReadDetails")]
    async fn read(&self, caller: Bearer<Verified>) -> Result<Success<DetailsBody>, Failure<ReadFailures>> {
        Ok(Success::with("The details of the account.", caller.may.account().clone().into()))
    }

    /// Change your details
    ///
    /// Members that are not sent stay the same; null and an empty string remove a value.
    #[oai(path = "/api/v1/Account/Details", method = "put", operation_id = "rpostChangeDetails")]
    async fn change(
        &self,
        caller: Bearer<Verified>,
        body: Body<ChangeBody>,
    ) -> Result<Success<DetailsBody>, Failure<ChangeFailures>> {
        let edits = object::<ChangeBody>(body.value)?.into();
        let account = self.service.change_details(&caller.may, edits, None, &caller.context).await?;
        Ok(Success::with("The details of the account are changed.", account.into()))
    }
}
