//! Changing the address of an account, and verifying new and secondary addresses.

use super::Account;
use super::current::AccountToken;
use super::password::LINKS_OF_CREDENTIALS;
use super::spend::{check_spendable, find_mailed, redeem};
use crate::audit::{Actor, AuditEvent};
use crate::authorization::{Fresh, Verified};
use crate::email_address::EmailAddress;
use crate::input::{Input, Reader};
use crate::one_time_token::{OneTimeToken, Purpose, TokenState};
use crate::outbox::{Intent, Notice};
use crate::ports::{Applicant, StoreError};
use crate::profile::{Choices, RegistrationOrigin};
use crate::registration::verify::{Gone, end_attempts};
use crate::service::{AccountService, CallContext, Change, Failure, SaveError};
use crate::session::OpenedSession;
use crate::violation::{Field, Violations};

/// Why a change of address was refused.
#[derive(Debug, thiserror::Error)]
pub enum AddressChangeError {
    /// The address is not valid, or may not be used here.
    #[error("the address is not valid")]
    Invalid(Violations),
    /// Limited (in the same way for free and taken addresses), unavailable, or the session has just ended. Nothing was
    /// changed.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(AddressChangeError: Failed, Invalid);

/// A verified address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressConfirmed {
    /// The account after the change.
    pub account: Account,
    /// The caller's session with its new token, if the account's main address was changed.
    pub session: Option<OpenedSession>,
}

/// Why an address was not verified. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmAddressError {
    /// The account has no such token.
    #[error("the token is unknown")]
    Unknown,
    /// The token can no longer be used.
    #[error("the token is no longer valid")]
    Gone(Gone),
    /// Another session of the account requested the change. The token can still be used there.
    #[error("the change was requested in another session")]
    WrongSession,
    /// Limited or unavailable, or the session has just ended.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(ConfirmAddressError: Failed, Gone);

impl AccountService {
    /// Requests a change of address: emails a link to the new address, and a notice to the current one. Whether the new
    /// address has an account is only looked up when the email is sent, so answer and stored rows are the same in both
    /// cases.
    ///
    /// Only this session can use the link, and only until a credential changes. It replaces earlier links.
    ///
    /// # Errors
    /// [`AddressChangeError`] if the address is refused, a limit is reached, or something failed.
    pub async fn request_address_change(
        &self,
        caller: &Fresh,
        address: Input,
        context: &CallContext,
    ) -> Result<(), AddressChangeError> {
        let address = Reader::only(|it| it.address(Field::Email, address))?;
        let objections = self.object(&address, caller.account(), context).await;
        objections.into_result()?;
        let id = caller.account().id;
        let charges = self.chosen_mail_charges(id, address.key(), &context.client).await;
        self.count(&charges).await?;
        self.retried(|| self.mail_address_change(caller, &address, context)).await
    }

    async fn mail_address_change(
        &self,
        caller: &Fresh,
        address: &EmailAddress,
        context: &CallContext,
    ) -> Result<(), AddressChangeError> {
        let id = caller.account().id;
        let mut change = self.change(context, Actor::Account(id)).await?;
        let account = change.unchanged_account_of(caller.verified().signed_in()).await?;
        let purpose = Purpose::AddressChange;
        change.unit.end_tokens_of_subject(purpose, id.as_uuid(), TokenState::Superseded).await?;
        let (bound_to, lasts) = (Some(caller.verified().session()), self.settings.change_ttl);
        let token = AccountToken { purpose, account: &account, address, bound_to, lasts };
        let generation = change.issue_for_account(token).await?;
        change.enqueue(Intent::AddressChange { account: id, address: address.clone(), generation }).await?;
        change.notify(&account, Notice::AddressChangeRequested).await?;
        change.record(AuditEvent::AddressChangeRequested, Some(id), None).await?;
        Ok(change.commit().await?)
    }

    /// Verifies a new or secondary address with the token that was emailed to it.
    ///
    /// A change of the main address takes effect: it becomes exactly the address that the link was emailed to, all
    /// other sessions end, and this one gets a new token. A secondary address is verified if it is still the account's
    /// and spelled the same, in any session of the account; the main address gets a notice.
    ///
    /// # Errors
    /// [`ConfirmAddressError`] if the token cannot be used here.
    pub async fn confirm_address(
        &self,
        caller: &Verified,
        token: &str,
        context: &CallContext,
    ) -> Result<AddressConfirmed, ConfirmAddressError> {
        self.count_verification(&context.client).await?;
        let mut unit = self.ports.store.begin_read_only().await?;
        let token = find_mailed(&mut *unit, token, &[Purpose::AddressChange, Purpose::SecondaryAddress]).await?;
        if token.subject != caller.account().id.as_uuid() {
            return Err(ConfirmAddressError::Unknown);
        }
        check_spendable(&mut *unit, &token, self.ports.clock.now()).await?;
        drop(unit);
        if token.purpose == Purpose::SecondaryAddress {
            return self.retried(|| self.confirm_secondary(caller, &token, context)).await;
        }
        if token.session != Some(caller.session().id) {
            return Err(ConfirmAddressError::WrongSession);
        }
        match self.retried(|| self.move_account(caller, &token, context)).await {
            Err(ConfirmAddressError::Gone(Gone::AlreadyRegistered)) => {
                Err(self.retried(|| self.lose_address(&token)).await?)
            }
            outcome => outcome,
        }
    }

