//! Sessions.

use account_core::id::{AccountId, SessionId};
use account_core::ports::StoreError;
use account_core::ports::store::Sessions;
use account_core::session::Session;
use account_core::timestamp::Timestamp;
use account_core::verification_token::TokenDigest;
use async_trait::async_trait;
use sea_orm::EntityTrait;

use crate::entity::session::{ActiveModel, Entity, Model};
use crate::row::micros;
use crate::unit_of_work::DatabaseUnitOfWork;

#[async_trait]
impl Sessions for DatabaseUnitOfWork {
    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError> {
        let model = Model {
            token: session.token.as_octets().to_vec(),
            id: session.id.as_uuid(),
            account: session.account.as_uuid(),
            created_at: micros(session.created_at),
            expires_at: micros(session.expires_at),
        };
        self.insert::<ActiveModel>(model, "insert a session").await
    }

    async fn find_session(&mut self, token: &TokenDigest) -> Result<Option<Session>, StoreError> {
        let found = Entity::find_by_id(token.as_octets().to_vec()).one(self.reader()?).await;
        let found = found.map_err(self.failed("find a session"))?;
        Ok(found.map(|model| Session {
            id: SessionId::from_uuid(model.id),
            token: *token,
            account: AccountId::from_uuid(model.account),
            created_at: Timestamp::from_unix_micros(model.created_at),
            expires_at: Timestamp::from_unix_micros(model.expires_at),
        }))
    }
}
