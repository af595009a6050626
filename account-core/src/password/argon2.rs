//! Argon2id (RFC 9106) on dedicated threads.
//!
//! A worker is an operating-system thread that reuses its memory for every hash. So hashing neither allocates nor
//! blocks the threads that serve requests. The queue is bounded and shared fairly: a caller that gets no place, or would
//! wait too long, is refused immediately.

mod places;
pub(super) mod stored;
mod workers;

use std::time::Duration;

use argon2::password_hash::phc::{self, Output, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};

#[cfg(feature = "imported-hashes")]
use super::imported::ImportedHash;
use super::{Password, PasswordHash};
use crate::ports::HashingError;

use stored::StoredHash;

pub use workers::{Argon2Workers, WorkersError, WorkersLoad};

/// Length of a hash in bytes.
const OUTPUT_BYTES: usize = 32;
/// Salt of the dummy hash that is computed when there is no hash to verify.
const DUMMY_SALT: [u8; 16] = [0; 16];

/// Cost and capacity of hashing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argon2Settings {
    /// Memory for one hash, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub iterations: u32,
    /// Argon2's degree of parallelism. It is part of the hash, but one worker computes the whole hash.
    pub parallelism: u32,
    /// How many hashes are computed at a time. Use the number of cores.
    pub workers: usize,
    /// How many more may wait.
    pub queue: usize,
    /// How long a hash may take, waiting included. What would take longer, by what hashes have cost lately, is refused.
    pub deadline: Duration,
}

impl Default for Argon2Settings {
    /// 19 MiB, 2 passes, parallelism 1 (OWASP password storage cheat sheet); one worker, 64 waiting, 2 seconds.
    fn default() -> Self {
        Self {
            memory_kib: 19_456,
            iterations: 2,
            parallelism: 1,
            workers: 1,
            queue: 64,
            deadline: Duration::from_secs(2),
        }
    }
}

impl Argon2Settings {
    /// Returns the parameters of the algorithm.
    ///
    /// # Errors
    /// If Argon2 does not allow them.
    fn params(&self) -> Result<Params, argon2::Error> {
        Params::new(self.memory_kib, self.iterations, self.parallelism, Some(OUTPUT_BYTES))
    }
}

/// The hasher of one worker: parameters, and the memory that it reuses.
struct Hasher {
    params: Params,
    blocks: Vec<Block>,
}

impl Hasher {
    fn new(params: Params) -> Self {
        let blocks = vec![Block::default(); params.block_count()];
        Self { params, blocks }
    }

