//! A change: a unit of work with its audit entries, emails, events and sessions.

mod sessions;

use super::{AccountService, CallContext, Ports, Settings};
use crate::account::Account;
use crate::audit::{Actor, AuditEntry, AuditEvent};
use crate::email_address::EmailAddress;
use crate::id::{AccountId, AuditId, OutboxId, SessionId};
use crate::one_time_token::{OneTimeToken, Purpose, SecretToken};
use crate::outbox::{AboutIdentity, Intent, Notice, OutboxEntry};
use crate::ports::store::{AccountUpdate, Unique};
use crate::ports::{StoreError, UnitOfWork};
use crate::timestamp::Timestamp;

/// A unit of work that changes something. Dropping it rolls it back.
pub(crate) struct Change<'a> {
    service: &'a AccountService,
    context: &'a CallContext,
    /// Who makes the change.
    pub(crate) actor: Actor,
    /// The unit of work.
    pub(crate) unit: Box<dyn UnitOfWork>,
    /// The time of the change: the same for everything in it.
    pub(crate) now: Timestamp,
    recorded: Vec<AuditEntry>,
    rings: bool,
}

/// A token to be made and emailed.
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
    /// Another account has this value.
    #[error("another account has the value")]
    Taken(Unique),
    /// The store failed, or the account was changed in the meantime.
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
    /// Adds an event to the audit trail, and queues it for the subscribed endpoints.
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

    /// Adds an event to the audit trail without sending it to other systems: the one who caused it knows.
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

    /// The service's ports.
    pub(crate) fn ports(&self) -> &Ports {
        &self.service.ports
    }

    /// The service's settings.
    pub(crate) fn settings(&self) -> &Settings {
        &self.service.settings
    }

    /// Makes the id of an account that did not begin as a registration.
    pub(crate) fn generate_account_id(&self) -> AccountId {
        AccountId::generate(&*self.service.ports.clock, &*self.service.ports.entropy)
    }

    /// Makes a secret that is given to a client, not emailed.
    pub(crate) fn generate_secret(&self) -> SecretToken {
        SecretToken::generate(&*self.service.ports.entropy)
    }

    /// Adds an intent to the outbox.
    pub(crate) async fn enqueue(&mut self, intent: Intent) -> Result<(), StoreError> {
        let ports = &self.service.ports;
        let entry = OutboxEntry::new(OutboxId::generate(&*ports.clock, &*ports.entropy), intent, self.now);
        self.unit.enqueue(&entry).await?;
        self.rings = true;
        Ok(())
    }

    /// Sends a notice to the account's address and, if it is verified, its notification address.
    pub(crate) async fn notify(&mut self, account: &Account, notice: Notice) -> Result<(), StoreError> {
        self.notify_about(account, notice, None).await
    }

    /// The same for a notice about an identity.
    pub(crate) async fn notify_about(
        &mut self,
        account: &Account,
        notice: Notice,
        identity: Option<&AboutIdentity>,
    ) -> Result<(), StoreError> {
        let notification = account.secondary_addresses.notification.as_ref();
        let proven = notification.filter(|secondary| secondary.verified_at.is_some()).map(|proven| &proven.address);
        let other = proven.filter(|address| address.key() != account.address.key());
        // An unverified address may belong to somebody else: send nothing there.
        let own = Some(&account.address).filter(|_| account.verified_at.is_some());
        for address in own.into_iter().chain(other) {
            let (account, address, identity) = (account.id, address.clone(), identity.cloned());
            self.enqueue(Intent::Notice { account, address, notice, identity }).await?;
        }
        Ok(())
    }

    /// Makes a token from the current master key, and stores its digest only.
    pub(crate) async fn issue(&mut self, issue: Issue<'_>) -> Result<(), StoreError> {
        let key = &self.service.settings.master_keys.current;
        let Issue { purpose, subject, generation, address, epoch, session, expires_at } = issue;
        let token =
            OneTimeToken { epoch, session, ..key.stored_token(purpose, subject, generation, address, expires_at) };
        self.unit.insert_token(&token).await
    }

    /// Saves an account that was read in this unit of work; returns it with its new version.
    pub(crate) async fn save(&mut self, mut account: Account) -> Result<Account, SaveError> {
        account.version += 1;
        account.updated_at = self.now;
        match self.unit.update_account(&account).await? {
            AccountUpdate::Applied => Ok(account),
            AccountUpdate::Missed => Err(StoreError::aborted("the account was changed in the meantime").into()),
            AccountUpdate::Conflict(unique) => Err(SaveError::Taken(unique)),
        }
    }

    /// Commits the change, notifies the observers, and wakes the worker.
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
