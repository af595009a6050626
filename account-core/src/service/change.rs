//! A change: one unit of work, and what goes with it: entries of the audit trail, mails, sessions.

use super::{AccountService, CallContext, Settings};
use crate::account::Account;
use crate::audit::{Actor, AuditEntry, AuditEvent};
use crate::email_address::EmailAddress;
use crate::id::{AccountId, AuditId, OutboxId, SessionId};
use crate::outbox::{Intent, Notice, OutboxEntry};
use crate::ports::store::{AccountUpdate, Unique, Update};
use crate::ports::{StoreError, UnitOfWork};
use crate::session::{Lifetime, MAX_SESSIONS, OpenedSession, Session};
use crate::timestamp::Timestamp;
use crate::verification_token::{Purpose, SecretToken, TokenState, VerificationToken};

const RENEWAL: Purpose = Purpose::SessionRenewal;

/// A unit of work that changes something. Dropping it undoes the change.
pub(crate) struct Change<'a> {
    service: &'a AccountService,
    context: &'a CallContext,
    /// Who changes something.
    pub(crate) actor: Actor,
    /// Where it is written.
    pub(crate) unit: Box<dyn UnitOfWork>,
    /// When: one moment for the whole change.
    pub(crate) now: Timestamp,
    recorded: Vec<AuditEntry>,
    rings: bool,
}

/// A token that is made and mailed later.
pub(crate) struct Issue<'a> {
    pub(crate) purpose: Purpose,
    pub(crate) subject: uuid::Uuid,
    pub(crate) generation: u32,
    pub(crate) address: &'a EmailAddress,
    pub(crate) epoch: Option<u32>,
    pub(crate) session: Option<SessionId>,
    pub(crate) expires_at: Timestamp,
}

/// Why an account could not be saved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SaveError {
    /// Another account has the value.
    #[error("another account has the value")]
    Taken(Unique),
    /// The store failed, or somebody else changed the account meanwhile.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AccountService {
    /// Begins a change.
    pub(crate) async fn change<'a>(&'a self, context: &'a CallContext, actor: Actor) -> Result<Change<'a>, StoreError> {
        let unit = self.ports.store.begin().await?;
        let now = self.ports.clock.now();
        Ok(Change { service: self, context, actor, unit, now, recorded: Vec::new(), rings: false })
    }
}

