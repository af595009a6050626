//! One-time tokens.

use account_core::email_address::EmailKey;
use account_core::id::SessionId;
use account_core::one_time_token::{OneTimeToken, Purpose, TokenDigest, TokenState};
use account_core::ports::StoreError;
use account_core::ports::store::{OneTimeTokens, Update};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, UpdateMany};
use uuid::Uuid;

use crate::entity::one_time_token::{ActiveModel, Column, Entity, Model};
use crate::row::{Row, micros};
use crate::unit_of_work::{DatabaseUnitOfWork, outcome};

fn to_model(token: &OneTimeToken) -> Model {
    Model {
        digest: token.digest.as_bytes().to_vec(),
        purpose: token.purpose.name().to_owned(),
        subject: token.subject,
        address: token.address.as_str().to_owned(),
        email_key: token.email_key().as_str().to_owned(),
        generation: token.generation.into(),
        key_id: token.key_id.clone(),
        expires_at: micros(token.expires_at),
        state: token.state.name().to_owned(),
        epoch: token.epoch.map(i64::from),
        session: token.session.map(|session| session.as_uuid()),
        used_at: token.used_at.map(micros),
    }
}

fn from_model(model: Model) -> Result<OneTimeToken, StoreError> {
    let row = Row::with_digest("one_time_tokens", &model.digest);
    Ok(OneTimeToken {
        digest: row.digest("digest", &model.digest)?,
        purpose: row.read("purpose", Purpose::by_name(&model.purpose))?,
        subject: model.subject,
        address: row.address(&model.address, Some(&model.email_key))?,
        generation: row.count("generation", model.generation)?,
        key_id: model.key_id,
        epoch: model.epoch.map(|epoch| row.count("epoch", epoch)).transpose()?,
        session: model.session.map(SessionId::from_uuid),
        expires_at: Timestamp::from_unix_micros(model.expires_at),
        state: row.read("state", TokenState::by_name(&model.state))?,
        used_at: model.used_at.map(Timestamp::from_unix_micros),
    })
}

/// Starts an update that changes live tokens with this purpose to a state.
fn move_live(purpose: Purpose, state: TokenState) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state.name()))
        .filter(Column::State.eq(TokenState::Live.name()))
        .filter(Column::Purpose.eq(purpose.name()))
}

#[async_trait]
impl OneTimeTokens for DatabaseUnitOfWork {
    async fn insert_token(&mut self, token: &OneTimeToken) -> Result<(), StoreError> {
        self.insert::<ActiveModel>(to_model(token), "insert a token").await
    }

    async fn find_token(&mut self, digest: &TokenDigest) -> Result<Option<OneTimeToken>, StoreError> {
        let found = Entity::find_by_id(digest.as_bytes().to_vec()).one(self.reader()?).await;
        found.map_err(self.failed("find a token"))?.map(from_model).transpose()
    }

    async fn redeem_token(
        &mut self,
        digest: &TokenDigest,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Update, StoreError> {
        let update = move_live(purpose, TokenState::Used)
            .col_expr(Column::UsedAt, Expr::value(micros(now)))
            .filter(Column::Digest.eq(digest.as_bytes().to_vec()))
            .filter(Column::ExpiresAt.gt(micros(now)));
        Ok(outcome(self.update(update, "redeem a token").await?))
    }

    async fn find_live_token(&mut self, purpose: Purpose, subject: Uuid) -> Result<Option<OneTimeToken>, StoreError> {
        let found = Entity::find()
            .filter(Column::Subject.eq(subject))
            .filter(Column::Purpose.eq(purpose.name()))
            .filter(Column::State.eq(TokenState::Live.name()))
            .order_by_desc(Column::Generation)
            .one(self.reader()?)
            .await;
        found.map_err(self.failed("find the live token of a subject"))?.map(from_model).transpose()
    }

    async fn end_tokens_of_subject(
        &mut self,
        purpose: Purpose,
        subject: Uuid,
        state: TokenState,
    ) -> Result<u64, StoreError> {
        let update = move_live(purpose, state).filter(Column::Subject.eq(subject));
        self.update(update, "end the tokens of a subject").await
    }

    async fn delete_tokens_below(
        &mut self,
        purpose: Purpose,
        subject: Uuid,
        generation: u32,
    ) -> Result<u64, StoreError> {
        let deletion = Entity::delete_many()
            .filter(Column::Purpose.eq(purpose.name()))
            .filter(Column::Subject.eq(subject))
            .filter(Column::Generation.lt(i64::from(generation)));
        self.delete(deletion, "delete older tokens of a subject").await
    }

    async fn end_tokens_of_key(
        &mut self,
        purpose: Purpose,
        key: &EmailKey,
        state: TokenState,
    ) -> Result<u64, StoreError> {
        let update = move_live(purpose, state).filter(Column::EmailKey.eq(key.as_str()));
        self.update(update, "end the tokens of an address").await
    }
}
