//! Sessions of signed-in clients, and their use cases.

mod check;
mod own;
mod reauthenticate;
mod renew;
mod sign_in;
#[cfg(test)]
mod tests;
mod tries;

use std::net::IpAddr;
use std::time::Duration;

use crate::account::{Account, Role};
use crate::id::{AccountId, SessionId};
use crate::one_time_token::{SecretToken, TokenDigest};
use crate::timestamp::Timestamp;

pub use reauthenticate::ReauthenticateError;
pub use renew::RenewSessionError;
pub use sign_in::{Identification, SignInError, SignInRequest, SignedInNow};
pub(crate) use tries::Tries;

/// How often the last use of a session is written down at most.
pub const LAST_USE_RESOLUTION: Duration = Duration::from_mins(5);
/// How old an authentication may be for something sensitive.
pub const FRESH: Duration = Duration::from_mins(5);
/// Most characters that are kept of a client's description of itself.
pub const MAX_USER_AGENT: usize = 200;

/// Most live sessions of one account: anyone who signs in once more ends the oldest. Far more than a person has
/// devices; a program that signs in for every call does not fill the store.
pub const MAX_SESSIONS: usize = 100;

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// Longest time without use; `None`: unused ones last as well.
    pub idle: Option<Duration>,
    /// Longest time, used or not.
    pub absolute: Duration,
    /// How long an access token is accepted. `Some`: the session goes on without it and is renewed by another token,
    /// which is handed out together with it. `None`: as long as the session, and there is nothing to renew.
    pub token: Option<Duration>,
}

impl Lifetime {
    /// The lifetime for a role: 24 hours idle, 30 days in all; administrators 15 minutes and 8 hours.
    #[must_use]
    pub const fn of_role(role: Role) -> Self {
        match role {
            Role::User => {
                Self { idle: Some(Duration::from_hours(24)), absolute: Duration::from_hours(30 * 24), token: None }
            }
            Role::Admin | Role::SuperAdmin => {
                Self { idle: Some(Duration::from_mins(15)), absolute: Duration::from_hours(8), token: None }
            }
        }
    }

    /// The same, as far as the role allows it: no session of an administrator lasts longer than the role has it.
    pub(crate) fn within(self, role: Role) -> Self {
        match role {
            Role::User => self,
            Role::Admin | Role::SuperAdmin => {
                Self { absolute: self.absolute.min(Self::of_role(role).absolute), ..self }
            }
        }
    }
}

/// The stored half of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id, by which its owner can list and end it.
    pub id: SessionId,
    /// SHA-256 of its token.
    pub token: TokenDigest,
    /// Whose it is.
    pub account: AccountId,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When a credential was last given in it.
    pub authenticated_at: Timestamp,
    /// When it was last used, give or take [`LAST_USE_RESOLUTION`].
    pub last_used_at: Timestamp,
    /// Longest time without use.
    pub idle: Option<Duration>,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// How long each of its access tokens is accepted, if it can be renewed; `None`: as long as the session.
    pub token_lasts: Option<Duration>,
    /// When its access token stops being accepted, though the session goes on and can be renewed; `None`: when the
    /// session ends.
    pub token_expires_at: Option<Timestamp>,
    /// The wire grammar that it was opened by: `native`, `page`, or a dialect's name.
    pub channel: String,
    /// The client's address when it was opened.
    pub client_address: Option<IpAddr>,
    /// How the client described itself (`User-Agent`), cut to [`MAX_USER_AGENT`] characters.
    pub user_agent: Option<String>,
}

impl Session {
    /// Whether it goes on: it can be used, or renewed. Whether its access token is accepted is another question:
    /// [`Session::accepts_token`].
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        now < self.expires_at && self.idle.is_none_or(|idle| now < self.last_used_at + idle)
    }

    /// Whether anyone who presents its access token is signed in.
    #[must_use]
    pub fn accepts_token(&self, now: Timestamp) -> bool {
        self.is_live(now) && self.token_expires_at.is_none_or(|end| now < end)
    }

    /// When it ends if it is not used any more.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        self.idle.map_or(self.expires_at, |idle| self.expires_at.min(self.last_used_at + idle))
    }
}

/// A live session and its account, as they were when the session was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// Its account.
    pub account: Account,
}

/// A session that was just opened or renewed: the only moment at which its tokens are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedSession {
    /// Its id.
    pub id: SessionId,
    /// The secret that the client presents from now on.
    pub token: SecretToken,
    /// When that secret is accepted no more. It lasts as long as the session unless that can be renewed.
    pub token_expires_at: Timestamp,
    /// The secret that renews the session, once, if it can be renewed; those that were handed out before are good for
    /// nothing any more. See [`AccountService::renew_session`](crate::service::AccountService::renew_session).
    pub renewal: Option<SecretToken>,
    /// When the session ends at the latest.
    pub expires_at: Timestamp,
}
