//! A database of cities in the format `.mmdb`, such as `GeoLite2-City`: countries and time zones.
//!
//! The file is read into memory and checked before it is used, so that no look-up depends on what happens to the file.
//! When it is replaced, the new one is read and takes the place of the old one; if it cannot be used, the old one stays.

mod error;
mod file;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod written;

use std::collections::HashSet;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use account_core::error_chain::chain;
use account_core::ports::{GeoLocator, Location};
use account_core::timestamp::Timestamp;
use maxminddb::{LookupResult, MaxMindDbError, PathElement, Reader, WithinOptions};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

pub use error::CityDatabaseError;
use file::{Stamp, read};

/// How often the file is looked at.
pub const LOOK: Duration = Duration::from_secs(10);

const COUNTRY: [PathElement<'static>; 2] = [PathElement::Key("country"), PathElement::Key("iso_code")];
const TIME_ZONE: [PathElement<'static>; 2] = [PathElement::Key("location"), PathElement::Key("time_zone")];

type Database = Reader<Vec<u8>>;

/// What became of a look at the file.
#[derive(Debug)]
pub enum Renewal {
    /// The file is the one that was seen last.
    Same,
    /// A new file is in use.
    Replaced,
    /// The file cannot be used; the old database stays.
    Refused(CityDatabaseError),
}

/// A database of cities that follows its file.
pub struct CityDatabase {
    path: PathBuf,
    database: RwLock<Arc<Database>>,
    /// The file that was seen last, in use or not; `None` if there was none.
    seen: Mutex<Option<Stamp>>,
}

impl CityDatabase {
    /// Reads and checks a database. This takes a second or two for a large one.
    ///
    /// # Errors
    /// [`CityDatabaseError`] if it cannot be used.
    pub fn open(path: &Path) -> Result<Self, CityDatabaseError> {
        let (stamp, bytes) = read(path)?;
        let database = checked(bytes)?;
        log_use(&database);
        Ok(Self { path: path.to_owned(), database: RwLock::new(Arc::new(database)), seen: Mutex::new(Some(stamp)) })
    }

    /// Looks whether the file was replaced, and uses the new one if it can be used. A file that was read is only tried once.
    pub fn renew(&self) -> Renewal {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match Stamp::of(&self.path) {
            Ok(stamp) if *seen == Some(stamp) => return Renewal::Same,
            Ok(_) => {}
            Err(_) if seen.is_none() => return Renewal::Same,
            Err(error) => {
                *seen = None;
                return Renewal::Refused(error);
            }
        }
        let renewed = read(&self.path).and_then(|(stamp, bytes)| {
            *seen = Some(stamp);
            checked(bytes)
        });
        match renewed {
            Ok(database) => {
                log_use(&database);
                *self.database.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(database);
                Renewal::Replaced
            }
            Err(error) => Renewal::Refused(error),
        }
    }

    /// Looks at the file from time to time, for ever.
    pub async fn watch(self: Arc<Self>, every: Duration) {
        loop {
            sleep(every).await;
            let database = Arc::clone(&self);
            let reason = match spawn_blocking(move || database.renew()).await {
                Ok(Renewal::Refused(error)) => chain(&error),
                Ok(Renewal::Same | Renewal::Replaced) => continue,
                // The reader panicked.
                Err(error) => chain(&error),
            };
            tracing::warn!(
                event = "city_database_refused",
                reason,
                "`geo.city_database` was replaced by a file that cannot be used: the old one stays in use"
            );
        }
    }
}

impl GeoLocator for CityDatabase {
    fn locate(&self, address: IpAddr) -> Location {
        let database = Arc::clone(&self.database.read().unwrap_or_else(PoisonError::into_inner));
        // The only error is an IPv6 address in a database of IPv4: every record was read before.
        let Ok(found) = database.lookup(address) else { return Location::default() };
        Location {
            country: text(&found, &COUNTRY).unwrap_or_default(),
            time_zone: text(&found, &TIME_ZONE).unwrap_or_default(),
        }
    }
}

/// Returns a text of a record; `None` if the record has none there, or something else.
fn text(found: &LookupResult<'_, Vec<u8>>, path: &[PathElement<'_>]) -> Result<Option<String>, MaxMindDbError> {
    match found.decode_path(path) {
        Err(MaxMindDbError::Decoding { .. }) => Ok(None),
        result => result,
    }
}

/// Reads everything that a look-up can reach, so that none of them can fail.
fn checked(bytes: Vec<u8>) -> Result<Database, CityDatabaseError> {
    let database = Reader::from_source(bytes)?;
    let mut known = HashSet::new();
    let mut has_countries = false;
    // A tree has one leaf more than it has nodes, and a few more where networks share nodes. In a damaged one, so many
    // ways can lead to each node that there is no end of leaves.
    let most = 3 * u64::from(database.metadata().node_count) + 1;
    let networks = database.networks(WithinOptions::default().include_networks_without_data())?;
    for (network, count) in networks.zip(0..) {
        let network = network?;
        if count > most {
            return Err(CityDatabaseError::Damaged("the networks have no end".into()));
        }
        if network.offset().is_some_and(|offset| known.insert(offset)) {
            has_countries |= text(&network, &COUNTRY)?.is_some();
            text(&network, &TIME_ZONE)?;
        }
    }
    if has_countries {
        Ok(database)
    } else {
        Err(CityDatabaseError::OtherKind(database.metadata().database_type.clone()))
    }
}

fn log_use(database: &Database) {
    let metadata = database.metadata();
    let built = i64::try_from(metadata.build_epoch).ok().and_then(|seconds| seconds.checked_mul(1_000_000));
    let built = built.map(|micros| Timestamp::from_unix_micros(micros).to_string());
    tracing::info!(event = "city_database", kind = metadata.database_type, built, "using `geo.city_database`");
}
