//! Lists of accounts.

use account_core::account::{Account, AccountState, Role};
use account_core::id::AccountId;
use account_core::ports::StoreError;
use account_core::ports::store::{AccountFilter, AccountLists};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::LikeExpr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::rows::from_model;
use crate::entity::account::{Column, Entity};
use crate::page::Page;
use crate::row::micros;
use crate::unit_of_work::DatabaseUnitOfWork;

/// The escape character in patterns. Not a backslash: databases differ in whether it must be doubled in a string.
const ESCAPE: char = '!';

/// Returns the pattern for all texts that contain this one.
fn containing(text: &str) -> LikeExpr {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | ESCAPE) {
            pattern.push(ESCAPE);
        }
        pattern.push(c);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape(ESCAPE)
}

/// Selects accounts in this state: the first that applies, as in `Account::state`.
fn in_state(state: AccountState) -> Condition {
    if state == AccountState::Disabled {
        return Condition::all().add(Column::DisabledAt.is_not_null());
    }
    let enabled = Condition::all().add(Column::DisabledAt.is_null());
    if state == AccountState::Deleting {
        return enabled.add(Column::DeletionDueAt.is_not_null());
    }
    let staying = enabled.add(Column::DeletionDueAt.is_null());
    match state {
        AccountState::Unverified => staying.add(Column::VerifiedAt.is_null()),
        _ => staying.add(Column::VerifiedAt.is_not_null()),
    }
}

#[async_trait]
impl AccountLists for DatabaseUnitOfWork {
    async fn list_accounts(
        &mut self,
        filter: &AccountFilter,
        before: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError> {
        let rows = Entity::find()
            .apply_if(filter.text.as_deref(), |rows, text| rows.filter(Column::SearchText.like(containing(text))))
            .apply_if(filter.role, |rows, role| rows.filter(Column::Role.eq(role.name())))
            .apply_if(filter.state, |rows, state| rows.filter(in_state(state)))
            .apply_if(filter.organization, |rows, id| rows.filter(Column::Organization.eq(id.as_uuid())));
        let page = Page::newest_first(Column::Id, before.map(|id| id.as_uuid()), limit);
        self.list_page(rows, page, from_model, "list accounts").await
    }

    async fn scan_accounts(&mut self, after: Option<AccountId>, limit: u32) -> Result<Vec<Account>, StoreError> {
        let page = Page::lowest_first(Column::Id, after.map(|id| id.as_uuid()), limit);
        self.list_page(Entity::find(), page, from_model, "scan accounts").await
    }

    async fn count_other_super_admins(&mut self, except: AccountId) -> Result<u64, StoreError> {
        let are_meant =
            Condition::all().add(Column::Role.eq(Role::SuperAdmin.name())).add(in_state(AccountState::Active));
        let select = self
            .holding::<Entity>(are_meant)
            .await?
            .select_only()
            .column(Column::Id)
            // Lock all of them, including the excepted one, always in the same order, so that two transactions that
            // demote each other's accounts cannot deadlock.
            .order_by_asc(Column::Id);
        let ids: Vec<Uuid> =
            select.into_tuple().all(self.reader()?).await.map_err(self.failed("count super admins"))?;
        Ok(ids.into_iter().filter(|id| *id != except.as_uuid()).count() as u64)
    }

    async fn find_accounts_to_delete(
        &mut self,
        now: Timestamp,
        unverified_before: Timestamp,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError> {
        let due = Condition::all().add(Column::DeletionDueAt.lte(micros(now))).add(Column::DisabledAt.is_null());
        let unverified =
            Condition::all().add(Column::VerifiedAt.is_null()).add(Column::CreatedAt.lt(micros(unverified_before)));
        let found = Entity::find()
            .filter(Condition::any().add(due).add(unverified))
            // Unordered: with an order, SQLite would scan all accounts in that order.
            .limit(u64::from(limit))
            .all(self.reader()?)
            .await;
        found.map_err(self.failed("find accounts to delete"))?.into_iter().map(from_model).collect()
    }
}
