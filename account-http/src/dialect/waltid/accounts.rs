//! `GET /v1/admin/accounts`.

use account_core::AccountService;
use account_core::account::Account;
use account_core::administration::accounts::AccountFilter;
use account_core::authorization::Administrator;
use account_core::paging::{Page, PageRequest};
use poem_openapi::param::Query;
use poem_openapi::{ApiResponse, OpenApi};

use super::answer::AccountBody;
use super::failure::Failure;
use super::tag::Tag;
use crate::caller::Bearer;
use crate::json::OrderedJson;
use crate::problem::problem_set;
use crate::query::{Cursor, Limit, Parameter, page_request};

/// Accounts, as administrators see them.
pub(super) struct AccountsApi {
    pub(super) service: AccountService,
}

#[derive(ApiResponse)]
enum ListResponse {
    /// Newest first.
    #[oai(status = 200)]
    Accounts(
        OrderedJson<Vec<AccountBody>>,
        /// URL of the next page: `</v1/admin/accounts?..>; rel="next"` (RFC 8288). Absent on the last page.
        #[oai(header = "Link")]
        Option<String>,
    ),
}

problem_set! {
    /// Problems that listing can return.
    ListFailures: InvalidQuery, InvalidCursor, Unauthenticated, EmailUnverified, DeletionPending, Forbidden, Internal,
    Unavailable;
}

#[OpenApi]
impl AccountsApi {
    /// List accounts
    ///
    /// For administrators. The body is an array; the header `Link` leads to the next page.
    #[oai(
        path = "/v1/admin/accounts",
        method = "get",
        operation_id = "waltidListAccounts",
        tag = "Tag::Administration"
    )]
    async fn list(
        &self,
        caller: Bearer<Administrator>,
        /// Where the page starts, as given in `Link`.
        cursor: Query<Parameter<Cursor>>,
        /// The maximum number of items.
        limit: Query<Parameter<Limit>>,
    ) -> Result<ListResponse, Failure<ListFailures>> {
        let request = page_request(cursor, limit)?;
        let page = self.service.list_accounts(&caller.may, AccountFilter::default(), request.clone()).await?;
        let next = next_page(&page, &request);
        let accounts = page.items.into_iter().map(Into::into).collect();
        Ok(ListResponse::Accounts(OrderedJson(accounts), next))
    }
}

/// The link to the next page. Cursors are base64url, which needs no escaping.
fn next_page(page: &Page<Account>, request: &PageRequest) -> Option<String> {
    let cursor = page.next.as_ref()?;
    Some(format!("</v1/admin/accounts?limit={}&cursor={cursor}>; rel=\"next\"", request.limit()))
}
