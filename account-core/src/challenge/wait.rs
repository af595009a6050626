//! Waits: the way for browsers without JavaScript.

use std::fmt;
use std::time::Duration;

use base64ct::{Base64UrlUnpadded, Encoding};
use ctutils::CtEq;

use crate::one_time_token::master_key::{MasterKey, MasterKeys};
use crate::ports::{ChallengeFailure, ChallengeVerdict, Entropy, Occasion};
use crate::timestamp::Timestamp;

/// How long a ticket can be used after the wait.
const USABLE: Duration = Duration::from_mins(10);
const NONCE_BYTES: usize = 16;
/// Three times, and a nonce.
const CONTENT_BYTES: usize = 3 * 8 + NONCE_BYTES;
const TICKET_BYTES: usize = CONTENT_BYTES + 32;

/// Permission to send a request again after a wait: signed, for one request, and nothing is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct WaitTicket {
    text: String,
    /// From when it counts.
    pub not_before: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
}

impl WaitTicket {
    /// Returns the text to send, 96 characters of base64url.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for WaitTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitTicket").field("not_before", &self.not_before).finish_non_exhaustive()
    }
}

/// Issues tickets and judges them.
#[derive(Debug, Clone)]
pub(crate) struct Waits {
    keys: MasterKeys,
    wait: Duration,
}

/// What is signed.
struct Content([u8; CONTENT_BYTES]);

impl Waits {
    /// Creates waits of this length.
    pub(crate) fn new(keys: &MasterKeys, wait: Duration) -> Self {
        Self { keys: keys.clone(), wait }
    }

    /// How long a ticket can be used at most, from when it is issued.
    pub(crate) fn lifetime(&self) -> Duration {
        self.wait + USABLE
    }

    /// Issues a ticket.
    pub(crate) fn issue(&self, occasion: &Occasion<'_>, entropy: &dyn Entropy) -> WaitTicket {
        let (issued_at, not_before) = (occasion.now, occasion.now + self.wait);
        let expires_at = not_before + USABLE;
        let mut nonce = [0; NONCE_BYTES];
        entropy.fill(&mut nonce);
        let times = [issued_at, not_before, expires_at].map(|time| time.unix_micros().to_be_bytes());
        let mut content = [0; CONTENT_BYTES];
        for (to, from) in content.iter_mut().zip(times.as_flattened().iter().chain(&nonce)) {
            *to = *from;
        }
        let content = Content(content);
        let mac = content.mac(&self.keys.current, occasion);
        let bytes: Vec<u8> = content.0.iter().chain(&mac).copied().collect();
        WaitTicket { text: Base64UrlUnpadded::encode_string(&bytes), not_before, expires_at }
    }

    /// Judges a ticket.
    pub(crate) fn judge(&self, text: &str, occasion: &Occasion<'_>) -> ChallengeVerdict {
        let mut bytes = [0; TICKET_BYTES];
        let read = Base64UrlUnpadded::decode(text, &mut bytes);
        let parts = read.ok().and_then(|read| read.split_first_chunk::<CONTENT_BYTES>());
        let Some((content, mac)) = parts.and_then(|(content, mac)| Some((content, <&[u8; 32]>::try_from(mac).ok()?)))
        else {
            return ChallengeVerdict::Failed(ChallengeFailure::Malformed);
        };
        let content = Content(*content);
        let is_ours = self.keys.all().any(|key| content.mac(key, occasion).ct_eq(mac).into());
        // A ticket of another request cannot be told from a forged one: only its signature names the request.
        let failure = if !is_ours {
            ChallengeFailure::Wrong
        } else if occasion.now < content.not_before() {
            ChallengeFailure::Early
        } else if occasion.now >= content.expires_at() {
            ChallengeFailure::Expired
        } else {
            return ChallengeVerdict::Passed { challenge: Base64UrlUnpadded::encode_string(&content.0) };
        };
        ChallengeVerdict::Failed(failure)
    }
}

impl Content {
    fn mac(&self, key: &MasterKey, occasion: &Occasion<'_>) -> [u8; 32] {
        *key.challenge_mac(&[b"wait", occasion.purpose.name().as_bytes(), occasion.identifier.as_bytes(), &self.0])
    }

    fn not_before(&self) -> Timestamp {
        self.time(1)
    }

    fn expires_at(&self) -> Timestamp {
        self.time(2)
    }

    fn time(&self, index: usize) -> Timestamp {
        let micros = self.0.as_chunks::<8>().0.get(index).map_or(0, |bytes| i64::from_be_bytes(*bytes));
        Timestamp::from_unix_micros(micros)
    }
}
