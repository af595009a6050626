//! Accounts.

use account_core::account::Account;
use account_core::email_address::EmailKey;
use account_core::id::{AccountId, OrganizationId};
use account_core::name::UserName;
use account_core::password::PasswordHash;
use account_core::ports::StoreError;
use account_core::ports::store::{Accounts, Insert, Unique};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::entity::account::{ActiveModel, Column, Entity, Model};
use crate::row::{Row, micros, profile_document};
use crate::unit_of_work::DatabaseUnitOfWork;

fn to_model(account: &Account) -> Result<Model, StoreError> {
    let key = account.address.key().as_str();
    Ok(Model {
        id: account.id.as_uuid(),
        address: account.address.as_str().to_owned(),
        email_key: key.to_owned(),
        email_claim: account.verified_at.map(|_| key.to_owned()),
        verified_at: account.verified_at.map(micros),
        password_hash: account.password_hash.as_ref().map(|hash| hash.as_phc().to_owned()),
        user_name: account.user_name.as_ref().map(|name| name.as_str().to_owned()),
        organization: account.organization.map(|organization| organization.as_uuid()),
        profile: profile_document(&account.profile)?,
        created_at: micros(account.created_at),
        updated_at: micros(account.updated_at),
    })
}

fn from_model(model: Model) -> Result<Account, StoreError> {
    let row = Row::new("accounts", model.id);
    let address = row.address(&model.address, Some(&model.email_key))?;
    // A claim is the key of a proven address, and every proven address has one.
    if model.email_claim != model.verified_at.map(|_| model.email_key) {
        return Err(row.damaged("email_claim"));
    }
    Ok(Account {
        id: AccountId::from_uuid(model.id),
        address,
        verified_at: model.verified_at.map(Timestamp::from_unix_micros),
        password_hash: model.password_hash.map(PasswordHash::from_phc),
        user_name: model.user_name.map(UserName::from_stored),
        organization: model.organization.map(OrganizationId::from_uuid),
        profile: row.profile(&model.profile)?,
        created_at: Timestamp::from_unix_micros(model.created_at),
        updated_at: Timestamp::from_unix_micros(model.updated_at),
    })
}

impl DatabaseUnitOfWork {
    async fn find_one_account(&self, condition: Expr) -> Result<Option<Account>, StoreError> {
        let found = Entity::find().filter(condition).one(self.reader()?).await;
        found.map_err(self.failed("find an account"))?.map(from_model).transpose()
    }

    /// Which of the account's unique values another row has.
    async fn find_conflict(&self, lost: &Model) -> Result<Option<Unique>, StoreError> {
        let mut any = Condition::any().add(Column::Id.eq(lost.id));
        if let Some(claim) = &lost.email_claim {
            any = any.add(Column::EmailClaim.eq(claim));
        }
        if let Some(name) = &lost.user_name {
            any = any.add(Column::UserName.eq(name));
        }
        let rows: Vec<(Uuid, Option<String>)> = Entity::find()
            .select_only()
            .columns([Column::Id, Column::EmailClaim])
            .filter(any)
            .into_tuple()
            .all(self.reader()?)
            .await
            .map_err(self.failed("find the account in the way"))?;
        Ok(if rows.iter().any(|(id, _)| *id == lost.id) {
            Some(Unique::Id)
        } else if lost.email_claim.is_some() && rows.iter().any(|(_, claim)| *claim == lost.email_claim) {
            Some(Unique::EmailKey)
        } else {
            (!rows.is_empty()).then_some(Unique::UserName)
        })
    }
}

#[async_trait]
impl Accounts for DatabaseUnitOfWork {
    async fn insert_account(&mut self, account: &Account) -> Result<Insert, StoreError> {
        let model = to_model(account)?;
        if self.insert_unless_taken::<ActiveModel>(model.clone(), "insert an account").await? {
            return Ok(Insert::Done);
        }
        // The other row may be gone again by now, where others delete meanwhile: then trying again helps.
        let conflict = self.find_conflict(&model).await?;
        conflict.map(Insert::Conflict).ok_or_else(|| StoreError::transient("the account in the way is gone"))
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
}
