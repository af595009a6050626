//! Sessions of signed-in clients, and their use cases.

mod check;
mod device;
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

pub use device::DeviceToken;
pub(crate) use own::live_sessions;
pub use reauthenticate::ReauthenticateError;
pub use renew::RenewSessionError;
pub(crate) use sign_in::Identifier;
pub use sign_in::{Identification, SignInError, SignInRequest, SignedInNow};
pub(crate) use tries::Tries;

/// The last use of a session is recorded at most once in this time.
pub const LAST_USE_RESOLUTION: Duration = Duration::from_mins(5);
/// How long after a credential was presented sensitive actions are allowed.
pub const FRESH: Duration = Duration::from_mins(5);
/// Maximum length of a stored `User-Agent`, in characters.
pub const MAX_USER_AGENT: usize = 200;

/// Maximum number of live sessions per account: one more sign-in ends the oldest. Far more than a person has devices,
/// but a program that signs in for every call cannot fill the store.
pub const MAX_SESSIONS: usize = 100;

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// Maximum time without use; `None` if there is no such limit.
    pub idle: Option<Duration>,
    /// Maximum time, used or not.
    pub absolute: Duration,
    /// How long an access token is accepted. With `Some`, the session outlives its access token, and is renewed with a
    /// renewal token that is given out with it. With `None`, the token lasts as long as the session, and there is
    /// nothing to renew.
    pub token: Option<Duration>,
}

impl Lifetime {
    /// Returns the lifetime for a role: 24 hours without use and 30 days in all; for administrators 15 minutes and 8
    /// hours.
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

    /// Returns this lifetime, limited to that of the role for administrators.
    pub(crate) fn within(self, role: Role) -> Self {
        match role {
            Role::User => self,
            Role::Admin | Role::SuperAdmin => {
                Self { absolute: self.absolute.min(Self::of_role(role).absolute), ..self }
            }
        }
    }
}

/// The stored part of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id, with which its owner can end it.
    pub id: SessionId,
    /// SHA-256 of its token.
    pub token: TokenDigest,
    /// Its account.
    pub account: AccountId,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When a credential was last presented in it.
    pub authenticated_at: Timestamp,
    /// When it was last used, to within [`LAST_USE_RESOLUTION`].
    pub last_used_at: Timestamp,
    /// Maximum time without use.
    pub idle: Option<Duration>,
    /// When it expires at the latest.
    pub expires_at: Timestamp,
    /// How long each access token is accepted, if the session can be renewed; `None` for as long as the session.
    pub token_lasts: Option<Duration>,
    /// When its access token expires, if the session can be renewed; `None` for when the session expires.
    pub token_expires_at: Option<Timestamp>,
    /// The channel that opened it: `native`, `page`, or a dialect's name.
    pub channel: String,
    /// The client's address when it was opened.
    pub client_address: Option<IpAddr>,
    /// The client's `User-Agent`, truncated to [`MAX_USER_AGENT`] characters.
    pub user_agent: Option<String>,
}

impl Session {
    /// Returns whether the session can be used or renewed. Its access token may have expired: see
    /// [`Session::accepts_token`].
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        now < self.expires_at && self.idle.is_none_or(|idle| now < self.last_used_at + idle)
    }

    /// Returns whether its access token is accepted.
    #[must_use]
    pub fn accepts_token(&self, now: Timestamp) -> bool {
        self.is_live(now) && self.token_expires_at.is_none_or(|end| now < end)
    }

    /// Returns when it expires if it is not used again.
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

/// A session that was just opened or renewed. Its tokens are known only at this time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedSession {
    /// Its id.
    pub id: SessionId,
    /// The token that the client sends from now on.
    pub token: SecretToken,
    /// When the token expires: with the session, unless that can be renewed.
    pub token_expires_at: Timestamp,
    /// The renewal token, if the session can be renewed. It works once, and replaces earlier ones. See
    /// [`AccountService::renew_session`](crate::service::AccountService::renew_session).
    pub renewal: Option<SecretToken>,
    /// When the session expires at the latest.
    pub expires_at: Timestamp,
    /// What the client keeps to show at later sign-ins that somebody signed in to the account from it before.
    pub device: DeviceToken,
}
