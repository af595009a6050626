//! Storage: units of work, made of one trait per role.
//!
//! In addition to the rules of [`crate::ports`], implementations MUST
//! 1. make units of work atomic and isolated: others see all of a unit's changes, and only after `commit`;
//! 2. return from `commit` only when the changes survive a crash of the process and of the machine;
//! 3. report an insert that lost a race as [`Insert::Conflict`], with the unit of work still usable, and a guarded
//!    update that lost one as [`Update::Missed`];
//! 4. lock what a writing unit of work looks up: if it has found an account or an organization (`find_account..`,
//!    `find_unverified_accounts`, `find_organization..`, `count_other_super_admins`; not in lists), no other unit of
//!    work may change it until this one ends. Others that change it, or look it up in order to, wait, and then see the
//!    new state. A unit of work that only reads never waits, and sees one consistent state;
//! 5. pass the contract suite (`testing::contract`, feature `testing`): each of its clauses is a test.

mod accounts;
mod administration;
mod identities;
mod organizations;
mod outbox;
mod outcome;
mod registrations;

use std::time::Duration;

use async_trait::async_trait;

use crate::email_address::EmailKey;
use crate::one_time_token::TokenDigest;
use crate::session::SignedIn;

pub use accounts::{AccountFilter, AccountLists, AccountUpdate, Accounts, Sessions};
pub use administration::{AuditFilter, AuditTrail, Features, Housekeeping, Measure, Purge, Wait};
pub use identities::{Identities, ProviderFlows};
pub use organizations::{Invitations, Organizations, RegisteredClients};
pub use outbox::{Outbox, OutboxLists};
pub use outcome::{Insert, StoreError, Unique, Update};
pub use registrations::{IdempotencyRecords, OneTimeTokens, RegistrationFilter, Registrations};

/// The database.
#[async_trait]
pub trait Store: Send + Sync {
    /// Starts a unit of work that reads and writes. Dropping it rolls it back.
    ///
    /// # Errors
    /// [`StoreError`] if the store cannot be reached.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// Starts a unit of work that only reads, and never blocks writers. Writing in it is an error.
    ///
    /// # Errors
    /// [`StoreError`] if the store cannot be reached.
    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// Returns the session with this token, live or not, and its account, as committed. Every signed-in request calls
    /// this, so it should be one query. MUST see everything that was committed before the call.
    ///
    /// # Errors
    /// [`StoreError`] if the store cannot be reached.
    async fn find_signed_in(&self, token: &TokenDigest) -> Result<Option<SignedIn>, StoreError>;

    /// Waits for this time before a unit of work that was [aborted](StoreError::aborted) is tried again; the core has
    /// no timer. The default does not wait, which is right for stores whose units of work wait for each other anyway.
    async fn pause(&self, _duration: Duration) {}

    /// Checks whether the store can be reached and written to, for readiness checks. MUST be cheap: it is called every
    /// second. A server that only reads, such as a standby, is not ready.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot.
    async fn ping(&self) -> Result<(), StoreError>;
}

/// A transaction over all roles.
///
/// A store that allows several writers resolves a deadlock by [aborting](StoreError::aborted) one of them; the core
/// then retries that one, a few times. To keep this rare, use cases lock in one order: addresses first
/// ([`UnitOfWork::hold_addresses`]), then accounts, then what belongs to them: registrations, sessions, tokens.
#[async_trait]
pub trait UnitOfWork:
    Registrations
    + OneTimeTokens
    + Accounts
    + AccountLists
    + Sessions
    + Identities
    + ProviderFlows
    + Organizations
    + RegisteredClients
    + Invitations
    + Features
    + Outbox
    + OutboxLists
    + AuditTrail
    + IdempotencyRecords
    + Housekeeping
    + Send
{
    /// Locks these addresses until this unit of work ends; waits while another one has locked any of them. Needed where
    /// a decision depends on an address having no account, since there is no row to lock. Every use case that gives an
    /// address to an account, or ends registrations for one, calls this once, before it reads anything else.
    ///
    /// # Errors
    /// [`StoreError`]; a transient one if an address was not free in time; always in a read-only unit of work.
    async fn hold_addresses(&mut self, keys: &[&EmailKey]) -> Result<(), StoreError>;

    /// Commits: makes the changes durable and visible.
    ///
    /// # Errors
    /// [`StoreError`]. The changes are then rolled back, unless the connection was lost during the commit: then the
    /// [outcome is unknown](StoreError::unknown_outcome).
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;

    /// Rolls back all changes.
    ///
    /// # Errors
    /// [`StoreError`] if the connection was lost. The changes are rolled back all the same.
    async fn rollback(self: Box<Self>) -> Result<(), StoreError>;
}
