//! What the use cases of signed-in people share: the current state of the account, and emails to addresses that they
//! choose.

use std::time::Duration;

use super::Account;
use crate::client::Client;
use crate::email_address::{EmailAddress, EmailKey};
use crate::id::AccountId;
use crate::one_time_token::{Purpose, TokenState};
use crate::ports::{Charge, StoreError};
use crate::service::{AccountService, Change, Issue, SaveError};
use crate::session::{Session, SignedIn};

impl Change<'_> {
    /// Returns the current state of a session's account, if the session has not ended since it was checked.
    pub(crate) async fn account_of(&mut self, session: &Session) -> Result<Account, StoreError> {
        // Lock the account first: that keeps others from ending all its sessions at the same time.
        let account = self.unit.find_account(session.account).await?;
        let found = self.unit.find_session(&session.token).await?;
        account.filter(|_| found.is_some()).ok_or_else(|| StoreError::transient("the session has just ended"))
    }

    /// Locks the account: others that change it or use its links wait until this change ends.
    pub(crate) async fn hold_account(&mut self, id: AccountId) -> Result<(), StoreError> {
        self.unit.find_account(id).await.map(drop)
    }

    /// Like [`account_of`](Self::account_of), if no credential of the account has changed either.
    pub(crate) async fn unchanged_account_of(&mut self, caller: &SignedIn) -> Result<Account, StoreError> {
        let account = self.account_of(&caller.session).await?;
        if account.credential_epoch == caller.account.credential_epoch {
            Ok(account)
        } else {
            Err(StoreError::transient("a credential was changed in the meantime"))
        }
    }

    /// Saves an account whose address and username are unchanged, so that there can be no conflict.
    pub(crate) async fn save_own(&mut self, account: Account) -> Result<Account, StoreError> {
        self.save(account).await.map_err(|error| match error {
            SaveError::Store(error) => error,
            SaveError::Taken(_) => StoreError::transient("another account has the address or the user name"),
        })
    }

    /// Makes a token with the account's next generation, and returns the generation.
    pub(crate) async fn issue_for_account(&mut self, token: AccountToken<'_>) -> Result<u32, StoreError> {
        let AccountToken { purpose, account, address, bound_to, lasts } = token;
        let generation = self.unit.next_token_generation(account.id).await?;
        let generation = generation.ok_or_else(|| StoreError::transient("the account was just deleted"))?;
        self.issue(Issue {
            purpose,
            subject: account.id.as_uuid(),
            generation,
            address,
            epoch: bound_to.map(|_| account.credential_epoch),
            session: bound_to.map(|session| session.id),
            expires_at: self.now + lasts,
        })
        .await?;
        Ok(generation)
    }

    /// Invalidates all emailed links of the account with these purposes.
    pub(crate) async fn void_links(&mut self, account: AccountId, purposes: &[Purpose]) -> Result<(), StoreError> {
        for purpose in purposes {
            self.unit.end_tokens_of_subject(*purpose, account.as_uuid(), TokenState::Void).await?;
        }
        Ok(())
    }
}

/// A token that the owner of an account requests.
pub(crate) struct AccountToken<'a> {
    pub(crate) purpose: Purpose,
    pub(crate) account: &'a Account,
    pub(crate) address: &'a EmailAddress,
    /// The only session that may use it, with the current credentials only; `None` if any session of the account may.
    pub(crate) bound_to: Option<&'a Session>,
    pub(crate) lasts: Duration,
}

impl AccountService {
    /// Returns the charges for an email to an address that a signed-in person chose: one for the address and one for
    /// the person, so that nobody can flood one stranger, or many.
    pub(crate) async fn chosen_mail_charges(&self, by: AccountId, key: &EmailKey, client: &Client) -> [Charge; 3] {
        let [budget, ceiling] = self.mail_charges(key, client).await;
        [budget, ceiling, Charge::new("mails", format!("account {by}"), self.settings.limits.mails)]
    }
}
