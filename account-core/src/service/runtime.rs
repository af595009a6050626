//! What administrators switch at run time, as this process sees it: read anew when it is older than half a second, by
//! one task at a time, for all.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ipnet::IpNet;

use super::AccountService;
use crate::client::{Client, unwrap_mapped};
use crate::email_address::EmailAddress;
use crate::feature::{FeatureName, FeatureValue, RegistrationFeature, RegistrationMode, StoredFeature, Switch};
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
pub(crate) struct Switches {
    pub(crate) registration: RegistrationFeature,
    pub(crate) social: Switch,
    pub(crate) password: Switch,
    pub(crate) newsletter: Switch,
}

impl Switches {
    /// The features as the unit of work sees them.
    pub(crate) async fn of(unit: &mut dyn UnitOfWork) -> Result<Self, StoreError> {
        Self::read(&unit.find_features().await?)
    }

    fn read(stored: &[StoredFeature]) -> Result<Self, StoreError> {
        let mut switches = Self::default();
        for feature in stored {
            let value = feature.name.parse_value(&feature.value);
            match (feature.name, value) {
                (FeatureName::AccountRegistration, Ok(FeatureValue::Registration(value))) => {
                    switches.registration = value;
                }
                (FeatureName::SocialRegistration, Ok(FeatureValue::Switch(value))) => switches.social = value,
                (FeatureName::PasswordRegistration, Ok(FeatureValue::Switch(value))) => switches.password = value,
                (FeatureName::Newsletter, Ok(FeatureValue::Switch(value))) => switches.newsletter = value,
                // What cannot be read is not taken for open.
                (name, _) => {
                    return Err(StoreError::permanent(format!("the value of the feature {} is none", name.name())));
                }
            }
        }
        Ok(switches)
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
    pub(crate) switches: Switches,
    /// Networks of registered clients.
    exempt: Vec<IpNet>,
}

impl Snapshot {
    async fn read(store: &dyn Store, clock: &dyn Clock) -> Result<Self, StoreError> {
        // Before the store is asked: what it says then is no older than that.
        let read_at = clock.now();
        let mut unit = store.begin_read_only().await?;
        let switches = Switches::of(&mut *unit).await?;
        let mut exempt = Vec::new();
        let mut after = None;
        loop {
            let clients = unit.list_clients(after.as_ref(), CLIENTS_AT_A_TIME).await?;
            let is_last = u32::try_from(clients.len()).is_ok_and(|count| count < CLIENTS_AT_A_TIME);
            exempt.extend(clients.iter().flat_map(|client| client.networks.iter().copied()));
            after = clients.into_iter().next_back().map(|client| client.id);
            if is_last || after.is_none() {
                return Ok(Self { read_at, switches, exempt });
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
pub(crate) struct Runtime(Arc<Shared>);

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

impl Runtime {
    /// Forgets what was read: it has just been changed.
    pub(crate) fn forget(&self) {
        let mut kept = self.kept();
        kept.snapshot = None;
        kept.forgotten += 1;
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn snapshot(&self, store: &dyn Store, clock: &dyn Clock) -> Result<Arc<Snapshot>, StoreError> {
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

impl AccountService {
    /// What is switched on now, at most half a second old; at most five seconds, while the store cannot be read.
    pub(crate) async fn snapshot(&self) -> Result<Arc<Snapshot>, StoreError> {
        self.runtime.snapshot(&*self.ports.store, &*self.ports.clock).await
    }

    /// The network that the client's requests are counted under; `None` where no per-client limit applies: for exempt
    /// clients, and for those that call from a registered client's network. Whoever counts by network asks here.
    pub(crate) async fn network_of(&self, client: &Client) -> Option<String> {
        let network = client.network()?;
        let address = unwrap_mapped(client.address?);
        // While it is not known who is exempt, nobody is.
        let snapshot = self.snapshot().await.ok();
        let is_exempt = snapshot.is_some_and(|snapshot| snapshot.exempt.iter().any(|exempt| exempt.contains(&address)));
        (!is_exempt).then_some(network)
    }
}
