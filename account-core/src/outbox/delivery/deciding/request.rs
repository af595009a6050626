//! Deciding one request.

use super::super::Delivery;
use crate::account::Account;
use crate::email_address::{EmailAddress, EmailKey};
use crate::one_time_token::{OneTimeToken, Purpose, TokenState};
use crate::outbox::{Decided, Intent, OutboxEntry, Settlement};
use crate::ports::store::Update;
use crate::ports::{StoreError, UnitOfWork};
use crate::registration::{Registration, RegistrationState, derive_token};
use crate::service::FeatureFlags;

/// The decision about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Its entry is now in the queue of emails.
    MailIsDue,
    /// No email is due: its entry was deleted or dropped.
    NothingIsDue,
    /// The claim was lost.
    Lost,
}

impl Delivery {
    /// Decides a claimed request, in its own unit of work.
    pub(super) async fn decide_request(&self, entry: &OutboxEntry) -> Result<Verdict, StoreError> {
        let mut unit = self.store.begin().await?;
        let decided = match &entry.intent {
            Intent::Resend { registration: named, address, .. } => {
                // Completing a registration of the address ends its tokens at the same time, so lock the address.
                unit.hold_addresses(&[address.key()]).await?;
                let found = match named {
                    Some(id) => unit.find_registration(*id).await?,
                    None => unit.find_newest_uncompleted_registration(address.key()).await?,
                };
                match found.filter(|found| found.state != RegistrationState::Completed) {
                    // The new address is not locked here, and has got its email already.
                    Some(found) if found.address.key() != address.key() => Err("the address was corrected"),
                    Some(found) => self.renew(&mut *unit, found, named.is_some()).await?,
                    None => Err("no registration is pending"),
                }
            }
            Intent::PasswordReset { address, .. } => self.find_whom_to_mail(&mut *unit, address).await?,
            _ => Err("there is nothing to decide"),
        };
        let update = match decided {
            Ok(decided) => unit.decide_entry(entry.id, entry.fence, decided, self.clock.now()).await?,
            Err(reason) => self.end_request(&mut *unit, entry, reason).await?,
        };
        if update == Update::Missed {
            return Ok(Verdict::Lost);
        }
        unit.commit().await?;
        Ok(if decided.is_ok() { Verdict::MailIsDue } else { Verdict::NothingIsDue })
    }

    /// Ends a request without an email. The holder of a registration can see the state of its newest email, so an entry
    /// that names a registration is kept like any other.
    async fn end_request(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        reason: &str,
    ) -> Result<Update, StoreError> {
        if entry.intent.registration().is_some() {
            let dropped = Settlement::Dropped { at: self.clock.now(), note: reason.to_owned() };
            return unit.settle(entry.id, entry.fence, &dropped).await;
        }
        let removed = unit.remove_entries(&[(entry.id, entry.fence)]).await?;
        Ok(if removed == 0 { Update::Missed } else { Update::Applied })
    }

    /// Gives the registration a new token and code once, or returns why not.
    ///
    /// Also if its address was taken in another way: then no verification email is due, but to its holder the attempt
    /// must look and last like a pending one.
    async fn renew(
        &self,
        unit: &mut dyn UnitOfWork,
        found: Registration,
        by_holder: bool,
    ) -> Result<Result<Decided, &'static str>, StoreError> {
        if FeatureFlags::of(unit).await?.refuses_renewal(&found.address).is_err() {
            // The link in the email would not work.
            return Ok(Err("registration is closed"));
        }
        if unit.has_bounced(found.id, found.address.key()).await? {
            return Ok(Err("an earlier email to the address bounced"));
        }
        let is_pending = found.state == RegistrationState::Pending;
        let key = &self.master_keys.current;
        let expires_at = self.clock.now() + self.verification_ttl;
        let (token, code) = derive_token(key, found.id, found.generation + 1, &found.address, expires_at);
        let shown_until = if by_holder { expires_at } else { found.shown_until };
        let key_id = token.key_id.clone();
        let renewed = Registration { generation: token.generation, code, key_id, expires_at, shown_until, ..found };
        // Update the registration first: of two concurrent renewals, one fails here.
        if unit.renew_registration(&renewed).await? == Update::Missed {
            return Ok(Err("the registration has just ended or was just renewed"));
        }
        if is_pending {
            let purpose = Purpose::EmailVerification;
            unit.end_tokens_of_subject(purpose, token.subject, TokenState::Superseded).await?;
            unit.insert_token(&token).await?;
        }
        Ok(Ok(if by_holder {
            Decided::Registration(renewed.id, renewed.generation)
        } else {
            Decided::RepeatVerification
        }))
    }

    /// Decides which email a reset leads to: for an account, a reset link, once; for an address that is only pending,
    /// the verification email of its newest registration; otherwise none, with the reason.
    ///
    /// The registration is not renewed, and the entry is not linked to it: its holder can see the state of both, and
    /// would learn that the address has no account.
    async fn find_whom_to_mail(
        &self,
        unit: &mut dyn UnitOfWork,
        address: &EmailAddress,
    ) -> Result<Result<Decided, &'static str>, StoreError> {
        let key = address.key();
        if let Some(account) = find_resettable(unit, key).await? {
            if account.disabled_at.is_some() {
                return Ok(Err("the account is disabled"));
            }
            return self.issue_reset(unit, account).await;
        }
        let newest = unit.find_newest_uncompleted_registration(key).await?;
        match newest.filter(|newest| newest.is_pending(self.clock.now())) {
            Some(pending) if FeatureFlags::of(unit).await?.refuses_renewal(&pending.address).is_ok() => {
                Ok(Ok(Decided::RepeatVerification))
            }
            Some(_) => Ok(Err("registration is closed")),
            None => Ok(Err("the address has no account")),
        }
    }

    /// Creates the account's token, which replaces earlier ones.
    async fn issue_reset(
        &self,
        unit: &mut dyn UnitOfWork,
        account: Account,
    ) -> Result<Result<Decided, &'static str>, StoreError> {
        let purpose = Purpose::PasswordReset;
        let Some(generation) = unit.next_token_generation(account.id).await? else {
            return Ok(Err("the account no longer exists"));
        };
        let (key, subject) = (&self.master_keys.current, account.id.as_uuid());
        let token = OneTimeToken {
            epoch: Some(account.credential_epoch),
            ..key.stored_token(purpose, subject, generation, &account.address, self.clock.now() + self.change_ttl)
        };
        unit.end_tokens_of_subject(purpose, subject, TokenState::Superseded).await?;
        unit.insert_token(&token).await?;
        Ok(Ok(Decided::Account(account.id, generation)))
    }
}

/// Returns the account that a reset for this address key applies to: the one that has verified the address, otherwise
/// the newest that has not and is not disabled.
async fn find_resettable(unit: &mut dyn UnitOfWork, key: &EmailKey) -> Result<Option<Account>, StoreError> {
    if let Some(owner) = unit.find_account_by_email(key).await? {
        return Ok(Some(owner));
    }
    let unproven = unit.find_unverified_accounts(key).await?;
    Ok(unproven.into_iter().find(|account| account.disabled_at.is_none()))
}
