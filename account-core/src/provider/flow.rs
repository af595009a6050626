//! Flows that are under way: what a person wanted when they were sent to a provider.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ProviderName;
use super::kept_draft::KeptDraft;
use crate::id::{AccountId, SessionId};
use crate::one_time_token::TokenDigest;
use crate::session::SignedIn;
use crate::timestamp::Timestamp;

/// How long a person has at the provider.
pub const FLOW_LASTS: Duration = Duration::from_mins(10);

/// A flow that is under way. It holds no secret: the nonce and the PKCE verifier are derived from what the browser or app
/// keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderFlow {
    /// Digest of the `state`.
    pub state: TokenDigest,
    /// Digest of what the browser or app keeps.
    pub browser: TokenDigest,
    /// The provider.
    pub provider: ProviderName,
    /// What the person wants.
    pub wish: FlowWish,
    /// The redirect URI of the app that the person goes back to; `None` if our own pages began the flow.
    pub app: Option<String>,
    /// When it expires.
    pub expires_at: Timestamp,
}

/// What a person goes to a provider for, as it is stored: one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowWish {
    /// Register or sign in, with what they chose before.
    Enter(Box<KeptDraft>),
    /// Link the identity to the account of the session.
    Link(FlowSession),
    /// Confirm who they are, in the session.
    Confirm(FlowSession),
    /// Complete the registration of the emailed token with this digest.
    Prove(TokenDigest),
}

/// The session that began a flow, and the only one that can finish it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowSession {
    /// The session.
    pub session: SessionId,
    /// Its account.
    pub account: AccountId,
    /// The account's credential epoch.
    pub epoch: u32,
}

impl FlowSession {
    /// Returns the session of a signed-in person.
    pub(super) const fn of(caller: &SignedIn) -> Self {
        Self { session: caller.session.id, account: caller.account.id, epoch: caller.account.credential_epoch }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_wish_can_be_read_again() {
        let session = FlowSession {
            session: SessionId::from_uuid(Uuid::from_u128(1)),
            account: AccountId::from_uuid(Uuid::from_u128(2)),
            epoch: 3,
        };
        for wish in [
            FlowWish::Enter(Box::default()),
            FlowWish::Link(session),
            FlowWish::Confirm(session),
            FlowWish::Prove(TokenDigest::from_bytes([7; 32])),
        ] {
            let document = serde_json::to_string(&wish).unwrap();
            assert_eq!(serde_json::from_str::<FlowWish>(&document).unwrap(), wish, "{document}");
        }
    }
}
