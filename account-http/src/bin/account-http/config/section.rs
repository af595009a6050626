//! The sections of the configuration.

mod dialects;
pub(crate) mod geo;
pub(crate) mod http;
pub(crate) mod log;
pub(crate) mod mail;
pub(crate) mod metrics;
pub(crate) mod pages;
pub(crate) mod providers;
pub(crate) mod registration;
pub(crate) mod store;
pub(crate) mod traces;
pub(crate) mod translations;
pub(crate) mod webhooks;

use std::collections::BTreeMap;

use account_core::password::argon2::Argon2Settings;

use super::reader::ConfigReader;
use super::settled::Config;
use super::values::{duration, number};

/// Maximum memory of a hash, in KiB, including stored hashes that are verified.
const MAX_MEMORY_KIB: u32 = 1 << 20;

/// Reads every section.
pub(super) fn read_all(reader: &mut ConfigReader) -> Config {
    let catalog = translations::read(reader);
    let http = http::Http::read(reader, &catalog);
    let store = store::Store::read(reader);
    let mail = mail::Mail::read(reader, &catalog);
    let registration = registration::Registration::read(reader);
    let http = http.asking_for(&registration.consent, reader);
    Config {
        http,
        store,
        mail,
        catalog,
        registration,
        hashing: read_hashing(reader),
        hashing_nice: reader.value("hashing.nice", number(0..=19)),
        geo: geo::Geo::read(reader),
        metrics: metrics::Metrics::read(reader),
        traces: traces::Traces::read(reader),
        providers: providers::read(reader),
        webhooks: webhooks::Webhooks::read(reader),
        log: log::Log::read(reader),
        left_alone: Vec::new(),
        effective: Vec::new(),
        secret_files: BTreeMap::new(),
    }
}

fn read_hashing(reader: &mut ConfigReader) -> Argon2Settings {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let settings = Argon2Settings {
        memory_kib: reader.value("hashing.memory_kib", number(8..=MAX_MEMORY_KIB)),
        iterations: reader.value("hashing.iterations", number(1..=64)),
        parallelism: reader.value("hashing.parallelism", number(1..=16)),
        workers: reader.optional("hashing.workers", number(1..=256)).unwrap_or_else(cores),
        queue: reader.value("hashing.queue", number(0..=100_000)),
        deadline: reader.value("hashing.deadline", duration),
    };
    if settings.memory_kib < 8 * settings.parallelism {
        reader.object("hashing.memory_kib", "Argon2 needs at least 8 KiB for each degree of `hashing.parallelism`");
    }
    settings
}
