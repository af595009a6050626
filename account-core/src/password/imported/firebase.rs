//! Firebase's modification of scrypt, as Supabase writes it (internal/crypto/password.go of supabase/auth):
//! `$fbscrypt$v=1,n=14,r=8,p=1,ss=<salt separator>,sk=<signer key>$<salt>$<hash>`, all in Base64.
//!
//! scrypt (RFC 7914) of the password, with salt and salt separator, is an AES-256 key. The hash is the project's signer
//! key, encrypted with it in counter mode from zero (github.com/firebase/scrypt; the package `firebase-scrypt` on PyPI).

use aes::Aes256;
use aes::cipher::{BlockCipherEncrypt, KeyInit};
use ctutils::CtEq;
use scrypt::Params;
use zeroize::Zeroizing;

use super::encoding::{base64, decimal, parameter, parts};
use super::scrypt::params;
use super::unsupported::UnsupportedHash;
use crate::ports::HashingError;

const KEY_BYTES: usize = 32;
const SALT_BYTES: [usize; 2] = [1, 128];
const SIGNER_KEY_BYTES: [usize; 2] = [16, 128];
const MALFORMED: UnsupportedHash = UnsupportedHash::Malformed("fbscrypt");

pub(in crate::password) struct FirebaseHash {
    params: Params,
    /// The salt, followed by the project's separator.
    salt: Vec<u8>,
    signer_key: Vec<u8>,
    output: Vec<u8>,
}

impl FirebaseHash {
    /// Parses a hash; `None` if it has another format.
    pub(super) fn read(text: &str) -> Option<Result<Self, UnsupportedHash>> {
        text.strip_prefix("$fbscrypt$").map(Self::read_rest)
    }

    fn read_rest(rest: &str) -> Result<Self, UnsupportedHash> {
        let [project, salt, output] = parts(rest, '$').ok_or(MALFORMED)?;
        let text = |name| parameter(project, name).ok_or(MALFORMED);
        let number = |name| text(name).and_then(|text| decimal(text).ok_or(MALFORMED));
        let bytes = |text| base64(text).ok_or(MALFORMED);
        if number("v")? != 1 || project.split(',').count() != 6 {
            return Err(MALFORMED);
        }
        let params = params(number("n")?, number("r")?, number("p")?)?;
        let (separator, signer_key) = (bytes(text("ss")?)?, bytes(text("sk")?)?);
        let (mut salt, output) = (bytes(salt)?, bytes(output)?);
        UnsupportedHash::check_length("fbscrypt", "signer key", &signer_key, SIGNER_KEY_BYTES)?;
        // The hash is the encrypted signer key.
        UnsupportedHash::check_length("fbscrypt", "output", &output, [signer_key.len(); 2])?;
        salt.extend(separator);
        UnsupportedHash::check_length("fbscrypt", "salt", &salt, SALT_BYTES)?;
        Ok(Self { params, salt, signer_key, output })
    }

    /// Returns whether the password matches.
    pub(super) fn verify(&self, password: &[u8]) -> Result<bool, HashingError> {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        let failed = |error| HashingError::Failed(Box::new(error));
        scrypt::scrypt(password, &self.salt, &self.params, key.as_mut_slice()).map_err(failed)?;
        let cipher = Aes256::new(&(*key).into());
        let mut encrypted = Zeroizing::new(self.signer_key.clone());
        for (counter, block) in (0_u128..).zip(encrypted.chunks_mut(16)) {
            let mut stream = counter.to_be_bytes().into();
            cipher.encrypt_block(&mut stream);
            for (byte, mask) in block.iter_mut().zip(stream) {
                *byte ^= mask;
            }
        }
        Ok(encrypted.as_slice().ct_eq(self.output.as_slice()).to_bool())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNER_KEY: &str = "ou9tdYTGyYm8kuR6Dt0Bp0kDuAYoXrK16mbZO4yGwAn3oLspjnN0/c41v8xZnO1n14J3MjKj1b2g6AUCAlFwMw==";
    const HASH: &str = "zKVTMvnWVw5BBOZNUdnsalx4c4c7y/w7IS5p6Ut2+CfEFFlz37J9huyQfov4iizN8dbjvEJlM5tQaJP84+hfTw==";

    fn read(costs: &str, signer_key: &str, hash: &str) -> Result<FirebaseHash, UnsupportedHash> {
        FirebaseHash::read(&format!("$fbscrypt$v=1,{costs},ss=Bw==,sk={signer_key}$C0sHCg9ek77hsg==${hash}")).unwrap()
    }

    #[test]
    fn the_hash_matches_other_implementations() {
        // From the tests of supabase/auth.
        let hash = read("n=14,r=8,p=1", SIGNER_KEY, HASH).unwrap();
        assert!(hash.verify(b"mytestpassword").unwrap());
        assert!(!hash.verify(b"Mytestpassword").unwrap());
    }

    #[test]
    fn costs_out_of_bounds_and_incomplete_hashes_are_refused() {
        let said = |costs, signer_key, hash| read(costs, signer_key, hash).err().unwrap().to_string();
        let over = "the memory of scrypt in bytes is 536870912, above the limit of 268435456";
        assert_eq!(said("n=19,r=8,p=1", SIGNER_KEY, HASH), over);
        let length = "the output of the fbscrypt hash has 10 bytes, must have 64 to 64";
        assert_eq!(said("n=14,r=8,p=1", SIGNER_KEY, "C0sHCg9ek77hsg=="), length);
        let key = "the signer key of the fbscrypt hash has 0 bytes, must have 16 to 128";
        assert_eq!(said("n=14,r=8,p=1", "", ""), key);
        for costs in ["n=14,r=8", "n=14,r=8,p=1,x=1", "n=,r=8,p=1", "n=14,r=0,p=1"] {
            assert!(read(costs, SIGNER_KEY, HASH).is_err(), "{costs}");
        }
    }
}
