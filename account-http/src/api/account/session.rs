//! Sessions as the native API writes them.

use account_core::session::{OpenedSession, Session};
use poem_openapi::Object;

/// A session that was just opened, or given a new token.
#[derive(Debug, Object)]
#[oai(rename = "Session", skip_serializing_if_is_none)]
pub(crate) struct SessionBody {
    /// The bearer token: 43 characters. It is shown only once.
    token: String,
    /// Id of the session, for ending it. Not a secret.
    session_id: String,
    /// When the session expires at the latest (RFC 3339, UTC).
    expires_at: String,
    /// When the token stops being accepted, where that is before the session ends (RFC 3339, UTC): in sessions of
    /// dialects that renew theirs.
    token_expires_at: Option<String>,
    /// The token that renews the session by the dialect that opened it; replaces the one before.
    refresh_token: Option<String>,
}

/// A session of the account.
#[derive(Debug, Object)]
#[oai(rename = "SessionSummary", skip_serializing_if_is_none)]
pub(crate) struct SessionSummary {
    /// Id of the session.
    id: String,
    /// Whether it is the session that sends this request.
    current: bool,
    /// When it was opened (RFC 3339, UTC).
    created_at: String,
    /// When it was last used, to within five minutes (RFC 3339, UTC).
    last_used_at: String,
    /// When the session expires at the latest (RFC 3339, UTC).
    expires_at: String,
    /// How it was opened: `native`, `page`, or the name of a dialect.
    channel: String,
    /// The client's address when it was opened.
    client_address: Option<String>,
    /// The client's `User-Agent`.
    user_agent: Option<String>,
}

impl SessionSummary {
    /// A session as the one with that id sees it.
    pub(crate) fn seen_from(session: Session, current: &Session) -> Self {
        Self {
            current: session.id == current.id,
            id: session.id.to_string(),
            created_at: session.created_at.to_string(),
            last_used_at: session.last_used_at.to_string(),
            expires_at: session.expires_at.to_string(),
            channel: session.channel,
            client_address: session.client_address.map(|address| address.to_string()),
            user_agent: session.user_agent,
        }
    }
}

impl From<OpenedSession> for SessionBody {
    fn from(session: OpenedSession) -> Self {
        let is_renewable = session.renewal.is_some();
        Self {
            token_expires_at: is_renewable.then(|| session.token_expires_at.to_string()),
            refresh_token: session.renewal.map(|renewal| renewal.expose().to_string()),
            token: session.token.expose().to_string(),
            session_id: session.id.to_string(),
            expires_at: session.expires_at.to_string(),
        }
    }
}
