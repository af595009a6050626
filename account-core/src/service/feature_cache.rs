//! What administrators switch at run time, as this process sees it: read again when it is older than half a second, by
//! one task at a time, for all.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ipnet::IpNet;

use crate::email_address::EmailAddress;
use crate::feature::{FeatureName, FeatureValue, Flag, RegistrationFeature, RegistrationMode, StoredFeature};
use crate::id::OrganizationId;
use crate::ports::{Clock, Store, StoreError, UnitOfWork};
use crate::timestamp::Timestamp;

/// How old a snapshot may be.
const FRESH: Duration = Duration::from_millis(500);
/// How old it may be while the store cannot be read.
const USABLE: Duration = Duration::from_secs(5);
/// Registered clients that are read at a time.
const CLIENTS_AT_A_TIME: u32 = 200;

/// Registration is closed to somebody, for that reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Closed {
    pub(crate) reason: Option<String>,
}

/// Every feature.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FeatureFlags {
    pub(crate) registration: RegistrationFeature,
    pub(crate) social: Flag,
    pub(crate) password: Flag,
    pub(crate) newsletter: Flag,
}

impl FeatureFlags {
    /// The features as the unit of work sees them.
    pub(crate) async fn of(unit: &mut dyn UnitOfWork) -> Result<Self, StoreError> {
        Self::read(&unit.find_features().await?)
    }

    fn read(stored: &[StoredFeature]) -> Result<Self, StoreError> {
        let mut flags = Self::default();
        for feature in stored {
            let value = feature.name.parse_value(&feature.value);
            match (feature.name, value) {
                (FeatureName::AccountRegistration, Ok(FeatureValue::Registration(value))) => {
                    flags.registration = value;
                }
                (FeatureName::SocialRegistration, Ok(FeatureValue::Flag(value))) => flags.social = value,
                (FeatureName::PasswordRegistration, Ok(FeatureValue::Flag(value))) => flags.password = value,
                (FeatureName::Newsletter, Ok(FeatureValue::Flag(value))) => flags.newsletter = value,
                // What cannot be read is not taken for open.
                (name, _) => {
                    return Err(StoreError::permanent(format!("the value of the feature {} is none", name.name())));
                }
            }
        }
        Ok(flags)
    }

    /// Whether registration with a password is closed to everybody.
    pub(crate) fn closed_to_all(&self) -> Result<(), Closed> {
        if !self.password.enabled {
            return Err(Closed { reason: None });
        }
        match self.registration.mode {
            RegistrationMode::Open | RegistrationMode::Restricted => Ok(()),
            RegistrationMode::InvitationOnly | RegistrationMode::Closed => Err(self.closed()),
        }
    }

    /// Whether registration with a password is closed to that address with that organization. Accounts have no part
    /// in it.
    pub(crate) fn closed_to(&self, address: &EmailAddress, organization: Option<OrganizationId>) -> Result<(), Closed> {
        self.closed_to_all()?;
        if self.registration.admits(address, organization) { Ok(()) } else { Err(self.closed()) }
    }

    /// Whether registrations from before that would not be taken now are not completed either, and that is one.
    pub(crate) fn refuses_pending(
        &self,
        address: &EmailAddress,
        organization: Option<OrganizationId>,
    ) -> Result<(), Closed> {
        if !self.registration.refuses_pending || self.registration.admits(address, organization) {
            Ok(())
        } else {
            Err(self.closed())
        }
    }

    /// Whether no registration of that address would be completed, whatever organization it names.
    pub(crate) fn refuses_renewal(&self, address: &EmailAddress) -> Result<(), Closed> {
        let named = match self.registration.mode {
            RegistrationMode::Restricted => self.registration.organizations.first().copied(),
            _ => None,
        };
        self.refuses_pending(address, named)
    }

    /// Whether nobody is invited.
    pub(crate) fn refuses_invitations(&self) -> Result<(), Closed> {
        if self.registration.mode == RegistrationMode::Closed { Err(self.closed()) } else { Ok(()) }
    }

    /// Whether invitations from before are not accepted either.
    pub(crate) fn refuses_pending_invitations(&self) -> Result<(), Closed> {
        if self.registration.refuses_pending { self.refuses_invitations() } else { Ok(()) }
    }

    fn closed(&self) -> Closed {
        Closed { reason: self.registration.reason.clone() }
    }
}

/// What was read at one moment.
#[derive(Debug)]
pub(crate) struct Snapshot {
    read_at: Timestamp,
    pub(crate) flags: FeatureFlags,
    /// Networks of registered clients.
    pub(super) exempt: Vec<IpNet>,
}

impl Snapshot {
    async fn read(store: &dyn Store, clock: &dyn Clock) -> Result<Self, StoreError> {
        // Before the store is asked: what it says then is no older than that.
        let read_at = clock.now();
        let mut unit = store.begin_read_only().await?;
        let flags = FeatureFlags::of(&mut *unit).await?;
        let mut exempt = Vec::new();
        let mut after = None;
        loop {
            let clients = unit.list_clients(after.as_ref(), CLIENTS_AT_A_TIME).await?;
            let is_last = u32::try_from(clients.len()).is_ok_and(|count| count < CLIENTS_AT_A_TIME);
            exempt.extend(clients.iter().flat_map(|client| client.networks.iter().copied()));
            after = clients.into_iter().next_back().map(|client| client.id);
            if is_last || after.is_none() {
                return Ok(Self { read_at, flags, exempt });
            }
        }
    }

    /// A clock that was set back makes no snapshot younger.
    fn is_younger(&self, age: Duration, now: Timestamp) -> bool {
        self.read_at <= now && now < self.read_at + age
    }
}

