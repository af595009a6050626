//! Emails about accounts: links to verify addresses, and notices.

use std::time::Duration;

use super::{Decision, Delivery, Due};
use crate::account::{Account, SecondaryAddress};
use crate::email_address::EmailAddress;
use crate::id::AccountId;
use crate::one_time_token::Purpose;
use crate::outbox::mail::{Mail, MailContent};
use crate::outbox::{AboutIdentity, Notice, OutboxEntry};
use crate::ports::{StoreError, UnitOfWork};

/// How long a notice is useful.
const NOTICE_USEFUL: Duration = Duration::from_hours(3 * 24);

impl Delivery {
    /// Decides on the link to the new address or, if another account has it, a notice to its owner.
    pub(super) async fn address_change_mail(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        account: AccountId,
        address: &EmailAddress,
        generation: u32,
    ) -> Result<Decision, StoreError> {
        let purpose = Purpose::AddressChange;
        let Some(account) = unit.find_account(account).await? else {
            return Ok(Decision::Drop("the account no longer exists"));
        };
        let owner = unit.find_account_by_email(address.key()).await?.filter(|owner| owner.id != account.id);
        if let Some(owner) = owner {
            return Ok(self.address_in_use(entry, owner));
        }
        let live = match self.find_live(unit, purpose, &account, generation, address).await? {
            Ok(live) => live,
            Err(decision) => return Ok(decision),
        };
        let expires_at = live.token.expires_at;
        let link = self.links.token(purpose, &live.secret);
        let content = MailContent::ConfirmNewAddress { link, expires_at };
        let mail = mail(entry, address.clone(), account.profile.email_language(), content);
        Ok(Decision::Send { what: Due::Mail(mail), useful_until: expires_at })
    }

    /// The owner is told of the attempt even if the asker has tried another address since: that ended the token,
    /// which this email does not contain.
    fn address_in_use(&self, entry: &OutboxEntry, owner: Account) -> Decision {
        let useful_until = entry.created_at + self.change_ttl;
        if self.clock.now() >= useful_until {
            return Decision::GiveUp("it is too old to send");
        }
        let (sign_in, forgot) = (self.links.page("sign-in"), self.links.page("forgot"));
        let content = MailContent::AddressInUse { sign_in, forgot };
        let mail = mail(entry, owner.address, owner.profile.email_language(), content);
        Decision::Send { what: Due::Mail(mail), useful_until }
    }

    /// Decides on the link to a secondary address, if the account still has it and has not verified it.
    pub(super) async fn secondary_address_mail(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        account: AccountId,
        address: &EmailAddress,
        generation: u32,
    ) -> Result<Decision, StoreError> {
        let purpose = Purpose::SecondaryAddress;
        let Some(account) = unit.find_account(account).await?.filter(|account| waits_for(account, address)) else {
            return Ok(Decision::Drop("the address no longer needs to be confirmed"));
        };
        let live = match self.find_live(unit, purpose, &account, generation, address).await? {
            Ok(live) => live,
            Err(decision) => return Ok(decision),
        };
        let expires_at = live.token.expires_at;
        let link = self.links.token(purpose, &live.secret);
        let content = MailContent::ConfirmSecondaryAddress { link, expires_at };
        let mail = mail(entry, address.clone(), account.profile.email_language(), content);
        Ok(Decision::Send { what: Due::Mail(mail), useful_until: expires_at })
    }

    /// Decides on a notice.
    pub(super) async fn notice_mail(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        account: AccountId,
        address: &EmailAddress,
        (notice, identity): (Notice, Option<&AboutIdentity>),
    ) -> Result<Decision, StoreError> {
        let (at, useful_until) = (entry.created_at, entry.created_at + NOTICE_USEFUL);
        if self.clock.now() >= useful_until {
            return Ok(Decision::GiveUp("it is too old to send"));
        }
        let account = unit.find_account(account).await?;
        let deletion_due_at = account.as_ref().and_then(|account| account.deletion_due_at);
        let language = account.and_then(|account| account.profile.email_language());
        let (sign_in, forgot) = (self.links.page("sign-in"), self.links.page("forgot"));
        let identity = identity.map(|about| self.named(about));
        let content = MailContent::Notice { notice, identity, at, deletion_due_at, sign_in, forgot };
        Ok(Decision::Send { what: Due::Mail(mail(entry, address.clone(), language, content)), useful_until })
    }
}

fn mail(entry: &OutboxEntry, to: EmailAddress, language: Option<String>, content: MailContent) -> Box<Mail> {
    Box::new(Mail { id: entry.id, to, language, date: entry.created_at, content })
}

fn waits_for(account: &Account, address: &EmailAddress) -> bool {
    let waits = |slot: &SecondaryAddress| slot.address == *address && slot.verified_at.is_none();
    let slots = &account.secondary_addresses;
    [&slots.alternate, &slots.notification].into_iter().flatten().any(waits)
}
