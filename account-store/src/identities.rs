//! Linked identities.

use account_core::id::{AccountId, IdentityId};
use account_core::ports::StoreError;
use account_core::ports::store::{Identities, Insert, Unique, Update};
use account_core::provider::{Identity, IdentityKey, ProviderAccount, ProviderName, Subject};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::identity::{ActiveModel, Column, Entity, Model};
use crate::row::{Row, micros};
use crate::unit_of_work::{DatabaseUnitOfWork, done_or, outcome};

fn shown_document(account: &ProviderAccount) -> Result<String, StoreError> {
    serde_json::to_string(account).map_err(StoreError::permanent)
}

fn to_model(identity: &Identity) -> Result<Model, StoreError> {
    Ok(Model {
        id: identity.id.as_uuid(),
        identity_key: identity.key.digest().as_bytes().to_vec(),
        provider: identity.key.provider.as_str().to_owned(),
        subject: identity.key.subject.as_str().to_owned(),
        account: identity.owner.as_uuid(),
        shown: shown_document(&identity.account)?,
        linked_at: micros(identity.linked_at),
        last_used_at: micros(identity.last_used_at),
    })
}

fn from_model(model: Model) -> Result<Identity, StoreError> {
    let row = Row::new("identities", model.id);
    let key = IdentityKey {
        provider: row.read("provider", ProviderName::try_from(model.provider).ok())?,
        subject: row.read("subject", Subject::try_from(model.subject).ok())?,
    };
    // Look-ups use the digest: it must be that of the key.
    if *row.digest("identity_key", &model.identity_key)?.as_bytes() != *key.digest().as_bytes() {
        return Err(row.damaged("identity_key"));
    }
    Ok(Identity {
        id: IdentityId::from_uuid(model.id),
        key,
        owner: AccountId::from_uuid(model.account),
        account: row.read("shown", serde_json::from_str(&model.shown).ok())?,
        linked_at: Timestamp::from_unix_micros(model.linked_at),
        last_used_at: Timestamp::from_unix_micros(model.last_used_at),
    })
}

#[async_trait]
impl Identities for DatabaseUnitOfWork {
    async fn insert_identity(&mut self, identity: &Identity) -> Result<Insert, StoreError> {
        let is_done = self.insert_unless_taken::<ActiveModel>(to_model(identity)?, "insert an identity").await?;
        Ok(done_or(is_done, Unique::Identity))
    }

    async fn find_identity(&mut self, key: &IdentityKey) -> Result<Option<Identity>, StoreError> {
        let select = Entity::find().filter(Column::IdentityKey.eq(key.digest().as_bytes().to_vec()));
        let found = select.one(self.reader()?).await;
        found.map_err(self.failed("find an identity"))?.map(from_model).transpose()
    }

    async fn find_identities_of_account(&mut self, account: AccountId) -> Result<Vec<Identity>, StoreError> {
        let select = Entity::find().filter(Column::Account.eq(account.as_uuid()));
        let found = select.order_by_asc(Column::LinkedAt).order_by_asc(Column::Id).all(self.reader()?).await;
        found.map_err(self.failed("find the identities of an account"))?.into_iter().map(from_model).collect()
    }

    async fn update_identity(&mut self, used: &Identity) -> Result<Update, StoreError> {
        let update = Entity::update_many()
            .col_expr(Column::Shown, Expr::value(shown_document(&used.account)?))
            .col_expr(Column::LastUsedAt, Expr::value(micros(used.last_used_at)))
            .filter(Column::Id.eq(used.id.as_uuid()))
            .filter(Column::Account.eq(used.owner.as_uuid()));
        Ok(outcome(self.update(update, "update an identity").await?))
    }

    async fn delete_identity(&mut self, owner: AccountId, id: IdentityId) -> Result<Update, StoreError> {
        let deletion =
            Entity::delete_many().filter(Column::Id.eq(id.as_uuid())).filter(Column::Account.eq(owner.as_uuid()));
        Ok(outcome(self.delete(deletion, "delete an identity").await?))
    }
}
