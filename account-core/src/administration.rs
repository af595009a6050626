//! The use cases for administrators. Each takes the capability of an administrator.
//!
//! Every administrator may change ordinary accounts; only super admins may change administrators. Nobody can disable or
//! delete their own account here, and the last active super admin cannot lose the role.

pub mod accounts;
pub mod audit;
pub mod clients;
pub mod creation;
pub mod features;
mod fields;
pub mod invitations;
pub mod organizations;
pub mod outbox;
pub mod registrations;
mod roles;
pub mod statistics;
#[cfg(test)]
pub(crate) mod tests;

use std::fmt::Debug;

use crate::account::{Account, AccountState, Role};
use crate::audit::Actor;
use crate::authorization::{Administrator, NotPermitted};
use crate::email_address::EmailKey;
use crate::id::{AccountId, OrganizationId};
use crate::paging::{CursorError, Cursors, Page, PageRequest};
use crate::ports::store::Unique;
use crate::ports::{StoreError, UnitOfWork};
use crate::service::{AccountService, CallContext, Change, Failure, SaveError};
use crate::violation::{Field, Rule, Violation, Violations};

/// Why an administrator's request failed. Nothing was changed, except that with [`AdminError::Failed`] the outcome is
/// unknown if the connection to the store was lost during the commit.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// The administrator may not do this, or must confirm their password first.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// There is nothing with this id.
    #[error("not found")]
    NotFound,
    /// Fields break rules. The list is complete.
    #[error("the request is not valid")]
    Invalid(Violations),
    /// The cursor does not belong to this list.
    #[error(transparent)]
    Cursor(#[from] CursorError),
    /// It was changed since the version that the administrator read.
    #[error("it was changed in the meantime")]
    VersionMismatch,
    /// The address already has an account.
    #[error("the address already has an account")]
    AlreadyRegistered,
    /// The address is already invited.
    #[error("the address is already invited")]
    AlreadyInvited,
    /// Another organization has the code.
    #[error("another organization has the code")]
    CodeTaken,
    /// Another client has the id.
    #[error("another client has the id")]
    ClientTaken,
    /// Accounts or clients belong to the organization.
    #[error("the organization has accounts or clients")]
    NotEmpty,
    /// An administrator's password must pass the default policy. This account's does not, or that is unknown.
    #[error("the password may not meet the default policy")]
    WeakPassword,
    /// There would be no super admin left.
    #[error("at least one super admin must remain")]
    LastSuperAdmin,
    /// The state of the outbox entry does not allow this.
    #[error("the entry is not in the right state")]
    NotRedrivable,
    /// The invitation is no longer pending.
    #[error("the invitation has ended")]
    InvitationEnded,
    /// Nobody can be invited while registration is closed.
    #[error("registration is closed")]
    RegistrationClosed {
        /// The reason that the administrators gave.
        reason: Option<String>,
    },
    /// Unavailable.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(AdminError: Failed, Invalid, RegistrationClosed);

impl From<SaveError> for AdminError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Taken(Unique::UserName) => Self::Invalid(Violation::new(Field::UserName, Rule::Taken).into()),
            // No address is changed here, so this can only be a lost race.
            SaveError::Taken(_) => StoreError::transient("another account has the value").into(),
            SaveError::Store(error) => error.into(),
        }
    }
}

impl AccountService {
    /// Starts a change by an administrator, who must still be one: their session was checked earlier.
    async fn administer<'a>(
        &'a self,
        admin: &Administrator,
        context: &'a CallContext,
    ) -> Result<Change<'a>, AdminError> {
        let mut change = self.change(context, Actor::Account(admin.id())).await?;
        must_still_be(&mut *change.unit, admin).await?;
        Ok(change)
    }

    /// Starts a change that depends on whether the address has an account.
    async fn administer_address<'a>(
        &'a self,
        admin: &Administrator,
        key: &EmailKey,
        context: &'a CallContext,
    ) -> Result<Change<'a>, AdminError> {
        let mut change = self.change(context, Actor::Account(admin.id())).await?;
        change.unit.hold_addresses(&[key]).await?;
        must_still_be(&mut *change.unit, admin).await?;
        Ok(change)
    }

    /// Starts reading a page. `list` is the name of the list with its filters.
    async fn begin_page<P: Position>(
        &self,
        list: impl Debug,
        request: &PageRequest,
    ) -> Result<PageReading<'_, P>, AdminError> {
        let cursors = Cursors::new(&self.settings.master_keys.current, format!("{list:?}"));
        let from = match cursors.open(request)? {
            Some(text) => Some(P::read(&text).ok_or(CursorError)?),
            None => None,
        };
        let unit = self.ports.store.begin_read_only().await?;
        Ok(PageReading { cursors, unit, from, size: request.limit() })
    }
}

