//! Sessions.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use async_trait::async_trait;

use super::{MemoryUnitOfWork, duplicate};
use crate::id::{AccountId, SessionId};
use crate::one_time_token::{OneTimeToken, Purpose, TokenDigest};
use crate::ports::StoreError;
use crate::ports::store::{Sessions, Update};
use crate::session::Session;
use crate::timestamp::Timestamp;

/// Most sessions of one account that are looked at.
const MOST_OF_ACCOUNT: usize = 1_000;

impl MemoryUnitOfWork {
    /// Removes the sessions and the tokens that renew them; returns how many sessions.
    pub(super) fn remove_sessions(&mut self, is_meant: impl Fn(&Session) -> bool) -> u64 {
        let ids: BTreeSet<_> =
            self.sessions.rows().filter(|session| is_meant(session)).map(|session| session.id.as_uuid()).collect();
        let renews = |token: &OneTimeToken| token.purpose == Purpose::SessionRenewal && ids.contains(&token.subject);
        self.tokens.remove_some(u32::MAX, renews);
        self.sessions.remove_some(u32::MAX, is_meant)
    }
}

#[async_trait]
impl Sessions for MemoryUnitOfWork {
    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError> {
        self.writable()?;
        if self.sessions.rows().any(|stored| stored.token == session.token || stored.id == session.id) {
            return Err(duplicate("sessions"));
        }
        if self.accounts.get(&session.account).is_none() {
            return Err(StoreError::permanent("a session needs an account"));
        }
        self.sessions.put(session.token, session.clone());
        Ok(())
    }

    async fn find_session(&mut self, token: &TokenDigest) -> Result<Option<Session>, StoreError> {
        Ok(self.sessions.get(token).cloned())
    }

    async fn find_session_by_id(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> {
        Ok(self.sessions.rows().find(|session| session.id == id).cloned())
    }

    async fn find_sessions_of_account(&mut self, account: AccountId) -> Result<Vec<Session>, StoreError> {
        let mut sessions: Vec<Session> =
            self.sessions.rows().filter(|session| session.account == account).cloned().collect();
        sessions.sort_by_key(|session| Reverse(session.id));
        sessions.truncate(MOST_OF_ACCOUNT);
        Ok(sessions)
    }

    async fn touch_session(&mut self, token: &TokenDigest, last_used_at: Timestamp) -> Result<Update, StoreError> {
        self.writable()?;
        let is_meant = |session: &&Session| {
            session.last_used_at < last_used_at || session.last_used_at.is_from_the_future(last_used_at)
        };
        let stored = self.sessions.get(token).filter(is_meant);
        let Some(session) = stored.cloned() else { return Ok(Update::Missed) };
        self.sessions.put(*token, Session { last_used_at, ..session });
        Ok(Update::Applied)
    }

    async fn replace_session(&mut self, token: &TokenDigest, session: &Session) -> Result<Update, StoreError> {
        self.writable()?;
        if self.sessions.get(token).is_none() {
            return Ok(Update::Missed);
        }
        self.sessions.remove(*token);
        self.insert_session(session).await?;
        Ok(Update::Applied)
    }

    async fn delete_session(&mut self, account: AccountId, id: SessionId) -> Result<Update, StoreError> {
        self.writable()?;
        let removed = self.remove_sessions(|session| session.account == account && session.id == id);
        Ok(if removed == 0 { Update::Missed } else { Update::Applied })
    }

    async fn delete_sessions_of_account(
        &mut self,
        account: AccountId,
        except: Option<&TokenDigest>,
    ) -> Result<u64, StoreError> {
        self.writable()?;
        let is_meant = |session: &Session| session.account == account && Some(&session.token) != except;
        Ok(self.remove_sessions(is_meant))
    }
}
