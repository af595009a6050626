//! What says where clients are.

use std::sync::Arc;

use account_core::ports::{GeoLocator, NoLocations};
use account_http::outbound::geo::CityDatabase;
use account_http::outbound::geo::city_database::LOOK;
use tokio_util::sync::CancellationToken;

use crate::config::Geo;
use crate::error::CommandError;

/// What says where clients are.
pub(crate) enum Locations {
    /// Something that never changes.
    Fixed(Arc<dyn GeoLocator>),
    /// A file of the operator's.
    Database(Arc<CityDatabase>),
}

impl Locations {
    /// Opens what is configured.
    ///
    /// # Errors
    /// If the operator's file cannot be used.
    pub(crate) fn open(geo: &Geo) -> Result<Self, CommandError> {
        match geo {
            Geo::Off => Ok(Self::Fixed(Arc::new(NoLocations))),
            Geo::Embedded => Ok(Self::Fixed(embedded())),
            Geo::CityDatabase(path) => {
                let database = CityDatabase::open(path);
                let database = database.map_err(|source| CommandError::CityDatabase { path: path.clone(), source })?;
                Ok(Self::Database(Arc::new(database)))
            }
        }
    }

    /// Returns them for the use cases.
    pub(crate) fn locator(&self) -> Arc<dyn GeoLocator> {
        match self {
            Self::Fixed(locator) => Arc::clone(locator),
            Self::Database(database) => Arc::clone(database) as _,
        }
    }

    /// Follows the file until told to stop.
    pub(crate) async fn watch(self, stop: CancellationToken) {
        if let Self::Database(database) = self {
            stop.run_until_cancelled(database.watch(LOOK)).await;
        }
    }
}

#[cfg(feature = "embedded-countries")]
fn embedded() -> Arc<dyn GeoLocator> {
    Arc::new(account_http::outbound::geo::EmbeddedCountries::new())
}

#[cfg(not(feature = "embedded-countries"))]
fn embedded() -> Arc<dyn GeoLocator> {
    tracing::info!(event = "no_embedded_countries", "built without the table of countries: no address is located");
    Arc::new(NoLocations)
}
