//! Stored Argon2 hashes: made by this hasher, with its earlier parameters, or by other systems.

use argon2::password_hash::phc::{self, Output, Salt};
use argon2::{Algorithm, Params, Version};

use crate::password::PasswordHash;
use crate::password::imported::unsupported::UnsupportedHash;

/// Maximum memory to verify a stored hash, in KiB: 256 MiB, which libsodium calls moderate. Hashes with this hasher's
/// own parameters may need more, because the operator chose them.
const MAX_MEMORY_KIB: u32 = 256 << 10;
/// Maximum number of passes to verify a stored hash.
const MAX_ITERATIONS: u32 = 64;
/// Maximum memory over all passes together, in KiB: 1 GiB, about a second's work.
const MAX_WORK_KIB: u64 = 1 << 20;

/// Returns whether this hasher made the hash with these parameters.
pub(super) fn is_made_with(params: &Params, hash: &PasswordHash) -> bool {
    let Ok(stored) = phc::PasswordHash::new(hash.as_phc()) else { return false };
    let is_argon2id = stored.algorithm.as_str() == Algorithm::Argon2id.as_ref();
    let is_current_version = stored.version == Some(Version::V0x13.into());
    is_argon2id && is_current_version && Params::try_from(&stored).is_ok_and(|made_with| made_with == *params)
}

/// A parsed Argon2 hash, of any variant.
pub(in crate::password) struct StoredHash {
    pub(super) algorithm: Algorithm,
    pub(super) version: Version,
    pub(super) params: Params,
    pub(super) salt: Salt,
    pub(super) output: Output,
}

impl StoredHash {
    pub(in crate::password) fn read(hash: &PasswordHash) -> Option<Self> {
        let text = hash.as_phc();
        // Django writes `argon2$argon2id$..` (`Argon2PasswordHasher`, django/contrib/auth/hashers.py).
        let text = text.strip_prefix("argon2").filter(|rest| rest.starts_with('$')).unwrap_or(text);
        let stored = phc::PasswordHash::new(text).ok()?;
        Some(Self {
            algorithm: Algorithm::try_from(stored.algorithm.as_str()).ok()?,
            // The first version wrote none.
            version: stored.version.map_or(Ok(Version::V0x10), Version::try_from).ok()?,
            params: Params::try_from(&stored).ok()?,
            salt: stored.salt?,
            output: stored.hash?,
        })
    }

    /// Checks that verifying the hash costs no more than the limits above, or than a hash with the parameters `own`.
    pub(in crate::password) fn check_bounds(&self, own: Option<&Params>) -> Result<(), UnsupportedHash> {
        let work = |params: &Params| u64::from(params.m_cost()) * u64::from(params.t_cost());
        let max_memory = own.map_or(0, Params::m_cost).max(MAX_MEMORY_KIB);
        let max_iterations = own.map_or(0, Params::t_cost).max(MAX_ITERATIONS);
        let max_work = own.map_or(0, work).max(MAX_WORK_KIB);
        let check = UnsupportedHash::check_cost;
        check("memory of Argon2 in KiB", self.params.m_cost().into(), max_memory.into())?;
        check("number of Argon2 passes", self.params.t_cost().into(), max_iterations.into())?;
        check("memory of Argon2 over all passes, in KiB", work(&self.params), max_work)
    }
}
