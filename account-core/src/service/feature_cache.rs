//! A cache of the feature flags and registered clients. It is read again when it is older than half a second, by one
//! task for all.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ipnet::IpNet;

use crate::client::{Client, unwrap_mapped};
use crate::email_address::EmailAddress;
use crate::feature::{FeatureName, FeatureValue, Flag, RegistrationFeature, RegistrationMode, StoredFeature};
use crate::id::OrganizationId;
use crate::ports::{Clock, Store, StoreError, UnitOfWork};
use crate::profile::Choices;
use crate::timestamp::Timestamp;

/// How old a snapshot may be.
const FRESH: Duration = Duration::from_millis(500);
/// How old a snapshot may be while the store cannot be read.
const USABLE: Duration = Duration::from_secs(5);
/// How many registered clients are read at a time.
const CLIENTS_AT_A_TIME: u32 = 200;

/// Registration is closed to someone, for this reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Closed {
    pub(crate) reason: Option<String>,
}

/// How a person registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Password,
    Provider,
}

impl Way {
    /// Returns how a registration with these choices was made.
    pub(crate) const fn of(choices: &Choices) -> Self {
        if choices.identity.is_some() { Self::Provider } else { Self::Password }
    }
}

/// The value of every feature flag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FeatureFlags {
    pub(crate) registration: RegistrationFeature,
    pub(crate) social: Flag,
    pub(crate) password: Flag,
    pub(crate) newsletter: Flag,
}

impl FeatureFlags {
    /// Reads the features in a unit of work.
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
                // An unreadable value counts as closed.
                (name, _) => {
                    return Err(StoreError::permanent(format!(
                        "the value of the feature {} is not valid",
                        name.name()
                    )));
                }
            }
        }
        Ok(flags)
    }

    /// Refuses if registration in this way is closed to everyone.
    pub(crate) fn closed_to_all(&self, way: Way) -> Result<(), Closed> {
        let flag = match way {
            Way::Password => self.password,
            Way::Provider => self.social,
        };
        if !flag.enabled {
            return Err(Closed { reason: None });
        }
        match self.registration.mode {
            RegistrationMode::Open | RegistrationMode::Restricted => Ok(()),
            RegistrationMode::InvitationOnly | RegistrationMode::Closed => Err(self.closed()),
        }
    }

    /// Refuses if registration in this way is closed to this address and organization. Whether the address has an account
    /// plays no part.
    pub(crate) fn closed_to(
        &self,
        address: &EmailAddress,
        organization: Option<OrganizationId>,
        way: Way,
    ) -> Result<(), Closed> {
        self.closed_to_all(way)?;
        if self.registration.admits(address, organization) { Ok(()) } else { Err(self.closed()) }
    }

    /// Refuses a pending registration that would not be accepted now, if the flag says that those cannot be completed.
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

    /// Refuses if no registration of this address could be completed, whatever its organization.
    pub(crate) fn refuses_renewal(&self, address: &EmailAddress) -> Result<(), Closed> {
        let named = match self.registration.mode {
            RegistrationMode::Restricted => self.registration.organizations.first().copied(),
            _ => None,
        };
        self.refuses_pending(address, named)
    }

    /// Refuses if invitations are closed.
    pub(crate) fn refuses_invitations(&self) -> Result<(), Closed> {
        if self.registration.mode == RegistrationMode::Closed { Err(self.closed()) } else { Ok(()) }
    }

    /// Refuses if pending invitations cannot be accepted either.
    pub(crate) fn refuses_pending_invitations(&self) -> Result<(), Closed> {
        if self.registration.refuses_pending { self.refuses_invitations() } else { Ok(()) }
    }

    fn closed(&self) -> Closed {
        Closed { reason: self.registration.reason.clone() }
    }
}

/// The flags and exempt networks, as read at one time.
#[derive(Debug)]
pub(crate) struct Snapshot {
    read_at: Timestamp,
    pub(crate) flags: FeatureFlags,
    /// Networks of registered clients.
    exempt: Vec<IpNet>,
}

impl Snapshot {
    async fn read(store: &dyn Store, clock: &dyn Clock) -> Result<Self, StoreError> {
        // Taken before reading, so that the snapshot is at most this old.
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

    /// Returns whether a client calls from a registered client's network.
    pub(super) fn has_client_at(&self, client: &Client) -> bool {
        let address = client.address.map(unwrap_mapped);
        address.is_some_and(|address| self.exempt.iter().any(|network| network.contains(&address)))
    }

    /// Returns whether the snapshot is younger. If the clock was set back, it is not.
    fn is_younger(&self, age: Duration, now: Timestamp) -> bool {
        self.read_at <= now && now < self.read_at + age
    }
}

/// The snapshot that all tasks of this process share.
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
    /// How often the snapshot was discarded. A reader that started before the last time must not store what it read.
    forgotten: u64,
    /// How often reading failed. Tasks that waited for a reader that failed do not try again themselves.
    failed: u64,
}

impl Kept {
    fn younger(&self, age: Duration, now: Timestamp) -> Option<Arc<Snapshot>> {
        self.snapshot.as_ref().filter(|snapshot| snapshot.is_younger(age, now)).map(Arc::clone)
    }
}

impl FeatureCache {
    /// Discards the snapshot, because a flag was just changed.
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
    async fn waiting_tasks_do_not_repeat_a_failed_read() {
        let (feature_cache, clock) = (FeatureCache::default(), Arc::default());
        let store = Arc::new(CountingStore { fails: true, ..CountingStore::default() });
        assert_eq!(ask(&feature_cache, &store, &clock).await, 0);
        assert_eq!(store.reads.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_read_that_began_before_a_change_is_discarded() {
        let (feature_cache, store, clock) =
            (FeatureCache::default(), Arc::<CountingStore>::default(), Arc::<FakeClock>::default());
        let reading = feature_cache.snapshot(&*store, &*clock);
        let (read, ()) = tokio::join!(reading, async { feature_cache.forget() });
        assert!(read.is_ok());
        feature_cache.snapshot(&*store, &*clock).await.unwrap();
        assert_eq!(store.reads.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_clock_set_back_makes_no_snapshot_newer() {
        let (feature_cache, store, clock) =
            (FeatureCache::default(), Arc::<CountingStore>::default(), Arc::<FakeClock>::default());
        feature_cache.snapshot(&*store, &*clock).await.unwrap();
        clock.set(Timestamp::from_unix_micros(0));
        feature_cache.snapshot(&*store, &*clock).await.unwrap();
        assert_eq!(store.reads.load(Ordering::SeqCst), 2);
    }
}
