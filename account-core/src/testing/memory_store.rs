//! A store in memory.

mod account_lists;
mod accounts;
mod audit_trail;
mod clients;
mod features;
mod housekeeping;
mod idempotency_records;
mod identities;
mod invitations;
mod one_time_tokens;
mod organizations;
mod outbox;
mod outbox_lists;
mod rate_limiter;
mod registrations;
mod sessions;
mod table;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use tokio::sync::OwnedMutexGuard;

use self::table::{Table, Working};
use super::lock;
use crate::account::Account;
use crate::audit::AuditEntry;
use crate::email_address::EmailKey;
use crate::feature::{FeatureName, StoredFeature};
use crate::id::{AccountId, AuditId, InvitationId, OrganizationId, OutboxId, RegistrationId};
use crate::idempotency::IdempotencyRecord;
use crate::invitation::Invitation;
use crate::one_time_token::{OneTimeToken, TokenDigest};
use crate::organization::{ClientId, Organization, RegisteredClient};
use crate::outbox::OutboxEntry;
use crate::ports::{Store, StoreError, UnitOfWork};
use crate::provider::{Identity, ProviderFlow};
use crate::rate::SlidingLog;
use crate::registration::Registration;
use crate::session::{Session, SignedIn};
use crate::timestamp::Timestamp;

/// Logs by counter, each with the moment from which on it is empty.
type Counters = BTreeMap<String, (SlidingLog, Timestamp)>;

/// A store and a rate limiter that keep everything in memory and pass [`super::contract`].
///
/// Clones share their contents. One unit of work writes at a time; read-only ones see what was committed when they
/// began. Nothing survives the last clone. It prints how much it holds and nothing of what it holds.
#[derive(Clone, Default)]
pub struct MemoryStore {
    committed: Arc<Mutex<Tables>>,
    /// Held by the unit of work that writes.
    writer: Arc<tokio::sync::Mutex<()>>,
    counters: Arc<Mutex<Counters>>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A store with the same committed contents, which goes its own way from now on. Cheap: rows are shared until one of
    /// the two changes them.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            committed: Arc::new(Mutex::new(lock(&self.committed).clone())),
            writer: Arc::default(),
            counters: Arc::new(Mutex::new(lock(&self.counters).clone())),
        }
    }

    /// Every committed registration, oldest id first.
    #[must_use]
    pub fn registrations(&self) -> Vec<Registration> {
        lock(&self.committed).registrations.to_vec()
    }

    /// Every committed account, oldest id first.
    #[must_use]
    pub fn accounts(&self) -> Vec<Account> {
        lock(&self.committed).accounts.to_vec()
    }

    /// Every committed entry of the outbox, oldest id first.
    #[must_use]
    pub fn outbox(&self) -> Vec<OutboxEntry> {
        lock(&self.committed).outbox.to_vec()
    }

    /// Every committed verification token.
    #[must_use]
    pub fn tokens(&self) -> Vec<OneTimeToken> {
        lock(&self.committed).tokens.to_vec()
    }

    /// Every committed idempotency record.
    #[must_use]
    pub fn idempotency_records(&self) -> Vec<IdempotencyRecord> {
        lock(&self.committed).idempotency_records.to_vec()
    }

    /// Every committed session, oldest id first.
    #[must_use]
    pub fn sessions(&self) -> Vec<Session> {
        let mut sessions = lock(&self.committed).sessions.to_vec();
        sessions.sort_by_key(|session| session.id);
        sessions
    }

    /// Every committed identity, oldest id first.
    #[must_use]
    pub fn identities(&self) -> Vec<Identity> {
        let mut identities = lock(&self.committed).identities.to_vec();
        identities.sort_by_key(|identity| identity.id);
        identities
    }

    /// Every committed flow to a provider.
    #[must_use]
    pub fn provider_flows(&self) -> Vec<ProviderFlow> {
        lock(&self.committed).provider_flows.to_vec()
    }

    /// Every committed organization, oldest id first.
    #[must_use]
    pub fn organizations(&self) -> Vec<Organization> {
        lock(&self.committed).organizations.to_vec()
    }

    /// Every committed client, by id.
    #[must_use]
    pub fn clients(&self) -> Vec<RegisteredClient> {
        lock(&self.committed).clients.to_vec()
    }

    /// Every committed invitation, oldest id first.
    #[must_use]
    pub fn invitations(&self) -> Vec<Invitation> {
        lock(&self.committed).invitations.to_vec()
    }

    /// Every committed feature, in the order of [`FeatureName::ALL`].
    #[must_use]
    pub fn features(&self) -> Vec<StoredFeature> {
        lock(&self.committed).features.to_vec()
    }

    /// Every committed entry of the audit trail, oldest id first.
    #[must_use]
    pub fn audit(&self) -> Vec<AuditEntry> {
        lock(&self.committed).audit.to_vec()
    }

    /// How many rows are committed, table by table.
    #[must_use]
    pub fn row_counts(&self) -> BTreeMap<&'static str, usize> {
        lock(&self.committed).row_counts()
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MemoryStore").field(&self.row_counts()).finish()
    }
}