/// A page being read.
struct PageReading<'a, P> {
    cursors: Cursors<'a>,
    unit: Box<dyn UnitOfWork>,
    /// The item before the page.
    from: Option<P>,
    size: u32,
}

impl<P> PageReading<'_, P> {
    /// Returns how many items to read: one more than the page holds, to see whether another page follows.
    const fn limit(&self) -> u32 {
        self.size + 1
    }

    /// Makes the page from the items that were read.
    fn page<T>(self, items: Vec<T>, position: impl Fn(&T) -> String) -> Page<T> {
        self.cursors.page(items, self.size, position)
    }
}

/// A position in a list, as a cursor stores it.
trait Position: Sized {
    /// Parses the output of `Display`.
    fn read(text: &str) -> Option<Self>;
}

macro_rules! positions {
    ($($id:ty),+) => {
        $(impl Position for $id {
            fn read(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        })+
    };
}

positions!(
    AccountId,
    crate::id::AuditId,
    crate::id::InvitationId,
    crate::id::OrganizationId,
    crate::id::OutboxId,
    crate::id::RegistrationId
);

impl Position for crate::organization::ClientId {
    fn read(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

/// Checks that the administrator has not been demoted, disabled or deleted since their session was checked.
async fn must_still_be(unit: &mut dyn UnitOfWork, admin: &Administrator) -> Result<(), AdminError> {
    let role = admin.verified().account().role;
    let now = unit.find_account(admin.id()).await?;
    let is_one = now.is_some_and(|account| account.role == role && account.state() == AccountState::Active);
    if is_one { Ok(()) } else { Err(NotPermitted::Role.into()) }
}

/// Returns the account, if it exists and the administrator may change it.
async fn find_administrable(
    unit: &mut dyn UnitOfWork,
    admin: &Administrator,
    id: AccountId,
) -> Result<Account, AdminError> {
    let account = unit.find_account(id).await?.ok_or(AdminError::NotFound)?;
    admin.may_administer(account.role)?;
    Ok(account)
}

/// If this account is a super admin, checks that there is another active one. Until the unit of work ends, others that
/// would remove the last one wait, and are then checked again.
async fn keep_a_super_admin(
    unit: &mut dyn UnitOfWork,
    admin: &Administrator,
    account: &Account,
) -> Result<(), AdminError> {
    if account.role != Role::SuperAdmin {
        return Ok(());
    }
    if unit.count_other_super_admins(account.id).await? == 0 {
        return Err(AdminError::LastSuperAdmin);
    }
    must_still_be(unit, admin).await
}

/// Checks that administrators do not lock themselves out by mistake.
fn must_be_another(admin: &Administrator, id: AccountId) -> Result<(), NotPermitted> {
    if admin.id() == id { Err(NotPermitted::Role) } else { Ok(()) }
}

fn must_be_of_version(seen: Option<u32>, now: u32) -> Result<(), AdminError> {
    if seen.is_none_or(|seen| seen == now) { Ok(()) } else { Err(AdminError::VersionMismatch) }
}

/// Adds a violation if the organization does not exist.
async fn note_unknown(
    unit: &mut dyn UnitOfWork,
    organization: Option<OrganizationId>,
    violations: &mut Violations,
) -> Result<(), StoreError> {
    if let Some(named) = organization
        && unit.find_organization(named).await?.is_none()
    {
        violations.push(Field::Organization, Rule::Unknown);
    }
    Ok(())
}
