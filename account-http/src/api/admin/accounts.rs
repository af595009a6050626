//! `/account/v1/admin/accounts`.

use account_core::AccountService;
use account_core::account::{Account, AccountState, Role};
use account_core::authorization::Administrator;
use account_core::id::OrganizationId;
use account_core::input::Input;
use account_core::ports::store::AccountFilter;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::answer::{Done, Found, ListProblems, ReadProblems, Versioned, admin_problems, id_of, list_body, role};
use crate::api::account::AccountBody;
use crate::api::profile::ProfileBody;
use crate::api::sessions::{EndedBody, SessionListBody};
use crate::api::tag::Tag;
use crate::body::exact::{ExactBody, OptionalBody};
use crate::caller::Caller;
use crate::etag::{ETag, parse_if_match};
use crate::field::{Reason, Required, RoleName, Text};
use crate::problem::{Problem, Problems};
use crate::query::{Cursor, IdOf, Limit, OneOf, Parameter, Search, page_request};

/// Accounts.
pub(crate) struct AccountsApi {
    pub(super) service: AccountService,
}

list_body! {
    /// A page of the list of accounts.
    AccountListBody("AccountList"): AccountBody, "The accounts, newest first."
}

/// A new role for an account.
#[derive(Object)]
#[oai(rename = "RoleChange", write_only_all)]
struct RoleBody {
    /// The role.
    role: Required<RoleName>,
}

/// Why an account is disabled or enabled.
#[derive(Object)]
#[oai(rename = "AccountDecision", write_only_all)]
struct DecisionBody {
    /// The reason. It is kept in the audit trail, and the account's owner can read it in the export of their data.
    reason: Text<Reason>,
}

/// The reason in a body.
fn reason(body: OptionalBody<DecisionBody>) -> Result<Input, Problem> {
    body.0.read(|body| Ok::<_, Problem>(body.reason.into_trimmed_input()))
}

/// An account as it is now.
pub(super) fn versioned(account: Account) -> Versioned<AccountBody> {
    let etag = ETag(account.version).to_string();
    Versioned::Found(Json(account.into()), etag)
}

admin_problems! {
    /// Problems that changing an account's details can return.
    ChangeProblems: taking, MalformedRequest, NotFound, PreconditionFailed;
    /// Problems that disabling an account can return.
    DisableProblems: taking, NotFound, LastSuperAdmin;
    /// Problems that enabling an account can return.
    EnableProblems: taking, NotFound;
    /// Problems that deleting an account can return.
    DeleteProblems: writing, ReauthenticationRequired, NotFound, LastSuperAdmin;
    /// Problems that doing something to an account can return.
    ActProblems: writing, NotFound;
    /// Problems that changing an account's role can return.
    RoleProblems: taking, ReauthenticationRequired, NotFound, LastSuperAdmin, WeakPassword;
}

#[OpenApi(prefix_path = "/account/v1/admin", tag = "Tag::Administration")]
impl AccountsApi {
    /// List accounts
    ///
    /// Newest first. All filters must match.
    #[oai(path = "/accounts", method = "get", operation_id = "listAccounts")]
    #[expect(clippy::too_many_arguments, reason = "one argument a parameter of the query")]
    async fn list(
        &self,
        caller: Caller<Administrator>,
        /// Only accounts whose address, username or name contains this text; case does not matter.
        q: Query<Parameter<Search>>,
        /// Only those with this role.
        role: Query<Parameter<OneOf<Role>>>,
        /// Only those in this state.
        state: Query<Parameter<OneOf<AccountState>>>,
        /// Only those of the organization with this id.
        organization: Query<Parameter<IdOf<OrganizationId>>>,
        /// The `next_cursor` of the previous page.
        cursor: Query<Parameter<Cursor>>,
        /// The maximum number of items.
        limit: Query<Parameter<Limit>>,
    ) -> Result<Found<AccountListBody>, Problems<ListProblems>> {
        let (role, state) = (role.0.read()?, state.0.read()?);
        let filter = AccountFilter { text: q.0.read()?, role, state, organization: organization.0.read()? };
        let page = self.service.list_accounts(&caller.may, filter, page_request(cursor, limit)?).await?;
        Ok(Found::Found(Json(page.into())))
    }

    /// Get an account
    ///
    /// The answer has the `ETag` to send with a change.
    #[oai(path = "/accounts/:id", method = "get", operation_id = "getAccount")]
    async fn read(
        &self,
        caller: Caller<Administrator>,
        /// Id of the account.
        id: Path<String>,
    ) -> Result<Versioned<AccountBody>, Problems<ReadProblems>> {
        Ok(versioned(self.service.read_account(&caller.may, id_of(&id)?).await?))
    }

