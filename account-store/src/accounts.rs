//! Accounts.

mod credential;
mod lists;
mod rows;

use std::collections::BTreeSet;

use account_core::account::{Account, Credential};
use account_core::email_address::EmailKey;
use account_core::id::AccountId;
use account_core::name::UserName;
use account_core::ports::StoreError;
use account_core::ports::store::{AccountUpdate, Accounts, Insert, Unique, Update};
use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::entity::account::{ActiveModel, Column, Entity, Model};
use crate::entity::{one_time_token, session};
use crate::purge::MAX_VALUES;
use crate::row::Row;
use crate::unit_of_work::{DatabaseUnitOfWork, is_duplicate};
use rows::to_model;

pub(crate) use rows::from_model;

/// Maximum number of unverified accounts that are read per address.
const MAX_UNVERIFIED: u64 = 10;

impl DatabaseUnitOfWork {
    async fn find_one_account(&self, condition: Expr) -> Result<Option<Account>, StoreError> {
        let select = self.holding::<Entity>(Condition::all().add(condition)).await?;
        let found = select.one(self.reader()?).await;
        found.map_err(self.failed("find an account"))?.map(from_model).transpose()
    }

    /// Returns which of the account's unique values another row has.
    async fn find_conflict(&self, lost: &Model, is_new: bool) -> Result<Option<Unique>, StoreError> {
        let mut any = Condition::any();
        if is_new {
            any = any.add(Column::Id.eq(lost.id));
        }
        if let Some(claim) = &lost.email_claim {
            any = any.add(Column::EmailClaim.eq(claim));
        }
        if let Some(name) = &lost.user_name {
            any = any.add(Column::UserName.eq(name));
        }
        if any.is_empty() {
            return Ok(None);
        }
        let rows: Vec<(Uuid, Option<String>)> = Entity::find()
            .select_only()
            .columns([Column::Id, Column::EmailClaim])
            .filter(any)
            .apply_if((!is_new).then_some(lost.id), |select, own| select.filter(Column::Id.ne(own)))
            .into_tuple()
            .all(self.reader()?)
            .await
            .map_err(self.failed("find the conflicting account"))?;
        Ok(if rows.iter().any(|(id, _)| *id == lost.id) {
            Some(Unique::Id)
        } else if lost.email_claim.is_some() && rows.iter().any(|(_, claim)| *claim == lost.email_claim) {
            Some(Unique::EmailKey)
        } else {
            (!rows.is_empty()).then_some(Unique::UserName)
        })
    }

    /// Returns whether the account exists with this version.
    async fn is_of_version(&self, id: Uuid, version: i64) -> Result<bool, StoreError> {
        let found: Option<i64> = Entity::find_by_id(id)
            .select_only()
            .column(Column::Version)
            .into_tuple()
            .one(self.reader()?)
            .await
            .map_err(self.failed("read an account's version"))?;
        Ok(found == Some(version))
    }
}

#[async_trait]
impl Accounts for DatabaseUnitOfWork {
    async fn insert_account(&mut self, account: &Account) -> Result<Insert, StoreError> {
        let model = to_model(account)?;
        if self.insert_unless_taken::<ActiveModel>(model.clone(), "insert an account").await? {
            return Ok(Insert::Done);
        }
        // The other row may have been deleted in the meantime: the decision is then made again.
        let conflict = self.find_conflict(&model, true).await?;
        conflict.map(Insert::Conflict).ok_or_else(|| StoreError::aborted("the conflicting account no longer exists"))
    }

