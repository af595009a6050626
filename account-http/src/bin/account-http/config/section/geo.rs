//! What says where clients are.

use std::path::PathBuf;

use crate::config::reader::{ConfigReader, Parsed, Refusal};
use crate::config::values::path;

/// What says where clients are: section `geo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Geo {
    /// Nothing.
    Off,
    /// The table in the program.
    Embedded,
    /// A file of the operator's.
    CityDatabase(PathBuf),
}

impl Geo {
    pub(crate) fn read(reader: &mut ConfigReader) -> Self {
        let is_on = reader.value("geo.source", is_on);
        match (is_on, reader.optional("geo.city_database", path)) {
            (false, _) => Self::Off,
            (true, None) => Self::Embedded,
            (true, Some(file)) => Self::CityDatabase(file),
        }
    }
}

fn is_on(source: &str) -> Parsed<bool> {
    match source {
        "off" => Ok(false),
        "embedded" => Ok(true),
        _ => Err(Refusal::NotAllowed),
    }
}