macro_rules! tables {
    ($($table:ident: $key:ty => $row:ty,)*) => {
        /// What is committed.
        #[derive(Clone, Default)]
        struct Tables {
            $($table: Table<$key, $row>,)*
        }

        impl Tables {
            fn row_counts(&self) -> BTreeMap<&'static str, usize> {
                BTreeMap::from([$((stringify!($table), self.$table.len()),)*])
            }
        }

        /// A unit of work: what it sees, and the way back to where it commits.
        struct MemoryUnitOfWork {
            $($table: Working<$key, $row>,)*
            committed: Arc<Mutex<Tables>>,
            /// `None` in a unit of work that only reads.
            writer: Option<OwnedMutexGuard<()>>,
        }

        impl MemoryUnitOfWork {
            fn new(store: &MemoryStore, writer: Option<OwnedMutexGuard<()>>) -> Self {
                let tables = lock(&store.committed).clone();
                Self {
                    $($table: Working::new(tables.$table),)*
                    committed: Arc::clone(&store.committed),
                    writer,
                }
            }

            fn publish(self) {
                // Shared rows are copied when they change: let go of ours before.
                $(let $table = self.$table.into_changes();)*
                let mut committed = lock(&self.committed);
                $(committed.$table.apply($table);)*
            }
        }
    };
}

tables! {
    registrations: RegistrationId => Registration,
    tokens: TokenDigest => OneTimeToken,
    accounts: AccountId => Account,
    token_counts: AccountId => u32,
    sessions: TokenDigest => Session,
    identities: TokenDigest => Identity,
    provider_flows: TokenDigest => ProviderFlow,
    organizations: OrganizationId => Organization,
    clients: ClientId => RegisteredClient,
    invitations: InvitationId => Invitation,
    features: FeatureName => StoredFeature,
    audit: AuditId => AuditEntry,
    outbox: OutboxId => OutboxEntry,
    idempotency_records: TokenDigest => IdempotencyRecord,
}

impl MemoryUnitOfWork {
    /// Refuses to write in a unit of work that only reads.
    fn writable(&self) -> Result<(), StoreError> {
        if self.writer.is_some() { Ok(()) } else { Err(StoreError::permanent("this unit of work is read-only")) }
    }
}

/// The error for a second row with a primary key.
fn duplicate(table: &str) -> StoreError {
    StoreError::permanent(format!("a row with this key is already in {table}"))
}

#[async_trait]
impl Store for MemoryStore {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        let writer = Arc::clone(&self.writer).lock_owned().await;
        Ok(Box::new(MemoryUnitOfWork::new(self, Some(writer))))
    }

    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        Ok(Box::new(MemoryUnitOfWork::new(self, None)))
    }

    async fn find_signed_in(&self, token: &TokenDigest) -> Result<Option<SignedIn>, StoreError> {
        let committed = lock(&self.committed);
        let Some(session) = committed.sessions.get(token).cloned() else { return Ok(None) };
        let account = committed.accounts.get(&session.account).cloned();
        Ok(account.map(|account| SignedIn { session, account }))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[async_trait]
impl UnitOfWork for MemoryUnitOfWork {
    async fn hold_addresses(&mut self, _keys: &[&EmailKey]) -> Result<(), StoreError> {
        // One writes at a time: everything is held.
        self.writable()
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.publish();
        Ok(())
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        Ok(())
    }
}