    async fn update_account(&mut self, account: &Account) -> Result<AccountUpdate, StoreError> {
        let writer = self.writer()?;
        let model = to_model(account)?;
        let (id, before) = (model.id, model.version - 1);
        // Check first: if the statement fails, some databases roll back the whole transaction.
        if let Some(conflict) = self.find_conflict(&model, false).await? {
            let is_there = self.is_of_version(id, before).await?;
            return Ok(if is_there { AccountUpdate::Conflict(conflict) } else { AccountUpdate::Missed });
        }
        let mut row = model.into_active_model().reset_all();
        row.id = ActiveValue::NotSet;
        row.token_generation = ActiveValue::NotSet;
        let update =
            Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(before)).exec(writer);
        match update.await {
            Ok(updated) if updated.rows_affected == 0 => Ok(AccountUpdate::Missed),
            Ok(_) => Ok(AccountUpdate::Applied),
            Err(error) => {
                let is_race = is_duplicate(&error);
                let failure = self.failed("update an account")(error);
                Err(if is_race { StoreError::aborted("another account has just taken the value") } else { failure })
            }
        }
    }

    async fn find_account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.find_one_account(Column::Id.eq(id.as_uuid())).await
    }

    async fn find_account_by_email(&mut self, key: &EmailKey) -> Result<Option<Account>, StoreError> {
        self.find_one_account(Column::EmailClaim.eq(key.as_str())).await
    }

    async fn find_account_by_user_name(&mut self, name: &UserName) -> Result<Option<Account>, StoreError> {
        self.find_one_account(Column::UserName.eq(name.as_str())).await
    }

    async fn find_unverified_accounts(&mut self, key: &EmailKey) -> Result<Vec<Account>, StoreError> {
        let are_meant = Condition::all().add(Column::EmailKey.eq(key.as_str())).add(Column::VerifiedAt.is_null());
        let select = self.holding::<Entity>(are_meant).await?.order_by_desc(Column::Id).limit(MAX_UNVERIFIED);
        let found = select.all(self.reader()?).await;
        found.map_err(self.failed("find unverified accounts"))?.into_iter().map(from_model).collect()
    }

    async fn find_account_keys(&mut self, keys: &[EmailKey]) -> Result<BTreeSet<EmailKey>, StoreError> {
        let mut found = BTreeSet::new();
        for keys in keys.chunks(MAX_VALUES) {
            let select = Entity::find().select_only().column(Column::EmailKey);
            let select = select.filter(Column::EmailKey.is_in(keys.iter().map(EmailKey::as_str)));
            found.extend(self.read_keys(select, keys, "find the addresses of accounts").await?);
        }
        Ok(found)
    }

    async fn find_credential(&mut self, key: &EmailKey) -> Result<Option<Credential>, StoreError> {
        self.read_credential(Column::EmailKey.eq(key.as_str())).await
    }

    async fn find_credential_by_user_name(&mut self, name: &UserName) -> Result<Option<Credential>, StoreError> {
        self.read_credential(Column::UserName.eq(name.as_str())).await
    }

    async fn next_token_generation(&mut self, id: AccountId) -> Result<Option<u32>, StoreError> {
        let raise = Entity::update_many()
            .col_expr(Column::TokenGeneration, Expr::col(Column::TokenGeneration).add(1_i64))
            .filter(Column::Id.eq(id.as_uuid()));
        if self.update(raise, "increment the count of tokens").await? == 0 {
            return Ok(None);
        }
        let raised: Option<i64> = Entity::find_by_id(id.as_uuid())
            .select_only()
            .column(Column::TokenGeneration)
            .into_tuple()
            .one(self.reader()?)
            .await
            .map_err(self.failed("read the count of tokens"))?;
        raised.map(|count| Row::new("accounts", id).count("token_generation", count)).transpose()
    }

    async fn delete_account(&mut self, id: AccountId, version: u32) -> Result<Update, StoreError> {
        let account =
            Entity::delete_many().filter(Column::Id.eq(id.as_uuid())).filter(Column::Version.eq(i64::from(version)));
        let is_meant = Condition::all().add(Column::Id.eq(id.as_uuid())).add(Column::Version.eq(i64::from(version)));
        let same = Entity::find().select_only().column(Column::Id).filter(is_meant).into_query();
        self.delete_renewals(Condition::all().add(session::Column::Account.in_subquery(same))).await?;
        // Foreign keys delete its sessions and identities too.
        if self.delete(account, "delete an account").await? == 0 {
            return Ok(Update::Missed);
        }
        let tokens = one_time_token::Entity::delete_many().filter(one_time_token::Column::Subject.eq(id.as_uuid()));
        self.delete(tokens, "delete the tokens of an account").await?;
        Ok(Update::Applied)
    }
}
