//! A store for `account-core` in a database, with SeaORM.
//!
//! [`DatabaseStore`] implements the core's `Store` and `RateLimiter`, and passes its contract suite. Code that is
//! specific to one database is in one file each under `connection` and `error`. The rest is written for all of them:
//! the entity API, portable column types, times as whole microseconds, texts compared byte by byte.
//!
//! It contains no rules of registration, no clock and no randomness, and stores no secrets, only digests.

mod accounts;
mod audit_trail;
mod clients;
mod connection;
mod entity;
mod error;
mod features;
mod housekeeping;
mod idempotency_records;
mod identities;
mod invitations;
mod locks;
mod migration;
mod one_time_tokens;
mod options;
mod organizations;
mod outbox;
mod page;
mod provider_flows;
mod purge;
mod rate_limits;
mod registrations;
mod row;
mod sessions;
mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod unit_of_work;

pub use error::OpenError;
pub use options::{DEFAULT_MAX_CONNECTIONS, SchemaName, SchemaNameError, StoreOptions};
pub use store::DatabaseStore;

/// The README's examples are compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
