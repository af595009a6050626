//! Sessions as rows.

use std::time::Duration;

use account_core::id::{AccountId, SessionId};
use account_core::ports::StoreError;
use account_core::session::Session;
use account_core::timestamp::Timestamp;

use crate::entity::session::Model;
use crate::row::{Row, micros};

pub(super) fn to_model(session: &Session) -> Model {
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

/// Returns a duration in microseconds, saturating at 292,000 years.
fn duration(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

pub(super) fn from_model(model: Model) -> Result<Session, StoreError> {
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
