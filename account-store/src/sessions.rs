//! Sessions.

mod signed_in;

use std::time::Duration;

use account_core::id::{AccountId, SessionId};
use account_core::one_time_token::{Purpose, TokenDigest};
use account_core::ports::StoreError;
use account_core::ports::store::{Sessions, Update};
use account_core::session::Session;
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use crate::entity::one_time_token;
use crate::entity::session::{ActiveModel, Column, Entity, Model};
use crate::row::{Row, micros};
use crate::unit_of_work::{DatabaseUnitOfWork, outcome};

pub(crate) use signed_in::SignedInQuery;

/// Most sessions of one account that are read.
const MAX_SESSIONS: u64 = 1_000;

fn to_model(session: &Session) -> Model {
    Model {
        token: session.token.as_bytes().to_vec(),
        id: session.id.as_uuid(),
        account: session.account.as_uuid(),
        created_at: micros(session.created_at),
        expires_at: micros(session.expires_at),
        authenticated_at: micros(session.authenticated_at),
        last_used_at: micros(session.last_used_at),
        idle: session.idle.map(duration),
        token_lasts: session.token_lasts.map(duration),
        token_expires_at: session.token_expires_at.map(micros),
        channel: session.channel.clone(),
        client_address: session.client_address.map(|address| address.to_string()),
        user_agent: session.user_agent.clone(),
    }
}

/// A length of time in microseconds. Nobody configures 292,000 years.
fn duration(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

fn from_model(model: Model) -> Result<Session, StoreError> {
    let row = Row::new("sessions", model.id);
    let read = |name, micros: Option<i64>| {
        let micros = micros.map(|micros| row.read(name, u64::try_from(micros).ok()));
        micros.transpose().map(|micros| micros.map(Duration::from_micros))
    };
    Ok(Session {
        id: SessionId::from_uuid(model.id),
        token: row.digest("token", &model.token)?,
        account: AccountId::from_uuid(model.account),
        created_at: Timestamp::from_unix_micros(model.created_at),
        authenticated_at: Timestamp::from_unix_micros(model.authenticated_at),
        last_used_at: Timestamp::from_unix_micros(model.last_used_at),
        idle: read("idle", model.idle)?,
        expires_at: Timestamp::from_unix_micros(model.expires_at),
        token_lasts: read("token_lasts", model.token_lasts)?,
        token_expires_at: model.token_expires_at.map(Timestamp::from_unix_micros),
        client_address: row.client_address(model.client_address.as_deref())?,
        channel: model.channel,
        user_agent: model.user_agent,
    })
}

impl DatabaseUnitOfWork {
    /// Deletes sessions and the tokens that renew them; returns how many sessions.
    async fn delete_sessions(&mut self, are_meant: Condition, what: &'static str) -> Result<u64, StoreError> {
        self.delete_renewals(are_meant.clone()).await?;
        self.delete(Entity::delete_many().filter(are_meant), what).await
    }

    /// Deletes the tokens that renew the sessions, which are still there.
    pub(crate) async fn delete_renewals(&mut self, of: Condition) -> Result<(), StoreError> {
        use one_time_token::Column as Token;

        let ids = Entity::find().select_only().column(Column::Id).filter(of).into_query();
        let renewals = one_time_token::Entity::delete_many()
            .filter(Token::Purpose.eq(Purpose::SessionRenewal.name()))
            .filter(Token::Subject.in_subquery(ids));
        self.delete(renewals, "delete the tokens that renew sessions").await?;
        Ok(())
    }
}

#[async_trait]
impl Sessions for DatabaseUnitOfWork {
    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError> {
        self.insert::<ActiveModel>(to_model(session), "insert a session").await
    }

    async fn find_session(&mut self, token: &TokenDigest) -> Result<Option<Session>, StoreError> {
        let found = Entity::find_by_id(token.as_bytes().to_vec()).one(self.reader()?).await;
        found.map_err(self.failed("find a session"))?.map(from_model).transpose()
    }

    async fn find_session_by_id(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> {
        let found = Entity::find().filter(Column::Id.eq(id.as_uuid())).one(self.reader()?).await;
        found.map_err(self.failed("find a session by its id"))?.map(from_model).transpose()
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
            .filter(Column::Token.eq(token.as_bytes().to_vec()))
            .filter(Column::LastUsedAt.lt(micros(last_used_at)));
        Ok(outcome(self.update(update, "note the use of a session").await?))
    }

    async fn replace_session(&mut self, token: &TokenDigest, session: &Session) -> Result<Update, StoreError> {
        let row = to_model(session).into_active_model().reset_all();
        let update = Entity::update_many().set(row).filter(Column::Token.eq(token.as_bytes().to_vec()));
        Ok(outcome(self.update(update, "replace a session").await?))
    }

    async fn delete_session(&mut self, account: AccountId, id: SessionId) -> Result<Update, StoreError> {
        let is_meant = Column::Id.eq(id.as_uuid()).and(Column::Account.eq(account.as_uuid()));
        Ok(outcome(self.delete_sessions(Condition::all().add(is_meant), "delete a session").await?))
    }

    async fn delete_sessions_of_account(
        &mut self,
        account: AccountId,
        except: Option<&TokenDigest>,
    ) -> Result<u64, StoreError> {
        let others = except.map(|token| Column::Token.ne(token.as_bytes().to_vec()));
        let are_meant = Condition::all().add(Column::Account.eq(account.as_uuid())).add_option(others);
        self.delete_sessions(are_meant, "delete the sessions of an account").await
    }
}
