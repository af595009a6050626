//! Sessions and their tokens, as part of a change.

use super::Change;
use crate::account::Account;
use crate::id::{AccountId, SessionId};
use crate::one_time_token::{OneTimeToken, Purpose, SecretToken, TokenState};
use crate::ports::StoreError;
use crate::ports::store::Update;
use crate::session::{DeviceToken, Lifetime, MAX_SESSIONS, OpenedSession, Session};
use crate::timestamp::Timestamp;

const RENEWAL: Purpose = Purpose::SessionRenewal;

impl Change<'_> {
    /// Makes a session to insert, and its token. Only the token's digest is stored, so it is known only now.
    fn new_session(
        &self,
        account: AccountId,
        lifetime: Lifetime,
        authenticated_at: Timestamp,
    ) -> (Session, SecretToken) {
        let ports = &self.service.ports;
        let token = SecretToken::generate(&*ports.entropy);
        let expires_at = self.now + lifetime.absolute;
        let session = Session {
            id: SessionId::generate(&*ports.clock, &*ports.entropy),
            token: token.digest(),
            account,
            created_at: self.now,
            authenticated_at,
            last_used_at: self.now,
            idle: lifetime.idle,
            expires_at,
            token_lasts: lifetime.token,
            token_expires_at: lifetime.token.map(|lasts| expires_at.min(self.now + lasts)),
            channel: self.context.channel.clone(),
            client_address: self.context.client.address,
            user_agent: self.context.kept_user_agent(),
        };
        (session, token)
    }

    /// Opens a session for someone who has just presented a credential, no longer than the account's role allows. Ends
    /// the oldest sessions beyond [`MAX_SESSIONS`].
    pub(crate) async fn open_session(
        &mut self,
        account: &Account,
        lifetime: Lifetime,
    ) -> Result<OpenedSession, StoreError> {
        self.open_session_since(account, lifetime, self.now).await
    }

    /// Opens a session for someone who presented a credential at that time.
    pub(crate) async fn open_session_since(
        &mut self,
        account: &Account,
        lifetime: Lifetime,
        authenticated_at: Timestamp,
    ) -> Result<OpenedSession, StoreError> {
        let (session, token) = self.new_session(account.id, lifetime.within(account.role), authenticated_at);
        self.unit.insert_session(&session).await?;
        self.end_oldest(&session).await?;
        self.hand_out(account, &session, token, 1).await
    }

    /// Ends the account's oldest live sessions beyond [`MAX_SESSIONS`], counting the one just opened.
    async fn end_oldest(&mut self, opened: &Session) -> Result<(), StoreError> {
        let sessions = self.unit.find_sessions_of_account(opened.account).await?;
        let others = sessions.iter().filter(|session| session.id != opened.id && session.is_live(self.now));
        for oldest in others.skip(MAX_SESSIONS - 1) {
            // It is fine if the session has ended in the meantime.
            let _ = self.unit.delete_session(opened.account, oldest.id).await?;
        }
        Ok(())
    }

    /// Gives the session new tokens after its client presented a credential. The rest of the session, its id included,
    /// is kept; the old tokens stop working. `account` is the current state of the session's account.
    pub(crate) async fn renew_session(
        &mut self,
        account: &Account,
        session: &Session,
    ) -> Result<OpenedSession, StoreError> {
        self.renew_token(account, &Session { authenticated_at: self.now, ..session.clone() }).await
    }

    /// Gives the session new tokens without a credential: how long it counts as fresh does not change.
    pub(crate) async fn renew_token(
        &mut self,
        account: &Account,
        session: &Session,
    ) -> Result<OpenedSession, StoreError> {
        if session.token_lasts.is_some() {
            // An old renewal token must not lead into a session that has just become fresh.
            self.unit.end_tokens_of_subject(RENEWAL, session.id.as_uuid(), TokenState::Superseded).await?;
        }
        self.replace_token(account, session, 1).await
    }

    /// Gives the session a new access token and, if it can be renewed, a renewal token with this generation.
    pub(crate) async fn replace_token(
        &mut self,
        account: &Account,
        session: &Session,
        generation: u32,
    ) -> Result<OpenedSession, StoreError> {
        let token = SecretToken::generate(&*self.service.ports.entropy);
        let renewed = Session {
            token: token.digest(),
            token_expires_at: session.token_lasts.map(|lasts| session.expires_at.min(self.now + lasts)),
            last_used_at: self.now,
            ..session.clone()
        };
        if self.unit.replace_session(&session.token, &renewed).await? == Update::Missed {
            return Err(StoreError::transient("the session has just ended"));
        }
        self.hand_out(account, &renewed, token, generation).await
    }

    /// Returns what the client learns about its session, with a new renewal token if it can be renewed.
    async fn hand_out(
        &mut self,
        account: &Account,
        session: &Session,
        token: SecretToken,
        generation: u32,
    ) -> Result<OpenedSession, StoreError> {
        let Session { id, expires_at, .. } = *session;
        let renewal = match session.token_lasts {
            Some(_) => Some(self.issue_renewal(account, session, generation).await?),
            None => None,
        };
        let token_expires_at = session.token_expires_at.unwrap_or(expires_at);
        let device = DeviceToken::issue(&self.service.settings.master_keys.current, account, &token);
        Ok(OpenedSession { id, token, token_expires_at, renewal, expires_at, device })
    }

    /// Makes a token that renews the session. It is given out and not emailed, so it need not be derived from a key.
    async fn issue_renewal(
        &mut self,
        account: &Account,
        session: &Session,
        generation: u32,
    ) -> Result<SecretToken, StoreError> {
        let secret = SecretToken::generate(&*self.service.ports.entropy);
        let token = OneTimeToken {
            generation,
            epoch: Some(account.credential_epoch),
            session: Some(session.id),
            ..OneTimeToken::drawn(
                secret.digest(),
                RENEWAL,
                session.id.as_uuid(),
                account.address.clone(),
                session.expires_at,
            )
        };
        self.unit.insert_token(&token).await?;
        Ok(secret)
    }
}