    /// Checks the rules for new registrations too: an address that may not register must not be reached by a change.
    async fn object(&self, address: &EmailAddress, account: &Account, context: &CallContext) -> Violations {
        let choices = Choices {
            profile: account.profile.clone(),
            user_name: account.user_name.clone(),
            organization: account.organization,
            ..Choices::default()
        };
        let origin = RegistrationOrigin { channel: context.channel.clone(), client_address: context.client.address };
        let applicant = Applicant { address, choices: &choices, origin: &origin };
        let mut violations = Violations::default();
        for guard in &self.ports.guards {
            violations.extend(guard.check(&applicant).await);
        }
        violations
    }

    /// Gives the account the token's address.
    async fn move_account(
        &self,
        caller: &Verified,
        token: &OneTimeToken,
        context: &CallContext,
    ) -> Result<AddressConfirmed, ConfirmAddressError> {
        let session = caller.session();
        let mut change = self.change(context, Actor::Account(session.account)).await?;
        let now = change.now;
        change.unit.hold_addresses(&[token.email_key()]).await?;
        change.hold_account(session.account).await?;
        redeem(&mut *change.unit, token, now).await?;
        let before = change.account_of(session).await?;
        if token.epoch != Some(before.credential_epoch) {
            return Err(ConfirmAddressError::Gone(Gone::Superseded));
        }
        let moved = Account {
            address: token.address.clone(),
            verified_at: Some(now),
            credential_epoch: before.credential_epoch + 1,
            ..before.clone()
        };
        let account = change.save(moved).await.map_err(|error| match error {
            SaveError::Taken(_) => ConfirmAddressError::Gone(Gone::AlreadyRegistered),
            SaveError::Store(error) => error.into(),
        })?;
        // End all other attempts for this address, with their links.
        end_attempts(&mut change, account.address.key(), account.id).await?;
        change.void_links(account.id, &LINKS_OF_CREDENTIALS).await?;
        change.unit.delete_sessions_of_account(account.id, Some(&session.token)).await?;
        let session = change.renew_token(&account, session).await?;
        tell_of_move(&mut change, &before, &account).await?;
        change.record(AuditEvent::AddressChanged, Some(account.id), None).await?;
        change.commit().await?;
        Ok(AddressConfirmed { account, session: Some(session) })
    }

    /// Another account has the address: mark the token, so that the link says so from now on.
    async fn lose_address(&self, token: &OneTimeToken) -> Result<ConfirmAddressError, ConfirmAddressError> {
        let mut unit = self.ports.store.begin().await?;
        unit.end_tokens_of_subject(token.purpose, token.subject, TokenState::Void).await?;
        unit.commit().await?;
        Ok(ConfirmAddressError::Gone(Gone::AlreadyRegistered))
    }

    async fn confirm_secondary(
        &self,
        caller: &Verified,
        token: &OneTimeToken,
        context: &CallContext,
    ) -> Result<AddressConfirmed, ConfirmAddressError> {
        let mut change = self.change(context, Actor::Account(caller.account().id)).await?;
        let now = change.now;
        change.hold_account(caller.account().id).await?;
        redeem(&mut *change.unit, token, now).await?;
        let before = change.account_of(caller.session()).await?;
        let mut account = before.clone();
        let secondary = &mut account.secondary_addresses;
        let slots = [&mut secondary.alternate, &mut secondary.notification];
        let mut is_there = false;
        for slot in slots.into_iter().flatten().filter(|slot| slot.address == token.address) {
            is_there = true;
            slot.verified_at.get_or_insert(now);
        }
        if !is_there {
            // It has been replaced or removed since.
            return Err(ConfirmAddressError::Gone(Gone::Superseded));
        }
        if account != before {
            account = change.save_own(account).await?;
            change.record(AuditEvent::SecondaryAddressConfirmed, Some(account.id), None).await?;
            // Not to the notification address: that may be the very address.
            let (id, address, notice) = (account.id, account.address.clone(), Notice::SecondaryAddressConfirmed);
            change.enqueue(Intent::Notice { account: id, address, notice, identity: None }).await?;
        }
        change.commit().await?;
        Ok(AddressConfirmed { account, session: None })
    }
}

/// Sends the notice about a change of address to the old, the new and the notification address.
async fn tell_of_move(change: &mut Change<'_>, before: &Account, account: &Account) -> Result<(), StoreError> {
    change.notify(before, Notice::AddressChanged).await?;
    let is_told = |address: &EmailAddress| address.key() == account.address.key();
    let notification = before.secondary_addresses.notification.as_ref();
    if is_told(&before.address) || notification.is_some_and(|set| set.verified_at.is_some() && is_told(&set.address)) {
        return Ok(());
    }
    let (id, address) = (account.id, account.address.clone());
    let notice = Notice::AddressChanged;
    change.enqueue(Intent::Notice { account: id, address, notice, identity: None }).await
}