impl Change<'_> {
    /// Writes an event into the audit trail, and has the endpoints told that are to be.
    pub(crate) async fn record(
        &mut self,
        event: AuditEvent,
        account: Option<AccountId>,
        detail: Option<String>,
    ) -> Result<(), StoreError> {
        self.record_untold(event, account, detail).await?;
        let Some(account) = account else { return Ok(()) };
        for subscription in self.service.settings.subscriptions.iter().filter(|to| to.covers(event)) {
            self.enqueue(Intent::Event { account, endpoint: subscription.endpoint.clone(), event }).await?;
        }
        Ok(())
    }

    /// Writes an event into the audit trail of which other systems are not told: whoever made it happen knows.
    pub(crate) async fn record_untold(
        &mut self,
        event: AuditEvent,
        account: Option<AccountId>,
        detail: Option<String>,
    ) -> Result<(), StoreError> {
        let ports = &self.service.ports;
        let entry = AuditEntry {
            id: AuditId::generate(&*ports.clock, &*ports.entropy),
            at: self.now,
            event,
            actor: self.actor,
            account,
            client_address: self.context.client.address,
            request_id: self.context.request_id.clone(),
            detail,
        };
        self.unit.insert_audit_entry(&entry).await?;
        self.recorded.push(entry);
        Ok(())
    }

    /// The service's settings.
    pub(crate) const fn settings(&self) -> &Settings {
        &self.service.settings
    }

    /// The id of an account that came of no registration.
    pub(crate) fn generate_account_id(&self) -> AccountId {
        AccountId::generate(&*self.service.ports.clock, &*self.service.ports.entropy)
    }

    /// A secret that is handed to a client, and not mailed.
    pub(crate) fn generate_secret(&self) -> SecretToken {
        SecretToken::generate(&*self.service.ports.entropy)
    }

    /// Puts an intent into the outbox.
    pub(crate) async fn enqueue(&mut self, intent: Intent) -> Result<(), StoreError> {
        let ports = &self.service.ports;
        let entry = OutboxEntry::new(OutboxId::generate(&*ports.clock, &*ports.entropy), intent, self.now);
        self.unit.enqueue(&entry).await?;
        self.rings = true;
        Ok(())
    }

    /// Tells the account's owner what happened: at its address, and at the notification address once that is proven.
    pub(crate) async fn notify(&mut self, account: &Account, notice: Notice) -> Result<(), StoreError> {
        let notification = account.secondary_addresses.notification.as_ref();
        let proven = notification.filter(|secondary| secondary.verified_at.is_some()).map(|proven| &proven.address);
        let other = proven.filter(|address| address.key() != account.address.key());
        // Nobody is told at an address that they may never have had.
        let own = Some(&account.address).filter(|_| account.verified_at.is_some());
        for address in own.into_iter().chain(other) {
            self.enqueue(Intent::Notice { account: account.id, address: address.clone(), notice }).await?;
        }
        Ok(())
    }

    /// Makes a token under the current master key; only its digest is stored.
    pub(crate) async fn issue(&mut self, issue: Issue<'_>) -> Result<(), StoreError> {
        let key = &self.service.settings.master_keys.current;
        let Issue { purpose, subject, generation, address, epoch, session, expires_at } = issue;
        let token = VerificationToken {
            digest: key.token(purpose, subject, generation, address).digest(),
            purpose,
            subject,
            address: address.clone(),
            generation,
            key_id: key.id().to_owned(),
            epoch,
            session,
            expires_at,
            state: TokenState::Live,
        };
        self.unit.insert_token(&token).await
    }

    /// A session as it is to be written, and its token, which is known only now.
    fn new_session(&self, account: AccountId, lifetime: Lifetime) -> (Session, SecretToken) {
        let ports = &self.service.ports;
        let token = SecretToken::generate(&*ports.entropy);
        let expires_at = self.now + lifetime.absolute;
        let session = Session {
            id: SessionId::generate(&*ports.clock, &*ports.entropy),
            token: token.digest(),
            account,
            created_at: self.now,
            authenticated_at: self.now,
            last_used_at: self.now,
            idle: lifetime.idle,
            expires_at,
            token_lasts: lifetime.token,
            token_expires_at: lifetime.token.map(|lasts| expires_at.min(self.now + lasts)),
            surface: self.context.surface.clone(),
            client_address: self.context.client.address,
            user_agent: self.context.kept_user_agent(),
        };
        (session, token)
    }

    /// Opens a session for somebody who has just given a credential of the account, for no longer than its role allows.
    /// Of more than [`MAX_SESSIONS`] the oldest end.
    pub(crate) async fn open_session(
        &mut self,
        account: &Account,
        lifetime: Lifetime,
    ) -> Result<OpenedSession, StoreError> {
        let (session, token) = self.new_session(account.id, lifetime.within(account.role));
        self.unit.insert_session(&session).await?;
        self.end_oldest(&session).await?;
        self.hand_out(account, &session, token, 1).await
    }

    /// Ends the account's oldest live sessions beyond [`MAX_SESSIONS`], of which the one just opened is one.
    async fn end_oldest(&mut self, opened: &Session) -> Result<(), StoreError> {
        let sessions = self.unit.find_sessions_of_account(opened.account).await?;
        let others = sessions.iter().filter(|session| session.id != opened.id && session.is_live(self.now));
        for oldest in others.skip(MAX_SESSIONS - 1) {
            // One that has ended meanwhile has ended.
            let _ = self.unit.delete_session(opened.account, oldest.id).await?;
        }
        Ok(())
    }

    /// Gives the session new tokens, after a credential was given in it; everything else of it stays, its id too. The
    /// old ones are good for nothing from then on. `account` is the session's, as it is now.
    pub(crate) async fn renew_session(
        &mut self,
        account: &Account,
        session: &Session,
    ) -> Result<OpenedSession, StoreError> {
        self.renew_token(account, &Session { authenticated_at: self.now, ..session.clone() }).await
    }

    /// Gives the session new tokens likewise, after something that is no credential: it counts as fresh no longer than
    /// it did.
    pub(crate) async fn renew_token(
        &mut self,
        account: &Account,
        session: &Session,
    ) -> Result<OpenedSession, StoreError> {
        if session.token_lasts.is_some() {
            // Whoever could renew the session with an old one would be in the session that has just become fresh.
            self.unit.end_tokens_of_subject(RENEWAL, session.id.as_uuid(), TokenState::Superseded).await?;
        }
        self.replace_token(account, session, 1).await
    }

    /// Gives the session a new access token and, if it can be renewed, a renewal token of that generation.
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

    /// What the client gets to know of its session, together with a new renewal token if it can be renewed.
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
        Ok(OpenedSession { id, token, token_expires_at, renewal, expires_at })
    }

    /// Makes a token that renews the session. It is handed out and not mailed, so no key needs to bring it back.
    async fn issue_renewal(
        &mut self,
        account: &Account,
        session: &Session,
        generation: u32,
    ) -> Result<SecretToken, StoreError> {
        let secret = SecretToken::generate(&*self.service.ports.entropy);
        let token = VerificationToken {
            digest: secret.digest(),
            purpose: RENEWAL,
            subject: session.id.as_uuid(),
            address: account.address.clone(),
            generation,
            key_id: String::new(),
            epoch: Some(account.credential_epoch),
            session: Some(session.id),
            expires_at: session.expires_at,
            state: TokenState::Live,
        };
        self.unit.insert_token(&token).await?;
        Ok(secret)
    }

    /// Writes an account that was read in this unit of work and changed since; returns it as it is now.
    pub(crate) async fn save(&mut self, mut account: Account) -> Result<Account, SaveError> {
        account.version += 1;
        account.updated_at = self.now;
        match self.unit.update_account(&account).await? {
            AccountUpdate::Applied => Ok(account),
            AccountUpdate::Missed => Err(StoreError::transient("the account was changed meanwhile").into()),
            AccountUpdate::Conflict(unique) => Err(SaveError::Taken(unique)),
        }
    }

    /// Makes the change durable, tells the observers, and wakes the worker.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.unit.commit().await?;
        for entry in &self.recorded {
            for observer in &self.service.ports.audit_observers {
                observer.recorded(entry);
            }
        }
        if self.rings {
            self.service.bell.ring();
        }
        Ok(())
    }
}
