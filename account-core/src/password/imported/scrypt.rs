//! scrypt (RFC 7914), in these formats:
//!
//! - the PHC string format, which passlib has too: `$scrypt$ln=16,r=8,p=1$salt$hash`;
//! - Django (`ScryptPasswordHasher`, django/contrib/auth/hashers.py): `scrypt$16384$salt$8$5$hash`;
//! - Werkzeug (`generate_password_hash`, werkzeug/security.py): `scrypt:32768:8:1$salt$hash`.

use ctutils::CtEq;
use scrypt::Params;
use zeroize::Zeroizing;

use super::encoding::{base64, decimal, hexadecimal, parameter, parts};
use super::unsupported::UnsupportedHash;
use crate::ports::HashingError;

/// Maximum memory of each of the two vectors, in bytes.
const MAX_MEMORY: u64 = 256 << 20;
/// Maximum memory over all `p` together, in bytes: about a second's work.
const MAX_WORK: u64 = 1 << 30;
const MAX_PARALLELISM: u32 = 16;
const MAX_LOG_N: u32 = 24;
const SALT_BYTES: [usize; 2] = [1, 128];
const OUTPUT_BYTES: [usize; 2] = [10, 64];
const MALFORMED: UnsupportedHash = UnsupportedHash::Malformed("scrypt");

pub(in crate::password) struct ScryptHash {
    params: Params,
    salt: Vec<u8>,
    output: Vec<u8>,
}

impl ScryptHash {
    /// Parses a hash; `None` if it has another format.
    pub(super) fn read(text: &str) -> Option<Result<Self, UnsupportedHash>> {
        text.strip_prefix("$scrypt$")
            .map(Self::read_phc)
            .or_else(|| text.strip_prefix("scrypt$").map(Self::read_django))
            .or_else(|| text.strip_prefix("scrypt:").map(Self::read_werkzeug))
    }

    fn new(params: Params, salt: Option<Vec<u8>>, output: Option<Vec<u8>>) -> Result<Self, UnsupportedHash> {
        let (salt, output) = (salt.ok_or(MALFORMED)?, output.ok_or(MALFORMED)?);
        UnsupportedHash::check_length("scrypt", "salt", &salt, SALT_BYTES)?;
        UnsupportedHash::check_length("scrypt", "output", &output, OUTPUT_BYTES)?;
        Ok(Self { params, salt, output })
    }

    fn read_phc(rest: &str) -> Result<Self, UnsupportedHash> {
        let [costs, salt, output] = parts(rest, '$').ok_or(MALFORMED)?;
        let [log_n, r, p] = ["ln", "r", "p"].map(|name| parameter(costs, name).and_then(decimal).ok_or(MALFORMED));
        if costs.split(',').count() != 3 {
            return Err(MALFORMED);
        }
        Self::new(params(log_n?, r?, p?)?, base64(salt), base64(output))
    }

    fn read_django(rest: &str) -> Result<Self, UnsupportedHash> {
        let [n, salt, r, p, output] = parts(rest, '$').ok_or(MALFORMED)?;
        Self::new(params_of_n([n, r, p])?, Some(salt.as_bytes().to_vec()), base64(output))
    }

    fn read_werkzeug(rest: &str) -> Result<Self, UnsupportedHash> {
        let [costs, salt, output] = parts(rest, '$').ok_or(MALFORMED)?;
        let params = params_of_n(parts(costs, ':').ok_or(MALFORMED)?)?;
        Self::new(params, Some(salt.as_bytes().to_vec()), hexadecimal(output))
    }

    /// Returns whether the password matches.
    pub(super) fn verify(&self, password: &[u8]) -> Result<bool, HashingError> {
        let mut computed = Zeroizing::new(vec![0; self.output.len()]);
        let failed = |error| HashingError::Failed(Box::new(error));
        scrypt::scrypt(password, &self.salt, &self.params, &mut computed).map_err(failed)?;
        Ok(computed.as_slice().ct_eq(self.output.as_slice()).to_bool())
    }
}

/// The same for formats that have N, `r` and `p` instead of the logarithm of N.
fn params_of_n(costs: [&str; 3]) -> Result<Params, UnsupportedHash> {
    let [n, r, p] = costs.map(|cost| decimal::<u32>(cost).ok_or(MALFORMED));
    let n = n?;
    if !n.is_power_of_two() {
        return Err(MALFORMED);
    }
    params(n.ilog2(), r?, p?)
}

/// Returns the parameters if their cost is within the limits. Checked before anything is computed.
pub(super) fn params(log_n: u32, r: u32, p: u32) -> Result<Params, UnsupportedHash> {
    UnsupportedHash::check_cost("logarithm of scrypt's N", log_n.into(), MAX_LOG_N.into())?;
    UnsupportedHash::check_cost("parallelism of scrypt", p.into(), MAX_PARALLELISM.into())?;
    // One vector has 128 bytes times r times N, the other 128 times r times p.
    let memory = 128 * u64::from(r) * u64::from(p).max(1 << log_n);
    let work = (128 * u64::from(r) * u64::from(p)) << log_n;
    UnsupportedHash::check_cost("memory of scrypt in bytes", memory, MAX_MEMORY)?;
    UnsupportedHash::check_cost("memory of scrypt over all p, in bytes", work, MAX_WORK)?;
    let log_n = u8::try_from(log_n).map_err(|_| MALFORMED)?;
    Params::new(log_n, r, p).map_err(|_| MALFORMED)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT_AND_HASH: &str = "aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E";

    #[test]
    fn the_hash_matches_other_implementations() {
        // From the documentation of passlib; made with Django and Werkzeug.
        for text in [
            &format!("$scrypt$ln=16,r=8,p=1${SALT_AND_HASH}"),
            "scrypt$16$somesalt$8$1$7xe5L3Roj67jYaBKf3ePT2Y6rVHHGUWO44Z8iz+O6PQthKx4TPiEN2SXevxmiV/7oXVRe6RPog24cF8fXwAZTw==",
            "scrypt:1024:8:1$somesalt$c1d5e85848a0e53ebddceec125bb9f10f464faa6ab1b8d0160e875c5ef6d30076e500fc40c22786dbce2f179cd312d2bd5ed02461b333e0367418cf590d66440",
        ] {
            let hash = ScryptHash::read(text).unwrap().unwrap();
            assert!(hash.verify(b"password").unwrap(), "{text}");
            assert!(!hash.verify(b"Password").unwrap(), "{text}");
        }
    }

    #[test]
    fn costs_out_of_bounds_are_refused() {
        for bearable in ["ln=18,r=8,p=1", "ln=17,r=8,p=8", "ln=13,r=8,p=10", "ln=12,r=8,p=16", "ln=1,r=1,p=1"] {
            assert!(ScryptHash::read(&format!("$scrypt${bearable}${SALT_AND_HASH}")).unwrap().is_ok(), "{bearable}");
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
            assert!(
                ScryptHash::read(&format!("$scrypt${unbearable}${SALT_AND_HASH}")).unwrap().is_err(),
                "{unbearable}"
            );
        }
        for text in ["scrypt$16385$salt$8$1$AAAAAAAAAAAAAAAAAAAA", "scrypt:64:8$salt$00", "scrypt$64$salt$8$1"] {
            assert!(ScryptHash::read(text).unwrap().is_err(), "{text}");
        }
    }
}