/// The snapshot that all tasks of the process share.
#[derive(Clone, Default)]
pub(crate) struct FeatureCache(Arc<Shared>);

#[derive(Default)]
struct Shared {
    kept: Mutex<Kept>,
    /// Held by the task that reads.
    reader: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Kept {
    snapshot: Option<Arc<Snapshot>>,
    /// How often it was forgotten: a reader that began before keeps nothing.
    forgotten: u64,
    /// How often reading failed: who waited for that reader does not try in its turn.
    failed: u64,
}

impl Kept {
    fn younger(&self, age: Duration, now: Timestamp) -> Option<Arc<Snapshot>> {
        self.snapshot.as_ref().filter(|snapshot| snapshot.is_younger(age, now)).map(Arc::clone)
    }
}

impl FeatureCache {
    /// Forgets what was read: it has just been changed.
    pub(crate) fn forget(&self) {
        let mut kept = self.kept();
        kept.snapshot = None;
        kept.forgotten += 1;
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) async fn snapshot(&self, store: &dyn Store, clock: &dyn Clock) -> Result<Arc<Snapshot>, StoreError> {
        let failed_before = {
            let kept = self.kept();
            if let Some(fresh) = kept.younger(FRESH, clock.now()) {
                return Ok(fresh);
            }
            kept.failed
        };
        let _reader = self.0.reader.lock().await;
        let forgotten_before = {
            let kept = self.kept();
            if let Some(fresh) = kept.younger(FRESH, clock.now()) {
                return Ok(fresh);
            }
            if kept.failed != failed_before {
                let unread = || StoreError::transient("the features could not be read");
                return kept.younger(USABLE, clock.now()).ok_or_else(unread);
            }
            kept.forgotten
        };
        let read = Snapshot::read(store, clock).await;
        let mut kept = self.kept();
        match read {
            Ok(snapshot) => {
                let snapshot = Arc::new(snapshot);
                if kept.forgotten == forgotten_before {
                    kept.snapshot = Some(Arc::clone(&snapshot));
                }
                Ok(snapshot)
            }
            Err(error) => {
                kept.failed += 1;
                kept.younger(USABLE, clock.now()).ok_or(error)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use async_trait::async_trait;

    use super::*;
    use crate::one_time_token::TokenDigest;
    use crate::session::SignedIn;
    use crate::testing::{FakeClock, MemoryStore};

    /// Counts who reads, takes a moment for it, and fails when it is told to.
    #[derive(Default)]
    struct CountingStore {
        inner: MemoryStore,
        reads: AtomicUsize,
        fails: bool,
    }

    #[async_trait]
    impl Store for CountingStore {
        async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
            self.inner.begin().await
        }

        async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
            self.reads.fetch_add(1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            if self.fails { Err(StoreError::transient("told to")) } else { self.inner.begin_read_only().await }
        }

        async fn find_signed_in(&self, token: &TokenDigest) -> Result<Option<SignedIn>, StoreError> {
            self.inner.find_signed_in(token).await
        }

        async fn ping(&self) -> Result<(), StoreError> {
            self.inner.ping().await
        }
    }

    /// Has many tasks ask at once; returns how many were answered.
    async fn ask(feature_cache: &FeatureCache, store: &Arc<CountingStore>, clock: &Arc<FakeClock>) -> usize {
        let asking: Vec<_> = (0..50)
            .map(|_| {
                let (feature_cache, store, clock) = (feature_cache.clone(), Arc::clone(store), Arc::clone(clock));
                tokio::spawn(async move { feature_cache.snapshot(&*store, &*clock).await.is_ok() })
            })
            .collect();
        let mut answered = 0;
        for task in asking {
            answered += usize::from(task.await.unwrap());
        }
        answered
    }

    #[tokio::test]
    async fn one_task_reads_for_all() {
        let (feature_cache, store, clock) = (FeatureCache::default(), Arc::<CountingStore>::default(), Arc::default());
        assert_eq!(ask(&feature_cache, &store, &clock).await, 50);
        assert_eq!(store.reads.load(Ordering::SeqCst), 1);
        clock.advance(FRESH);
        assert_eq!(ask(&feature_cache, &store, &clock).await, 50);
        feature_cache.forget();
        assert_eq!(ask(&feature_cache, &store, &clock).await, 50);
        assert_eq!(store.reads.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn who_waited_for_a_read_that_failed_does_not_read_in_turn() {
        let (feature_cache, clock) = (FeatureCache::default(), Arc::default());
        let store = Arc::new(CountingStore { fails: true, ..CountingStore::default() });
        assert_eq!(ask(&feature_cache, &store, &clock).await, 0);
        assert_eq!(store.reads.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_read_that_began_before_a_change_is_not_kept() {
        let (feature_cache, store, clock) =
            (FeatureCache::default(), Arc::<CountingStore>::default(), Arc::<FakeClock>::default());
        let reading = feature_cache.snapshot(&*store, &*clock);
        let (read, ()) = tokio::join!(reading, async { feature_cache.forget() });
        assert!(read.is_ok());
        feature_cache.snapshot(&*store, &*clock).await.unwrap();
        assert_eq!(store.reads.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_clock_that_was_set_back_makes_no_snapshot_younger() {
        let (feature_cache, store, clock) =
            (FeatureCache::default(), Arc::<CountingStore>::default(), Arc::<FakeClock>::default());
        feature_cache.snapshot(&*store, &*clock).await.unwrap();
        clock.set(Timestamp::from_unix_micros(0));
        feature_cache.snapshot(&*store, &*clock).await.unwrap();
        assert_eq!(store.reads.load(Ordering::SeqCst), 2);
    }
}
