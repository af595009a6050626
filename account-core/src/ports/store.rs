//! Storage: a unit of work, made of one trait for each role.
//!
//! Beside the rules of [`crate::ports`], implementors MUST
//! 1. make a unit of work atomic and isolated: others see all of it, and only after `commit`;
//! 2. have `commit` return only when the change survives a crash of the process and of the machine;
//! 3. report a lost race of an insert as [`Insert::Conflict`] with the unit of work still usable, and of a guarded
//!    update as [`Update::Missed`];
//! 4. keep what a unit of work that writes has found: an account or an organization that it looked up by itself
//!    (`find_account..`, `find_unverified_accounts`, `find_organization..`, `count_other_super_admins`; not in lists)
//!    is changed by nobody else until it ends. Others that change it, or look it up in order to, wait, and then see
//!    what it has become. One unit of work that only reads waits for nobody, and sees one state of everything;
//! 5. pass the contract suite (`testing::contract`, feature `testing`), whose clauses are tests.

mod accounts;
mod administration;
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
pub use administration::{AuditFilter, AuditTrail, Features, Housekeeping, Measure, Purge};
pub use organizations::{Invitations, Organizations, RegisteredClients};
pub use outbox::{Outbox, OutboxLists};
pub use outcome::{Insert, StoreError, Unique, Update};
pub use registrations::{IdempotencyRecords, OneTimeTokens, Registrations};

/// Where everything is kept.
#[async_trait]
pub trait Store: Send + Sync {
    /// Starts a unit of work that reads and writes. Dropping it rolls it back.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be reached.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// Starts a unit of work that only reads, and holds up no writer. Writing in it is an error.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be reached.
    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// The session with that token, live or not, and its account, as they are committed: in one look, for the check
    /// that every request of a signed-in client makes. MUST see what was committed before it was called.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be reached.
    async fn find_signed_in(&self, token: &TokenDigest) -> Result<Option<SignedIn>, StoreError>;

    /// Waits that long, before a unit of work that was [given up](StoreError::aborted) for another one starts over: the
    /// core has no timer. A store whose units of work wait in line for each other anyway need not; by default it does
    /// not.
    async fn pause(&self, _duration: Duration) {}

    /// Whether the store can be reached, for a readiness check.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot.
    async fn ping(&self) -> Result<(), StoreError>;
}

/// A transaction over all roles.
///
/// Where several write at a time, two that wait for each other are told apart by failing one of them with a
/// [abort](StoreError::aborted): its work is done again, a few times. Use cases keep that rare by an order: addresses
/// first ([`UnitOfWork::hold_addresses`]), then accounts, then what belongs to them: registrations, sessions, tokens.
#[async_trait]
pub trait UnitOfWork:
    Registrations
    + OneTimeTokens
    + Accounts
    + AccountLists
    + Sessions
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
    /// Waits until no other unit of work holds any of these addresses, and holds them until this one ends. For what
    /// depends on an address being nobody's, which no row stands for. To be called once, before anything else is
    /// looked at, by every use case that gives an address to somebody or ends what was attempted for it.
    ///
    /// # Errors
    /// [`StoreError`]; a transient one when an address was not free in time. An error in one that only reads.
    async fn hold_addresses(&mut self, keys: &[&EmailKey]) -> Result<(), StoreError>;

    /// Makes the work durable and visible.
    ///
    /// # Errors
    /// [`StoreError`]; the work is then undone, unless the store went away while committing.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;

    /// Undoes the work.
    ///
    /// # Errors
    /// [`StoreError`] when the store went away; the work is undone all the same.
    async fn rollback(self: Box<Self>) -> Result<(), StoreError>;
}