    /// Change an account's details
    ///
    /// Members that are not sent stay the same, null removes a value (RFC 7396). Other members of the account (`id`,
    /// `role`, `email`, ..) cannot be changed here. Only super admins can change administrators, here and in the calls
    /// below.
    #[oai(path = "/accounts/:id", method = "patch", operation_id = "changeAccount")]
    async fn change(
        &self,
        caller: Caller<Administrator>,
        /// Id of the account.
        id: Path<String>,
        /// The `ETag` that was read; the change is refused when the account was changed since.
        #[oai(name = "If-Match")]
        if_match: Header<Option<String>>,
        body: ExactBody<ProfileBody>,
    ) -> Result<Versioned<AccountBody>, Problems<ChangeProblems>> {
        let (id, version) = (id_of(&id)?, parse_if_match(if_match.0.as_deref())?);
        let (edits, unknown) = body.draft();
        let changed = self.service.change_account_details(&caller.may, id, edits, version, &caller.context).await;
        Ok(versioned(unknown.join(changed)?))
    }

    /// Delete an account
    ///
    /// Immediately and permanently, with its sessions.
    #[oai(path = "/accounts/:id", method = "delete", operation_id = "deleteAccount")]
    async fn delete(
        &self,
        caller: Caller<Administrator>,
        /// Id of the account.
        id: Path<String>,
    ) -> Result<Done, Problems<DeleteProblems>> {
        self.service.delete_account(&caller.may, id_of(&id)?, &caller.context).await?;
        Ok(Done::Done)
    }

    /// Disable an account
    ///
    /// Its sessions end, and nobody can sign in until it is enabled again. Its address gets a notice, without the reason.
    #[oai(path = "/accounts/:id/disable", method = "post", operation_id = "disableAccount")]
    async fn disable(
        &self,
        caller: Caller<Administrator>,
        /// Id of the account.
        id: Path<String>,
        body: OptionalBody<DecisionBody>,
    ) -> Result<Versioned<AccountBody>, Problems<DisableProblems>> {
        let (id, reason) = (id_of(&id)?, reason(body)?);
        Ok(versioned(self.service.disable_account(&caller.may, id, reason, &caller.context).await?))
    }

    /// Enable an account
    ///
    /// Its address gets a notice.
    #[oai(path = "/accounts/:id/enable", method = "post", operation_id = "enableAccount")]
    async fn enable(
        &self,
        caller: Caller<Administrator>,
        /// Id of the account.
        id: Path<String>,
        body: OptionalBody<DecisionBody>,
    ) -> Result<Versioned<AccountBody>, Problems<EnableProblems>> {
        let (id, reason) = (id_of(&id)?, reason(body)?);
        Ok(versioned(self.service.enable_account(&caller.may, id, reason, &caller.context).await?))
    }

    /// List an account's sessions
    ///
    /// The sessions that can be used, newest first, with the client and address that opened each.
    #[oai(path = "/accounts/:id/sessions", method = "get", operation_id = "listAccountSessions")]
    async fn sessions(
        &self,
        caller: Caller<Administrator>,
        /// Id of the account.
        id: Path<String>,
    ) -> Result<Found<SessionListBody>, Problems<ReadProblems>> {
        let sessions = self.service.account_sessions(&caller.may, id_of(&id)?).await?;
        Ok(Found::Found(Json(SessionListBody::seen_from(sessions, caller.may.verified().session()))))
    }

    /// End an account's sessions
    ///
    /// Everyone who is signed in to the account has to sign in again. The account's address gets a notice.
    #[oai(path = "/accounts/:id/sessions", method = "delete", operation_id = "endAccountSessions")]
    async fn end_sessions(
        &self,
        caller: Caller<Administrator>,
        /// Id of the account.
        id: Path<String>,
    ) -> Result<Found<EndedBody>, Problems<ActProblems>> {
        let ended = self.service.end_account_sessions(&caller.may, id_of(&id)?, &caller.context).await?;
        Ok(Found::Found(Json(EndedBody { ended })))
    }

    /// Change an account's role
    ///
    /// Requires a super admin who gave their password within the last five minutes. The sessions of the account end.
    /// A higher role needs a password that is known to meet the default policy: `weak_password` otherwise.
    #[oai(path = "/accounts/:id/role", method = "put", operation_id = "setRole")]
    async fn set_role(
        &self,
        caller: Caller<Administrator>,
        /// Id of the account.
        id: Path<String>,
        body: ExactBody<RoleBody>,
    ) -> Result<Versioned<AccountBody>, Problems<RoleProblems>> {
        let (id, role) = (id_of(&id)?, body.read(|body| role(body.role.into_input()))?);
        Ok(versioned(self.service.set_role(&caller.may, id, role, &caller.context).await?))
    }
}
