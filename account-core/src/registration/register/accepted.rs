//! The answer to a registration.

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::id::RegistrationId;
use crate::one_time_token::SecretToken;
use crate::timestamp::Timestamp;

/// The answer to every recorded registration, whether the address is new, pending or taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The registration's id, which becomes the account's.
    pub registration: RegistrationId,
    /// The secret that identifies the client that registered.
    pub continuation: SecretToken,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When the registration expires if its address is not verified by then.
    pub expires_at: Timestamp,
}

impl Accepted {
    /// Returns the answer in the form that is encrypted and stored for an idempotency key.
    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(64));
        bytes.extend_from_slice(self.registration.as_uuid().as_bytes());
        bytes.extend_from_slice(self.continuation.bytes());
        bytes.extend_from_slice(&self.created_at.unix_micros().to_be_bytes());
        bytes.extend_from_slice(&self.expires_at.unix_micros().to_be_bytes());
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (id, rest) = bytes.split_first_chunk::<16>()?;
        let (continuation, rest) = rest.split_first_chunk::<32>()?;
        let (created_at, rest) = rest.split_first_chunk::<8>()?;
        let expires_at = <[u8; 8]>::try_from(rest).ok()?;
        let moment = |bytes: [u8; 8]| Timestamp::from_unix_micros(i64::from_be_bytes(bytes));
        Some(Self {
            registration: RegistrationId::from_uuid(Uuid::from_bytes(*id)),
            continuation: SecretToken::from_bytes(*continuation),
            created_at: moment(*created_at),
            expires_at: moment(expires_at),
        })
    }
}
