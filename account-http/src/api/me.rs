//! `/account/v1/me`: the caller's own account.

mod changes;
mod details;

use account_core::AccountService;
use account_core::account::export::PersonalData;
use account_core::authorization::{Fresh, Verified};
use account_core::session::{Session, SignedIn};
use poem_openapi::param::Header;
use poem_openapi::payload::Json;
use poem_openapi::types::ToJSON;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::account::AccountBody;
use super::tag::Tag;
use crate::body::JsonBody;
use crate::caller::Caller;
use crate::etag::{ETag, parse_if_match};
use crate::problem::{Problems, answers, problem_set};
use details::ExportBody;

pub(super) use changes::{ChangesApi, MessageBody};
pub(crate) use details::DetailsBody;

/// Writes a person's data as the API answers it.
pub(crate) fn personal_data_as_json(data: PersonalData, current: &Session) -> String {
    ExportBody::of(data, current).to_json_string()
}

/// The caller's own account.
pub(crate) struct MeApi {
    pub(super) service: AccountService,
}

/// When an account will be deleted.
#[derive(Object)]
#[oai(rename = "Deletion")]
struct DeletionBody {
    /// The deletion can be canceled until then (RFC 3339, UTC).
    deletion_due_at: String,
}

#[derive(ApiResponse)]
enum MeResponse {
    /// The account.
    #[oai(status = 200)]
    Account(
        Json<AccountBody>,
        /// Which version of the account this is; send it as `If-Match` with a change.
        #[oai(header = "ETag")]
        String,
    ),
}

answers! {
    /// The account will be deleted; all sessions were ended.
    DeletionResponse: 202 Json<DeletionBody>;
}

#[derive(ApiResponse)]
enum ExportResponse {
    /// All data about the person.
    #[oai(status = 200)]
    Export(
        Json<ExportBody>,
        /// Tells browsers to save the answer as a file.
        #[oai(header = "Content-Disposition")]
        String,
    ),
}

problem_set! {
    /// Problems that reading the caller's account can return.
    MeProblems: Unauthenticated, CrossSite, Internal, Unavailable;
    /// Problems that changing details can return.
    ChangeProblems: MalformedRequest, MalformedBody, Unauthenticated, EmailUnverified, DeletionPending,
    ReauthenticationRequired, CrossSite, RequestTimeout, PreconditionFailed, BodyTooLarge, UnsupportedMediaType, Invalid, RateLimited, Internal, Unavailable;
    /// Problems that requesting the account's deletion can return.
    DeletionProblems: Unauthenticated, EmailUnverified, DeletionPending, ReauthenticationRequired, CrossSite,
    LastSuperAdmin, RateLimited, Internal, Unavailable;
    /// Problems that exporting data can return.
    ExportProblems: Unauthenticated, EmailUnverified, DeletionPending, ReauthenticationRequired, CrossSite, RateLimited, Internal,
    Unavailable;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Account")]
impl MeApi {
    /// Get your account
    ///
    /// The answer has the `ETag` to send with a change.
    #[oai(path = "/me", method = "get", operation_id = "getMe")]
    async fn read(&self, caller: Caller<SignedIn>) -> Result<MeResponse, Problems<MeProblems>> {
        let account = caller.may.account;
        let etag = ETag(account.version).to_string();
        Ok(MeResponse::Account(Json(account.into()), etag))
    }

    /// Change your details
    ///
    /// Members that are not sent stay the same, null removes a value (RFC 7396). Members that the account has
    /// beside these (`id`, `role`, `email`, ..) cannot be changed here and are ignored. To set another notification or
    /// alternate address, the password must have been given within the last five minutes.
    #[oai(path = "/me", method = "patch", operation_id = "changeMe")]
    async fn change(
        &self,
        caller: Caller<Verified>,
        /// The `ETag` that was read; the change is refused when the account was changed since.
        #[oai(name = "If-Match")]
        if_match: Header<Option<String>>,
        body: JsonBody<DetailsBody>,
    ) -> Result<MeResponse, Problems<ChangeProblems>> {
        let version = parse_if_match(if_match.0.as_deref())?;
        let account = self.service.change_details(&caller.may, body.value.into(), version, &caller.context).await?;
        let etag = ETag(account.version).to_string();
        Ok(MeResponse::Account(Json(account.into()), etag))
    }

    /// Delete your account
    ///
    /// The account is deleted after seven days, or as configured. Until then its owner can sign in and cancel this. All
    /// sessions end immediately.
    #[oai(path = "/me", method = "delete", operation_id = "deleteMe")]
    async fn delete(&self, caller: Caller<Fresh>) -> Result<DeletionResponse, Problems<DeletionProblems>> {
        let due_at = self.service.request_deletion(&caller.may, &caller.context).await?;
        Ok(DeletionResponse::Is(Json(DeletionBody { deletion_due_at: due_at.to_string() })))
    }

    /// Cancel the deletion
    ///
    /// Possible until the account is deleted. Its address gets a notice. Changes nothing if no deletion was requested.
    #[oai(path = "/me/recovery", method = "post", operation_id = "recoverMe")]
    async fn recover(&self, caller: Caller<SignedIn>) -> Result<MeResponse, Problems<MeProblems>> {
        let account = self.service.cancel_deletion(&caller.may, &caller.context).await?;
        let etag = ETag(account.version).to_string();
        Ok(MeResponse::Account(Json(account.into()), etag))
    }

    /// Export your data
    ///
    /// The account, its sessions and its events, as a JSON file.
    #[oai(path = "/me/export", method = "get", operation_id = "exportMe")]
    async fn export(&self, caller: Caller<Fresh>) -> Result<ExportResponse, Problems<ExportProblems>> {
        let data = self.service.export_data(&caller.may, &caller.context).await?;
        let body = ExportBody::of(data, caller.may.verified().session());
        Ok(ExportResponse::Export(Json(body), "attachment; filename=\"account.json\"".to_owned()))
    }
}
