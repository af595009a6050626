//! Changing the details of one's account.

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

/// How long the link lasts that confirms a secondary address.
pub const SECONDARY_ADDRESS_TTL: Duration = Duration::from_hours(24);

/// Why details were not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeDetailsError {
    /// Fields break rules; these are all of them.
    #[error("the change is not valid")]
    Invalid(Violations),
    /// The account is of another version than the one the caller saw.
    #[error("the account was changed since it was read")]
    VersionMismatch,
    /// A secondary address is set, and the password was given too long ago.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// Limited, also by the mails to a secondary address, or unavailable, or the session has just ended; nothing was
    /// changed.
    #[error(transparent)]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for ChangeDetailsError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<SaveError> for ChangeDetailsError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Taken(Unique::UserName) => Self::Invalid(Violation::new(Field::UserName, Rule::Taken).into()),
            SaveError::Taken(_) => StoreError::transient("another account has proven the address").into(),
            SaveError::Store(error) => error.into(),
        }
    }
}

/// An account with the edits made in it, and the addresses that a link is to be mailed to.
struct Edited {
    account: Account,
    to_confirm: Vec<EmailAddress>,
}

impl AccountService {
    /// Changes details of the caller's account; what does not differ changes nothing and raises no version.
    ///
    /// A secondary address that is set has to confirm itself: a link is mailed to it, once more if it is set again
    /// before it was confirmed. Set again afterwards, in the same spelling, it stays confirmed. To set another one takes
    /// a session in which a credential was just given; to clear one does not.
    ///
    /// # Errors
    /// [`ChangeDetailsError`]; in each case nothing was changed.
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

    /// Makes the edits, if they still lead to the mails that were counted.
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
            return Err(StoreError::transient("the account was changed meanwhile").into());
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

    /// Reads the edits against the account as it is: what is wrong with them is said before anything is counted.
    /// Returns the addresses that will have to confirm themselves.
    async fn dry_run(
        &self,
        caller: &Verified,
        edits: &ProfileEdits,
        if_version: Option<u32>,
    ) -> Result<Vec<EmailAddress>, ChangeDetailsError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        let found = unit.find_account(caller.account().id).await?;
        let account = found.ok_or_else(|| StoreError::transient("the account has just gone"))?;
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

    /// Makes the edits, or says all that is wrong with them.
    async fn edit(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Verified,
        mut account: Account,
        edits: ProfileEdits,
    ) -> Result<Edited, ChangeDetailsError> {
        let (alternate, notification) = (edits.alternate_address.clone(), edits.notification_address.clone());
        let flags = FeatureFlags::of(unit).await?;
        let mut violations = edits.apply(&mut account, &self.edit_rules(&flags), Source::Person);
        note_taken_user_name(unit, &account, &mut violations).await?;
        let before = account.secondary_addresses.clone();
        let mut to_confirm = Vec::new();
        let SecondaryAddresses { alternate: first, notification: second } = &mut account.secondary_addresses;
        for (field, edit, slot) in
            [(Field::NotificationAddress, notification, second), (Field::AlternateAddress, alternate, first)]
        {
            match set_secondary(slot, edit) {
                // One link confirms an address wherever it stands.
                Ok(Some(address)) if !to_confirm.contains(&address) => to_confirm.push(address),
                Ok(_) => {}
                Err(rule) => violations.push(field, rule),
            }
        }
        violations.into_result().map_err(ChangeDetailsError::Invalid)?;
        if sets_another(&before, &account.secondary_addresses) && !caller.signed_in().is_fresh(self.ports.clock.now()) {
            return Err(NotPermitted::ReauthenticationRequired.into());
        }
        Ok(Edited { account, to_confirm })
    }

    /// What edits of details are read by.
    pub(crate) fn edit_rules(&self, flags: &FeatureFlags) -> EditRules<'_> {
        EditRules {
            reference_data: &*self.ports.reference_data,
            now: self.ports.clock.now(),
            keeps_newsletter: flags.newsletter.enabled,
        }
    }
}

/// Notes a user name that another account has.
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

/// Sets or clears a secondary address; returns the address that has to confirm itself.
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

/// Whether a secondary address stands there now that did not before, in that spelling and in that place.
fn sets_another(before: &SecondaryAddresses, after: &SecondaryAddresses) -> bool {
    let slots = [(&before.notification, &after.notification), (&before.alternate, &after.alternate)];
    slots.into_iter().any(|(before, after)| {
        let before = before.as_ref().map(|set| &set.address);
        after.as_ref().is_some_and(|set| Some(&set.address) != before)
    })
}

/// Has a link mailed to a secondary address. The links of an address that was replaced need no ending: each confirms
/// the very address that it was mailed to, and no other.
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
