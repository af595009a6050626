//! A service without anything behind it: the documents are made from types, but the API objects need one.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use account_core::client::WideNetwork;
use account_core::one_time_token::TokenDigest;
use account_core::one_time_token::master_key::MasterKey;
use account_core::password::PasswordHash;
use account_core::ports::store::{Store, StoreError, UnitOfWork};
use account_core::ports::{
    Charge, Clock, Entropy, HashingSlot, Overloaded, PasswordHasher, RateLimiter, Urgency, Verdict,
};
use account_core::session::SignedIn;
use account_core::timestamp::Timestamp;
use account_core::{AccountService, Ports, Settings};
use async_trait::async_trait;

/// Every port at once; whatever is asked of it fails.
struct Nowhere;

#[derive(Debug, thiserror::Error)]
#[error("not available while the document is generated")]
struct Nothing;

#[async_trait]
impl Store for Nowhere {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        Err(StoreError::permanent(Nothing))
    }

    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        Err(StoreError::permanent(Nothing))
    }

    async fn find_signed_in(&self, _token: &TokenDigest) -> Result<Option<SignedIn>, StoreError> {
        Err(StoreError::permanent(Nothing))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        Err(StoreError::permanent(Nothing))
    }
}

#[async_trait]
impl RateLimiter for Nowhere {
    async fn count(&self, _charges: &[Charge], _now: Timestamp) -> Result<Verdict, StoreError> {
        Err(StoreError::permanent(Nothing))
    }

    async fn take_back(
        &self,
        _events: &BTreeSet<String>,
        _counted_at: Timestamp,
        _forgotten: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        Err(StoreError::permanent(Nothing))
    }

    async fn purge(&self, _now: Timestamp, _limit: u32) -> Result<u64, StoreError> {
        Err(StoreError::permanent(Nothing))
    }
}

impl PasswordHasher for Nowhere {
    fn admit(&self, _urgency: Urgency, _network: Option<WideNetwork>) -> Result<Box<dyn HashingSlot>, Overloaded> {
        Err(Overloaded { retry_after: Duration::ZERO })
    }

    fn is_current(&self, _hash: &PasswordHash) -> bool {
        true
    }
}

impl Clock for Nowhere {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_micros(0)
    }
}

impl Entropy for Nowhere {
    fn fill(&self, _buffer: &mut [u8]) {}
}

/// The service, and its store.
pub(super) fn service() -> (AccountService, Arc<dyn Store>) {
    let nowhere = Arc::new(Nowhere);
    let ports = Ports::new(
        Arc::clone(&nowhere),
        Arc::clone(&nowhere) as _,
        Arc::clone(&nowhere) as _,
        Arc::clone(&nowhere) as _,
    );
    (AccountService::new(ports, Settings::new(MasterKey::generate(&Nowhere))), nowhere)
}
