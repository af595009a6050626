//! Changing the details of an account.

mod edits;

use std::time::Duration;

use super::current::AccountToken;
use super::{Account, SecondaryAddress, SecondaryAddresses};
use crate::audit::{Actor, AuditEvent};
use crate::authorization::{NotPermitted, Verified};
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::id::AccountId;
use crate::input::Edit;
use crate::one_time_token::Purpose;
use crate::outbox::Intent;
use crate::ports::store::Unique;
use crate::ports::{Charge, StoreError, UnitOfWork};
use crate::profile::Source;
use crate::service::{AccountService, CallContext, Change, Failure, FeatureFlags, SaveError};
use crate::violation::{Field, Rule, Violation, Violations};

pub(crate) use edits::EditRules;
pub use edits::ProfileEdits;

/// How long the link that verifies a secondary address is valid.
pub const SECONDARY_ADDRESS_TTL: Duration = Duration::from_hours(24);

/// Why details were not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeDetailsError {
    /// Fields break rules. The list is complete.
    #[error("the change is not valid")]
    Invalid(Violations),
    /// The account has another version than the one that the caller read.
    #[error("the account was changed since it was read")]
    VersionMismatch,
    /// A secondary address would be set, and the password was confirmed too long ago.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// Limited (also by the emails to a secondary address), unavailable, or the session has just ended. Nothing was
    /// changed.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(ChangeDetailsError: Failed, Invalid);

impl From<SaveError> for ChangeDetailsError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Taken(Unique::UserName) => Self::Invalid(Violation::new(Field::UserName, Rule::Taken).into()),
            SaveError::Taken(_) => StoreError::transient("another account has verified the address").into(),
            SaveError::Store(error) => error.into(),
        }
    }
}

/// An edited account, and the addresses to email a link to.
struct Edited {
    account: Account,
    to_confirm: Vec<EmailAddress>,
}

impl AccountService {
    /// Changes details of the caller's account. If nothing differs, the version stays the same.
    ///
    /// A new secondary address must be verified: a link is emailed to it, and again if it is set again before that.
    /// Setting a verified address again with the same spelling keeps it verified. To set a different one, the session
    /// must be fresh; to clear one, it need not be.
    ///
    /// # Errors
    /// [`ChangeDetailsError`]; nothing was changed.
    pub async fn change_details(
        &self,
        caller: &Verified,
        edits: ProfileEdits,
        if_version: Option<u32>,
        context: &CallContext,
    ) -> Result<Account, ChangeDetailsError> {
        let id = caller.account().id;
        self.count_change(id).await?;
        let counted = self.dry_run(caller, &edits, if_version).await?;
        self.count(&self.confirmation_charges(id, &counted, &context.client).await).await?;
        self.retried(|| self.write_details(caller, edits.clone(), if_version, &counted, context)).await
    }

    /// Applies the edits, if they still cause the emails that were counted.
    async fn write_details(
        &self,
        caller: &Verified,
        edits: ProfileEdits,
        if_version: Option<u32>,
        counted: &[EmailAddress],
        context: &CallContext,
    ) -> Result<Account, ChangeDetailsError> {
        let id = caller.account().id;
        let mut change = self.change(context, Actor::Account(id)).await?;
        let before = change.account_of(caller.session()).await?;
        check_version(&before, if_version)?;
        let Edited { account, to_confirm } = self.edit(&mut *change.unit, caller, before.clone(), edits).await?;
        if to_confirm != counted {
            return Err(StoreError::transient("the account was changed in the meantime").into());
        }
        let account = if account == before {
            before
        } else {
            change.record(AuditEvent::ProfileChanged, Some(id), None).await?;
            change.save(account).await?
        };
        for address in &to_confirm {
            mail_confirmation(&mut change, &account, address).await?;
        }
        change.commit().await?;
        Ok(account)
    }

