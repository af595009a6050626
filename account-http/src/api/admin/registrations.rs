//! `/account/v1/admin/registrations`.

use account_core::AccountService;
use account_core::authorization::Administrator;
use account_core::registration::{Registration, RegistrationState};
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::answer::{Found, ListProblems, list_body};
use crate::api::tag::Tag;
use crate::caller::Caller;
use crate::choice::Chosen;
use crate::problem::Problems;
use crate::query::{Cursor, Limit, OneOf, Parameter, Search, page_request};

/// Registrations.
pub(crate) struct RegistrationsApi {
    pub(super) service: AccountService,
}

/// A registration.
#[derive(Object)]
#[oai(rename = "RegistrationSummary")]
struct RegistrationBody {
    /// Id of the registration; its account has the same one, unless the address was corrected.
    id: String,
    /// The address, as entered.
    email: String,
    /// Its state.
    state: Chosen<RegistrationState>,
    /// How it was made: `native`, `page`, or the name of a dialect.
    channel: String,
    /// When it was created (RFC 3339, UTC).
    created_at: String,
    /// When the registration and its link expire (RFC 3339, UTC).
    expires_at: String,
}

impl From<Registration> for RegistrationBody {
    fn from(registration: Registration) -> Self {
        Self {
            id: registration.id.to_string(),
            email: registration.address.to_string(),
            state: registration.state.into(),
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
        state: Query<Parameter<OneOf<RegistrationState>>>,
        /// Only those for this address.
        email: Query<Parameter<Search>>,
        /// The `next_cursor` of the previous page.
        cursor: Query<Parameter<Cursor>>,
        /// The maximum number of items.
        limit: Query<Parameter<Limit>>,
    ) -> Result<Found<RegistrationListBody>, Problems<ListProblems>> {
        let (state, email, page) = (state.0.read()?, email.0.read()?, page_request(cursor, limit)?);
        let page = self.service.list_registrations(&caller.may, state, email.as_deref(), page).await?;
        Ok(Found::Found(Json(page.into())))
    }
}
