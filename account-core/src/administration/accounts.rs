//! Listing and changing accounts.

use super::{AdminError, find_administrable, keep_a_super_admin, must_be_another, must_be_of_version};
use crate::account::Account;
use crate::account::details::{ProfileEdits, note_taken_user_name};
use crate::audit::AuditEvent;
use crate::authorization::Administrator;
use crate::field_limits::REASON;
use crate::id::{AccountId, RegistrationId};
use crate::input::{Input, Reader};
use crate::one_time_token::Purpose;
use crate::outbox::Notice;
use crate::paging::{Page, PageRequest};
use crate::ports::StoreError;
use crate::ports::store::Update;
use crate::profile::Source;
use crate::profile::formats::line;
use crate::registration::Ending;
use crate::service::{AccountService, CallContext, Change, FeatureFlags};
use crate::session::{Session, live_sessions};
use crate::violation::{Field, Violations};

pub use crate::ports::store::AccountFilter;

/// The purposes of an account's tokens.
const PURPOSES: [Purpose; 4] =
    [Purpose::PasswordReset, Purpose::AddressChange, Purpose::SecondaryAddress, Purpose::RegistrationSession];

impl AccountService {
    /// Returns matching accounts, newest first. The filter's text is searched in address, username and name, ignoring
    /// case.
    ///
    /// # Errors
    /// [`AdminError::Cursor`] or [`AdminError::Failed`].
    pub async fn list_accounts(
        &self,
        _admin: &Administrator,
        mut filter: AccountFilter,
        page: PageRequest,
    ) -> Result<Page<Account>, AdminError> {
        filter.text = filter.text.map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
        if filter.text.as_ref().is_some_and(|text| text.chars().any(char::is_control)) {
            // No searched field contains such characters, and some databases refuse them.
            return Ok(Page { items: Vec::new(), next: None });
        }
        let mut reading = self.begin_page(("accounts", &filter), &page).await?;
        let items = reading.unit.list_accounts(&filter, reading.from, reading.limit()).await?;
        Ok(reading.page(items, |account: &Account| account.id.to_string()))
    }