    fn hash(&mut self, password: &Password, salt: [u8; 16]) -> Result<PasswordHash, HashingError> {
        let params = self.params.clone();
        let output =
            self.compute(Algorithm::Argon2id, Version::V0x13, &params, password.expose(), &salt, OUTPUT_BYTES)?;
        let hash = phc::PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: (&params).try_into().map_err(failed)?,
            salt: Some(Salt::new(&salt).map_err(failed)?),
            hash: Some(output),
        };
        Ok(PasswordHash::from_phc(hash.to_string()))
    }

    /// Verifies a hash. Without one, spends the same time and returns `false`.
    fn verify(&mut self, password: &Password, hash: Option<&PasswordHash>) -> Result<bool, HashingError> {
        let Some(hash) = hash else {
            let params = self.params.clone();
            self.compute(Algorithm::Argon2id, Version::V0x13, &params, password.expose(), &DUMMY_SALT, OUTPUT_BYTES)?;
            return Ok(false);
        };
        if let Some(stored) = StoredHash::read(hash).filter(|it| it.check_bounds(Some(&self.params)).is_ok()) {
            // Another system may have hashed the text as it was typed.
            let typed = password.typed().filter(|_| !stored::is_made_with(&self.params, hash));
            return match typed {
                Some(typed) if self.matches(&stored, typed)? => Ok(true),
                _ => self.matches(&stored, password.expose()),
            };
        }
        #[cfg(feature = "imported-hashes")]
        if let Ok(imported) = ImportedHash::read(hash) {
            return match password.typed() {
                Some(typed) if imported.verify(typed)? => Ok(true),
                _ => imported.verify(password.expose()),
            };
        }
        // The response time must not reveal that this hash cannot be verified.
        self.verify(password, None)?;
        Err(HashingError::UnknownHash)
    }

    fn matches(&mut self, stored: &StoredHash, password: &str) -> Result<bool, HashingError> {
        let StoredHash { algorithm, version, params, salt, output } = stored;
        // `Output` compares in constant time.
        Ok(self.compute(*algorithm, *version, params, password, salt, output.len())? == *output)
    }

    fn compute(
        &mut self,
        algorithm: Algorithm,
        version: Version,
        params: &Params,
        password: &str,
        salt: &[u8],
        length: usize,
    ) -> Result<Output, HashingError> {
        let mut bytes = [0; Output::MAX_LENGTH];
        let out = bytes.get_mut(..length).ok_or(HashingError::UnknownHash)?;
        let needed = params.block_count();
        if self.blocks.len() < needed {
            self.blocks.resize(needed, Block::default());
        }
        let argon2 = Argon2::new(algorithm, version, params.clone());
        let memory = self.blocks.get_mut(..needed).unwrap_or_default();
        let outcome = argon2.hash_password_into_with_memory(password.as_bytes(), salt, out, memory);
        // Free the extra memory that a more expensive stored hash needed.
        let own = self.params.block_count();
        if self.blocks.len() > own {
            self.blocks.truncate(own);
            self.blocks.shrink_to_fit();
        }
        outcome.map_err(failed)?;
        Output::new(out).map_err(failed)
    }
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> HashingError {
    HashingError::Failed(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hasher() -> Hasher {
        Hasher::new(Params::new(64, 1, 1, Some(OUTPUT_BYTES)).unwrap())
    }

    #[test]
    fn a_hash_verifies_its_own_password_only() {
        let mut hasher = hasher();
        let hash = hasher.hash(&Password::new("correct horse").unwrap(), [7; 16]).unwrap();
        assert!(hash.as_phc().starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{}", hash.as_phc());
        assert!(hasher.verify(&Password::new("correct horse").unwrap(), Some(&hash)).unwrap());
        assert!(!hasher.verify(&Password::new("correct horsf").unwrap(), Some(&hash)).unwrap());
        assert!(!hasher.verify(&Password::new("correct horse").unwrap(), None).unwrap());
    }

    #[test]
    fn unicode_spellings_of_a_password_are_equal() {
        let mut hasher = hasher();
        let hash = hasher.hash(&Password::new("e\u{301}ＡＢ").unwrap(), [7; 16]).unwrap();
        assert!(hasher.verify(&Password::new("\u{E9}AB").unwrap(), Some(&hash)).unwrap());
    }

    #[test]
    #[cfg(feature = "imported-hashes")]
    fn hashes_of_other_systems_may_be_of_what_was_typed() {
        // Of "naïve²" without composition, which is not in NFKC. Made with argon2-cffi and Django.
        let typed = Password::new("nai\u{308}ve\u{B2}").unwrap();
        for text in [
            "$argon2id$v=19$m=256,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$M6tM6i/7u3PD9jtiOM/vtToqxplPFtDv2ajsKZ3EF/M",
            "pbkdf2_sha256$1000$somesalt$LezMe4CO76AGgEuhZgsyyBOxk8tjVXa136kS7McMiMo=",
        ] {
            let reference = PasswordHash::from_phc(text.to_owned());
            assert!(hasher().verify(&typed, Some(&reference)).unwrap(), "{text}");
            assert!(!hasher().verify(&Password::new("na\u{EF}ve2").unwrap(), Some(&reference)).unwrap(), "{text}");
        }
    }

    #[test]
    fn the_hash_matches_other_implementations() {
        // Made with argon2-cffi, which wraps the reference implementation.
        for text in [
            "$argon2id$v=19$m=1024,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$MsXas4v8AHvHhLsRtHaznoPVwqbYHwCMumXLMz613Xc",
            "$argon2i$v=19$m=256,t=3,p=2$c29tZXNhbHQxMjM0NTY3OA$ssNOhnmAjdDWTNCbVK9QGcvwz5AG4e1/",
            "$argon2i$v=16$m=256,t=3,p=2$c29tZXNhbHQxMjM0NTY3OA$B6VrG54RTPkppA1OtQTkpdsQOMCHsuH6",
            "$argon2i$m=256,t=3,p=2$c29tZXNhbHQxMjM0NTY3OA$B6VrG54RTPkppA1OtQTkpdsQOMCHsuH6",
        ] {
            let reference = PasswordHash::from_phc(text.to_owned());
            assert!(hasher().verify(&Password::new("password").unwrap(), Some(&reference)).unwrap());
            assert!(!hasher().verify(&Password::new("Password").unwrap(), Some(&reference)).unwrap());
        }
    }

    #[test]
    fn unknown_hashes_and_excessive_costs_are_refused() {
        for text in [
            "",
            "plain",
            "$2b$12$abcdefghijklmnopqrstuv",
            "$argon2id$v=19$m=262145,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=262144,t=5,p=1$c29tZXNhbHQxMjM0NTY3OA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            "$argon2id$v=19$m=64,t=65,p=1$c29tZXNhbHQxMjM0NTY3OA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        ] {
            let verdict =
                hasher().verify(&Password::new("password").unwrap(), Some(&PasswordHash::from_phc(text.to_owned())));
            assert!(matches!(verdict, Err(HashingError::UnknownHash)), "{text}: {verdict:?}");
        }
    }
    #[test]
    fn hashes_with_the_hashers_parameters_are_always_within_bounds() {
        let text = "$argon2id$v=19$m=524288,t=3,p=1$c29tZXNhbHQxMjM0NTY3OA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        let stored = StoredHash::read(&PasswordHash::from_phc(text.to_owned())).unwrap();
        let own = Params::new(524_288, 3, 1, Some(OUTPUT_BYTES)).unwrap();
        assert!(stored.check_bounds(Some(&own)).is_ok());
        assert!(stored.check_bounds(None).is_err());
    }

    #[test]
    fn memory_beyond_the_hashers_own_is_released() {
        let mut hasher = hasher();
        let own = hasher.blocks.len();
        let text = "$argon2id$v=19$m=1024,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$MsXas4v8AHvHhLsRtHaznoPVwqbYHwCMumXLMz613Xc";
        assert!(
            hasher.verify(&Password::new("password").unwrap(), Some(&PasswordHash::from_phc(text.to_owned()))).unwrap()
        );
        assert_eq!((hasher.blocks.len(), hasher.blocks.capacity()), (own, own));
    }
}
