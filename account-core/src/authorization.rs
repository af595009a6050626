//! Authorization: capabilities, which only a checked session can give. Everything else is denied.
//!
//! A use case that needs a permission takes the capability as an argument. So it cannot be called without the check,
//! and the check is written once, here.

use crate::account::{Account, Role};
use crate::id::AccountId;
use crate::session::{FRESH, Session, SignedIn};
use crate::timestamp::Timestamp;

/// Why a signed-in person may not do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotPermitted {
    /// The account's address is not verified.
    #[error("the address of the account is not verified")]
    EmailUnverified,
    /// The account is scheduled for deletion. Its owner can only cancel that.
    #[error("the account is scheduled for deletion")]
    DeletionPending,
    /// The account's role does not allow it.
    #[error("the role of the account does not allow it")]
    Role,
    /// The password must be confirmed again: the last time was more than five minutes ago.
    #[error("the password was entered too long ago")]
    ReauthenticationRequired,
}

/// A signed-in person with a verified address and an account that is not scheduled for deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified(SignedIn);

/// A verified person who presented a credential within the last [`FRESH`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh(Verified);

/// A verified administrator, of either role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administrator(Verified);

impl SignedIn {
    /// Returns the capability of a verified person.
    ///
    /// # Errors
    /// [`NotPermitted::DeletionPending`] or [`NotPermitted::EmailUnverified`].
    pub fn verified(self) -> Result<Verified, NotPermitted> {
        if self.account.deletion_due_at.is_some() {
            return Err(NotPermitted::DeletionPending);
        }
        if self.account.verified_at.is_none() {
            return Err(NotPermitted::EmailUnverified);
        }
        Ok(Verified(self))
    }

    /// Returns whether a credential was presented in this session within the last [`FRESH`]. A time from the future does not
    /// count: the clock was set back.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        let presented = self.session.authenticated_at;
        !presented.is_from_the_future(now) && now < presented + FRESH
    }
}

impl Verified {
    /// The session.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.0.session
    }

    /// The account, as it was when the session was checked.
    #[must_use]
    pub const fn account(&self) -> &Account {
        &self.0.account
    }

    /// The session and the account.
    #[must_use]
    pub const fn signed_in(&self) -> &SignedIn {
        &self.0
    }

    /// Returns the capability of a person who has just presented a credential.
    ///
    /// # Errors
    /// [`NotPermitted::ReauthenticationRequired`] if that is longer ago than [`FRESH`].
    pub fn fresh(self, now: Timestamp) -> Result<Fresh, NotPermitted> {
        if self.0.is_fresh(now) { Ok(Fresh(self)) } else { Err(NotPermitted::ReauthenticationRequired) }
    }

    /// Returns the capability of an administrator.
    ///
    /// # Errors
    /// [`NotPermitted::Role`] otherwise.
    pub fn administrator(self) -> Result<Administrator, NotPermitted> {
        if self.0.account.role >= Role::Admin { Ok(Administrator(self)) } else { Err(NotPermitted::Role) }
    }
}

impl Fresh {
    /// The verified person.
    #[must_use]
    pub const fn verified(&self) -> &Verified {
        &self.0
    }

    /// The account, as it was when the session was checked.
    #[must_use]
    pub const fn account(&self) -> &Account {
        self.0.account()
    }
}

impl Administrator {
    /// Their account's id.
    #[must_use]
    pub const fn id(&self) -> AccountId {
        self.0.account().id
    }

    /// The verified person.
    #[must_use]
    pub const fn verified(&self) -> &Verified {
        &self.0
    }

    /// Checks that they may change an account with this role: only super admins may change administrators.
    ///
    /// # Errors
    /// [`NotPermitted::Role`] otherwise.
    pub fn may_administer(&self, role: Role) -> Result<(), NotPermitted> {
        match (role, self.0.account().role) {
            (Role::User, _) | (_, Role::SuperAdmin) => Ok(()),
            _ => Err(NotPermitted::Role),
        }
    }

    /// Checks that they are a super admin.
    ///
    /// # Errors
    /// [`NotPermitted::Role`] otherwise.
    pub fn must_be_super_admin(&self) -> Result<(), NotPermitted> {
        if self.0.account().role == Role::SuperAdmin { Ok(()) } else { Err(NotPermitted::Role) }
    }

    /// Checks that they presented a credential within the last [`FRESH`].
    ///
    /// # Errors
    /// [`NotPermitted::ReauthenticationRequired`] if that is longer ago than [`FRESH`].
    pub fn must_be_fresh(&self, now: Timestamp) -> Result<(), NotPermitted> {
        if self.0.signed_in().is_fresh(now) { Ok(()) } else { Err(NotPermitted::ReauthenticationRequired) }
    }
}
