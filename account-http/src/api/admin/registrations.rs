//! `/account/v1/admin/registrations`.

use account_core::AccountService;
use account_core::authorization::Administrator;
use account_core::registration::{Registration, RegistrationState};
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};

use super::answer::{Found, admin_problems, list_body};
use crate::api::tag::Tag;
use crate::caller::Caller;
use crate::problem::Problems;
use crate::query::{Cursor, InRegistrationState, Limit, Parameter, page_request};

/// Registrations.
pub(crate) struct RegistrationsApi {
    pub(super) service: AccountService,
}

/// A registration.
#[derive(Object)]
#[oai(rename = "RegistrationSummary")]
struct RegistrationBody {
    /// Id of the registration; its account has the same one.
    id: String,
    /// The address, as entered.
    email: String,
    /// Its state.
    state: StateBody,
    /// How it was made: `native`, `page`, or the name of a dialect.
    channel: String,
    /// When it was created (RFC 3339, UTC).
    created_at: String,
    /// When the invitation and its link expire (RFC 3339, UTC).
    expires_at: String,
}

/// State of a registration.
#[derive(Enum)]
#[oai(rename = "RegistrationOutcome", rename_all = "snake_case")]
enum StateBody {
    /// Waits for its mailbox to be proven, until it expires.
    Pending,
    /// Became an account as it was registered.
    Completed,
    /// The mailbox's owner took the address with a new password.
    Taken,
    /// Another registration of the address became the account.
    Void,
}

impl From<Registration> for RegistrationBody {
    fn from(registration: Registration) -> Self {
        Self {
            id: registration.id.to_string(),
            email: registration.address.to_string(),
            state: match registration.state {
                RegistrationState::Pending => StateBody::Pending,
                RegistrationState::Completed => StateBody::Completed,
                RegistrationState::Taken => StateBody::Taken,
                RegistrationState::Void => StateBody::Void,
            },
            channel: registration.origin.channel,
            created_at: registration.created_at.to_string(),
            expires_at: registration.expires_at.to_string(),
        }
    }
}

list_body! {
    /// A page of the list of registrations.
    RegistrationListBody("RegistrationList"): RegistrationBody, "The registrations, newest first."
}

admin_problems! {
    /// What listing registrations answers when it fails.
    ListProblems: reading, InvalidCursor, InvalidQuery
}

#[OpenApi(prefix_path = "/account/v1/admin", tag = "Tag::Administration")]
impl RegistrationsApi {
    /// List registrations
    ///
    /// Newest first, without details and credentials.
    #[oai(path = "/registrations", method = "get", operation_id = "listRegistrations")]
    async fn list(
        &self,
        caller: Caller<Administrator>,
        /// Only those in this state.
        state: Query<Parameter<InRegistrationState>>,
        /// The `next_cursor` of the previous page.
        cursor: Query<Parameter<Cursor>>,
        /// The maximum number of items.
        limit: Query<Parameter<Limit>>,
    ) -> Result<Found<RegistrationListBody>, Problems<ListProblems>> {
        let (state, page) = (state.0.read()?, page_request(cursor, limit)?);
        let page = self.service.list_registrations(&caller.may, state, page).await?;
        Ok(Found::Found(Json(page.into())))
    }
}
