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
use crate::id::AccountId;
use crate::paging::{CursorError, Cursors, Page, PageRequest};
use crate::ports::store::Unique;
use crate::ports::{StoreError, UnitOfWork};
use crate::service::{AccountService, CallContext, Change, Closed, Failure, SaveError};
use crate::violation::{Field, Rule, Violation, Violations};

/// Why an administrator's request was not done. In each case nothing was changed, except that
/// [`AdminError::Failed`] may leave that open when the store went away while committing.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// The administrator may not do that, or not without giving the password again.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// There is nothing of that id.
    #[error("not found")]
    NotFound,
    /// Fields break rules; these are all of them.
    #[error("the request is not valid")]
    Invalid(Violations),
    /// The cursor is not of this list.
    #[error(transparent)]
    Cursor(#[from] CursorError),
    /// It was changed since the version that the administrator saw.
    #[error("it was changed in the meantime")]
    VersionMismatch,
    /// The address has an account.
    #[error("the address already has an account")]
    AlreadyRegistered,
    /// The address is invited already.
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
    /// There would be no super admin left.
    #[error("at least one super admin must remain")]
    LastSuperAdmin,
    /// The entry of the outbox is in no state in which that can be done.
    #[error("the entry is not in the right state")]
    NotRedrivable,
    /// The invitation is not pending any more.
    #[error("the invitation has ended")]
    InvitationEnded,
    /// Nobody is invited while registration is closed.
    #[error("registration is closed")]
    RegistrationClosed {
        /// What the administrators want people to be told.
        reason: Option<String>,
    },
    /// Unavailable.
    #[error(transparent)]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for AdminError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<SaveError> for AdminError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Taken(Unique::UserName) => Self::Invalid(Violation::new(Field::UserName, Rule::Taken).into()),
            // No address is changed here: it can only have been lost to a race.
            SaveError::Taken(_) => StoreError::transient("another account has the value").into(),
            SaveError::Store(error) => error.into(),
        }
    }
}

impl From<Violations> for AdminError {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl From<Closed> for AdminError {
    fn from(Closed { reason }: Closed) -> Self {
        Self::RegistrationClosed { reason }
    }
}

impl AccountService {
    /// Begins a change by an administrator, who must still be one: their session was checked before.
    async fn administer<'a>(
        &'a self,
        admin: &Administrator,
        context: &'a CallContext,
    ) -> Result<Change<'a>, AdminError> {
        let mut change = self.change(context, Actor::Account(admin.id())).await?;
        must_still_be(&mut *change.unit, admin).await?;
        Ok(change)
    }

    /// Begins one that depends on whether somebody has the address.
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

    /// Begins to read a page of a list; `list` says which, with its filters.
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

/// A page that is being read.
struct PageReading<'a, P> {
    cursors: Cursors<'a>,
    unit: Box<dyn UnitOfWork>,
    /// The item that it begins after.
    from: Option<P>,
    size: u32,
}

impl<P> PageReading<'_, P> {
    /// How many items to read: one more than the page holds, so that it is known whether another page follows.
    const fn limit(&self) -> u32 {
        self.size + 1
    }

    /// The page, of the items that were read.
    fn page<T>(self, items: Vec<T>, position: impl Fn(&T) -> String) -> Page<T> {
        self.cursors.page(items, self.size, position)
    }
}

/// A place in a list, as a cursor keeps it.
trait Position: Sized {
    /// Reads what `Display` has written.
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

/// That the administrator has not been demoted, disabled or deleted since their session was checked.
async fn must_still_be(unit: &mut dyn UnitOfWork, admin: &Administrator) -> Result<(), AdminError> {
    let role = admin.verified().account().role;
    let now = unit.find_account(admin.id()).await?;
    let is_one = now.is_some_and(|account| account.role == role && account.state() == AccountState::Active);
    if is_one { Ok(()) } else { Err(NotPermitted::Role.into()) }
}

/// The account, if it is there and the administrator may do something to it.
async fn find_administrable(
    unit: &mut dyn UnitOfWork,
    admin: &Administrator,
    id: AccountId,
) -> Result<Account, AdminError> {
    let account = unit.find_account(id).await?.ok_or(AdminError::NotFound)?;
    admin.may_administer(account.role)?;
    Ok(account)
}

/// That another super admin is in use beside this account, if it is one. Until the unit of work ends nobody else can
/// take the last one's role away; who asks for it is looked at again after that.
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

/// That the administrator does not lock themselves out by mistake.
fn must_be_another(admin: &Administrator, id: AccountId) -> Result<(), NotPermitted> {
    if admin.id() == id { Err(NotPermitted::Role) } else { Ok(()) }
}

fn must_be_of_version(seen: Option<u32>, now: u32) -> Result<(), AdminError> {
    if seen.is_none_or(|seen| seen == now) { Ok(()) } else { Err(AdminError::VersionMismatch) }
}
