//! Ids: UUIDs of version 7, made from the clock and entropy ports.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::ports::{Clock, Entropy};

/// Makes a UUID version 7 (RFC 9562): 48 bits of milliseconds, the rest random, so that ids sort by age.
fn make(clock: &dyn Clock, entropy: &dyn Entropy) -> Uuid {
    let mut random = [0_u8; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(clock.now().unix_micros() / 1000).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes a new id (UUID version 7).
            #[must_use]
            pub fn generate(clock: &dyn Clock, entropy: &dyn Entropy) -> Self {
                Self(make(clock, entropy))
            }

            /// Wraps a UUID that was stored or received.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// Returns the UUID.
            #[must_use]
            pub const fn as_uuid(&self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id_type! {
    /// Id of a registration. The account that a registration becomes has the same UUID.
    RegistrationId
}
id_type! {
    /// Id of an account.
    AccountId
}
id_type! {
    /// Id of an outbox entry. An email's Message-ID contains it.
    OutboxId
}
id_type! {
    /// Id of an organization: a reseller or customer that accounts can belong to.
    OrganizationId
}
id_type! {
    /// Id of a session. Not a secret: the session's token is.
    SessionId
}

id_type! {
    /// Id of an invitation. The account that an invitation becomes has the same UUID.
    InvitationId
}
id_type! {
    /// Id of an entry of the audit trail.
    AuditId
}
id_type! {
    /// Id of a linked identity. Not a secret, and not what the provider calls it.
    IdentityId
}

impl From<InvitationId> for AccountId {
    /// An invitation's id becomes the account's.
    fn from(id: InvitationId) -> Self {
        Self(id.0)
    }
}

impl From<RegistrationId> for AccountId {
    /// A registration's id becomes the account's.
    fn from(id: RegistrationId) -> Self {
        Self(id.0)
    }
}
