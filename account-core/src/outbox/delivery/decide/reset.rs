//! Password reset mails.

use super::{Decision, Delivery, Due, Live};
use crate::account::Account;
use crate::id::AccountId;
use crate::one_time_token::Purpose;
use crate::outbox::OutboxEntry;
use crate::outbox::mail::{Mail, MailContent};
use crate::ports::{StoreError, UnitOfWork};

const PURPOSE: Purpose = Purpose::PasswordReset;

impl Delivery {
    /// Returns the decided email, if its link can still be used.
    pub(super) async fn reset_mail(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        account: AccountId,
        generation: u32,
    ) -> Result<Decision, StoreError> {
        let Some(account) = unit.find_account(account).await? else {
            return Ok(Decision::Drop("the account no longer exists"));
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
            language: account.profile.email_language(),
            date: entry.created_at,
            content: MailContent::ResetPassword { link: self.links.token(PURPOSE, &live.secret), expires_at },
        };
        Decision::Send { what: Due::Mail(Box::new(mail)), useful_until: expires_at }
    }
}
