//! The yardstick: Argon2id alone, on every core, as fast as it goes.

use std::{
    panic::resume_unwind,
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{self, ParamsString},
};

/// The service's default parameters: 19 MiB, two passes, one worker each.
const MEMORY_KIB: u32 = 19_456;
const ITERATIONS: u32 = 2;
const PARALLELISM: u32 = 1;

const PASSWORD: &[u8] = b"a password of the usual length";

/// Hashes a second over `workers` threads, each with memory of its own that it reuses, for at least `length`.
///
/// # Errors
/// When Argon2 refuses the parameters.
pub(super) fn measure(workers: usize, length: Duration) -> argon2::Result<f64> {
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters()?);
    let start_together = Barrier::new(workers);
    thread::scope(|scope| {
        let worker = || measure_worker(&hasher, &start_together, length);
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).sum()
    })
}

/// The password as a database has it that was filled with the default parameters.
///
/// # Errors
/// When Argon2 refuses the parameters.
pub(super) fn stored(password: &str) -> argon2::Result<String> {
    let parameters = parameters()?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters.clone());
    let salt = *b"the salt of many";
    let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
    hasher.hash_password_into(password.as_bytes(), &salt, &mut output)?;
    let hash = phc::PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&parameters).map_err(|_| argon2::Error::AlgorithmInvalid)?,
        salt: phc::Salt::new(&salt).ok(),
        hash: phc::Output::new(&output).ok(),
    };
    Ok(hash.to_string())
}

fn parameters() -> argon2::Result<Params> {
    Params::new(MEMORY_KIB, ITERATIONS, PARALLELISM, None)
}

/// One worker's own rate: whole hashes over the time that they took, so that the last one is not cut off.
fn measure_worker(hasher: &Argon2<'_>, start_together: &Barrier, length: Duration) -> argon2::Result<f64> {
    let mut memory = vec![Block::default(); hasher.params().block_count()];
    let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
    let mut hash = |number: u64| {
        let mut salt = [0; 16];
        salt.iter_mut().zip(number.to_le_bytes()).for_each(|(to, from)| *to = from);
        hasher.hash_password_into_with_memory(PASSWORD, &salt, &mut output, &mut memory)
    };
    // The first hash also touches the memory for the first time.
    let warm = hash(0);
    start_together.wait();
    warm?;
    let start = Instant::now();
    let mut done = 0_u32;
    while start.elapsed() < length {
        done += 1;
        hash(done.into())?;
    }
    Ok(f64::from(done) / start.elapsed().as_secs_f64())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::measure;

    #[test]
    fn every_worker_hashes_at_least_once() {
        assert!(measure(2, Duration::from_millis(1)).unwrap() > 0.0);
    }
}
