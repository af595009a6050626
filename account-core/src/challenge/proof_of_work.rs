//! The built-in challenge: a proof of work, in the format of ALTCHA version 1.
//!
//! The digest of salt and number is signed, so everything that the salt says is signed with it. The salt ends with `&`,
//! so that nobody can move digits between the salt and the number (CVE-2025-68113). What the client sends beside the
//! salt decides nothing: algorithm and largest number are this service's own.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use base64ct::{Base64, Encoding};
use ctutils::CtEq;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::field_limits::CHALLENGE_RESPONSE;
use crate::one_time_token::master_key::{MasterKey, MasterKeys};
use crate::ports::{
    Challenge, ChallengeError, ChallengeFailure, ChallengeVerdict, ChallengeVerifier, Entropy, Occasion, Puzzle,
};
use crate::timestamp::{CLOCK_DIFFERENCE, Timestamp};

/// The only algorithm.
pub(crate) const ALGORITHM: &str = "SHA-256";
/// How long a challenge can be answered.
const LIFETIME: Duration = Duration::from_mins(10);
const NONCE_BYTES: usize = 16;
/// Bytes of the code in the salt that binds a challenge to its request.
const BINDING_BYTES: usize = 16;

/// Asks for a number whose hash, together with a salt, is known. Finding it takes up to `work` hashes; checking it, one
/// hash and two codes (HMAC). Nothing is stored.
pub struct ProofOfWork {
    /// The current key first.
    keys: Vec<Keys>,
    entropy: Arc<dyn Entropy>,
    work: u32,
}

/// The keys that are derived from one master key.
struct Keys {
    master: MasterKey,
    signature: Zeroizing<[u8; 32]>,
}

/// What a client sends, in base64. What else it says, such as how long it took, is ignored.
#[derive(Deserialize)]
struct Response {
    algorithm: String,
    challenge: String,
    number: u64,
    salt: String,
    signature: String,
}

impl ProofOfWork {
    /// Creates challenges that take up to `work` hashes.
    #[must_use]
    pub fn new(keys: &MasterKeys, entropy: Arc<dyn Entropy>, work: u32) -> Self {
        let keys = keys.all().map(|key| Keys { master: key.clone(), signature: key.challenge_key() });
        Self { keys: keys.collect(), entropy, work }
    }

    /// A number from 0 to `work`, which nobody can guess.
    fn draw_number(&self) -> u32 {
        let mut bytes = [0; 8];
        self.entropy.fill(&mut bytes);
        // Of 2^64 values, none is noticeably more frequent than another.
        u32::try_from(u64::from_be_bytes(bytes) % (u64::from(self.work) + 1)).unwrap_or(self.work)
    }

    fn judge(&self, text: &str, occasion: &Occasion<'_>) -> Result<String, ChallengeFailure> {
        let response = Response::read(text).ok_or(ChallengeFailure::Malformed)?;
        let salt = Salt::parse(&response.salt).ok_or(ChallengeFailure::Malformed)?;
        if response.algorithm != ALGORITHM || response.number > u64::from(self.work) {
            return Err(ChallengeFailure::Wrong);
        }
        let challenge = digest(&response.salt, response.number);
        let is_signed =
            |keys: &&Keys| bool::from(keys.sign(&challenge).as_bytes().ct_eq(response.signature.as_bytes()));
        let keys = self.keys.iter().find(is_signed).ok_or(ChallengeFailure::Wrong)?;
        if challenge != response.challenge {
            return Err(ChallengeFailure::Wrong);
        }
        // From here on the salt is known to be ours.
        // One that lasts longer than any is from the future: it would be usable after it is forgotten that it was used.
        let seconds = |time: Timestamp| time.unix_micros() / 1_000_000;
        let latest = seconds(occasion.now + LIFETIME + CLOCK_DIFFERENCE);
        if !(seconds(occasion.now) + 1..=latest).contains(&salt.expires) {
            return Err(ChallengeFailure::Expired);
        }
        if !bool::from(keys.binding(occasion).as_bytes().ct_eq(salt.binding.as_bytes())) {
            return Err(ChallengeFailure::OtherRequest);
        }
        Ok(challenge)
    }
}

#[async_trait]
impl ChallengeVerifier for ProofOfWork {
    async fn demand(&self, occasion: &Occasion<'_>) -> Result<Challenge, ChallengeError> {
        let Some(keys) = self.keys.first() else { return Err(ChallengeError::new("there is no key")) };
        let mut nonce = [0; NONCE_BYTES];
        self.entropy.fill(&mut nonce);
        let expires = (occasion.now + LIFETIME).unix_micros() / 1_000_000;
        let salt = Salt { nonce: &hex(&nonce), expires, binding: &keys.binding(occasion) }.to_string();
        let challenge = digest(&salt, self.draw_number().into());
        let signature = keys.sign(&challenge);
        Ok(Challenge::ProofOfWork(Puzzle { challenge, salt, max_number: self.work, signature }))
    }

    async fn verify(&self, response: &str, occasion: &Occasion<'_>) -> Result<ChallengeVerdict, ChallengeError> {
        Ok(match self.judge(response, occasion) {
            Ok(challenge) => ChallengeVerdict::Passed { challenge },
            Err(failure) => ChallengeVerdict::Failed(failure),
        })
    }

    fn lifetime(&self) -> Duration {
        LIFETIME
    }
}

impl Keys {
    fn sign(&self, challenge: &str) -> String {
        // A key that is shorter than a block is filled up with zeros (RFC 2104).
        let mut block = Zeroizing::new([0; 64]);
        for (to, from) in block.iter_mut().zip(self.signature.iter()) {
            *to = *from;
        }
        let mut mac = <Hmac<Sha256> as KeyInit>::new((&*block).into());
        mac.update(challenge.as_bytes());
        hex(&mac.finalize().into_bytes())
    }

    fn binding(&self, occasion: &Occasion<'_>) -> String {
        let parts = [b"proof".as_slice(), occasion.purpose.name().as_bytes(), occasion.identifier.as_bytes()];
        let mac = self.master.challenge_mac(&parts);
        hex(mac.first_chunk::<BINDING_BYTES>().unwrap_or(&[0; BINDING_BYTES]))
    }
}

impl Response {
    fn read(text: &str) -> Option<Self> {
        let text = Some(text.trim()).filter(|text| CHALLENGE_RESPONSE.core.check_max(text).is_ok())?;
        serde_json::from_slice(&Base64::decode_vec(text).ok()?).ok()
    }
}

/// The salt: `<nonce>?expires=<seconds>&for=<binding>&`.
#[derive(PartialEq, Eq)]
struct Salt<'a> {
    nonce: &'a str,
    expires: i64,
    binding: &'a str,
}

impl<'a> Salt<'a> {
    /// Reads a salt that is written exactly as [`demand`](ChallengeVerifier::demand) writes it.
    fn parse(text: &'a str) -> Option<Self> {
        let (nonce, parameters) = text.split_once("?expires=")?;
        let (expires, rest) = parameters.split_once("&for=")?;
        let salt = Self { nonce, expires: expires.parse().ok()?, binding: rest.strip_suffix('&')? };
        (salt.to_string() == text).then_some(salt)
    }
}

impl std::fmt::Display for Salt<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}?expires={}&for={}&", self.nonce, self.expires, self.binding)
    }
}

fn digest(salt: &str, number: u64) -> String {
    hex(&Sha256::digest(format!("{salt}{number}").as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
