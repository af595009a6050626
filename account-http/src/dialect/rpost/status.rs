//! `GET /api/v1/Account/Status/{userName}`: whether an address has an account. For administrators, unless the operator
//! opens it to everyone.

use account_core::AccountService;
use account_core::account::AccountState;
use account_core::account::look_up::AddressHolder;
use account_core::authorization::Administrator;
use poem_openapi::param::Path;
use poem_openapi::{Object, OpenApi};
use serde::Serialize;

use super::envelope::{Nullable, ResultContent, Success};
use super::failure::Failure;
use super::tag::Tag;
use crate::caller::Bearer;
use crate::context::RequestContext;
use crate::problem::problem_set;

/// What is told with a status.
const TOLD: &str = "The status of the user.";

/// The status of users, for administrators.
pub(super) struct StatusApi {
    pub(super) service: AccountService,
}

/// The status of users, for everyone.
pub(super) struct OpenStatusApi {
    pub(super) service: AccountService,
}

/// The status of a user.
#[derive(Debug, Object, Serialize)]
#[oai(rename = "UserStatus", rename_all = "PascalCase")]
#[serde(rename_all = "PascalCase")]
struct StatusBody {
    /// First name.
    first_name: Nullable,
    /// Last name.
    last_name: Nullable,
    /// Whether the address has an account.
    registered_user: bool,
    /// Whether the address is verified.
    email_confirmed: bool,
    /// The same for the email service.
    #[oai(rename = "UserStatusInRMailService")]
    #[serde(rename = "UserStatusInRMailService")]
    in_mail_service: ServiceStatusBody,
}

/// The status of a user in the email service: there is one kind of account here, so it is that of the account.
#[derive(Debug, Object, Serialize)]
#[oai(rename = "ServiceStatus", rename_all = "PascalCase")]
#[serde(rename_all = "PascalCase")]
struct ServiceStatusBody {
    /// Whether the address has an account.
    registered_user: bool,
    /// `Active`, `Unverified`, `Disabled`, `Deleting` or `NotRegistered`.
    status: String,
}

impl ResultContent for StatusBody {
    const ENVELOPE: &'static str = "StatusAnswer";
}

impl From<Option<AddressHolder>> for StatusBody {
    fn from(holder: Option<AddressHolder>) -> Self {
        let registered_user = holder.is_some();
        let status = match holder.as_ref().map(|holder| holder.state) {
            None => "NotRegistered",
            Some(AccountState::Active) => "Active",
            Some(AccountState::Unverified) => "Unverified",
            Some(AccountState::Disabled) => "Disabled",
            Some(AccountState::Deleting) => "Deleting",
        };
        let (email_confirmed, first_name, last_name) =
            holder.map_or((false, None, None), |holder| (holder.is_proven, holder.given_name, holder.family_name));
        Self {
            first_name: Nullable(first_name),
            last_name: Nullable(last_name),
            registered_user,
            email_confirmed,
            in_mail_service: ServiceStatusBody { registered_user, status: status.to_owned() },
        }
    }
}

problem_set! {
    /// Problems that reading a status can return to an administrator.
    StatusFailures: Unauthenticated, EmailUnverified, DeletionPending, Forbidden, NotFound, Internal, Unavailable;
    /// Problems that reading a status can return to anybody.
    OpenStatusFailures: NotFound, RateLimited, Internal, Unavailable;
}

#[OpenApi(tag = "Tag::Account")]
impl StatusApi {
    /// Check whether an address has an account
    ///
    /// For administrators. An address without an account, or with a pending registration, counts as not registered.
    #[oai(path = "/api/v1/Account/Status/:userName", method = "get", operation_id = "rpostReadStatus")]
    async fn status(
        &self,
        caller: Bearer<Administrator>,
        /// The address.
        #[oai(name = "userName")]
        user_name: Path<String>,
    ) -> Result<Success<StatusBody>, Failure<StatusFailures>> {
        let holder = self.service.find_address_holder(&caller.may, &user_name.0).await?;
        Ok(Success::with(TOLD, holder.into()))
    }
}

#[OpenApi(tag = "Tag::Account")]
impl OpenStatusApi {
    /// Check whether an address has an account
    ///
    /// For anyone, as the operator has configured. A client network may call this as often as it may register.
    #[oai(path = "/api/v1/Account/Status/:userName", method = "get", operation_id = "rpostReadStatus")]
    async fn status(
        &self,
        context: RequestContext,
        /// The address.
        #[oai(name = "userName")]
        user_name: Path<String>,
    ) -> Result<Success<StatusBody>, Failure<OpenStatusFailures>> {
        let holder = self.service.look_up_address(&user_name.0, &context.client).await?;
        Ok(Success::with(TOLD, holder.into()))
    }
}