    /// Checks the edits against the current account, so that errors are reported before anything is counted. Returns
    /// the addresses that will have to be verified.
    async fn dry_run(
        &self,
        caller: &Verified,
        edits: &ProfileEdits,
        if_version: Option<u32>,
    ) -> Result<Vec<EmailAddress>, ChangeDetailsError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        let found = unit.find_account(caller.account().id).await?;
        let account = found.ok_or_else(|| StoreError::transient("the account was just deleted"))?;
        check_version(&account, if_version)?;
        Ok(self.edit(&mut *unit, caller, account, edits.clone()).await?.to_confirm)
    }

    async fn confirmation_charges(&self, by: AccountId, addresses: &[EmailAddress], client: &Client) -> Vec<Charge> {
        let mut charges = Vec::new();
        for address in addresses {
            charges.extend(self.chosen_mail_charges(by, address.key(), client).await);
        }
        charges
    }

    /// Applies the edits, or returns all violations.
    async fn edit(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Verified,
        mut account: Account,
        edits: ProfileEdits,
    ) -> Result<Edited, ChangeDetailsError> {
        let (alternate, notification) = (edits.alternate_address.clone(), edits.notification_address.clone());
        let flags = FeatureFlags::of(unit).await?;
        let mut violations = edits.apply(&mut account, &self.edit_rules(&flags), Source::Given);
        note_taken_user_name(unit, &account, &mut violations).await?;
        let before = account.secondary_addresses.clone();
        let mut to_confirm = Vec::new();
        let SecondaryAddresses { alternate: first, notification: second } = &mut account.secondary_addresses;
        for (field, edit, slot) in
            [(Field::NotificationAddress, notification, second), (Field::AlternateAddress, alternate, first)]
        {
            match set_secondary(slot, edit) {
                // One link verifies an address in both places.
                Ok(Some(address)) if !to_confirm.contains(&address) => to_confirm.push(address),
                Ok(_) => {}
                Err(rule) => violations.push(field, rule),
            }
        }
        violations.into_result()?;
        if sets_another(&before, &account.secondary_addresses) && !caller.signed_in().is_fresh(self.ports.clock.now()) {
            return Err(NotPermitted::ReauthenticationRequired.into());
        }
        Ok(Edited { account, to_confirm })
    }

    /// Returns the rules for edits.
    pub(crate) fn edit_rules(&self, flags: &FeatureFlags) -> EditRules<'_> {
        EditRules {
            reference_data: &*self.ports.reference_data,
            now: self.ports.clock.now(),
            keeps_newsletter: flags.newsletter.enabled,
        }
    }
}

/// Adds a violation if another account has the username.
pub(crate) async fn note_taken_user_name(
    unit: &mut dyn UnitOfWork,
    account: &Account,
    violations: &mut Violations,
) -> Result<(), StoreError> {
    let Some(name) = &account.user_name else { return Ok(()) };
    let owner = unit.find_account_by_user_name(name).await?;
    if owner.is_some_and(|owner| owner.id != account.id) {
        violations.push(Field::UserName, Rule::Taken);
    }
    Ok(())
}

/// Sets or clears a secondary address. Returns the address if it has to be verified.
fn set_secondary(slot: &mut Option<SecondaryAddress>, edit: Edit) -> Result<Option<EmailAddress>, Rule> {
    match edit {
        Edit::Keep => {}
        Edit::Clear => *slot = None,
        Edit::Mistyped => return Err(Rule::MustBeText),
        Edit::Set(text) => {
            let address = EmailAddress::parse(&text).map_err(|_| Rule::Malformed)?;
            let is_confirmed = slot.as_ref().is_some_and(|set| set.address == address && set.verified_at.is_some());
            if !is_confirmed {
                *slot = Some(SecondaryAddress { address: address.clone(), verified_at: None });
                return Ok(Some(address));
            }
        }
    }
    Ok(None)
}

/// Returns whether a secondary address is new, in its spelling or its place.
fn sets_another(before: &SecondaryAddresses, after: &SecondaryAddresses) -> bool {
    let slots = [(&before.notification, &after.notification), (&before.alternate, &after.alternate)];
    slots.into_iter().any(|(before, after)| {
        let before = before.as_ref().map(|set| &set.address);
        after.as_ref().is_some_and(|set| Some(&set.address) != before)
    })
}

/// Emails a link to a secondary address. Links to a replaced address need not be ended: each verifies exactly the
/// address that it was emailed to.
pub(crate) async fn mail_confirmation(
    change: &mut Change<'_>,
    account: &Account,
    address: &EmailAddress,
) -> Result<(), StoreError> {
    let purpose = Purpose::SecondaryAddress;
    let token = AccountToken { purpose, account, address, bound_to: None, lasts: SECONDARY_ADDRESS_TTL };
    let generation = change.issue_for_account(token).await?;
    change.enqueue(Intent::SecondaryAddress { account: account.id, address: address.clone(), generation }).await
}

fn check_version(account: &Account, if_version: Option<u32>) -> Result<(), ChangeDetailsError> {
    if if_version.is_none_or(|seen| seen == account.version) {
        Ok(())
    } else {
        Err(ChangeDetailsError::VersionMismatch)
    }
}
