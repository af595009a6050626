//! Password reset mails.

use super::{Decision, Delivery, Due, Live};
use crate::account::Account;
use crate::email_address::{EmailAddress, EmailKey};
use crate::id::AccountId;
use crate::one_time_token::{OneTimeToken, Purpose, TokenState};
use crate::outbox::mail::{Mail, MailContent};
use crate::outbox::{Decided, OutboxEntry};
use crate::ports::store::Update;
use crate::ports::{StoreError, UnitOfWork};
use crate::service::FeatureFlags;

const PURPOSE: Purpose = Purpose::PasswordReset;

impl Delivery {
    /// Decides on the mail: for an account, a reset link, once; for an address that is only pending, the verification
    /// mail of its newest registration; otherwise none.
    ///
    /// The registration is not renewed, and the entry is not linked to it: its holder can see the state of both, and
    /// would learn that the address has no account.
    pub(super) async fn decide_reset(
        &self,
        entry: &OutboxEntry,
        address: &EmailAddress,
    ) -> Result<Decision, StoreError> {
        let mut unit = self.store.begin().await?;
        let key = address.key();
        if let Some(account) = find_resettable(&mut *unit, key).await? {
            if account.disabled_at.is_some() {
                return Ok(Decision::Drop("the account is disabled"));
            }
            return self.issue_reset(unit, entry, account).await;
        }
        let newest = unit.find_newest_uncompleted_registration(key).await?;
        match newest.filter(|newest| newest.is_pending(self.clock.now())) {
            Some(pending) if FeatureFlags::of(&mut *unit).await?.refuses_renewal(&pending.address).is_ok() => {
                self.compose(&mut *unit, entry, &pending).await
            }
            Some(_) => Ok(Decision::Drop("registration is closed")),
            None => Ok(Decision::Drop("the address has no account")),
        }
    }

    /// Makes the account's token, which replaces earlier ones, and records that this entry mails it.
    async fn issue_reset(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        entry: &OutboxEntry,
        account: Account,
    ) -> Result<Decision, StoreError> {
        let Some(generation) = unit.next_token_generation(account.id).await? else {
            return Ok(Decision::Drop("the account is gone"));
        };
        let (key, subject) = (&self.master_keys.current, account.id.as_uuid());
        let secret = key.token(PURPOSE, subject, generation, &account.address);
        let token = OneTimeToken {
            epoch: Some(account.credential_epoch),
            ..key.stored_token(PURPOSE, subject, generation, &account.address, self.clock.now() + self.change_ttl)
        };
        unit.end_tokens_of_subject(PURPOSE, subject, TokenState::Superseded).await?;
        unit.insert_token(&token).await?;
        let decided = Decided::Account(account.id, generation);
        if unit.decide_entry(entry.id, entry.fence, decided).await? == Update::Missed {
            return Ok(Decision::Lost);
        }
        unit.commit().await?;
        Ok(self.reset_password(entry, account, &Live { secret, token }))
    }

    /// Returns the decided mail, if its link can still be used.
    pub(super) async fn reset_mail(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        account: AccountId,
        generation: u32,
    ) -> Result<Decision, StoreError> {
        let Some(account) = unit.find_account(account).await? else {
            return Ok(Decision::Drop("the account is gone"));
        };
        if account.disabled_at.is_some() {
            return Ok(Decision::Drop("the account is disabled"));
        }
        let found = self.find_live(unit, PURPOSE, &account, generation, &account.address).await?;
        Ok(match found {
            Ok(live) if live.token.epoch == Some(account.credential_epoch) => {
                self.reset_password(entry, account, &live)
            }
            Ok(_) => Decision::Drop("a credential has changed since"),
            Err(decision) => decision,
        })
    }

    /// Sent to the address as the account spells it, not as it was entered.
    fn reset_password(&self, entry: &OutboxEntry, account: Account, live: &Live) -> Decision {
        let expires_at = live.token.expires_at;
        let mail = Mail {
            id: entry.id,
            to: account.address,
            language: account.profile.language,
            date: entry.created_at,
            content: MailContent::ResetPassword { link: self.links.token(PURPOSE, &live.secret), expires_at },
        };
        Decision::Send { what: Due::Mail(Box::new(mail)), useful_until: expires_at }
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
