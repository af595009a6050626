//! Sessions.

mod signed_in;

use std::time::Duration;

use account_core::id::{AccountId, SessionId};
use account_core::ports::StoreError;
use account_core::ports::store::{Sessions, Update};
use account_core::session::Session;
use account_core::timestamp::Timestamp;
use account_core::verification_token::TokenDigest;
use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use crate::entity::session::{ActiveModel, Column, Entity, Model};
use crate::row::{Row, micros};
use crate::unit_of_work::{DatabaseUnitOfWork, outcome};

pub(crate) use signed_in::SignedInQuery;

/// Most sessions of one account that are read.
const MAX_SESSIONS: u64 = 1_000;

fn to_model(session: &Session) -> Model {
    Model {
        token: session.token.as_octets().to_vec(),
        id: session.id.as_uuid(),
        account: session.account.as_uuid(),
        created_at: micros(session.created_at),
        expires_at: micros(session.expires_at),
        authenticated_at: micros(session.authenticated_at),
        last_used_at: micros(session.last_used_at),
        // Nobody configures 292,000 years.
        idle: session.idle.map(|idle| i64::try_from(idle.as_micros()).unwrap_or(i64::MAX)),
        surface: session.surface.clone(),
        client_address: session.client_address.map(|address| address.to_string()),
        user_agent: session.user_agent.clone(),
    }
}

fn from_model(model: Model) -> Result<Session, StoreError> {
    let row = Row::new("sessions", model.id);
    let idle = model.idle.map(|idle| row.read("idle", u64::try_from(idle).ok()));
    Ok(Session {
        id: SessionId::from_uuid(model.id),
        token: row.digest("token", &model.token)?,
        account: AccountId::from_uuid(model.account),
        created_at: Timestamp::from_unix_micros(model.created_at),
        authenticated_at: Timestamp::from_unix_micros(model.authenticated_at),
        last_used_at: Timestamp::from_unix_micros(model.last_used_at),
        idle: idle.transpose()?.map(Duration::from_micros),
        expires_at: Timestamp::from_unix_micros(model.expires_at),
        client_address: row.client_address(model.client_address.as_deref())?,
        surface: model.surface,
        user_agent: model.user_agent,
    })
}

#[async_trait]
impl Sessions for DatabaseUnitOfWork {
    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError> {
        self.insert::<ActiveModel>(to_model(session), "insert a session").await
    }

    async fn find_session(&mut self, token: &TokenDigest) -> Result<Option<Session>, StoreError> {
        let found = Entity::find_by_id(token.as_octets().to_vec()).one(self.reader()?).await;
        found.map_err(self.failed("find a session"))?.map(from_model).transpose()
    }

    async fn find_sessions_of_account(&mut self, account: AccountId) -> Result<Vec<Session>, StoreError> {
        let found = Entity::find()
            .filter(Column::Account.eq(account.as_uuid()))
            .order_by_desc(Column::Id)
            .limit(MAX_SESSIONS)
            .all(self.reader()?)
            .await;
        found.map_err(self.failed("find the sessions of an account"))?.into_iter().map(from_model).collect()
    }

    async fn touch_session(&mut self, token: &TokenDigest, last_used_at: Timestamp) -> Result<Update, StoreError> {
        let update = Entity::update_many()
            .col_expr(Column::LastUsedAt, Expr::value(micros(last_used_at)))
            .filter(Column::Token.eq(token.as_octets().to_vec()))
            .filter(Column::LastUsedAt.lt(micros(last_used_at)));
        Ok(outcome(self.update(update, "note the use of a session").await?))
    }

    async fn replace_session(&mut self, token: &TokenDigest, session: &Session) -> Result<Update, StoreError> {
        let row = to_model(session).into_active_model().reset_all();
        let update = Entity::update_many().set(row).filter(Column::Token.eq(token.as_octets().to_vec()));
        Ok(outcome(self.update(update, "replace a session").await?))
    }

    async fn delete_session(&mut self, account: AccountId, id: SessionId) -> Result<Update, StoreError> {
        let deletion =
            Entity::delete_many().filter(Column::Id.eq(id.as_uuid())).filter(Column::Account.eq(account.as_uuid()));
        Ok(outcome(self.delete(deletion, "delete a session").await?))
    }

    async fn delete_sessions_of_account(
        &mut self,
        account: AccountId,
        except: Option<&TokenDigest>,
    ) -> Result<u64, StoreError> {
        let deletion = Entity::delete_many()
            .filter(Column::Account.eq(account.as_uuid()))
            .apply_if(except, |deletion, token| deletion.filter(Column::Token.ne(token.as_octets().to_vec())));
        self.delete(deletion, "delete the sessions of an account").await
    }
}
