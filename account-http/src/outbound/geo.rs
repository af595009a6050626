//! Where clients are: a table of countries that is compiled in, and the operator's database of cities.

#[cfg(feature = "city-database")]
pub mod city_database;
#[cfg(feature = "embedded-countries")]
mod embedded;

#[cfg(feature = "city-database")]
pub use city_database::{CityDatabase, CityDatabaseError};
#[cfg(feature = "embedded-countries")]
pub use embedded::EmbeddedCountries;
