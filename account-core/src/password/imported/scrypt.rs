//! scrypt (RFC 7914), as PHC strings have it.

use argon2::password_hash::phc::{self, Output, Salt};
use scrypt::Params;

use crate::password::Password;
use crate::ports::HashingError;

/// Maximum memory of each of the two vectors, in bytes.
const MAX_MEMORY: u64 = 256 << 20;
/// Maximum memory over all `p` together, in bytes: about a second's work.
const MAX_WORK: u64 = 1 << 30;
const MAX_PARALLELISM: u32 = 16;
const MAX_LOG_N: u32 = 24;

pub(in crate::password) struct ScryptHash {
    params: Params,
    salt: Salt,
    output: Output,
}

impl ScryptHash {
    pub(super) fn read(text: &str) -> Option<Self> {
        let stored = phc::PasswordHash::new(text).ok()?;
        if stored.algorithm.as_str() != "scrypt" || stored.version.is_some() || stored.params.iter().count() != 3 {
            return None;
        }
        let [log_n, r, p] = ["ln", "r", "p"].map(|name| stored.params.get_decimal(name));
        let params = params(log_n?, r?, p?)?;
        Some(Self { params, salt: stored.salt?, output: stored.hash? })
    }

    pub(super) fn verify(&self, password: &Password) -> Result<bool, HashingError> {
        let mut bytes = [0; Output::MAX_LENGTH];
        let out = bytes.get_mut(..self.output.len()).ok_or(HashingError::UnknownHash)?;
        let failed = |error| HashingError::Failed(Box::new(error));
        scrypt::scrypt(password.expose().as_bytes(), &self.salt, &self.params, out).map_err(failed)?;
        // `Output` compares in constant time.
        Ok(Output::new(out).is_ok_and(|computed| computed == self.output))
    }
}

/// Returns the parameters if their cost is within the limits. Checked before anything is computed.
fn params(log_n: u32, r: u32, p: u32) -> Option<Params> {
    if !(1..=MAX_LOG_N).contains(&log_n) || p > MAX_PARALLELISM {
        return None;
    }
    // One vector has 128 bytes times r times N, the other 128 times r times p.
    let memory = 128 * u64::from(r) * u64::from(p).max(1 << log_n);
    let work = (128 * u64::from(r) * u64::from(p)) << log_n;
    if memory > MAX_MEMORY || work > MAX_WORK {
        return None;
    }
    Params::new(u8::try_from(log_n).ok()?, r, p).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT_AND_HASH: &str = "aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E";

    #[test]
    fn the_hash_matches_other_implementations() {
        // From the documentation of passlib.
        let text = format!("$scrypt$ln=16,r=8,p=1${SALT_AND_HASH}");
        let hash = ScryptHash::read(&text).unwrap();
        assert!(hash.verify(&Password::new("password").unwrap()).unwrap());
        assert!(!hash.verify(&Password::new("Password").unwrap()).unwrap());
    }

    #[test]
    fn costs_out_of_bounds_are_refused() {
        for bearable in ["ln=18,r=8,p=1", "ln=17,r=8,p=8", "ln=13,r=8,p=10", "ln=12,r=8,p=16", "ln=1,r=1,p=1"] {
            assert!(ScryptHash::read(&format!("$scrypt${bearable}${SALT_AND_HASH}")).is_some(), "{bearable}");
        }
        for unbearable in [
            "ln=19,r=8,p=1",
            "ln=18,r=9,p=1",
            "ln=18,r=8,p=5",
            "ln=12,r=8,p=17",
            "ln=1,r=4294967295,p=1",
            "ln=63,r=8,p=1",
            "ln=64,r=8,p=1",
            "ln=256,r=8,p=1",
            "ln=0,r=8,p=1",
            "ln=16,r=0,p=1",
            "ln=16,r=8,p=0",
            "ln=16,r=8",
            "ln=16,r=8,p=1,x=1",
            "ln=16,r=8,r=1",
        ] {
            assert!(ScryptHash::read(&format!("$scrypt${unbearable}${SALT_AND_HASH}")).is_none(), "{unbearable}");
        }
    }
}