    /// Returns the account with this id.
    ///
    /// # Errors
    /// [`AdminError::NotFound`] or [`AdminError::Failed`].
    pub async fn read_account(&self, _admin: &Administrator, id: AccountId) -> Result<Account, AdminError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        unit.find_account(id).await?.ok_or(AdminError::NotFound)
    }

    /// Changes details of the account, and marks them as entered by an administrator. Secondary addresses are not
    /// changed: only their owner sets them.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::VersionMismatch`], [`AdminError::Invalid`],
    /// [`AdminError::NotPermitted`] or [`AdminError::Failed`].
    pub async fn change_account_details(
        &self,
        admin: &Administrator,
        id: AccountId,
        edits: ProfileEdits,
        if_version: Option<u32>,
        context: &CallContext,
    ) -> Result<Account, AdminError> {
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            let before = find_administrable(&mut *change.unit, admin, id).await?;
            must_be_of_version(if_version, before.version)?;
            let mut account = before.clone();
            let flags = FeatureFlags::of(&mut *change.unit).await?;
            let mut violations = edits.clone().apply(&mut account, &self.edit_rules(&flags), Source::Administrator);
            note_taken_user_name(&mut *change.unit, &account, &mut violations).await?;
            violations.into_result()?;
            if account == before {
                return Ok(before);
            }
            let account = change.save(account).await?;
            change.record(AuditEvent::ProfileChanged, Some(id), None).await?;
            change.commit().await?;
            Ok(account)
        })
        .await
    }

    /// Disables the account: its sessions end, its emailed links stop working, and nobody can sign in to it. Changes
    /// nothing if it is already disabled. The reason, if there is one, is kept in the audit trail.
    ///
    /// # Errors
    /// [`AdminError::Invalid`], [`AdminError::NotFound`], [`AdminError::NotPermitted`] (also for one's own account),
    /// [`AdminError::LastSuperAdmin`] or [`AdminError::Failed`].
    pub async fn disable_account(
        &self,
        admin: &Administrator,
        id: AccountId,
        reason: Input,
        context: &CallContext,
    ) -> Result<Account, AdminError> {
        let reason = read_reason(reason)?;
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            let mut account = find_administrable(&mut *change.unit, admin, id).await?;
            keep_a_super_admin(&mut *change.unit, admin, &account).await?;
            must_be_another(admin, id)?;
            if account.disabled_at.is_some() {
                return Ok(account);
            }
            account.disabled_at = Some(change.now);
            end_attempt_of(&mut change, &account).await?;
            end_access(&mut change, &mut account).await?;
            let account = change.save(account).await?;
            change.record(AuditEvent::AccountDisabled, Some(id), reason.clone()).await?;
            change.notify(&account, Notice::AccountDisabled).await?;
            change.commit().await?;
            Ok(account)
        })
        .await
    }

    /// Enables a disabled account again. Changes nothing if it is not disabled. The reason, if there is one, is kept in the
    /// audit trail.
    ///
    /// # Errors
    /// [`AdminError::Invalid`], [`AdminError::NotFound`], [`AdminError::NotPermitted`] or [`AdminError::Failed`].
    pub async fn enable_account(
        &self,
        admin: &Administrator,
        id: AccountId,
        reason: Input,
        context: &CallContext,
    ) -> Result<Account, AdminError> {
        let reason = read_reason(reason)?;
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            let mut account = find_administrable(&mut *change.unit, admin, id).await?;
            if account.disabled_at.take().is_none() {
                return Ok(account);
            }
            // The owner could not cancel the deletion while disabled: restart the grace period if it is over.
            if account.deletion_due_at.is_some_and(|due| due <= change.now) {
                account.deletion_due_at = Some(change.now + self.settings.deletion_grace);
            }
            let account = change.save(account).await?;
            change.record(AuditEvent::AccountEnabled, Some(id), reason.clone()).await?;
            change.notify(&account, Notice::AccountEnabled).await?;
            change.commit().await?;
            Ok(account)
        })
        .await
    }

    /// Deletes the account immediately, with its sessions and tokens. The administrator's session must be fresh.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::NotPermitted`] (also for one's own account),
    /// [`AdminError::LastSuperAdmin`] or [`AdminError::Failed`].
    pub async fn delete_account(
        &self,
        admin: &Administrator,
        id: AccountId,
        context: &CallContext,
    ) -> Result<(), AdminError> {
        admin.must_be_fresh(self.ports.clock.now())?;
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            let account = find_administrable(&mut *change.unit, admin, id).await?;
            keep_a_super_admin(&mut *change.unit, admin, &account).await?;
            must_be_another(admin, id)?;
            end_attempt_of(&mut change, &account).await?;
            if change.unit.delete_account(id, account.version).await? == Update::Missed {
                return Err(StoreError::aborted("the account was changed in the meantime").into());
            }
            change.record(AuditEvent::AccountDeleted, Some(id), None).await?;
            Ok(change.commit().await?)
        })
        .await
    }

    /// Returns the live sessions of the account, newest first.
    ///
    /// # Errors
    /// [`AdminError::NotFound`] or [`AdminError::Failed`].
    pub async fn account_sessions(&self, _admin: &Administrator, id: AccountId) -> Result<Vec<Session>, AdminError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        let account = unit.find_account(id).await?.ok_or(AdminError::NotFound)?;
        Ok(live_sessions(&mut *unit, account.id, self.ports.clock.now()).await?)
    }

    /// Ends all sessions of the account, and returns how many there were.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::NotPermitted`] or [`AdminError::Failed`].
    pub async fn end_account_sessions(
        &self,
        admin: &Administrator,
        id: AccountId,
        context: &CallContext,
    ) -> Result<u64, AdminError> {
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            let account = find_administrable(&mut *change.unit, admin, id).await?;
            let ended = change.unit.delete_sessions_of_account(id, None).await?;
            // The tab in which the person registered could open one more.
            change.void_links(id, &[Purpose::RegistrationSession]).await?;
            if ended > 0 {
                change.record(AuditEvent::SessionsEnded, Some(id), Some(ended.to_string())).await?;
                change.notify(&account, Notice::SessionsEnded).await?;
            }
            change.commit().await?;
            Ok(ended)
        })
        .await
    }
}

/// Reads why something is done.
fn read_reason(reason: Input) -> Result<Option<String>, Violations> {
    Reader::only(|it| Some(it.text(Field::Reason, reason, |text| line(text, REASON.core))))
}

/// Ends the registration of an account that was created immediately, so that nobody can complete it after an
/// administrator's decision, not even with another address. The owner of the mailbox can register again.
async fn end_attempt_of(change: &mut Change<'_>, account: &Account) -> Result<(), StoreError> {
    if account.verified_at.is_some() {
        return Ok(());
    }
    let registration = RegistrationId::from_uuid(account.id.as_uuid());
    // It is fine if it has ended or never existed.
    let _ = change.unit.end_registration(registration, Ending::Revoked(change.now)).await?;
    change.void_links(account.id, &[Purpose::EmailVerification]).await
}

/// Ends everything except credentials that gives access to the account: sessions and emailed links. Save the account
/// afterwards.
pub(super) async fn end_access(change: &mut Change<'_>, account: &mut Account) -> Result<(), StoreError> {
    account.credential_epoch += 1;
    change.unit.delete_sessions_of_account(account.id, None).await?;
    change.void_links(account.id, &PURPOSES).await
}
