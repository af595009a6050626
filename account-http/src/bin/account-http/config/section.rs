//! The sections of the configuration.
//!
//! Each reads all its settings first and is made of them afterwards, so that every problem is found.

mod dialects;
pub(crate) mod http;
pub(crate) mod log;
pub(crate) mod mail;
pub(crate) mod metrics;
pub(crate) mod registration;
pub(crate) mod store;
pub(crate) mod traces;
pub(crate) mod webhooks;

use account_core::password::argon2::Argon2Settings;

use super::reader::{ConfigReader, Noted};
use super::settled::Config;
use super::values::number;

/// Most memory of a hash, in KiB: what stored hashes may ask of a verification.
const MAX_MEMORY_KIB: u32 = 1 << 20;

/// Reads every section.
pub(super) fn read_all(reader: &mut ConfigReader) -> Result<Config, Noted> {
    let http = http::Http::read(reader);
    let store = store::Store::read(reader);
    let mail = mail::Mail::read(reader);
    let registration = registration::Registration::read(reader);
    let hashing = read_hashing(reader);
    let metrics = metrics::Metrics::read(reader);
    let traces = traces::Traces::read(reader);
    let webhooks = webhooks::Webhooks::read(reader);
    let log = log::Log::read(reader);
    Ok(Config {
        http: http?,
        store: store?,
        mail: mail?,
        registration: registration?,
        hashing: hashing?,
        metrics: metrics?,
        traces: traces?,
        webhooks: webhooks?,
        log: log?,
        effective: Vec::new(),
    })
}

fn read_hashing(reader: &mut ConfigReader) -> Result<Argon2Settings, Noted> {
    let memory_kib = reader.value("hashing.memory_kib", number(8..=MAX_MEMORY_KIB));
    let iterations = reader.value("hashing.iterations", number(1..=64));
    let parallelism = reader.value("hashing.parallelism", number(1..=16));
    let workers = reader.optional("hashing.workers", number(1..=256));
    let queue = reader.value("hashing.queue", number(0..=100_000));
    if let (Ok(memory_kib), Ok(parallelism)) = (memory_kib, parallelism)
        && memory_kib < 8 * parallelism
    {
        reader.object("hashing.memory_kib", "Argon2 needs at least 8 KiB for each degree of `hashing.parallelism`");
    }
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Ok(Argon2Settings {
        memory_kib: memory_kib?,
        iterations: iterations?,
        parallelism: parallelism?,
        workers: workers?.unwrap_or_else(cores),
        queue: queue?,
    })
}
