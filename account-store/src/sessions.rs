//! Sessions.

mod rows;
mod signed_in;

use account_core::id::{AccountId, SessionId};
use account_core::one_time_token::{Purpose, TokenDigest};
use account_core::ports::StoreError;
use account_core::ports::store::{Sessions, Update};
use account_core::session::Session;
use account_core::timestamp::{CLOCK_DIFFERENCE, Timestamp};
use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use crate::entity::one_time_token;
use crate::entity::session::{ActiveModel, Column, Entity};
use crate::row::micros;
use crate::unit_of_work::{DatabaseUnitOfWork, outcome};

use self::rows::{from_model, to_model};

pub(crate) use signed_in::SignedInQuery;

/// Maximum number of sessions that are read per account.
const MAX_SESSIONS: u64 = 1_000;

impl DatabaseUnitOfWork {
    /// Deletes sessions and their renewal tokens, and returns how many sessions.
    async fn delete_sessions(&mut self, are_meant: Condition, what: &'static str) -> Result<u64, StoreError> {
        self.delete_renewals(are_meant.clone()).await?;
        self.delete(Entity::delete_many().filter(are_meant), what).await
    }

    /// Deletes the renewal tokens of sessions. Call it before the sessions are deleted.
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
            .filter(
                Column::LastUsedAt
                    .lt(micros(last_used_at))
                    .or(Column::LastUsedAt.gt(micros(last_used_at + CLOCK_DIFFERENCE))),
            );
        Ok(outcome(self.update(update, "record the use of a session").await?))
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
